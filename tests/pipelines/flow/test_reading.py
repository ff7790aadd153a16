"""Reading on all cores: the same tables whoever reads, and no silence about a killed reader."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pyarrow as pa
import pytest

from pipelines.archive.archive import Archive
from pipelines.dataset.rows import QUESTION_TABLES
from pipelines.flow import reading
from pipelines.flow.reading import Job, Reading, read_jobs
from questarium.replica.corpus import synthetic
from questarium.replica.layouts import question_page
from questarium.replica.pages import question_path
from schemas.capture import CaptureRef, Fetched
from schemas.errors import ArchiveDamagedError, RefreshError
from schemas.identity import QuestionKey
from tests.pipelines.archive.pages import START

HOW_MANY = 90
CHECKOUT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def archive_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("reading")
    pages = [
        Fetched(
            source="assemblee",
            url=f"https://questions.example{question_path(each)}",
            fetched_at=START,
            status=200,
            media_type="text/html; charset=UTF-8",
            body=question_page(each),
            question=each.key,
        )
        for each in synthetic(HOW_MANY, seed=3)
    ]
    broken = pages[7].model_copy(update={"body": b"<html>nothing of a question</html>"})
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.append_many([*pages, broken])
    return root


@pytest.fixture
def pool(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few questions are worth a pool here, and travel in small blocks."""
    monkeypatch.setattr(reading, "_WORTH_A_POOL", 2)
    monkeypatch.setattr(reading, "_BLOCK", 4)


def jobs(archive_dir: Path) -> list[Job]:
    with Archive.open(archive_dir) as archive:
        refs = list(archive.captures())
    by_question: dict[QuestionKey | None, tuple[CaptureRef, ...]] = {}
    for ref in refs:
        by_question[ref.question] = (*by_question.get(ref.question, ()), ref)
    return [
        Job(key, revisions, frozenset(each.capture_id for each in revisions)) for key, revisions in by_question.items()
    ]


def whole(readings: Iterator[Reading]) -> tuple[dict[str, pa.Table], dict[str, tuple[str, ...]], list[str]]:
    read = list(readings)
    tables = {name: pa.concat_tables([each.tables[name] for each in read]) for name in QUESTION_TABLES}
    sources = {id_: captures for each in read for id_, captures in each.sources.items()}
    return tables, sources, [set_aside.reason for each in read for set_aside in each.quarantined]


@pytest.mark.usefixtures("pool")
def test_all_workers_read_what_one_reads_in_the_same_order(archive_dir: Path) -> None:
    one = whole(read_jobs(archive_dir, jobs(archive_dir), workers=1))
    several = whole(read_jobs(archive_dir, jobs(archive_dir), workers=3))
    assert len(one[1]) == HOW_MANY
    assert len(one[2]) == 1
    assert several == one


@pytest.mark.usefixtures("pool")
def test_a_killed_worker_is_an_error_and_not_a_short_table(archive_dir: Path) -> None:
    readings = read_jobs(archive_dir, jobs(archive_dir), workers=2)
    next(readings)
    for child in psutil.Process().children(recursive=True):
        if "spawn_main" in " ".join(child.cmdline()):
            child.send_signal(signal.SIGKILL)
    with pytest.raises(RefreshError, match="was killed"):
        list(readings)


@pytest.mark.usefixtures("pool")
def test_damage_met_by_a_worker_is_told_as_damage(archive_dir: Path, tmp_path: Path) -> None:
    wrong = jobs(archive_dir)
    lost = wrong[9].revisions[0].model_copy(update={"offset": 1})
    wrong[9] = Job(wrong[9].key, (lost,), frozenset())
    with pytest.raises(ArchiveDamagedError, match="is damaged"):
        list(read_jobs(archive_dir, wrong, workers=2))


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_workers_end_with_their_parent(archive_dir: Path, ending: signal.Signals) -> None:
    script = (
        f"import signal, sys; sys.path.insert(0, {str(CHECKOUT)!r})\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a job in the background begins without it
        "from pathlib import Path\n"
        "from tests.pipelines.flow import test_reading as t\n"
        "t.reading._WORTH_A_POOL, t.reading._BLOCK = 2, 1\n"
        f"root = Path({str(archive_dir)!r})\n"
        "for each in t.read_jobs(root, t.jobs(root) * 200, workers=2): print('read', flush=True)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert parent.stdout is not None
    parent.stdout.readline()
    workers = psutil.Process(parent.pid).children(recursive=True)
    os.kill(parent.pid, ending)
    _, error = parent.communicate(timeout=30)
    assert error.count(b"Traceback") == (ending == signal.SIGINT)  # the parent's own
    until = time.monotonic() + 10
    while any(each.is_running() and each.status() != psutil.STATUS_ZOMBIE for each in workers):
        assert time.monotonic() < until, "a worker outlived its parent"
        time.sleep(0.05)
