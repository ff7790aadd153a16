"""How the Assemblée's pages print the parts of a question: names, procedures, dated lines; one place for all layouts.

Labels and their spacing are those of real pages' visible texts: a space before the colon of the first labels, none
before the colon of the last. What a page has no label for is not printed.
"""

from dataclasses import dataclass
from datetime import date

from questarium.replica.corpus import SyntheticQuestion
from schemas.identity import QuestionType
from schemas.question import EventKind, PrintedAuthor, PrintedEvent, RawQuestion

PROCEDURES = {
    QuestionType.QE: "Question écrite",
    QuestionType.QG: "Question au Gouvernement",
    QuestionType.QOSD: "Question orale sans débat",
}
_LABELS = {
    EventKind.PUBLISHED: "Question publiée au JO le :",
    EventKind.ANSWERED: "Réponse publiée au JO le :",
    EventKind.WITHDRAWN: "Question retirée le:",
    EventKind.LAPSED: "Question retirée le:",
    EventKind.CONVERTED: "Question retirée le:",
    EventKind.CLOSED_OTHER: "Question retirée le:",
    EventKind.REASSIGNED: "Date de changement d'attribution:",
    EventKind.SIGNALLED: "Date de signalement:",
    EventKind.RENEWED: "Date de renouvellement:",
}
_CORRECTED = {"question": "Erratum de la question publié", "answer": "Erratum de la réponse publié"}
# layout D has words of its own for the first two
_DYN_LABELS = _LABELS | {EventKind.PUBLISHED: "Question publiée le", EventKind.ANSWERED: "Réponse publiée le"}
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


Printed = SyntheticQuestion | RawQuestion
"""A question that can be printed: a synthetic one, or what a parser has read."""


@dataclass(frozen=True)
class DateLine:
    """One dated line of a head: label, day, page of the JO, motive."""

    label: str
    date: str
    page: int | None
    reason: str | None


def date_lines(question: Printed) -> list[DateLine]:
    """The dated lines of layouts A, B and C, days in figures."""
    return [
        DateLine(label, french(event.date), event.page, event.reason)
        for event in question.events
        if (label := _label(event, _LABELS, "au JO le :"))
    ]


def dyn_date_lines(question: Printed) -> list[DateLine]:
    """The dated lines of layout D: days in words, no page; a lapse is printed apart, as a closing."""
    return [
        DateLine(label, in_words(event.date), None, event.reason)
        for event in question.events
        if event.kind != EventKind.LAPSED and (label := _label(event, _DYN_LABELS, "le"))
    ]


def _label(event: PrintedEvent, labels: dict[EventKind, str], published: str) -> str | None:
    if event.kind == EventKind.CORRECTED:
        return f"{_CORRECTED[event.corrects or 'question']} {published}"
    return labels.get(event.kind)


def french(day: date | None) -> str:
    """02/10/2018; nothing for an event without a day."""
    return f"{day:%d/%m/%Y}" if day else ""


def in_words(day: date | None) -> str:
    """1er février 2022; nothing for an event without a day."""
    return f"{day.day}{'er' if day.day == 1 else ''} {_MONTHS[day.month - 1]} {day.year}" if day else ""


def surname_first(author: PrintedAuthor) -> str:
    """`Val Ada` for Ada Val: the first word is the first name."""
    first, _, surname = (author.name or "").partition(" ")
    return f"{surname} {first}".strip() if not author.surname_first else author.name or ""
