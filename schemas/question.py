"""Questions: as a source prints them (`RawQuestion`) and as the archive keeps them (`Question`)."""

from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from pydantic import computed_field

from schemas.comparison import Comparison, Disagreement
from schemas.correction import AppliedCorrection
from schemas.figure import Figure
from schemas.identity import QuestionKey, QuestionType
from schemas.record import Record
from schemas.text_table import TextTable

Day: TypeAlias = date
"""A day, in records with a field of that name."""


class EventKind(StrEnum):
    """What can happen to a question."""

    PUBLISHED = "published"
    ANSWERED = "answered"
    HOLDING = "holding"  # an answer that announces an answer: stops no clock
    REASSIGNED = "reassigned"
    RENEWED = "renewed"
    SIGNALLED = "signalled"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CONVERTED = "converted"
    RECALLED = "recalled"
    CLOSED_OTHER = "closed_other"


class Status(StrEnum):
    """Where a question stands; derived from its events."""

    PENDING = "pending"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CONVERTED = "converted"
    CLOSED_OTHER = "closed_other"


CLOSING: dict[EventKind, Status] = {
    EventKind.ANSWERED: Status.ANSWERED,
    EventKind.WITHDRAWN: Status.WITHDRAWN,
    EventKind.LAPSED: Status.LAPSED,
    EventKind.CONVERTED: Status.CONVERTED,
    EventKind.CLOSED_OTHER: Status.CLOSED_OTHER,
}
"""The events that close a question, strongest first: an answer counts although the mandate ended later."""


class ReassignmentCause(StrEnum):
    """Why a question went to another ministry."""

    TRANSFER = "transfer"
    NEW_GOVERNMENT = "new_government"
    UNKNOWN = "unknown"  # the source does not show it


class PrintedEvent(Record):
    """An event as a source prints it: the label's meaning is known, the date is read, nothing is derived.

    `related` is the other question, as printed (a recalled number, the oral question it became); `ministry` the label
    of the ministry it went to, where the source shows it, and `ministry_ref` the source's id of it; `corrects` is
    `question` or `answer` for an erratum. `issue` and `issue_type` are the number of the JO and its edition
    (JO_QUESTION, JO_LOI_DECRET, JO_DEBAT), `nor` the reference of a text in it. `deposited` is the day a signalling was
    handed in, before the JO mentioned it.
    """

    kind: EventKind
    date: date | None
    page: int | None = None
    reason: str | None = None
    corrects: str | None = None
    ministry: str | None = None
    related: str | None = None
    ministry_ref: str | None = None
    issue: int | None = None
    issue_type: str | None = None
    nor: str | None = None
    deposited: Day | None = None


class PrintedAuthor(Record):
    """The asker as printed, split into its parts and not yet put in order; the ids are the source's own."""

    name: str | None  # without the civilité; None where the source has the person's id alone
    civility: str | None = None
    group: str | None = None
    constituency: str | None = None
    surname_first: bool = False
    source_id: str | None = None
    mandate_id: str | None = None
    group_id: str | None = None
    group_abbreviation: str | None = None


class RawQuestion(Record):
    """One question as one capture prints it: the output of every parser.

    None means that the source does not show it. Texts are plain text: paragraphs separated by one line break, runs
    of white space folded. `partial` says that a part was quarantined or cut off, `taken_down` that its texts were
    removed for good.
    """

    key: QuestionKey
    capture_id: str
    captured_at: datetime
    url: str
    format: str  # the parser that read it, such as `an_html_c`
    author: PrintedAuthor | None = None
    ministry_asked: str | None = None
    ministry_assigned: str | None = None
    ministry_answered: str | None = None
    rubric: str | None = None
    heading: str | None = None
    title: str | None = None
    events: tuple[PrintedEvent, ...] = ()
    question: str | None = None
    answer: str | None = None
    tables: tuple[TextTable, ...] = ()  # those of the question's text first
    answered_with: tuple[QuestionKey, ...] = ()  # the other questions of a joint answer, where the source joins them
    source_id: str | None = None
    term_inferred: bool = False
    partial: bool = False
    taken_down: bool = False


class Author(Record):
    """The asker: name in reading order, group and constituency as shown by the source.

    The name is None where no source shows more than the person's id.
    """

    name: str | None
    civility: str | None = None
    group: str | None = None
    constituency: str | None = None
    source_id: str | None = None


class Attribution(Record):
    """One ministry in charge, from a day on; the first is the ministry asked, and has no cause."""

    ministry: str | None
    ministry_id: str | None
    date: date | None
    cause: ReassignmentCause | None = None


class Event(Record):
    """One event with both times: `date` is when the JO says it happened, `known_at` when we first captured it."""

    kind: EventKind
    date: date | None
    page: int | None = None
    cause: ReassignmentCause | None = None
    reason: str | None = None
    corrects: str | None = None
    related: str | None = None
    capture_id: str
    known_at: datetime


class Question(Record):
    """One question with its history: the record that every later stage works on.

    `events` are ordered by date (undated last), `attributions` from the ministry asked to the last assigned.
    """

    key: QuestionKey
    source_id: str | None
    source_url: str
    author: Author | None
    ministry_asked: str | None
    ministry_asked_id: str | None
    ministry_answered: str | None
    ministry_answered_id: str | None
    attributions: tuple[Attribution, ...]
    rubric: str | None
    heading: str | None
    title: str | None
    events: tuple[Event, ...]
    question: str | None
    answer: str | None
    tables: tuple[TextTable, ...] = ()
    figures: tuple[Figure, ...] = ()
    answered_with: tuple[str, ...] = ()  # ids of the other questions of a joint answer, where a source joins them
    comparisons: tuple[Comparison, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    corrections: tuple[AppliedCorrection, ...] = ()  # reviewed ones, in the order of their file
    flags: tuple[str, ...] = ()  # `partial`, `taken_down`, `term_inferred`, `unknown_ministry`, `dates_out_of_order`, …
    captures: tuple[str, ...]  # ids of the captures it was read from, newest first

    @property
    def id(self) -> str:
        """The stable id, such as `fr-an-15-QE-12526`."""
        return str(self.key)

    @property
    def type(self) -> QuestionType:
        """The procedure."""
        return self.key.type

    @computed_field  # type: ignore[prop-decorator]
    @property
    def status(self) -> Status:
        """Derived from the events: the first closing kind present, in the order of `CLOSING`."""
        kinds = {event.kind for event in self.events}
        return next((status for kind, status in CLOSING.items() if kind in kinds), Status.PENDING)

    @property
    def ministry_assigned(self) -> str | None:
        """The last ministry in charge."""
        return self.attributions[-1].ministry if self.attributions else None

    @property
    def ministry_assigned_id(self) -> str | None:
        """Its stable id."""
        return self.attributions[-1].ministry_id if self.attributions else None

    def first(self, kind: EventKind) -> Event | None:
        """The first event of that kind, if any."""
        return next((event for event in self.events if event.kind == kind), None)

    @property
    def closed_date(self) -> date | None:
        """The day of the event that gave the question its status; None while pending, or where the source has none."""
        kind = next((kind for kind, status in CLOSING.items() if status == self.status), None)
        return next(iter(self.dates(kind)), None) if kind else None

    def dates(self, kind: EventKind) -> tuple[date, ...]:
        """The known dates of the events of that kind, oldest first."""
        return tuple(event.date for event in self.events if event.kind == kind and event.date is not None)
