"""A copy of the archive that is whole at one moment, and an archive made from such a copy.

Writers need not stop: the ledger is copied by SQLite as it is at one moment, and of each WARC file, which only grows,
as many bytes as that ledger knows. The copy is verified, every byte of it, before it gets its name.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pipelines.archive import files
from pipelines.archive.ledger import LEDGER, Ledger
from pipelines.archive.verify import VerifyReport, verify
from schemas.errors import ArchiveDamagedError, ArchiveError

_CHUNK = 1 << 20

Progress = Callable[[int, int], None]
"""Told how many bytes are done, of how many."""


def copy_archive(root: Path, target: Path, on_progress: Progress | None = None) -> VerifyReport:
    """Copy the archive below `root` to a folder that is not there yet, and verify the copy.

    Raises:
        ArchiveError: there is no archive, or the folder is there, or cannot be written.
        ArchiveDamagedError: the copy is not sound: the archive is damaged, or a takedown ran meanwhile.
    """
    if not (root / LEDGER).exists():
        raise ArchiveError(f"{root}: there is no archive to copy")
    if target.exists():
        raise ArchiveError(f"{target}: is there already; name another folder, or move it away")
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    files.make_folders(partial)
    try:
        _copy_ledger(root / LEDGER, partial / LEDGER)
        _copy_files(root, partial, on_progress)
        report = verify(partial)
        if not report.sound:
            raise ArchiveDamagedError(
                f"{target}: not made, since its copy is not sound ({report.problems[0]}); verify the archive, and do "
                "not take down questions while it is copied"
            )
        partial.rename(target)
    except OSError as error:
        raise files.explain(error, Path(error.filename or target)) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    files.sync_folder(target.parent)
    return report


def _copy_ledger(source: Path, target: Path) -> None:
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as old,
            closing(sqlite3.connect(target)) as new,
        ):
            old.backup(new)
    except sqlite3.Error as error:
        raise ArchiveError(f"{source}: cannot be copied to {target} ({error})") from error
    _sync(target)


def _copy_files(root: Path, copy: Path, on_progress: Progress | None) -> None:
    """Of each file, what the copied ledger knows; what follows was being written."""
    ledger = Ledger.open_reading(copy)
    try:
        sizes: dict[str, int] = dict(ledger.rows("SELECT name, size FROM warc_files ORDER BY name"))
    finally:
        ledger.close()
    done = 0
    for name, size in sizes.items():
        with (root / files.WARC_FOLDER / name).open("rb") as old, (copy / files.WARC_FOLDER / name).open("wb") as new:
            left = size
            while left and (part := old.read(min(left, _CHUNK))):
                new.write(part)
                left -= len(part)
                done += len(part)
                if on_progress is not None:
                    on_progress(done, sum(sizes.values()))
            new.flush()
            os.fsync(new.fileno())
    files.sync_folder(copy / files.WARC_FOLDER)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
