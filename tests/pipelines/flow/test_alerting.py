"""Saved queries over the change log: each alert once, nothing that is no news, whatever is killed."""

import os
import shutil
import signal
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from pipelines.flow.alerting import add_query, alerts, queries, remove_query, run_queries
from pipelines.flow.indexing import refresh_index
from schemas.errors import NoDatasetError, UsageError
from schemas.question import EventKind, Question
from schemas.settings import Settings
from tests.records import a_question, event

ROOT = Path(__file__).parents[3]
TERM = "fr-an-15"
BUILT = datetime(2018, 10, 3, tzinfo=UTC)
PUBLISHED = event(EventKind.PUBLISHED, date(2018, 10, 2))
ANSWERED = event(EventKind.ANSWERED, date(2018, 11, 6))
RENEWED = event(EventKind.RENEWED, date(2018, 11, 13))
DUE = date(2018, 12, 2)
MONDAY = date(2018, 11, 19)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", elasticsearch_url=None)


def lake(number: int, *events: Any, text: str = "un lac") -> Question:
    return a_question(number, PUBLISHED, *events, question=text, title=f"Sujet {number}")


def build(settings: Settings, *questions: Question, cause: str = "source") -> None:
    rows = [question_rows(each, due_date=DUE) for each in questions]
    causes = {each.id: cause for each in questions}
    update = PartitionUpdate(rows, [], [], causes=causes)
    Dataset.open(settings.dataset_dir).commit({TERM: update}, now=BUILT)
    refresh_index(settings, now=BUILT)


def told(found: list[Any]) -> list[tuple[str, int, str, date | None]]:
    return [(each.name, int(each.question.rsplit("-", 1)[1]), each.kind, each.day) for each in found]


def run(settings: Settings, today: date = MONDAY) -> list[tuple[str, int, str, date | None]]:
    return told(run_queries(settings, today=today))


def test_what_matches_when_a_query_is_saved_is_followed_and_no_news(settings: Settings) -> None:
    with pytest.raises(NoDatasetError):
        add_query(settings, "lacs", "lac", today=MONDAY)
    build(settings, lake(1), lake(2))
    add_query(settings, "lacs", "lac", today=MONDAY)
    assert run(settings) == []
    build(settings, lake(2, ANSWERED), lake(3), lake(4, text="une rivière"))
    assert run(settings) == [
        ("lacs", 3, "matched", date(2018, 10, 2)),
        ("lacs", 2, "answered", date(2018, 11, 6)),
    ]
    assert run(settings) == []
    build(settings, lake(3, RENEWED), lake(4, text="une rivière et un lac"))
    assert run(settings) == [("lacs", 3, "renewed", date(2018, 11, 13)), ("lacs", 4, "matched", None)]


def test_a_question_that_matches_no_more_is_still_followed(settings: Settings) -> None:
    build(settings, lake(1))
    add_query(settings, "waiting", "lac statut:en-cours", today=MONDAY)
    build(settings, lake(1, ANSWERED))
    assert run(settings) == [("waiting", 1, "answered", date(2018, 11, 6))]


def test_a_question_is_late_from_the_day_after_its_due_date_and_told_once(settings: Settings) -> None:
    build(settings, *(lake(n) for n in range(1, 4)), lake(9, ANSWERED))
    add_query(settings, "lacs", "lac", today=MONDAY)
    assert run(settings, DUE) == []
    build(settings, lake(1, ANSWERED))
    late = [("lacs", n, "overdue", DUE + timedelta(days=1)) for n in (2, 3)]
    answered = [("lacs", 1, "answered", date(2018, 11, 6))]
    assert run(settings, DUE + timedelta(days=1)) == [*answered, *late]
    assert run(settings, DUE + timedelta(days=1)) == []
    assert run(settings, DUE + timedelta(days=40)) == []


def test_days_without_a_run_are_caught_up_and_old_lateness_is_no_news(settings: Settings) -> None:
    build(settings, lake(1))
    add_query(settings, "early", "lac", today=MONDAY)
    add_query(settings, "late", "lac", today=DUE + timedelta(days=5))
    assert run(settings, DUE + timedelta(days=30)) == [("early", 1, "overdue", DUE + timedelta(days=1))]


