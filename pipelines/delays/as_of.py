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
    attributions = _attributions(question, day)
    update: dict[str, object] = {"events": events, "attributions": attributions}
    if not answered:
        update |= {
            "answer": None,
            "ministry_answered": None,
            "ministry_answered_id": None,
            "tables": tuple(table for table in question.tables if table.section != Section.ANSWER),
            "figures": tuple(figure for figure in question.figures if figure.section != Section.ANSWER),
        }
    seen = question.model_copy(update=update)
    return seen.model_copy(update={"flags": tuple(flag for flag in seen.flags if _holds(flag, seen))})


def _holds(flag: str, seen: Question) -> bool:
    """Whether what is notable of the question was so already; flags of the record itself hold on any day."""
    if flag == "unknown_motive":
        return any(event.kind == EventKind.CLOSED_OTHER for event in seen.events)
    if flag == "unknown_ministry":
        asked = seen.ministry_asked is not None and seen.ministry_asked_id is None
        answered = seen.ministry_answered is not None and seen.ministry_answered_id is None
        charged = any(step.ministry is not None and step.ministry_id is None for step in seen.attributions)
        return asked or answered or charged
    return True


def _happened(event: Event, day: date) -> bool:
    if event.date is not None:
        return event.date <= day
    return event.kind == EventKind.PUBLISHED or event.known_at.date() <= day


def _attributions(question: Question, day: date) -> tuple[Attribution, ...]:
    captured = min((event.known_at.date() for event in question.events), default=date.max)
    first, later = question.attributions[:1], question.attributions[1:]
    return first + tuple(each for each in later if (each.date or captured) <= day)
