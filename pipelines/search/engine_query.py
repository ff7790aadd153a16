"""The engine query: the small closed language between the query language and the two engines.

Everything linguistic (lemmas, wildcards, elisions, relative dates) is resolved before; an engine only matches tokens,
keywords and numbers. Each engine compiles every node; a node that one engine cannot do does not belong here.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class TextField(StrEnum):
    """The texts of a question; each is indexed twice, plain (lower-cased) and folded (accents off too)."""

    TITLE = "title"  # title and heading together
    QUESTION = "question"
    ANSWER = "answer"


ALL_TEXTS: tuple[TextField, ...] = tuple(TextField)


class Accents(StrEnum):
    """Which tokens a phrase is matched against."""

    PLAIN = "plain"
    FOLDED = "folded"


Positions = tuple[tuple[str, ...], ...]
"""Words side by side: at each position the alternative tokens that may stand there."""


@dataclass(frozen=True)
class MatchAll:
    """Every question."""


@dataclass(frozen=True)
class MatchNone:
    """No question."""


@dataclass(frozen=True)
class AnyForm:
    """At least one of these plain tokens in one of these texts; scored by its best form (best-of, not a sum).

    `beginning` may say what the forms have in common: they are all forms of the index that fold to a word that begins
    with these letters. An engine may seek that instead.
    """

    forms: tuple[str, ...]
    texts: tuple[TextField, ...] = ALL_TEXTS
    beginning: str | None = None


@dataclass(frozen=True)
class Phrase:
    """These tokens side by side and in this order in one of these texts.

    Each position holds the alternatives that may stand there: one token for quoted words, all forms of the word for
    a hyphenated word.
    """

    positions: Positions
    accents: Accents
    texts: tuple[TextField, ...] = ALL_TEXTS


@dataclass(frozen=True)
class Near:
    """`left` and `right` in one text with at most `between` words between them; they do not overlap.

    In either order, or left before right when `ordered`. Each side is one word or more side by side, every position
    with the plain tokens that may stand there.
    """

    left: Positions
    right: Positions
    between: int
    ordered: bool
    texts: tuple[TextField, ...] = ALL_TEXTS


@dataclass(frozen=True)
class Keyword:
    """The field has exactly one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class NumberRange:
    """low ≤ field ≤ high; None is open."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True)
class DateRange:
    """low ≤ a date of the field ≤ high; None is open."""

    field: str
    low: date | None
    high: date | None


@dataclass(frozen=True)
class Exists:
    """The field has a value."""

    field: str


@dataclass(frozen=True)
class Ids:
    """These questions."""

    ids: tuple[str, ...]


@dataclass(frozen=True)
class FigureIs:
    """One single figure of the question meets all of these conditions; None is no condition.

    With a unit, which is a base unit, the bounds are in it; without one they are bounds of the number as written.

    `low` and `high` bound the value (a range overlaps them). `subject_forms` are folded words of its subject.
    """

    low: float | None = None
    high: float | None = None
    unit: str | None = None
    kind: str | None = None
    subject_forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class And:
    """All of them."""

    parts: tuple["EngineQuery", ...]


@dataclass(frozen=True)
class Or:
    """At least one of them."""

    parts: tuple["EngineQuery", ...]


@dataclass(frozen=True)
class Not:
    """Every question but these."""

    part: "EngineQuery"


EngineQuery = (
    MatchAll
    | MatchNone
    | AnyForm
    | Phrase
    | Near
    | Keyword
    | NumberRange
    | DateRange
    | Exists
    | Ids
    | FigureIs
    | And
    | Or
    | Not
)

MAX_FIGURES: Final = 4
"""Conditions on figures that a query may have; an engine may keep what it found for each of them: megabytes."""

Mark = AnyForm | Phrase | Near
"""What is looked for in the texts, and therefore marked in them."""

KEYWORD_FIELDS: frozenset[str] = frozenset(
    {
        "id",
        "source_id",
        "type",
        "status",
        "ever",
        "parliament",
        "author",
        "group",
        "constituency",
        "rubric",
        "ministry_asked",
        "ministry_assigned",
        "ministry_answered",
        "ministry_asked_id",
        "ministry_assigned_id",
        "ministry_answered_id",
        "portfolios",
    }
)
"""Fields of whole values, matched exactly as published; the query language resolves what was typed to the values
that exist, through the vocabulary."""

NUMBER_FIELDS: frozenset[str] = frozenset({"term", "number", "delay_days", "renewals", "figures_count", "tables"})
DATE_FIELDS: frozenset[str] = frozenset(
    {"published_date", "due_date", "answered_date", "closed_date", "renewed_dates", "signalled_dates"}
)
