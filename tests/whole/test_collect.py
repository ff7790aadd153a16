"""`questarium collect` on a replica: what it brings, how it stops, what a second run asks for."""

import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from questarium.replica.corpus import synthetic
from questarium.replica.server import serve
from tests.whole.command import QUESTARIUM, Command

TERM = "fr-an-15"


def test_a_term_comes_whole_and_reads_as_it_was_made(tmp_path: Path) -> None:
    questarium = Command(tmp_path)
    with serve(40, seed=9) as replica:
        ran = questarium("collect", TERM, "--base-url", replica.url, "--json")
        again = questarium("collect", TERM, "--base-url", replica.url, "--json")
    assert (ran.code, ran.json["archived"], ran.json["pending"], ran.json["finish"]) == (0, 40, 0, "finished")
    assert (again.code, again.json["requested"]) == (0, 0)
    assert questarium("build").code == 0
    rows = questarium(
        "sql", "SELECT id, title, ministry_asked, ministry_assigned, status FROM questions", "--json"
    ).json
    made = {str(each.key): each for each in synthetic(40, 9)}
    assert {row["id"] for row in rows} == made.keys()
    for row in rows:
        question = made[row["id"]]
        assert (row["title"], row["ministry_asked"]) == (question.title, question.ministry_asked)
        assert row["ministry_assigned"] == question.ministry_assigned


def test_a_site_that_does_not_answer_is_no_success(tmp_path: Path) -> None:
    with serve(1) as replica:
        gone = replica.url
    ran = Command(tmp_path)("collect", TERM, "--base-url", gone)
    assert (ran.code, "does not answer" in ran.err) == (3, True)


def test_a_locked_archive_is_said_in_plain_words(tmp_path: Path) -> None:
    questarium = Command(tmp_path)
    with (
        serve(5) as replica,
        Archive.open_for_writing(tmp_path / "archive", source="test", now=datetime.now(UTC)),
    ):
        ran = questarium("collect", TERM, "--base-url", replica.url)
    assert (ran.code, "writer.lock" in ran.err) == (4, True), ran.err


@pytest.mark.timeout(170)
def test_killed_with_its_spider_and_run_again(tmp_path: Path) -> None:
    questarium, undisturbed = Command(tmp_path / "killed"), Command(tmp_path / "whole")
    with serve(200, seed=5) as replica:
        words = ["collect", TERM, "--base-url", replica.url, "--delay", "0.01"]
        for wait in (4.0, 5.0):
            collecting = subprocess.Popen(
                [QUESTARIUM, *words], env=questarium.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            time.sleep(wait)
            collecting.kill()
            collecting.wait()
            time.sleep(1)  # the spider notices within a fifth of a second that nobody waits for it
        assert questarium(*words).code == 0
        assert undisturbed(*words).code == 0
    assert _state(questarium) == _state(undisturbed)
    assert questarium("verify").code == 0


def _state(command: Command) -> set[tuple[str, str, str]]:
    with Archive.open(command.home / "archive") as archive:
        states = {str(each.question): each.state.value for each in archive.numbers(next(iter(archive.terms())))}
        return {(ref.url, ref.digest, states[str(ref.question)]) for ref in archive.captures()}
