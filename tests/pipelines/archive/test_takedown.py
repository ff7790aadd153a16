"""Takedowns: the bytes go, everything else stays where it is, whatever is killed on the way."""

import gzip
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from pipelines.archive.archive import Archive
from pipelines.archive.export import export_wacz
from pipelines.archive.ledger import Ledger
from pipelines.archive.takedown import COPY, begin, finish, stand_in
from pipelines.archive.verify import verify
from pipelines.archive.visits import Outcome
from pipelines.archive.warc import Kind, read_record
from schemas.capture import Fetched, NumberState
from schemas.errors import ArchiveDamagedError, ArchiveError
from tests.pipelines.archive.children import CHECKOUT, needs_strace, strace
from tests.pipelines.archive.pages import START, TERM, body, page, question, url

SECRET = b"Madame Personne, 12 rue des Lilas"
QUESTION = question(2)


def secret(day: float = 0, **changes: Any) -> Fetched:
    return page(2, day=day, body=body(2, int(day)) + SECRET, **changes)


def fill(root: Path) -> None:
    """Two runs: the page to take down in two versions and seen again, others before and after it."""
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.append_many([page(1), secret(), secret(1), page(3)])
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.append_many([secret(2, url="https://elsewhere.example/2"), page(4), secret(1.5)])


def take_down(root: Path, reason: str = "a private person") -> None:
    with Archive.open_for_writing(root, source="takedown", now=START) as archive:
        captures = [ref for ref in archive.revisions(QUESTION) if not ref.taken_down and ref.url != "takedown:2"]
        tombstone = page(2, day=9, url="takedown:2", body=b"a tombstone", question=None)
        archive.take_down(QUESTION, captures, tombstone, reason)


def content(root: Path) -> bytes:
    """All that the WARC files hold, unpacked, and every other file as it is."""
    unpacked = b"".join(gzip.decompress(path.read_bytes()) for path in sorted((root / "warc").iterdir()))
    return unpacked + b"".join(path.read_bytes() for path in root.iterdir() if path.is_file())


def others(root: Path) -> dict[int, bytes]:
    with Archive.open(root) as archive:
        refs = [ref for ref in archive.captures() if ref.question and ref.question != QUESTION]
        return {ref.question.number: archive.read(ref).body for ref in refs if ref.question}


def assert_old_or_new(root: Path) -> bool:
    """Whether it is taken down; nothing else may be between."""
    with Archive.open(root) as archive:
        refs = [ref for ref in archive.revisions(QUESTION) if ref.url != "takedown:2"]
        down = {ref.taken_down for ref in refs}
        assert len(down) == 1
        for ref in refs:
            if not ref.taken_down:
                assert SECRET in archive.read(ref).body
        record = archive.number(QUESTION)
        assert record is not None
        assert record.state is (NumberState.TAKEN_DOWN if down == {True} else NumberState.ARCHIVED)
    assert others(root) == {number: body(number) for number in (1, 3, 4)}
    return down == {True}


def assert_taken_down(root: Path) -> None:
    assert assert_old_or_new(root)
    assert SECRET not in content(root)
    assert not (root / COPY).exists()
    report = verify(root)
    assert report.problems == ()
    (line,) = report.takedowns
    assert (line.question, line.reason, line.captures, line.finished) == (QUESTION, "a private person", 3, True)


def test_the_bytes_go_and_everything_else_stays_where_it_is(tmp_path: Path) -> None:
    fill(tmp_path)
    before = {path.name: path.stat().st_size for path in (tmp_path / "warc").iterdir()}
    with Archive.open(tmp_path) as archive:
        places = {ref.capture_id: (ref.warc_file, ref.offset, ref.length) for ref in archive.captures()}
    assert SECRET in content(tmp_path)
    take_down(tmp_path)
    assert_taken_down(tmp_path)
    with Archive.open(tmp_path) as archive:
        for ref in archive.captures():
            assert places.get(ref.capture_id, (ref.warc_file, ref.offset, ref.length)) == (
                ref.warc_file,
                ref.offset,
                ref.length,
            )
        assert archive.counts(TERM).taken_down == 1
    sizes = {path.name: path.stat().st_size for path in (tmp_path / "warc").iterdir()}
    assert {name: sizes[name] for name in before} == before


def test_other_tools_still_read_the_files(tmp_path: Path) -> None:
    fill(tmp_path)
    take_down(tmp_path)
    for path in (tmp_path / "warc").iterdir():
        with path.open("rb") as file:
            kinds = [record.rec_type for record in ArchiveIterator(file, check_digests="raise")]
        assert kinds
    export_wacz(tmp_path, tmp_path / "all.wacz", title="Questions", now=START)
    assert b'"url": "https://questions.example/q15/15-2QE.htm"' not in (tmp_path / "all.wacz").read_bytes()


