"""The ledger deleted and made again from the files: the same captures, and an archive that goes on."""

import gzip
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.rebuild import RebuildReport, rebuild_ledger
from pipelines.archive.verify import verify
from pipelines.archive.warc import RecordWriter, digest_of, record_id
from pipelines.flow.taking_down import take_down
from schemas.capture import NumberRecord, NumberState
from schemas.errors import ArchiveDamagedError, ArchiveError
from schemas.identity import TermKey
from schemas.settings import Settings
from schemas.tombstone import TOMBSTONE_TYPE
from tests.pipelines.archive.pages import START, imported, page, question, url

TABLES = {  # what must come back, row by row; sequences follow the order of the files
    "captures": "capture_id, source, url, digest, media_type, status, first_seen, last_seen, current_since, record",
    "visits": "capture_id, fetched_at, source, status, media_type, record",
    "addresses": "url, capture_id, seen, etag, last_modified",
    "records": "record, warc_file, offset, length, sha256, kind",
    "warc_files": "name, size",
    "runs": "source, started, warc_file, state",
    "shown": "capture_id, parliament, term, type, number",
    "numbers": "parliament, term, type, number, state, reason, tries, evidence",
    "takedowns": "parliament, term, type, number, reason, at, capture_id, state",
    "taken_down": "capture_id, takedown, sha256",
}


def fill(root: Path) -> None:
    """Runs of several sources, with everything that a ledger knows."""
    missing = page(7, status=404, body=b"absent")
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        first = page(2).model_copy(update={"etag": '"1"', "last_modified": "Mon, 23 Nov 2026 10:00:00 GMT"})
        archive.append_many([page(1), first, page(3), missing])
        archive.append_many([page(2, version=2, day=1), page(2, day=2), page(3, day=2)])
    with Archive.open_for_writing(root, source="import", now=START) as archive:
        archive.append_many([imported("note é.txt", b"texte"), page(2, version=3, day=-300, source="import")])
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.not_modified(url(1), page(1, day=5).fetched_at)
        archive.append(page(4, media_type="text/html"))
        archive.append(page(4, day=1))
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        last = page(5, day=6, url="https://questions.example/q15/é a.htm", etag='W/"5"', last_modified="Tue, 24 Nov")
        archive.append(last)


