"""The events of one synthetic question: when it was answered, renewed, reassigned, signalled, corrected or closed.

Pure functions of a random generator and the facts of the term; days are Tuesdays, as the JO's, except those of
decrees. Events come in the order in which a page of layout C prints them.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from questarium.replica.material import Term
from questarium.replica.plan import Fate
from schemas.question import EventKind, PrintedEvent

# Weeks that a ministry takes, as a factor: some are quick, some are known to be slow.
_PACE = {
    "agriculture": 0.5,
    "affaires_etrangeres": 0.6,
    "armees": 0.6,
    "comptes": 0.9,
    "culture": 0.8,
    "ecologie": 1.6,
    "interieur": 1.8,
    "sante": 1.5,
}
_PRINT_ORDER = (
    EventKind.PUBLISHED,
    EventKind.ANSWERED,
    EventKind.WITHDRAWN,
    EventKind.LAPSED,
    EventKind.REASSIGNED,
    EventKind.SIGNALLED,
    EventKind.RENEWED,
    EventKind.CORRECTED,
)


@dataclass(frozen=True)
class History:
    """The events in print order, and the ministries in charge, each from its day on."""

    events: tuple[PrintedEvent, ...]
    attributions: tuple[tuple[date, str], ...]


def write_history(
    term: Term, portfolio: str, published: date, fate: Fate, answered: date | None, draw: Random
) -> History:
    """The history of one question.

    Args:
        term: facts of the term.
        portfolio: whom it was put to.
        published: day of the JO that published it.
        fate: how it ends; PENDING when the term is too short for that end.
        answered: the day of the answer for a question answered with others, else None: drawn here.
        draw: the question's own generator.
    """
    closing = _closing(term, portfolio, published, fate, answered, draw)
    until = closing.date if closing and closing.date else term.last_day
    attributions = _attributions(term, portfolio, published, until, draw, transferable=answered is None)
    events = [PrintedEvent(kind=EventKind.PUBLISHED, date=published, page=jo_page(published, draw))]
    events += [closing] if closing else []
    events += [PrintedEvent(kind=EventKind.REASSIGNED, date=day) for day, _ in attributions[1:]]
    events += _signalled(published, until, draw)
    events += _renewals(published, until, draw)
    events += _errata(published, closing, draw)
    return History(tuple(sorted(events, key=lambda event: _PRINT_ORDER.index(event.kind))), attributions)


def answer_day(term: Term, portfolio: str, asked: date, draw: Random) -> date | None:
    """A Tuesday on which the ministry answers what was asked that day; None when the term ends first."""
    if draw.random() < 0.18:
        weeks = draw.randint(3, 8)
    else:
        weeks = 5 + int(draw.expovariate(1 / (24 * _PACE.get(portfolio, 1.0))))
    day = asked + timedelta(weeks=min(weeks, 190))
    return day if day < term.last_day else None


def _closing(
    term: Term, portfolio: str, published: date, fate: Fate, answered: date | None, draw: Random
) -> PrintedEvent | None:
    if fate is Fate.ANSWERED:
        day = answered or answer_day(term, portfolio, published, draw)
        return PrintedEvent(kind=EventKind.ANSWERED, date=day, page=jo_page(day, draw)) if day else None
    if fate is Fate.WITHDRAWN:
        day = _tuesday(published, draw, 4, 70)
        return PrintedEvent(kind=EventKind.WITHDRAWN, date=day) if day < term.last_day else None
    if fate is Fate.LAPSED:
        day = _tuesday(published, draw, 8, 120)
        day = day if draw.random() < 0.5 and day < term.last_day else term.last_day
        return PrintedEvent(kind=EventKind.LAPSED, date=day, reason="fin de mandat")
    return None


def _attributions(
    term: Term, portfolio: str, published: date, until: date, draw: Random, *, transferable: bool
) -> tuple[tuple[date, str], ...]:
    """The ministry asked, then each later one; a transfer goes to any other portfolio."""
    moved = _tuesday(published, draw, 2, 16) if draw.random() < 0.08 else None
    held = [(published, portfolio)]
    if transferable and moved and moved < until:
        held.append((moved, draw.choice([name for name in term.portfolios if name != portfolio])))
    found: list[tuple[date, str]] = []
    for place, (since, name) in enumerate(held):
        before = held[place + 1][0] if place + 1 < len(held) else until
        days = [since, *term.changes(name, since, before)]
        found += [(day, term.label(name, day).name) for day in days]
    return tuple(found)


def _signalled(published: date, until: date, draw: Random) -> list[PrintedEvent]:
    day = _tuesday(published, draw, 9, 20)
    if draw.random() < 0.08 and day < until:
        return [PrintedEvent(kind=EventKind.SIGNALLED, date=day)]
    return []


def _renewals(published: date, until: date, draw: Random) -> list[PrintedEvent]:
    """Up to four renewals, the first after three months, while nobody answers."""
    events: list[PrintedEvent] = []
    day = _tuesday(published, draw, 13, 40)
    while draw.random() < 0.55 and day < until and len(events) < 4:
        events.append(PrintedEvent(kind=EventKind.RENEWED, date=day))
        day = _tuesday(day, draw, 13, 30)
    return events


def _errata(published: date, closing: PrintedEvent | None, draw: Random) -> list[PrintedEvent]:
    events: list[PrintedEvent] = []
    if draw.random() < 0.03:
        day = _tuesday(published, draw, 1, 2)
        events.append(PrintedEvent(kind=EventKind.CORRECTED, date=day, page=jo_page(day, draw), corrects="question"))
    if closing and closing.date and closing.kind is EventKind.ANSWERED and draw.random() < 0.03:
        day = _tuesday(closing.date, draw, 1, 4)
        events.append(PrintedEvent(kind=EventKind.CORRECTED, date=day, page=jo_page(day, draw), corrects="answer"))
    return events


def _tuesday(after: date, draw: Random, low: int, high: int) -> date:
    return after + timedelta(weeks=draw.randint(low, high))


def jo_page(day: date, draw: Random) -> int:
    """A page of the issue of that day; pages are numbered through the year."""
    return day.isocalendar().week * 190 + draw.randint(1, 180)
