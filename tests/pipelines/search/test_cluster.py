"""Three real nodes on loopback: one is killed with −9 while an index is built with one copy, and nothing is lost."""

import os
import signal
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from pipelines.search.elastic.backend import ElasticBackend
from pipelines.search.engine_query import AnyForm
from pipelines.search.inventory import Inventory
from questarium.searchserver.home import server_home
from questarium.searchserver.install import install_server
from questarium.searchserver.server import SearchServer
from schemas.search import SearchDocument, Sort
from schemas.settings import Settings
from tests.pipelines.search.nasty_corpus import document

pytestmark = [pytest.mark.campaign, pytest.mark.elasticsearch, pytest.mark.timeout(900)]

NODES = 3
DOCUMENTS = 12_000


def free_ports(number: int) -> list[int]:
    """Ports that were free a moment ago; the nodes have to know each other's before they start."""
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(number)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [int(each.getsockname()[1]) for each in sockets]


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[list[SearchServer]]:
    """A cluster of three, formed."""
    home = install_server(server_home(Settings()), lambda _line: None)
    ports = free_ports(NODES)
    names = [f"node-{place}" for place in range(NODES)]
    together = {
        "cluster.name": f"test-{uuid4().hex[:8]}",
        "discovery.type": "multi-node",
        "discovery.seed_hosts": ",".join(f"127.0.0.1:{port}" for port in ports),
        "cluster.initial_master_nodes": ",".join(names),
    }
    servers = [
        SearchServer(
            home,
            tmp_path / name,
            heap_mb=384,
            node_settings=together | {"node.name": name, "transport.port": str(port)},
        )
        for name, port in zip(names, ports, strict=True)
    ]
    try:
        with ThreadPoolExecutor(NODES) as threads:
            list(threads.map(lambda server: server.start(timeout=240), servers))
        yield servers
    finally:
        for server in servers:
            server.stop()


def documents() -> list[SearchDocument]:
    return [document(n, f"lac numéro {n} " * 20, content_hash=f"{n}") for n in range(DOCUMENTS)]


def killing(given: list[SearchDocument], victim: SearchServer, at: int) -> Iterator[SearchDocument]:
    """The documents; on the way the node's process is killed."""
    for place, each in enumerate(given):
        if place == at:
            assert victim.pid is not None
            os.kill(victim.pid, signal.SIGKILL)
        yield each


def primary_of(client: Elasticsearch, alias: str, nodes: list[SearchServer]) -> SearchServer:
    """The node that holds the primary of the newest index of the alias."""
    shards: Any = client.cat.shards(index=f"{alias}-*", h="index,prirep,node", format="json")
    name = max((each["index"], each["node"]) for each in shards if each["prirep"] == "p")[1]
    return nodes[int(name.rsplit("-", 1)[1])]


def test_a_node_killed_while_indexing_loses_nothing(nodes: list[SearchServer]) -> None:
    alias, given = "cluster", documents()
    urls = ",".join(node.url for node in nodes)
    backend = ElasticBackend.connect(urls, alias)
    inventory = Inventory()
    for each in given:
        inventory.add(each)
    with Elasticsearch(urls.split(","), request_timeout=60) as client:
        assert client.cluster.health(wait_for_nodes=str(NODES), timeout="60s")["number_of_nodes"] == NODES
        assert backend.rebuild(given[:100], "v1") == []
        assert client.cluster.health(wait_for_status="green", timeout="60s")["status"] == "green"
        victim = primary_of(client, alias, nodes)
        assert backend.rebuild(killing(given, victim, DOCUMENTS // 2), "v2") == []
        assert backend.digests() == inventory.digests()
        changed = [each.model_copy(update={"version": 2, "question": "rive"}) for each in given[:500]]
        assert backend.update(changed, [], "v3") == []
        victim.stop()
        victim.start(timeout=240)
        health = client.cluster.health(wait_for_status="green", wait_for_nodes=str(NODES), timeout="120s")
        assert health["status"] == "green"
    assert backend.digests() == inventory.digests()
    assert len(list(backend.scan(AnyForm(("rive",)), sort=Sort.NUMBER))) == 500
    state = backend.state()
    assert state is not None
    assert (state.data_version, state.documents) == ("v3", DOCUMENTS)
