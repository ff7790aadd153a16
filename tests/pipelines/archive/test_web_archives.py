"""Web archives of other crawlers, whole, odd and damaged."""

import gzip
import io
import random
import resource
import time
import zlib
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from fastwarc.stream_io import BrotliWriter, ZstdWriter

from pipelines.archive.archive import Archive
from pipelines.archive.web_archives import (
    SkippedRecords,
    UnreadablePath,
    WebDocument,
    WebRevisit,
    is_web_archive,
    read_web_archive,
)
from schemas.capture import Fetched
from tests.pipelines.archive.foreign import HTML, by_hand, info, one_member, response
from tests.pipelines.archive.pages import START, imported, page

Found = tuple[list[Fetched], list[str], dict[str, int]]
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def read(tmp_path: Path, content: bytes) -> Found:
    """Documents, details of what is unreadable, and counts of what was skipped."""
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(content)
    found = list(read_web_archive(path))
    skipped = [each.reasons for each in found if isinstance(each, SkippedRecords)]
    return (
        [each.fetched for each in found if isinstance(each, WebDocument)],
        [each.detail for each in found if isinstance(each, UnreadablePath)],
        skipped[0] if skipped else {},
    )


def pages(tmp_path: Path, content: bytes) -> list[bytes]:
    documents, unreadable, _ = read(tmp_path, content)
    assert unreadable == []
    return [document.body for document in documents]


def brotlied(*parts: bytes) -> bytes:
    return written(BrotliWriter, *parts)


def written(kind: type[BrotliWriter | ZstdWriter], *parts: bytes) -> bytes:
    stream = io.BytesIO()
    writer = kind(stream)
    for part in parts:
        writer.write(part)
    writer.close()
    return stream.getvalue()


def raw_deflate(body: bytes) -> bytes:
    stream = zlib.compressobj(wbits=-15)
    return stream.compress(body) + stream.flush()


def test_a_response_keeps_its_address_date_and_headers(tmp_path: Path) -> None:
    record = response(HTML, http={"ETag": '"v1"', "Last-Modified": "Mon, 01 Mar 2021 00:00:00 GMT"})
    ((document,), unreadable, skipped) = read(tmp_path, info() + record)
    assert (document.url, document.body, document.source) == ("https://questions.example/q/1", HTML, "import")
    assert document.fetched_at.isoformat() == "2021-03-04T05:06:07+00:00"
    assert (document.media_type, document.etag) == ("text/html; charset=UTF-8", '"v1"')
    assert document.last_modified == "Mon, 01 Mar 2021 00:00:00 GMT"
    assert (unreadable, skipped) == ([], {"warcinfo": 1})


@pytest.mark.parametrize("gzipped", [True, False])
def test_kinds_of_records(tmp_path: Path, gzipped: bool) -> None:
    content = info(gzipped=gzipped) + b"".join(
        [
            response(HTML, gzipped=gzipped),
            response(b"Texte brut", kind="conversion", media_type="text/plain", gzipped=gzipped),
            response(b"<q/>", kind="resource", media_type="text/xml", gzipped=gzipped, address="file:q.xml"),
            response(b"software: x", kind="metadata", media_type="application/warc-fields", gzipped=gzipped),
            response(b"", status="301 Moved", gzipped=gzipped),
            response(b"", status="404 Not Found", gzipped=gzipped),
            response(b"\x89PNG", media_type="image/png", gzipped=gzipped),
            response(b"GET / HTTP/1.1", kind="request", gzipped=gzipped),
            response(b"", kind="revisit", gzipped=gzipped),
        ]
    )
    documents, unreadable, skipped = read(tmp_path, content)
    assert [document.body for document in documents] == [HTML, b"Texte brut", b"<q/>"]
    assert [document.media_type for document in documents[1:]] == ["text/plain", "text/xml"]
    assert unreadable == []
    assert skipped == {
        "status 301": 1,
        "status 404": 1,
        "image/png": 1,
        "warcinfo": 1,
        "metadata": 1,
        "request": 1,
    }


