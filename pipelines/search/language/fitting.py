"""How many forms may stand side by side and near each other, so that every engine takes the query.

An engine asks for each of these forms at each place, in each text and in both orders; Elasticsearch refuses a query
with too many of them, and frequent words near frequent ones take long. Where a query has more, each place keeps its
most frequent forms, and the reader is told. Words side by side that are near others are asked for at each distance
(embedded/compile.py): where all of them are frequent, fewer words may stand between.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from pipelines.search.engine_query import Accents, And, AnyForm, EngineQuery, Mark, Near, Not, Or, Phrase, Positions

MAX_FORMS_SIDE_BY_SIDE = 600
_FEW = 100  # are never cut: those of some words are as many
_FEWEST = 30  # of patterns, however frequent
_READ = 40_000_000  # forms times the documents in which each is looked for: more take a second
_COMPARED = 80_000_000  # places times the documents in which they are compared, at each distance: more take a second

_Count = Callable[[str], int]
Change = Callable[[Mark], Mark]


def fits(query: EngineQuery, count: _Count) -> Iterator[tuple[str, int, Change]]:
    """What has to be changed: the code of its warning, the limit, and how each mark changes.

    `count` gives the documents with a form.
    """
    if (kept := forms_kept(query, count)) is not None:
        yield "forms_cut", kept, partial(_with_forms, kept, count)
    if (between := between_kept(query, count)) is not None:
        yield "between_cut", between, partial(_closer, between)


def with_marks(query: EngineQuery, change: Change) -> EngineQuery:
    """The query with each of its marks changed."""
    match query:
        case And() | Or():
            return replace(query, parts=tuple(with_marks(part, change) for part in query.parts))
        case Not(part):
            return Not(with_marks(part, change))
        case AnyForm() | Phrase() | Near():
            return change(query)
        case _:
            return query


def forms_kept(query: EngineQuery, count: _Count) -> int | None:
    """How many forms each place may keep; None when there are few enough."""
    marks = [places for mark in _marks(query) if (places := _places(mark))]
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


def between_kept(query: EngineQuery, count: _Count) -> int | None:
    """How many words may stand between words side by side and others; None for as many as were asked for."""
    pairs = [mark for mark in _marks(query) if isinstance(mark, Near) and _has_several(mark)]
    at_each_distance = 0
    for pair in pairs:
        documents = min(sum(map(count, forms)) for forms in _places(pair))
        at_each_distance += documents * len(_places(pair)) * (1 if pair.ordered else 2)
    kept = max(0, _COMPARED // max(1, at_each_distance) - 1)
    return kept if any(pair.between > kept for pair in pairs) else None


def _with_forms(limit: int, count: _Count, mark: Mark) -> Mark:
    """The mark with the `limit` most frequent forms at each place."""

    def cut(places: Positions) -> Positions:
        return tuple(tuple(sorted(forms, key=lambda form: (-count(form), form))[:limit]) for forms in places)

    match mark:
        case Phrase() if mark.accents is Accents.PLAIN:
            return replace(mark, positions=cut(mark.positions))
        case Near():
            return replace(mark, left=cut(mark.left), right=cut(mark.right))
        case _:
            return mark


def _closer(between: int, mark: Mark) -> Mark:
    """The mark with at most that many words between words side by side and others."""
    if isinstance(mark, Near) and _has_several(mark):
        return replace(mark, between=min(mark.between, between))
    return mark


def _has_several(pair: Near) -> bool:
    return max(len(pair.left), len(pair.right)) > 1


def _marks(query: EngineQuery) -> Iterator[Mark]:
    match query:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _marks(part)
        case Not(part):
            yield from _marks(part)
        case AnyForm() | Phrase() | Near():
            yield query
        case _:
            return


def _places(mark: Mark) -> Positions:
    """The places of words that stand side by side and near each other; none of other marks."""
    match mark:
        case Near(left, right):
            return (*left, *right)
        case Phrase(positions, Accents.PLAIN) if len(positions) > 1:
            return positions
        case _:
            return ()
