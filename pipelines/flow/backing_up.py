"""Backup and restore: the archive and the data versions together; the index is made again from them."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipelines.archive.archive import Archive
from pipelines.archive.backup import copy_archive
from pipelines.archive.lock import is_held
from pipelines.dataset.copying import copy_dataset
from schemas.errors import ArchiveError, ArchiveLockedError
from schemas.settings import Settings

_ARCHIVE, _DATASET = "archive", "dataset"


@dataclass(frozen=True)
class BackupReport:
    """What was copied; every byte of it was compared with the ledger and the manifests."""

    folder: Path
    captures: int
    records: int
    bytes: int
    data_versions: int


def back_up(settings: Settings, folder: Path, on_progress: Callable[[int, int], None] | None = None) -> BackupReport:
    """Copy archive and data versions to a new folder, while collecting and building may go on.

    Raises ArchiveError, DatasetError; a folder that was not finished is no backup, and has no archive in it.
    """
    return _copy(settings.archive_dir, settings.dataset_dir, folder / _ARCHIVE, folder / _DATASET, on_progress)


def restore(settings: Settings, folder: Path, on_progress: Callable[[int, int], None] | None = None) -> BackupReport:
    """Make archive and dataset of this data folder from a backup; what is there is never replaced.

    Raises ArchiveError, DatasetError.
    """
    if not (folder / _ARCHIVE).is_dir():
        raise ArchiveError(f"{folder}: is no backup: it has no folder '{_ARCHIVE}'")
    for path in (settings.archive_dir, settings.dataset_dir):
        if path.exists() and any(path.iterdir()):
            raise ArchiveError(f"{path}: is there already; move it away, then restore")
        if path.exists():
            path.rmdir()
    if is_held(folder / _ARCHIVE):
        raise ArchiveLockedError(f"{folder}: a process writes to it; wait until it has ended")
    settings.home.mkdir(parents=True, exist_ok=True)
    return _copy(folder / _ARCHIVE, folder / _DATASET, settings.archive_dir, settings.dataset_dir, on_progress)


def _copy(
    archive_from: Path,
    dataset_from: Path,
    archive_to: Path,
    dataset_to: Path,
    on_progress: Callable[[int, int], None] | None,
) -> BackupReport:
    """The archive last: where it is, the copy is whole."""
    versions = copy_dataset(dataset_from, dataset_to)
    try:
        report = copy_archive(archive_from, archive_to, on_progress)
    except BaseException:
        if versions:
            shutil.rmtree(dataset_to, ignore_errors=True)
        raise
    with Archive.open(archive_to) as archive:
        captures = archive.count_captures()
    return BackupReport(archive_to.parent, captures, report.records, report.bytes, versions)
