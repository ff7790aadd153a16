"""The engines without us: what a plain program would do with documents that are ready, to compare ours with."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Final

import tantivy
from elasticsearch import Elasticsearch
from elasticsearch.helpers import parallel_bulk

from pipelines.search.documents import FACET_FIELDS, SHOWN_TEXTS, flatten
from pipelines.search.elastic import compile as elastic_compile
from pipelines.search.elastic.mapping import MAPPING, Layout, settings_for, to_source
from pipelines.search.embedded.compile import Compiler
from pipelines.search.embedded.schema import build_schema, create_index, open_index, text_field
from pipelines.search.engine_query import Accents, EngineQuery
from pipelines.search.small_phrases import SMALL_PHRASES
from schemas.search import SearchDocument

FACETS: Final = ("ministry", "group", "year", "status")
_COUNTED: Final = {facet: {"terms": {"field": FACET_FIELDS[facet], "size": 60_000}} for facet in FACETS}

Prepare = Callable[[int], Callable[[], object]]
"""Prepares the request for the query of that place; what it gives asks it."""


def tantivy_dictionary(document: SearchDocument) -> dict[str, Any]:
    """The document as a dictionary of tantivy's fields."""
    flat = flatten(document)
    texts = {text_field(name, accents): [text] for name, text in flat.texts.items() for accents in Accents}
    dates = {name: [day.toordinal() for day in days] for name, days in flat.dates.items()}
    numbers = {name: [number] for name, number in (flat.numbers | flat.sorts).items()}
    keywords = {name: list(values) for name, values in flat.keywords.items()}
    texts[SMALL_PHRASES] = [flat.small_phrases]
    present = {"present": list(flat.present), "content_hash": [flat.content_hash], "version": [flat.version]}
    return {**texts, **keywords, **dates, **numbers, **present}


def index_with_tantivy(folder: Path, ready: Iterable[dict[str, Any]]) -> None:
    """A loop over ready dictionaries, with two threads and one commit."""
    folder.mkdir()
    index, schema = create_index(folder), build_schema()
    writer = index.writer(256_000_000, 2)
    for each in ready:
        writer.add_document(tantivy.Document.from_dict(each, schema))
    writer.commit()
    writer.wait_merging_threads()


def ask_tantivy(folder: Path, queries: Sequence[EngineQuery]) -> tuple[Prepare, Prepare]:
    """Compiled queries, top ten, four aggregations, tantivy's own snippets; and the aggregations of everything."""
    index = open_index(folder)
    searcher = index.searcher()

    def prepare(place: int) -> Callable[[], object]:
        compiler = Compiler(index.schema, searcher, lambda _figure: [])  # remembers nothing of the one before
        return partial(ask, compiler.scored(queries[place]), compiler.matched(queries[place]))

    def ask(scored: tantivy.Query, matched: tantivy.Query) -> object:
        found = searcher.search(scored, limit=10)
        searcher.aggregate(matched, _COUNTED)
        stored = [searcher.doc(address) for _, address in found.hits]
        makers = [tantivy.SnippetGenerator.create(searcher, scored, index.schema, name) for name in SHOWN_TEXTS]
        return [maker.snippet_from_doc(each).to_html() for maker in makers for each in stored]

    return prepare, lambda _place: partial(searcher.aggregate, tantivy.Query.all_query(), _COUNTED)


def index_with_elasticsearch(client: Elasticsearch, name: str, ready: Iterable[dict[str, Any]]) -> None:
    """`parallel_bulk` of ready bodies into an index that nobody searches yet."""
    client.indices.create(index=name, settings=settings_for(Layout()), mappings=MAPPING)
    for _ in parallel_bulk(client, ready, thread_count=2):
        pass
    client.indices.refresh(index=name)


def elasticsearch_body(name: str, document: SearchDocument) -> dict[str, Any]:
    """One action of a bulk request."""
    return {"_index": name, "_id": document.id, "_source": to_source(flatten(document))}


def ask_elasticsearch(client: Elasticsearch, name: str, queries: Sequence[EngineQuery]) -> tuple[Prepare, Prepare]:
    """Compiled queries, top ten, four aggregations, the engine's own highlight; and the aggregations of everything."""
    highlight = {"encoder": "html", "number_of_fragments": 3, "fragment_size": 160}
    common: dict[str, Any] = {"size": 10, "track_total_hits": True, "aggs": _COUNTED}
    common["highlight"] = highlight | {"fields": {each: {} for each in SHOWN_TEXTS}}
    common["_source"] = list(SHOWN_TEXTS)
    requests = [{"query": elastic_compile.scored(query), **common} for query in queries]
    everything: dict[str, Any] = {"size": 0, "track_total_hits": True, "aggs": _COUNTED}
    return (
        lambda place: partial(client.search, index=name, body=requests[place]),
        lambda _place: partial(client.search, index=name, body=everything, request_cache=False),
    )
