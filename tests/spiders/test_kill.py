"""A crawl killed at any moment and run again leaves the archive of one that was never disturbed."""

import random
import subprocess
import time
from pathlib import Path

import pytest

from pipelines.archive.verify import verify
from questarium.replica.faults import Fault, Faults
from questarium.replica.server import Replica, serve
from tests.spiders.crawling import command, crawl, manifest, states, tell

PASSING = (Fault.CUT, Fault.CUT_GZIP, Fault.SHORT, Fault.CLOSED, Fault.UNAVAILABLE, Fault.DISGUISED, Fault.WRONG_NUMBER)


def kill_at(replica: Replica, archive: Path, seconds: float) -> bool:
    """Start a crawl and kill it after that time; whether it was still running."""
    line = command(replica, archive, "--delay", "0.005")
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        running = process.poll() is None
        process.kill()
    return running


def killed_often(
    folder: Path, archives: int, kills: int, seed: int, questions: int = 60, latest_s: float = 1.1
) -> None:
    draw = random.Random(seed)
    faults = Faults(rates=dict.fromkeys(PASSING, 0.03), retry_after_s=0, seed=seed)
    struck = 0
    with serve(questions) as replica:
        port = int(replica.url.rpartition(":")[2])
        assert crawl(replica, folder / "quiet").code == 0
    for place in range(archives):
        archive = folder / f"killed-{place}"
        with serve(questions, port=port, faults=faults) as replica:
            for _ in range(kills):
                struck += kill_at(replica, archive, draw.uniform(0.3, latest_s))
            assert crawl(replica, archive).code == 0, f"seed {seed}"
        assert manifest(archive) == manifest(folder / "quiet"), f"seed {seed}"
        assert not verify(archive).problems, f"seed {seed}"
    assert struck > archives * kills / 3
    tell(struck, archives, 0, f"archives as of one undisturbed run of {questions} questions, seed {seed}")


def test_killed_twenty_times(tmp_path: Path) -> None:
    killed_often(tmp_path, archives=5, kills=4, seed=random.randrange(1_000_000))


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_a_crawl_of_four_hundred_pages_killed_a_hundred_times(tmp_path: Path) -> None:
    seed = random.randrange(1_000_000)
    killed_often(tmp_path, archives=10, kills=10, seed=seed, questions=400, latest_s=3.0)


def test_what_a_killed_run_leaves_is_accounted_for(tmp_path: Path) -> None:
    with serve(60) as replica:
        line = command(replica, tmp_path, "--delay", "0.05")
        with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            while len(replica.log) < 20 and process.poll() is None:
                time.sleep(0.02)
            process.kill()
        assert set(states(tmp_path)) == set(range(1, replica.site.corpus.highest + 1))
        asked_before = len(replica.log)
        kept = sum(record.state != "pending" for record in states(tmp_path).values())
        assert kept > 0
        crawl(replica, tmp_path)
        again = {hit.path for hit in list(replica.log)[asked_before:] if "/q15/" in hit.path}
        assert len(again) == replica.site.corpus.highest - kept
