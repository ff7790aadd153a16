"""Which numbers a run visits: pure functions of the ledger, the listing and the clock.

New numbers come first, then those that failed before, then archived pages that may have changed: open questions
after a week, recently answered ones after a month (errata come late), the numbers that the site did not have after a
week while the term is young. A closed term is left alone some months after its end, unless the caller asks.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from schemas.capture import NumberRecord, NumberState

LATE = 200
"""Numbers below the newest that are looked for again when the site did not have them: publication may come late."""

AHEAD = 20
"""Numbers above the newest that are looked for while the term is open, beyond the last one that was there."""

ABSENT = frozenset({NumberState.NOT_FOUND, NumberState.NEVER_PUBLISHED})
"""States of numbers that a site or an official list does not have."""

NOT_IN_LIST = "not_in_list"
"""Why a number is taken for never published: an official list that goes beyond it does not have it."""

_WEEK = timedelta(days=7)
_MONTH = timedelta(days=30)
_RECENT = timedelta(days=365)
# "Réponse publiée au JO le : 08/09/2020", "Question retirée le: 21/06/2022", "Réponse publiée le 1er mai 2025",
# "Date de cloture : 21 juin 2022"
_ENDED = re.compile(
    rb"(?:ponse\s+publi|question\s+retir|date\s+de\s+cl\S{1,8}ture)[^\d]{1,80}"
    rb"(?:\d{1,2}/\d{1,2}/|\d{1,2}(?:er)?\s\S{3,16}\s)(\d{4})",
    re.I,
)
# "dateCloture": "2018-03-06", <dateCloture>06/03/2018</dateCloture>
_CLOSED = re.compile(rb"dateCloture[\">:\s]{1,8}(?:\d{1,2}/\d{1,2}/)?(\d{4})")


class Refetch(StrEnum):
    """Which archived pages are asked for again."""

    DUE = "due"  # by the rules above
    NONE = "none"
    OPEN = "open"  # every question that showed no answer and no end
    ALL = "all"


@dataclass(frozen=True)
class Page:
    """The archived page of one number: when it was last seen, and its bytes."""

    number: int
    last_seen: datetime
    body: bytes


def spread(newest: int, count: int) -> list[int]:
    """So many numbers from the newest down to the first, evenly, to see how pages of all ages look."""
    steps = min(count, newest)
    return [newest - (newest - 1) * step // max(steps - 1, 1) for step in range(steps)]


def to_fetch(records: Mapping[int, NumberRecord], newest: int, now: datetime, *, closed: bool) -> list[int]:
    """Numbers from 1 to `newest` without a page: never tried first, then those with a setback, then the missing."""
    never: list[int] = []
    again: list[int] = []
    for number in range(1, newest + 1):
        record = records.get(number)
        if record is None or (record.state is NumberState.PENDING and not record.tries):
            never.append(number)
        elif _not_asked(record) or _may_come(record, newest, now, closed):
            again.append(number)
    return never + again


def to_refetch(pages: Iterable[Page], refetch: Refetch, now: datetime) -> Iterator[int]:
    """Numbers of the archived pages to ask for again."""
    for page in pages:
        ended = ended_in(page.body)
        due = refetch is Refetch.DUE and now - page.last_seen >= _interval(ended, now)
        if refetch is Refetch.ALL or due or (refetch is Refetch.OPEN and ended is None):
            yield page.number


def ended_in(body: bytes) -> int | None:
    """The year in which a page or document says that the question was answered or withdrawn; None for an open one."""
    years = [int(year) for year in (*_ENDED.findall(body), *_CLOSED.findall(body))]
    return max(years) if years else None


def _interval(ended: int | None, now: datetime) -> timedelta:
    if ended is None:
        return _WEEK
    return _MONTH if ended >= (now - _RECENT).year else timedelta.max


def _not_asked(record: NumberRecord) -> bool:
    """Whether the site has not said yet what it has of that number."""
    only_listed = record.state is NumberState.NEVER_PUBLISHED and record.reason == NOT_IN_LIST
    return only_listed or record.state in {NumberState.PENDING, NumberState.FAILED}


def _may_come(record: NumberRecord, newest: int, now: datetime, closed: bool) -> bool:  # noqa: FBT001
    recent = record.question.number > newest - LATE and now - record.updated >= _WEEK
    return record.state in ABSENT and recent and not closed
