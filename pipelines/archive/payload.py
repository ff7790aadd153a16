"""HTTP responses inside foreign WARC files: head and decoded payload of a block.

Crawlers disagree on what they keep: some store the body as it came (chunked, compressed), some decode it and leave the
head as it was. A body that ends too early is refused: a cut page must never pass for the whole one.
"""

import http.client
import io
import re
import zlib
from dataclasses import dataclass

from fastwarc.stream_io import BrotliReader, ZstdReader

from schemas.errors import ParseError

MAX_PAYLOAD = 64 << 20  # bytes, decoded: no question page is a hundredth of it

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)? (\d{3})")
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_CUT_CHUNK = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]*)?\r?")
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_TEXT_START = re.compile(rb"(?:\xef\xbb\xbf)?[\t\n\r -~]")
_SAMPLE = 1024  # bytes looked at to tell text from compressed data


@dataclass(frozen=True)
class HttpResponse:
    """A response with its body decoded."""

    status: int
    media_type: str  # empty where the head has none
    etag: str | None
    last_modified: str | None
    body: bytes


def read_response(block: bytes) -> HttpResponse:
    """Read the block of a `response` record; raises ParseError (`no_http`, `truncated`, `bad_encoding`, `too_big`)."""
    stream = io.BytesIO(block)
    status = _STATUS.match(stream.readline(1000))
    if status is None:
        raise ParseError("no_http", "holds no HTTP response")
    try:
        head = http.client.parse_headers(stream)
    except http.client.HTTPException as error:
        raise ParseError("no_http", f"has an HTTP head that cannot be read ({error})") from error
    return HttpResponse(
        status=int(status[1]),
        media_type=head.get("Content-Type", ""),
        etag=head.get("ETag"),
        last_modified=head.get("Last-Modified"),
        body=_decoded(stream.read(), head),
    )


def read_head(head: bytes) -> tuple[int | None, str | None]:
    """Status and media type of an HTTP head, as a `revisit` record keeps it; None where it does not say them."""
    stream = io.BytesIO(head)
    status = _STATUS.match(stream.readline(1000))
    try:
        media_type = http.client.parse_headers(stream).get("Content-Type") if status else None
    except http.client.HTTPException:
        media_type = None
    return int(status[1]) if status else None, media_type


def _decoded(body: bytes, head: http.client.HTTPMessage) -> bytes:
    if "chunked" in head.get("Transfer-Encoding", "").lower():
        if _CHUNK.match(body) or _CUT_CHUNK.fullmatch(body):
            body = _unchunked(body)
    else:
        length = head.get("Content-Length", "").strip()
        if length.isdecimal() and len(body) < int(length):
            raise ParseError("truncated", f"has {len(body)} of the {length} bytes that its head announces")
    encodings = [each.strip().lower() for each in ",".join(head.get_all("Content-Encoding", [])).split(",")]
    for encoding in reversed(encodings):
        body = _decompressed(body, encoding)
    return body


def _unchunked(body: bytes) -> bytes:
    """RFC 9112 §7.1, with the last chunk required."""
    parts: list[bytes] = []
    position = 0
    while (chunk := _CHUNK.match(body, position)) is not None:
        size = int(chunk[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[chunk.end() : chunk.end() + size])
        position = chunk.end() + size + 2
    raise ParseError("truncated", f"ends within its chunks after {sum(map(len, parts))} bytes")


def _decompressed(body: bytes, encoding: str) -> bytes:
    if encoding in {"", "identity"} or not body:
        return body
    try:
        decoded = _decompress(body, encoding)
    except (zlib.error, OSError) as error:
        if _is_text(body[:_SAMPLE]):
            return body  # the crawler decoded it and left the head as it was
        raise ParseError("bad_encoding", f"cannot be decoded from {encoding} ({error})") from error
    if len(decoded) > MAX_PAYLOAD:
        raise ParseError("too_big", f"is larger than {MAX_PAYLOAD >> 20} MiB once decoded from {encoding}")
    return decoded


def _decompress(body: bytes, encoding: str) -> bytes:
    """At most one byte more than the limit, so that a bomb does no harm."""
    if encoding in {"gzip", "x-gzip"}:
        return _inflate(body, 31)
    if encoding == "deflate":  # zlib format (RFC 9110 §8.4.1.2), or bare deflate from servers that misread it
        return _inflate(body, 15 if body[0] & 15 == 8 and int.from_bytes(body[:2], "big") % 31 == 0 else -15)
    if encoding == "br":
        return BrotliReader(io.BytesIO(body)).read(MAX_PAYLOAD + 1)
    if encoding == "zstd":
        return ZstdReader(io.BytesIO(body)).read(MAX_PAYLOAD + 1)
    raise OSError("no such encoding is known")


def _inflate(body: bytes, window: int) -> bytes:
    stream = zlib.decompressobj(wbits=window)
    decoded = stream.decompress(body, MAX_PAYLOAD + 1)
    if not stream.eof and len(decoded) <= MAX_PAYLOAD:
        raise ParseError("truncated", f"ends within its compressed data, after {len(decoded)} bytes of content")
    return decoded


def _is_text(sample: bytes) -> bool:
    """Whether this is text and no compressed data; a few bytes may be either, and count as compressed."""
    is_mostly_ascii = sum(byte < 128 for byte in sample) > 0.7 * len(sample)
    return len(sample) >= 32 and is_mostly_ascii and bool(_TEXT_START.match(sample)) and not _CONTROLS.search(sample)
