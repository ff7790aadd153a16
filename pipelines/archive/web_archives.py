"""Web archives made by others: the documents in a WARC or WET file, with their own addresses and dates.

Read are `response` and `resource` records, and the `conversion` records of WET files (ISO 28500:2017 §6). What is no
document (another status, an image) is counted, what is damaged is reported, and what came before the damage is kept.
"""

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote_from_bytes

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from pipelines.archive.inflated import Inflated, Source
from pipelines.archive.payload import MAX_PAYLOAD, read_response
from schemas.capture import Fetched
from schemas.errors import ParseError

_WARC = b"WARC/1."
_GZIP = b"\x1f\x8b"
_DOCUMENTS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_MEDIA = {"text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/json"}
_CHECKED_DIGESTS = ("sha1:", "sha256:")


@dataclass(frozen=True)
class UnreadablePath:
    """Something that was to be imported and could not be read, or not to its end."""

    path: Path
    detail: str


@dataclass(frozen=True)
class SkippedRecords:
    """How many records of a web archive are no documents to be read, by reason."""

    path: Path
    reasons: dict[str, int]


_Outcome = tuple[int, Fetched | str | ParseError]  # byte of the content; a document, why it is none, or its damage


def is_web_archive(head: bytes) -> bool:
    """Whether a file that begins with these bytes (some 100 suffice) is a WARC or WET file, compressed or not."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, len(_WARC))
        except zlib.error:
            return False
    return head.startswith(_WARC)


def read_web_archive(path: Path) -> Iterator[Fetched | UnreadablePath | SkippedRecords]:
    """Documents of one file in its order, then its damage and what was skipped; raises OSError."""
    with path.open("rb") as file:
        compressed = file.read(2) == _GZIP
        file.seek(0)
        yield from _read(path, Inflated(file) if compressed else Source(file))


def _read(path: Path, source: Source) -> Iterator[Fetched | UnreadablePath | SkippedRecords]:
    skipped: Counter[str] = Counter()
    for position, outcome in _trusted(source):
        if isinstance(outcome, Fetched):
            yield outcome
        elif isinstance(outcome, ParseError):
            yield UnreadablePath(path, f"record at byte {position} of the content: {outcome.detail}")
        else:
            skipped[outcome] += 1
    if source.damage is not None:
        yield UnreadablePath(path, f"{source.damage}; what came before is imported")
    if skipped:
        yield SkippedRecords(path, dict(skipped))


def _trusted(source: Source) -> Iterator[_Outcome]:
    """Each outcome once what follows it shows that its record came through whole."""
    held: _Outcome | None = None
    for outcome in _outcomes(source):
        if held is not None:
            yield held
        held = outcome
    if held is not None and (source.damage is None or held[0] < source.whole_until):
        yield held


def _outcomes(source: Source) -> Iterator[_Outcome]:
    try:
        for record in ArchiveIterator(source, parse_http=False):
            position = record.stream_pos
            try:
                outcome = _document(record)
            except ParseError as problem:
                yield position, problem
            else:
                if outcome is not None:
                    yield position, outcome
    except OSError as error:
        source.damage = source.damage or f"what follows is no WARC record ({error})"


def _document(record: WarcRecord) -> Fetched | str | None:
    """The document of a record, why it is skipped, or None for what was never a document; raises ParseError."""
    if not (record.headers.get("Content-Length") or "").isdecimal():
        raise ParseError("truncated", "its head has no length, or ends before it")
    if record.record_type & WarcRecordType.revisit or "WARC-Segment-Number" in record.headers:
        return "revisit or segment: the content is elsewhere"
    if not record.record_type & _DOCUMENTS:
        _pass_over(record)
        return None
    block = _block(record)
    declared = record.headers.get("Content-Type") or ""
    if not record.is_http:
        return _fetched(record, declared, block)
    response = read_response(block)
    if response.status != 200:
        return f"status {response.status}"
    document = _fetched(record, response.media_type or "text/html", response.body)
    if isinstance(document, str):
        return document
    return document.model_copy(update={"etag": response.etag, "last_modified": response.last_modified})


def _pass_over(record: WarcRecord) -> None:
    length, passed = record.content_length, record.consume()
    if passed < length:
        raise ParseError("truncated", f"has {passed} of {length} bytes")


def _block(record: WarcRecord) -> bytes:
    length = record.content_length  # as announced: freezing sets it to what there is
    if length > MAX_PAYLOAD:
        raise ParseError("too_big", f"is of {length} bytes, more than {MAX_PAYLOAD >> 20} MiB")
    reason = record.headers.get("WARC-Truncated")
    if reason is not None:
        raise ParseError("truncated", f"was cut by its crawler ({reason})")
    record.freeze()
    digest = record.headers.get("WARC-Block-Digest") or ""
    is_intact = not digest.startswith(_CHECKED_DIGESTS) or record.verify_block_digest()
    block = record.reader.read()
    if not block or len(block) < length:
        raise ParseError("truncated", f"has {len(block)} of {length} bytes")
    if not is_intact:
        raise ParseError("damaged", f"its bytes are not those of its digest {digest}")
    return block


def _fetched(record: WarcRecord, media_type: str, body: bytes) -> Fetched | str:
    essence = media_type.partition(";")[0].strip().lower()
    if essence not in _MEDIA and not essence.endswith(("+xml", "+json")):
        return essence or "no media type"
    return Fetched(
        source="import",
        url=_target(record),
        fetched_at=_date(record),
        status=200,
        media_type=media_type,
        body=body,
    )


def _target(record: WarcRecord) -> str:
    target = (record.headers.get_bytes(b"WARC-Target-URI") or b"").strip().removeprefix(b"<").removesuffix(b">")
    if not target:
        raise ParseError("no_address", "has no WARC-Target-URI")
    try:
        return target.decode()
    except UnicodeDecodeError:
        return quote_from_bytes(target, safe="!#$%&'()*+,/:;=?@[]~")


def _date(record: WarcRecord) -> datetime:
    text = record.headers.get("WARC-Date") or ""
    try:
        date = datetime.fromisoformat(text)
    except ValueError as error:
        raise ParseError("bad_date", f"has no date that can be read ('{text}')") from error
    return date if date.tzinfo else date.replace(tzinfo=UTC)
