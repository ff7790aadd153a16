"""Archive → data version: captures of one term read, normalised, measured and committed.

Only what changed is read again: captures newer than the last build's, or everything when a parser, a registry or the
figure extractor changed; the change log then says that the change is ours and not the source's.
"""

import json
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
from pipelines.normalise.corrections import read_corrections, versions_of
from pipelines.normalise.reference import bundled_reference
from pipelines.parse.read import PARSER_VERSION, read
from schemas.capture import CaptureRef
from schemas.correction import Correction
from schemas.identity import QuestionKey, TermKey
from schemas.settings import Settings
from schemas.tables import UNPLACED
from schemas.tombstone import TOMBSTONE_TYPE

_SEQUENCE = "sequence"
_TAKEDOWNS = "takedowns"
_CORRECTIONS = "corrections"


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


def refresh_after_members(settings: Settings, partition: str, *, now: datetime) -> QuestionsReport:
    """Bring one partition up, and before it what belongs to no term: files of members tell who asked its questions.

    Raises ArchiveError, DatasetError, RefreshError, UsageError.
    """
    if partition != UNPLACED and UNPLACED in partitions(settings):
        refresh_questions(settings, UNPLACED, now=now)
    return refresh_questions(settings, partition, now=now)


def refresh_questions(
    settings: Settings,
    partition: str,
    *,
    now: datetime,
    dataset: Dataset | None = None,
    until: datetime | None = None,
) -> QuestionsReport:
    """Bring one partition of the dataset to the archive.

    Args:
        settings: where the archive and the dataset are.
        partition: the term, or `unplaced`.
        now: the time of the new data version.
        dataset: another dataset than that of the settings.
        until: only what had been captured before that moment.

    Raises:
        ArchiveError, DatasetError: one of them cannot be read or written.
    """
    target = dataset or Dataset.open(settings.dataset_dir)
    term = None if partition == UNPLACED else TermKey.parse(partition)
    corrections = [each for each in read_corrections(settings.corrections_file) if _is_of(each, partition)]
    reference = ReferenceAt.current(target.root, corrections)
    before = target.inputs(partition)
    inputs = _code_versions() | ({"members": load_reference(reference).members.version(term)} if term else {})
    same_code = all(before.get(name) == value for name, value in inputs.items())
    read_before = int(before.get(_SEQUENCE, 0)) if same_code else 0
    if term is None and until is None:
        _place(settings, now, after=read_before)
    captured = _captured(settings, partition, term, until)
    new = {ref.capture_id for ref in captured.refs if ref.sequence > int(before.get(_SEQUENCE, 0))}
    reviewed = _reviewed(before, corrections)
    wanted = {ref.capture_id for ref in captured.refs if ref.sequence > read_before or reviewed & _shown(ref)}
    if captured.taken_down and before.get(_TAKEDOWNS) != captured.takedowns:
        target.redact(captured.taken_down)
    jobs = _jobs(captured, wanted, term, until)
    read = list(read_jobs(settings.archive_dir, jobs, workers=settings.workers, reference=reference))
    reached = inputs | captured.inputs | _corrections_noted(corrections) | noted(before, [each.fill for each in read])
    causes = _causes(read, new, _cause(before, inputs)) | dict.fromkeys((*captured.taken_down, *reviewed), "correction")
    update = _update(target, partition, captured, read, causes=causes, inputs=reached)
    captures_read = sum(len(each.captures) for each in read)
    return QuestionsReport(partition, captures_read, target.commit({partition: update}, now=now))


def _causes(read: Sequence[Reading], new: set[str], otherwise: str) -> dict[str, str]:
    """Why each question that was read may have changed: a new capture of it, or what we read it by."""
    sources = [source for each in read for source in each.sources.items()]
    return {id_: "source" if new.intersection(captures) else otherwise for id_, captures in sources}


def _is_of(correction: Correction, partition: str) -> bool:
    return str(QuestionKey.parse(correction.question).term_key) == partition


def _corrections_noted(corrections: Iterable[Correction]) -> dict[str, str]:
    noted = versions_of(corrections)
    return {_CORRECTIONS: json.dumps(noted, sort_keys=True)} if noted else {}


