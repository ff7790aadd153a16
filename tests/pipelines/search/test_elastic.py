"""What is particular to Elasticsearch: aliases, what the server refuses, what it is too busy for, what is not there."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from elasticsearch import BadRequestError, ConnectionTimeout, Elasticsearch

from pipelines.search.backend import Matches
from pipelines.search.elastic import backend as elastic_backend
from pipelines.search.elastic import writer
from pipelines.search.elastic.backend import ElasticBackend
from pipelines.search.elastic.mapping import to_source
from pipelines.search.engine_query import AnyForm, MatchAll
from schemas.errors import SearchError, SearchUnavailableError, UsageError
from schemas.search import Sort
from tests.pipelines.search.nasty_corpus import document, question

ROOT = Path(__file__).parents[3]

_VICTIM = """
import os, signal, sys
from pipelines.search.elastic import indices
from pipelines.search.elastic.backend import ElasticBackend
from tests.pipelines.search.nasty_corpus import document

url, alias, action, point = sys.argv[1:]

def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

def documents():
    for n in range(700):
        if point == "documents" and n == 650:
            die()
        yield document(n, "neuf", version=2, content_hash=f"new-{n}")

if point == "create":
    true_create = indices.Indices.create
    indices.Indices.create = lambda self: (true_create(self), die())
elif point != "documents":
    setattr(indices.Indices, point, die)
