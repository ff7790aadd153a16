"""Delays: how long a question has waited, by which rule."""

from datetime import date

from schemas.people import PeopleSource
from schemas.record import Record


class DeadlineRule(Record):
    """One line of the dated table of deadlines.

    `months` or `days` is the time to answer; `applies_from` is the first day of publication that the rule governs.
    """

    id: str
    parliament: str
    clock: str  # `answer` from publication, `signalled` from the mention in the JO
    months: int | None
    days: int | None
    extra_months: int  # on request of the minister; the request is not published
    article: str
    adopted: date | None
    decision: str | None
    applies_from: date


class Delay(Record):
    """The clocks of one question on one day; days are calendar days, None where unknown or not applicable.

    `days_elapsed` runs from publication to the answer, the closing or `as_of`; `answered_in_days` is the same number
    once answered. `days_late` is 0 until the due date has passed, and counts from the day after. `extended_due_date`
    is the later limit where the rule lets the minister ask for more time. `minister` is who held the ministry in charge
    at the end of the clocks, `minister_since` the day of that person's appointment to the portfolio, by the bundled
    registry or the files of members (`minister_source`), and `days_with_minister` runs from it or from the day the
    question came to the portfolio, whichever is later.
    """

    as_of: date
    rule: str | None
    due_date: date | None
    extended_due_date: date | None
    days_elapsed: int | None
    answered_in_days: int | None
    days_late: int | None
    overdue: bool
    days_since_reassignment: int | None
    minister: str | None = None
    minister_since: date | None = None
    minister_source: PeopleSource | None = None
    days_with_minister: int | None = None
    renewals: int
    signalled_due_date: date | None
    signalled_days_late: int | None
