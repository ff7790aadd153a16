"""What was known by a day: questions rebuilt from the captures that had been made by its end.

A capture has the time it was made, also one that came much later in a web archive: so this axis tells what could be
known of the source by then, read with today's parsers and registries. A data version of then would tell what this house
had built by then, with the parsers of then; it stays readable by its name until it is pruned.
"""

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pipelines.archive.archive import Archive
from pipelines.dataset.manifest import Version
from pipelines.dataset.store import Dataset
from pipelines.flow.building import is_page, known_by, partitions, refresh_questions
from pipelines.flow.reading import Job, question_of
from pipelines.flow.reference import ReferenceAt
from pipelines.normalise.corrections import read_corrections
from schemas.identity import QuestionKey
from schemas.question import Question
from schemas.settings import Settings
from schemas.tables import UNPLACED

_PARIS: Final = ZoneInfo("Europe/Paris")
_KEPT: Final = 3  # days whose datasets are kept, the latest asked for


def end_of(day: date) -> datetime:
    """The moment a day ends in Paris, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), _PARIS).astimezone(UTC)


def question_known(settings: Settings, key: QuestionKey, day: date) -> Question | None:
    """The question as it was known at the end of that day, None where nothing of it had been captured.

    Raises ArchiveError, DatasetError.
    """
    until = end_of(day)
    with Archive.open(settings.archive_dir) as archive:
        refs = [ref for ref in archive.revisions(key) if known_by(ref, until) and is_page(ref)]
        corrections = read_corrections(settings.corrections_file)
        job = Job(key, tuple(refs), frozenset(), until=until)
        return question_of(archive, job, ReferenceAt.current(settings.dataset_dir, corrections))


def version_known(
    settings: Settings, day: date, terms: Sequence[str] | None = None, *, on_progress: Callable[[str], None]
) -> Version | None:
    """The questions as they were known at the end of that day, as a data version of their own.

    It is made once for a day and brought up to date when asked for again; `terms` are those that are needed. None
    where nothing had been captured. Raises ArchiveError, DatasetError, RefreshError.
    """
    folder = settings.known_dir / day.isoformat()
    dataset = Dataset.open(folder)
    for partition in partitions(settings):
        if terms is None or partition in (UNPLACED, *terms):
            refresh_questions(settings, partition, now=datetime.now(UTC), dataset=dataset, until=end_of(day))
            on_progress(partition)
    _keep_latest(settings, day)
    version = dataset.current
    return version if version and version.counts["questions"] else None


def _keep_latest(settings: Settings, day: date) -> None:
    """Drop the datasets of other days but the latest ones; they can be made again."""
    folder = settings.known_dir
    if not folder.is_dir():
        return
    (folder / day.isoformat()).touch()
    others = sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda path: path.stat().st_mtime)
    for path in others[:-_KEPT]:
        shutil.rmtree(path, ignore_errors=True)
