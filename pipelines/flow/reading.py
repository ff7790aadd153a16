"""Captures → questions as rows of the dataset: the costly part of a build, on all cores.

A job is one question with all its revisions. Jobs go to worker processes in blocks and come back in their own order,
whoever was first, so that the same archive makes the same tables on any machine; few blocks are under way at a time.
Captures of many questions (a weekly file) are read first, once, and handed to the jobs of their questions. What is to
be read, and what becomes of it, is said by `building`.
"""

import gc
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from itertools import islice
from multiprocessing.connection import wait
from pathlib import Path

import pyarrow as pa

from pipelines.archive.archive import Archive
from pipelines.dataset.parquet import question_tables
from pipelines.dataset.rows import question_rows
from pipelines.delays.deadlines import question_due
from pipelines.figures.extract import Passage, extract_all
from pipelines.flow.drift import COLLECTED, Fill
from pipelines.flow.garbage import ALLOCATED
from pipelines.flow.reference import ReferenceAt, load_reference
from pipelines.flow.taking_down import without_texts
from pipelines.normalise.question import normalise
from pipelines.normalise.reference import Reference
from pipelines.parse.read import read
from schemas.capture import Capture, CaptureRef
from schemas.errors import RefreshError
from schemas.figure import Section
from schemas.identity import QuestionKey
from schemas.people import People
from schemas.quarantine import Quarantined
from schemas.question import Question, RawQuestion

_BLOCK = 100  # questions that travel together
_SHARED_BLOCK = 4  # captures of many questions that travel together
_WORTH_A_POOL = 1500  # questions; fewer are read before the worker processes have loaded what they need
_AHEAD = 2  # blocks under way for each worker


@dataclass(frozen=True)
class Job:
    """One question with its revisions; `current` are the captures among them that their addresses show now.

    `given` are readings of further captures, made before. With `until` only what had been captured before it counts.
    """

    key: QuestionKey | None
    revisions: tuple[CaptureRef, ...]
    current: frozenset[str]
    given: tuple[RawQuestion, ...] = ()
    until: datetime | None = None


@dataclass
class Reading:
    """What a block of jobs gave."""

    tables: Mapping[str, pa.Table] = field(default_factory=dict[str, pa.Table])
    sources: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])  # question id → captures
    quarantined: list[Quarantined] = field(default_factory=list[Quarantined])
    captures: set[str] = field(default_factory=set[str])  # those that were read
    people: list[People] = field(default_factory=list[People])  # what files of members say, in the order of capture
    fill: Fill = field(default_factory=Fill)  # of those that their addresses show now
    raw: list[RawQuestion] = field(default_factory=list[RawQuestion])  # of captures that many questions share


_BUNDLED = ReferenceAt()

_Task = Callable[[Path, Sequence[Job]], Reading]


def read_jobs(
    archive_dir: Path, jobs: Sequence[Job], *, workers: int | None = None, reference: ReferenceAt = _BUNDLED
) -> Iterator[Reading]:
    """Read all jobs, in blocks, in their order.

    Args:
        archive_dir: folder of the archive.
        jobs: what to read; a small job is read in this process.
        workers: how many processes read; as many as there are cores by default.
        reference: what the questions are normalised by.

    Raises:
        ArchiveError: a capture cannot be read.
        RefreshError: a worker process was killed.
    """
    workers = workers or len(os.sched_getaffinity(0))
    # A daemonic process (a worker of somebody's own pool) may have no children.
    if len(jobs) < _WORTH_A_POOL or multiprocessing.current_process().daemon:
        workers = 1
    shared = _shared(jobs)
    given: dict[QuestionKey, list[RawQuestion]] = {}
    for reading in _run(_read_shared, archive_dir, _blocks(shared, _SHARED_BLOCK), workers):
        for question in reading.raw:
            given.setdefault(question.key, []).append(question)
        reading.raw = []
        yield reading
    task = partial(_read_block, reference)
    yield from _run(task, archive_dir, _blocks([_with_given(job, given) for job in jobs], _BLOCK), workers)


def _shared(jobs: Iterable[Job]) -> list[Job]:
    """One job for each capture that shows several questions."""
    found = {ref.capture_id: (ref, job.current) for job in jobs for ref in job.revisions if len(ref.questions) > 1}
    return [Job(None, (ref,), current) for ref, current in found.values()]


def _with_given(job: Job, given: Mapping[QuestionKey, Sequence[RawQuestion]]) -> Job:
    own = tuple(ref for ref in job.revisions if len(ref.questions) <= 1)
    return replace(job, revisions=own, given=tuple(given.get(job.key, ())) if job.key else ())