def test_what_only_our_reading_changed_is_no_news(settings: Settings) -> None:
    build(settings, lake(1), lake(2, text="une rivière"))
    add_query(settings, "lacs", "lac", today=MONDAY)
    build(settings, lake(1, ANSWERED), lake(2, text="un lac"), cause="parser")
    assert run(settings) == []
    build(settings, lake(2, RENEWED, text="un lac"))
    assert run(settings) == [("lacs", 2, "renewed", date(2018, 11, 13))]


def test_an_index_that_lags_is_followed_no_further_than_it_is(settings: Settings) -> None:
    build(settings, lake(1))
    add_query(settings, "lacs", "lac", today=MONDAY)
    update = PartitionUpdate([question_rows(lake(2), due_date=DUE)], [], [])
    Dataset.open(settings.dataset_dir).commit({TERM: update}, now=BUILT)
    assert run(settings) == []
    refresh_index(settings, now=BUILT)
    assert run(settings) == [("lacs", 2, "matched", date(2018, 10, 2))]


def test_a_dataset_built_anew_repeats_nothing_and_loses_nothing(settings: Settings) -> None:
    build(settings, lake(1), lake(2))
    add_query(settings, "lacs", "lac", today=MONDAY)
    build(settings, lake(3))
    assert run(settings) == [("lacs", 3, "matched", date(2018, 10, 2))]
    shutil.rmtree(settings.dataset_dir)
    build(settings, lake(1), lake(2, ANSWERED), lake(3), lake(4))
    known = {int(each.question.rsplit("-", 1)[1]) for each in alerts(settings)}
    found = run(settings)
    assert (known, [each[:3] for each in found]) == ({3}, [("lacs", 4, "matched")])
    assert run(settings) == []


def test_names(settings: Settings) -> None:
    build(settings, lake(1))
    add_query(settings, "lacs", "lac", today=MONDAY)
    with pytest.raises(UsageError, match="already"):
        add_query(settings, "lacs", "étang", today=MONDAY)
    assert [each.query for each in queries(settings)] == ["lac"]
    with pytest.raises(UsageError, match="needs a name"):
        add_query(settings, " ", "lac", today=MONDAY)
    with pytest.raises(UsageError, match="no saved query 'rives'"):
        run_queries(settings, today=MONDAY, name="rives")
    build(settings, lake(2))
    assert len(run_queries(settings, today=MONDAY, name="lacs")) == 1
    assert [each.number for each in alerts(settings)] == [1]
    assert alerts(settings, after=1) == []
    remove_query(settings, "lacs")
    assert (queries(settings), alerts(settings)) == ([], [])
    with pytest.raises(UsageError):
        remove_query(settings, "lacs")


_VICTIM = """
import os, signal, sys
from datetime import date
from pathlib import Path
from pipelines.flow import alerting
from pipelines.search.saved import SavedQueries
from schemas.settings import Settings

home, point = sys.argv[1:]
def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)
if point == "end":
    true = SavedQueries.alerts
    SavedQueries.alerts = lambda self, **more: (true(self, **more), die())
else:
    setattr(SavedQueries, point, die)
alerting.run_queries(Settings(home=Path(home), elasticsearch_url=None), today=date(2018, 11, 19))
"""


def test_a_run_killed_anywhere_makes_each_alert_once(settings: Settings) -> None:
    build(settings, lake(1))
    add_query(settings, "lacs", "lac", today=MONDAY)
    build(settings, lake(1, ANSWERED), lake(2))
    environment = {name: value for name, value in os.environ.items() if not name.startswith("QUESTARIUM_")}
    for point in ("advance", "end"):
        ran = subprocess.run(
            [sys.executable, "-c", _VICTIM, str(settings.home), point], cwd=ROOT, env=environment, check=False
        )
        assert ran.returncode == -signal.SIGKILL
        assert alerts(settings) == []
    assert [each[2] for each in run(settings)] == ["matched", "answered"]
    assert [each.number for each in alerts(settings)] == [1, 2]
