"""Pages of the Assemblée's site, rendered from synthetic questions: layout C, the search results, notices.

*Reconstructed*: no raw page was at hand. The tags are those that five independent public parsers select, the labels
and their spacing those of a real page's visible text: a space before the colon of the first labels, none before the
colon of the last. What stands around them (head, menu, footer) is ours.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from jinja2 import Environment, PackageLoader, Template

from questarium.replica.corpus import SyntheticQuestion
from schemas.question import EventKind, PrintedEvent

PAGE_SIZE = 20
"""Rows of one page of search results."""

_LABELS = {
    EventKind.PUBLISHED: "Question publiée au JO le :",
    EventKind.ANSWERED: "Réponse publiée au JO le :",
    EventKind.WITHDRAWN: "Question retirée le:",
    EventKind.LAPSED: "Question retirée le:",
    EventKind.REASSIGNED: "Date de changement d'attribution:",
    EventKind.SIGNALLED: "Date de signalement:",
    EventKind.RENEWED: "Date de renouvellement:",
}
_ERRATA = {
    "question": "Erratum de la question publié au JO le :",
    "answer": "Erratum de la réponse publié au JO le :",
}
# "18 000", "45 %": the blank is one that does not break.
_UNBROKEN = re.compile(r"(?<=\d) (?=\d{3}\b|%)")


@dataclass(frozen=True)
class _DateLine:
    label: str
    date: str
    page: int | None
    reason: str | None


def question_page(question: SyntheticQuestion) -> bytes:
    """The page of one question, UTF-8."""
    return _render(
        "question.html",
        q=question,
        dates=[_date_line(event) for event in question.events],
        question=paragraphs(question.question),
        answer=paragraphs(question.answer) if question.answer else [],
    )


def question_path(question: SyntheticQuestion) -> str:
    """Where the site has that page."""
    key = question.key
    return f"/q{key.term}/{key.term}-{key.number}{key.type}.htm"


def listing_path(term: int, offset: int) -> str:
    """Where the site has the search results from that row on."""
    return f"/recherche/resultats_questions/{term}/(offset)/{offset}"


def listing_page(rows: Sequence[SyntheticQuestion], *, term: int, total: int, offset: int) -> bytes:
    """One page of search results, newest number first, UTF-8."""
    return _render(
        "listing.html",
        questions=rows,
        links=[question_path(question) for question in rows],
        dates=[(_french(question.published), _answered(question)) for question in rows],
        total=total,
        previous=listing_path(term, max(0, offset - PAGE_SIZE)) if offset else None,
        next=listing_path(term, offset + PAGE_SIZE) if offset + len(rows) < total else None,
    )


def notice_page(heading: str, sentence: str) -> bytes:
    """A page that says one thing: not found, maintenance, access refused."""
    return _render("notice.html", heading=heading, sentence=sentence)


def _date_line(event: PrintedEvent) -> _DateLine:
    label = _ERRATA[event.corrects] if event.corrects else _LABELS[event.kind]
    return _DateLine(label, _french(event.date), event.page, event.reason)


def _answered(question: SyntheticQuestion) -> str:
    return next((_french(event.date) for event in question.events if event.kind is EventKind.ANSWERED), "")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, with the blanks that do not break in its numbers."""
    return _UNBROKEN.sub("\N{NO-BREAK SPACE}", text).split("\n")


def _french(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _render(template: str, **values: object) -> bytes:
    return _template(template).render(**values).encode()


@cache
def _template(name: str) -> Template:
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    loader = PackageLoader("questarium.replica", "templates")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
