"""Paths → archive: what `questarium import` does."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import TypeVar

from pipelines.archive.archive import Archive, ArchiveWriter
from pipelines.archive.bundles import Bundled
from pipelines.archive.readers import Imported, read_paths
from pipelines.archive.revisits import Revisits
from pipelines.archive.visits import Outcome, Visit, capture_id
from pipelines.archive.warc import digest_of
from pipelines.archive.web_archives import SkippedRecords, UnreadablePath, WebDocument, WebRevisit
from pipelines.flow.taking_down import take_down_again
from pipelines.parse.read import read
from schemas.capture import Capture, CaptureRef, Fetched
from schemas.identity import QuestionKey
from schemas.quarantine import Quarantined
from schemas.settings import Settings

_Item = TypeVar("_Item")
_GROUP_COMMIT = 64  # captures acknowledged together


@dataclass
class ImportReport:
    """What an import did; `quarantined` has one line for each thing set aside, whole or in part."""

    captures: int = 0
    new: int = 0
    taken_down: int = 0  # not taken: they show a question whose texts were taken down
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
        revisits = Revisits(archive)
        for group in _groups(read_paths(paths, now), _GROUP_COMMIT):
            report.unreadable += [each for each in group if isinstance(each, UnreadablePath)]
            report.skipped += [each for each in group if isinstance(each, SkippedRecords)]
            _import_documents(archive, group, revisits, report, on_progress)
        for met in _groups(revisits.resolve_waiting(), _GROUP_COMMIT):
            _import_group(archive, met, report, on_progress)
        report.skipped += revisits.unresolved()
    take_down_again(settings, report.questions, now=now)
    return report


def _import_documents(
    archive: ArchiveWriter,
    group: list[Imported],
    revisits: Revisits,
    report: ImportReport,
    on_progress: Callable[[str], None],
) -> None:
    """Archive the documents of the group, and then what its revisits met again."""
    documents = [each for each in group if isinstance(each, Fetched | WebDocument | Bundled)]
    gone = {each.question for each in archive.takedowns()}
    allowed = [each for each in documents if not (gone and _shows_only(gone, _fetched(each)))]
    report.taken_down += len(documents) - len(allowed)
    documents = [each for each in allowed if not (isinstance(each, Bundled) and _is_unchanged(archive, each, report))]
    visits = _import_group(archive, list(map(_fetched, documents)), report, on_progress)
    for document, visit in zip(documents, visits, strict=True):
        if isinstance(document, WebDocument):
            revisits.learn(document, visit)
    met = list(revisits.resolve([each for each in group if isinstance(each, WebRevisit)]))
    _import_group(archive, met, report, on_progress)


def _fetched(document: Fetched | WebDocument | Bundled) -> Fetched:
    return document if isinstance(document, Fetched) else document.fetched


def _shows_only(gone: set[QuestionKey], fetched: Fetched) -> bool:
    """Whether a document shows nothing but questions that were taken down."""
    shown = {question.key for question in read(_unsaved(fetched)).questions}
    return bool(shown) and shown <= gone


def _unsaved(fetched: Fetched) -> Capture:
    """The document as a capture that is nowhere yet."""
    said = fetched.model_dump(include={"source", "url", "media_type", "status"})
    nowhere = {"capture_id": "", "sequence": 0, "digest": "", "warc_file": "", "offset": 0, "length": 0}
    seen = {"first_seen": fetched.fetched_at, "last_seen": fetched.fetched_at}
    return Capture(ref=CaptureRef.model_validate(said | nowhere | seen), body=fetched.body)


def _import_group(
    archive: ArchiveWriter, group: list[Fetched], report: ImportReport, on_progress: Callable[[str], None]
) -> list[Visit]:
    """Archive the group, then name what its captures show; a group killed in between is named by the next build."""
    visits = archive.append_many(group)
    shown: list[tuple[str, set[QuestionKey]]] = []
    for visit in visits:
        on_progress(visit.ref.url)
        if visit.ref.taken_down:  # the very bytes of a file of many questions
            report.taken_down += 1
            continue
        result = read(archive.read(visit.ref))
        keys = {question.key for question in result.questions}
        shown += [(visit.ref.capture_id, keys)] if keys else []
        report.captures += 1
        report.new += visit.outcome != Outcome.UNCHANGED
        report.unchanged += visit.outcome == Outcome.UNCHANGED
        report.questions |= keys
        report.quarantined += result.quarantined
    archive.assign_many(shown)
    return visits


def _is_unchanged(archive: ArchiveWriter, bundled: Bundled, report: ImportReport) -> bool:
    """Whether the archive shows a document of a zip or tar file as it is; such a one costs nothing, and is counted."""
    fetched, digest = bundled.fetched, digest_of(bundled.fetched.body)
    known = archive.capture(capture_id(fetched.url, digest))
    if known is None or not known.questions or archive.digest_at(fetched.url) != digest:
        return False
    report.captures += 1
    report.unchanged += 1
    report.questions |= set(known.questions)
    return True


def _groups(items: Iterable[_Item], size: int) -> Iterator[list[_Item]]:
    remaining = iter(items)
    while group := list(islice(remaining, size)):
        yield group
