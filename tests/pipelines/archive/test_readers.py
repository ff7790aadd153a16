"""Files and folders as people hand them in."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.readers import Imported, UnreadablePath, guess_media_type, read_paths
from pipelines.archive.web_archives import WebDocument
from schemas.capture import Fetched
from tests.pipelines.archive.foreign import HTML, info, response
from tests.pipelines.archive.pages import START


def read(*paths: Path) -> list[Imported]:
    return list(read_paths(paths, START))


def files_of(found: list[Imported]) -> dict[str, bytes]:
    fetched = [each.fetched if isinstance(each, WebDocument) else each for each in found]
    return {each.url: each.body for each in fetched if isinstance(each, Fetched)}


def test_a_file(tmp_path: Path) -> None:
    path = tmp_path / "question 1.txt"
    path.write_text("15ème législature\nQuestion N° 1", encoding="utf-8")
    (found,) = read(path)
    assert found == Fetched(
        source="import",
        url="file:question 1.txt",
        fetched_at=START,
        status=200,
        media_type="text/plain",
        body=path.read_bytes(),
    )


def test_a_folder_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden", ".git/x.txt", "b/.DS_Store", "é.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert list(files_of(read(tmp_path))) == ["file:a.txt", "file:b/1.txt", "file:b/2.txt", "file:é.txt"]


def test_a_hidden_file_that_is_named_is_read(tmp_path: Path) -> None:
    (tmp_path / ".page.txt").write_text("x")
    assert list(files_of(read(tmp_path / ".page.txt"))) == ["file:.page.txt"]


def test_two_files_of_one_name_keep_two_addresses(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "1.txt").write_text(folder)
    found = files_of(read(tmp_path / "one", tmp_path / "two" / "1.txt"))
    assert found == {"file:1.txt": b"one", "file:two/1.txt": b"two"}


def test_a_file_that_is_named_again_and_again_keeps_each_address(tmp_path: Path) -> None:
    path = tmp_path / "one" / "1.txt"
    path.parent.mkdir()
    path.write_text("x")
    assert list(files_of(read(path, path, path, path))) == [
        "file:1.txt",
        "file:one/1.txt",
        "file:one/1.txt#2",
        "file:one/1.txt#3",
    ]


def test_an_empty_file_is_handed_on(tmp_path: Path) -> None:
    (tmp_path / "empty.html").touch()
    (found,) = read(tmp_path / "empty.html")
    assert isinstance(found, Fetched)
    assert found.body == b""


def test_what_cannot_be_read_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "last.txt").write_text("x")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "dangling").symlink_to(tmp_path / "nowhere")
    found = read(tmp_path / "none", tmp_path / "empty", tmp_path / "pipe", tmp_path / "dangling", tmp_path / "last.txt")
    assert [each.detail for each in found if isinstance(each, UnreadablePath)] == [
        "no such file or folder",
        "the folder holds no file",
        "is no regular file",
        "no such file or folder",
    ]
    assert list(files_of(found)) == ["file:last.txt"]


def test_a_link_that_leads_round_in_a_circle(tmp_path: Path) -> None:
    (tmp_path / "round").symlink_to(tmp_path)
    (tmp_path / "1.txt").write_text("x")
    found = read(tmp_path)
    assert list(files_of(found)) == ["file:1.txt"]
    why = "is a link to a folder, which is not followed; name the folder itself"
    assert [each for each in found if isinstance(each, UnreadablePath)] == [UnreadablePath(tmp_path / "round", why)]


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_file(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text("x")
    (tmp_path / "1.txt").chmod(0)
    (found,) = read(tmp_path / "1.txt")
    assert isinstance(found, UnreadablePath)


def test_a_disk_that_refuses_is_said_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("1.txt", "2.txt", "folder/3.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    opened, listed = Path.open, Path.iterdir

    def refused_file(self: Path, mode: str = "r") -> IO[bytes]:
        if self.name == "1.txt":
            raise OSError(errno.EIO, "Input/output error")
        return cast("IO[bytes]", opened(self, mode))

    def refused_folder(self: Path) -> Iterator[Path]:
        if self.name == "folder":
            raise OSError(errno.EIO, "Input/output error")
        return listed(self)

    monkeypatch.setattr(Path, "open", refused_file)
    monkeypatch.setattr(Path, "iterdir", refused_folder)
    found = read(tmp_path)
    told = [each for each in found if isinstance(each, UnreadablePath)]
    assert told == [
        UnreadablePath(tmp_path / name, "cannot be read (Input/output error)") for name in ("1.txt", "folder")
    ]
    assert list(files_of(found)) == ["file:2.txt"]


def test_a_file_that_is_too_big(tmp_path: Path) -> None:
    with (tmp_path / "big.txt").open("wb") as file:
        file.truncate((64 << 20) + 1)
    (found,) = read(tmp_path / "big.txt")
    assert found == UnreadablePath(tmp_path / "big.txt", "is larger than 64 MiB")


def test_names_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"r\xe9ponse.txt")).write_text("x")
    (tmp_path / "two\nlines.txt").write_text("y")
    found = files_of(read(tmp_path))
    assert set(found) == {"file:r%E9ponse.txt", "file:two%0Alines.txt"}
    with Archive.open_for_writing(tmp_path / "archive", source="import", now=START) as archive:
        for each in read(tmp_path):
            assert isinstance(each, Fetched)
            assert archive.read(archive.append(each).ref).body == each.body


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl.txt", "no-extension"])
def test_a_web_archive_is_known_by_its_content(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(info() + response(HTML))
    assert files_of(read(tmp_path)) == {"https://questions.example/q/1": HTML}


@pytest.mark.parametrize("content", [b"Question", b"\x1f\x8b\x08 no gzip", b"\x1f\x8b", b"WARC"])
def test_a_name_alone_makes_no_web_archive(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(content)
    assert files_of(read(tmp_path)) == {"file:crawl.warc.gz": content}


@pytest.mark.parametrize(
    ("body", "name", "media_type"),
    [
        (b"<!DOCTYPE html><html>", "a.txt", "text/html"),
        (b"\xef\xbb\xbf \n<HTML lang=fr>", "a", "text/html"),
        (b"<?xml version='1.0'?><question>", "a.txt", "application/xml"),
        (b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC>', "a", "application/xhtml+xml"),
        (b'{"question": 1}', "a.txt", "application/json"),
        (b'[{"question": 1}]', "a", "application/json"),
        (b"[Question] de M. X", "a.txt", "text/plain"),
        (b"Question", "a.html", "text/html"),
        (b"a;b", "a.csv", "text/csv"),
        (b"Question", "a", "text/plain"),
        (b"\0\1\2", "a", "application/octet-stream"),
        (b"%PDF-1.4", "a.txt", "application/pdf"),
        (b"", "a.txt", "text/plain"),
    ],
)
def test_media_types(body: bytes, name: str, media_type: str) -> None:
    assert guess_media_type(body, name) == media_type


def test_an_import_that_is_run_again_brings_nothing(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(
        response(HTML, date="2019-01-01T00:00:00Z") + response(b"<html>v2", date="2021-01-01T00:00:00Z")
    )
    for expected in (["new", "new"], ["unchanged", "unchanged"]):
        with Archive.open_for_writing(tmp_path / "archive", source="import", now=START) as archive:
            found = [each.fetched for each in read(tmp_path / "crawl.warc.gz") if isinstance(each, WebDocument)]
            assert [visit.outcome for visit in archive.append_many(found)] == expected
            assert archive.last_sequence() == 2
