"""Zip and tar files of an import: one document a capture, at an address that stays; bounds held, damage told."""

import io
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal

import pytest

from pipelines.archive import bundles
from pipelines.archive.bundles import Bundled, read_bundle
from pipelines.archive.readers import read_paths
from pipelines.archive.splitting import MAX_QUESTION
from pipelines.archive.web_archives import SkippedRecords, UnreadablePath
from questarium.replica.corpus import synthetic
from questarium.replica.open_data import Form, open_data_zip
from questarium.replica.weekly import issues_of, weekly_archive
from schemas.capture import Fetched
from schemas.identity import TermKey
from tests.pipelines.archive.pages import START

QUESTION = b'{"question": {"uid": "QANR5L17QE7", "type": "QE"}}'


def zipped(files: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return made.getvalue()


def bundle(folder: Path, body: bytes, name: str = "a.zip") -> tuple[dict[str, bytes], list[str], dict[str, int]]:
    """Bodies by address, what was unreadable, what was skipped."""
    path = folder / name
    path.write_bytes(body)
    found = list(read_bundle(path, f"file:{name}", START))
    skipped = [each.reasons for each in found if isinstance(each, SkippedRecords)]
    assert {each.path for each in found if isinstance(each, SkippedRecords | UnreadablePath)} <= {path}
    return (
        {each.fetched.url: each.fetched.body for each in found if isinstance(each, Bundled)},
        [each.detail for each in found if isinstance(each, UnreadablePath)],
        skipped[0] if skipped else {},
    )


def test_a_document_is_a_response_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"q.json": QUESTION}))
    assert list(read_bundle(tmp_path / "a.zip", "file:a.zip", START)) == [
        Bundled(
            Fetched(
                source="import",
                url="file:a.zip!/QANR5L17QE7",
                fetched_at=START,
                status=200,
                media_type="application/json",
                body=QUESTION,
            )
        )
    ]


def test_a_file_of_a_whole_term_is_read_question_by_question(tmp_path: Path) -> None:
    """One that is larger than any question may be."""
    text = b'"QE", "texte": "' + b"x" * (MAX_QUESTION // 2) + b'"'
    whole = [QUESTION.replace(b"QE7", b"QE%d" % number).replace(b'"QE"', text) for number in (7, 8, 9)]
    inner = b",".join(each.removeprefix(b'{"question": ').removesuffix(b"}") for each in whole)
    (tmp_path / "term.json").write_bytes(b'{"questionsEcrites": {"question": [' + inner + b"]}}")
    found = [each for each in read_paths([tmp_path], START) if isinstance(each, Bundled)]
    assert [each.fetched.url for each in found] == [f"file:term.json!/QANR5L17QE{number}" for number in (7, 8, 9)]
    assert [each.fetched.body for each in found] == whole
    assert {each.fetched.fetched_at for each in found} == {START}


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("term", [14, 15])
def test_each_question_of_a_term_has_its_own_address(tmp_path: Path, term: int, form: Form) -> None:
    questions = list(synthetic(40, 3, TermKey(parliament="fr-an", term=term)))
    bodies, unreadable, skipped = bundle(tmp_path, open_data_zip(questions, form))
    assert (unreadable, skipped) == ([], {})
    assert list(bodies) == [f"file:a.zip!/QANR5L{term}QE{each.key.number}" for each in questions]


def test_each_file_of_a_weekly_archive(tmp_path: Path) -> None:
    issue = issues_of(synthetic(20, 3))[0]
    bodies, unreadable, _ = bundle(tmp_path, weekly_archive(issue), "ANQ.taz")
    assert unreadable == []
    assert [address.partition("_")[0] for address in bodies] == [
        f"file:ANQ.taz!/{kind}" for kind in ("REDIF", "XML1JO", "XML2JO")
    ]


def test_what_is_no_document_is_counted(tmp_path: Path) -> None:
    hidden = {".DS_Store": b"x", "__MACOSX/q.json": b"x", "q/.git/q.json": b"x"}
    bodies, unreadable, skipped = bundle(tmp_path, zipped({"q.json": QUESTION, "l.pdf": b"%PDF-1.7"} | hidden))
    assert bodies == {"file:a.zip!/QANR5L17QE7": QUESTION}
    assert unreadable == []
    assert skipped == {"hidden files": 3, "application/pdf": 1}


def test_an_archive_within_an_archive_is_told(tmp_path: Path) -> None:
    bodies, unreadable, _ = bundle(tmp_path, zipped({"inner.zip": zipped({"q.json": QUESTION}), "q.json": QUESTION}))
    assert list(bodies) == ["file:a.zip!/QANR5L17QE7"]
    assert unreadable == ["inner.zip is an archive within the archive, which is not opened"]


def test_a_document_too_large_for_a_page_is_told_and_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "MAX_PAYLOAD", 2 << 20)
    large = {"a.html": b"<html>" + bytes(2 << 20), "b.html": b"<html>".ljust(2 << 20), "q.json": QUESTION}
    bodies, unreadable, _ = bundle(tmp_path, zipped(large, stored=True))
    assert list(bodies) == ["file:a.zip!/b.html", "file:a.zip!/QANR5L17QE7"]
    assert unreadable == ["a.html is larger than 2 MiB"]


