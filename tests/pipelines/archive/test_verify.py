"""Every damage is found and located; an archive without damage is called sound."""

import contextlib
import itertools
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.verify import Problem, verify
from pipelines.archive.warc import digest_of
from tests.pipelines.archive.pages import START, imported, page

FLIPS = 200


def build(root: Path) -> None:
    """Three runs: captures, revisits of both kinds, a return, imported files."""
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.append_many([page(number) for number in range(1, 9)])
        archive.append(page(1, 2, day=1))
        archive.append(page(1, 1, day=2))
    with Archive.open_for_writing(root, source="import", now=START) as archive:
        archive.append_many([imported(f"{number}.txt", b"texte %d" % number) for number in range(5)])
        archive.append(imported("0.txt", b"texte 0", day=1))
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.append_many([page(2, day=5), page(9)])
        archive.not_modified(page(3).url, page(3, day=5).fetched_at)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("sound")
    build(root)
    return root


@pytest.fixture
def archive_copy(sound: Path, tmp_path: Path) -> Path:
    shutil.copytree(sound, tmp_path / "copy")
    return tmp_path / "copy"


def places(root: Path) -> list[tuple[str, int, int, str | None]]:
    """File, offset, length and capture of every record."""
    sql = "SELECT warc_file, offset, length, capture_id FROM records LEFT JOIN visits USING (record) ORDER BY 1, 2"
    with contextlib.closing(sqlite3.connect(root / "ledger.sqlite")) as connection:
        return connection.execute(sql).fetchall()


def change_ledger(root: Path, sql: str) -> None:
    with contextlib.closing(sqlite3.connect(root / "ledger.sqlite")) as connection, connection:
        assert connection.execute(sql).rowcount > 0


def warc(root: Path, name: str) -> Path:
    return root / "warc" / name


def only_problem(root: Path) -> Problem:
    (problem,) = verify(root).problems
    return problem


def test_a_sound_archive(sound: Path) -> None:
    progress: list[tuple[int, int]] = []
    report = verify(sound, lambda done, total: progress.append((done, total)))
    assert report.sound
    assert (report.files, report.records) == (3, 3 + 10 + 6 + 3)
    total = sum(path.stat().st_size for path in (sound / "warc").iterdir())
    assert progress[-1] == (report.bytes, report.bytes) == (total, total)


def test_an_archive_that_does_not_exist(tmp_path: Path) -> None:
    assert verify(tmp_path / "none").sound


def flip_bits(sound: Path, how_many: int, seed: int) -> None:
    """Each bit flip, in any file, is found at its record and nowhere else."""
    chance = random.Random(seed)
    all_places = places(sound)
    for _ in range(how_many):
        name, offset, length, capture_id = chance.choice(all_places)
        position = offset + chance.randrange(length)
        path = warc(sound, name)
        with path.open("r+b") as file:
            file.seek(position)
            before = file.read(1)
            file.seek(position)
            file.write(bytes([before[0] ^ 1 << chance.randrange(8)]))
            file.flush()
            problem = only_problem(sound)
            file.seek(position)
            file.write(before)
        assert (problem.file, problem.offset, problem.capture_id) == (path, offset, capture_id)
    assert verify(sound).sound


def test_bit_flips_are_located(archive_copy: Path) -> None:
    flip_bits(archive_copy, FLIPS, seed=11)


@pytest.mark.campaign
@pytest.mark.timeout(600)
def test_a_thousand_bit_flips_are_located(archive_copy: Path) -> None:
    flip_bits(archive_copy, 1000, seed=12)


def test_truncations_are_located(archive_copy: Path) -> None:
    chance = random.Random(5)
    for _ in range(60):
        name, offset, length, capture_id = chance.choice(places(archive_copy))
        path = warc(archive_copy, name)
        whole = path.read_bytes()
        path.write_bytes(whole[: offset + chance.randrange(length)])
        first = verify(archive_copy).problems[0]
        path.write_bytes(whole)
        assert (first.file, first.offset, first.capture_id) == (path, offset, capture_id)
        assert "the file ends" in first.what


