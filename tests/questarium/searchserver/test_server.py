"""The real server: what an official client gets from it, and how it ends."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from elasticsearch import BadRequestError, ConflictError, Elasticsearch
from elasticsearch.helpers import bulk

from questarium.searchserver.home import ELASTICSEARCH, server_home
from questarium.searchserver.install import install_server
from questarium.searchserver.runtime import MOST_HEAP_MB
from questarium.searchserver.server import SearchServer, run_foreground
from schemas.errors import SearchServerError
from schemas.settings import Settings

# The first test may have to download the server.
pytestmark = [pytest.mark.elasticsearch, pytest.mark.timeout(600)]

WORDS = {"type": "pattern", "pattern": r"[\p{IsAlphabetic}\p{N}]+", "group": 0}
ANALYSIS: dict[str, Any] = {
    "tokenizer": {"words": WORDS},
    "filter": {"both": {"type": "asciifolding", "preserve_original": True}},
    "analyzer": {
        "plain": {"type": "custom", "tokenizer": "words", "filter": ["lowercase"]},
        "folded": {"type": "custom", "tokenizer": "words", "filter": ["lowercase", "asciifolding"]},
        "both": {"type": "custom", "tokenizer": "whitespace", "filter": ["both"]},
        "whole": {"type": "custom", "tokenizer": "keyword", "filter": ["lowercase"]},
    },
    "normalizer": {"label": {"type": "custom", "filter": ["lowercase", "asciifolding"]}},
}
MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "properties": {
        "text": {"type": "text", "analyzer": "plain", "fields": {"folded": {"type": "text", "analyzer": "folded"}}},
        "ministry": {"type": "keyword", "normalizer": "label"},
        "figures": {"type": "nested", "properties": {"value": {"type": "double"}, "unit": {"type": "keyword"}}},
    },
}


@pytest.fixture(scope="module")
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as connection:
        yield connection


@pytest.fixture
def index(client: Elasticsearch) -> Iterator[str]:
    name = f"test-{os.getpid()}-{time.monotonic_ns()}"
    client.indices.create(index=name, settings={"analysis": ANALYSIS, "number_of_replicas": 0}, mappings=MAPPINGS)
    yield name
    client.indices.delete(index=name)


@pytest.fixture
def home() -> Path:
    return install_server(server_home(Settings()), lambda _line: None)


def test_an_official_client_recognises_the_server(client: Elasticsearch) -> None:
    assert client.ping()
    version = client.info()["version"]
    assert version["number"] == ELASTICSEARCH
    assert version["build_snapshot"] is False


@pytest.mark.parametrize(
    ("analyzer", "tokens"),
    [
        ("plain", ["l", "hôpital", "d", "évry", "garde", "à", "vue", "18", "000"]),
        ("folded", ["l", "hopital", "d", "evry", "garde", "a", "vue", "18", "000"]),
        ("both", ["L'hopital", "L’hôpital", "d'Evry,", "d'Évry,", "garde-a-vue:", "garde-à-vue:", "18", "000", "€"]),
        ("whole", ["l’hôpital d'évry, garde-à-vue: 18 000 €"]),
    ],
)
def test_text_is_cut_as_our_index_asks(client: Elasticsearch, index: str, analyzer: str, tokens: list[str]) -> None:
    answer = client.indices.analyze(index=index, analyzer=analyzer, text="L’hôpital d'Évry, garde-à-vue: 18 000 €")
    assert [token["token"] for token in answer["tokens"]] == tokens


@pytest.mark.parametrize(
    "analysis",
    [
        {"filter": {"mine": {"type": "lowercase", "language": "greek"}}},
        {"filter": {"mine": {"type": "asciifolding", "preserve": True}}},
        {"tokenizer": {"mine": WORDS | {"limit": 3}}},
        {"tokenizer": {"mine": {"type": "keyword", "buffer_size": 10}}},
        {"filter": {"mine": {"type": "no_such_filter"}}},
    ],
)
def test_analysis_that_the_server_would_not_honour_is_refused(client: Elasticsearch, analysis: dict[str, Any]) -> None:
    with pytest.raises(BadRequestError, match="mine"):
        client.indices.create(index="refused", settings={"analysis": analysis})
    assert not client.indices.exists(index="refused")


def test_documents_are_found_by_word_label_and_figure(client: Elasticsearch, index: str) -> None:
    figures = [{"value": 18000, "unit": "EUR"}, {"value": 3, "unit": "beds"}]
    documents: list[dict[str, Any]] = [
        {"_id": "1", "text": "L’hôpital d'Évry", "ministry": "Santé", "figures": figures},
        {"_id": "2", "text": "La retraite", "ministry": "Travail", "figures": []},
    ]
    assert bulk(client, documents, index=index, refresh=True) == (2, [])

    def found(query: dict[str, Any]) -> list[str]:
        return [hit["_id"] for hit in client.search(index=index, query=query)["hits"]["hits"]]

    def figure(value: int, unit: str) -> dict[str, Any]:
        filters = [{"term": {"figures.value": value}}, {"term": {"figures.unit": unit}}]
        return {"nested": {"path": "figures", "query": {"bool": {"filter": filters}}}}

    assert found({"match_phrase": {"text": "hôpital d'Évry"}}) == ["1"]
    assert found({"match": {"text": "hopital"}}) == []
    assert found({"match": {"text.folded": "hopital"}}) == ["1"]
    assert found({"term": {"ministry": "SANTE"}}) == ["1"]
    assert found(figure(18000, "EUR")) == ["1"]
    assert found(figure(18000, "beds")) == []


def test_an_older_external_version_never_replaces_a_newer(client: Elasticsearch, index: str) -> None:
    client.index(index=index, id="1", document={"text": "new"}, version=7, version_type="external")
    with pytest.raises(ConflictError):
        client.index(index=index, id="1", document={"text": "old"}, version=6, version_type="external")
    assert client.get(index=index, id="1")["_source"] == {"text": "new"}


def test_an_alias_moves_in_one_step(client: Elasticsearch, index: str) -> None:
    second, alias = f"{index}-second", f"{index}-alias"
    client.indices.create(index=second)
    client.indices.put_alias(index=index, name=alias)
    moves = [{"remove": {"index": index, "alias": alias}}, {"add": {"index": second, "alias": alias}}]
    client.indices.update_aliases(actions=moves)
    assert list(client.indices.get_alias(name=alias)) == [second]
    client.indices.delete(index=second)


def test_documents_outlive_a_stop_and_the_process_does_not(home: Path, tmp_path: Path) -> None:
    server = SearchServer(home, tmp_path, heap_mb=256)
    with server, Elasticsearch(server.url) as client:
        client.index(index="kept", id="1", document={"n": 1})
        process = psutil.Process(server.pid)
        assert {address.laddr.ip.removeprefix("::ffff:") for address in process.net_connections()} == {"127.0.0.1"}
    assert not process.is_running()
    with pytest.raises(SearchServerError, match="not running"):
        _ = server.url
    with server, Elasticsearch(server.url) as client:
        assert client.get(index="kept", id="1")["_source"] == {"n": 1}


def test_garbage_is_not_taken_for_memory_in_use(client: Elasticsearch) -> None:
    """Else the server refuses everything until it next looks for garbage, which refusing does not make it do."""
    (node,) = client.nodes.stats(metric=["breaker", "jvm"])["nodes"].values()
    assert node["breakers"]["parent"]["estimated_size_in_bytes"] < node["jvm"]["mem"]["heap_used_in_bytes"] / 4


def test_the_heap_is_as_large_as_told_or_a_quarter_of_the_memory(home: Path, tmp_path: Path) -> None:
    for told, expected in ((256, 256), (None, min(MOST_HEAP_MB, psutil.virtual_memory().total / 2**20 / 4))):
        server = SearchServer(home, tmp_path, heap_mb=told)
        with server, Elasticsearch(server.url) as client:
            (node,) = client.nodes.info(metric="jvm")["nodes"].values()
        heap_mb = node["jvm"]["mem"]["heap_init_in_bytes"] / 2**20
        assert heap_mb == pytest.approx(expected, rel=0.1)


PARENT = """
import sys, time
from pathlib import Path
from questarium.searchserver.server import SearchServer
server = SearchServer(Path(sys.argv[1]), Path(sys.argv[2]), heap_mb=256)
server.start()
print(server.url.rpartition(":")[2], flush=True)
time.sleep(600)
"""


def test_the_server_ends_when_its_parent_is_killed(home: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(home), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        port = int(parent.stdout.readline())
        assert listens(port)
        parent.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while listens(port) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not listens(port)


def listens(port: int) -> bool:
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def test_a_failed_start_shows_the_end_of_the_log(home: Path, tmp_path: Path) -> None:
    server = SearchServer(home, tmp_path, heap_mb=256, node_settings={"no.such.setting": "1"})
    with pytest.raises(SearchServerError, match=r"server\.log:\n(?s:.*)unknown setting \[no\.such\.setting\]"):
        server.start()
    assert server.pid is None


def test_a_server_that_ends_by_itself_is_reported(home: Path, tmp_path: Path) -> None:
    with SearchServer(home, tmp_path, heap_mb=256) as server:
        psutil.Process(server.pid).kill()
        with pytest.raises(SearchServerError, match="ended with code"):
            server.wait()


def test_in_the_foreground_it_says_its_url_and_ends_with_ctrl_c(home: Path, tmp_path: Path) -> None:
    urls: list[str] = []

    def interrupt(url: str) -> None:
        urls.append(url)
        raise KeyboardInterrupt

    run_foreground(home, tmp_path, 0, interrupt)
    assert urls[0].startswith("http://127.0.0.1:")
    assert not listens(int(urls[0].rpartition(":")[2]))
