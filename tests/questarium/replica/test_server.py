"""The replica serves what it says, conditionally, and wrongly on demand."""

import gzip
import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

from questarium.replica.faults import Fault, Faults
from questarium.replica.layouts import question_page
from questarium.replica.server import Replica, serve


class Client:
    """One connection."""

    def __init__(self, replica: Replica) -> None:
        self._connection = http.client.HTTPConnection(replica.url.removeprefix("http://"), timeout=5)

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        self._connection.request("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})
        response = self._connection.getresponse()
        return response.status, dict(response.getheaders()), response.read()

    def close(self) -> None:
        self._connection.close()


@contextmanager
def client_of(replica: Replica) -> Iterator[Client]:
    client = Client(replica)
    try:
        yield client
    finally:
        client.close()


def path(number: int) -> str:
    return f"/q15/15-{number}QE.htm"


def test_serves_the_corpus() -> None:
    with serve(40, seed=3) as replica, client_of(replica) as client:
        published = 0
        for number in range(1, replica.site.corpus.highest + 3):
            status, headers, body = client.get(path(number))
            question = replica.site.corpus.by_number(number)
            assert status == (200 if question else 404)
            if question:
                published += 1
                assert body == question_page(question)
                assert headers["Content-Type"] == "text/html; charset=utf-8"
        assert published == 40
        assert client.get("/q14/14-1QE.htm")[0] == 404
        assert client.get("/nothing")[0] == 404


def test_conditional_requests() -> None:
    with serve(40) as replica, client_of(replica) as client:
        _, headers, _ = client.get(path(1))
        assert client.get(path(1), If_None_Match=headers["ETag"])[0] == 304
        assert client.get(path(1), If_None_Match='"other"')[0] == 200
        assert client.get(path(1), If_Modified_Since=headers["Last-Modified"])[0] == 304
        assert client.get(path(1), If_Modified_Since="Tue, 04 Jul 2000 00:00:00 GMT")[0] == 200
        assert client.get(path(1), If_Modified_Since="nonsense")[0] == 200


def test_gzip_only_for_those_who_take_it() -> None:
    with serve(40) as replica, client_of(replica) as client:
        plain = client.get(path(1))
        packed = client.get(path(1), Accept_Encoding="gzip, deflate")
        assert "Content-Encoding" not in plain[1]
        assert packed[1]["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed[2]) == plain[2]


def test_listing_leads_through_all_numbers() -> None:
    with serve(50) as replica, client_of(replica) as client:
        found = []
        for offset in (0, 20, 40):
            body = client.get(f"/recherche/resultats_questions/15/(offset)/{offset}")[2].decode()
            found += [part.split("QE.htm")[0] for part in body.split("/q15/15-")[1:]]
        assert [int(number) for number in found] == [
            replica.site.corpus.at(place).key.number for place in range(49, -1, -1)
        ]


def test_publishes_more_as_time_goes_on() -> None:
    with serve(60, as_of=date(2017, 12, 31)) as replica, client_of(replica) as client:
        first = {number: client.get(path(number)) for number in range(1, replica.site.corpus.highest + 1)}
        replica.site.as_of = date(2021, 1, 1)
        later = {number: client.get(path(number)) for number in first}
        assert sum(page[0] == 200 for page in first.values()) < sum(page[0] == 200 for page in later.values()) == 60
        grown = [number for number, page in first.items() if page[0] == 200 and page[2] != later[number][2]]
        same = [number for number, page in first.items() if page[0] == 200 and page[2] == later[number][2]]
        assert grown
        assert same
        assert all(first[number][1]["ETag"] == later[number][1]["ETag"] for number in same)
        assert all(first[number][1]["ETag"] != later[number][1]["ETag"] for number in grown)


def test_robots_and_log(tmp_path: Path) -> None:
    faults = Faults(robots="User-agent: *\nDisallow: /x\n")
    log_file = tmp_path / "log"
    with serve(10, faults=faults, log_file=log_file) as replica, client_of(replica) as client:
        assert client.get("/robots.txt", User_Agent="me")[2] == b"User-agent: *\nDisallow: /x\n"
        client.get(path(1))
        assert [(hit.path, hit.status) for hit in replica.log] == [("/robots.txt", 200), (path(1), 200)]
        assert replica.log[0].user_agent == "me"
    assert len(log_file.read_text().splitlines()) == 2


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (Fault.NOT_FOUND, 404),
        (Fault.FORBIDDEN, 403),
        (Fault.TOO_MANY, 429),
        (Fault.SERVER_ERROR, 500),
        (Fault.UNAVAILABLE, 503),
    ],
)
def test_refusals_happen_as_often_as_told(fault: Fault, status: int) -> None:
    with (
        serve(10, faults=Faults(numbers={1: fault}, times=2, retry_after_s=7)) as replica,
        client_of(replica) as client,
    ):
        answers = [client.get(path(1)) for _ in range(3)]
        assert [answer[0] for answer in answers] == [status, status, 200]
        assert answers[0][1].get("Retry-After") == ("7" if status in {429, 503} else None)


