"""How quickly the engines index and answer, each against its bare self in the same run: read the ratios.

`python -P benchmarks/bench_search.py [QUESTIONS [ELASTICSEARCH_URL]]`; the second server is measured when it is named.
Texts are about 3 kB each, of words drawn by Zipf's law; the vocabulary and the query language are not measured here.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import Any

from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from pipelines.search.backend import SearchBackend
from pipelines.search.documents import flatten
from pipelines.search.elastic import compile as elastic_compile
from pipelines.search.elastic.backend import ElasticBackend
from pipelines.search.elastic.mapping import MAPPING, Layout, settings_for, to_source
from pipelines.search.embedded.backend import EmbeddedBackend
from pipelines.search.embedded.compile import Compiler
from pipelines.search.embedded.schema import create_index, open_index, to_tantivy
from pipelines.search.engine_query import (
    Accents,
    And,
    AnyForm,
    DateRange,
    EngineQuery,
    Keyword,
    MatchAll,
    Near,
    Phrase,
)
from schemas.figure import Figure, FigureKind
from schemas.search import SearchDocument, Sort

_WORDS = [f"mot{number}" for number in range(20_000)]
_WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(_WORDS) + 1)))
_FACETS = ("ministry", "group", "year", "status")
_ALIAS = "bench"


def main(count: int, url: str | None) -> None:
    """Measure the embedded engine, then the server if there is one."""
    documents = [_document(Random(number), number) for number in range(1, count + 1)]
    queries = [_query(Random(seed)) for seed in range(300)]
    with tempfile.TemporaryDirectory(prefix="questarium-bench-") as folder:
        _embedded(Path(folder), documents, queries)
    if url:
        _elastic(url, documents, queries)


def _embedded(folder: Path, documents: list[SearchDocument], queries: list[EngineQuery]) -> None:
    (folder / "bare").mkdir()
    ready = [to_tantivy(flatten(document)) for document in documents]
    with _timed("tantivy, bare loop over ready documents", len(documents)) as bare:
        writer = create_index(folder / "bare").writer(256_000_000, 2)
        for each in ready:
            writer.add_document(each)
        writer.commit()
        writer.wait_merging_threads()
    backend = EmbeddedBackend(folder / "ours")
    with _timed("embedded, rebuild", len(documents)) as ours:
        backend.rebuild(documents, "v1")
    print(f"{bare[0] / ours[0]:10.0%} of the bare loop's rate")
    _increment(backend, documents)
    index = open_index(folder / "ours" / "v-000001" / "tantivy")
    searcher, compiler = index.searcher(), Compiler(index.schema, lambda _figure: [])
    compiled = [(compiler.scored(query), compiler.matched(query)) for query in queries]

    def bare_search(place: int) -> None:
        scored, matched = compiled[place]
        searcher.search(scored, limit=10)
        searcher.aggregate(matched, {facet: {"terms": {"field": _FIELDS[facet], "size": 60_000}} for facet in _FACETS})

    _compare(bare_search, backend, queries)
    _scan(backend)


def _elastic(url: str, documents: list[SearchDocument], queries: list[EngineQuery]) -> None:
    client = Elasticsearch(url, request_timeout=120)
    _delete(client)
    client.indices.create(
        index=f"{_ALIAS}-bare", settings=settings_for(Layout()) | {"refresh_interval": "-1"}, mappings=MAPPING
    )
    ready = [{"_index": f"{_ALIAS}-bare", "_id": each.id, "_source": to_source(flatten(each))} for each in documents]
    with _timed("Elasticsearch, parallel_bulk of ready bodies", len(documents)) as bare:
        for _ in parallel_bulk(client, ready, thread_count=2):
            pass
        client.indices.refresh(index=f"{_ALIAS}-bare")
    client.indices.delete(index=f"{_ALIAS}-bare")
    backend = ElasticBackend.connect(url, _ALIAS)
    with _timed("Elasticsearch, rebuild", len(documents)) as ours:
        backend.rebuild(documents, "v1")
    print(f"{bare[0] / ours[0]:10.0%} of the bare loop's rate")
    _increment(backend, documents)
    aggregations = {facet: {"terms": {"field": _FIELDS[facet], "size": 60_000}} for facet in _FACETS}
    common: dict[str, Any] = {"size": 10, "track_total_hits": True, "aggs": aggregations, "_source": False}
    requests = [{"query": elastic_compile.scored(query), **common} for query in queries]
    _compare(lambda place: client.search(index=_ALIAS, body=requests[place]), backend, queries)
    _scan(backend)
    _delete(client)


def _compare(bare: Callable[[int], object], ours: SearchBackend, queries: list[EngineQuery]) -> None:
    """The slowest twentieth of bare requests and of ours, and the ratio."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(2):  # the first round warms both up
        for spent in times:
            spent.clear()
        for place, query in enumerate(queries):
            times[0].append(_spent(bare, place))
            times[1].append(_spent(lambda each: _search(ours, each), query))
    one, other = (sorted(spent)[int(len(spent) * 0.95)] * 1000 for spent in times)
    print(f"{one:10.2f} ms p95, bare request\n{other:10.2f} ms p95, ours, {other / one:.2f} times the bare request")