def test_a_capture_that_was_taken_down_cannot_be_read(tmp_path: Path) -> None:
    fill(tmp_path)
    take_down(tmp_path)
    with Archive.open(tmp_path) as archive:
        ref = next(ref for ref in archive.captures() if ref.taken_down)
        with pytest.raises(ArchiveError, match=f"^{tmp_path}: capture {ref.capture_id} of {ref.url} was taken down$"):
            archive.read(ref)


def test_it_never_comes_back(tmp_path: Path) -> None:
    """Neither the same bytes, nor other ones of that question, nor as a 304; other questions do."""
    fill(tmp_path)
    take_down(tmp_path)
    with Archive.open_for_writing(tmp_path, source="assemblee", now=START) as archive:
        before = archive.last_sequence()
        again = [secret(20), secret(21, url="https://third.example/2"), secret(22, question=None, url=url(2))]
        again[2] = again[2].model_copy(update={"body": secret().body})
        outcomes = [visit.outcome for visit in archive.append_many(again)]
        outcomes.append(archive.not_modified(url(2), page(2, day=30).fetched_at).outcome)
        assert (outcomes, archive.last_sequence()) == ([Outcome.UNCHANGED] * 4, before)
        archive.expect([QUESTION])
        assert QUESTION not in {each.question for each in archive.due(TERM, START)}
        assert archive.append(page(5)).outcome is Outcome.NEW
    assert_old_or_new_with(tmp_path, 5)
    assert SECRET not in content(tmp_path)


def assert_old_or_new_with(root: Path, number: int) -> None:
    assert others(root)[number] == body(number)
    assert verify(root).problems == ()


def test_a_second_takedown_takes_what_came_meanwhile(tmp_path: Path) -> None:
    fill(tmp_path)
    take_down(tmp_path)
    strange = page(2, url="https://strange.example/x", body=SECRET, question=None)
    with Archive.open_for_writing(tmp_path, source="import", now=START) as archive:
        archive.assign(archive.append(strange).ref.capture_id, QUESTION)
    take_down(tmp_path)
    assert SECRET not in content(tmp_path)
    report = verify(tmp_path)
    assert (report.problems, [each.captures for each in report.takedowns]) == ((), [3, 1])


NO_TAKEDOWN = {
    "bytes": ("", "the bytes of this record are not those that were written"),
    "kind": (
        "UPDATE records SET kind = 'response' WHERE kind = 'metadata'",
        "is said to be taken down, and its record is not",
    ),
    "number": (
        "UPDATE numbers SET state = 'archived' WHERE state = 'taken_down'",
        "(capture fr-an-15-QE-2): was taken down, and its number does not say so",
    ),
    "audit": ("DELETE FROM taken_down", "names a record without payload"),
    "later": (
        "DELETE FROM taken_down",
        "(capture fr-an-15-QE-2): was taken down, and a capture that came later shows it",
    ),
    "begun": (
        "UPDATE takedowns SET state = 'begun'",
        "(capture fr-an-15-QE-2): its takedown has only begun: any collect, import or takedown removes the rest",
    ),
}


@pytest.mark.parametrize(("sql", "said"), NO_TAKEDOWN.values(), ids=NO_TAKEDOWN.keys())
def test_verify_knows_a_takedown_that_is_none(tmp_path: Path, sql: str, said: str) -> None:
    fill(tmp_path)
    saved = {path: path.read_bytes() for path in (tmp_path / "warc").iterdir()}
    take_down(tmp_path)
    if sql:
        with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection, connection:
            connection.execute(sql)
    else:
        for path, data in saved.items():
            path.write_bytes(data)
    assert said in "\n".join(map(str, verify(tmp_path).problems))


@given(length=st.integers(400, 70_000), offset=st.integers(0, 1 << 40))
def test_a_stand_in_has_the_length_that_is_wanted(length: int, offset: int) -> None:
    record = stand_in("assemblee-20261123T101500Z-00001.warc.gz", offset, length, START)
    assert len(record) == length
    assert read_record(record, where="here").kind is Kind.TOMBSTONE


def test_a_stand_in_fits_or_is_refused() -> None:
    """From the shortest on, whose header has no room for a comment, every length can be had."""
    with pytest.raises(ArchiveError, match=r"^a\.warc\.gz at byte 7: 50 bytes are too few for a tombstone$"):
        stand_in("a.warc.gz", 7, 50, START)
    fitting = []
    for length in range(50, 400):
        with suppress(ArchiveError):
            fitting.append(stand_in("a.warc.gz", 7, length, START))
    assert [len(record) for record in fitting] == list(range(400 - len(fitting), 400))
    assert {gzip.decompress(record) for record in fitting} == {gzip.decompress(fitting[0])}
    assert fitting[0].startswith(b"\x1f\x8b\x08\0")  # no flag: no comment
    assert read_record(fitting[0], where="here").kind is Kind.TOMBSTONE


