"""The disk refuses: no room, or an error. Nothing half saved is left, and nothing unsaved is acknowledged."""

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.verify import verify
from schemas.errors import ArchiveError, ArchiveFullError
from tests.pipelines.archive.children import assert_complete, assert_holds, collect, needs_strace, run, strace
from tests.pipelines.archive.pages import START, page

SYNCING = ("fsync", "fdatasync")


@needs_strace
@pytest.mark.parametrize("call", SYNCING)
def test_a_failed_sync_is_fatal(tmp_path: Path, call: str) -> None:
    """Some syncs of the run, one at a time: never acknowledged, never tried again as if nothing were."""
    codes = [fail_and_resume(tmp_path / str(when), call, "EIO", when) for when in (1, 3, 5, 8)]
    assert 4 in codes


@needs_strace
@pytest.mark.campaign
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("call", ["pwrite64", "write", "fsync", "fdatasync", "ftruncate", "fallocate", "mkdir"])
def test_an_error_of_every_system_call(tmp_path: Path, call: str, error: str) -> None:
    points = 0
    while fail_and_resume(tmp_path / str(points), call, error, points + 1) is not None:
        points += 1
    sys.stdout.write(f"{error} of {call}: {points} points, 0 acknowledged captures lost, 0 archives damaged\n")


def fail_and_resume(root: Path, call: str, error: str, when: int) -> int | None:
    """Exit code of a run whose call of that number failed, None if it made fewer calls.

    The archive must be whole after the next run. A fault may go unnoticed where nothing depends on the call: a
    checkpoint is tried again at the next commit.
    """
    log = root.with_name(f"{root.name}.log")
    end = run(root, 6, under=strace(f"trace={call}", f"inject={call}:error={error}:when={when}", log=str(log)))
    if "INJECTED" not in log.read_text():
        assert end.code == 0
        return None
    if end.code == 0:
        assert_complete(root, 6)
    elif "Archive" in end.error:
        assert end.code == 4, end.error
        assert str(root.parent) in end.error  # the archive, or the folder that it is in
    if end.acknowledged:
        assert_holds(root, end.acknowledged)
    resumed = run(root, 6)
    assert resumed.code == 0, resumed.error
    assert_complete(root, 6)
    return end.code


def limited(root: Path, bytes_a_file: int, numbers: range) -> int:
    """Collect in a child whose files may not grow beyond a size; 0, or 9 when the archive said that it is full."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_a_file, bytes_a_file))
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
                for number in numbers:
                    archive.append(page(number, body=random.Random(number).randbytes(200_000)))
            code = 0
        except ArchiveFullError as problem:
            code = 9 if ".warc.gz" in str(problem) and "bytes were to be added" in str(problem) else 8
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def test_no_room_leaves_no_half_record(tmp_path: Path) -> None:
    collect(tmp_path, range(1, 3))  # the ledger has its size already
    assert limited(tmp_path, 2_500_000, range(100, 200)) == 9
    assert verify(tmp_path).problems == ()
    with Archive.open_for_writing(tmp_path, source="assemblee", now=START) as archive:
        held = archive.count_captures()
        assert held > 8
        archive.append(page(3))
        assert archive.count_captures() == held + 1
    assert verify(tmp_path).problems == ()


def test_a_full_archive_takes_nothing_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = Archive.open_for_writing(tmp_path, source="assemblee", now=START)
    archive.append(page(1))

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.pwrite", full)
        with pytest.raises(ArchiveFullError, match="bytes were to be added"):
            archive.append(page(2))
    why = rf"ArchiveFullError: {tmp_path}/warc/\S+: no room left on the disk; .* bytes were to be added to \d+\)"
    told = rf"^{tmp_path}: the archive stopped after an error; open it again \({why}\)$"
    with pytest.raises(ArchiveError, match=told):
        archive.append(page(2))
    archive.close()
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        ((state, failure),) = connection.execute("SELECT state, failure FROM runs").fetchall()
    assert (state, failure.partition(":")[0]) == ("open", "ArchiveFullError")
    assert verify(tmp_path).problems == ()
    collect(tmp_path, range(2, 3))
    assert_complete(tmp_path, 2)


def test_a_half_written_record_is_cut_off_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not only at the next opening: a full disk may be that of a machine on which nothing runs for days."""
    archive = Archive.open_for_writing(tmp_path, source="assemblee", now=START)
    archive.append(page(1))
    (path,) = (tmp_path / "warc").iterdir()
    acknowledged = path.read_bytes()
    write = os.pwrite

    def half(descriptor: int, data: bytes, offset: int) -> int:
        write(descriptor, data[: len(data) // 2], offset)
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.pwrite", half)
        with pytest.raises(ArchiveFullError):
            archive.append(page(2))
    assert path.read_bytes() == acknowledged
    archive.close()


def tmpfs(size_kib: int, root: Path) -> tuple[str, ...]:
    """Runs a command with a small disk mounted at `root`, whose content is copied out at the end."""
    script = (
        f"mkdir -p {root}/disk {root}/kept && mount -t tmpfs -o size={size_kib}k tmpfs {root}/disk"
        f' && "$@"; code=$?; cp -a {root}/disk/. {root}/kept/; exit $code'
    )
    return ("unshare", "-m", "sh", "-c", script, "sh")


def can_mount() -> bool:
    if os.geteuid() != 0 or shutil.which("unshare") is None:
        return False
    probe = ["unshare", "-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not can_mount(), reason="no small disk can be mounted here")
@pytest.mark.parametrize("size_kib", [48, 100, 160, 400, 1000])
def test_a_small_disk(tmp_path: Path, size_kib: int) -> None:
    end = run(tmp_path / "disk" / "archive", 3000, 5, under=tmpfs(size_kib, tmp_path))
    assert end.code == 4, (end.code, end.error)
    assert "ArchiveFullError" in end.error
    assert str(tmp_path / "disk" / "archive") in end.error
    kept = tmp_path / "kept" / "archive"
    if end.acknowledged:
        assert_holds(kept, end.acknowledged)
    resumed = run(kept, 3000, 500)
    assert resumed.code == 0, resumed.error
    assert_complete(kept, 3000)
