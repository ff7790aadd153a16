"""Figures as ranges of 128 bits in one field of their question, so that a single figure has to meet a whole condition.

Nested documents do the same, but make three of four documents of the index figures: every column and norm of the
questions is then full of gaps, and whatever is counted or scored takes longer.

The upper half of the bits says what is compared: the number as written or in its base unit, the kind of the figure, a
word of its subject or none. The lower half is the number. A figure is one range for each way to ask for it; a condition
finds the ranges that overlap its own.
"""

import math
import struct
from collections.abc import Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final

from pipelines.search.documents import FlatFigure
from pipelines.search.engine_query import FigureIs
from pipelines.search.matching import tokens_of
from schemas.figure import FigureKind

RANGES: Final = {"type": "ip_range", "doc_values": False}  # of all types the one with 128 bits

Range = str | dict[str, str]
"""An address with its length, or the first and the last address."""

_NO_NUMBER: Final = "0000:0000:0000:0000"  # of a figure without bounds: no number becomes that
_LAST_NUMBER: Final = "ffff:ffff:ffff:ffff"
_SIGN: Final = 2**63
_ALL: Final = 2**64 - 1
_ANY_WORD: Final = ""


def figure_ranges(figures: Iterable[FlatFigure]) -> list[Range]:
    """The distinct ranges that stand for some figures."""
    ends = dict.fromkeys(each for figure in figures for each in _ends(figure))
    return [f"{first}/128" if first == last else {"gte": first, "lte": last} for first, last in ends]


def figure_conditions(condition: FigureIs) -> list[dict[str, Any]]:
    """Queries for the ranges to look for, one for each kind and word that the figure may have; one has to match."""
    low, high = condition.low, condition.high
    if low is None and high is None:
        numbers = _NO_NUMBER, _LAST_NUMBER
    else:
        numbers = _sortable(-math.inf if low is None else low), _sortable(math.inf if high is None else high)
    kinds = FigureKind if condition.kind is None else [condition.kind]
    words = tokens_of(condition.subject_forms) if condition.subject_forms else [_ANY_WORD]
    ways = (_way(kind, condition.unit, word) for kind in kinds for word in words)
    return [{"range": {"figures": {"gte": way + numbers[0], "lte": way + numbers[1]}}} for way in ways]


def _ends(figure: FlatFigure) -> Iterator[tuple[str, str]]:
    """First and last address of each range of one figure."""
    kind, unit = figure.kind, figure.base_unit
    first, last = _numbers(figure.low, figure.high)
    base_first, base_last = _numbers(figure.base_low, figure.base_high)
    for word in (_ANY_WORD, *figure.subject):
        way = _way(kind, None, word)
        yield way + first, way + last
        if unit is not None:
            way = _way(kind, unit, word)
            yield way + base_first, way + base_last


@lru_cache(maxsize=100_000)
def _way(kind: str, unit: str | None, word: str) -> str:
    """The upper half for a way to ask for a figure; without a unit for its number as written."""
    digest = blake2b("\n".join((kind, unit or "", word)).encode(), digest_size=8)
    return digest.digest().hex(":", 2) + ":"


def _numbers(low: float | None, high: float | None) -> tuple[str, str]:
    if low is None or high is None:
        return _NO_NUMBER, _NO_NUMBER
    first = _sortable(min(low, high))
    return first, first if low == high else _sortable(max(low, high))


@lru_cache(maxsize=100_000)
def _sortable(number: float) -> str:
    """The lower half for a number; these are ordered as the numbers are."""
    bits: int = struct.unpack(">Q", struct.pack(">d", number + 0.0))[0]  # -0.0 becomes 0.0
    return (bits ^ _SIGN if bits < _SIGN else _ALL - bits).to_bytes(8).hex(":", 2)
