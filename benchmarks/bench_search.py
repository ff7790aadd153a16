"""How quickly the engines index, follow and answer, each against its bare self in the same run: read the ratios.

`python -m benchmarks.bench_search [QUESTIONS [ELASTICSEARCH_URL [embedded|elasticsearch]]]`: the server when
it is named. The whole road is measured: a data version, index and vocabulary from it, an increment, checks, searches as
`questarium search` makes them (understood, asked, counted, highlighted), and reading every hit.
"""

import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import Final

from elasticsearch import Elasticsearch

from benchmarks import bare_engines
from benchmarks.bare_engines import FACETS, Prepare
from benchmarks.search_corpus import TODAY, SearchCorpus
from pipelines.dataset.read import iter_questions
from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate, Version
from pipelines.delays.deadlines import question_due
from pipelines.flow.companions import Companions, documents
from pipelines.flow.index_life import rollback
from pipelines.flow.indexing import refresh_index
from pipelines.flow.reconciling import index_difference, reconcile
from pipelines.search.engine_query import EngineQuery
from pipelines.search.engines import open_backend
from pipelines.search.language.understand import understand
from questarium.queries.live_index import LiveIndex
from questarium.queries.search import search_page
from schemas.question import Question
from schemas.search import SearchDocument, Sort
from schemas.settings import Settings

_NOW: Final = datetime(2020, 6, 15, tzinfo=UTC)
_QUERIES: Final = 600
_CHANGED: Final = 500
_ALIAS: Final = "bench"
_LONGEST_MERGE: Final = 600  # seconds


def main(count: int, url: str | None, only: str | None) -> None:
    """Measure the embedded engine, then the server if there is one."""
    corpus = SearchCorpus()
    engines = [("embedded", None)] if url is None else [("embedded", None), ("elasticsearch", url)]
    for name, address in engines:
        if only in (None, name):
            print(f"== {name}, {count} questions")
            with tempfile.TemporaryDirectory(prefix="questarium-bench-") as folder:
                home = Path(folder)
                _measure(corpus, Settings(home=home, elasticsearch_url=address, elasticsearch_index=_ALIAS), count)


def _measure(corpus: SearchCorpus, settings: Settings, count: int) -> None:
    with _timed("making the data version", count):
        version = _commit(settings, corpus.questions(count))
    with _timed("reading it as documents", count):
        ready = list(documents(version, iter_questions(version)))
    queries = corpus.queries(_QUERIES)
    if settings.elasticsearch_url:
        with Elasticsearch(settings.elasticsearch_url, request_timeout=120) as client:
            _elastic_indexing(settings, client, version, ready)
            index = LiveIndex(settings)
            asks = bare_engines.ask_elasticsearch(client, _ALIAS, _understood(index, queries))
            _reading(settings, corpus, index, queries, asks, count)
            for name in client.indices.get(index=f"{_ALIAS}-*"):
                client.indices.delete(index=name)
    else:
        live = _embedded_indexing(settings, version, ready)
        index = LiveIndex(settings)
        asks = bare_engines.ask_tantivy(live, _understood(index, queries))
        _reading(settings, corpus, index, queries, asks, count)


def _understood(index: LiveIndex, queries: list[str]) -> list[EngineQuery]:
    vocabulary = index.now().vocabulary
    return [understand(query, vocabulary, today=TODAY).engine for query in queries]


def _reading(
    settings: Settings,
    corpus: SearchCorpus,
    index: LiveIndex,
    queries: list[str],
    asks: tuple[Prepare, Prepare],
    count: int,
) -> None:
    _compare("the mixed set", asks[0], lambda place: partial(_search, index, queries[place]), len(queries))
    _compare("all documents, against the bare aggregation", asks[1], lambda _place: partial(_search, index, ""), 100)
    _following(settings, corpus, count)
    _exporting(settings, count)


def _embedded_indexing(settings: Settings, version: Version, ready: list[SearchDocument]) -> Path:
    """Both ways; gives the folder of our index."""
    dictionaries = [bare_engines.tantivy_dictionary(each) for each in ready]
    with _timed("bare tantivy loop over ready dictionaries", len(ready)) as bare:
        bare_engines.index_with_tantivy(settings.home / "bare", dictionaries)
    del dictionaries
    _our_indexing(settings, version, ready, bare[0])
    return settings.index_dir / (settings.index_dir / "CURRENT").read_text("ascii") / "tantivy"


def _elastic_indexing(settings: Settings, client: Elasticsearch, version: Version, ready: list[SearchDocument]) -> None:
    bodies = [bare_engines.elasticsearch_body("bare-bench", each) for each in ready]
    with _timed("parallel_bulk of ready bodies", len(ready)) as bare:
        bare_engines.index_with_elasticsearch(client, "bare-bench", bodies)
    client.indices.delete(index="bare-bench")
    del bodies
    _our_indexing(settings, version, ready, bare[0])


