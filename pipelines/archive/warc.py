"""WARC records: how one capture is written as bytes, and how its bytes are read again.

Records follow ISO 28500:2017 (WARC 1.1): each is a gzip member of its own (annex D), so that a record is read with one
seek. fastwarc writes them. Files, their names and what is known of them are the business of `files` and `ledger`;
WARC files made by others are read by `web_archives`.
"""

import hashlib
import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from http import HTTPStatus
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType
from isal import isal_zlib

from schemas.capture import Fetched
from schemas.errors import ArchiveDamagedError

SAME_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

ADDRESS = "Questarium-Address"
"""Header with the address as it was given, where `WARC-Target-URI` cannot write it so (`file:note é.txt`)."""
QUESTION = "Questarium-Question"
"""Header with the question that was asked for."""

_COMPRESSION = 6  # gzip levels above cost time and save less than 1 % on pages
_CONTROLS = re.compile(r"[\x00-\x20\x7f]+")


class Kind(StrEnum):
    """What a record of our files holds; `revisit` records hold no payload, and tombstones nothing any more."""

    INFO = "warcinfo"
    RESPONSE = "response"
    RESOURCE = "resource"
    REVISIT = "revisit"
    TOMBSTONE = "metadata"


@dataclass(frozen=True)
class Original:
    """The record that a revisit refers to."""

    record_id: str
    fetched_at: datetime


@dataclass(frozen=True)
class StoredRecord:
    """One record read back; `digest` is what its header claims, `body` its payload (empty for revisits).

    `status` and `media_type` are None where the record does not say them.
    """

    kind: Kind
    record_id: str
    url: str | None
    date: str
    digest: str | None
    status: int | None
    media_type: str | None
    body: bytes


def digest_of(body: bytes) -> str:
    """Sha256 of a payload, hexadecimal."""
    return hashlib.sha256(body).hexdigest()


def kind_of(url: str) -> Kind:
    """Pages from the web are responses, imported files are resources."""
    return Kind.RESPONSE if url.startswith(("http://", "https://")) else Kind.RESOURCE


def record_id(warc_file: str, offset: int) -> str:
    """Name of the record at that place; the same place always has the same name."""
    return f"<urn:uuid:{uuid5(NAMESPACE_URL, f'{warc_file}#{offset}')}>"


def warc_date(at: datetime) -> str:
    """A moment as `WARC-Date` writes it, in UTC, with a fraction only where there is one."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def target_uri(url: str) -> str:
    """The address as `WARC-Target-URI` writes it: a URI is ASCII without spaces (RFC 3986)."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~")


def one_line(value: str) -> str:
    """Header values hold no line breaks (RFC 9110 §5.5): each run of blanks and controls becomes one space."""
    return _CONTROLS.sub(" ", value).strip()


