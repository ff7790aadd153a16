"""Records made for the tests: a question with the history one asks for."""

from datetime import UTC, date, datetime
from typing import Any

from schemas.identity import QuestionKey, QuestionType
from schemas.question import Attribution, Author, Event, EventKind, Question, ReassignmentCause

KNOWN_AT = datetime(2021, 3, 1, 6, 30, tzinfo=UTC)


def event(kind: EventKind, day: date | None, **more: Any) -> Event:
    """One event, captured on KNOWN_AT."""
    return Event(kind=kind, date=day, **({"capture_id": "c" * 20, "known_at": KNOWN_AT} | more))


def a_question(number: int = 12, *events: Event, ministry: str = "Intérieur", **more: Any) -> Question:
    """A written question of the 15th term with these events; each reassignment goes to the same ministry."""
    ordered = tuple(sorted(events, key=lambda each: (each.date is None, each.date or date.max)))
    published = next((each.date for each in ordered if each.kind == EventKind.PUBLISHED), None)
    attributions = [Attribution(ministry=ministry, ministry_id="interieur", date=published)]
    attributions += [
        Attribution(ministry=ministry, ministry_id="interieur", date=each.date, cause=ReassignmentCause.UNKNOWN)
        for each in ordered
        if each.kind == EventKind.REASSIGNED
    ]
    fields: dict[str, Any] = {
        "key": QuestionKey(parliament="fr-an", term=15, type=QuestionType.QE, number=number),
        "source_id": None,
        "source_url": "https://example.org/q",
        "author": Author(name="Ada Martin", civility="Mme", group="Groupe du Lac", constituency="Savoie"),
        "ministry_asked": ministry,
        "ministry_asked_id": "interieur",
        "ministry_answered": None,
        "ministry_answered_id": None,
        "attributions": tuple(attributions),
        "rubric": "administration",
        "heading": None,
        "title": "Guichets fermés",
        "events": ordered,
        "question": "Elle demande combien de guichets ont fermé.",
        "answer": None,
        "captures": ("c" * 20,),
    }
    return Question(**(fields | more))
