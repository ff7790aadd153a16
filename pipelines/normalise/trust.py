"""Whom to believe: the sources of questions in their order, and which revision counts for a field (`sources.yaml`)."""

import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from pydantic import Field

from schemas.question import EventKind, RawQuestion
from schemas.record import Record
from schemas.yaml_text import load_yaml

CLOSED = "closed"
"""The events that end a question without an answer, compared as one: a motive may be read as one kind or another."""

_CLOSINGS = (EventKind.WITHDRAWN, EventKind.LAPSED, EventKind.CONVERTED, EventKind.CLOSED_OTHER)
_FIELDS = {kind: CLOSED if kind in _CLOSINGS else kind.value for kind in EventKind}

EVENT_FIELDS = tuple(dict.fromkeys(_FIELDS.values()))
"""The names under which events are compared and trusted."""


def event_field(kind: EventKind) -> str:
    """The name under which an event is compared and trusted."""
    return _FIELDS[kind]


class _Source(Record):
    formats: tuple[str, ...]
    tells: tuple[str, ...] | dict[str, tuple[str, ...]] = ()
    in_parts: bool = False


class Sources(Record):
    """The table of sources, as its file has it."""

    sources: dict[str, _Source]
    believed_last: dict[str, tuple[str, ...]]
    changing: frozenset[str]
    fields: dict[str, tuple[str, ...]]
    not_compared: dict[str, frozenset[str]]
    version: str = Field(default="")

    def source(self, revision: RawQuestion) -> str:
        """The source of a revision; a format that the table does not know is a source of its own, believed last."""
        return next((name for name, each in self.sources.items() if revision.format in each.formats), revision.format)

    def tells(self, revision: RawQuestion, event: str) -> bool:
        """Whether the silence of a revision about an event means that it did not happen."""
        known = self.sources.get(self.source(revision))
        if known is None:
            return False
        told = known.tells.get(revision.format, ()) if isinstance(known.tells, dict) else known.tells
        return event in told

    def ordered(self, revisions: Sequence[RawQuestion], field: str) -> list[RawQuestion]:
        """The revisions in the order in which they are believed for a field; given newest first."""
        if len(revisions) == 1:  # most questions have one
            return list(revisions)
        return sorted(revisions, key=lambda revision: self._place(revision, field))

    def rule(self, chosen: RawQuestion, other: RawQuestion, field: str) -> str:
        """Why the reading of the first stands: `complete`, `newest` or `trust`."""
        names = ("complete", "trust", "newest") if field in self.changing else ("complete", "trust")
        pairs = zip(names, self._place(chosen, field), self._place(other, field), strict=False)
        return next((name for name, one, two in pairs if one != two), "trust")

    def _place(self, revision: RawQuestion, field: str) -> tuple[int, ...]:
        """Damaged ones last, then reprints; then the day of what changes, then the order of trust."""
        names = list(self.sources)
        source = self.source(revision)
        rank = names.index(source) if source in names else len(names)
        if source in self.believed_last.get(field, ()):
            rank += len(names) + 1
        is_reprint = int(rank == len(names) - 1)
        day = -revision.captured_at.toordinal() if field in self.changing else 0
        return (int(revision.partial), is_reprint, day, rank)


@cache
def bundled_sources() -> Sources:
    """The table that comes with the project; its version is the digest of its file."""
    content = files("pipelines.normalise").joinpath("registries/sources.yaml").read_bytes()
    version = hashlib.sha256(content).hexdigest()[:12]
    return Sources.model_validate(load_yaml(content) | {"version": version})
