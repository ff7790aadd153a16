"""HTTP responses as crawlers stored them: why one cannot be read is said, and a decoded one is not decoded again."""

import gzip
import io
import zlib

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter

from pipelines.archive import payload
from pipelines.archive.payload import read_head, read_response
from schemas.errors import ParseError

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
TEXT = b"<html><body>Question of one line, long enough to be told from compressed data</body></html>"


def test_what_the_head_says() -> None:
    said = read_response(HEAD + b'ETag: "v1"\r\nLast-Modified: Monday\r\n\r\n' + TEXT)
    assert (said.status, said.media_type, said.body) == (200, "text/html", TEXT)
    assert (said.etag, said.last_modified) == ('"v1"', "Monday")


def test_what_the_head_does_not_say() -> None:
    said = read_response(b"HTTP/1.0 404\r\n\r\n")
    assert (said.status, said.media_type, said.body) == (404, "", b"")
    assert (said.etag, said.last_modified) == (None, None)


@pytest.mark.parametrize(
    ("head", "body", "reason", "detail"),
    [
        (b"", b"", "no_http", "holds no HTTP response"),
        (HEAD + b"x: 1\r\n" * 200, b"", "no_http", "HTTP head that cannot be read"),
        (HEAD + b"Content-Length: 9\r\n", b"12345678", "truncated", "has 8 of the 9 bytes"),
        (HEAD + b"Transfer-Encoding: chunked\r\n", b"4\r\nabcd\r\n3\r\nab", "truncated", "after 6 bytes"),
        (HEAD + b"Content-Encoding: gzip\r\n", gzip.compress(TEXT)[:-5], "truncated", "within its compressed data"),
        (HEAD + b"Content-Encoding: gzip\r\n", b"\0\1\2", "bad_encoding", "decoded from gzip"),
        (HEAD + b"Content-Encoding: rot13\r\n", b"\0\1\2", "bad_encoding", "no such encoding"),
        (HEAD + b"Content-Encoding: deflate\r\n", zlib.compress(bytes(65 << 20)), "too_big", "larger than 64 MiB"),
    ],
    ids=["empty", "long head", "short", "chunk cut", "gzip cut", "no gzip", "unknown encoding", "bomb"],
)
def test_why_a_response_cannot_be_read(head: bytes, body: bytes, reason: str, detail: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_response(head + b"\r\n" + body)
    assert caught.value.reason == reason
    assert detail in caught.value.detail


def test_a_longer_body_than_announced_is_kept_whole() -> None:
    assert read_response(HEAD + b"Content-Length: 3\r\n\r\n" + TEXT).body == TEXT


def packed(encoding: str) -> bytes:
    if encoding == "gzip":
        return gzip.compress(TEXT)
    if encoding == "deflate":
        return zlib.compress(TEXT)
    stream = io.BytesIO()
    writer = (BrotliWriter if encoding == "br" else ZstdWriter)(stream)
    writer.write(TEXT)
    writer.close()
    return stream.getvalue()


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "zstd"])
def test_a_body_is_decoded_up_to_the_limit(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    block = HEAD + f"Content-Encoding: {encoding}\r\n\r\n".encode() + packed(encoding)
    monkeypatch.setattr(payload, "MAX_PAYLOAD", len(TEXT))
    assert read_response(block).body == TEXT
    monkeypatch.setattr(payload, "MAX_PAYLOAD", len(TEXT) - 1)
    with pytest.raises(ParseError, match=f"^too_big: is larger than 0 MiB once decoded from {encoding}$"):
        read_response(block)


def test_encodings_are_undone_from_the_last_to_the_first() -> None:
    packed = gzip.compress(zlib.compress(TEXT))
    assert read_response(HEAD + b"Content-Encoding: deflate\r\nContent-Encoding: gzip\r\n\r\n" + packed).body == TEXT


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (HEAD, (200, "text/html")),
        (b"HTTP/1.1 304 Not Modified\r\n\r\n", (304, None)),
        (b"", (None, None)),
        (b"Content-Type: text/html\r\n", (None, None)),
        (HEAD + b"x: 1\r\n" * 200, (200, None)),
    ],
)
def test_the_head_of_a_revisit(head: bytes, said: tuple[int | None, str | None]) -> None:
    assert read_head(head) == said
