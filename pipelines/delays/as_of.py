"""As of a day: the question as the JO showed it at the end of that day, all of it.

Status, attribution, texts, tables, figures and renewals follow the events dated up to that day; nothing of today's
state shines through. What had been captured by a day (known time) is another axis and not treated here.
"""

from datetime import date

from schemas.figure import Section
from schemas.question import Attribution, Event, EventKind, Question

_ANSWERS = frozenset({EventKind.ANSWERED, EventKind.HOLDING})


def as_of(question: Question, day: date) -> Question | None:
    """The question as it stood that day; None when it was not published yet.

    An event without a date is placed on the day it was first captured: it had happened by then.
    """
    published = question.first(EventKind.PUBLISHED)
    if published is not None and published.date is not None and published.date > day:
        return None
    events = tuple(event for event in question.events if _happened(event, day))
    answered = any(event.kind in _ANSWERS for event in events)
    update: dict[str, object] = {"events": events, "attributions": _attributions(question, day)}
    if not answered:
        update |= {
            "answer": None,
            "ministry_answered": None,
            "ministry_answered_id": None,
            "tables": tuple(table for table in question.tables if table.section != Section.ANSWER),
            "figures": tuple(figure for figure in question.figures if figure.section != Section.ANSWER),
        }
    return question.model_copy(update=update)


def _happened(event: Event, day: date) -> bool:
    if event.date is not None:
        return event.date <= day
    return event.kind == EventKind.PUBLISHED or event.known_at.date() <= day


def _attributions(question: Question, day: date) -> tuple[Attribution, ...]:
    captured = min((event.known_at.date() for event in question.events), default=date.max)
    first, later = question.attributions[:1], question.attributions[1:]
    return first + tuple(each for each in later if (each.date or captured) <= day)