def test_removed_records_are_located(archive_copy: Path) -> None:
    for name, offset, length, capture_id in places(archive_copy):
        path = warc(archive_copy, name)
        whole = path.read_bytes()
        path.write_bytes(whole[:offset] + whole[offset + length :])
        first = verify(archive_copy).problems[0]
        path.write_bytes(whole)
        assert (first.file, first.offset, first.capture_id) == (path, offset, capture_id)


def test_swapped_records_are_located(archive_copy: Path) -> None:
    all_places = places(archive_copy)
    for one, other in itertools.pairwise(all_places):
        if one[0] != other[0]:
            continue
        path = warc(archive_copy, one[0])
        whole = path.read_bytes()
        start, middle, end = one[1], other[1], other[1] + other[2]
        path.write_bytes(whole[:start] + whole[middle:end] + whole[start:middle] + whole[end:])
        problems = verify(archive_copy).problems
        path.write_bytes(whole)
        assert {(problem.file, problem.offset) for problem in problems} == {(path, start), (path, middle)}


def test_swapped_files_are_located(archive_copy: Path) -> None:
    one, other, *_ = sorted((archive_copy / "warc").iterdir())
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    assert {problem.file for problem in verify(archive_copy).problems} == {one, other}


def test_added_bytes_and_files_are_located(archive_copy: Path) -> None:
    path = sorted((archive_copy / "warc").iterdir())[0]
    whole = path.read_bytes()
    _, offset, length, _ = places(archive_copy)[1]
    path.write_bytes(whole + whole[offset : offset + length])
    (archive_copy / "warc" / "extra.warc.gz").write_bytes(whole)
    (archive_copy / "warc" / "empty.warc.gz").touch()
    found = {(problem.file.name, problem.offset) for problem in verify(archive_copy).problems}
    assert found == {(path.name, len(whole)), ("extra.warc.gz", 0), ("empty.warc.gz", 0)}


def test_a_removed_file_is_located(archive_copy: Path) -> None:
    path = sorted((archive_copy / "warc").iterdir())[1]
    path.unlink()
    assert verify(archive_copy).problems[0].file == path


LEDGER_DAMAGE = {
    "record forgotten": ("DELETE FROM records WHERE record = 5", "row 4 of captures has no match in records"),
    "record and visit forgotten": ("DELETE FROM visits WHERE record = 11", "the ledger knows no visit of this record"),
    "last record forgotten": (
        "DELETE FROM records WHERE record = (SELECT max(record) FROM records)",
        "the records end at byte 1229, the file is said to end at 1574",
    ),
    "record moved": ("UPDATE records SET offset = offset + 1 WHERE record = 3", "no record of the ledger ends at byte"),
    "record hash": (
        "UPDATE records SET sha256 = 'x' || substr(sha256, 2) WHERE record = 3",
        "the bytes of this record are not those that were written",
    ),
    "record kind": ("UPDATE records SET kind = 'revisit' WHERE record = 3", "names a record without payload"),
    "file size": (
        "UPDATE warc_files SET size = size - 1 WHERE name LIKE 'import%'",
        "1 bytes that were never acknowledged",
    ),
    "file forgotten": ("DELETE FROM warc_files WHERE name LIKE 'import%'", "the ledger knows no such file"),
    "capture forgotten": ("DELETE FROM captures WHERE url = 'file:1.txt'", "row 12 of visits has no match in captures"),
    "address of a capture": (
        "UPDATE captures SET url = 'file:x.txt' WHERE url = 'file:1.txt'",
        "the record's url is file:1.txt, the ledger says file:x.txt",
    ),
    "digest": (
        "UPDATE captures SET digest = 'f' || substr(digest, 2) WHERE url = 'file:1.txt'",
        "the payload is not the one whose digest the ledger keeps",
    ),
    "media type": (
        "UPDATE captures SET media_type = 'text/html' WHERE url = 'file:1.txt'",
        "has a status or media type that no visit met",
    ),
    "media type of the visit of a page": (
        "UPDATE visits SET media_type = 'text/html; charset=x' WHERE record = 3",
        "the record's media_type is text/html; charset=UTF-8, the ledger says text/html; charset=x",
    ),
    "media type of the visit of a file": (
        "UPDATE visits SET media_type = 'text/html' WHERE record = 13",
        "the record's media_type is text/plain, the ledger says text/html",
    ),
    "status of a visit": (
        "UPDATE visits SET status = 404 WHERE record = 3",
        "the record's status is 200, the ledger says 404",
    ),
    "date of a visit": (
        "UPDATE visits SET fetched_at = '2020-01-01T00:00:00.000000+00:00' WHERE record = 3",
        "the record's date is 2026-11-23T10:15:00Z, the ledger says 2020-01-01T00:00:00Z",
    ),
    "payload of another": ("UPDATE captures SET record = 4 WHERE record = 3", "names the payload of another capture"),
    "address forgotten": ("DELETE FROM addresses WHERE url = 'file:1.txt'", "is at an address that shows nothing"),
    "number without capture": (
        "INSERT INTO numbers (parliament, term, type, number, state, tries, updated)"
        " VALUES ('fr-an', 15, 'QE', 77, 'archived', 0, '')",
        "(capture fr-an-15-QE-77): is said to be archived and has no capture",
    ),
    "question of a capture": (
        "UPDATE shown SET number = 78 WHERE number = 4",
        "(capture fr-an-15-QE-4): is said to be archived and has no capture",
    ),
}


