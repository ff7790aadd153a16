"""Archive → data version: captures of one term read, normalised, measured and committed.

Only what changed is read again: captures newer than the last build's, or everything when a parser, a registry or the
figure extractor changed; the change log then says that the change is ours and not the source's.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

from pipelines.archive.archive import Archive
from pipelines.dataset.people import people_rows, stored_people
from pipelines.dataset.rows import Row, capture_rows, quarantine_row
from pipelines.dataset.store import Commit, Dataset, PartitionUpdate
from pipelines.delays.deadlines import rules_version
from pipelines.figures.extract import EXTRACTOR_VERSION
from pipelines.flow.drift import noted
from pipelines.flow.reading import Job, Reading, read_jobs
from pipelines.flow.reference import ReferenceAt, load_reference
from pipelines.flow.taking_down import take_down_again
from pipelines.normalise.reference import bundled_reference
from pipelines.parse.read import PARSER_VERSION, read
from schemas.capture import CaptureRef
from schemas.identity import QuestionKey, TermKey
from schemas.settings import Settings
from schemas.tables import UNPLACED

_SEQUENCE = "sequence"
_TAKEDOWNS = "takedowns"


@dataclass
class QuestionsReport:
    """What a refresh of one partition did, for the run's page and the command line."""

    partition: str
    captures_read: int
    commit: Commit

    def metadata(self) -> dict[str, str | int]:
        """Flat values, one per line of the run's page."""
        done: dict[str, str | int] = {"data_version": self.commit.version.name, "captures_read": self.captures_read}
        return done | self.commit.counts(self.partition)


def partitions(settings: Settings) -> list[str]:
    """What the archive holds, by term; captures of no known term come first, since reading may place them."""
    with Archive.open(settings.archive_dir) as archive:
        unplaced = [UNPLACED] if any(map(is_page, archive.captures(term=None))) else []
        return unplaced + [str(term) for term in archive.terms()]


def refresh_questions(settings: Settings, partition: str, *, now: datetime) -> QuestionsReport:
    """Bring one partition of the dataset to the archive; raises ArchiveError, DatasetError."""
    dataset = Dataset.open(settings.dataset_dir)
    term = None if partition == UNPLACED else TermKey.parse(partition)
    reference = ReferenceAt.current(settings.dataset_dir)
    before = dataset.inputs(partition)
    inputs = _code_versions() | ({"members": load_reference(reference).members.version(term)} if term else {})
    same_code = all(before.get(name) == value for name, value in inputs.items())
    if term is None:
        _place(settings, now, after=int(before.get(_SEQUENCE, 0)) if same_code else 0)
    with Archive.open(settings.archive_dir) as archive:
        last = archive.last_sequence(term)
        refs = list(archive.captures(term=term))
        new = {ref.capture_id for ref in refs if ref.sequence > int(before.get(_SEQUENCE, 0))}
        wanted = new if same_code else {ref.capture_id for ref in refs}
        current = _current(archive, refs, partition)
        taken_down = sorted({str(each.question) for each in archive.takedowns(term)}) if term else []
    if taken_down and before.get(_TAKEDOWNS) != ",".join(taken_down):
        dataset.redact(taken_down)
    jobs = _jobs(refs, wanted, current, term)
    read = list(read_jobs(settings.archive_dir, jobs, workers=settings.workers, reference=reference))
    old_cause = _cause(before, inputs)
    sources = [source for each in read for source in each.sources.items()]
    update = PartitionUpdate(
        changed=(),
        tables=[each.tables for each in read],
        captures=[row for ref in refs for row in capture_rows(ref, partition)],
        quarantine=_quarantine(dataset.quarantine(partition), partition, current, read),
        causes={id_: "source" if new.intersection(captures) else old_cause for id_, captures in sources}
        | dict.fromkeys(taken_down, "correction"),
        people=_people(dataset, read) if term is None else None,
        inputs=inputs | {_SEQUENCE: str(last)} | noted(before, [each.fill for each in read]) | _known(taken_down),
    )
    captures_read = sum(len(each.captures) for each in read)
    return QuestionsReport(partition, captures_read, dataset.commit({partition: update}, now=now))


def _known(taken_down: Sequence[str]) -> dict[str, str]:
    return {_TAKEDOWNS: ",".join(taken_down)} if taken_down else {}


def is_page(ref: CaptureRef) -> bool:
    """Whether the capture can show a question: no 404, which is the evidence of a missing number, nor a tombstone's."""
    return ref.status == HTTPStatus.OK and not ref.taken_down


def _code_versions() -> dict[str, str]:
    return {
        "parser": PARSER_VERSION,
        "extractor": EXTRACTOR_VERSION,
        "registry": bundled_reference().version,
        "deadlines": rules_version(),
    }


def _cause(before: dict[str, str], now: dict[str, str]) -> str:
    changed = {name for name, value in now.items() if before.get(name) != value}
    return "parser" if changed & {"parser", "extractor"} else "registry"


def _people(dataset: Dataset, read: Sequence[Reading]) -> dict[str, list[Row]] | None:
    """The rows of people after what was read of them; None where nothing was."""
    found = [people for each in read for people in each.people]
    return people_rows(stored_people(dataset.current), found) if found else None


def _place(settings: Settings, now: datetime, *, after: int) -> None:
    """Name the captures that a better parser can read by now, or that an import was killed before naming.

    `after` is the sequence of the last one that this parser has seen.
    """
    with Archive.open(settings.archive_dir) as archive:
        refs = filter(is_page, archive.captures(term=None, after=after))
        read_now = [(ref.capture_id, {question.key for question in read(archive.read(ref)).questions}) for ref in refs]
    if found := [(capture_id, keys) for capture_id, keys in read_now if keys]:
        with Archive.open_for_writing(settings.archive_dir, source="build", now=now) as writer:
            writer.assign_many(found)
        take_down_again(settings, {key for _, keys in found for key in keys}, now=now)


def _current(archive: Archive, refs: Iterable[CaptureRef], partition: str) -> dict[str, str]:
    """The capture that each address shows now; a page that was refused at first may have come right in its term."""
    ordered = archive.captures() if partition == UNPLACED else sorted(refs, key=lambda ref: ref.sequence)
    return {ref.url: ref.capture_id for ref in ordered if not ref.taken_down}


def _jobs(refs: Iterable[CaptureRef], wanted: set[str], current: Mapping[str, str], term: TermKey | None) -> list[Job]:
    """All revisions of each question of the term that a wanted capture speaks of."""
    by_question: dict[QuestionKey | None, list[CaptureRef]] = {}
    for ref in filter(is_page, refs):
        for key in ref.questions or (None,):
            if key is None or key.term_key == term:
                by_question.setdefault(key, []).append(ref)
    alone = [(None, [ref]) for ref in by_question.pop(None, [])]  # captures of no question have no revisions
    return [
        Job(key, tuple(revisions), frozenset(current[ref.url] for ref in revisions))
        for key, revisions in [*alone, *by_question.items()]
        if any(ref.capture_id in wanted for ref in revisions)
    ]


def _quarantine(rows: list[Row], partition: str, current: Mapping[str, str], reading: Sequence[Reading]) -> list[Row]:
    """The rows of captures that were not read again and are still current, and those of this reading."""
    read_again = {capture for each in reading for capture in each.captures}
    kept = [row for row in rows if row["capture_id"] not in read_again and current.get(row["url"]) == row["capture_id"]]
    return kept + [quarantine_row(set_aside, partition) for each in reading for set_aside in each.quarantined]