OBSTACLES: dict[str, tuple[Callable[[Path], object], type[ArchiveError], str]] = {
    "a folder where the copy goes": (
        lambda path: (path.parents[1] / COPY).mkdir(),
        ArchiveError,
        ": Is a directory; nothing more is written",
    ),
    "a file that is cut": (
        lambda path: os.truncate(path, path.stat().st_size // 2),
        ArchiveDamagedError,
        r": ends before byte \d+; restore it from a backup",
    ),
    "a file that is gone": (
        Path.unlink,
        ArchiveDamagedError,
        r": cannot be read \(No such file or directory\); restore it",
    ),
}


@pytest.mark.parametrize(("put", "kind", "why"), OBSTACLES.values(), ids=OBSTACLES.keys())
def test_what_stops_a_takedown_is_said_and_leaves_it_begun(
    put: Callable[[Path], object], kind: type[ArchiveError], why: str, tmp_path: Path
) -> None:
    fill(tmp_path)
    with Archive.open(tmp_path) as archive:
        captures, stands = archive.revisions(QUESTION), archive.revisions(question(3))[0]
    first = min((tmp_path / "warc").iterdir())
    with closing(Ledger.open_writing(tmp_path)) as ledger:
        with ledger.transaction():
            begin(ledger, QUESTION, captures, stands.capture_id, "private", START)
        put(first)
        with pytest.raises(kind, match=f"^{first}{why}"):
            finish(tmp_path, ledger)
    assert [line.finished for line in verify(tmp_path).takedowns] == [False]


def test_the_smallest_capture_can_be_taken_down(tmp_path: Path) -> None:
    """A stand-in is shorter than any record with a payload."""
    with Archive.open_for_writing(tmp_path, source="import", now=START) as archive:
        small = Fetched(source="i", url="file:a", fetched_at=START, status=200, media_type="", body=b"")
        ref = archive.append(small).ref
    assert len(stand_in(ref.warc_file, ref.offset, ref.length, START)) == ref.length


# Killed

CHILD = f"""
import sys; sys.path.insert(0, {str(CHECKOUT)!r})
from pathlib import Path
from typing import Any
from tests.pipelines.archive.test_takedown import take_down
take_down(Path(sys.argv[1]))
"""
CALLS = ("openat", "write", "pwrite64", "fsync", "fdatasync", "rename", "unlink", "ftruncate")


def killed(root: Path, call: str, when: int) -> int:
    under = strace(f"trace={call}", f"inject={call}:signal=SIGKILL:when={when}")
    command = [*under, sys.executable, "-B", "-c", CHILD, str(root)]
    return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode


def killed_at(template: Path, root: Path, call: str, when: int) -> tuple[int, bool]:
    """Exit code of the takedown that was killed, and whether it counted; the next run must finish either state."""
    shutil.copytree(template, root)
    code = killed(root, call, when)
    down = assert_old_or_new(root)
    with Archive.open_for_writing(root, source="assemblee", now=START):
        pass  # any run that writes
    if down:
        assert_taken_down(root)
    else:
        assert verify(root).problems == ()
        take_down(root)
        assert_taken_down(root)
    return code, down


@needs_strace
@pytest.mark.parametrize(("call", "points"), [("rename", (1, 2)), ("fsync", (3, 5, 6))])
def test_killed_at_some_points(tmp_path: Path, call: str, points: tuple[int, ...]) -> None:
    fill(tmp_path / "template")
    for when in points:
        killed_at(tmp_path / "template", tmp_path / f"{call}-{when}", call, when)


@needs_strace
@pytest.mark.campaign
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("call", CALLS)
def test_killed_at_every_system_call(tmp_path: Path, call: str) -> None:
    fill(tmp_path / "template")
    states: list[bool] = []
    start = 400 if call == "openat" else 1  # before that Python opens its own modules
    for when in range(start, start + 2000):
        root = tmp_path / str(when)
        code, down = killed_at(tmp_path / "template", root, call, when)
        shutil.rmtree(root)
        if code == 0:
            break
        assert code == -signal.SIGKILL or code == 128 + signal.SIGKILL
        states.append(down)
    assert states == sorted(states), "old before new, never old again"
    sys.stdout.write(f"{call}: {len(states)} kill points, {sum(states)} in the new state, no half state\n")
