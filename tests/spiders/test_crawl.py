"""Real crawls of the replica: what ends where in the archive and in the ledger."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.verify import verify
from questarium.replica.corpus import Corpus
from questarium.replica.faults import Fault, Faults
from questarium.replica.layouts import question_page
from questarium.replica.server import serve
from schemas.capture import NumberState
from tests.spiders.crawling import TERM, asked, command, crawl, manifest, states
from tests.spiders.zips import OPEN_DATA, questions_zip


def test_a_whole_term(tmp_path: Path) -> None:
    with serve(60) as replica:
        result = crawl(replica, tmp_path)
        corpus = replica.site.corpus
    assert result.code == 0
    counts = {name: result.report[name] for name in ("requested", "new", "not_found", "failed", "pending")}
    assert counts == {
        "requested": corpus.highest,
        "new": 60,
        "not_found": corpus.highest - 60,
        "failed": 0,
        "pending": 0,
    }
    assert [line for line in result.stderr if line["event"] != "progress"] == []
    last = result.stderr[-1]
    assert (last["done"], last["total"]) == (corpus.highest, corpus.highest)
    with Archive.open(tmp_path) as archive:
        for record in archive.numbers(TERM):
            question = corpus.by_number(record.question.number)
            refs = archive.revisions(record.question)
            assert [ref.status for ref in refs] == [200 if question else 404]
            assert record.state is (NumberState.ARCHIVED if question else NumberState.NOT_FOUND)
            if question:
                assert archive.read(refs[0]).body == question_page(question)
    assert not verify(tmp_path).problems


def test_a_second_crawl_asks_only_what_it_must(tmp_path: Path) -> None:
    with serve(60) as replica:
        crawl(replica, tmp_path)
        before = manifest(tmp_path)
        replica.log.clear()
        assert crawl(replica, tmp_path).code == 0
        assert asked(replica) == []
        result = crawl(replica, tmp_path, "--refetch", "all")
        assert (result.code, result.report["unchanged"], result.report["new"]) == (0, 60, 0)
        pages = [hit.status for hit in replica.log if "/q15/" in hit.path]
        assert pages == [304] * 60
        assert manifest(tmp_path) == before


def test_changes_are_new_revisions_and_the_old_ones_stay(tmp_path: Path) -> None:
    with serve(60, as_of=date(2017, 12, 31)) as replica:
        first = crawl(replica, tmp_path)
        old = manifest(tmp_path)
        replica.site.as_of = None
        second = crawl(replica, tmp_path, "--refetch", "open")
    published = Corpus(60, 1).published_until(date(2017, 12, 31))
    assert (first.report["new"], second.report["new"]) == (published, 60 - published)
    assert second.report["changed"] > 0
    assert {entry for entry in old if entry[0].startswith("http")} <= manifest(tmp_path)
    assert second.report["ledger_archived"] == 60


PERMANENT = {
    Fault.NOT_FOUND: (NumberState.NOT_FOUND, "http_404"),
    Fault.FORBIDDEN: (NumberState.PENDING, "http_403"),
    Fault.TOO_MANY: (NumberState.PENDING, "http_429"),
    Fault.SERVER_ERROR: (NumberState.PENDING, "http_500"),
    Fault.UNAVAILABLE: (NumberState.PENDING, "http_503"),
    Fault.CUT: (NumberState.PENDING, "truncated"),
    Fault.CUT_GZIP: (NumberState.PENDING, "truncated"),
    Fault.SHORT: (NumberState.PENDING, "truncated"),
    Fault.CLOSED: (NumberState.PENDING, "connection"),
    Fault.HANG: (NumberState.PENDING, "timeout"),
    Fault.TRICKLE: (NumberState.PENDING, "timeout"),
    Fault.EMPTY: (NumberState.PENDING, "truncated"),
    Fault.DISGUISED: (NumberState.FAILED, "no_question"),
    Fault.BLANK: (NumberState.FAILED, "no_question"),
    Fault.WRONG_NUMBER: (NumberState.FAILED, "wrong_number"),
    Fault.WRONG_TERM: (NumberState.FAILED, "wrong_term"),
    Fault.REDIRECT_AWAY: (NumberState.FAILED, "off_site"),
    Fault.REDIRECT_LOOP: (NumberState.FAILED, "redirect_loop"),
}


@pytest.mark.parametrize("fault", list(Fault))
def test_each_fault_ends_in_its_state_and_heals(fault: Fault, tmp_path: Path) -> None:
    number = 12
    with serve(20, faults=Faults(numbers={number: fault}, times=None, retry_after_s=0, hang_s=10)) as replica:
        wrong = crawl(replica, tmp_path, "--timeout", "0.4")
        found = states(tmp_path)
        state, reason = PERMANENT[fault]
        assert (found[number].state, found[number].reason) == (state, reason)
        assert bool(found[number].evidence) == (state is not NumberState.PENDING)  # what the site said is kept
        assert wrong.code == (0 if state is NumberState.NOT_FOUND else 3)
        assert {record.state for key, record in found.items() if key != number} <= {
            NumberState.ARCHIVED,
            NumberState.NOT_FOUND,
        }
        with Archive.open(tmp_path) as archive:
            pages = [ref for ref in archive.revisions(found[number].question) if ref.status == 200]
            assert pages == []  # nothing wrong was taken for the question's page
        replica.faults = Faults()
        healed = crawl(replica, tmp_path)
    if state is not NumberState.NOT_FOUND:
        assert (healed.code, healed.report["ledger_archived"]) == (0, 20)


def test_passing_trouble_costs_nothing_but_time(tmp_path: Path) -> None:
    kinds = [fault for fault in Fault if fault not in {Fault.NOT_FOUND, Fault.HANG, Fault.TRICKLE, Fault.REDIRECT_AWAY}]
    with serve(80) as replica:
        numbers = [replica.site.corpus.at(4 * place).key.number for place in range(len(kinds))]
        replica.faults = Faults(numbers=dict(zip(numbers, kinds, strict=True)), retry_after_s=0)
        result = crawl(replica, tmp_path / "troubled")
        troubled = manifest(tmp_path / "troubled")
        replica.faults = Faults()
        crawl(replica, tmp_path / "quiet")
    assert (result.code, result.report["ledger_archived"]) == (0, 80)
    assert troubled == manifest(tmp_path / "quiet")


def test_retry_after_is_honoured(tmp_path: Path) -> None:
    with serve(10, faults=Faults(numbers={3: Fault.UNAVAILABLE}, retry_after_s=2)) as replica:
        assert crawl(replica, tmp_path).code == 0
        times = [hit.at for hit in replica.log if "15-3QE" in hit.path]
    assert len(times) == 2
    assert 1.9 < times[1] - times[0] < 4


def test_a_storm_is_waited_out(tmp_path: Path) -> None:
    with serve(60, faults=Faults(storm_after=20, storm_s=3, retry_after_s=1)) as replica:
        result = crawl(replica, tmp_path, "--backoff", "0.2")
        refused = [hit for hit in replica.log if hit.status == 503]
    assert (result.code, result.report["ledger_archived"]) == (0, 60)
    assert len(refused) <= 4


def test_an_endless_storm_stops_the_run_and_loses_nothing(tmp_path: Path) -> None:
    with serve(60, faults=Faults(rates={Fault.UNAVAILABLE: 1}, times=None, retry_after_s=0)) as replica:
        # The pauses double to a minute; a long wish of the site ends it at once.
        replica.faults = Faults(rates={Fault.UNAVAILABLE: 1}, times=None, retry_after_s=3600)
        result = crawl(replica, tmp_path)
        assert (result.code, result.report["finish"]) == (3, "storm")
        assert len(asked(replica)) == 1
        assert result.report["ledger_pending"] == replica.site.corpus.highest
        replica.faults = Faults()
        assert crawl(replica, tmp_path).report["ledger_archived"] == 60


def test_a_site_that_shows_maintenance_everywhere_is_left_alone(tmp_path: Path) -> None:
    with serve(100, faults=Faults(rates={Fault.DISGUISED: 1}, times=None)) as replica:
        result = crawl(replica, tmp_path)
        assert (result.code, result.report["finish"]) == (3, "storm")
        assert len(asked(replica)) < 100
        assert result.report["ledger_pending"] + result.report["ledger_failed"] == replica.site.corpus.highest


def test_a_404_counts_when_it_was_seen_twice(tmp_path: Path) -> None:
    with serve(20) as replica:
        there, absent = replica.site.corpus.at(5).key.number, min(_absent(replica.site.corpus))
        replica.faults = Faults(numbers={there: Fault.NOT_FOUND})
        assert crawl(replica, tmp_path).report["ledger_archived"] == 20
        assert [asked(replica).count(number) for number in (there, absent)] == [2, 2]


def test_a_site_that_has_lost_its_pages_says_nothing_of_any_number(tmp_path: Path) -> None:
    with serve(60, faults=Faults(rates={Fault.NOT_FOUND: 1}, times=None)) as replica:
        result = crawl(replica, tmp_path)
        assert (result.code, result.report["finish"]) == (3, "mostly_missing")
        assert result.report["ledger_pending"] == replica.site.corpus.highest
        replica.faults = Faults()
        assert crawl(replica, tmp_path).report["ledger_archived"] == 60


def _absent(corpus: Corpus) -> set[int]:
    return set(range(1, corpus.highest + 1)) - {question.key.number for question in corpus}


def test_robots_are_obeyed(tmp_path: Path) -> None:
    with serve(20, faults=Faults(robots="User-agent: *\nDisallow: /q15/15-1\n")) as replica:
        result = crawl(replica, tmp_path)
        forbidden = [number for number in asked(replica) if str(number).startswith("1")]
    assert result.code == 3
    assert forbidden == []
    assert {record.reason for number, record in states(tmp_path).items() if str(number)[0] == "1"} == {"robots"}


def test_robots_that_cannot_be_read_forbid_everything(tmp_path: Path) -> None:
    with serve(20, faults=Faults(robots_status=503, retry_after_s=0)) as replica:
        result = crawl(replica, tmp_path)
        assert {hit.path for hit in replica.log} == {"/robots.txt"}
    assert (result.code, result.report["finish"]) == (3, "robots_unreadable")


def test_pace_is_at_least_the_delay_and_the_crawl_delay(tmp_path: Path) -> None:
    with serve(12, faults=Faults(robots="User-agent: *\nCrawl-delay: 0.3\n")) as replica:
        crawl(replica, tmp_path, "--delay", "0.1")
        times = [hit.at for hit in replica.log]
        agents = {hit.user_agent for hit in replica.log}
    gaps = sorted(later - earlier for earlier, later in pairwise(times[2:]))
    assert gaps[1] >= 0.95 * 0.3  # the server's clock is that of a busy machine: one gap may look short
    assert gaps[0] >= 0.8 * 0.3
    assert all(agent.startswith("Questarium/") and "+http" in agent for agent in agents)


def test_sources_follow_each_other_in_one_run(tmp_path: Path) -> None:
    with serve(20) as replica:
        numbers = [question.key.number for question in replica.site.corpus]
        replica.site.files[OPEN_DATA] = questions_zip(numbers[:-1])
        sources = ("opendata", "dila", "assemblee")
        result = crawl(replica, tmp_path, "--tolerate-missing", spider=sources)
    assert (result.code, result.report["finish"], result.report["new"]) == (0, "finished", 20)
    assert result.report["sources"] == "opendata finished, dila missing, assemblee finished"


@pytest.mark.campaign
@pytest.mark.timeout(300)
def test_two_hundred_requests_from_the_server_s_side(tmp_path: Path) -> None:
    robots = "User-agent: *\nDisallow: /q15/15-7\nCrawl-delay: 0.2\n"
    with serve(220, faults=Faults(robots=robots, rates={Fault.UNAVAILABLE: 0.03}, retry_after_s=1)) as replica:
        crawl(replica, tmp_path, "--delay", "0.1")
        hits = [hit for hit in replica.log if "/q15/" in hit.path]
    gaps = sorted(later.at - earlier.at for earlier, later in pairwise(hits))
    after_refusal = [later.at - hit.at for hit, later in pairwise(hits) if hit.status == 503]
    assert len(hits) >= 200
    assert not [hit.path for hit in hits if hit.path.startswith("/q15/15-7")]
    assert gaps[len(gaps) // 100] >= 0.95 * 0.2
    assert all(0.9 <= pause <= 1.5 for pause in after_refusal), after_refusal


def test_robots_that_are_not_there_forbid_nothing(tmp_path: Path) -> None:
    with serve(8, faults=Faults(robots_status=404)) as replica:
        assert crawl(replica, tmp_path).code == 0


def test_without_the_search_the_run_is_not_complete(tmp_path: Path) -> None:
    with serve(0) as replica:
        result = crawl(replica, tmp_path)
    assert (result.code, result.report["finish"]) == (3, "undiscovered")


def test_without_the_search_the_known_numbers_are_still_fetched(tmp_path: Path) -> None:
    with serve(20, faults=Faults(numbers={3: Fault.CUT}, times=None)) as replica:
        crawl(replica, tmp_path)
        replica.faults = Faults()
        corpus, replica.site.corpus = replica.site.corpus, Corpus(0, 1)
        lost = crawl(replica, tmp_path)
        assert asked(replica)[-1] == 3
        assert lost.code == 3
        replica.site.corpus = corpus


def test_no_port_is_opened(tmp_path: Path) -> None:
    with (
        serve(60) as replica,
        subprocess.Popen(
            command(replica, tmp_path, "--delay", "0.05"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process,
    ):
        while len(replica.log) < 10 and process.poll() is None:
            time.sleep(0.02)
        mine = [entry for entry in psutil.Process(process.pid).net_connections() if entry.status == psutil.CONN_LISTEN]
        assert process.poll() is None
        process.kill()
    assert mine == []


def test_one_crawl_at_a_time(tmp_path: Path) -> None:
    with (
        serve(60) as replica,
        subprocess.Popen(
            command(replica, tmp_path, "--delay", "0.5"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as first,
    ):
        while len(replica.log) < 4 and first.poll() is None:
            time.sleep(0.02)
        second = crawl(replica, tmp_path)
        first.kill()
    assert second.code == 4
    assert "writes to this archive" in second.report["error"]


def test_ends_with_its_parent(tmp_path: Path) -> None:
    parent = (
        "import subprocess, sys, time; p = subprocess.Popen(sys.argv[1:]); print(p.pid, flush=True); time.sleep(60)"
    )
    with serve(60) as replica:
        line = command(replica, tmp_path, "--delay", "0.2")
        with subprocess.Popen([sys.executable, "-c", parent, *line], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            child = psutil.Process(int(process.stdout.readline()))
            while len(replica.log) < 5 and child.is_running():
                time.sleep(0.02)
            process.send_signal(signal.SIGKILL)
        gone, _ = psutil.wait_procs([child], timeout=3)
        assert gone or child.status() == psutil.STATUS_ZOMBIE
        assert crawl(replica, tmp_path).code == 0  # the lock went with it


def test_does_not_start_for_a_parent_that_is_gone(tmp_path: Path) -> None:
    with serve(10) as replica:
        result = crawl(replica, tmp_path, "--parent", str(os.getpid() + 100_000))
        assert result.code == 1
        assert not replica.log


def test_interruption_is_said(tmp_path: Path) -> None:
    with serve(60) as replica:
        line = command(replica, tmp_path, "--delay", "0.1")
        with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
            while len(replica.log) < 8 and process.poll() is None:
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            said, _ = process.communicate(timeout=20)
        assert process.returncode == 130
        assert '"finish": "shutdown"' in said
        assert crawl(replica, tmp_path).report["ledger_archived"] == 60


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--term", "fr-an"), 2),
        (("--term", "uk-commons-58"), 2),
        (("--refetch", "sometimes"), 2),
        (("--delay", "soon"), 2),
    ],
)
def test_wrong_requests(options: tuple[str, ...], code: int, tmp_path: Path) -> None:
    with serve(10) as replica:
        assert crawl_code(command(replica, tmp_path, *options)) == code
        assert not replica.log


def crawl_code(line: list[str]) -> int:
    return subprocess.run(line, capture_output=True, timeout=60, check=False).returncode