def _reviewed(before: Mapping[str, str], corrections: Iterable[Correction]) -> set[str]:
    """The questions whose corrections came, changed or went since the last build: these alone are read again."""
    was: dict[str, str] = json.loads(before.get(_CORRECTIONS, "{}"))
    now = versions_of(corrections)
    return {question for question in was.keys() | now.keys() if was.get(question) != now.get(question)}


def _shown(ref: CaptureRef) -> set[str]:
    return {str(key) for key in ref.questions}


@dataclass(frozen=True)
class _Captured:
    """What the archive has of a partition; `current` is the capture that each address shows."""

    refs: list[CaptureRef]
    current: dict[str, str]
    taken_down: list[str]
    last: int

    @property
    def takedowns(self) -> str:
        return ",".join(self.taken_down)

    @property
    def inputs(self) -> dict[str, str]:
        return {_SEQUENCE: str(self.last)} | ({_TAKEDOWNS: self.takedowns} if self.taken_down else {})


def _captured(settings: Settings, partition: str, term: TermKey | None, until: datetime | None) -> _Captured:
    with Archive.open(settings.archive_dir) as archive:
        refs = [ref for ref in archive.captures(term=term) if known_by(ref, until)]
        return _Captured(
            refs=refs,
            current=_current(archive, refs, partition, until),
            taken_down=sorted({str(each.question) for each in archive.takedowns(term)}) if term else [],
            last=archive.last_sequence(term),
        )


def known_by(ref: CaptureRef, until: datetime | None) -> bool:
    """Whether a capture was made before a moment; the one that stands for what was taken down is of no time."""
    return until is None or ref.first_seen < until or ref.media_type == TOMBSTONE_TYPE


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


def _current(archive: Archive, refs: Iterable[CaptureRef], partition: str, until: datetime | None) -> dict[str, str]:
    """The capture that each address shows now; a page that was refused at first may have come right in its term."""
    every = partition == UNPLACED and until is None
    ordered = archive.captures() if every else sorted(refs, key=lambda ref: ref.sequence)
    return {ref.url: ref.capture_id for ref in ordered if not ref.taken_down}


def _update(
    target: Dataset,
    partition: str,
    captured: _Captured,
    read: Sequence[Reading],
    *,
    causes: Mapping[str, str],
    inputs: Mapping[str, str],
) -> PartitionUpdate:
    """What a commit takes of the readings; files of members belong to no term."""
    return PartitionUpdate(
        changed=(),
        tables=[each.tables for each in read],
        captures=[row for ref in captured.refs for row in capture_rows(ref, partition)],
        quarantine=_quarantine(target.quarantine(partition), partition, captured.current, read),
        causes=causes,
        inputs=inputs,
        people=_people(target, read) if partition == UNPLACED else None,
    )


def _jobs(captured: _Captured, wanted: set[str], term: TermKey | None, until: datetime | None) -> list[Job]:
    """All revisions of each question of the term that a wanted capture speaks of."""
    by_question: dict[QuestionKey | None, list[CaptureRef]] = {}
    for ref in filter(is_page, captured.refs):
        for key in ref.questions or (None,):
            if key is None or key.term_key == term:
                by_question.setdefault(key, []).append(ref)
    alone = [(None, [ref]) for ref in by_question.pop(None, [])]  # captures of no question have no revisions
    return [
        Job(key, tuple(revisions), frozenset(captured.current[ref.url] for ref in revisions), until=until)
        for key, revisions in [*alone, *by_question.items()]
        if any(ref.capture_id in wanted for ref in revisions)
    ]


def _quarantine(rows: list[Row], partition: str, current: Mapping[str, str], reading: Sequence[Reading]) -> list[Row]:
    """The rows of captures that were not read again and are still current, and those of this reading."""
    read_again = {capture for each in reading for capture in each.captures}
    kept = [row for row in rows if row["capture_id"] not in read_again and current.get(row["url"]) == row["capture_id"]]
    return kept + [quarantine_row(set_aside, partition) for each in reading for set_aside in each.quarantined]
