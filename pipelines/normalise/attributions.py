"""The ministries in charge, from the one asked to the one assigned last.

A page shows the first, the last and the days in between, not the ministries in between: those stay unknown.
"""

from collections.abc import Sequence
from datetime import date

from pipelines.normalise.registry import Registry
from schemas.question import Attribution, EventKind, PrintedEvent, ReassignmentCause


def attributions(
    asked: str | None, assigned: str | None, events: Sequence[PrintedEvent], registry: Registry
) -> tuple[Attribution, ...]:
    """List the attributions.

    Args:
        asked: the ministry asked, where it is shown.
        assigned: the last ministry in charge, where it is shown.
        events: the joined events, in order.
        registry: what the ministries are identified by.
    """
    reassigned = [event for event in events if event.kind == EventKind.REASSIGNED]
    steps: list[tuple[str | None, date | None, ReassignmentCause | None]] = []
    if asked is not None:
        steps.append((asked, _published(events), None))
    steps += [(event.ministry, event.date, ReassignmentCause.UNKNOWN) for event in reassigned]
    if assigned is not None:
        steps = _ending_with(assigned, steps, registry)
    return tuple(
        Attribution(ministry=label, ministry_id=registry.ministry_id(label), date=day, cause=cause)
        for label, day, cause in steps
    )


def _ending_with(
    assigned: str, steps: list[tuple[str | None, date | None, ReassignmentCause | None]], registry: Registry
) -> list[tuple[str | None, date | None, ReassignmentCause | None]]:
    """The steps with the assigned ministry as the last, on a day unknown where no reassignment is shown for it."""
    if steps:
        label, day, cause = steps[-1]
        if label is None:
            return [*steps[:-1], (assigned, day, cause)]
        if registry.same(label, assigned):
            return steps
    return [*steps, (assigned, None, ReassignmentCause.UNKNOWN)]


def _published(events: Sequence[PrintedEvent]) -> date | None:
    return next((event.date for event in events if event.kind == EventKind.PUBLISHED), None)
