"""Web archives made by others: the documents in a WARC or WET file, with their own addresses and dates.

Read are `response` and `resource` records, the `conversion` records of WET files, and `revisit` records, which say
that a document was met again and not stored again (ISO 28500:2017 §6). What is no document (a request, another status,
an image) is counted, what is damaged is reported, and what came before the damage is kept.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote_from_bytes

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from pipelines.archive.inflated import Inflated, Source, Stream
from pipelines.archive.payload import MAX_PAYLOAD, read_head, read_response
from pipelines.archive.warc import ADDRESS
from schemas.capture import Fetched
from schemas.errors import ParseError

_WARC = re.compile(rb"WARC/[01]\.")
_HEAD = 8  # bytes looked at to know a WARC file
_GZIP = b"\x1f\x8b"
_MAX_HEAD = 1 << 16  # bytes of HTTP headers
_DOCUMENTS = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_MEDIA = {"text/html", "application/xhtml+xml", "text/plain", "text/xml", "application/xml", "application/json"}
_CHECKED_DIGESTS = ("sha1:", "sha256:")
_BARE_DATE = re.compile(r"\d{14}")  # as in the addresses of web archives: 20210304050607


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


@dataclass(frozen=True)
class WebDocument:
    """A document; `names` are those by which a revisit may refer to it, `digest` its payload's as declared."""

    fetched: Fetched
    names: tuple[str, ...]
    digest: str | None


@dataclass(frozen=True)
class WebRevisit:
    """A fetch that met a document stored elsewhere; `names` are those of that document, the surest first.

    `target` and `target_at` are its address and moment, where the record says them; media type and status are None
    where it does not say its own.
    """

    path: Path
    url: str
    fetched_at: datetime
    names: tuple[str, ...]
    digest: str | None
    target: str | None
    target_at: datetime | None
    status: int | None
    media_type: str | None


FromWeb = WebDocument | WebRevisit | UnreadablePath | SkippedRecords
_Met = WebDocument | WebRevisit | str  # a str: why it is no document
_Outcome = tuple[int, _Met | ParseError]  # byte of the content, and what is there or its damage


def is_web_archive(head: bytes) -> bool:
    """Whether a file that begins with these bytes (some 100 suffice) is a WARC or WET file, compressed or not."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, _HEAD)
        except zlib.error:
            return False
    return _WARC.match(head) is not None


def read_web_archive(path: Path) -> Iterator[FromWeb]:
    """Documents and revisits of one file in its order, then its damage and what was skipped; raises OSError."""
    with path.open("rb") as file:
        yield from read_stream(path, file)


def read_stream(path: Path, file: Stream) -> Iterator[FromWeb]:
    """The same of an open file, which is read once from here to its end; `path` is its name for people."""
    head = file.read(len(_GZIP))
    rest = _Rejoined(head, file)
    yield from _read(path, Inflated(rest) if head == _GZIP else Source(rest))


class _Rejoined:
    """A stream with its first bytes put back."""

    def __init__(self, head: bytes, rest: Stream) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes, none at the end."""
        head, self._head = self._head, b""
        return head or self._rest.read(size)


def _read(path: Path, source: Source) -> Iterator[FromWeb]:
    skipped: Counter[str] = Counter()
    for position, outcome in _trusted(source):
        if isinstance(outcome, ParseError):
            yield UnreadablePath(path, f"record at byte {position} of the content: {outcome.detail}")
        elif isinstance(outcome, str):
            skipped[outcome] += 1
        elif isinstance(outcome, WebRevisit):
            yield replace(outcome, path=path)
        else:
            yield outcome
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
                yield position, _met(record)
            except ParseError as problem:
                yield position, problem
    except OSError as error:
        source.damage = source.damage or f"what follows is no WARC record ({error})"


def _met(record: WarcRecord) -> _Met:
    """The document or revisit that a record is, or why it is neither; raises ParseError."""
    if not (record.headers.get("Content-Length") or "").isdecimal():
        raise ParseError("truncated", "its head has no length, or ends before it")
    kind = (record.headers.get("WARC-Type") or "unknown").lower()
    if "WARC-Segment-Number" in record.headers:
        return "segment: the rest of the content is elsewhere"
    if record.record_type & WarcRecordType.revisit:
        return _revisit(record)
    if not record.record_type & _DOCUMENTS:
        _pass_over(record)
        return kind
    fetched = _document(record)
    if isinstance(fetched, str):
        return fetched
    digest = record.headers.get("WARC-Payload-Digest")
    names = (digest, record.headers.get("WARC-Record-ID"), _place(fetched.url, fetched.fetched_at))
    return WebDocument(fetched, tuple(name for name in names if name), digest)


def _document(record: WarcRecord) -> Fetched | str:
    """The document of a record, or why it is none; raises ParseError."""
    block = _block(record)
    if not record.is_http:
        return _fetched(record, record.headers.get("Content-Type") or "", block)
    response = read_response(block)
    if response.status != 200:
        return f"status {response.status}"
    document = _fetched(record, response.media_type or "text/html", response.body)
    if isinstance(document, str):
        return document
    return document.model_copy(update={"etag": response.etag, "last_modified": response.last_modified})


def _revisit(record: WarcRecord) -> WebRevisit:
    headers = record.headers
    digest = headers.get("WARC-Payload-Digest")
    target, date = headers.get("WARC-Refers-To-Target-URI"), headers.get("WARC-Refers-To-Date")
    target = target.strip().removeprefix("<").removesuffix(">") if target else None
    target_at = _moment(date) if date else None
    place = _place(target, target_at) if target and target_at else None
    names = tuple(name for name in (digest, headers.get("WARC-Refers-To"), place) if name)
    url, fetched_at = _target(record), _date(record)
    head = record.reader.read(_MAX_HEAD) if record.is_http else b""
    status, media_type = read_head(head)
    return WebRevisit(Path(), url, fetched_at, names, digest, target, target_at, status, media_type)


def _place(url: str, at: datetime) -> str:
    """An address at a moment, as a name."""
    return f"{at.astimezone(UTC).isoformat()} {url}"


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
    given: str | None = record.headers.get(ADDRESS)  # a file of ours
    if given:
        return given
    target = (record.headers.get_bytes(b"WARC-Target-URI") or b"").strip().removeprefix(b"<").removesuffix(b">")
    if not target:
        raise ParseError("no_address", "has no WARC-Target-URI")
    try:
        return target.decode()
    except UnicodeDecodeError:
        return quote_from_bytes(target, safe="!#$%&'()*+,/:;=?@[]~")


def _date(record: WarcRecord) -> datetime:
    text = record.headers.get("WARC-Date") or ""
    date = _moment(text)
    if date is None:
        raise ParseError("bad_date", f"has no date that can be read ('{text}')")
    return date


def _moment(text: str) -> datetime | None:
    if _BARE_DATE.fullmatch(text):
        text = f"{text[:8]}T{text[8:]}"
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
