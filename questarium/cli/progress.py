"""Progress of long work, on standard error and only where a person looks on."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from pipelines.archive.archive import Archive
from questarium.cli.output import err
from schemas.identity import TermKey


def _bar() -> Progress:
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    return Progress(*columns, console=err, transient=True, disable=not err.is_terminal)


@contextmanager
def counting(what: str, total: int | None = None) -> Iterator[Callable[[str], None]]:
    """A bar that moves by one with each call; the argument names the piece of work that is done."""
    with _bar() as bar:
        task = bar.add_task(what, total=total)

        def advance(name: str) -> None:
            bar.update(task, advance=1, description=f"{what} {name[-50:]}")

        yield advance


@contextmanager
def measuring(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar that is told how much of how much is done."""
    with _bar() as bar:
        task = bar.add_task(what, total=None)

        def at(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        yield at


@contextmanager
def watching_ledger(archive_dir: Path, term: TermKey, every_s: float = 0.5) -> Iterator[None]:
    """A bar that follows the ledger while another process collects the term."""
    done = threading.Event()
    with _bar() as bar:
        task = bar.add_task(f"collecting {term}", total=None)

        def follow() -> None:
            while not done.wait(every_s):
                with Archive.open(archive_dir) as archive:
                    counts = archive.counts(term)
                final = counts.final + counts.failed
                bar.update(task, completed=final, total=(final + counts.pending) or None)

        watcher = threading.Thread(target=follow, daemon=True)
        if err.is_terminal:
            watcher.start()
        try:
            yield
        finally:
            done.set()
            if watcher.is_alive():
                watcher.join()