def contents(root: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every table; the ids of runs without a file, which leave no trace, and what no file tells are left out."""
    with closing(sqlite3.connect(root / "ledger.sqlite")) as connection:
        found = {
            table: sorted(connection.execute(f"SELECT {columns} FROM {table}").fetchall(), key=repr)
            for table, columns in TABLES.items()
        }
    held = {row[0] for row in found["warc_files"]}
    found["runs"] = [row for row in found["runs"] if row[2] in held]
    return found


def lose_ledger(root: Path) -> None:
    for path in root.glob("ledger.sqlite*"):
        path.unlink()


def test_everything_comes_back(tmp_path: Path) -> None:
    fill(tmp_path)
    before = contents(tmp_path)
    with Archive.open(tmp_path) as archive:
        bodies = {ref.capture_id: archive.read(ref).body for ref in archive.captures()}
    lose_ledger(tmp_path)
    report = rebuild_ledger(tmp_path)
    assert report == RebuildReport(len(before["warc_files"]), len(before["records"]), len(bodies), {})
    after = contents(tmp_path)
    for table in TABLES.keys() - {"numbers"}:
        assert after[table] == before[table], table
    with Archive.open(tmp_path) as archive:
        assert {ref.capture_id: archive.read(ref).body for ref in archive.captures()} == bodies
        assert archive.number(question(7)) == NumberRecord(
            question=question(7),
            state=NumberState.NOT_FOUND,
            reason="http_404",
            url=url(7),
            tries=1,
            updated=START,
            evidence=tuple(ref.capture_id for ref in archive.captures() if ref.status == 404),
        )
    assert verify(tmp_path).problems == ()


def test_the_archive_goes_on(tmp_path: Path) -> None:
    fill(tmp_path)
    lose_ledger(tmp_path)
    rebuild_ledger(tmp_path)
    with Archive.open_for_writing(tmp_path, source="assemblee", now=START) as archive:
        assert archive.append(page(1, day=8)).outcome == "unchanged"
        assert archive.append(page(9)).outcome == "new"
    assert verify(tmp_path).problems == ()


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    fill(tmp_path)
    lose_ledger(tmp_path)
    told: list[tuple[int, int]] = []
    rebuild_ledger(tmp_path, lambda done, of: told.append((done, of)))
    sizes = [path.stat().st_size for path in (tmp_path / "warc").iterdir()]
    assert len(told) == len(sizes)
    assert told[-1] == (sum(sizes), sum(sizes))


def test_takedowns_come_back(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    root = settings.archive_dir
    fill(root)
    take_down(settings, question(2), "names a private person", now=START)
    take_down(settings, question(4), "another", now=START)
    before = contents(root)
    with Archive.open(root) as archive:
        audit = archive.takedowns()
    lose_ledger(root)
    rebuild_ledger(root)
    after = contents(root)
    for table in TABLES.keys() - {"numbers"}:
        assert after[table] == before[table], table
    with Archive.open(root) as archive:
        assert archive.takedowns() == archive.takedowns(question(2).term_key) == audit
        assert archive.takedowns(TermKey.parse("fr-an-16")) == []
        assert archive.counts(question(2).term_key).taken_down == 2
    assert verify(root).problems == ()


def test_an_unfinished_tail_is_said_and_cut_by_the_next_run(tmp_path: Path) -> None:
    fill(tmp_path)
    path = max((tmp_path / "warc").iterdir())
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(b"\x1f\x8b\x08half a record")
    lose_ledger(tmp_path)
    assert rebuild_ledger(tmp_path).tails == {path.name: 16}
    assert (tmp_path / "tails" / f"{path.name}.{size}").read_bytes() == b"\x1f\x8b\x08half a record"
    with Archive.open_for_writing(tmp_path, source="assemblee", now=START):
        assert path.stat().st_size == size
    assert verify(tmp_path).problems == ()


def test_a_ledger_that_is_there_is_not_replaced(tmp_path: Path) -> None:
    fill(tmp_path)
    before = contents(tmp_path)
    told = rf"^{tmp_path}/ledger\.sqlite: is there; move it away if it cannot be used, then run this again$"
    with pytest.raises(ArchiveError, match=told):
        rebuild_ledger(tmp_path)
    assert contents(tmp_path) == before


def test_no_files_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match=f"^{tmp_path}: holds no WARC files to make a ledger from$"):
        rebuild_ledger(tmp_path)


def test_a_flipped_bit_anywhere_is_damage_or_a_tail_that_is_kept(tmp_path: Path) -> None:
    """Never a shorter archive that passes for the whole one."""
    with Archive.open_for_writing(tmp_path, source="assemblee", now=START) as archive:
        archive.append_many([page(number) for number in range(1, 5)])
    (path,) = (tmp_path / "warc").iterdir()
    whole = path.read_bytes()
    chance = random.Random(3)
    for _ in range(60):
        lose_ledger(tmp_path)
        data = bytearray(whole)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        try:
            report = rebuild_ledger(tmp_path)
        except ArchiveDamagedError:
            continue
        end = len(data) - report.tails.get(path.name, 0)
        assert report.captures == 4 or (tmp_path / "tails" / f"{path.name}.{end}").read_bytes() == data[end:]


RECORD = gzip.decompress(RecordWriter().capture(page(20), digest_of(page(20).body), record_id("a", 0)))


def append(data: bytes) -> Callable[[list[Path]], str]:
    def damage(paths: list[Path]) -> str:
        place = f"{paths[0]} at byte {paths[0].stat().st_size}"
        with paths[0].open("ab") as file:
            file.write(gzip.compress(data))
        return place

    return damage


def flip_bit(paths: list[Path]) -> str:
    data = bytearray(paths[0].read_bytes())
    data[600] ^= 4
    paths[0].write_bytes(data)
    return str(paths[0])


def swallow_record(paths: list[Path]) -> str:
    """A record that is cut where whatever follows may be its content, and has what looks like the start of another."""
    size = paths[0].stat().st_size
    with paths[0].open("ab") as file:
        file.write(gzip.compress(b"\x1f\x8b\x08" + bytes(60_000), 0)[:1000] + gzip.compress(RECORD))
    return f"{paths[0]}: is damaged at byte {size}"


def add_strange_file(paths: list[Path]) -> str:
    strange = paths[0].with_name("somebody.warc.gz")
    shutil.copy(paths[0], strange)
    return str(strange)


def lose_payload(paths: list[Path]) -> str:
    paths[0].unlink()
    return str(paths[1])


def lose_tombstone(paths: list[Path]) -> str:
    settings = Settings(home=paths[0].parents[2])
    take_down(settings, question(1), "private", now=START)
    (tombstone,) = paths[0].parent.glob("takedown-*")
    tombstone.unlink()
    return f"{paths[0]} at byte "


def add_strange_tombstone(paths: list[Path]) -> str:
    with Archive.open_for_writing(paths[0].parents[1], source="takedown", now=START) as archive:
        ref = archive.append(page(1, url="takedown:1", media_type=TOMBSTONE_TYPE, body=b"{}")).ref
    return f"{paths[0].parent / ref.warc_file} at byte {ref.offset}"


DAMAGE: dict[str, tuple[Callable[[list[Path]], str], str]] = {
    "a flipped bit": (flip_bit, r": is damaged at byte \d+; restore it from a backup$"),
    "a cut record before a whole one": (swallow_record, "; restore it from a backup$"),
    "a strange file": (add_strange_file, ": is no file of ours; move it away$"),
    "a missing payload": (lose_payload, r" at byte \d+: refers to a payload that is in no file before it$"),
    "a missing tombstone": (lose_tombstone, r"\d+: was taken down, and no tombstone tells of it$"),
    "a strange tombstone": (add_strange_tombstone, ": is a tombstone that cannot be read$"),
    "a strange record": (append(RECORD.replace(b": response", b": request")), ": holds no record of ours "),
    "no record": (append(b"Question"), ": holds no record of ours "),
    "another payload": (append(RECORD[:-5] + b"?\r\n\r\n"), ": its payload is not the one of its digest; restore it"),
    "no date": (append(RECORD.replace(b": 2026-11-23T", b": Monday ")), r": has no date \('Monday 10:15:00Z'\)$"),
    "no date at all": (append(RECORD.replace(b"WARC-Date", b"Date")), r": has no date \(''\)$"),
}


@pytest.mark.parametrize(("damage", "what"), DAMAGE.values(), ids=DAMAGE.keys())
def test_damage_is_said_and_leaves_no_ledger(tmp_path: Path, damage: Callable[[list[Path]], str], what: str) -> None:
    root = Settings(home=tmp_path).archive_dir
    fill(root)
    place = damage(sorted((root / "warc").iterdir()))
    lose_ledger(root)
    with pytest.raises(ArchiveDamagedError, match=f"^{re.escape(place)}{what}"):
        rebuild_ledger(root)
    assert not (root / "ledger.sqlite").exists()
    assert not (root / "rebuilt").exists()


def test_a_disk_that_refuses_is_said_and_leaves_no_ledger(tmp_path: Path) -> None:
    fill(tmp_path)
    with max((tmp_path / "warc").iterdir()).open("ab") as file:
        file.write(b"a tail")
    (tmp_path / "tails").touch()
    lose_ledger(tmp_path)
    with pytest.raises(ArchiveError, match=f"^{tmp_path}: File exists; nothing more is written"):
        rebuild_ledger(tmp_path)
    assert not (tmp_path / "ledger.sqlite").exists()