backend = ElasticBackend.connect(url, alias)
backend.rebuild(documents(), "v2") if action == "rebuild" else backend.update(documents(), [], "v2")
"""


@pytest.fixture
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as client:
        yield client


def total(backend: ElasticBackend, form: str) -> int:
    return backend.search(AnyForm((form,)), sort=Sort.NUMBER, offset=0, limit=1).total


def versions(client: Elasticsearch, alias: str) -> list[str]:
    return sorted(client.indices.get(index=f"{alias}-*", features="aliases").body)


pytestmark = pytest.mark.elasticsearch


@pytest.mark.parametrize(
    ("action", "point"),
    [
        *(("rebuild", point) for point in ("documents", "mark", "point_to")),
        *(pytest.param("rebuild", point, marks=pytest.mark.campaign) for point in ("create", "count")),
        *(("update", point) for point in ("documents", "mark")),
    ],
)
def test_a_killed_writer_leaves_what_was_and_is_done_again(
    elastic: ElasticBackend, elastic_alias: str, elasticsearch_url: str, client: Elasticsearch, action: str, point: str
) -> None:
    elastic.rebuild([document(n, "vieux") for n in range(50)], "v1")
    before = elastic.state()
    arguments = [elasticsearch_url, elastic_alias, action, point]
    for _ in range(2 if point == "documents" else 1):
        run = subprocess.run([sys.executable, "-c", _VICTIM, *arguments], cwd=ROOT, check=False)
        assert run.returncode == -signal.SIGKILL
    assert len(versions(client, elastic_alias)) == (2 if action == "rebuild" else 1)
    state = elastic.state()
    assert before is not None
    assert state is not None
    assert (state.index, state.data_version) == (before.index, "v1")
    if action == "rebuild":
        assert (total(elastic, "vieux"), total(elastic, "neuf")) == (50, 0)
    again = [document(n, "neuf", version=2, content_hash=f"new-{n}") for n in range(700)]
    (elastic.rebuild if action == "rebuild" else lambda d, v: elastic.update(d, [], v))(again, "v2")
    assert (total(elastic, "vieux"), total(elastic, "neuf")) == (0, 700)
    elastic.rebuild(again[:1], "v3")
    elastic.rebuild(again[:1], "v4")
    assert len(versions(client, elastic_alias)) == 2


def test_what_the_server_refuses_is_returned_with_its_reason(
    elastic: ElasticBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    elastic.rebuild([document(1, "lac")], "v1")
    odd = [document(n, "lac") for n in range(600, 1300, 100)]
    ids = {each.id for each in odd}
    monkeypatch.setattr(
        writer, "to_source", lambda flat: to_source(flat) | ({"colour": "red"} if flat.id in ids else {})
    )
    fine = [document(n, "lac", content_hash=f"{n}") for n in range(2, 1500) if n % 100]
    rejected = elastic.update([*fine[:700], *odd, *fine[700:]], [], "v2")
    assert {each.id for each in rejected} == ids
    assert all("strict" in each.reason for each in rejected)
    assert total(elastic, "lac") == len(fine) + 1


def test_the_mapping_is_strict(elastic: ElasticBackend, elastic_alias: str, client: Elasticsearch) -> None:
    elastic.rebuild([document(1, "lac")], "v1")
    with pytest.raises(BadRequestError, match="strict_dynamic_mapping"):
        client.index(index=elastic_alias, document={"colour": "red"})


def test_an_update_writes_only_what_is_new(elastic: ElasticBackend, elastic_alias: str, client: Elasticsearch) -> None:
    elastic.rebuild([document(n, "lac") for n in range(20)], "v1")

    def operations() -> int:
        (stats,) = client.indices.stats(index=elastic_alias, metric="indexing")["indices"].values()
        return int(stats["primaries"]["indexing"]["index_total"])

    before = operations()
    elastic.update([*(document(n, "lac") for n in range(20)), document(20, "lac")], [], "v2")
    assert operations() == before + 1


@pytest.fixture
def asked(elastic: ElasticBackend, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """The bodies of the requests, as they are made."""
    bodies: list[dict[str, Any]] = []
    perform = elastic._client.perform_request

    def noted(method: str, path: str, **more: Any) -> Any:
        bodies.append(more.get("body") or {})
        return perform(method, path, **more)

    monkeypatch.setattr(elastic._client, "perform_request", noted)
    return bodies


@pytest.mark.parametrize(("query", "requests"), [(MatchAll(), 1), (AnyForm(("lac",)), 2)])
def test_a_page_and_its_facets_are_two_requests_or_one_for_all_documents(
    elastic: ElasticBackend, asked: list[dict[str, Any]], query: AnyForm | MatchAll, requests: int
) -> None:
    elastic.rebuild([document(1, "lac")], "v1")
    asked.clear()
    found = elastic.search(query, sort=Sort.RELEVANCE, offset=0, limit=10, facets=("term",), shown=True)
    assert (found.total, [each.count for each in found.facets["term"]], len(asked)) == (1, [1], requests)


def test_what_is_known_of_all_documents_is_not_read_again(elastic: ElasticBackend, asked: list[dict[str, Any]]) -> None:
    def found(limit: int) -> Matches:
        return elastic.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=limit, facets=("type",), shown=True)

    elastic.rebuild([document(1, "lac"), document(2, "lac")], "v1")
    asked.clear()
    first = found(10)
    assert found(10) == first
    assert [each["size"] for each in asked] == [10, 0]
    assert len(found(1).ids) == 1
    assert [each["size"] for each in asked] == [10, 0, 1]


def test_an_answer_about_all_documents_is_that_of_what_is_held_now(elastic: ElasticBackend) -> None:
    def found() -> tuple[str | None, list[str | None]]:
        page = elastic.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=10, facets=("type",), shown=True)
        return page.index, [each.question for each in page.shown]

    elastic.rebuild([document(1, "lac")], "v1")
    index, texts = found()
    assert (index, texts) == found()
    elastic.update([document(1, "mer", version=2, content_hash="other")], [], "v2")  # as many as before
    assert found() == (index, ["mer"])
    elastic.update([document(2, "col")], [question(1)], "v3")
    assert found() == (index, ["col"])
    elastic.update([], [question(2)], "v4")
    assert found() == found() == (None, [])
    elastic.update([document(2, "col")], [], "v5")
    assert found() == (index, ["col"])
    elastic.rebuild([document(2, "col")], "v6")  # the same again, in another index
    assert found() != (index, ["col"])
    assert found()[1] == ["col"]


def test_all_documents_are_those_of_now(elastic: ElasticBackend, elastic_alias: str, client: Elasticsearch) -> None:
    def found() -> tuple[int, int, tuple[tuple[str, int], ...]]:
        page = elastic.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=10, facets=("type",))
        return page.total, len(page.ids), tuple((each.value, each.count) for each in page.facets["type"])

    def kept() -> int:
        (stats,) = client.indices.stats(index=elastic_alias, metric="request_cache")["indices"].values()
        return int(stats["total"]["request_cache"]["hit_count"])

    elastic.rebuild([document(n, "lac") for n in (1, 2, 3)], "v1")
    assert found() == (3, 3, (("QE", 3),))
    for _ in range(100):  # the server may merge the new index meanwhile, which is another state of it
        if kept():
            break
        assert found() == (3, 3, (("QE", 3),))
    assert kept()
    elastic.update([document(4, "lac")], [question(1), question(2)], "v2")
    assert found() == (2, 2, (("QE", 2),))
    elastic.rebuild([document(5, "lac")], "v3")
    assert found() == (1, 1, (("QE", 1),))


def test_a_page_and_its_facets_are_of_one_index(elastic: ElasticBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    elastic.rebuild([document(1, "lac")], "v1")
    counted, asked = Event(), elastic._asked

    def switched_between(request: dict[str, Any]) -> dict[str, Any]:
        if "aggs" in request:
            answer = asked(request)
            counted.set()
            return answer
        if not counted.is_set():
            assert counted.wait(30)
            elastic.rebuild([document(2, "lac"), document(3, "lac")], "v2")
        return asked(request)

    monkeypatch.setattr(elastic, "_asked", switched_between)
    found = elastic.search(AnyForm(("lac",)), sort=Sort.RELEVANCE, offset=0, limit=10, facets=("term",))
    assert (found.total, len(found.ids), [each.count for each in found.facets["term"]]) == (2, 2, [2])


def test_an_increment_is_seen_when_it_is_whole(elastic: ElasticBackend) -> None:
    elastic.rebuild([document(1, "lac")], "v1")

    def found() -> int:
        return elastic.search(AnyForm(("lac",)), sort=Sort.RELEVANCE, offset=0, limit=1).total

    def documents() -> Iterator[Any]:
        yield from (document(n, "lac") for n in range(2, 4_000))
        time.sleep(2)  # what is written is seen after a second where the server decides
        assert found() == 1
        yield document(4_000, "lac")

    elastic.update(documents(), [], "v2")
    assert found() == 4_000


def test_every_hit_is_read_in_order_page_by_page(elastic: ElasticBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(elastic_backend, "_CHUNK", 7)
    elastic.rebuild([document(n, "lac") for n in range(100, 0, -1)], "v1")
    assert list(elastic.scan(MatchAll(), sort=Sort.NUMBER)) == [question(n) for n in range(1, 101)]
    assert [each.id for each in elastic.scan_shown(AnyForm(("lac",)), sort=Sort.NUMBER_DESC)] == [
        question(n) for n in range(100, 0, -1)
    ]


def test_a_new_index_becomes_one_segment(elastic: ElasticBackend, elastic_alias: str, client: Elasticsearch) -> None:
    def documents() -> Iterator[Any]:
        yield from (document(n, "lac") for n in range(2_000))
        client.indices.refresh(index=f"{elastic_alias}-*")  # what is written by now is a segment
        assert segments() > 0
        yield from (document(n, "lac") for n in range(2_000, 2_500))

    def segments() -> int:
        stats = client.indices.stats(index=f"{elastic_alias}-*", metric="segments")
        return int(stats["_all"]["primaries"]["segments"]["count"])

    elastic.rebuild(documents(), "v1")
    ends = time.monotonic() + 60
    while segments() > 1 and time.monotonic() < ends:
        time.sleep(0.1)
    assert segments() == 1
    assert total(elastic, "lac") == 2_500


def test_a_server_that_merges_nothing_is_no_error(elastic: ElasticBackend, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any, **__: Any) -> None:
        raise ConnectionTimeout("no")

    monkeypatch.setattr(elastic._building.client.indices, "forcemerge", refused)
    elastic.rebuild([document(1, "lac")], "v1")
    assert total(elastic, "lac") == 1


def test_a_deleted_index_is_not_created_again_by_a_write(
    elastic: ElasticBackend, elastic_alias: str, client: Elasticsearch
) -> None:
    elastic.rebuild([document(1, "lac")], "v1")

    def documents() -> Iterator[Any]:
        yield from (document(n, "lac") for n in range(600))
        client.indices.delete(index=versions(client, elastic_alias)[-1])
        yield from (document(n, "lac") for n in range(600, 1300))

    with pytest.raises(SearchError):
        elastic.rebuild(documents(), "v2")
    assert total(elastic, "lac") == 1
    assert len(versions(client, elastic_alias)) == 1


def test_an_index_in_the_place_of_the_alias_is_a_clear_error(elasticsearch_url: str, client: Elasticsearch) -> None:
    name = f"test-plain-{os.getpid()}"
    client.indices.create(index=name)
    try:
        with pytest.raises(SearchError, match="should be an alias"):
            ElasticBackend.connect(elasticsearch_url, name).state()
    finally:
        client.indices.delete(index=name)


def test_a_server_that_is_not_there_is_said_quickly() -> None:
    nobody = ElasticBackend.connect("http://127.0.0.1:9", "test")
    started = time.monotonic()
    for ask in (nobody.state, lambda: nobody.rebuild([], "v"), lambda: nobody.update([], [], "v")):
        with pytest.raises(SearchUnavailableError, match=r"127\.0\.0\.1:9 cannot be reached"):
            ask()
    with pytest.raises(SearchUnavailableError):
        nobody.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=1)
    with pytest.raises(SearchUnavailableError):
        list(nobody.scan(MatchAll(), sort=Sort.NUMBER))
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("url", ["localhost:9200", "http://localhost", "reader:secret@localhost:9200"])
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(UsageError, match=r"^'[^@]*' is no address of Elasticsearch: write http://HOST:9200"):
        ElasticBackend.connect(url, "test")


def test_no_password_is_shown() -> None:
    with pytest.raises(SearchUnavailableError) as raised:
        ElasticBackend.connect("http://reader:secret@127.0.0.1:9", "test").state()
    assert "secret" not in str(raised.value)


class _Busy(BaseHTTPRequestHandler):
    """Passes requests on, but says of some bulk requests or searches what an overloaded or torn cluster says."""

    target = ""
    busy_bulks = 0
    unavailable = 0  # bulk requests refused as a whole
    cut = 0  # bulk requests that are done, and whose answer is lost
    failed_shards = 0

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if "_bulk" in self.path and type(self).busy_bulks:
            type(self).busy_bulks -= 1
            self._send(200, {}, json.dumps({"took": 1, "errors": True, "items": _too_busy(body)}).encode())
            return
        if "_bulk" in self.path and type(self).unavailable:
            type(self).unavailable -= 1
            self._send(503, {}, b'{"error": {"root_cause": [{"reason": "no master"}]}, "status": 503}')
            return
        headers = {name: value for name, value in self.headers.items() if name.lower() not in ("host", "connection")}
        request = urllib.request.Request(self.target + self.path, body or None, headers, method=self.command)
        try:
            with urllib.request.urlopen(request) as answer:
                status, content = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, content = error.code, error.read()
        if "_bulk" in self.path and type(self).cut:
            type(self).cut -= 1
            self.close_connection = True
            return
        if "_search" in self.path and self.failed_shards:
            torn = json.loads(content)
            torn["_shards"]["failed"] = self.failed_shards
            content = json.dumps(torn).encode()
        self._send(status, {}, content)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815

    def _send(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        kind = {"Content-Type": "application/vnd.elasticsearch+json;compatible-with=9"}
        for name, value in {**kind, "X-Elastic-Product": "Elasticsearch", **headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing."""


