"""The draft: what a layout reader has found so far on one page, and what it could not read.

Readers only fill it. Identity, completeness and the frozen record are made from it in `read`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from schemas.identity import QuestionKey, QuestionType
from schemas.question import EventKind, PrintedAuthor, PrintedEvent
from schemas.text_table import TextTable


@dataclass(frozen=True)
class Problem:
    """A part that cannot be read: goes to quarantine as a part, the rest stands."""

    reason: str
    part: str
    detail: str


@dataclass
class Draft:
    """One question as far as it has been read; None means that the page has not shown it."""

    parliament: str = "fr-an"
    term: int | None = None
    type: QuestionType | None = None
    number: int | None = None
    term_day: date | None = None  # a day in its term, where the term itself is not said
    author: PrintedAuthor | None = None
    ministry_asked: str | None = None
    ministry_assigned: str | None = None
    ministry_answered: str | None = None
    rubric: str | None = None
    heading: str | None = None
    title: str | None = None
    question: str | None = None
    answer: str | None = None
    question_withheld: bool = False  # the page itself says that it has no text, or shows an empty one
    answer_withheld: bool = False
    tables: list[TextTable] = field(default_factory=list[TextTable])
    answered_with: list[QuestionKey] = field(default_factory=list[QuestionKey])
    events: list[PrintedEvent] = field(default_factory=list[PrintedEvent])
    problems: list[Problem] = field(default_factory=list[Problem])

    def add(self, event: PrintedEvent) -> None:
        """Add an event; what the page prints twice is one event."""
        if event not in self.events:
            self.events.append(event)

    def amend(self, event: PrintedEvent) -> None:
        """Put a fuller reading of the last event in its place."""
        self.events[-1] = event

    def report(self, reason: str, part: str, detail: str) -> None:
        """Set a part aside with its reason; the same report twice is one."""
        problem = Problem(reason, part, detail)
        if problem not in self.problems:
            self.problems.append(problem)

    def shows(self, *kinds: EventKind) -> bool:
        """Whether an event of one of these kinds was read."""
        return any(event.kind in kinds for event in self.events)

    def is_bare(self) -> bool:
        """Whether the page shows nothing of a question but, at most, its name: an empty template."""
        found: Iterable[object] = (
            self.question,
            self.answer,
            self.ministry_asked,
            self.ministry_assigned,
            self.ministry_answered,
            self.rubric,
            self.title,
        )
        return not self.events and not any(found)