class RecordWriter:
    """Serialises records one by one; keeps no file."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()
        self._gzip = GzipWriter(self._buffer, compression_level=_COMPRESSION)

    def info(self, warc_file: str, *, source: str, now: datetime) -> bytes:
        """The record that opens each file and says who made it."""
        fields = f"software: questarium\r\nformat: WARC File Format 1.1\r\nisPartOf: {one_line(source)}\r\n"
        record = _record(WarcRecordType.warcinfo, record_id(warc_file, 0), now)
        record.headers["WARC-Filename"] = warc_file
        record.headers["Content-Type"] = "application/warc-fields"
        record.set_bytes_content(fields.encode())
        return self._bytes(record)

    def capture(self, fetched: Fetched, digest: str, name: str) -> bytes:
        """A record with the whole payload: `response` for pages, `resource` for files."""
        if kind_of(fetched.url) is Kind.RESPONSE:
            record = _capture_record(WarcRecordType.response, fetched, digest, name)
            record.is_http = True
            record.set_bytes_content(_http_head(fetched) + fetched.body)
        else:
            record = _capture_record(WarcRecordType.resource, fetched, digest, name)
            record.headers["Content-Type"] = one_line(fetched.media_type)
            record.set_bytes_content(fetched.body)
        return self._bytes(record)

    def revisit(self, fetched: Fetched, digest: str, name: str, original: Original) -> bytes:
        """A record that says: the payload is the one of `original` (`fetched.body` is not written).

        After a 304 it has no block: its headers are then those of the original (ISO 28500:2017 §6.7.3), and replay
        tools show the page; with the head of the 304 they would show that, which is nothing.
        """
        record = _capture_record(WarcRecordType.revisit, fetched, digest, name)
        not_modified = fetched.status == HTTPStatus.NOT_MODIFIED
        record.headers["WARC-Profile"] = NOT_MODIFIED if not_modified else SAME_PAYLOAD
        record.headers["WARC-Refers-To"] = original.record_id
        record.headers["WARC-Refers-To-Target-URI"] = target_uri(fetched.url)
        record.headers["WARC-Refers-To-Date"] = warc_date(original.fetched_at)
        if kind_of(fetched.url) is Kind.RESPONSE and not not_modified:
            record.is_http = True
            record.set_bytes_content(_http_head(fetched))
        else:
            record.set_bytes_content(b"")
        return self._bytes(record)

    def _bytes(self, record: WarcRecord) -> bytes:
        record.write(self._gzip)
        self._gzip.finish()  # one gzip member per record, or warcio refuses the file
        written = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return written


def read_record(compressed: bytes, *, where: str) -> StoredRecord:
    """Read one record of our own files.

    Raises:
        ArchiveDamagedError: the bytes are not exactly one whole record; the message begins with `where`.
    """
    try:
        return _stored(next(iter(ArchiveIterator(io.BytesIO(_one_member(compressed, where)), parse_http=False))))
    except (StopIteration, OSError, ValueError) as damage:
        raise ArchiveDamagedError(f"{where}: holds no record of ours ({damage})") from damage


def _stored(record: WarcRecord) -> StoredRecord:
    kind = Kind(str(record.record_type))
    headers = record.headers
    if record.is_http:
        record.parse_http()
    return StoredRecord(
        kind=kind,
        record_id=headers.get("WARC-Record-ID") or "",
        url=headers.get("WARC-Target-URI"),
        date=headers.get("WARC-Date") or "",
        digest=(headers.get("WARC-Payload-Digest") or "").removeprefix("sha256:") or None,
        status=record.http_headers.status_code if record.is_http else None,
        media_type=record.http_headers.get("Content-Type") if record.is_http else _resource_type(record, kind),
        body=record.reader.read(),
    )


def _resource_type(record: WarcRecord, kind: Kind) -> str | None:
    return record.headers.get("Content-Type") if kind is Kind.RESOURCE else None


def _one_member(compressed: bytes, where: str) -> bytes:
    member = isal_zlib.decompressobj(wbits=31)
    try:
        plain = member.decompress(compressed)
    except isal_zlib.error as damage:  # type: ignore[misc]  # its stub calls the class an instance
        raise ArchiveDamagedError(f"{where}: cannot be decompressed ({damage})") from damage
    if not member.eof or member.unused_data:
        raise ArchiveDamagedError(f"{where}: is not one whole record")
    return plain


def _record(kind: WarcRecordType, name: str, at: datetime) -> WarcRecord:
    record = WarcRecord()
    record.init_headers(kind, record_urn=name.removeprefix("<urn:").removesuffix(">").encode())
    record.headers["WARC-Date"] = warc_date(at)
    return record


def _capture_record(kind: WarcRecordType, fetched: Fetched, digest: str, name: str) -> WarcRecord:
    record = _record(kind, name, fetched.fetched_at)
    record.headers["WARC-Target-URI"] = target_uri(fetched.url)
    if fetched.url != target_uri(fetched.url):
        record.headers[ADDRESS] = one_line(fetched.url)
    record.headers["WARC-Payload-Digest"] = f"sha256:{digest}"
    if fetched.question is not None:
        # The question asked for is not in the response: without it the ledger could not be made again from the files.
        record.headers[QUESTION] = str(fetched.question)
    return record


def _http_head(fetched: Fetched) -> bytes:
    lines = [f"HTTP/1.1 {fetched.status} {_phrase(fetched.status)}"]
    lines += [f"Content-Type: {one_line(fetched.media_type)}", f"Content-Length: {len(fetched.body)}"]
    if fetched.etag is not None:
        lines.append(f"ETag: {one_line(fetched.etag)}")
    if fetched.last_modified is not None:
        lines.append(f"Last-Modified: {one_line(fetched.last_modified)}")
    return "\r\n".join([*lines, "", ""]).encode()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