def test_a_revisit_names_its_document_and_keeps_its_own_date(tmp_path: Path) -> None:
    path = tmp_path / "crawl.warc"
    again = response(
        b"",
        kind="revisit",
        date="2022-01-02T03:04:05Z",
        headers={
            "WARC-Payload-Digest": "sha1:ABC",
            "WARC-Refers-To": "<urn:uuid:1>",
            "WARC-Refers-To-Target-URI": "https://questions.example/q/0",
            "WARC-Refers-To-Date": "2021-03-04T05:06:07Z",
        },
    )
    path.write_bytes(again)
    (revisit,) = read_web_archive(path)
    assert isinstance(revisit, WebRevisit)
    assert (revisit.url, revisit.fetched_at.year, revisit.status) == ("https://questions.example/q/1", 2022, 200)
    assert revisit.media_type == "text/html; charset=UTF-8"
    place = "2021-03-04T05:06:07+00:00 https://questions.example/q/0"
    assert revisit.names == ("sha1:ABC", "<urn:uuid:1>", place)


def test_a_segment_is_counted(tmp_path: Path) -> None:
    _, unreadable, skipped = read(tmp_path, response(HTML, headers={"WARC-Segment-Number": "1"}))
    assert (unreadable, list(skipped.values())) == ([], [1])
    assert "segment" in next(iter(skipped))


@pytest.mark.parametrize("version", ["WARC/0.17", "WARC/0.18", "WARC/1.1"])
def test_versions_of_the_format(tmp_path: Path, version: str) -> None:
    content = by_hand(HEAD + b"\r\n" + HTML, version=version)
    assert is_web_archive(content)
    assert pages(tmp_path, content) == [HTML]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2021-03-04T05:06:07.123456Z", "2021-03-04T05:06:07.123456+00:00"),
        ("2021-03-04T06:06:07+01:00", "2021-03-04T05:06:07+00:00"),
        ("20210304050607", "2021-03-04T05:06:07+00:00"),
        ("2021-03-04T05:06:07", "2021-03-04T05:06:07+00:00"),
        ("2021-03-04", "2021-03-04T00:00:00+00:00"),
    ],
)
def test_dates_as_crawlers_write_them(tmp_path: Path, written: str, meant: str) -> None:
    content = by_hand(HEAD + b"\r\n" + HTML).replace(b"2021-03-04T05:06:07Z", written.encode())
    ((document,), _, _) = read(tmp_path, content)
    assert document.fetched_at == datetime.fromisoformat(meant)


def test_a_file_compressed_as_a_whole(tmp_path: Path) -> None:
    content = one_member(*(response(HTML + b"%d" % number, gzipped=False) for number in range(50)))
    assert pages(tmp_path, content) == [HTML + b"%d" % number for number in range(50)]


def test_large_records_of_every_size_come_whole(tmp_path: Path) -> None:
    """Sizes around the buffers of every reader in the chain."""
    bodies = [random.Random(size).randbytes(size) for size in (0, 1, 8191, 65535, 65536, 65537, 200_001, 3_000_000)]
    bodies += [b"a" * size for size in (65536, 1_000_000, 20_000_000)]
    assert pages(tmp_path, b"".join(response(body) for body in bodies)) == bodies


