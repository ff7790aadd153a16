"""Delay statistics: counts over many written questions on one day, by named definitions.

Published = answered + waiting + withdrawn + lapsed + other, always; what is left out is counted with its reason.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import computed_field

from schemas.question import Status
from schemas.record import Record

DEFINITION_ID = "D1-D4"
DEFINITION = (
    "Written questions published up to the day. due: the deadline had passed "
    "(due date before the day), whatever became of the question. in_time: of those, answered on or before the due "
    "date. overdue: of those, still waiting. D1 = answered / published, D2 = in_time / due, D3 = waiting, D4 = overdue."
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one written question stood on the day; `group` is what it is counted under."""

    group: str | None
    status: Status
    due_date: date | None
    answered_date: date | None


class DelayRow(Record):
    """One line of the table; all numbers are questions."""

    group: str | None
    published: int
    answered: int
    due: int
    in_time: int
    waiting: int
    overdue: int
    withdrawn: int
    lapsed: int
    other: int

    @computed_field  # type: ignore[prop-decorator]
    @property
    def answered_rate(self) -> float:
        """D1 in percent, two decimals."""
        return round(100 * self.answered / self.published, 2)


_COLUMN = {
    Status.ANSWERED: "answered",
    Status.PENDING: "waiting",
    Status.WITHDRAWN: "withdrawn",
    Status.LAPSED: "lapsed",
    Status.CONVERTED: "other",
    Status.CLOSED_OTHER: "other",
}


def tally(standings: Iterable[Standing], day: date) -> list[DelayRow]:
    """The table, largest group first, then by name; the group None holds questions whose ministry is unknown."""
    counts: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for standing in standings:
        counts[standing.group].update(cells(standing, day))
    rows = [DelayRow(group=group, **{name: row[name] for name in NUMBERS}) for group, row in counts.items()]
    return sorted(rows, key=lambda row: (-row.published, row.group or ""))


NUMBERS = tuple(name for name in DelayRow.model_fields if name != "group")
"""The columns of the table that count questions."""


def cells(standing: Standing, day: date) -> list[str]:
    """The columns of its row that one question counts in: the list behind a number is made by the same rule."""
    counted = ["published", _COLUMN[standing.status]]
    if standing.due_date is not None and standing.due_date < day:
        counted.append("due")
        counted += ["overdue"] if standing.status == Status.PENDING else []
        counted += ["in_time"] if _in_time(standing, standing.due_date) else []
    return counted


def _in_time(standing: Standing, due: date) -> bool:
    answered = standing.answered_date
    return standing.status == Status.ANSWERED and answered is not None and answered <= due
