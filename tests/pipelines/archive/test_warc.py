"""Records are read by another library, byte for byte."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from pipelines.archive.archive import Archive
from pipelines.archive.warc import Original, RecordWriter, digest_of, one_line, read_record, record_id, warc_date
from schemas.errors import ArchiveDamagedError
from tests.pipelines.archive.pages import START, body, imported, page

HARD_CONTENTS = [b"", b"\r\n\r\n", b"WARC/1.1\r\n\r\n", b"\0", b"HTTP/1.1 404 No\r\n\r\n"]


def records(root: Path) -> list[tuple[ArcWarcRecord, bytes]]:
    """Every record of every file as warcio reads it, its digests checked."""
    found = []
    for path in sorted((root / "warc").iterdir()):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):  # pyright: ignore[reportArgumentType]
                found.append((record, record.content_stream().read()))
    return found


def write_some(root: Path) -> None:
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.append_many([page(1), page(2, etag='"v1"', last_modified="Mon, 23 Nov 2026 10:00:00 GMT")])
        archive.append(page(1, day=1))
        archive.not_modified(page(2).url, page(2, day=2).fetched_at)
        archive.append(imported("notes/réponse n° 1.txt", b"Texte de la question"))
        archive.append(imported("notes/réponse n° 1.txt", b"Texte de la question", day=1))


def test_warcio_reads_every_record(tmp_path: Path) -> None:
    write_some(tmp_path)
    found = records(tmp_path)
    assert [record.rec_type for record, _ in found] == [
        "warcinfo", "response", "response", "revisit", "revisit", "resource", "revisit",
    ]  # fmt: skip
    assert [content for _, content in found[1:3]] == [body(1), body(2)]
    assert found[5][1] == b"Texte de la question"
    names = [record.rec_headers.get_header("WARC-Record-ID") for record, _ in found]
    assert len(set(names)) == len(names)


def test_one_file_per_run_with_its_name(tmp_path: Path) -> None:
    write_some(tmp_path)
    assert [path.name for path in (tmp_path / "warc").iterdir()] == ["assemblee-20261123T101500Z-00001.warc.gz"]
    info, content = records(tmp_path)[0]
    assert info.rec_headers.get_header("WARC-Filename") == "assemblee-20261123T101500Z-00001.warc.gz"
    assert b"isPartOf: assemblee" in content


def test_headers_of_a_response(tmp_path: Path) -> None:
    write_some(tmp_path)
    record, _ = records(tmp_path)[2]
    assert record.rec_headers.get_header("WARC-Date") == "2026-11-23T10:15:00Z"
    assert record.rec_headers.get_header("WARC-Target-URI") == page(2).url
    assert record.rec_headers.get_header("WARC-Payload-Digest") == f"sha256:{digest_of(body(2))}"
    assert record.http_headers.get_statuscode() == "200"
    assert record.http_headers.get_header("ETag") == '"v1"'
    assert record.http_headers.get_header("Content-Type") == "text/html; charset=UTF-8"


def test_revisits_name_their_original_and_their_profile(tmp_path: Path) -> None:
    write_some(tmp_path)
    found = [record.rec_headers for record, _ in records(tmp_path)]
    same, not_modified, same_file = found[3], found[4], found[6]
    assert same.get_header("WARC-Profile").endswith("/revisit/identical-payload-digest")
    assert not_modified.get_header("WARC-Profile").endswith("/revisit/server-not-modified")
    for revisit, original in ((same, found[1]), (not_modified, found[2]), (same_file, found[5])):
        assert revisit.get_header("WARC-Refers-To") == original.get_header("WARC-Record-ID")
        assert revisit.get_header("WARC-Refers-To-Date") == original.get_header("WARC-Date")
        assert revisit.get_header("WARC-Payload-Digest") == original.get_header("WARC-Payload-Digest")


def test_only_what_came_over_http_has_its_head(tmp_path: Path) -> None:
    write_some(tmp_path)
    heads = [record.http_headers is not None for record, _ in records(tmp_path)]
    assert heads == [False, True, True, True, False, False, False]


def test_each_record_is_a_gzip_member_of_its_own(tmp_path: Path) -> None:
    with Archive.open_for_writing(tmp_path, source="assemblee", now=START) as archive:
        ref = archive.append(page(1)).ref
    stored = (tmp_path / "warc" / ref.warc_file).read_bytes()[ref.offset :][: ref.length]
    assert gzip.decompress(stored).startswith(b"WARC/1.1\r\n")


@given(
    content=st.binary(max_size=300) | st.sampled_from(HARD_CONTENTS),
    media_type=st.text(max_size=30),
    etag=st.none() | st.text(max_size=20),
    address=st.sampled_from(["https://a.example/q?x=é&y=%20", "file:dossier/été 1.txt", "http://b.example/\n\r x"]),
    status=st.integers(200, 599).filter(lambda status: status != 304),
)  # fmt: skip
def test_any_capture_is_read_back(content: bytes, media_type: str, etag: str | None, address: str, status: int) -> None:
    fetched = page(1, url=address, body=content, media_type=media_type, etag=etag, status=status)
    writer = RecordWriter()
    name = record_id("a.warc.gz", 7)
    digest = digest_of(content)
    record = read_record(writer.capture(fetched, digest, name), where="test")
    assert (record.body, record.digest, record.record_id) == (content, digest, name)
    assert record.date == warc_date(fetched.fetched_at)
    revisit = read_record(writer.revisit(fetched, digest, name, Original(name, START)), where="test")
    assert (revisit.kind, revisit.url, revisit.digest) == ("revisit", record.url, digest)


def test_dates_keep_their_fractions() -> None:
    assert warc_date(START.replace(microsecond=250)) == "2026-11-23T10:15:00.000250Z"


def test_the_value_of_a_header_is_one_line() -> None:
    assert one_line(" text/html;\r\n\tcharset=x\0\x7f") == "text/html; charset=x"


@pytest.mark.parametrize(("status", "phrase"), [(404, "Not Found"), (299, "Unknown")])
def test_the_status_line(status: int, phrase: str) -> None:
    fetched = page(1, status=status)
    record = gzip.decompress(RecordWriter().capture(fetched, digest_of(fetched.body), record_id("a", 0)))
    assert f"\r\n\r\nHTTP/1.1 {status} {phrase}\r\nContent-Type: ".encode() in record


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda data: data[:-1], "is not one whole record$"),
        (lambda data: data + b"x", "is not one whole record$"),
        (lambda data: data[3:], "cannot be decompressed "),
        (lambda _: b"", "is not one whole record$"),
        (lambda _: gzip.compress(b"Question"), "holds no record of ours "),
    ],
)
def test_what_is_not_one_record_is_refused(damage: Callable[[bytes], bytes], what: str) -> None:
    fetched = page(1)
    data = RecordWriter().capture(fetched, digest_of(fetched.body), record_id("a", 0))
    with pytest.raises(ArchiveDamagedError, match=rf"^a\.warc\.gz at byte 12: {what}"):
        read_record(damage(data), where="a.warc.gz at byte 12")
