"""Facets: how many of the matches have each value of a field.

tantivy counts them while it seeks the matches. Where seeking is dear and the hits are at hand, their codes are counted
instead: a code is a number that stands for a value, kept in a column that is read by the places of the hits. Which
value a code stands for is known from the counts of all documents; a number is its own code.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Final

import tantivy
from pydantic import TypeAdapter
from tantivy import DocAddress, Query

from pipelines.search.aggregations import counts_of, each_value
from pipelines.search.documents import NUMBERS
from pipelines.search.embedded.schema import code_field, code_of, counted_apart, counted_field
from pipelines.search.matching import facet_field
from schemas.search import FacetValue

Facets = dict[str, tuple[FacetValue, ...]]

_Counts = Mapping[str, int]
"""What stands in the column of a facet, with its number of documents."""

_FACETS: Final = TypeAdapter(Facets)


class FacetCounter:
    """Counts in one state of one index."""

    def __init__(self, searcher: tantivy.Searcher) -> None:
        self._searcher = searcher
        self._of_all: Facets = {}  # never change here
        self._meanings: dict[str, dict[int, str]] = {}  # facet → code → what stands in its column

    def of_query(self, query: Query, facets: Sequence[str]) -> Facets:
        """Of all that match, which tantivy seeks."""
        return _values(self._sought(query, facets))

    def of_all(self, facets: Sequence[str]) -> Facets:
        """Of all documents."""
        if new := [each for each in facets if each not in self._of_all]:
            counted = self._sought(Query.all_query(), new)
            self._meanings |= {facet: {_code(facet, held): held for held in found} for facet, found in counted.items()}
            self._of_all |= _values(counted)
        return {facet: self._of_all[facet] for facet in facets}

    def of_hits(self, hits: list[DocAddress], facets: Sequence[str]) -> Facets:
        """Of the documents at these places."""
        self.of_all(facets)
        return _values({facet: self._read(hits, facet) for facet in facets})

    def _sought(self, query: Query, facets: Sequence[str]) -> dict[str, _Counts]:
        if not facets:
            return {}
        wanted = {facet: each_value(counted_field(facet_field(facet))) for facet in facets}
        counted = self._searcher.aggregate(query, wanted)
        return {facet: counts_of(counted[facet]) for facet in facets}

    def _read(self, hits: list[DocAddress], facet: str) -> _Counts:
        codes, meanings = self._searcher.fast_field_values(code_field(facet_field(facet)), hits), self._meanings[facet]
        return {meanings[code]: count for code, count in Counter(codes).items() if isinstance(code, int)}


def _code(facet: str, held: str) -> int:
    return int(held) if facet_field(facet) in NUMBERS else code_of(held)


def _values(counted: Mapping[str, _Counts]) -> Facets:
    """Most frequent first, then by value; the records are made all at once, which takes half the time."""
    return _FACETS.validate_python({facet: _ranked(facet, found) for facet, found in counted.items()})


def _ranked(facet: str, counted: _Counts) -> list[dict[str, str | int]]:
    ranked = sorted((-count, value) for value, count in counted_apart(facet_field(facet), counted).items())
    return [{"value": value, "count": -count} for count, value in ranked]
