"""What both engines must decide alike before they compile a query: what is scored, and how far pages go.

A question is scored by the words it has: each word gives its best form in its best text (BM25, the title more), the
words of a conjunction add up, and phrases and proximities are scored by their words and only filtered by their places.
Keywords, numbers, dates, figures and what is excluded never score.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final

from pipelines.search.documents import FACET_FIELDS, INT64, TEXT_FIELDS, is_indexable
from pipelines.search.engine_query import (
    DATE_FIELDS,
    KEYWORD_FIELDS,
    NUMBER_FIELDS,
    And,
    AnyForm,
    DateRange,
    EngineQuery,
    Exists,
    FigureIs,
    Ids,
    Keyword,
    MatchAll,
    MatchNone,
    Near,
    Not,
    NumberRange,
    Or,
    Phrase,
    TextField,
)
from pipelines.search.small_phrases import as_small_phrases
from schemas.errors import SearchError

WINDOW: Final = 10_000
"""Last place a page reaches; whoever wants more wants all, and scans."""

_NODE_CLAUSES = 400  # forms times texts; a wildcard with more is matched but not scored
_QUERY_CLAUSES = 1_000  # Elasticsearch allows 1,024 clauses at least

Word = tuple[tuple[str, ...], tuple[TextField, ...]]
"""Alternative forms, and the texts they are looked for in."""


def is_scored(query: EngineQuery) -> bool:
    """Whether relevance means anything for the query; otherwise its matches are all alike."""
    return 0 < _clauses(query) <= _QUERY_CLAUSES


def needs_places(node: EngineQuery) -> bool:
    """Whether every match has words next to or near each other: dear to find, and rarely many."""
    if isinstance(node, And):
        return any(map(needs_places, node.parts))
    if isinstance(node, Or):
        return all(map(needs_places, node.parts))
    return isinstance(node, Near) or (isinstance(node, Phrase) and not as_small_phrases(node))


def scored_words(node: EngineQuery) -> list[Word]:
    """The words a text node is scored by; none when it has too many forms, or is no text node."""
    words = list(_words(node))
    return words if 0 < sum(_size(word) for word in words) <= _NODE_CLAUSES else []


def scores(node: EngineQuery) -> bool:
    """Whether anything in the node is scored."""
    return _clauses(node) > 0


def fields_of(texts: tuple[TextField, ...]) -> tuple[str, ...]:
    """The indexed fields of these texts."""
    return tuple(name for text in texts for name in TEXT_FIELDS[text])


def values_of(values: Iterable[str]) -> list[str]:
    """Distinct values that an index can hold."""
    return [value for value in dict.fromkeys(values) if is_indexable(value)]


def tokens_of(forms: tuple[str, ...]) -> list[str]:
    """Distinct forms that an index can hold: most can, which is seen at once for all of them."""
    held = [*dict.fromkeys(filter(None, forms))]
    return held if is_indexable("".join(held)) else values_of(held)


def check_page(offset: int, limit: int) -> None:
    """Raise SearchError for a page beyond the window."""
    if offset < 0 or limit < 0 or offset + limit > WINDOW:
        raise SearchError(
            f"a page ends at hit {WINDOW} at the latest, not at {offset + limit}: ask for all hits instead"
        )


def facet_field(facet: str) -> str:
    """The field a facet counts; raises SearchError for an unknown facet."""
    if facet not in FACET_FIELDS:
        raise SearchError(f"'{facet}' is no facet; there are {', '.join(FACET_FIELDS)}")
    return FACET_FIELDS[facet]


def check_field(node: Keyword | NumberRange | DateRange) -> str:
    """The node's field; raises SearchError when it has no such field."""
    known = {Keyword: KEYWORD_FIELDS, NumberRange: NUMBER_FIELDS, DateRange: DATE_FIELDS}[type(node)]
    if node.field not in known:
        raise SearchError(f"'{node.field}' is not among the fields {', '.join(sorted(known))}")
    return node.field


def bounds(node: NumberRange) -> tuple[int, int] | None:
    """Both bounds within 64 bits, None when nothing can lie between them."""
    low = -INT64 if node.low is None else max(node.low, -INT64)
    high = INT64 if node.high is None else min(node.high, INT64)
    return (low, high) if low <= high else None


def date_bounds(node: DateRange) -> tuple[date, date] | None:
    """Both bounds as days, None when nothing can lie between them."""
    low, high = node.low or date.min, node.high or date.max
    return (low, high) if low <= high else None


def _words(node: EngineQuery) -> Iterator[Word]:
    if isinstance(node, AnyForm):
        yield node.forms, node.texts
    elif isinstance(node, Near):
        for forms in (*node.left, *node.right):
            yield forms, node.texts
    elif isinstance(node, Phrase):
        for forms in node.positions:
            yield forms, node.texts


def _size(word: Word) -> int:
    forms, texts = word
    return len(forms) * len(fields_of(texts))


def _clauses(node: EngineQuery) -> int:
    if isinstance(node, And | Or):
        return sum(_clauses(part) for part in node.parts)
    if isinstance(node, MatchAll | MatchNone | Keyword | NumberRange | DateRange | Exists | Ids | FigureIs | Not):
        return 0
    return sum(_size(word) for word in scored_words(node))
