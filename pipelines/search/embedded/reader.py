"""One version of the embedded index as readers see it: unchanged for as long as they hold it."""

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Final

import orjson
import tantivy
from tantivy import DocAddress, Order, Query

from pipelines.search.aggregations import digests_of, each_block
from pipelines.search.backend import Digest, Matches
from pipelines.search.documents import SHOWN_TEXTS, to_shown
from pipelines.search.embedded.compile import Compiler
from pipelines.search.embedded.facets import FacetCounter, Facets
from pipelines.search.embedded.figures import check_figures, questions_with
from pipelines.search.embedded.folders import IndexFolder
from pipelines.search.embedded.schema import open_index
from pipelines.search.engine_query import EngineQuery, MatchAll
from pipelines.search.matching import check_page, is_scored, needs_places
from pipelines.search.sort_keys import KEY, SORT_FIELDS
from schemas.errors import DamagedIndexError, SearchError
from schemas.search import Shown, Sort

_CHUNK: Final = 10_000
_AT_HAND: Final = 500_000  # hits at a time: each takes a hundred bytes
_AHEAD: Final = 200  # hits beyond a page, which cost little and may have the score of its last hit

_OF_THE_SYSTEM: Final = "Os {"  # in what tantivy says when rights, or room for a lock, are lacking: nothing is damaged

_Hit = tuple[Any, DocAddress]
"""Its score, None where it has none, and its place in the index."""


