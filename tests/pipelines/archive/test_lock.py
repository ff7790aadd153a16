"""One writer at a time, whatever becomes of it; readers at any time."""

import multiprocessing
import os
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.lock import LOCK, is_held, lock
from pipelines.archive.verify import verify
from schemas.errors import ArchiveError, ArchiveLockedError
from tests.pipelines.archive.children import command
from tests.pipelines.archive.pages import START, body, page


def holding_child(root: Path) -> int:
    """A process that holds the archive until it is killed."""
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:
        with Archive.open_for_writing(root, source="a", now=START) as archive:
            archive.append(page(1))
            os.write(tell, b"!")
            time.sleep(60)
        os._exit(0)
    assert os.read(ready, 1) == b"!"
    os.close(ready)
    os.close(tell)
    return child


def test_a_second_writer_is_refused_with_the_first_one_s_pid(tmp_path: Path) -> None:
    child = holding_child(tmp_path)
    try:
        with pytest.raises(ArchiveLockedError, match=rf"writer\.lock: process {child} writes"):
            Archive.open_for_writing(tmp_path, source="b", now=START)
        with Archive.open(tmp_path) as reader:
            assert reader.count_captures() == 1
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with Archive.open_for_writing(tmp_path, source="b", now=START) as archive:  # at once: no stale lock
        archive.append(page(2))
    assert verify(tmp_path).sound


def test_two_writers_of_one_process(tmp_path: Path) -> None:
    with (
        Archive.open_for_writing(tmp_path, source="a", now=START),
        pytest.raises(ArchiveLockedError, match=str(os.getpid())),
    ):
        Archive.open_for_writing(tmp_path, source="b", now=START)
    Archive.open_for_writing(tmp_path, source="b", now=START).close()


def test_a_refused_opening_lets_the_archive_go(tmp_path: Path) -> None:
    Archive.open_for_writing(tmp_path, source="a", now=START).close()
    stranger = tmp_path / "warc" / "stranger"
    stranger.touch()
    for _ in range(2):
        with pytest.raises(Exception, match="unknown to the ledger"):
            Archive.open_for_writing(tmp_path, source="a", now=START)
    stranger.unlink()
    Archive.open_for_writing(tmp_path, source="a", now=START).close()


def test_whether_an_archive_is_held(tmp_path: Path) -> None:
    assert not is_held(tmp_path)  # nobody has ever written
    child = holding_child(tmp_path)
    try:
        assert is_held(tmp_path)
        assert is_held(tmp_path)  # asking changes nothing
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert not is_held(tmp_path)
    Archive.open_for_writing(tmp_path, source="b", now=START).close()


def test_a_lock_is_its_process_s_and_not_its_thread_s(tmp_path: Path) -> None:
    """A run may be closed by another thread than the one that began it."""
    with ThreadPoolExecutor(1) as other:
        held = other.submit(lock, tmp_path).result()
        assert is_held(tmp_path)
        held.release()
        assert not is_held(tmp_path)


@pytest.mark.parametrize("is_readable", [True, False])
def test_a_holder_that_has_not_said_its_name_is_another_process(
    is_readable: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_: Path) -> str:
        raise PermissionError

    held = lock(tmp_path)
    (tmp_path / LOCK).write_text("")
    if not is_readable:
        monkeypatch.setattr(Path, "read_text", refused)
    with pytest.raises(ArchiveLockedError, match=r"writer\.lock: another process writes"):
        lock(tmp_path)
    held.release()


def test_a_lock_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / LOCK).mkdir()
    with pytest.raises(ArchiveError, match=rf"^{tmp_path / LOCK}: Is a directory; nothing more is written"):
        lock(tmp_path)


def put_share(root: Path, numbers: list[int], acknowledged: Path) -> None:
    """Save numbers one run at a time, waiting for the archive; each acknowledged one is noted."""
    for number in numbers:
        while True:
            try:
                with Archive.open_for_writing(root, source="a", now=START) as archive:
                    archive.append(page(number))
                break
            except ArchiveLockedError:
                time.sleep(0.005)
        with acknowledged.open("a") as file:
            file.write(f"{number}\n")


def test_writers_in_turn_lose_nothing(tmp_path: Path) -> None:
    in_turn(tmp_path, writers=4, each=12, killed_after_s=0.4)


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_eight_writers_of_five_hundred_captures(tmp_path: Path) -> None:
    in_turn(tmp_path, writers=8, each=250, killed_after_s=30)


def in_turn(tmp_path: Path, writers: int, each: int, killed_after_s: float) -> None:
    """So many processes, half of their captures the same ones, half of them killed in the middle."""
    context = multiprocessing.get_context("fork")
    common = range(1, each + 1)
    shares = [[*common, *range(1000 * worker, 1000 * worker + each)] for worker in range(1, writers + 1)]
    workers = [
        context.Process(target=put_share, args=(tmp_path / "archive", share, tmp_path / f"{index}"))
        for index, share in enumerate(shares)
    ]
    for worker in workers:
        worker.start()
    time.sleep(killed_after_s)
    for worker in workers[: writers // 2]:
        worker.kill()
    for worker in workers:
        worker.join(1500)
        assert worker.exitcode is not None
    acknowledged = {int(line) for path in tmp_path.glob("[0-9]") for line in path.read_text().split("\n")[:-1]}
    assert acknowledged >= {*common}.union(*shares[writers // 2 :])
    Archive.open_for_writing(tmp_path / "archive", source="a", now=START).close()
    with Archive.open(tmp_path / "archive") as archive:
        held = [ref.question.number for ref in archive.captures() if ref.question]
    assert len(held) == len(set(held))
    assert acknowledged <= set(held)
    assert verify(tmp_path / "archive").problems == ()


def test_readers_at_the_birth_of_an_archive(tmp_path: Path) -> None:
    """Neither the first writer nor a reader gets in the other's way, and no reader meets half a ledger."""
    for turn in range(8):
        root = tmp_path / str(turn)
        child = os.fork()
        if child == 0:
            try:
                Archive.open_for_writing(root, source="a", now=START).close()
            except BaseException:  # noqa: BLE001  a child of a test ends here, whatever happened
                os._exit(1)
            os._exit(0)
        code = None
        while code is None:
            with Archive.open(root) as archive:
                assert archive.count_captures() == 0
            pid, status = os.waitpid(child, os.WNOHANG)
            code = os.waitstatus_to_exitcode(status) if pid else None
        assert code == 0


def test_readers_and_verify_beside_a_writer(tmp_path: Path) -> None:
    """A reader sees whole captures only, and `verify` takes no write in progress for damage."""
    process = subprocess.Popen(command(tmp_path, 2500, 7), stdout=subprocess.DEVNULL)
    try:
        seen, rounds = 0, 0
        while process.poll() is None:
            with Archive.open(tmp_path) as archive:
                for ref in archive.captures(after=seen):
                    assert ref.question is not None
                    assert archive.read(ref).body == body(ref.question.number)
                assert archive.last_sequence() >= seen
                seen = archive.last_sequence()
            if seen:
                assert verify(tmp_path).problems == ()
                rounds += 1
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0
    assert rounds >= 2
    assert verify(tmp_path).records == 2501