def test_wrong_bodies() -> None:
    kinds = [Fault.CUT, Fault.CUT_GZIP, Fault.DISGUISED, Fault.EMPTY, Fault.BLANK, Fault.WRONG_NUMBER, Fault.WRONG_TERM]
    with serve(10, seed=1, faults=Faults(times=None)) as replica, client_of(replica) as client:
        number = 5
        whole = client.get(path(number))[2]
        bodies = {}
        for kind in kinds:
            replica.faults = Faults(numbers={number: kind}, times=None)
            status, headers, body = client.get(path(number), Accept_Encoding="gzip")
            assert status == 200
            assert int(headers["Content-Length"]) == len(body)
            if kind is not Fault.CUT_GZIP and headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
            bodies[kind] = body
        assert bodies[Fault.CUT] == whole[: len(whole) // 2]
        with pytest.raises(EOFError):
            gzip.decompress(bodies[Fault.CUT_GZIP])
        assert bodies[Fault.EMPTY] == b""
        assert "Question N° 5".encode() not in bodies[Fault.DISGUISED] + bodies[Fault.WRONG_NUMBER]
        assert "14ème législature".encode() in bodies[Fault.WRONG_TERM]
        assert b"/20" not in bodies[Fault.BLANK].partition(b"<main>")[2].partition(b"Texte")[0]


def test_broken_connections() -> None:
    with serve(10, faults=Faults(times=None, hang_s=30)) as replica:
        for kind, error in ((Fault.CLOSED, http.client.RemoteDisconnected), (Fault.SHORT, http.client.IncompleteRead)):
            replica.faults = Faults(numbers={1: kind}, times=None)
            with client_of(replica) as client, pytest.raises(error):
                client.get(path(1))


def test_stops_at_once_while_answers_hang() -> None:
    with serve(10, faults=Faults(numbers={1: Fault.HANG}, hang_s=60)) as replica, client_of(replica) as client:
        client._connection.request("GET", path(1))
        time.sleep(0.1)
        started = time.monotonic()
    assert time.monotonic() - started < 2


def test_rates_are_met_and_repeatable() -> None:
    faults = Faults(rates={Fault.NOT_FOUND: 0.1, Fault.HANG: 0.05}, seed=4)
    drawn = [faults.of(number, 0) for number in range(2000)]
    assert 150 < drawn.count(Fault.NOT_FOUND) < 250
    assert 60 < drawn.count(Fault.HANG) < 140
    assert drawn == [faults.of(number, 0) for number in range(2000)]
    assert all(faults.of(number, 1) is None for number in range(2000))


def test_only_the_loopback_is_served() -> None:
    with serve(10) as replica:
        assert replica.url.startswith("http://127.0.0.1:")