class Reader:
    """Answers from one state of one version; opens again when either changes (`EmbeddedBackend`)."""

    def __init__(self, folder: IndexFolder) -> None:
        try:
            index = open_index(folder.tantivy)
            self._searcher = index.searcher()
            check_figures(folder.figures)
        except (OSError, ValueError) as error:
            if _OF_THE_SYSTEM in str(error):
                raise SearchError(f"the index in {folder.path} cannot be opened here: {error}") from error
            raise DamagedIndexError(
                f"the index in {folder.path} is damaged: run `questarium build` ({error})"
            ) from error
        self._name = folder.path.name
        figures = partial(questions_with, folder.figures)
        self._compiler = Compiler(index.schema, self._searcher, figures)
        self._facets = FacetCounter(self._searcher)
        self._counters = ThreadPoolExecutor(thread_name_prefix="facets")  # tantivy searches without Python's lock

    def search(
        self, query: EngineQuery, *, sort: Sort, offset: int, limit: int, facets: Sequence[str], shown: bool
    ) -> Matches:
        """One page; see SearchBackend. The facets are counted while the hits are sought, which costs as much.

        Places are dear to find: of a query that needs them all hits are fetched, and not sought again for their facets.
        """
        check_page(offset, limit)
        wanted = offset + limit
        matched = self._compiler.matched(query)
        places = bool(facets) and needs_places(query)
        reach = _AT_HAND if places else wanted
        counting = None if places else self._counting(query, matched, facets)
        if sort is Sort.RELEVANCE and is_scored(query):
            total, found = self._by_score(self._compiler.scored(query), wanted, reach)
        else:
            total, found = self._by_field(matched, sort, 0, reach)
        ranked = found[offset:wanted]
        questions = tuple(self._shown(address) for _, address in ranked) if shown else ()
        return Matches(
            total=total,
            ids=tuple(each.id for each in questions) or tuple(self._id(address) for _, address in ranked),
            scores=tuple(score for score, _ in ranked),
            facets=counting() if counting else self._count_found(matched, total, found, facets),
            shown=questions,
            index=self._name,
        )

    def scan(self, query: EngineQuery, *, sort: Sort) -> Iterator[str]:
        """All ids in the order of the sort."""
        return (self._id(address) for address in self._every(self._compiler.matched(query), sort))

    def scan_shown(self, query: EngineQuery, *, sort: Sort) -> Iterator[Shown]:
        """All matches in the order of the sort, as they are shown."""
        return (self._shown(address) for address in self._every(self._compiler.matched(query), sort))

    def digests(self) -> dict[str, Digest]:
        """Count and sum of the checks of every block."""
        return digests_of(self._searcher.aggregate(Query.all_query(), {"blocks": each_block()})["blocks"])

    def hashes(self, blocks: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """(id, content_hash) of every document, or of those of some blocks."""
        query = Query.all_query() if blocks is None else self._compiler.in_blocks(blocks)
        for address in self._every(query, Sort.RELEVANCE):
            stored = self._searcher.doc(address)
            yield str(stored.get_first("id")), str(stored.get_first("content_hash"))

    def documents(self) -> int:
        """How many documents it holds."""
        return self._searcher.num_docs

    def stored(self, question: str) -> tuple[int, str] | None:
        """(version, content_hash) of a question, None when it is not there."""
        hits = self._searcher.search(self._compiler.one(question), limit=1, count=False).hits
        if not hits:
            return None
        stored = self._searcher.doc(hits[0][1])
        return int(stored.get_first("version") or 0), str(stored.get_first("content_hash"))

    def _every(self, query: Query, sort: Sort) -> Iterator[DocAddress]:
        offset, total = 0, 1
        while offset < total:
            total, ranked = self._by_field(query, sort, offset, _CHUNK)
            yield from (address for _, address in ranked)
            offset += _CHUNK

    def _by_field(self, query: Query, sort: Sort, offset: int, limit: int) -> tuple[int, list[_Hit]]:
        field = SORT_FIELDS[sort]
        found = self._searcher.search(query, max(limit, 1), True, field, offset, Order.Asc)  # noqa: FBT003
        score = 0.0 if sort is Sort.RELEVANCE else None
        return _total(found), [(score, address) for _, address in found.hits[:limit]]

    def _by_score(self, query: Query, wanted: int, reach: int) -> tuple[int, list[_Hit]]:
        """Best first; questions of one score by their keys, which tantivy cannot do across its segments.

        So as many are fetched as have the score of the last that is wanted, and `reach` at least; those after the
        wanted ones are in any order.
        """
        fetched = max(wanted + _AHEAD, reach)
        while True:
            found = self._searcher.search(query, fetched)
            hits: list[_Hit] = found.hits
            end = _end_of_ties(hits, wanted)
            if end < fetched:
                break
            fetched *= 16  # many have one score, or very many
        page = hits[:end]
        keys = self._searcher.fast_field_values(KEY, [address for _, address in page])
        ranked = sorted(zip(page, keys, strict=True), key=lambda hit: (-hit[0][0], hit[1]))
        hits[:end] = [hit for hit, _ in ranked]
        return _total(found), hits

    def _counting(self, query: EngineQuery, matched: Query, facets: Sequence[str]) -> Callable[[], Facets]:
        """What gives the facets, which it is already counting in another thread."""
        if isinstance(query, MatchAll) or not facets:
            return partial(self._facets.of_all, facets)
        return self._counters.submit(self._facets.of_query, matched, facets).result

    def _count_found(self, matched: Query, total: int, found: list[_Hit], facets: Sequence[str]) -> Facets:
        if total > len(found):
            return self._facets.of_query(matched, facets)
        return self._facets.of_hits([address for _, address in found], facets)

    def _shown(self, address: DocAddress) -> Shown:
        stored = self._searcher.doc(address)
        texts = {name: stored.get_first(name) for name in SHOWN_TEXTS}
        return to_shown(str(stored.get_first("id")), texts, orjson.loads(stored.get_first("shown") or b"{}"))

    def _id(self, address: DocAddress) -> str:
        return str(self._searcher.doc(address).get_first("id"))


def _end_of_ties(hits: Sequence[_Hit], wanted: int) -> int:
    """How many hits, which are best first, have the score of the last wanted one or a better one."""
    last = hits[:wanted][-1:]
    return bisect_right(hits, -last[0][0], key=lambda hit: -hit[0]) if last else 0


def _total(found: tantivy.SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]  # pyright: ignore
