"""A whole term read again from the archive: on one core and on all, stage by stage.

Run: `python -m benchmarks.bench_build [QUESTIONS]`, by default 45,000, as many as the fifteenth term has. Ratios of
the same run; the target is 60 s for the whole build on two cores.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pipelines.archive.archive import Archive
from pipelines.dataset.parquet import question_tables
from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset
from pipelines.delays.deadlines import question_due
from pipelines.flow.building import refresh_questions
from pipelines.flow.reading import with_figures
from pipelines.normalise.question import normalise
from pipelines.normalise.reference import bundled_reference
from pipelines.parse.read import read
from questarium.replica.corpus import synthetic
from questarium.replica.layouts import question_page
from questarium.replica.pages import question_path
from schemas.capture import Fetched
from schemas.settings import Settings

TERM = "fr-an-15"
NOW = datetime(2026, 1, 5, tzinfo=UTC)
SAMPLE = 2000  # questions whose stages are timed one by one
GROUP = 256

_T = TypeVar("_T")


def pages(count: int) -> Iterator[Fetched]:
    """The term's pages, as a crawl brings them."""
    for each in synthetic(count, seed=1):
        yield Fetched(
            source="assemblee",
            url=f"https://questions.example{question_path(each)}",
            fetched_at=NOW,
            status=200,
            media_type="text/html; charset=UTF-8",
            body=question_page(each),
            question=each.key,
        )


def fill(settings: Settings, count: int) -> None:
    """The archive of the term."""
    made = pages(count)
    with Archive.open_for_writing(settings.archive_dir, source="assemblee", now=NOW) as archive:
        while group := list(islice(made, GROUP)):
            archive.append_many(group)


def timed(what: str, work: Callable[[], _T], of: int) -> tuple[_T, float]:
    """Do some work and print its time, for each question too, and its processor time, which other work disturbs less.

    Gives what it gave, and the seconds.
    """
    started, used = time.perf_counter(), processor_s()
    done = work()
    took, used = time.perf_counter() - started, processor_s() - used
    print(
        f"{took:8.2f} s  {took / of * 1e6:7.0f} µs a question, {used / of * 1e6:5.0f} of processors  {what}", flush=True
    )
    return done, took


def processor_s() -> float:
    """Processor time of this process and of those that it has waited for."""
    return sum(os.times()[:4])


def stages(settings: Settings, count: int) -> None:
    """Each stage of reading on one core, over a sample."""
    size = min(SAMPLE, count)
    with Archive.open(settings.archive_dir) as archive:
        refs = list(islice(archive.captures(), size))
        captures, _ = timed("read from the archive", lambda: [archive.read(ref) for ref in refs], size)
    raw, _ = timed("parse", lambda: [read(capture).questions for capture in captures], size)
    reference = bundled_reference()
    questions, _ = timed("normalise", lambda: [normalise(each, reference) for each in raw], size)
    measured, _ = timed("figures", lambda: with_figures(questions), size)
    rows, _ = timed("rows", lambda: [question_rows(each, due_date=question_due(each)) for each in measured], size)
    timed("tables", lambda: question_tables(rows), size)


def build(settings: Settings, workers: int, count: int) -> float:
    """A first build of the term; gives its time in seconds."""
    fresh = settings.model_copy(update={"workers": workers})
    shutil.rmtree(fresh.dataset_dir, ignore_errors=True)
    _, took = timed(f"whole build, {workers} processes", lambda: refresh_questions(fresh, TERM, now=NOW), count)
    version = Dataset.open(fresh.dataset_dir).current
    assert version is not None
    assert version.counts["questions"] == count
    return took


def main(count: int) -> None:
    """Print the stages, then whole builds and their ratio."""
    with tempfile.TemporaryDirectory(prefix="questarium-bench-") as folder:
        settings = Settings(home=Path(folder))
        timed("archive filled", lambda: fill(settings, count), count)
        stages(settings, count)
        cores = len(os.sched_getaffinity(0))
        several = build(settings, cores, count)
        one = build(settings, 1, count)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(
        f"{one / several:8.2f} times as fast on {cores} cores as on one (limit {cores}); {memory:.0f} MB at most here"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 45_000)
