"""The archive as a WACZ file: what it holds, and that it comes back the same."""

import gzip
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from pipelines.archive.archive import Archive
from pipelines.archive.export import ExportReport, export_wacz
from pipelines.archive.surt import surt
from pipelines.archive.wacz import is_wacz, read_wacz
from pipelines.archive.web_archives import UnreadablePath, WebDocument
from pipelines.flow.importing import import_paths
from schemas.errors import ArchiveDamagedError, ArchiveError
from schemas.settings import Settings
from tests.pipelines.archive.pages import START, imported, page, question, url

NOW = datetime(2026, 12, 1, tzinfo=UTC)


def fill(root: Path) -> None:
    """Two runs: pages, a file, a page that changed and came back, a 304, a 404."""
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.append_many([page(1), page(2), imported("note é.txt", b"texte"), page(3, status=404)])
        archive.append_many([page(2, version=2, day=1), page(2, day=2)])
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.not_modified(url(1), page(1, day=3).fetched_at)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    fill(tmp_path / "archive")
    export_wacz(tmp_path / "archive", tmp_path / "all.wacz", title="Questions", now=NOW)
    return tmp_path / "all.wacz"


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        assert all(entry.compress_type == zipfile.ZIP_STORED for entry in archive.infolist())
        return {name: archive.read(name) for name in archive.namelist()}


def index_of(found: dict[str, bytes]) -> list[tuple[str, str, dict[str, Any]]]:
    lines = gzip.decompress(found["indexes/index.cdx.gz"]).decode().splitlines()
    assert lines == sorted(lines)
    return [(key, moment, json.loads(values)) for key, moment, values in (line.split(" ", 2) for line in lines)]


