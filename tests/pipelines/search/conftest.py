"""Engines for the tests: the embedded one in a folder of its own, Elasticsearch under an alias of its own."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from pipelines.search.backend import SearchBackend
from pipelines.search.elastic.backend import ElasticBackend
from pipelines.search.embedded.backend import EmbeddedBackend
from tests.pipelines.search.nasty_corpus import DOCUMENTS
from tests.pipelines.search.small_alphabet import CORPUS

ENGINES = ("embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch))


@pytest.fixture
def embedded(tmp_path: Path) -> EmbeddedBackend:
    return EmbeddedBackend(tmp_path / "index")


@pytest.fixture
def elastic_alias(elasticsearch_url: str) -> Iterator[str]:
    """An alias that no other test has; all its indices are deleted afterwards."""
    yield from _alias(elasticsearch_url)


@pytest.fixture
def elastic(elasticsearch_url: str, elastic_alias: str) -> ElasticBackend:
    return ElasticBackend.connect(elasticsearch_url, elastic_alias)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> SearchBackend:
    """Each engine in turn, empty."""
    backend: SearchBackend = request.getfixturevalue("elastic" if request.param == "elasticsearch" else "embedded")
    return backend


@pytest.fixture(scope="session")
def embedded_corpora(tmp_path_factory: pytest.TempPathFactory) -> dict[str, SearchBackend]:
    return _filled({name: EmbeddedBackend(tmp_path_factory.mktemp(name)) for name in ("nasty", "small")})


@pytest.fixture(scope="session")
def elastic_corpora(elasticsearch_url: str) -> Iterator[dict[str, SearchBackend]]:
    for alias in _alias(elasticsearch_url):
        names = ("nasty", "small")
        yield _filled({name: ElasticBackend.connect(elasticsearch_url, f"{alias}-{name}") for name in names})


@pytest.fixture(params=ENGINES)
def corpora(request: pytest.FixtureRequest) -> dict[str, SearchBackend]:
    """Each engine in turn, holding the two corpora; not to be written to."""
    held: dict[str, SearchBackend] = request.getfixturevalue(
        "elastic_corpora" if request.param == "elasticsearch" else "embedded_corpora"
    )
    return held


def _filled(engines: dict[str, SearchBackend]) -> dict[str, SearchBackend]:
    for name, documents in (("nasty", DOCUMENTS), ("small", CORPUS)):
        assert engines[name].rebuild(documents, "v1") == []
    return engines


def _alias(url: str) -> Iterator[str]:
    alias = f"test-{uuid4().hex[:12]}"
    yield alias
    with Elasticsearch(url, request_timeout=60) as client:
        for name in client.indices.get(index=f"{alias}-*", features="aliases"):
            client.indices.delete(index=name)
