"""Elasticsearch behind the narrow door."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any, Final, Self

from elasticsearch import ApiError, Elasticsearch, TransportError

from pipelines.search.backend import IndexState, Matches, Rejected
from pipelines.search.documents import KEY, SHAPE, SORT_FIELDS
from pipelines.search.elastic.compile import Request, matched, scored
from pipelines.search.elastic.errors import engine_errors, reading_errors
from pipelines.search.elastic.life import Indices, LiveIndex, writing_alias
from pipelines.search.elastic.writer import BulkWriter
from pipelines.search.engine_query import EngineQuery, MatchAll
from pipelines.search.matching import check_page, facet_field, is_scored
from schemas.errors import NoDatasetError, SearchError
from schemas.search import FacetValue, SearchDocument, Sort

_VALUES: Final = 60_000  # of a facet; the server refuses more than 65,536
_CHUNK: Final = 5_000
_KEEP_ALIVE: Final = "5m"
_TIMEOUT_S: Final = 15.0
_COPY: Final = "questarium"  # pages of one search come from one copy of the index


class ElasticBackend:
    """A SearchBackend on the server or cluster of `client`; `alias` names the live index."""

    def __init__(self, client: Elasticsearch, alias: str, address: str) -> None:
        self._client = client
        self._alias = alias
        self._address = address
        self._indices = Indices(client, alias)

    @classmethod
    def connect(cls, url: str, alias: str) -> Self:
        """The engine at that URL; it is reached on first use."""
        return cls(Elasticsearch(url, request_timeout=_TIMEOUT_S, max_retries=1), alias, url.rpartition("@")[2])

    def state(self) -> IndexState | None:
        """The live index, None before the first build and for one of another shape."""
        with engine_errors(self._address):
            live = self._indices.live()
            if live is None or live.data_version is None or live.shape != SHAPE:
                return None
            return IndexState(live.name, live.data_version, self._indices.count(live.name))

    def search(self, query: EngineQuery, *, sort: Sort, offset: int, limit: int, facets: Sequence[str] = ()) -> Matches:
        """One page; by relevance, questions that no word ranks are ordered by their keys."""
        check_page(offset, limit)
        by_score = sort is Sort.RELEVANCE and is_scored(query)
        request: Request = {
            "query": scored(query) if by_score else matched(query),
            "sort": [{"_score": "desc"}, {KEY: "asc"}] if by_score else [{SORT_FIELDS[sort]: "asc"}],
            "from": offset,
            "size": limit,
            "track_total_hits": True,
            "_source": False,
            "timeout": f"{_TIMEOUT_S:.0f}s",
            "aggs": {facet: _counting(facet_field(facet)) for facet in facets},
        }
        with reading_errors(self._address):
            answer = self._client.search(index=self._alias, body=request, preference=_COPY).body
        hits = answer["hits"]["hits"]
        unranked = 0.0 if sort is Sort.RELEVANCE else None
        return Matches(
            total=answer["hits"]["total"]["value"],
            ids=tuple(hit["_id"] for hit in hits),
            scores=tuple(hit["_score"] if by_score else unranked for hit in hits),
            facets={facet: _values(answer["aggregations"][facet]) for facet in facets},
            partial=answer["timed_out"] or answer["_shards"]["failed"] > 0,
        )

    def scan(self, query: EngineQuery, *, sort: Sort) -> Iterator[str]:
        """Every match as of now, by relevance in the order of the keys."""
        order = SORT_FIELDS[sort]
        return (hit["_id"] for hit in self._every(matched(query), order, {"_source": False}))

    def rebuild(self, documents: Iterable[SearchDocument], data_version: str) -> list[Rejected]:
        """Build anew beside the live index, count, then switch; raises SearchError when documents are missing."""
        with engine_errors(self._address):
            name = self._indices.create()
            writer = BulkWriter(self._client, writing_alias(name))
            writer.put(documents)
            self._client.indices.refresh(index=name)
            held = self._indices.count(name)
            if held != len(writer.accepted):
                raise SearchError(f"{name} holds {held} documents instead of {len(writer.accepted)}; it is not used")
            self._indices.publish(name, data_version)
        return writer.rejected

    def update(self, changed: Iterable[SearchDocument], removed: Iterable[str], data_version: str) -> list[Rejected]:
        """Bring the live index to `data_version`, which it says only once everything is there."""
        with engine_errors(self._address):
            live = self._readable()
            writer = BulkWriter(self._client, self._alias)
            writer.remove(removed)
            writer.put_newer(changed)
            self._client.indices.refresh(index=live.name)
            if live.data_version != data_version:
                self._indices.mark(live.name, data_version)
        return writer.rejected

    def hashes(self) -> Iterator[tuple[str, str]]:
        """(id, content_hash) of every document, ordered by key."""
        wanted = {"_source": False, "docvalue_fields": ["content_hash"]}
        for hit in self._every(matched(MatchAll()), KEY, wanted):
            yield hit["_id"], hit["fields"]["content_hash"][0]

    def _readable(self) -> LiveIndex:
        live = self._indices.live()
        if live is None or live.shape != SHAPE:
            raise NoDatasetError("there is no index to bring up to date: build it first")
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
            while hits := self._page(request):
                yield from hits
                request["search_after"] = hits[-1]["sort"]
        finally:
            with suppress(ApiError, TransportError):  # it also ends by itself
                self._client.close_point_in_time(id=request["pit"]["id"])

    def _page(self, request: Request) -> list[dict[str, Any]]:
        with reading_errors(self._address):
            answer = self._client.search(body=request, allow_partial_search_results=False)
        request["pit"]["id"] = answer["pit_id"]
        hits: list[dict[str, Any]] = answer["hits"]["hits"]
        return hits


def _counting(field: str) -> Request:
    return {"terms": {"field": field, "size": _VALUES}}


def _values(counted: dict[str, Any]) -> tuple[FacetValue, ...]:
    if counted["sum_other_doc_count"]:
        raise SearchError(f"a facet has more than {_VALUES} values and cannot be counted")
    values = [FacetValue(value=str(bucket["key"]), count=bucket["doc_count"]) for bucket in counted["buckets"]]
    return tuple(sorted(values, key=lambda value: (-value.count, value.value)))
