"""The Elasticsearch server that the tests share: the one they are given, or one of their own for the session."""

import os
from collections.abc import Iterator

import pytest

from questarium.searchserver.home import server_home
from questarium.searchserver.install import install_server
from questarium.searchserver.server import SearchServer
from schemas.settings import Settings


@pytest.fixture(scope="session")
def elasticsearch_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real server; it is installed first when it is nowhere on this machine."""
    given = os.environ.get("QUESTARIUM_TEST_ELASTICSEARCH_URL")
    if given:
        yield given
        return
    home = install_server(server_home(Settings()), lambda _line: None)
    with SearchServer(home, tmp_path_factory.mktemp("elasticsearch")) as server:
        yield server.url
