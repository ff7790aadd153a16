"""The ministries in charge, from the one asked to the one assigned last.

A page shows the first, the last and the days in between, not the ministries in between: those stay unknown.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from pipelines.normalise.causes import Step, with_causes
from pipelines.normalise.reference import Reference
from pipelines.normalise.registry import Registry
from schemas.question import Attribution, EventKind, PrintedEvent

DECREE: Final = "JO_LOI_DECRET"
"""The part of the JO that a reassignment by decree was published in, as the sources print it."""


def attributions(
    asked: str | None, assigned: str | None, events: Sequence[PrintedEvent], reference: Reference
) -> tuple[Attribution, ...]:
    """List the attributions.

    Args:
        asked: the ministry asked, where it is shown.
        assigned: the last ministry in charge, where it is shown.
        events: the joined events, in order.
        reference: what ministries are identified by, and causes derived from.
    """
    reassigned = [event for event in events if event.kind == EventKind.REASSIGNED]
    steps = [Step(asked, _published(events))]
    steps += [Step(event.ministry, event.date, by_decree=event.issue_type == DECREE) for event in reassigned]
    if assigned is not None:
        steps = _ending_with(assigned, steps, reference.ministries)
    reasoned = with_causes(steps, reference.ministries, reference.governments)
    return tuple(
        Attribution(
            ministry=step.ministry,
            ministry_id=reference.ministries.ministry_id(step.ministry),
            date=step.date,
            cause=step.cause,
        )
        for step in (reasoned if asked is not None else reasoned[1:])
    )


def _ending_with(assigned: str, steps: list[Step], registry: Registry) -> list[Step]:
    """The steps with the assigned ministry as the last, on a day unknown where no reassignment is shown for it."""
    last = steps[-1]
    if registry.same(last.ministry, assigned):
        return steps
    if last.ministry is None and len(steps) > 1:
        return [*steps[:-1], replace(last, ministry=assigned)]
    return [*steps, Step(assigned, None)]


def _published(events: Sequence[PrintedEvent]) -> date | None:
    return next((event.date for event in events if event.kind == EventKind.PUBLISHED), None)
