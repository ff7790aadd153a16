"""Figures: the quantities stated in a text."""

from enum import StrEnum

from schemas.record import Record


class FigureKind(StrEnum):
    """What a figure measures."""

    COUNT = "count"
    MONEY = "money"
    PERCENTAGE = "percentage"
    PERCENTAGE_POINT = "percentage_point"
    DURATION = "duration"
    RATIO = "ratio"
    RATE = "rate"
    MEASURE = "measure"
    ORDINAL = "ordinal"  # a place in an order; no quantity, so only read where it is asked for


class Approximation(StrEnum):
    """How exact the text says the figure is."""

    ABOUT = "about"
    MIN = "min"
    MAX = "max"


class Direction(StrEnum):
    """Amount of a change (up, down) or one of its two levels (from, to)."""

    UP = "up"
    DOWN = "down"
    FROM = "from"
    TO = "to"


class Section(StrEnum):
    """Which text of a question."""

    QUESTION = "question"
    ANSWER = "answer"


class Figure(Record):
    """One quantity, with the words it was read from.

    `start` and `end` are offsets in Unicode code points into the text read, end exclusive; `text` is that slice. Either
    `value` is set, or `low` and `high` are. `unit` is an ISO 4217 currency, a UCUM unit, `%`, `pp`, `1` (share), `x`
    (factor) or `/1000`-like (rate); counts have none. `base_unit` and the base values are the same in the unit that
    figures of its kind are compared in (`units.yaml`): metres, seconds, euros for francs. A figure of a table has its
    headers.
    """

    start: int
    end: int
    text: str
    kind: FigureKind
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    approx: Approximation | None = None
    direction: Direction | None = None
    per: str | None = None
    subject: str | None = None
    base_unit: str | None = None
    base_low: float | None = None  # equal to `base_high` for a point value
    base_high: float | None = None
    row_header: str | None = None
    column_header: str | None = None
    sentence: str | None = None
    section: Section | None = None  # None outside a question (extract-figures)
    rule: str | None = None  # the step that found it