def _our_indexing(settings: Settings, version: Version, ready: list[SearchDocument], bare_s: float) -> None:
    companions = Companions.of(settings, version.content)
    with _timed("ours, vocabulary and inventory included", len(ready)) as ours:
        open_backend(settings).rebuild(companions.counting(ready), version.name, version.content)
    print(f"{bare_s / ours[0]:10.0%} of the bare rate")
    with _timed("until the server has merged it", len(ready)):
        _settle(settings)


def _settle(settings: Settings) -> None:
    """Wait until the server has made one segment of a new index, as whoever searches later has; within minutes."""
    if settings.elasticsearch_url:
        with Elasticsearch(settings.elasticsearch_url) as client:
            latest = time.monotonic() + _LONGEST_MERGE
            while client.indices.stats(index=_ALIAS, metric="segments")["_all"]["primaries"]["segments"]["count"] > 1:
                if time.monotonic() > latest:
                    print(f"not merged within {_LONGEST_MERGE} s: what follows is measured as it is")
                    return
                time.sleep(0.2)


def _following(settings: Settings, corpus: SearchCorpus, count: int) -> None:
    """An increment from the change log, the check of everything, one lost question found and repaired, going back."""
    step = max(1, count // _CHANGED)
    version = _commit(settings, (corpus.question(place, revision=1) for place in range(0, count, step)))
    with _timed("an increment from the change log", len(range(0, count, step))):
        assert refresh_index(settings, now=_NOW).how == "updated"
    with _timed("the check that index = dataset", count):
        assert index_difference(settings).same
    lost = next(iter(documents(version, iter_questions(version)))).id
    open_backend(settings).update([], [lost], version.name, version.content)
    with _timed("one lost question found", count):
        assert index_difference(settings).missing == (lost,)
    with _timed("and repaired", count):
        assert reconcile(settings, now=_NOW).how == "repaired"
    ready = documents(version, iter_questions(version))
    open_backend(settings).rebuild(
        Companions.of(settings, version.content).counting(ready), version.name, version.content
    )
    _settle(settings)
    with _timed("a rollback", 1):
        rollback(settings)


def _exporting(settings: Settings, count: int) -> None:
    live = LiveIndex(settings)
    everything = understand("", live.now().vocabulary, today=TODAY).engine
    with _timed("every id, by date", count):
        assert sum(1 for _ in live.backend.scan(everything, sort=Sort.PUBLISHED)) == count
    with _timed("every hit with its texts, by date", count):
        assert sum(1 for _ in live.backend.scan_shown(everything, sort=Sort.PUBLISHED)) == count


def _commit(settings: Settings, questions: Iterator[Question]) -> Version:
    """A data version with these questions, term by term."""
    dataset = Dataset.open(settings.dataset_dir)
    for partition, group in groupby(questions, key=lambda question: str(question.key.term_key)):
        rows = (question_rows(each, due_date=question_due(each)) for each in group)
        dataset.commit({partition: PartitionUpdate(changed=rows, captures=[], quarantine=[])}, now=_NOW)
    version = dataset.current
    assert version is not None
    return version


def _search(index: LiveIndex, query: str) -> object:
    return search_page(index, query, sort=Sort.RELEVANCE, offset=0, limit=10, facets=FACETS, today=TODAY)


def _compare(what: str, bare: Prepare, ours: Prepare, number: int) -> None:
    """Both ask the same, in turn, each query once: the first tenth warms up and does not count."""
    times: tuple[list[float], list[float]] = ([], [])
    for place in range(number):
        for spent, prepare in zip(times, (bare, ours), strict=True):
            spent.append(_spent(prepare(place)))
    for spent in times:
        del spent[: number // 10]
    one, other = (_high(spent) for spent in times)
    print(f"{one:10.2f} ms p95, bare request: {what}\n{other:10.2f} ms p95, ours, {other / one:.2f} times the bare one")
    print("{:10.2f} ms median, bare\n{:10.2f} ms median, ours".format(*(median(spent) * 1000 for spent in times)))


def _high(spent: Sequence[float]) -> float:
    return sorted(spent)[int(len(spent) * 0.95)] * 1000


@contextmanager
def _timed(what: str, count: int) -> Iterator[list[float]]:
    spent: list[float] = []
    started = time.perf_counter()
    yield spent
    spent.append(time.perf_counter() - started)
    print(f"{spent[0]:10.2f} s {what}, {count / spent[0]:.0f} a second", flush=True)


def _spent(action: Callable[[], object]) -> float:
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


if __name__ == "__main__":
    given = [*sys.argv[1:], *[None] * 3]
    main(int(given[0] or 20_000), given[1], given[2])
