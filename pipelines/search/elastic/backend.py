"""Elasticsearch behind the narrow door."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.serializer import OrjsonSerializer

from pipelines.search.aggregations import CHECKS, counts_of, digests_of, each_block, each_value
from pipelines.search.backend import NOTHING_TO_UPDATE, Digest, IndexState, Matches, Rejected
from pipelines.search.documents import SHAPE, SHOWN_TEXTS, to_shown
from pipelines.search.elastic.compile import Request, matched, scored
from pipelines.search.elastic.errors import engine_errors, reading_errors
from pipelines.search.elastic.indices import Indices, VersionedIndex, writing_alias
from pipelines.search.elastic.life import ElasticLife
from pipelines.search.elastic.mapping import Layout
from pipelines.search.elastic.writer import BulkWriter
from pipelines.search.engine_query import EngineQuery, MatchAll
from pipelines.search.matching import check_page, facet_field, is_scored
from pipelines.search.sort_keys import KEY, SORT_FIELDS
from schemas.errors import NoDatasetError, SearchError, UsageError
from schemas.search import FacetValue, SearchDocument, Shown, Sort

_CHUNK: Final = 5_000
_KEEP_ALIVE: Final = "5m"
_TIMEOUT_S: Final = 15.0  # of a search
_TIMEOUT: Final = f"{_TIMEOUT_S:.0f}s"
_PATIENCE_S: Final = 600.0  # of what a whole index waits for: a refresh after a build, a snapshot
_COPY: Final = "questarium"  # pages of one search come from one copy of the index
_SHOWN: Final = {"includes": [*SHOWN_TEXTS, "shown"]}
_HELD: Final = {"held": {"terms": {"field": "_index"}, "aggs": CHECKS}}

Answer = dict[str, Any]


@dataclass(frozen=True)
class _Kept:
    """An answer about all documents, and what the index held then: its name, how many documents, the sum of checks."""

    request: Request
    held: list[dict[str, Any]]
    answer: Answer


class ElasticBackend:
    """A SearchBackend on the server or cluster of `client`; `alias` names the live index."""

    def __init__(self, client: Elasticsearch, alias: str, address: str, layout: Layout | None = None) -> None:
        self._client = client
        self._alias = alias
        self._address = address
        self._indices = Indices(client, alias, layout or Layout())
        self._building = replace(self._indices, client=client.options(request_timeout=_PATIENCE_S))
        self._kept: _Kept | None = None
        self.life = ElasticLife(self._building, address)

    @classmethod
    def connect(cls, url: str, alias: str, layout: Layout | None = None) -> Self:
        """The engine at that URL, or at those of a cluster's nodes, separated by commas; it is reached on first use.

        Raises UsageError for what is no address.
        """
        urls, shown = addresses(url), shown_address(url)
        tries = len(urls)  # a node that is down is passed over
        try:
            client = Elasticsearch(urls, request_timeout=_TIMEOUT_S, max_retries=tries, serializer=OrjsonSerializer())
        except ValueError as error:
            raise UsageError(f"'{shown}' is no address of Elasticsearch: write http://HOST:9200") from error
        return cls(client, alias, shown, layout)

    def state(self) -> IndexState | None:
        """The live index, None before the first build and for one of another shape."""
        with engine_errors(self._address):
            live = self._indices.live()
            if live is None or live.data_version is None or live.shape != SHAPE:
                return None
            return IndexState(live.name, live.data_version, self._indices.count(live.name), live.content)

    def search(
        self,
        query: EngineQuery,
        *,
        sort: Sort,
        offset: int,
        limit: int,
        facets: Sequence[str] = (),
        shown: bool = False,
    ) -> Matches:
        """One page; by relevance, questions that no word ranks are ordered by their keys."""
        check_page(offset, limit)
        by_score = sort is Sort.RELEVANCE and is_scored(query)
        request: Request = {
            "query": scored(query) if by_score else matched(query),
            "sort": [{"_score": "desc"}, {KEY: "asc"}] if by_score else [{SORT_FIELDS[sort]: "asc"}],
            "from": offset,
            "size": limit,
            "_source": _SHOWN if shown else False,
            "timeout": _TIMEOUT,
        }
        page, counted = self._with_counts(request, _counts(query, facets))
        hits = page["hits"]["hits"]
        unranked = 0.0 if sort is Sort.RELEVANCE else None
        return Matches(
            total=counted["hits"]["total"]["value"],
            ids=tuple(hit["_id"] for hit in hits),
            scores=tuple(hit["_score"] if by_score else unranked for hit in hits),
            facets={facet: _values(counted["aggregations"][facet]) for facet in facets},
            shown=tuple(map(_shown, hits)) if shown else (),
            index=hits[0]["_index"] if hits else None,
            partial=any(map(_is_partial, (page, counted))),
        )

    def scan(self, query: EngineQuery, *, sort: Sort) -> Iterator[str]:
        """Every match as of now, by relevance in the order of the keys."""
        order = SORT_FIELDS[sort]
        return (hit["_id"] for hit in self._every(matched(query), order, {"_source": False}))

    def scan_shown(self, query: EngineQuery, *, sort: Sort) -> Iterator[Shown]:
        """The same, with what is needed to show each match."""
        return map(_shown, self._every(matched(query), SORT_FIELDS[sort], {"_source": _SHOWN}))

    def rebuild(self, documents: Iterable[SearchDocument], data_version: str, content: str = "") -> list[Rejected]:
        """Build anew beside the live index, count, then switch; raises SearchError when documents are missing.

        The server makes the index quicker to search afterwards: for some minutes with a million questions.
        """
        with engine_errors(self._address):
            name = self._building.create()
            writer = BulkWriter(self._client, writing_alias(name))
            writer.put(documents)
            self._building.refresh(name)
            held = self._building.count(name)
            if held != len(writer.accepted):
                raise SearchError(f"{name} holds {held} documents instead of {len(writer.accepted)}; it is not used")
            self._building.publish(name, data_version, content)
            self._building.merge(name)
        return writer.rejected

    def update(
        self, changed: Iterable[SearchDocument], removed: Iterable[str], data_version: str, content: str = ""
    ) -> list[Rejected]:
        """Bring the live index to `data_version`, which it says only once everything is there."""
        with engine_errors(self._address):
            live = self._readable()
            writer = BulkWriter(self._client, self._alias)
            writer.remove(removed)
            writer.put_newer(changed)
            self._building.refresh(live.name)
            if (live.data_version, live.content) != (data_version, content):
                self._building.mark(live.name, data_version, content)
        return writer.rejected

    def digests(self) -> dict[str, Digest]:
        """The digest of every block that has documents."""
        request: Request = {"size": 0, "aggs": {"blocks": each_block()}}
        with reading_errors(self._address):
            self._building.refresh(self._alias)  # a killed writer may have left what no search sees yet
            answer = self._client.search(index=self._alias, body=request, allow_partial_search_results=False)
        return digests_of(answer["aggregations"]["blocks"])

    def hashes(self, blocks: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """(id, content_hash) of every document, or of those of some blocks, ordered by key."""
        wanted = {"_source": False, "docvalue_fields": ["content_hash"]}
        query = matched(MatchAll()) if blocks is None else {"terms": {"block": list(blocks)}}
        for hit in self._every(query, KEY, wanted):
            yield hit["_id"], hit["fields"]["content_hash"][0]

    def _with_counts(self, page: Request, counts: Request) -> tuple[Answer, Answer]:
        """The answers of both, from one index.

        Asked side by side they take less time than as one request: of the page only the best hits are scored. They are
        of one state, too, but where an increment ends between the two: writes are seen only then.
        """
        if not counts["aggs"]:
            return (self._asked(counts | page),) * 2
        if "match_all" in counts["query"]:
            return (self._of_all(counts | page),) * 2
        with ThreadPoolExecutor(1) as beside:
            counting = beside.submit(self._asked, counts)
            answers = self._asked(page | {"track_total_hits": False}), counting.result()
        indices = {hit["_index"] for answer in answers for hit in answer["hits"]["hits"]}
        return answers if len(indices) <= 1 else self._with_counts(page, counts)  # the alias was switched between

    def _of_all(self, request: Request) -> Answer:
        """Page and counts of all documents: the last answer once more, while the index still holds the same.

        Whether it does is asked each time, by the sum that also compares index and dataset: what has just been written
        is seen. The server's dictionary tells how often each value is there, so that nothing is counted beside the
        page; what it has counted or added up the server keeps until something is written.
        """
        kept = self._kept
        if kept is not None and kept.request == request:
            now = self._asked({"size": 0, "track_total_hits": False, "aggs": _HELD}, request_cache=True)
            if not _is_partial(now) and now["aggregations"]["held"]["buckets"] == kept.held:
                return kept.answer
        answer = self._asked(request | {"aggs": request["aggs"] | _HELD}, request_cache=True)
        held = answer["aggregations"]["held"]["buckets"]
        self._kept = None if _is_partial(answer) else _Kept(request, held, answer)
        return answer

    def _asked(self, request: Request, *, request_cache: bool | None = None) -> Answer:
        with reading_errors(self._address):
            answer: Answer = self._client.search(
                index=self._alias, body=request, preference=_COPY, request_cache=request_cache
            ).body
        return answer

    def _readable(self) -> VersionedIndex:
        live = self._indices.live()
        if live is None or not live.readable:
            raise NoDatasetError(NOTHING_TO_UPDATE)
        return live

    def _every(self, query: Request, order: str, wanted: Request) -> Iterator[dict[str, Any]]:
        """All hits from one frozen view of the index; an export is whole or an error."""
        with reading_errors(self._address):
            view = self._client.open_point_in_time(
                index=self._alias, keep_alive=_KEEP_ALIVE, preference=_COPY, allow_partial_search_results=False
            )
        request: Request = {
            "query": query,
            "sort": [{order: "asc"}],
            "size": _CHUNK,
            "track_total_hits": False,
            "pit": {"id": view["id"], "keep_alive": _KEEP_ALIVE},
            **wanted,
        }
        try:
            with ThreadPoolExecutor(1) as ahead:  # the server reads a page while the one before is worked on
                page = ahead.submit(self._page, request)
                while hits := page.result():
                    request["search_after"] = hits[-1]["sort"]
                    page = ahead.submit(self._page, request)
                    yield from hits
        finally:
            with suppress(ApiError, TransportError):  # it also ends by itself
                self._client.close_point_in_time(id=request["pit"]["id"])

    def _page(self, request: Request) -> list[dict[str, Any]]:
        with reading_errors(self._address):
            answer = self._client.search(body=request, allow_partial_search_results=False)
        request["pit"]["id"] = answer["pit_id"]
        hits: list[dict[str, Any]] = answer["hits"]["hits"]
        return hits


def addresses(url: str) -> list[str]:
    """The addresses of the nodes that a setting names, separated by commas."""
    return [each.strip() for each in url.split(",")]


def shown_address(url: str) -> str:
    """The same for people, without users and passwords."""
    return ", ".join(each.rpartition("@")[2] for each in addresses(url))


def _shown(hit: dict[str, Any]) -> Shown:
    source = hit["_source"]
    return to_shown(hit["_id"], source, source["shown"])


def _is_partial(answer: Answer) -> bool:
    return bool(answer["timed_out"] or answer["_shards"]["failed"])


def _counts(query: EngineQuery, facets: Iterable[str]) -> Request:
    """How many match, in all and of each value; one hit is asked for because it tells which index was counted."""
    return {
        "query": matched(query),
        "sort": ["_doc"],
        "size": 1,
        "track_total_hits": True,
        "_source": False,
        "timeout": _TIMEOUT,
        "aggs": {facet: each_value(facet_field(facet)) for facet in facets},
    }


def _values(counted: dict[str, Any]) -> tuple[FacetValue, ...]:
    values = [FacetValue(value=value, count=count) for value, count in counts_of(counted).items()]
    return tuple(sorted(values, key=lambda value: (-value.count, value.value)))
