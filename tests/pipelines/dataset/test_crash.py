"""Killed, out of room, or read meanwhile: there is the old version or the new one, and the next commit goes on."""

import errno
import multiprocessing
import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any

import pytest

from pipelines.dataset.read import connect
from pipelines.dataset.store import Dataset
from tests.pipelines.dataset import crashing
from tests.pipelines.dataset.made import NOW, TERM, content, current, files_named, files_on_disk, log_of, rows_of

SERVER = multiprocessing.get_context("forkserver")
SERVER.set_forkserver_preload([crashing.__name__])

RANDOM_KILLS = 20
CAMPAIGN_KILLS = 1000


def start(target: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """The target in a fresh process."""
    process = SERVER.Process(target=target, args=arguments)
    process.start()
    return process


def run(target: Callable[..., None], *arguments: Any) -> int:
    """Its exit code; negative when it was killed."""
    process = start(target, *arguments)
    process.join(60)
    assert process.exitcode is not None
    return process.exitcode


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset with version 1, to be copied."""
    root = tmp_path_factory.mktemp("before") / "dataset"
    Dataset.open(root).commit(crashing.first(), now=NOW)
    return root


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What version 2 is when nothing goes wrong."""
    root = tmp_path_factory.mktemp("after") / "dataset"
    for update in (crashing.first(), crashing.second()):
        Dataset.open(root).commit(update, now=NOW)
    return root


def copied(root: Path, to: Path) -> Dataset:
    """A dataset of one's own."""
    shutil.copytree(root, to)
    return Dataset.open(to)


def check(dataset: Dataset, before: Path, after: Path) -> int:
    """The old version or the new one, whole; then the commit again, which leaves exactly what it should.

    Gives the number of the version that was found.
    """
    found = current(dataset)
    expected = current(Dataset.open(before if found.number == 1 else after))
    assert found.manifest == expected.manifest
    assert content(found) == content(expected)
    assert dataset.inputs(TERM) == {"sequence": str(found.number)}
    assert dataset.verify() == []
    again = dataset.commit(crashing.second(), now=NOW)
    assert again.is_new == (found.number == 1)
    whole = Dataset.open(after)
    assert current(dataset).manifest == current(whole).manifest
    assert log_of(current(dataset)) == log_of(current(whole))
    assert files_on_disk(dataset.root) == files_on_disk(whole.root) == files_named(dataset)
    return found.number


EVERY = pytest.param(1, marks=[pytest.mark.campaign, pytest.mark.timeout(3600)], id="every")


@pytest.mark.parametrize("step", [pytest.param(3, id="every third"), EVERY])
def test_killed_at_each_change_of_the_disk(step: int, before: Path, after: Path, tmp_path: Path) -> None:
    found, code = list[int](), 1
    for moment in range(1, 500, step):
        dataset = copied(before, tmp_path / str(moment))
        code = run(crashing.killed, dataset.root, moment)
        found.append(check(dataset, before, after))
        shutil.rmtree(dataset.root)
        if code == 0:
            break
    assert code == 0
    assert found == sorted(found)  # once the pointer has moved there is no way back
    assert found.count(1) > 30 / step
    assert found.count(2) >= 1 + (step == 1)  # the untouched run, and the folder's fsync after the rename


@pytest.mark.parametrize("step", [pytest.param(8, id="every eighth"), EVERY])
def test_killed_at_each_change_of_the_disk_in_the_first_commit(step: int, after: Path, tmp_path: Path) -> None:
    moments, code = 0, 1
    for moment in range(1, 500, step):
        moments += 1
        dataset = Dataset.open(tmp_path / str(moment))
        code = run(crashing.killed, dataset.root, moment)
        assert [version.number for version in dataset.versions()] in ([], [1])
        assert dataset.verify() == []
        for update in (crashing.first(), crashing.second()):
            dataset.commit(update, now=NOW)
        assert content(current(dataset)) == content(current(Dataset.open(after)))
        assert files_on_disk(dataset.root) == files_named(dataset)
        if code == 0:
            break
    assert code == 0
    assert moments > 30 / step


@dataclass
class Kills:
    """What came of many kills: those that struck a running commit, and the versions found after all of them."""

    struck: int = 0
    found: Counter[int] = field(default_factory=Counter[int])


def random_kills(before: Path, after: Path, tmp_path: Path, times: int) -> Kills:
    """Kill at moments spread over a whole run and a little beyond, whatever the speed of the machine today."""
    draw, kills = random.Random(5), Kills()
    whole = 0.0
    for each in range(times):
        dataset = copied(before, tmp_path / str(each))
        if each % 50 == 0:  # the machine may have become slower or faster
            whole = untouched_s(before, tmp_path / "untouched")
        process = start(crashing.killed, dataset.root, 10**6)
        time.sleep(draw.uniform(0.0, 1.3 * whole))
        process.kill()
        process.join()
        kills.struck += process.exitcode == -signal.SIGKILL
        kills.found[check(dataset, before, after)] += 1
        shutil.rmtree(dataset.root)
    return kills


def untouched_s(before: Path, to: Path) -> float:
    """How long a commit takes in a process of its own, in seconds."""
    dataset = copied(before, to)
    began = time.monotonic()
    assert run(crashing.killed, dataset.root, 10**6) == 0
    took = time.monotonic() - began
    shutil.rmtree(to)
    return took


def test_killed_at_any_time(before: Path, after: Path, tmp_path: Path) -> None:
    kills = random_kills(before, after, tmp_path, RANDOM_KILLS)
    assert kills.struck
    assert kills.found.total() == RANDOM_KILLS


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_killed_at_any_time_very_often(before: Path, after: Path, tmp_path: Path) -> None:
    kills = random_kills(before, after, tmp_path, CAMPAIGN_KILLS)
    assert kills.struck > CAMPAIGN_KILLS / 2
    assert min(kills.found[1], kills.found[2]) > CAMPAIGN_KILLS / 20  # the kills covered the whole of the commit


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("step", [pytest.param(7, id="every seventh"), EVERY])
def test_the_disk_refuses_at_each_change(step: int, code: int, before: Path, after: Path, tmp_path: Path) -> None:
    ends: list[int] = []
    for moment in range(1, 500, step):
        dataset = copied(before, tmp_path / str(moment))
        ends.append(run(crashing.failing, dataset.root, moment, code))
        check(dataset, before, after)
        shutil.rmtree(dataset.root)
        if ends[-1] == crashing.DONE:
            break
    assert set(ends) == {crashing.REFUSED, crashing.DONE}
    assert ends.count(crashing.REFUSED) > 30 / step


@pytest.mark.parametrize("size", [0, 100, 900, 2000, 3000, 4000])
def test_no_room_for_a_file(size: int, before: Path, after: Path, tmp_path: Path) -> None:
    dataset = copied(before, tmp_path / "dataset")
    assert run(crashing.out_of_room, dataset.root, size) == crashing.REFUSED
    assert check(dataset, before, after) == 1


def test_a_reader_never_sees_a_mix(tmp_path: Path) -> None:
    dataset = Dataset.open(tmp_path / "dataset")
    crashing.commit_marked(dataset, 1)
    writer = start(crashing.writing_on, dataset.root, 16)
    seen: list[int] = []
    while writer.is_alive() or not seen:
        version = current(dataset)
        with connect(version) as connection:
            marks = connection.execute(
                "SELECT DISTINCT title::INT FROM questions UNION SELECT DISTINCT question::INT FROM texts "
                'UNION SELECT DISTINCT page FROM events UNION SELECT DISTINCT "offset" FROM captures'
            ).fetchall()
        assert marks == [(version.number,)]
        seen.append(version.number)
    writer.join()
    assert writer.exitcode == 0
    assert seen == sorted(seen)
    assert len(set(seen)) > 3
    assert rows_of(current(dataset), "SELECT max(title::INT) FROM questions") == [(16,)]
