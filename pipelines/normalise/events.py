"""The events of one question, joined from its revisions: each with the day we first knew of it."""

from collections.abc import Sequence
from datetime import date

from pipelines.normalise.trust import EVENT_FIELDS, Sources, event_field
from schemas.question import Attribution, Event, EventKind, PrintedEvent, RawQuestion

_ORDER = {
    kind: place
    for place, kind in enumerate(
        (
            EventKind.PUBLISHED,
            EventKind.RECALLED,
            EventKind.REASSIGNED,
            EventKind.RENEWED,
            EventKind.SIGNALLED,
            EventKind.HOLDING,
            EventKind.ANSWERED,
            EventKind.CORRECTED,
            EventKind.CONVERTED,
            EventKind.WITHDRAWN,
            EventKind.LAPSED,
            EventKind.CLOSED_OTHER,
        )
    )
}
"""How events of one day follow each other."""

_BOUNDED = (EventKind.REASSIGNED, EventKind.RENEWED, EventKind.SIGNALLED)


def in_order(events: Sequence[PrintedEvent]) -> list[PrintedEvent]:
    """Oldest first, undated last, those of one day in the order of the procedure."""
    return sorted(events, key=lambda event: (event.date is None, event.date or date.max, _ORDER[event.kind]))


def joined(revisions: Sequence[RawQuestion], sources: Sources) -> list[PrintedEvent]:
    """For each kind, the events of the revision that is believed first among those that show it with a date.

    An undated one gives way; closings are taken together, since two sources may read one motive as two kinds.

    Args:
        revisions: newest first.
        sources: whom to believe.
    """
    chosen: list[PrintedEvent] = []
    there = {event_field(event.kind) for each in revisions for event in each.events}
    for field in (field for field in EVENT_FIELDS if field in there):
        ordered = sources.ordered(revisions, field)
        shown = [found for each in ordered if (found := [e for e in each.events if event_field(e.kind) == field])]
        dated = (found for found in shown if any(event.date for event in found))
        best = next(dated, shown[0])
        chosen += [_completed(event, shown) for event in best]
    return in_order(chosen)


def known(event: PrintedEvent, revisions: Sequence[RawQuestion]) -> Event:
    """The event with the earliest capture that shows the same kind on the same day."""
    showing = [each for each in revisions if any((e.kind, e.date) == (event.kind, event.date) for e in each.events)]
    first = min(showing, key=lambda revision: (revision.captured_at, revision.capture_id))
    return Event(
        kind=event.kind,
        date=event.date,
        page=event.page,
        reason=event.reason,
        corrects=event.corrects,
        related=event.related,
        capture_id=first.capture_id,
        known_at=first.captured_at,
    )


def with_causes_of(steps: Sequence[Attribution], events: Sequence[Event]) -> tuple[Event, ...]:
    """The events, each reassignment with the cause of the attribution it began; `steps` follow the same order."""
    causes = iter([step.cause for step in steps if step.cause is not None])
    return tuple(
        event.model_copy(update={"cause": next(causes)}) if event.kind == EventKind.REASSIGNED else event
        for event in events
    )


def are_in_order(events: Sequence[PrintedEvent]) -> bool:
    """Whether publication ≤ every reassignment, renewal and signalling ≤ answer, where the days are known."""

    def days(*kinds: EventKind) -> list[date]:
        return [event.date for event in events if event.kind in kinds and event.date]

    published = min(days(EventKind.PUBLISHED), default=date.min)
    answered = min(days(EventKind.ANSWERED), default=date.max)
    return (
        published <= answered
        and all(published <= day <= answered for day in days(*_BOUNDED))
        and all(published <= day for day in days(EventKind.WITHDRAWN, EventKind.LAPSED))
    )


def _completed(event: PrintedEvent, shown: Sequence[Sequence[PrintedEvent]]) -> PrintedEvent:
    """The event with what other revisions print of it besides: its page, its motive."""
    for found in shown:
        for other in found:
            if (other.kind, other.date, other.corrects) == (event.kind, event.date, event.corrects):
                filled = {
                    name: getattr(other, name)
                    for name in (
                        "page",
                        "reason",
                        "ministry",
                        "related",
                        "ministry_ref",
                        "issue",
                        "issue_type",
                        "nor",
                        "deposited",
                    )
                    if getattr(event, name) is None and getattr(other, name) is not None
                }
                event = event.model_copy(update=filled) if filled else event
    return event
