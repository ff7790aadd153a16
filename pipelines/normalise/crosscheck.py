"""The sources of one question, compared field by field: agreements are counted, each difference is a record.

Each source speaks with its newest complete revision. What one source could not know yet, because it happened after its
capture, is no disagreement, and neither is what it does not show.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from pipelines.normalise.alike import are_alike
from pipelines.normalise.names import reading_order
from pipelines.normalise.reference import Reference
from pipelines.normalise.trust import CLOSED, EVENT_FIELDS, Sources, event_field
from schemas.comparison import Comparison, Disagreement
from schemas.question import EventKind, PrintedEvent, RawQuestion

_PAGED = (EventKind.PUBLISHED, EventKind.ANSWERED)
_MOVING = (EventKind.REASSIGNED, EventKind.ANSWERED, *(kind for kind in EventKind if event_field(kind) == CLOSED))
"""After these, the ministry in charge or the answer may be another one."""


@dataclass(frozen=True)
class Checked:
    """What the comparison of all sources of a question gave."""

    comparisons: tuple[Comparison, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()


@dataclass(frozen=True)
class _Pair:
    """Two sources' revisions of one question."""

    one: RawQuestion
    other: RawQuestion
    sources: Sources

    @property
    def known_until(self) -> date:
        """The day until which both can know what happened."""
        return min(self.one.captured_at, self.other.captured_at).date()

    def is_settled(self, *kinds: EventKind) -> bool:
        """Whether nothing of these kinds happened between the two captures."""
        events = (*self.one.events, *self.other.events)
        return not any(event.kind in kinds and event.date and event.date > self.known_until for event in events)


def cross_check(revisions: Sequence[RawQuestion], reference: Reference) -> Checked:
    """Compare the sources of one question; `revisions` newest first."""
    sources = reference.sources
    speaking = _speaking(revisions, sources)
    comparisons: list[Comparison] = []
    disagreements: list[Disagreement] = []
    for one, other in combinations(speaking, 2):
        pair = _Pair(one, other, sources)
        found = list(_fields(pair, reference))
        disagreements += [_record(pair, field, readings, speaking) for field, same, readings in found if not same]
        agreed = tuple(field for field, same, _ in found if same)
        comparisons.append(Comparison(source=sources.source(one), other_source=sources.source(other), agreed=agreed))
    return Checked(tuple(comparisons), tuple(disagreements))


def _speaking(revisions: Sequence[RawQuestion], sources: Sources) -> list[RawQuestion]:
    """One revision a source, the newest complete one, in the order of trust."""
    found: dict[str, RawQuestion] = {}
    for revision in sorted(revisions, key=lambda revision: revision.partial):
        source = sources.source(revision)
        if revision.taken_down:
            continue
        if source in found and source in sources.sources and sources.sources[source].in_parts:
            found[source] = _together(found[source], revision)
        found.setdefault(source, revision)
    names = list(sources.sources)
    return [found[name] for name in sorted(found, key=lambda name: names.index(name) if name in names else len(names))]


def _together(first: RawQuestion, older: RawQuestion) -> RawQuestion:
    """What two parts of one source say: the first counts, the older one fills."""
    lacking = {name for name in RawQuestion.model_fields if getattr(first, name) is None}
    kinds = {event.kind for event in first.events if event.date}
    events = [event for event in first.events if event.date]
    events += [event for event in older.events if event.kind not in kinds]
    filled = {name: getattr(older, name) for name in lacking}
    return first.model_copy(update={**filled, "events": tuple(events)})


_Found = tuple[str | None, str | None]
"""Both readings, as they are told."""


def _fields(pair: _Pair, reference: Reference) -> Iterator[tuple[str, bool, _Found]]:
    """Each field that both show: its name, whether they agree, and both readings."""
    for field, rules in pair.sources.fields.items():
        if _is_compared(pair, field):
            one, other = _value(pair.one, field), _value(pair.other, field)
            if one and other:
                yield field, are_alike(one, other, rules, reference.ministries), (one, other)
    for name in EVENT_FIELDS:
        yield from _events(pair, name)


