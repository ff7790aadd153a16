"""Records of our own files, one after the other, without the ledger: what a lost ledger is made again from."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord
from isal import isal_zlib

from pipelines.archive.warc import ADDRESS, NOT_MODIFIED, QUESTION, Kind, digest_of
from schemas.capture import Fetched
from schemas.errors import ArchiveDamagedError
from schemas.identity import QuestionKey
from schemas.tombstone import TOMBSTONE_TYPE

_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b\x08"


@dataclass(frozen=True)
class StoredMember:
    """One record where it lies, in bytes of the file, as it is there and unpacked."""

    offset: int
    packed: bytes
    plain: bytes


def members(path: Path) -> Iterator[StoredMember]:
    """The whole records of a file; what follows the last one is left out.

    Raises:
        ArchiveDamagedError: there are whole records behind something that is none.
        OSError: the file cannot be read.
    """
    offset, packed = 0, b""
    with path.open("rb") as file:
        while True:
            member = isal_zlib.decompressobj(wbits=31)
            parts, fed = [], 0
            while not member.eof:
                if fed == len(packed):
                    more = file.read(_CHUNK)
                    if not more:
                        _refuse_damage(path, offset, packed)
                        return
                    packed += more
                try:
                    parts.append(member.decompress(packed[fed:]))
                except isal_zlib.error:  # type: ignore[misc]  # its stub calls the class an instance
                    _refuse_damage(path, offset, packed + file.read())
                    return
                fed = len(packed)
            length = len(packed) - len(member.unused_data)
            yield StoredMember(offset, packed[:length], b"".join(parts))
            offset, packed = offset + length, packed[length:]


def _refuse_damage(path: Path, offset: int, rest: bytes) -> None:
    """The end of a file may be cut; a whole record behind the cut shows that it is no end."""
    start = rest.find(_GZIP, 1)
    while start >= 0:
        if _is_record(rest[start:]):
            raise ArchiveDamagedError(f"{path}: is damaged at byte {offset}; restore it from a backup")
        start = rest.find(_GZIP, start + 1)


def _is_record(packed: bytes) -> bool:
    member = isal_zlib.decompressobj(wbits=31)
    try:
        return member.decompress(packed).startswith(b"WARC/") and member.eof
    except isal_zlib.error:  # type: ignore[misc]
        return False


def parsed(plain: bytes, where: str) -> tuple[WarcRecord, Kind]:
    """The record and its kind; raises ArchiveDamagedError, whose message begins with `where`."""
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(plain), parse_http=False)))
        record.freeze()
        return record, Kind(record.headers.get("WARC-Type") or "")
    except (StopIteration, OSError, ValueError) as damage:
        raise ArchiveDamagedError(f"{where}: holds no record of ours ({damage})") from damage


def fetched(record: WarcRecord, kind: Kind, source: str, where: str) -> tuple[Fetched, str]:
    """The response that a record was made of, and the digest of its payload; the payload itself only of tombstones.

    Raises ArchiveDamagedError.
    """
    headers = record.headers
    if record.is_http:
        record.parse_http()
    http = record.http_headers if record.is_http else None
    body = record.reader.read()
    stated = (headers.get("WARC-Payload-Digest") or "").removeprefix("sha256:")
    if kind is not Kind.REVISIT and digest_of(body) != stated:
        raise ArchiveDamagedError(f"{where}: its payload is not the one of its digest; restore it from a backup")
    status = http.status_code if http is not None else HTTPStatus.OK.value
    question = headers.get(QUESTION)
    response = Fetched(
        source=source,
        url=headers.get(ADDRESS) or headers.get("WARC-Target-URI") or "",
        fetched_at=date_of(record, where),
        status=HTTPStatus.NOT_MODIFIED.value if headers.get("WARC-Profile") == NOT_MODIFIED else status,
        media_type=(http.get("Content-Type") if http is not None else headers.get("Content-Type")) or "",
        body=body if headers.get("Content-Type") == TOMBSTONE_TYPE else b"",
        question=QuestionKey.parse(question) if question else None,
        etag=http.get("ETag") if http is not None else None,
        last_modified=http.get("Last-Modified") if http is not None else None,
    )
    return response, stated


def date_of(record: WarcRecord, where: str) -> datetime:
    """When the record was made; raises ArchiveDamagedError."""
    text = record.headers.get("WARC-Date") or ""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError as error:
        raise ArchiveDamagedError(f"{where}: has no date ('{text}')") from error
