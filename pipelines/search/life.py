"""The life of the versioned indices: which there are, going back to one, copies, and what is left over.

Both engines offer the same few acts (`embedded/life.py`, `elastic/life.py`); when they are done is said by the flow.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from schemas.errors import UsageError


@dataclass(frozen=True)
class IndexVersion:
    """One versioned index. `data_version` is None in what a killed rebuild left, which no search ever reads."""

    index: str
    data_version: str | None
    content: str  # digest of what that data version holds
    documents: int
    live: bool
    readable: bool  # complete, and of the shape that this Questarium reads


class IndexLife(Protocol):
    """What can be done with the indices as wholes; every method raises SearchError or SearchUnavailableError."""

    def versions(self) -> list[IndexVersion]:
        """All of them, oldest first."""
        ...

    def switch(self, index: str) -> None:
        """Make another complete version the live one, in one step."""
        ...

    def clean(self) -> list[str]:
        """Remove what killed rebuilds and copies left; gives the names."""
        ...

    def drop(self, index: str) -> None:
        """Remove a version that is not the live one."""
        ...

    def snapshot(self, place: str) -> str:
        """Copy the live index to a place (a folder, as the engine sees it); gives the copy's name."""
        ...

    def snapshots(self, place: str) -> list[str]:
        """The complete copies in a place, oldest first."""
        ...

    def restore(self, place: str, name: str) -> str:
        """Bring a copy back as a new version and switch to it; gives the new version's name."""
        ...


def chosen_copy(place: str, copies: Sequence[str], name: str | None) -> str:
    """The copy of that name, or the newest one; raises UsageError when there is none."""
    if not copies:
        raise UsageError(f"there is no copy of an index in {place}")
    if name is not None and name not in copies:
        raise UsageError(f"there is no copy '{name}' in {place}; there are: {', '.join(copies)}")
    return name or copies[-1]


def copy_name(number: int, data_version: str, index: str) -> str:
    """The name of a copy: its place among the copies, then what it is a copy of."""
    return f"{number:06}-{data_version}-{index}"


def next_number(copies: Sequence[str]) -> int:
    """The place of the next copy among these."""
    return max((int(name.split("-", 1)[0]) for name in copies), default=0) + 1
