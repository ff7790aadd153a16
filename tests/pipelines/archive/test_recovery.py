"""Killed or cut off: what was acknowledged is there, and the next run goes on."""

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.verify import verify
from schemas.errors import ArchiveDamagedError, ArchiveError
from schemas.identity import QuestionKey
from tests.pipelines.archive.children import (
    Ended,
    assert_complete,
    assert_holds,
    collect,
    command,
    ended,
    needs_strace,
    run,
    strace,
)
from tests.pipelines.archive.pages import START, TERM, body, page, question

WRITING = ("pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "openat", "rename", "mkdir")


def only_file(root: Path) -> Path:
    (path,) = (root / "warc").iterdir()
    return path


def kill_at(call: str, time_: int) -> tuple[str, ...]:
    return strace(f"trace={call}", f"inject={call}:signal=SIGKILL:when={time_}")


def killed_after(root: Path, seconds: float, how_many: int) -> Ended:
    process = subprocess.Popen(command(root, how_many, 2), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    process.kill()
    output, error = process.communicate()
    return ended(process.returncode, output, error)


# What an interrupted run leaves


def interrupted(root: Path, *, tail: bytes) -> Path:
    """A run of two acknowledged captures that was killed while it wrote `tail`."""
    child = os.fork()
    if child == 0:
        archive = Archive.open_for_writing(root, source="assemblee", now=START)
        archive.append_many([page(1), page(2)])
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    with only_file(root).open("ab") as file:
        file.write(tail)
    return only_file(root)


@pytest.mark.parametrize("tail", [b"", b"\x1f", b"\x1f\x8b\x08half a record", bytes(100_000)])
def test_an_unacknowledged_tail_is_cut_off(tmp_path: Path, tail: bytes) -> None:
    path = interrupted(tmp_path, tail=tail)
    size = path.stat().st_size - len(tail)
    assert verify(tmp_path).sound == (tail == b"")
    with Archive.open_for_writing(tmp_path, source="assemblee", now=START) as archive:
        assert path.stat().st_size == size
        archive.append(page(3))
    assert_complete(tmp_path, 3)


def test_a_file_without_anything_acknowledged_is_removed(tmp_path: Path) -> None:
    child = os.fork()
    if child == 0:
        archive = Archive.open_for_writing(tmp_path, source="assemblee", now=START)
        name = archive._warc_file
        (tmp_path / "warc" / name).write_bytes(b"half of the first group")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert not verify(tmp_path).sound
    collect(tmp_path, range(1, 3))
    assert len(list((tmp_path / "warc").iterdir())) == 1
    assert_complete(tmp_path, 2)


def test_a_tail_of_a_run_that_ended_is_damage(tmp_path: Path) -> None:
    collect(tmp_path, range(1, 3))
    path = only_file(tmp_path)
    size = path.stat().st_size
    with path.open("ab") as file:
        file.write(b"more")
    with pytest.raises(ArchiveDamagedError, match=f"{path.name}: has bytes beyond byte {size}"):
        collect(tmp_path, range(3, 4))
    assert path.stat().st_size == size + 4


def test_a_shortened_file_is_damage(tmp_path: Path) -> None:
    path = interrupted(tmp_path, tail=b"")
    size = path.stat().st_size
    os.truncate(path, size - 1)
    with pytest.raises(ArchiveDamagedError, match=f"{path.name}: ends at byte {size - 1}, not {size}"):
        collect(tmp_path, range(3, 4))


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    collect(tmp_path, range(1, 3))
    name = only_file(tmp_path).name
    only_file(tmp_path).unlink()
    with pytest.raises(ArchiveDamagedError, match=f"{name}: is missing"):
        collect(tmp_path, range(3, 4))


def test_an_unknown_file_is_never_removed(tmp_path: Path) -> None:
    collect(tmp_path, range(1, 3))
    (tmp_path / "warc" / "other.warc.gz").write_bytes(b"somebody's only copy")
    with pytest.raises(ArchiveDamagedError, match=r"other\.warc\.gz: is unknown"):
        collect(tmp_path, range(3, 4))
    assert (tmp_path / "warc" / "other.warc.gz").read_bytes() == b"somebody's only copy"


def test_files_survive_the_loss_of_the_ledger(tmp_path: Path) -> None:
    collect(tmp_path, range(1, 3))
    content = only_file(tmp_path).read_bytes()
    for path in tmp_path.glob("ledger.sqlite*"):
        path.unlink()
    with pytest.raises(ArchiveDamagedError, match="unknown to the ledger"):
        collect(tmp_path, range(3, 4))
    assert only_file(tmp_path).read_bytes() == content


def test_a_ledger_that_is_no_database_is_damage(tmp_path: Path) -> None:
    collect(tmp_path, range(1, 3))
    (tmp_path / "ledger.sqlite").write_bytes(b"not a database at all, though long enough" * 100)
    with pytest.raises(ArchiveDamagedError, match=r"ledger\.sqlite"):
        collect(tmp_path, range(3, 4))
    with pytest.raises(ArchiveDamagedError, match=r"ledger\.sqlite"), Archive.open(tmp_path) as archive:
        archive.count_captures()


def test_a_ledger_of_a_later_version_is_refused(tmp_path: Path) -> None:
    collect(tmp_path, range(1, 3))
    with contextlib.closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.execute("PRAGMA user_version = 99")
    for opened in (Archive.open, lambda root: Archive.open_for_writing(root, source="a", now=START)):
        with pytest.raises(
            ArchiveError, match=rf"^{tmp_path}/ledger\.sqlite: was written by a later version of questarium"
        ):
            opened(tmp_path)


def test_an_error_in_the_caller_s_block_lets_the_archive_go(tmp_path: Path) -> None:
    with contextlib.suppress(ZeroDivisionError), Archive.open_for_writing(tmp_path, source="a", now=START) as archive:
        archive.append(page(1))
        _ = 1 // 0
    with pytest.raises(ArchiveError, match=rf"^{tmp_path}: .*; open it again \(ZeroDivisionError\("):
        archive.append(page(2))
    collect(tmp_path, range(2, 3))
    assert_complete(tmp_path, 2)


# Killed


def test_an_interruption_is_the_last_thing_that_a_writer_does(tmp_path: Path) -> None:
    def interrupted() -> Iterator[QuestionKey]:
        yield question(1)
        raise KeyboardInterrupt

    with Archive.open_for_writing(tmp_path, source="a", now=START) as archive:
        with pytest.raises(KeyboardInterrupt):
            archive.expect(interrupted())
        with pytest.raises(ArchiveError, match=r"open it again \(KeyboardInterrupt\(\)\)$"):
            archive.append(page(1))
        assert list(archive.numbers(TERM)) == []


def test_killed_at_random_moments_and_resumed(tmp_path: Path) -> None:
    kill_and_resume(tmp_path, kills=6, seed=4)


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_killed_a_hundred_times(tmp_path: Path) -> None:
    for seed in range(20):
        kill_and_resume(tmp_path / str(seed), kills=5, seed=seed)


def kill_and_resume(root: Path, *, kills: int, seed: int) -> None:
    moments = random.Random(seed)
    acknowledged: set[int] = set()
    killed = 0
    started = time.monotonic()
    assert run(root, 0).code == 0
    start_up = time.monotonic() - started
    for _ in range(kills):
        end = killed_after(root, start_up * moments.uniform(0.7, 1.3), 4000)
        acknowledged |= end.acknowledged
        killed += end.code == -signal.SIGKILL
        assert_holds(root, acknowledged)
    assert killed
    assert run(root, 4000, 500).code == 0
    assert_complete(root, 4000)
    sys.stdout.write(f"seed {seed}: {killed} kills, {len(acknowledged)} captures acknowledged before the end, 0 lost\n")


@needs_strace
@pytest.mark.parametrize("call", ["pwrite64", "fsync", "fdatasync"])
def test_killed_at_a_system_call(tmp_path: Path, call: str) -> None:
    """A few points of the whole matrix, which is a campaign."""
    for when in (1, 4, 9):
        die_and_resume(tmp_path / str(when), kill_at(call, when))


@needs_strace
@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_killed_at_every_system_call(tmp_path: Path) -> None:
    points = 0
    for call in WRITING:
        for when in range(1, 400):
            root = tmp_path / f"{call}-{when}"
            if not die_and_resume(root, kill_at(call, when)):
                break
            points += 1
            shutil.rmtree(root)
    sys.stdout.write(f"{points} kill points, 0 acknowledged captures lost, 0 archives damaged\n")
    assert points >= 100


def die_and_resume(root: Path, under: tuple[str, ...]) -> bool:
    """Whether the child died; either way the archive must be whole after the next run."""
    end = run(root, 9, under=under)
    if end.code == 0:
        assert_complete(root, 9)
        return False
    assert_holds(root, end.acknowledged)
    resumed = run(root, 9)
    assert resumed.code == 0, resumed.error
    assert_holds(root, end.acknowledged)
    assert_complete(root, 9)
    return True


def test_the_harness_can_fail(tmp_path: Path) -> None:
    """Negative control: a writer that acknowledges before it saves is caught."""
    collect(tmp_path, range(1, 3))
    with pytest.raises(ValueError, match="unpack"):
        assert_holds(tmp_path, {1, 2, 3})
    assert body(1) != body(2)
    with pytest.raises(AssertionError):
        assert_complete(tmp_path, 3)
