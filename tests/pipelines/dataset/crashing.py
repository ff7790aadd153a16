"""A commit that meets a fault at a chosen moment; run in a process of its own by the tests of crashes.

A moment is the k-th call by which the disk is changed: fsync, rename, making a folder, removing a file.
"""

import os
import resource
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from schemas.errors import DatasetError
from tests.pipelines.dataset.made import ANSWERED, DUE, NOW, PUBLISHED, TERM, a_capture, numbered, set_aside, updated
from tests.records import a_question

CALLS = ("fsync", "replace", "mkdir", "unlink")
REFUSED, DONE = 4, 0  # exit codes of the child


def first() -> dict[str, PartitionUpdate]:
    """The commit that makes version 1."""
    return {TERM: updated(numbered(1, 2, 3), captures=[a_capture(1)], inputs={"sequence": "1"})}


def second() -> dict[str, PartitionUpdate]:
    """The commit that makes version 2, in two partitions."""
    changed = [*numbered(2, title="Autre"), a_question(3, PUBLISHED, ANSWERED, answer="Oui."), *numbered(4)]
    loose = PartitionUpdate([], [a_capture(7, "unplaced")], [set_aside(7, "unplaced")])
    return {TERM: updated(changed, captures=[a_capture(1), a_capture(2)], inputs={"sequence": "2"}), "unplaced": loose}


def killed(root: Path, moment: int) -> None:
    """Commit the second version; at the moment the process is gone, as by kill -9."""
    _at(moment, lambda: os.kill(os.getpid(), signal.SIGKILL))
    Dataset.open(root).commit(second(), now=NOW)


def failing(root: Path, moment: int, code: int) -> None:
    """Commit the second version; at the moment the disk answers with that error, and from then on too."""
    _at(moment, lambda: _fail(code))
    _exit_as_it_ends(root)


def out_of_room(root: Path, size: int) -> None:
    """Commit the second version where no file may grow beyond the size."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    _exit_as_it_ends(root)


def writing_on(root: Path, versions: int) -> None:
    """Commit many versions one after the other, each with one mark in every table, and prune behind."""
    dataset = Dataset.open(root)
    for mark in range(2, versions + 1):
        commit_marked(dataset, mark)
        if mark % 5 == 0:
            dataset.prune(keep=4)


def commit_marked(dataset: Dataset, mark: int) -> None:
    """A version in which titles, texts, pages and captures all carry the same number."""
    asked = numbered(*range(1, 30), title=str(mark), question=str(mark))
    rows = [question_rows(each, due_date=DUE) for each in asked]
    for each in rows:
        each["events"][0]["page"] = mark
    captures = [a_capture(number, offset=mark) for number in range(1, 30)]
    dataset.commit({TERM: PartitionUpdate(rows, captures, [])}, now=NOW)


def _exit_as_it_ends(root: Path) -> None:
    try:
        Dataset.open(root).commit(second(), now=NOW)
    except DatasetError:
        os._exit(REFUSED)
    os._exit(DONE)


def _at(moment: int, fault: Callable[[], None]) -> None:
    """Let the fault strike instead of the k-th call, and of every later one."""
    calls = iter(range(1, 10**6))

    def wrapped(call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            if next(calls) >= moment:
                fault()
            return call(*arguments, **options)

        return counted

    for name in CALLS:
        setattr(os, name, wrapped(getattr(os, name)))


def _fail(code: int) -> None:
    raise OSError(code, os.strerror(code))
