"""Revisions of one question → the question.

The newest complete revision of the parliament's own is the base; what it does not show is filled from the others, the
newest first, the cut ones last. Nothing is dropped because another revision is silent about it, and nothing is guessed:
what no revision shows stays None.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from pipelines.normalise.attributions import attributions
from pipelines.normalise.author import asked_by
from pipelines.normalise.events import are_in_order, joined, known, with_causes_of
from pipelines.normalise.reference import Reference
from schemas.figure import Section
from schemas.question import Attribution, EventKind, PrintedEvent, Question, RawQuestion
from schemas.text_table import TextTable

Shown = TypeVar("Shown")

_REPRINTS = frozenset({"nosdeputes_text"})
"""Formats of sites that reprint a parliament's pages: they fill, they do not overrule."""


def normalise(revisions: Sequence[RawQuestion], reference: Reference) -> Question:
    """Make one question of its revisions, given in any order.

    Raises:
        ValueError: no revision at all, or revisions of several questions.
    """
    named = {str(revision.key) for revision in revisions}
    if len(named) != 1:
        raise ValueError(f"the revisions of exactly one question are needed, not of: {sorted(named)}")
    newest = sorted(revisions, key=lambda revision: (revision.captured_at, revision.capture_id), reverse=True)
    trusted = sorted(newest, key=lambda revision: (revision.partial, revision.format in _REPRINTS))
    base = trusted[0]
    events = joined(trusted)
    asked = _shown(trusted, lambda revision: revision.ministry_asked)
    answered = _shown(trusted, lambda revision: revision.ministry_answered)
    assigned = _shown(trusted, lambda revision: revision.ministry_assigned) or answered
    registry = reference.ministries
    steps = attributions(asked, assigned, events, reference)
    published = next((event.date for event in events if event.kind == EventKind.PUBLISHED and event.date), None)
    printed = [revision.author for revision in trusted if revision.author]
    asker = asked_by(printed, base.key.term_key, published, reference.members, reference.groups)
    return Question(
        key=base.key,
        source_id=_shown(trusted, lambda revision: revision.source_id),
        source_url=base.url,
        author=asker.author,
        ministry_asked=asked,
        ministry_asked_id=registry.ministry_id(asked),
        ministry_answered=answered,
        ministry_answered_id=registry.ministry_id(answered),
        attributions=steps,
        rubric=_shown(trusted, lambda revision: revision.rubric),
        heading=_shown(trusted, lambda revision: revision.heading),
        title=_shown(trusted, lambda revision: revision.title),
        events=with_causes_of(steps, [known(event, newest) for event in events]),
        question=_shown(trusted, lambda revision: revision.question),
        answer=_shown(trusted, lambda revision: revision.answer),
        tables=(*_tables(trusted, Section.QUESTION), *_tables(trusted, Section.ANSWER)),
        flags=_flags(trusted, events, [asked, answered], steps, reference, later_group=asker.later_group),
        captures=tuple(dict.fromkeys(revision.capture_id for revision in newest)),
    )


def _shown(revisions: Sequence[RawQuestion], field: Callable[[RawQuestion], Shown | None]) -> Shown | None:
    """The first reading of a field, in the order of trust."""
    return next((value for revision in revisions if (value := field(revision)) is not None), None)


def _tables(revisions: Sequence[RawQuestion], section: Section) -> tuple[TextTable, ...]:
    """The tables of the text that stands: of its revision, or of another one with the very same text."""
    text = _shown(revisions, lambda revision: _text(revision, section))
    same = [revision for revision in revisions if text is not None and _text(revision, section) == text]
    found = (tuple(table for table in revision.tables if table.section == section) for revision in same)
    return next((tables for tables in found if tables), ())


def _text(revision: RawQuestion, section: Section) -> str | None:
    return revision.question if section == Section.QUESTION else revision.answer


def _flags(
    trusted: Sequence[RawQuestion],
    events: Sequence[PrintedEvent],
    labels: Sequence[str | None],
    steps: Sequence[Attribution],
    reference: Reference,
    *,
    later_group: bool,
) -> tuple[str, ...]:
    """What is notable, sorted by name."""
    ministries = [*labels, *(step.ministry for step in steps)]
    flags = {
        "partial": trusted[0].partial,
        "taken_down": any(revision.taken_down for revision in trusted),
        "term_inferred": all(revision.term_inferred for revision in trusted),
        "unknown_ministry": any(label and reference.ministries.ministry(label) is None for label in ministries),
        "later_group": later_group,
        "unknown_motive": any(event.kind == EventKind.CLOSED_OTHER for event in events),
        "dates_out_of_order": not are_in_order(events),
    }
    return tuple(sorted(name for name, holds in flags.items() if holds))