def chunked(body: bytes, size: int = 7) -> bytes:
    parts = [body[start : start + size] for start in range(0, len(body), size)]
    return b"".join(b"%x;ext=1\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\nTrailer: x\r\n\r\n"


ENCODED = {
    "gzip": ("Content-Encoding: gzip\r\n", gzip.compress(HTML)),
    "x-gzip in capitals": ("content-encoding: X-GZIP\r\n", gzip.compress(HTML)),
    "deflate": ("Content-Encoding: deflate\r\n", zlib.compress(HTML)),
    "bare deflate": ("Content-Encoding: deflate\r\n", raw_deflate(HTML)),
    "brotli": ("Content-Encoding: br\r\n", brotlied(HTML)),
    "zstd": ("Content-Encoding: zstd\r\n", written(ZstdWriter, HTML)),
    "two": ("Content-Encoding: gzip, br\r\n", brotlied(gzip.compress(HTML))),
    "identity": ("Content-Encoding: identity\r\n", HTML),
    "chunks": ("Transfer-Encoding: chunked\r\n", chunked(HTML)),
    "chunks of gzip": ("Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n", chunked(gzip.compress(HTML))),
    "length": (f"Content-Length: {len(HTML)}\r\n", HTML),
    "decoded already, gzip": ("Content-Encoding: gzip\r\n", HTML),
    "decoded already, brotli": ("Content-Encoding: br\r\n", HTML),
    "decoded already, chunks": ("Transfer-Encoding: chunked\r\n", HTML),
    "decoded already, length": ("Content-Encoding: gzip\r\nContent-Length: 9\r\n", HTML),
}


@pytest.mark.parametrize(("head", "body"), ENCODED.values(), ids=ENCODED.keys())
def test_encodings(tmp_path: Path, head: str, body: bytes) -> None:
    assert pages(tmp_path, by_hand(HEAD + head.encode() + b"\r\n" + body)) == [HTML]


CUT = {
    name: ENCODED[name]
    for name in ("gzip", "deflate", "bare deflate", "brotli", "zstd", "chunks", "chunks of gzip", "length")
}


@pytest.mark.parametrize(("head", "body"), CUT.values(), ids=CUT.keys())
def test_a_body_that_ends_too_early_never_passes(tmp_path: Path, head: str, body: bytes) -> None:
    """At every byte: the record is whole, its payload is not."""
    for cut in range(1, len(body) - (16 if "chunked" in head else 0)):
        documents, unreadable, _ = read(tmp_path, by_hand(HEAD + head.encode() + b"\r\n" + body[:cut]))
        assert (documents, len(unreadable)) == ([], 1), cut


def strange(*, head: bytes = b"", body: bytes = HTML, **claims: Any) -> bytes:
    return by_hand(HEAD + head + b"\r\n" + body, **claims)


STRANGE: dict[str, tuple[bytes, str]] = {
    "no HTTP": (by_hand(b"no HTTP at all"), "holds no HTTP response"),
    "nothing": (by_hand(b""), "has 0 of 0 bytes"),
    "shorter than it says": (strange(length=9_999), "has 90 of 9999 bytes"),
    "larger than any page": (strange(length=1 << 40), "is of 1099511627776 bytes, more than 64 MiB"),
    "half a gzip": (
        strange(head=b"Content-Encoding: gzip\r\n", body=b"\x1f\x8b\x08\0garbage"),
        "ends within its compressed data, after 0 bytes of content",
    ),
    "no known encoding": (
        strange(head=b"Content-Encoding: rot13\r\n", body=b"\0\1\2"),
        "cannot be decoded from rot13 (no such encoding is known)",
    ),
    "cut by its crawler": (strange(extra="WARC-Truncated: length\r\n"), "was cut by its crawler (length)"),
    "other bytes": (
        strange(extra="WARC-Block-Digest: sha1:LRQYRUSWRHLWFLWCGJRWBLRFL6AS45SW\r\n"),
        "its bytes are not those of its digest sha1:LRQYRUSWRHLWFLWCGJRWBLRFL6AS45SW",
    ),
    "no date": (
        strange().replace(b"2021-03-04", b"yesterday "),
        "has no date that can be read ('yesterday T05:06:07Z')",
    ),
    "no date at all": (strange().replace(b"WARC-Date", b"X-Date"), "has no date that can be read ('')"),
    "no address": (strange().replace(b"<https://questions.example/q/1>", b""), "has no WARC-Target-URI"),
    "no address at all": (strange().replace(b"WARC-Target-URI", b"X"), "has no WARC-Target-URI"),
    "a request that ends too early": (
        strange(length=9_999).replace(b": response", b": request"),
        "has 90 of 9999 bytes",
    ),
    "a beginning": (b"WARC/1.0\r\n", "its head has no length, or ends before it"),
    "a negative length": (
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: -5\r\n\r\n",
        "its head has no length, or ends before it",
    ),
}


@pytest.mark.parametrize(("content", "why"), STRANGE.values(), ids=STRANGE.keys())
def test_strange_records_are_said_not_raised(tmp_path: Path, content: bytes, why: str) -> None:
    documents, (told,), skipped = read(tmp_path, content)
    assert (documents, skipped) == ([], {})
    assert told.startswith(f"record at byte 0 of the content: {why}")


def test_what_follows_and_is_no_record_is_said(tmp_path: Path) -> None:
    documents, (told,), _ = read(tmp_path, b"WARC/1.0\r\n" * 10_000)
    assert documents == []
    assert told == "what follows is no WARC record (Maximum header length exceeded.); what came before is imported"


def test_a_bad_record_does_not_hide_the_next(tmp_path: Path) -> None:
    content = by_hand(b"no HTTP at all") + by_hand(HEAD + b"\r\n" + HTML)
    documents, unreadable, _ = read(tmp_path, content)
    assert ([document.body for document in documents], len(unreadable)) == ([HTML], 1)


def test_old_heads_with_bare_line_feeds(tmp_path: Path) -> None:
    assert pages(tmp_path, by_hand(b"HTTP/1.0 200 OK\nContent-Type: text/html\n\n" + HTML)) == [HTML]


def test_an_address_that_is_no_utf8(tmp_path: Path) -> None:
    content = by_hand(HEAD + b"\r\n" + HTML).replace(b"/q/1", b"/q/\xe9")
    ((document,), _, _) = read(tmp_path, content)
    assert document.url == "https://questions.example/q/%E9"


def test_a_cut_at_every_byte_of_a_compressed_file(tmp_path: Path) -> None:
    records = [info(), *(response(random.Random(number).randbytes(150)) for number in range(3))]
    check_cuts(tmp_path, records)


def test_a_cut_at_every_byte_of_an_uncompressed_file(tmp_path: Path) -> None:
    records = [response(random.Random(number).randbytes(150), gzipped=False) for number in range(3)]
    check_cuts(tmp_path, records, slack=4)  # without its closing blank lines a record is still whole


def check_cuts(tmp_path: Path, records: list[bytes], *, slack: int = 0) -> None:
    whole = b"".join(records)
    expected = pages(tmp_path, whole)
    ends = [sum(map(len, records[: number + 1])) for number in range(len(records))]
    infos = len(records) - len(expected)
    for cut in range(12, len(whole)):
        documents, unreadable, _ = read(tmp_path, whole[:cut])
        read_whole = max(0, sum(end - slack <= cut for end in ends) - infos)
        assert [document.body for document in documents] == expected[:read_whole], cut
        assert len(unreadable) == (0 if any(end - slack <= cut <= end for end in ends) else 1), cut


def test_flipped_bits_never_change_a_page_in_silence(tmp_path: Path) -> None:
    """A compressed file carries checksums: what comes out is right, or the damage is said."""
    whole = b"".join([info(), *(response(random.Random(number).randbytes(200)) for number in range(3))])
    expected = pages(tmp_path, whole)
    chance = random.Random(8)
    for _ in range(400):
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        if not is_web_archive(bytes(data[:200])):
            continue
        documents, unreadable, _ = read(tmp_path, bytes(data))
        bodies = [document.body for document in documents]
        assert bodies == expected[: len(bodies)]
        assert unreadable or bodies == expected


def peak_memory_mib() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def zeros(mebibytes: int) -> bytes:
    """A gzip bomb, made without holding what it expands to."""
    stream = zlib.compressobj(9, wbits=31)
    parts = [stream.compress(bytes(1 << 20)) for _ in range(mebibytes)]
    return b"".join([*parts, stream.flush()])


def test_bombs_are_refused(tmp_path: Path) -> None:
    bomb = zeros(300)
    squeezed = brotlied(*[bytes(1 << 20)] * 300)
    head = by_hand(b"", length=300 << 20)[:-4]
    member = zlib.compressobj(9, wbits=31)
    giant = member.compress(head) + b"".join(member.compress(bytes(1 << 20)) for _ in range(300)) + member.flush()
    before, started = peak_memory_mib(), time.monotonic()
    for content, reason in (
        (by_hand(HEAD + b"Content-Encoding: gzip\r\n\r\n" + bomb), "larger than 64 MiB"),
        (by_hand(HEAD + b"Content-Encoding: br\r\n\r\n" + squeezed), "larger than 64 MiB"),
        (giant, "expands more than"),
    ):
        documents, unreadable, _ = read(tmp_path, content)
        assert documents == []
        assert reason in " ".join(unreadable)
    assert peak_memory_mib() - before < 400
    assert time.monotonic() - started < 30


def test_a_large_record_is_passed_over(tmp_path: Path) -> None:
    video = response(random.Random(1).randbytes(65 << 20), media_type="video/mp4", gzipped=False)
    documents, unreadable, _ = read(tmp_path, video + response(HTML, gzipped=False))
    assert [document.body for document in documents] == [HTML]
    assert len(unreadable) == 1
    assert "more than 64 MiB" in unreadable[0]


def test_our_own_files_are_read_too(tmp_path: Path) -> None:
    with Archive.open_for_writing(tmp_path, source="assemblee", now=START) as archive:
        archive.append_many([page(1), imported("a.txt", b"texte"), page(1, day=1)])
    (path,) = (tmp_path / "warc").iterdir()
    documents = [each.fetched for each in read_web_archive(path) if isinstance(each, WebDocument)]
    assert [(each.url, each.body) for each in documents] == [(page(1).url, page(1).body), ("file:a.txt", b"texte")]
    assert documents[0].fetched_at == START