def test_every_member_is_listed_with_its_digest(exported: Path) -> None:
    found = members(exported)
    package = json.loads(found["datapackage.json"])
    assert (package["profile"], package["wacz_version"], package["title"]) == ("data-package", "1.1.1", "Questions")
    assert {each["path"] for each in package["resources"]} == found.keys() - {
        "datapackage.json",
        "datapackage-digest.json",
    }
    for each in package["resources"]:
        content = found[each["path"]]
        assert (each["bytes"], each["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
    digest = json.loads(found["datapackage-digest.json"])
    assert digest == {
        "path": "datapackage.json",
        "hash": f"sha256:{hashlib.sha256(found['datapackage.json']).hexdigest()}",
    }


def test_the_description_says_who_made_it_when_and_where_to_begin(exported: Path) -> None:
    package = json.loads(members(exported)["datapackage.json"])
    assert (package["software"], package["created"]) == ("questarium", "2026-12-01T00:00:00Z")
    assert (package["mainPageUrl"], package["mainPageDate"]) == (url(1), START.strftime("%Y-%m-%dT%H:%M:%SZ"))


def test_the_report_counts_what_was_written(tmp_path: Path) -> None:
    fill(tmp_path / "archive")
    told: list[tuple[int, int]] = []
    report = export_wacz(
        tmp_path / "archive",
        tmp_path / "all.wacz",
        title="Questions",
        now=NOW,
        on_progress=lambda done, of: told.append((done, of)),
    )
    sizes = [path.stat().st_size for path in sorted((tmp_path / "archive" / "warc").iterdir())]
    assert report == ExportReport(tmp_path / "all.wacz", 2, 7, 2, (tmp_path / "all.wacz").stat().st_size)
    assert told == [(sizes[0], sum(sizes)), (sum(sizes), sum(sizes))]


def test_the_index_names_the_kind_of_content(tmp_path: Path) -> None:
    with Archive.open_for_writing(tmp_path / "archive", source="assemblee", now=START) as archive:
        archive.append_many([page(1), page(2, media_type=""), imported("a.txt", b"texte")])
    export_wacz(tmp_path / "archive", tmp_path / "all.wacz", title="Questions", now=NOW)
    kinds = {values["url"]: values["mime"] for _, _, values in index_of(members(tmp_path / "all.wacz"))}
    assert kinds == {url(1): "text/html", url(2): "unk", "file:a.txt": "text/plain"}


def test_the_index_leads_to_every_record(exported: Path) -> None:
    found = members(exported)
    index = index_of(found)
    assert len(index) == 7
    for _, moment, values in index:
        start = int(values["offset"])
        member = found[f"archive/{values['filename']}"][start : start + int(values["length"])]
        (record,) = ArchiveIterator(io.BytesIO(member))
        assert record.rec_headers.get_header("WARC-Target-URI") == values["url"]
        assert record.rec_headers.get_header("WARC-Payload-Digest") == values["digest"]
        assert "".join(filter(str.isdigit, record.rec_headers.get_header("WARC-Date"))) == moment
        assert (record.rec_type == "revisit") == (values["mime"] == "warc/revisit")
        status = record.http_headers.get_statuscode() if record.rec_type == "response" else None
        assert values.get("status") == status


def test_the_index_of_blocks_leads_to_each_block(tmp_path: Path) -> None:
    with Archive.open_for_writing(tmp_path / "archive", source="assemblee", now=START) as archive:
        archive.append_many([page(number, body=b"%d" % number) for number in range(1, 1500)])
    export_wacz(tmp_path / "archive", tmp_path / "all.wacz", title="Questions", now=NOW)
    found = members(tmp_path / "all.wacz")
    header, *blocks = found["indexes/index.idx"].decode().splitlines()
    assert json.loads(header.removeprefix("!meta 0 ")) == {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}
    assert len(blocks) == 2
    whole = b""
    for each in blocks:
        key, moment, values = each.split(" ", 2)
        place = json.loads(values)
        packed = found["indexes/index.cdx.gz"][place["offset"] : place["offset"] + place["length"]]
        assert place["digest"] == f"sha256:{hashlib.sha256(packed).hexdigest()}"
        block = gzip.decompress(packed)
        assert block.startswith(f"{key} {moment} ".encode())
        whole += block
    assert len(whole.splitlines()) == 1499


def test_pages_are_those_that_show_questions(exported: Path) -> None:
    header, *pages = map(json.loads, members(exported)["pages/pages.jsonl"].splitlines())
    assert header["format"] == "json-pages-1.0"
    assert [(each["url"], each["title"]) for each in pages] == [(url(1), str(question(1))), (url(2), str(question(2)))]
    assert pages[1]["ts"] == START.strftime("%Y-%m-%dT%H:%M:%SZ")  # of the record with the page that is shown now


def test_it_comes_back_the_same(exported: Path, tmp_path: Path) -> None:
    assert is_wacz(exported)
    assert not [each for each in read_wacz(exported) if isinstance(each, UnreadablePath)]
    settings = Settings(home=tmp_path / "again")
    import_paths(settings, [exported], now=NOW, on_progress=lambda _: None)
    with Archive.open(tmp_path / "archive") as ours, Archive.open(settings.archive_dir) as theirs:
        expected = {ref.capture_id: (ref.first_seen, ref.last_seen) for ref in ours.captures() if ref.status == 200}
        held = {ref.capture_id: (ref.first_seen, ref.last_seen) for ref in theirs.captures()}
        assert held == expected
        shown = theirs.captured_at(url(2), page(2, day=2).fetched_at)
        assert shown is not None
        assert theirs.read(shown).body == page(2).body


def test_a_writer_at_work_disturbs_nothing(tmp_path: Path) -> None:
    """What is not acknowledged stays out."""
    root = tmp_path / "archive"
    fill(root)
    with next((root / "warc").iterdir()).open("ab") as file:
        file.write(b"half a record")
    export_wacz(root, tmp_path / "all.wacz", title="Questions", now=NOW)
    found = list(read_wacz(tmp_path / "all.wacz"))
    assert not [each for each in found if isinstance(each, UnreadablePath)]
    assert sum(isinstance(each, WebDocument) for each in found) == 4


def test_a_file_that_is_there_is_not_replaced(exported: Path, tmp_path: Path) -> None:
    before = exported.read_bytes()
    with pytest.raises(ArchiveError, match="is there already"):
        export_wacz(tmp_path / "archive", exported, title="Questions", now=NOW)
    assert exported.read_bytes() == before


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    fill(tmp_path / "archive")
    target = tmp_path / "nowhere" / "all.wacz"
    with pytest.raises(ArchiveError, match=r"nowhere.all\.wacz: "):
        export_wacz(tmp_path / "archive", target, title="Questions", now=NOW)


@pytest.mark.parametrize("damage", ["cut", "gone"])
def test_damage_leaves_no_half_of_a_file(tmp_path: Path, damage: str) -> None:
    root = tmp_path / "archive"
    fill(root)
    path = min((root / "warc").iterdir())
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        path.unlink()
    with pytest.raises(ArchiveDamagedError, match="restore it"):
        export_wacz(root, tmp_path / "all.wacz", title="Questions", now=NOW)
    assert not list(tmp_path.glob("all.wacz*"))


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("https://www.Example.ORG/Q?b=2&a=1", "org,example)/q?a=1&b=2"),
        ("http://www2.example.org:80/a//b/../c/", "org,example)/a/c"),
        ("https://example.org/a/b/c/../d", "org,example)/a/b/d"),
        ("https://example.org/?a=2&a-b=1", "org,example)/?a=2&a-b=1"),
        ("https://example.org:8443", "org,example:8443)/"),
        ("https://example.org/é%7Ea?", "org,example)/%c3%a9~a"),
        ("https://example.org/x?phpsessid=0123456789abcdef0123456789abcdef&y=1#z", "org,example)/x?y=1"),
        (" https://user:pw@Example.ORG./x#frag ", "org,example)/x"),
        ("https://www.wwwx.org/", "org,wwwx)/"),
        ("https://www.www.example.org/", "org,example,www)/"),
        ("https://data.www.example.org/", "org,example,www,data)/"),
        ("https://awww.example.org/", "org,example,awww)/"),
        ("http://example.org:443/x", "org,example:443)/x"),
        ("https://bücher.example/x", "example,xn--bcher-kva)/x"),
        ("https://example.org/../../%7Euser/./a%2Fb%25c", "org,example)/~user/a/b%25c"),
        ("https://example.org/%2561", "org,example)/a"),
        ("https://example.org/x?a=1=2&&&a=10", "org,example)/x?&&a=10&a=1=2"),
        ("file:Note.txt", "file:note.txt"),
        ("ftp://Example.org/A", "ftp://example.org/a"),
        ("https:///A", "https:///a"),
        ("http://[broken/A", "http://[broken/a"),
    ],
)
def test_sort_keys(address: str, key: str) -> None:
    assert surt(address) == key
