"""Every number of a term is accounted for after every run, whatever the site does; and a loop of them ends whole."""

from collections import Counter
from pathlib import Path

import pytest

from questarium.queries.gaps import gaps
from questarium.replica.faults import Fault, Faults
from questarium.replica.server import serve
from schemas.capture import NumberState
from schemas.settings import Settings
from tests.spiders.crawling import TERM, crawl, tell

TROUBLE = {
    Fault.UNAVAILABLE: 0.05,
    Fault.CUT_GZIP: 0.02,
    Fault.HANG: 0.01,
    Fault.DISGUISED: 0.01,
    Fault.WRONG_NUMBER: 0.01,
}
RUNS = 3
ANSWERS = 5  # wrong ones for each number: a run asks for it four times


def accounted_for(home: Path, questions: int, timeout_s: float) -> None:
    settings = Settings(home=home)
    faults = Faults(rates=TROUBLE, times=ANSWERS, retry_after_s=0, hang_s=timeout_s + 1, seed=questions)
    with serve(questions, faults=faults) as replica:
        highest = replica.site.corpus.highest
        true = {question.key.number for question in replica.site.corpus}
        for _ in range(RUNS):
            crawl(replica, settings.archive_dir, "--timeout", str(timeout_s))
            report = gaps(settings, TERM)
            assert sum(report.states.values()) == report.highest == highest
            assert all(gap.reason and (gap.evidence or gap.state is NumberState.PENDING) for gap in report.gaps)
        faulty = sum(faults.of(number, 0) is not None for number in true)
    states = Counter(gap.state for gap in report.gaps)
    archived = set(range(1, highest + 1)) - {gap.number for gap in report.gaps}
    tell(faulty, len(archived & true), len(archived ^ true), dict(states))
    assert archived == true
    assert states == {NumberState.NOT_FOUND: highest - len(true)}
    assert report.not_fetched == 0


def test_a_hundred_numbers(tmp_path: Path) -> None:
    accounted_for(tmp_path, questions=95, timeout_s=0.3)


@pytest.mark.campaign
@pytest.mark.timeout(900)
def test_two_thousand_numbers(tmp_path: Path) -> None:
    accounted_for(tmp_path, questions=1950, timeout_s=0.5)