def _search(backend: SearchBackend, query: EngineQuery) -> None:
    backend.search(query, sort=Sort.RELEVANCE, offset=0, limit=10, facets=_FACETS)


def _increment(backend: SearchBackend, documents: list[SearchDocument]) -> None:
    changed = [each.model_copy(update={"version": 2, "content_hash": "new"}) for each in documents[:500]]
    with _timed("an increment", len(changed)):
        backend.update(changed, [], "v2")


def _scan(backend: SearchBackend) -> None:
    state = backend.state()
    assert state is not None
    with _timed("a scan of everything", state.documents):
        assert sum(1 for _ in backend.scan(MatchAll(), sort=Sort.PUBLISHED)) == state.documents


def _delete(client: Elasticsearch) -> None:
    for name in client.indices.get(index=f"{_ALIAS}-*"):
        client.indices.delete(index=name)


@contextmanager
def _timed(what: str, count: int) -> Iterator[list[float]]:
    spent: list[float] = []
    started = time.perf_counter()
    yield spent
    spent.append(time.perf_counter() - started)
    print(f"{spent[0]:10.2f} s {what}, {count / spent[0]:.0f} a second")


def _spent(action: Callable[[Any], object], argument: object) -> float:
    started = time.perf_counter()
    action(argument)
    return time.perf_counter() - started


_FIELDS = {"ministry": "ministry_assigned", "group": "group", "year": "year", "status": "status"}


def _text(random: Random, size: int) -> str:
    return " ".join(random.choices(_WORDS, cum_weights=_WEIGHTS, k=size))


def _figure(random: Random) -> Figure:
    value = random.choice((5.0, 300.0, 1e6, 3e9))
    return Figure(start=0, end=1, text="1", kind=FigureKind.MONEY, value=value, low=None, high=None, unit="EUR")


def _document(random: Random, number: int) -> SearchDocument:
    ministry, published = f"Ministère {random.randrange(40)}", date(2012, 6, 26) + timedelta(days=7 * (number % 250))
    delay = random.choice((None, random.randrange(700)))
    return SearchDocument(
        id=f"fr-an-14-QE-{number}",
        version=1,
        content_hash=f"{number:016x}",
        parliament="fr-an",
        term=14,
        type="QE",
        number=number,
        title=_text(random, 6),
        heading=_text(random, 2),
        rubric=f"rubrique {random.randrange(200)}",
        question=_text(random, 150),
        answer=_text(random, 250),
        author=f"Auteur {random.randrange(577)}",
        group=f"Groupe {random.randrange(8)}",
        constituency=f"Circonscription {random.randrange(577)}",
        ministry_asked=ministry,
        ministry_asked_id=ministry,
        ministry_assigned=ministry,
        ministry_assigned_id=ministry,
        ministry_answered=ministry,
        ministry_answered_id=ministry,
        status="pending" if delay is None else "answered",
        ever=("published",) if delay is None else ("answered", "published"),
        published_date=published,
        due_date=published + timedelta(days=61),
        answered_date=None if delay is None else published + timedelta(days=delay),
        closed_date=None if delay is None else published + timedelta(days=delay),
        renewed_dates=(),
        signalled_dates=(),
        delay_days=delay,
        renewals=0,
        figures=tuple(_figure(random) for _ in range(3)),
        portfolios=(),
        tables=0,
        source_id=f"QANR5L14QE{number}",
    )


def _query(random: Random) -> EngineQuery:
    """Words of middling frequency, in the mix of a reader's queries."""
    words = [f"mot{random.randrange(20, 2000)}" for _ in range(6)]
    common = tuple(f"mot{random.randrange(60)}" for _ in range(2))
    day = date(2013, 1, 1) + timedelta(days=random.randrange(1000))
    kinds: tuple[EngineQuery, ...] = (
        AnyForm(tuple(words[:3])),
        And((AnyForm(tuple(words[:3])), AnyForm(tuple(words[3:])))),
        And((AnyForm(common), Keyword("ministry_assigned", (f"Ministère {random.randrange(40)}",)))),
        And((AnyForm(tuple(words[:2])), DateRange("published_date", day, day + timedelta(days=365)))),
        Phrase(tuple((word,) for word in common), Accents.FOLDED),
        Near(tuple(words[:2]), common, 5, ordered=False),
    )
    return random.choice(kinds)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, sys.argv[2] if len(sys.argv) > 2 else None)
