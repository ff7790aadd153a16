"""How many forms may stand side by side and near each other, so that every engine takes the query.

An engine asks for each of these forms at each place, in each text and in both orders; Elasticsearch refuses a query
with too many of them, and frequent words near frequent ones take long. Where a query has more, each place keeps its
most frequent forms, and the reader is told.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

from pipelines.search.engine_query import Accents, And, EngineQuery, Mark, Near, Not, Or, Phrase

MAX_FORMS_SIDE_BY_SIDE = 600
_FEW = 100  # are never cut: those of some words are as many
_FEWEST = 30  # of patterns, however frequent
_READ = 40_000_000  # forms times the documents in which each is looked for: more take a second

Forms = tuple[str, ...]
_Places = tuple[Forms, ...]
M = TypeVar("M", bound=Mark)


def forms_kept(query: EngineQuery, count: Callable[[str], int]) -> int | None:
    """How many forms each place may keep; None when there are few enough. `count` gives the documents with a form."""
    marks = list(_places(query))
    sizes = sorted(len(forms) for places in marks for forms in places)
    if sum(sizes) <= _FEW:
        return None
    documents = (sorted(sum(map(count, forms)) for forms in places) for places in marks)
    others = sum(sum(each[:-1]) for each in documents)  # beside the most frequent place of each
    left = max(_FEWEST, min(MAX_FORMS_SIDE_BY_SIDE, _READ // max(1, others)))
    for place, size in enumerate(sizes):
        share = max(1, left // (len(sizes) - place))
        if size > share:
            return share
        left -= size
    return None


def fitting(query: EngineQuery, limit: int, count: Callable[[str], int]) -> EngineQuery:
    """The query with the `limit` most frequent forms at each place of words side by side and near each other."""
    if isinstance(query, And | Or):
        return replace(query, parts=tuple(fitting(part, limit, count) for part in query.parts))
    if isinstance(query, Not):
        return Not(fitting(query.part, limit, count))
    return fitting_mark(query, limit, count) if isinstance(query, Phrase | Near) else query


def fitting_mark(mark: M, limit: int, count: Callable[[str], int]) -> M:
    """The same for what is marked in the texts, lest it show more than was asked."""

    def cut(places: _Places) -> _Places:
        return tuple(tuple(sorted(forms, key=lambda form: (-count(form), form))[:limit]) for forms in places)

    match mark:
        case Phrase() if mark.accents is Accents.PLAIN:
            return replace(mark, positions=cut(mark.positions))
        case Near():
            return replace(mark, left=cut(mark.left), right=cut(mark.right))
        case _:
            return mark


def _places(query: EngineQuery) -> Iterator[_Places]:
    """The places of each mark whose words stand side by side or near each other."""
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _places(part)
        case Not(part):
            yield from _places(part)
        case Near(left, right):
            yield (*left, *right)
        case Phrase(positions, Accents.PLAIN) if len(positions) > 1:
            yield positions
        case _:
            return
