"""Archive → data version: captures of one term read, normalised, measured and committed.

Only what changed is read again: captures newer than the last build's, or everything when a parser, a registry or the
figure extractor changed; the change log then says that the change is ours and not the source's.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus

from pipelines.archive.archive import Archive
from pipelines.dataset.rows import Row, capture_row, quarantine_row, question_rows
from pipelines.dataset.store import Commit, Dataset, PartitionUpdate
from pipelines.delays.deadlines import question_due, rules_version
from pipelines.figures.extract import EXTRACTOR_VERSION, extract
from pipelines.normalise.question import normalise
from pipelines.normalise.registry import bundled_registry
from pipelines.parse.read import PARSER_VERSION, read
from schemas.capture import CaptureRef
from schemas.figure import Figure, Section
from schemas.identity import QuestionKey, TermKey
from schemas.quarantine import Quarantined
from schemas.question import Question, RawQuestion
from schemas.settings import Settings
from schemas.tables import UNPLACED

_SEQUENCE = "sequence"


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


@dataclass
class _Reading:
    """What the captures of a partition gave; `captures` are those that were read."""

    questions: list[Question] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    captures: set[str] = field(default_factory=set)


def partitions(settings: Settings) -> list[str]:
    """What the archive holds, by term; captures of no known term come first, since reading may place them."""
    with Archive.open(settings.archive_dir) as archive:
        unplaced = [UNPLACED] if any(map(is_page, archive.captures(term=None))) else []
        return unplaced + [str(term) for term in archive.terms()]


def refresh_questions(settings: Settings, partition: str, *, now: datetime) -> QuestionsReport:
    """Bring one partition of the dataset to the archive; raises ArchiveError, DatasetError."""
    dataset = Dataset.open(settings.dataset_dir)
    if partition == UNPLACED:
        _place(settings, now)
    term = None if partition == UNPLACED else TermKey.parse(partition)
    before = dataset.inputs(partition)
    inputs = _code_versions()
    same_code = all(before.get(name) == value for name, value in inputs.items())
    with Archive.open(settings.archive_dir) as archive:
        last = archive.last_sequence(term)
        refs = list(archive.captures(term=term))
        new = {ref.capture_id for ref in refs if ref.sequence > int(before.get(_SEQUENCE, 0))}
        wanted = new if same_code else {ref.capture_id for ref in refs}
        current = _current(archive, refs, partition)
        reading = _read(archive, refs, wanted, current)
    old_cause = _cause(before, inputs)
    causes = {q.id: "source" if new & set(q.captures) else old_cause for q in reading.questions}
    update = PartitionUpdate(
        changed=[question_rows(question, due_date=question_due(question)) for question in reading.questions],
        captures=[capture_row(ref, partition) for ref in refs],
        quarantine=_quarantine(dataset.quarantine(partition), partition, current, reading),
        causes=causes,
        inputs=inputs | {_SEQUENCE: str(last)},
    )
    return QuestionsReport(partition, len(reading.captures), dataset.commit({partition: update}, now=now))


def is_page(ref: CaptureRef) -> bool:
    """Whether the capture can show a question; a 404 is kept as the evidence of a number that is not there."""
    return ref.status == HTTPStatus.OK


def _code_versions() -> dict[str, str]:
    return {
        "parser": PARSER_VERSION,
        "extractor": EXTRACTOR_VERSION,
        "registry": bundled_registry().version,
        "deadlines": rules_version(),
    }


def _cause(before: dict[str, str], now: dict[str, str]) -> str:
    changed = {name for name, value in now.items() if before.get(name) != value}
    return "parser" if changed & {"parser", "extractor"} else "registry"


def _place(settings: Settings, now: datetime) -> None:
    """Name the captures that a better parser can read by now, or that an import was killed before naming."""
    with Archive.open(settings.archive_dir) as archive:
        found = [
            (ref.capture_id, question.key)
            for ref in filter(is_page, archive.captures(term=None))
            for question in read(archive.read(ref)).questions
        ]
    if found:
        with Archive.open_for_writing(settings.archive_dir, source="build", now=now) as writer:
            writer.assign_many(found)


def _current(archive: Archive, refs: Iterable[CaptureRef], partition: str) -> dict[str, str]:
    """The capture that each address shows now; a page that was refused at first may have come right in its term."""
    ordered = archive.captures() if partition == UNPLACED else sorted(refs, key=lambda ref: ref.sequence)
    return {ref.url: ref.capture_id for ref in ordered}


def _read(archive: Archive, refs: Iterable[CaptureRef], wanted: set[str], current: Mapping[str, str]) -> _Reading:
    """Read all revisions of each question that a wanted capture speaks of."""
    by_question: dict[QuestionKey | None, list[CaptureRef]] = {}
    for ref in filter(is_page, refs):
        by_question.setdefault(ref.question, []).append(ref)
    reading = _Reading()
    registry = bundled_registry()
    for key, revisions in by_question.items():
        if any(ref.capture_id in wanted for ref in revisions):
            raw = list(_read_revisions(archive, revisions, current, reading))
            if key is not None and raw:
                reading.questions.append(_with_figures(normalise(raw, registry)))
    return reading


def _read_revisions(
    archive: Archive, revisions: list[CaptureRef], current: Mapping[str, str], reading: _Reading
) -> Iterator[RawQuestion]:
    """The readings of the captures; what could not be read counts only while its capture is current."""
    for ref in revisions:
        result = read(archive.read(ref))
        reading.captures.add(ref.capture_id)
        if current[ref.url] == ref.capture_id:
            reading.quarantined += result.quarantined
        yield from (question for question in result.questions if question.key == ref.question)


def _with_figures(question: Question) -> Question:
    figures = (*_figures(question.question, Section.QUESTION), *_figures(question.answer, Section.ANSWER))
    return question.model_copy(update={"figures": figures})


def _figures(text: str | None, section: Section) -> tuple[Figure, ...]:
    return extract(text, section) if text else ()


def _quarantine(rows: list[Row], partition: str, current: Mapping[str, str], reading: _Reading) -> list[Row]:
    """The rows of captures that were not read again and are still current, and those of this reading."""
    kept = [
        row
        for row in rows
        if row["capture_id"] not in reading.captures and current.get(row["url"]) == row["capture_id"]
    ]
    return kept + [quarantine_row(each, partition) for each in reading.quarantined]
