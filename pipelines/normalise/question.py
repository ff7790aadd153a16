"""Revisions of one question → the question.

Each field is that of the revision that is believed first for it (`trust`): the newest complete one of the best source;
what it does not show is filled from the others, the damaged ones last. Nothing is dropped because another revision is
silent about it, and nothing is guessed: what no revision shows stays None. Where sources differ is kept beside it.
"""

from collections.abc import Mapping, Sequence

from pipelines.normalise.attributions import attributions
from pipelines.normalise.author import Asked, asked_by
from pipelines.normalise.corrections import corrected
from pipelines.normalise.crosscheck import cross_check
from pipelines.normalise.events import are_in_order, joined, known, with_causes_of
from pipelines.normalise.reference import Reference
from schemas.capture import MEMBER_MARK
from schemas.figure import Section
from schemas.question import Attribution, EventKind, PrintedEvent, Question, RawQuestion
from schemas.text_table import TextTable

_FIELDS = (
    *("source_id", "ministry_asked", "ministry_assigned", "ministry_answered"),
    *("rubric", "heading", "title", "question", "answer"),
)
"""The fields that are one revision's reading as it is."""


def normalise(revisions: Sequence[RawQuestion], reference: Reference) -> Question:
    """Make one question of its revisions, given in any order.

    Raises:
        ValueError: no revision at all, or revisions of several questions.
    """
    newest = _newest_first(revisions)
    taken_down = any(revision.taken_down for revision in newest)
    sources, registry = reference.sources, reference.ministries
    own = reference.corrections_of(newest[0].key, with_texts=not taken_down)
    right, corrections = corrected(newest, own, sources)
    shown = {field: _shown(sources.ordered(right, field), field) for field in _FIELDS}
    events = joined(right, sources)
    asked, answered = shown["ministry_asked"], shown["ministry_answered"]
    assigned = shown.pop("ministry_assigned") or answered
    steps = attributions(asked, assigned, events, reference)
    asker = _asker(right, events, reference)
    checked = cross_check(newest, reference)
    return Question(
        key=newest[0].key,
        source_url=_address(newest),
        author=asker.author,
        ministry_asked_id=registry.ministry_id(asked),
        ministry_answered_id=registry.ministry_id(answered),
        attributions=steps,
        events=with_causes_of(steps, [known(event, right) for event in events]),
        tables=(*_tables(right, shown, Section.QUESTION), *_tables(right, shown, Section.ANSWER)),
        answered_with=tuple(sorted({str(key) for revision in newest for key in revision.answered_with})),
        comparisons=checked.comparisons,
        disagreements=checked.disagreements,
        corrections=corrections,
        flags=_flags(
            right,
            events,
            [asked, answered],
            steps,
            reference,
            later_group=asker.later_group,
            stale_correction=not all(each.applied for each in corrections),
        ),
        captures=tuple(dict.fromkeys(revision.capture_id for revision in newest)),
        **shown,
    )


def _newest_first(revisions: Sequence[RawQuestion]) -> list[RawQuestion]:
    named = {str(revision.key) for revision in revisions}
    if len(named) != 1:
        raise ValueError(f"the revisions of exactly one question are needed, not of: {sorted(named)}")
    return sorted(revisions, key=lambda revision: (revision.captured_at, revision.capture_id), reverse=True)


def _asker(revisions: Sequence[RawQuestion], events: Sequence[PrintedEvent], reference: Reference) -> Asked:
    """Who asked, as of the day of the publication."""
    published = next((event.date for event in events if event.kind == EventKind.PUBLISHED and event.date), None)
    ordered = reference.sources.ordered(revisions, "author.group")
    printed = [revision.author for revision in ordered if revision.author]
    return asked_by(printed, revisions[0].key.term_key, published, reference.members, reference.groups)


def _shown(revisions: Sequence[RawQuestion], field: str) -> str | None:
    """The first reading of a field, in the order of trust."""
    return next((value for revision in revisions if (value := getattr(revision, field)) is not None), None)


def _address(newest: Sequence[RawQuestion]) -> str:
    """Where people can read it: of the newest complete revision, one in a file of many only where there is no other."""
    return min(newest, key=lambda revision: (revision.partial, MEMBER_MARK in revision.url)).url


def _tables(
    revisions: Sequence[RawQuestion], shown: Mapping[str, str | None], section: Section
) -> tuple[TextTable, ...]:
    """The tables of the text that stands: of a revision with the very same text."""
    text = shown[section.value]
    same = [revision for revision in revisions if text is not None and getattr(revision, section.value) == text]
    found = (tuple(table for table in revision.tables if table.section == section) for revision in same)
    return next((tables for tables in found if tables), ())


def _flags(
    newest: Sequence[RawQuestion],
    events: Sequence[PrintedEvent],
    labels: Sequence[str | None],
    steps: Sequence[Attribution],
    reference: Reference,
    **told: bool,
) -> tuple[str, ...]:
    """What is notable, sorted by name; `told` are flags that are known already."""
    ministries = [*labels, *(step.ministry for step in steps)]
    flags = told | {
        "partial": all(revision.partial for revision in newest),
        "taken_down": any(revision.taken_down for revision in newest),
        "term_inferred": all(revision.term_inferred for revision in newest),
        "unknown_ministry": any(label and reference.ministries.ministry(label) is None for label in ministries),
        "unknown_motive": any(event.kind == EventKind.CLOSED_OTHER for event in events),
        "dates_out_of_order": not are_in_order(events),
    }
    return tuple(sorted(name for name, holds in flags.items() if holds))