def _run(task: _Task, archive_dir: Path, blocks: Iterable[Sequence[Job]], workers: int) -> Iterator[Reading]:
    if workers > 1:
        return _in_pool(task, archive_dir, blocks, workers)
    return (task(archive_dir, block) for block in blocks)


def _in_pool(task: _Task, archive_dir: Path, blocks: Iterable[Sequence[Job]], workers: int) -> Iterator[Reading]:
    # Spawned, not forked: this process may have threads (of Dagster, DuckDB, Arrow), and a fork of them hangs.
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), _begin_worker)
    under_way: deque[Future[Reading]] = deque()
    try:
        for block in blocks:
            under_way.append(pool.submit(task, archive_dir, block))
            if len(under_way) > _AHEAD * workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool as error:
        raise RefreshError(
            "a process that read captures was killed, perhaps for want of memory: run `questarium build` again, "
            "with fewer processes (QUESTARIUM_WORKERS) if it happens again"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin_worker() -> None:
    """An interruption is for the parent to answer; a worker ends with its parent, however that ends."""
    gc.set_threshold(ALLOCATED)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)


def _read_block(at: ReferenceAt, archive_dir: Path, jobs: Sequence[Job]) -> Reading:
    reading = Reading()
    with Archive.open(archive_dir) as archive:
        questions = _questions(archive, jobs, load_reference(at), reading)
    reading.sources = {question.id: question.captures for question in questions}
    reading.tables = question_tables(question_rows(each, due_date=question_due(each)) for each in questions)
    return reading


def question_of(archive: Archive, job: Job, at: ReferenceAt) -> Question | None:
    """The question of one job, None where its captures show none; raises ArchiveError, DatasetError."""
    found = _questions(archive, [job], load_reference(at), Reading())
    return found[0] if found else None


def _questions(archive: Archive, jobs: Sequence[Job], reference: Reference, reading: Reading) -> list[Question]:
    """The questions of the jobs that show one: all jobs go through a stage before the next, which is quicker."""
    captures = [[(ref, archive.read(ref)) for ref in job.revisions] for job in jobs]
    shown = [_shown(job, read_in, reading) for job, read_in in zip(jobs, captures, strict=True)]
    return with_figures([normalise(raw, reference) for job, raw in zip(jobs, shown, strict=True) if job.key and raw])


def _shown(job: Job, captures: Sequence[tuple[CaptureRef, Capture]], reading: Reading) -> list[RawQuestion]:
    """What the captures of a job say of its question; after a takedown without their texts."""
    shown = [*job.given, *_read_revisions(job, captures, reading)]
    raw = [each for each in shown if job.until is None or each.captured_at < job.until]
    return [without_texts(each) for each in raw] if any(each.taken_down for each in raw) else raw


def _read_shared(archive_dir: Path, jobs: Sequence[Job]) -> Reading:
    reading = Reading(tables=question_tables(()))
    with Archive.open(archive_dir) as archive:
        for job in jobs:
            captures = ((ref, archive.read(ref)) for ref in job.revisions)
            reading.raw += _read_revisions(job, captures, reading)
    return reading


def _read_revisions(
    job: Job, captures: Iterable[tuple[CaptureRef, Capture]], reading: Reading
) -> Iterator[RawQuestion]:
    """The readings of the captures; what could not be read counts only while its capture is current."""
    for ref, capture in captures:
        result = read(capture)
        reading.captures.add(ref.capture_id)
        if result.people:
            reading.people.append(result.people)
        if ref.capture_id in job.current:
            reading.quarantined += result.quarantined
            if ref.source in COLLECTED:
                reading.fill.add(result.questions, set_aside=bool(result.quarantined))
        shown = set(ref.questions)
        yield from (question for question in result.questions if question.key in shown)


def with_figures(questions: Sequence[Question]) -> list[Question]:
    """The questions with the figures that their texts state."""
    found = iter(extract_all([passage for question in questions for passage in _passages(question)]))
    return [question.model_copy(update={"figures": (*next(found), *next(found))}) for question in questions]


def _passages(question: Question) -> Iterator[Passage]:
    for text, section in ((question.question, Section.QUESTION), (question.answer, Section.ANSWER)):
        yield Passage(text or "", section, [table for table in question.tables if table.section == section])


def _blocks(jobs: Iterable[Job], size: int) -> Iterator[list[Job]]:
    remaining = iter(jobs)
    while block := list(islice(remaining, size)):
        yield block
