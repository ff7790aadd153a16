"""Deadlines: the dated table of rules and the due date it gives.

The table is data (`deadlines.yaml`), each line with its article and the day it applies from. Clocks are elsewhere.
"""

import hashlib
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from dateutil.relativedelta import relativedelta

from schemas.delay import DeadlineRule
from schemas.identity import QuestionType
from schemas.question import EventKind, Question
from schemas.yaml_text import load_yaml


@cache
def bundled_rules() -> tuple[DeadlineRule, ...]:
    """The table that comes with the project."""
    text = _table()
    absent = {"months": None, "days": None, "extra_months": 0, "adopted": None, "decision": None}
    return tuple(DeadlineRule.model_validate(absent | line) for line in load_yaml(text))


def rules_version() -> str:
    """The digest of the table, by which a change of it is noticed."""
    return hashlib.sha256(_table()).hexdigest()[:12]


def rule_for(rules: Iterable[DeadlineRule], parliament: str, clock: str, day: date) -> DeadlineRule | None:
    """The rule in force that day: the last that applies from that day or before."""
    in_force = [
        rule for rule in rules if rule.parliament == parliament and rule.clock == clock and rule.applies_from <= day
    ]
    return max(in_force, key=lambda rule: rule.applies_from, default=None)


def due_date(rule: DeadlineRule, start: date, *, extended: bool = False) -> date:
    """The last day in time: the same day of the month some months later (the month's last day where it has none)."""
    months = (rule.months or 0) + (rule.extra_months if extended else 0)
    return start + relativedelta(months=months) + timedelta(days=rule.days or 0)


def answer_due(
    parliament: str, type_: QuestionType, published: date | None, rules: Iterable[DeadlineRule]
) -> date | None:
    """The day by which a question must be answered; None for oral questions, unknown days and unruled parliaments."""
    if published is None or type_ != QuestionType.QE:
        return None
    rule = rule_for(rules, parliament, "answer", published)
    return due_date(rule, published) if rule else None


def question_due(question: Question) -> date | None:
    """The day by which that question must be answered, by the bundled table."""
    published = next(iter(question.dates(EventKind.PUBLISHED)), None)
    return answer_due(question.key.parliament, question.type, published, bundled_rules())


def _table() -> bytes:
    return files("pipelines.delays").joinpath("deadlines.yaml").read_bytes()
