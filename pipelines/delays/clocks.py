"""Clocks: how long one question has waited on one day.

The government's clock runs from publication, the attribution's from the last reassignment, whatever its cause, and the
person's from the appointment of the minister in charge or the day the question came to the portfolio, whichever is
later; a renewal and an erratum move none (Règlement de l'Assemblée nationale, art. 135: no interruption).
"""

from collections.abc import Iterable
from datetime import date

from pipelines.delays.as_of import as_of as question_as_of
from pipelines.delays.deadlines import due_date, rule_for
from pipelines.delays.ministers import InCharge, Ministers
from schemas.delay import DeadlineRule, Delay
from schemas.identity import QuestionType
from schemas.question import EventKind, Question, ReassignmentCause, Status

_NOBODY = Ministers(())


def delay(question: Question, day: date, rules: Iterable[DeadlineRule], ministers: Ministers = _NOBODY) -> Delay:
    """The clocks of the question at the end of that day; the question may be given whole, it is cut to the day.

    Without ministers the person's clock is unknown.
    """
    seen = question_as_of(question, day) or question
    rules = tuple(rules)
    published = next(iter(seen.dates(EventKind.PUBLISHED)), None)
    rule = _answer_rule(seen, published, rules)
    end = seen.closed_date if seen.status != Status.PENDING else day
    due = due_date(rule, published) if rule and published else None
    extended = due_date(rule, published, extended=True) if rule and published and rule.extra_months else None
    elapsed = _days(published, end)
    signalled_due, signalled_late = _signalled(seen, end, rules)
    minister = ministers.in_charge(seen.ministry_assigned_id, end) if end else None
    return Delay(
        as_of=day,
        rule=rule.id if rule else None,
        due_date=due,
        extended_due_date=extended,
        days_elapsed=elapsed,
        answered_in_days=elapsed if seen.status == Status.ANSWERED else None,
        days_late=_late(due, end),
        overdue=seen.status == Status.PENDING and due is not None and day > due,
        days_since_reassignment=_days(_last_reassignment(seen, end), end),
        minister=minister.person if minister else None,
        minister_since=minister.since if minister else None,
        minister_source=minister.source if minister else None,
        days_with_minister=_days(_received(seen, minister), end) if minister else None,
        renewals=sum(event.kind == EventKind.RENEWED for event in seen.events),
        signalled_due_date=signalled_due,
        signalled_days_late=signalled_late,
    )


def _answer_rule(question: Question, published: date | None, rules: tuple[DeadlineRule, ...]) -> DeadlineRule | None:
    if published is None or question.type != QuestionType.QE:
        return None
    return rule_for(rules, question.key.parliament, "answer", published)


def _last_reassignment(question: Question, end: date | None) -> date | None:
    """A reassignment after the end (the offices of a closed question move too) starts no clock."""
    return max((day for day in question.dates(EventKind.REASSIGNED) if end and day <= end), default=None)


def _received(question: Question, minister: InCharge) -> date | None:
    """The day the minister had the question from: a new government gives a minister who stays nothing new."""
    moved = [
        step.date
        for step in question.attributions
        if step.date is not None and step.cause != ReassignmentCause.NEW_GOVERNMENT
    ]
    return max([minister.since, *moved], default=None)


def _signalled(question: Question, end: date | None, rules: tuple[DeadlineRule, ...]) -> tuple[date | None, int | None]:
    """Ten days from the first mention in the JO."""
    first = next(iter(question.dates(EventKind.SIGNALLED)), None)
    rule = rule_for(rules, question.key.parliament, "signalled", first) if first else None
    if first is None or rule is None:
        return None, None
    due = due_date(rule, first)
    return due, _late(due, end)


def _days(start: date | None, end: date | None) -> int | None:
    return (end - start).days if start and end else None


def _late(due: date | None, end: date | None) -> int | None:
    return max(0, (end - due).days) if due and end else None