def test_a_damaged_question_stands_for_the_parsers_to_judge(tmp_path: Path) -> None:
    other = QUESTION.replace(b"QE7", b"QE8")
    bodies, unreadable, _ = bundle(tmp_path, zipped({"q.json": QUESTION[:-9], "r.json": other}))
    assert list(bodies.values()) == [QUESTION[:-9], other]
    assert unreadable == []


PLAIN = zipped({"q.json": QUESTION}, stored=True)


def patched(local: int, central: int, change: Callable[[bytes], bytes], size: int) -> bytes:
    """The plain zip with a field changed in both of its headers."""
    made = bytearray(PLAIN)
    for mark, at in ((b"PK\x03\x04", local), (b"PK\x01\x02", central)):
        place = PLAIN.index(mark) + at
        made[place : place + size] = change(bytes(made[place : place + size]))
    return bytes(made)


def tarred(body: bytes, mode: Literal["w", "w:gz"] = "w") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:
        entry = tarfile.TarInfo("q.json")
        entry.size = len(body)
        archive.addfile(entry, io.BytesIO(body))
    return made.getvalue()


HOSTILE: dict[str, Callable[[], bytes]] = {
    "expands": lambda: zipped({"q.json": b" " * (16 << 20) + QUESTION}),
    "encrypted": lambda: patched(6, 8, lambda flags: bytes([flags[0] | 1]), 1),
    "declares two gigabytes": lambda: patched(22, 24, lambda _: (1 << 31).to_bytes(4, "little"), 4),
    "other bytes than its checksum": lambda: PLAIN.replace(b'"type"', b'"tyqe"'),
    "cut": lambda: PLAIN[:-30],
    "directory cut": lambda: PLAIN[:60],
    "tar cut": lambda: tarred(QUESTION * 20)[:900],
    "gzip of zeros": lambda: tarred(bytes(64 << 20), "w:gz"),
    "no zip at all": lambda: b"PK\x03\x04" + b"\0" * 200,
    "links alone": lambda: tarred(b"")[:100] + b"\0" * 924,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_archives_are_told_and_bring_nothing(tmp_path: Path, name: str) -> None:
    bodies, unreadable, _ = bundle(tmp_path, HOSTILE[name]())
    assert bodies == {}
    assert unreadable


def test_a_path_in_a_name_is_a_name(tmp_path: Path) -> None:
    bodies, _, _ = bundle(tmp_path, zipped({"../../etc/q.txt": b"Question", "/abs.txt": b"Question", "l\n.txt": b"Q"}))
    assert list(bodies) == ["file:a.zip!/../../etc/q.txt", "file:a.zip!//abs.txt", "file:a.zip!/l%0A.txt"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.zip"]


def test_an_import_tells_zip_files_by_their_content(tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(zipped({"q.json": QUESTION}))
    (tmp_path / "note.zip").write_bytes(b"Question")
    found = list(read_paths([tmp_path], START))
    assert [type(each).__name__ for each in found] == ["Bundled", "Fetched"]
