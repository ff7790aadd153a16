"""WACZ files of other tools, whole, odd and damaged."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from pipelines.archive.readers import read_paths
from pipelines.archive.wacz import is_wacz, read_wacz
from pipelines.archive.web_archives import FromWeb, UnreadablePath, WebDocument
from tests.pipelines.archive.foreign import HTML, info, response
from tests.pipelines.archive.pages import START

ONE = info() + response(HTML)
TWO = info() + response(HTML + b"2", address="https://questions.example/q/2")


def package(files: dict[str, bytes], *, stats: bool = False) -> bytes:
    """The list of files, as version 1.1 writes it, or as 1.0 did."""
    resources: list[dict[str, object]] = []
    for name, content in files.items():
        digest = {"hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "bytes": len(content)}
        resources.append({"path": name, "name": Path(name).name, **({"stats": digest} if stats else digest)})
    return json.dumps({"profile": "data-package", "resources": resources}).encode()


def wacz(
    path: Path, files: dict[str, bytes], *, listed: bytes | None = None, compression: int = zipfile.ZIP_STORED
) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        if listed is not None:
            archive.writestr("datapackage.json", listed)
    return path


def bodies(found: list[FromWeb]) -> list[bytes]:
    return [each.fetched.body for each in found if isinstance(each, WebDocument)]


def details(found: list[FromWeb]) -> list[str]:
    return [f"{each.path.name}: {each.detail}" for each in found if isinstance(each, UnreadablePath)]


@pytest.mark.parametrize("stats", [False, True])
def test_every_warc_file_inside_is_read(tmp_path: Path, stats: bool) -> None:
    files = {"archive/1.warc.gz": ONE, "archive/2.warc.gz": TWO, "pages/pages.jsonl": b"{}"}
    path = wacz(tmp_path / "a.wacz", files, listed=package(files, stats=stats))
    assert is_wacz(path)
    found = list(read_wacz(path))
    assert (bodies(found), details(found)) == ([HTML, HTML + b"2"], [])


@pytest.mark.parametrize(
    "files",
    [
        {"1.warc.gz": ONE},
        {"crawl/archive/1.WARC.GZ": ONE},
        {"archive/1.warc": info(gzipped=False) + response(HTML, gzipped=False)},
    ],
    ids=["at the top", "below a folder", "uncompressed"],
)
@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_files_in_the_wild(tmp_path: Path, files: dict[str, bytes], compression: int) -> None:
    path = wacz(tmp_path / "a.zip", files, compression=compression)
    assert is_wacz(path)
    found = list(read_wacz(path))
    assert (bodies(found), details(found)) == ([HTML], [])


def test_a_wacz_of_wacz_files(tmp_path: Path) -> None:
    inner = {
        f"{n}.wacz": wacz(tmp_path / f"{n}", {f"archive/{n}.warc.gz": each}).read_bytes()
        for n, each in ((1, ONE), (2, TWO))
    }
    path = wacz(tmp_path / "all.wacz", inner)
    assert bodies(list(read_wacz(path))) == [HTML, HTML + b"2"]


@pytest.mark.parametrize("stats", [False, True])
def test_a_warc_file_that_is_not_the_listed_one_is_said(tmp_path: Path, stats: bool) -> None:
    listed = package({"archive/1.warc.gz": TWO}, stats=stats)
    path = wacz(tmp_path / "a.wacz", {"archive/1.warc.gz": ONE}, listed=listed)
    found = list(read_wacz(path))
    assert bodies(found) == [HTML]
    has, listed_as = (hashlib.sha256(content).hexdigest() for content in (ONE, TWO))
    assert details(found) == [f"1.warc.gz: is not the file that the package lists (sha256 {has}, not {listed_as})"]


@pytest.mark.parametrize("kind", ["", "SHA256:"])
def test_digests_as_some_write_them(tmp_path: Path, kind: str) -> None:
    listed = package({"archive/1.warc.gz": TWO}).replace(b"sha256:", kind.encode())
    path = wacz(tmp_path / "a.wacz", {"archive/1.warc.gz": ONE}, listed=listed)
    assert len(details(list(read_wacz(path)))) == 1


@pytest.mark.parametrize("kind", ["sha512:", "sha256:00"])
def test_a_digest_of_another_kind_or_length_judges_nothing(tmp_path: Path, kind: str) -> None:
    listed = package({"archive/1.warc.gz": TWO}).replace(b"sha256:", kind.encode())
    path = wacz(tmp_path / "a.wacz", {"archive/1.warc.gz": ONE}, listed=listed)
    assert details(list(read_wacz(path))) == []


def test_a_warc_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    files = {"archive/1.warc.gz": ONE, "archive/2.warc.gz": TWO}
    path = wacz(tmp_path / "a.wacz", {"archive/1.warc.gz": ONE}, listed=package(files))
    assert details(list(read_wacz(path))) == ["2.warc.gz: is listed in the package and is not in it"]


@pytest.mark.parametrize(
    "listed", [b"no JSON", b"[]", b'{"resources": [{"path": 1}, {"hash": "x"}]}', b'{"resources": 5}']
)
def test_a_strange_list_hides_nothing(tmp_path: Path, listed: bytes) -> None:
    path = wacz(tmp_path / "a.wacz", {"archive/1.warc.gz": ONE}, listed=listed)
    found = list(read_wacz(path))
    assert (bodies(found), details(found)) == ([HTML], [])


def test_a_cut_at_every_place_is_said(tmp_path: Path) -> None:
    files = {"archive/1.warc.gz": ONE, "archive/2.warc.gz": TWO}
    whole = wacz(tmp_path / "a.wacz", files, listed=package(files)).read_bytes()
    path = tmp_path / "cut.wacz"
    for cut in range(10, len(whole), 37):
        path.write_bytes(whole[:cut])
        assert is_wacz(path)
        assert details(list(read_wacz(path))), cut


def test_a_flipped_bit_is_said(tmp_path: Path) -> None:
    files = {"archive/1.warc.gz": ONE}
    path = wacz(tmp_path / "a.wacz", files, listed=package(files))
    data = bytearray(path.read_bytes())
    at = data.index(ONE) + len(ONE) // 2
    data[at] ^= 1
    path.write_bytes(data)
    assert details(list(read_wacz(path)))


def test_other_zip_files_are_none(tmp_path: Path) -> None:
    assert not is_wacz(wacz(tmp_path / "questions.zip", {"q.json": b"{}"}))
    (tmp_path / "text").write_bytes(b"WARC/1.0")
    assert not is_wacz(tmp_path / "text")


def test_it_is_known_among_the_paths_of_an_import(tmp_path: Path) -> None:
    wacz(tmp_path / "a.wacz", {"archive/1.warc.gz": ONE})
    found = list(read_paths([tmp_path], START))
    assert [each.fetched.body for each in found if isinstance(each, WebDocument)] == [HTML]