def _is_compared(pair: _Pair, field: str) -> bool:
    sources = pair.sources
    for each in (pair.one, pair.other):
        if field in sources.not_compared.get(sources.source(each), ()):
            return False
    return field not in sources.changing or pair.is_settled(*_MOVING)


def _value(revision: RawQuestion, field: str) -> str | None:
    if not field.startswith("author."):
        found: str | None = getattr(revision, field)
        return found
    author, name = revision.author, field.removeprefix("author.")
    if author is None:
        return None
    if name == "name" and author.name:
        return reading_order(author.name, surname_first=author.surname_first)
    told: str | None = getattr(author, name)
    return told


def _events(pair: _Pair, name: str) -> Iterator[tuple[str, bool, _Found]]:
    """The days of the events of a kind; where one does not show days, whether there are any."""
    one, other = (_known(each, name, pair.known_until) for each in (pair.one, pair.other))
    if not one and not other:
        return
    if (one or pair.sources.tells(pair.one, name)) and (other or pair.sources.tells(pair.other, name)):
        if all(event.date for event in (*one, *other)):
            yield name, _days(one) == _days(other), (_told(one), _told(other))
        else:
            yield name, bool(one) == bool(other), (_told(one), _told(other))
    yield from _pages(one, other, name)


def _known(revision: RawQuestion, name: str, until: date) -> list[PrintedEvent]:
    return [
        event
        for event in revision.events
        if event_field(event.kind) == name and (event.date is None or event.date <= until)
    ]


def _days(events: Sequence[PrintedEvent]) -> list[tuple[str, date | None, str | None]]:
    return sorted({(event.kind.value, event.date, event.corrects or "") for event in events}, key=str)


def _told(events: Sequence[PrintedEvent]) -> str | None:
    """The events as a list of words, None for a silence."""
    told = [
        " ".join(filter(None, [event.kind.value, str(event.date or ""), event.corrects or "", event.reason or ""]))
        for event in sorted(events, key=lambda event: (str(event.date), event.kind.value))
    ]
    return json.dumps(told, ensure_ascii=False) if told else None


def _pages(one: Sequence[PrintedEvent], other: Sequence[PrintedEvent], name: str) -> Iterator[tuple[str, bool, _Found]]:
    """The page of the JO, of events that both have on one day."""
    for event in one:
        if event.kind not in _PAGED or event.page is None or event.date is None:
            continue
        pages = [each.page for each in other if (each.kind, each.date) == (event.kind, event.date) and each.page]
        if pages:
            yield f"{name}.page", event.page in pages, (str(event.page), str(pages[0]))


def _record(pair: _Pair, field: str, found: _Found, speaking: Sequence[RawQuestion]) -> Disagreement:
    """The record of a difference, with the source whose reading stands and why."""
    sources = pair.sources
    one, other = pair.one, pair.other
    chosen, rule = _chosen(pair, field.removesuffix(".page"), found, speaking)
    return Disagreement(
        field=field,
        source=sources.source(one),
        value=found[0],
        capture_id=one.capture_id,
        other_source=sources.source(other),
        other_value=found[1],
        other_capture_id=other.capture_id,
        chosen=chosen,
        rule=rule,
    )


def _chosen(pair: _Pair, field: str, found: _Found, speaking: Sequence[RawQuestion]) -> tuple[str, str]:
    sources = pair.sources
    if None in found:
        shows = pair.one if found[0] is not None else pair.other
        return sources.source(shows), "shown"
    showing = [each for each in sources.ordered(speaking, field) if _shows(each, field)]
    first = showing[0]
    loser = pair.other if first is not pair.other else pair.one
    return sources.source(first), sources.rule(first, loser, field)


def _shows(revision: RawQuestion, field: str) -> bool:
    if field in EVENT_FIELDS:
        return any(event_field(event.kind) == field and event.date for event in revision.events)
    return bool(_value(revision, field))