def _too_busy(body: bytes) -> list[dict[str, Any]]:
    actions = [json.loads(line) for line in body.splitlines()]
    ids = [action["index"]["_id"] for action in actions if "index" in action and len(action) == 1]
    error = {"type": "es_rejected_execution_exception", "reason": "queue is full"}
    return [{"index": {"_index": "x", "_id": each, "status": 429, "error": error}} for each in ids]


@pytest.fixture
def busy(elasticsearch_url: str) -> Iterator[tuple[str, type[_Busy]]]:
    handler = type("Handler", (_Busy,), {"target": elasticsearch_url})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", handler
    server.shutdown()
    server.server_close()
    thread.join()


def test_what_the_server_is_too_busy_for_is_sent_again(elastic_alias: str, busy: tuple[str, type[_Busy]]) -> None:
    url, handler = busy
    handler.busy_bulks = 2
    backend = ElasticBackend.connect(url, elastic_alias)
    assert backend.rebuild([document(n, "lac") for n in range(700)], "v1") == []
    assert handler.busy_bulks == 0
    assert total(backend, "lac") == 700


def test_refusals_busy_answers_outages_and_lost_answers_together_lose_nothing(
    elastic_alias: str, busy: tuple[str, type[_Busy]]
) -> None:
    url, handler = busy
    backend = ElasticBackend.connect(url, elastic_alias)
    backend.rebuild([], "v1")
    handler.busy_bulks, handler.unavailable, handler.cut = 1, 2, 1
    fine = [document(n, "lac", content_hash=f"{n}") for n in range(1200) if n % 100]
    bad = [document(n, "lac", rubric="é" * 20_000) for n in range(0, 1200, 100)]
    rejected = backend.update([*fine[:600], *bad, *fine[600:]], [], "v2")
    assert (handler.busy_bulks, handler.unavailable, handler.cut) == (0, 0, 0)
    assert {each.id for each in rejected} == {each.id for each in bad}
    assert dict(backend.hashes()) == {each.id: each.content_hash for each in fine}
    state = backend.state()
    assert state is not None
    assert state.documents == len(fine)


def test_an_answer_without_all_shards_says_so(elastic_alias: str, busy: tuple[str, type[_Busy]]) -> None:
    url, handler = busy
    backend = ElasticBackend.connect(url, elastic_alias)
    backend.rebuild([document(1, "lac")], "v1")
    assert not backend.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=1).partial
    handler.failed_shards = 1
    answer = backend.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=1)
    assert answer.partial
    assert answer.ids == (question(1),)


def test_an_answer_without_all_shards_is_not_kept(elastic_alias: str, busy: tuple[str, type[_Busy]]) -> None:
    url, handler = busy
    backend = ElasticBackend.connect(url, elastic_alias)
    backend.rebuild([document(1, "lac")], "v1")

    def is_partial() -> bool:
        return backend.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=1, facets=("type",)).partial

    handler.failed_shards = 1
    assert is_partial()
    handler.failed_shards = 0
    assert not is_partial()
    handler.failed_shards = 1
    assert is_partial()
