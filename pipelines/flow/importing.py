"""Paths → archive: what `questarium import` does."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from pipelines.archive.archive import Archive, ArchiveWriter
from pipelines.archive.readers import read_paths
from pipelines.archive.visits import Outcome
from pipelines.archive.web_archives import SkippedRecords, UnreadablePath
from pipelines.parse.read import read
from schemas.capture import Fetched
from schemas.identity import QuestionKey
from schemas.quarantine import Quarantined
from schemas.settings import Settings

_Item = Fetched | UnreadablePath | SkippedRecords
_GROUP_COMMIT = 64  # captures acknowledged together


@dataclass
class ImportReport:
    """What an import did; `quarantined` has one line for each thing set aside, whole or in part."""

    captures: int = 0
    new: int = 0
    unchanged: int = 0
    questions: set[QuestionKey] = field(default_factory=set)
    quarantined: list[Quarantined] = field(default_factory=list)
    unreadable: list[UnreadablePath] = field(default_factory=list)
    skipped: list[SkippedRecords] = field(default_factory=list)  # no documents: requests, images, redirects

    @property
    def complete(self) -> bool:
        """Nothing was set aside."""
        return not self.quarantined and not self.unreadable


def import_paths(
    settings: Settings, paths: Sequence[Path], *, now: datetime, on_progress: Callable[[str], None]
) -> ImportReport:
    """Take files, folders and web archives into the archive, and learn from each which question it shows.

    Bytes that nobody can read are archived too: a better parser may read them one day. Raises ArchiveError.
    """
    report = ImportReport()
    with Archive.open_for_writing(settings.archive_dir, source="import", now=now) as archive:
        for group in _groups(read_paths(paths, now), _GROUP_COMMIT):
            report.unreadable += [each for each in group if isinstance(each, UnreadablePath)]
            report.skipped += [each for each in group if isinstance(each, SkippedRecords)]
            _import_group(archive, [each for each in group if isinstance(each, Fetched)], report, on_progress)
    return report


def _import_group(
    archive: ArchiveWriter, group: list[Fetched], report: ImportReport, on_progress: Callable[[str], None]
) -> None:
    """Archive the group, then name what its captures show; a group killed in between is named by the next build."""
    for visit in archive.append_many(group):
        on_progress(visit.ref.url)
        result = read(archive.read(visit.ref))
        keys = {question.key for question in result.questions}
        archive.assign_many([(visit.ref.capture_id, keys)] if keys else [])
        report.captures += 1
        report.new += visit.outcome != Outcome.UNCHANGED
        report.unchanged += visit.outcome == Outcome.UNCHANGED
        report.questions |= keys
        report.quarantined += result.quarantined


def _groups(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    remaining = iter(items)
    while group := list(islice(remaining, size)):
        yield group
