"""The tree of a query: what was typed, before anything is looked up.

Leaves carry the field they are asked in (`scope`, a target of data/fields.yaml; None is all texts). Two queries that
say the same have equal trees: the places in the query (`at`) are kept for warnings and do not count.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Place = tuple[int, int]
_NOWHERE: Place = (0, 0)


@dataclass(frozen=True)
class Word:
    """A word, lower-cased, without elision; it may have several parts (`garde-à-vue`).

    `dropped` and `added` are what the reader changed in its forms: `hôpital{-hopital}`, `retraite{+retraité}`.
    """

    text: str
    scope: str | None = None
    dropped: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    at: Place = field(default=_NOWHERE, compare=False)

    @property
    def written(self) -> str:
        """The word as it is written in a query."""
        changed = [*(f"-{form}" for form in self.dropped), *(f"+{form}" for form in self.added)]
        return f"{self.text}{{{','.join(changed)}}}" if changed else self.text


@dataclass(frozen=True)
class Wildcard:
    """A lower-cased pattern with `*` or `?`, or a word followed by `~`: any word one letter away."""

    pattern: str
    scope: str | None = None
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class Quoted:
    """Exact words in order; `accents` when accents count too."""

    text: str
    accents: bool = False
    scope: str | None = None
    at: Place = field(default=_NOWHERE, compare=False)


Single = Word | Wildcard | Quoted


def typed(leaf: Single) -> str:
    """What was typed: the text, or the pattern."""
    return leaf.pattern if isinstance(leaf, Wildcard) else leaf.text


@dataclass(frozen=True)
class Proximity:
    """One of `left` near one of `right`, with at most `between` words between them; in this order when `ordered`."""

    left: tuple[Single, ...]
    right: tuple[Single, ...]
    between: int
    ordered: bool = False
    scope: str | None = None
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class Choice:
    """A field whose values are a closed list (status, ever, type, parliament)."""

    scope: str
    value: str
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class Key:
    """An exact id of ours or of the source."""

    scope: str
    value: str
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class Numbers:
    """A number field between two bounds, both included; None is open."""

    scope: str
    low: int | None
    high: int | None
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class Dates:
    """A date field between two days, both included; None is open."""

    scope: str
    low: date | None
    high: date | None
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class FigureTest:
    """One figure that meets every condition given."""

    low: float | None = None
    high: float | None = None
    unit: str | None = None
    kind: str | None = None
    subject: str | None = None
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class Present:
    """The field has a value."""

    scope: str
    at: Place = field(default=_NOWHERE, compare=False)


class Extent(StrEnum):
    """The two queries without a condition."""

    ALL = "all"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Everything:
    """All questions (`*`), or none when there was nothing to read in what was typed."""

    extent: Extent = Extent.ALL
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class All:
    """All parts hold."""

    parts: tuple["Node", ...]
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class Any:
    """At least one part holds."""

    parts: tuple["Node", ...]
    at: Place = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True)
class Without:
    """The part does not hold."""

    part: "Node"
    at: Place = field(default=_NOWHERE, compare=False)


Node = (
    Word
    | Wildcard
    | Quoted
    | Proximity
    | Choice
    | Key
    | Numbers
    | Dates
    | FigureTest
    | Present
    | Everything
    | All
    | Any
    | Without
)
