"""Why a question went to another ministry, derived from the registries: a transfer, a new government, or unknown.

    new_government  the same portfolio after the Government or the names of its ministries changed: Intérieur →
                    Intérieur on 07/07/2020, Solidarités et santé → Santé et prévention on 21/05/2022
    transfer        another portfolio
    unknown         the source does not show enough, or a ministry is not in the registry

Ministries that a page leaves out between two others are judged by the days alone: where the Government changed on each
of them and the portfolio is the same in the end, it never left it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from pipelines.normalise.governments import Governments
from pipelines.normalise.registry import Registry
from schemas.question import ReassignmentCause

UNKNOWN, TRANSFER, NEW_GOVERNMENT = (
    ReassignmentCause.UNKNOWN,
    ReassignmentCause.TRANSFER,
    ReassignmentCause.NEW_GOVERNMENT,
)


@dataclass(frozen=True)
class Step:
    """One ministry in charge: its label where shown, since when where known, and whether a decree moved it there."""

    ministry: str | None
    date: date | None
    cause: ReassignmentCause | None = None
    by_decree: bool = False


def with_causes(steps: Sequence[Step], registry: Registry, governments: Governments) -> list[Step]:
    """The steps with the cause of each but the first, which is the ministry asked."""
    causes: list[ReassignmentCause | None] = [None, *(UNKNOWN for _ in steps[1:])]
    shown = [place for place, step in enumerate(steps) if step.ministry is not None]
    for start, end in pairwise(shown):
        cause = _between(steps[start : end + 1], registry, governments)
        causes[start + 1 : end + 1] = [cause] * (end - start)
    return [replace(step, cause=cause) for step, cause in zip(steps, causes, strict=True)]


def _between(run: Sequence[Step], registry: Registry, governments: Governments) -> ReassignmentCause:
    """The cause of every step from one ministry that is shown to the next, those between not shown."""
    if len(run) == 2:
        return _single(run[0], run[1], registry, governments)
    ends = _ids(run[0], run[-1], registry)
    always = all(_changed(step, ends, governments) for step in run[1:])
    return NEW_GOVERNMENT if always and _alike(run[0], run[-1], registry) else UNKNOWN


def _single(before: Step, after: Step, registry: Registry, governments: Governments) -> ReassignmentCause:
    alike = _alike(before, after, registry)
    if alike is None:
        return UNKNOWN
    ids = _ids(before, after, registry)
    if registry.same(before.ministry, after.ministry):
        return NEW_GOVERNMENT if after.by_decree or _changed_since(before, after, ids, governments) else UNKNOWN
    if not alike:
        return TRANSFER if after.date is not None else UNKNOWN
    if _changed(after, ids, governments) or _replaced(before, after, registry, governments):
        return NEW_GOVERNMENT
    moved = after.date is not None and _portfolio(before, registry) != _portfolio(after, registry)
    return TRANSFER if moved else UNKNOWN


def _alike(before: Step, after: Step, registry: Registry) -> bool | None:
    """Whether two ministries share a portfolio; None when one of them is unknown and they are not the same."""
    if before.ministry is None or after.ministry is None:
        return None
    if registry.same(before.ministry, after.ministry):
        return True
    one, other = registry.portfolios(before.ministry), registry.portfolios(after.ministry)
    return bool(one & other) if one and other else None


def _portfolio(step: Step, registry: Registry) -> str | None:
    ministry = registry.ministry(step.ministry) if step.ministry else None
    return ministry.portfolio if ministry else None


def _ids(before: Step, after: Step, registry: Registry) -> list[str | None]:
    return [registry.ministry_id(before.ministry), registry.ministry_id(after.ministry)]


def _changed(step: Step, ids: Sequence[str | None], governments: Governments) -> bool:
    return step.by_decree or (step.date is not None and governments.changed_on(step.date, ids))


def _changed_since(before: Step, after: Step, ids: Sequence[str | None], governments: Governments) -> bool:
    """A ministry takes over from itself only by a change of the Government; it is dated late now and then."""
    if before.date is None or after.date is None:
        return _changed(after, ids, governments)
    return governments.changed_between(before.date, after.date, ids)


def _replaced(before: Step, after: Step, registry: Registry, governments: Governments) -> bool:
    """Whether the ministry left had ended: nobody held it any more when the other took over.

    Where the day is not shown, the ministry it went to must have come later than the one it left was in charge.
    """
    left, taken = registry.ministry_id(before.ministry), registry.ministry_id(after.ministry)
    if left is None or taken is None or not (governments.knows(left) and governments.knows(taken)):
        return False
    if after.date is not None:
        return not governments.existed(left, after.date)
    return before.date is not None and not governments.existed(taken, before.date)