@pytest.mark.parametrize(("sql", "said"), LEDGER_DAMAGE.values(), ids=LEDGER_DAMAGE.keys())
def test_a_ledger_that_contradicts_the_files_or_itself(archive_copy: Path, sql: str, said: str) -> None:
    change_ledger(archive_copy, sql)
    assert said in "\n".join(map(str, verify(archive_copy).problems))


def test_an_index_that_is_not_its_tables(archive_copy: Path) -> None:
    """Only SQLite can know: the rows are well, and a search by address would pass over one."""
    path = archive_copy / "ledger.sqlite"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"file:1.txt", b"file:7.txt", 1))
    assert "SQLite says: row" in str(verify(archive_copy).problems[0])


def test_bytes_that_are_hashed_and_are_no_record(archive_copy: Path) -> None:
    name, offset, length, capture_id = places(archive_copy)[1]
    wrong = bytes(length)
    with warc(archive_copy, name).open("r+b") as file:
        file.seek(offset)
        file.write(wrong)
    change_ledger(archive_copy, f"UPDATE records SET sha256 = '{digest_of(wrong)}' WHERE record = 2")
    problem = only_problem(archive_copy)
    assert (problem.offset, problem.capture_id) == (offset, capture_id)
    assert "this record: cannot be decompressed" in problem.what


def test_a_writer_that_commits_nothing_is_waited_for_in_vain(
    archive_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.archive.verify._PATIENCE_S", 0.1)
    with Archive.open_for_writing(archive_copy, source="import", now=START):
        (archive_copy / "warc" / "extra.warc.gz").write_bytes(b"x")
        assert "extra.warc.gz at byte 0: the ledger knows no such file" in str(only_problem(archive_copy))


@pytest.mark.parametrize("damage", [lambda _: b"no database", lambda data: data[:4096] + b"\xff" * 4096 + data[8192:]])
def test_a_damaged_ledger_is_reported(archive_copy: Path, damage: Callable[[bytes], bytes]) -> None:
    path = archive_copy / "ledger.sqlite"
    path.write_bytes(damage(path.read_bytes()) + bytes(200))
    report = verify(archive_copy)
    assert "ledger.sqlite" in str(report.problems[0])
    assert (report.files, report.records, report.bytes) == (0, 0, 0)
