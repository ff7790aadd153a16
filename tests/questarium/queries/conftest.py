"""The small corpus on each engine in turn; not to be written to."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from schemas.settings import Settings
from tests.questarium.queries.corpus import build


@pytest.fixture(scope="session")
def on_embedded(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(home=tmp_path_factory.mktemp("embedded"), elasticsearch_url=None)
    build(settings)
    return settings


@pytest.fixture(scope="session")
def on_elasticsearch(tmp_path_factory: pytest.TempPathFactory, elasticsearch_url: str) -> Iterator[Settings]:
    alias = f"test-{uuid4().hex[:12]}"
    home: Path = tmp_path_factory.mktemp("elastic")
    settings = Settings(home=home, elasticsearch_url=elasticsearch_url, elasticsearch_index=alias)
    build(settings)
    yield settings
    with Elasticsearch(elasticsearch_url, request_timeout=60) as client:
        for name in client.indices.get(index=f"{alias}-*", features="aliases"):
            client.indices.delete(index=name)


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def corpus(request: pytest.FixtureRequest) -> Settings:
    settings: Settings = request.getfixturevalue(f"on_{request.param}")
    return settings
