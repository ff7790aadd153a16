"""The code location: what is in it, when it runs, and that each check can fail."""

import os
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from dagster_project import checks
from dagster_project.definitions import definitions_for
from dagster_project.resources import Place
from dagster_project.runs import end_killed_runs, instance_at
from pipelines.archive.archive import Archive
from pipelines.dataset.parquet import read_table
from pipelines.dataset.rows import Row, question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from pipelines.flow.building import refresh_questions
from pipelines.flow.importing import import_paths
from pipelines.flow.indexing import refresh_index
from pipelines.flow.watching import Issues, issues
from schemas.capture import Fetched
from schemas.identity import QuestionKey, TermKey
from schemas.question import EventKind, Question
from schemas.settings import Settings
from schemas.tables import UNPLACED
from tests.records import a_question, event
from tests.whole.test_bad_input import GOOD

NOW = datetime(2022, 3, 1, 7, 0, tzinfo=UTC)
KEY = QuestionKey.parse("fr-an-15-QE-77")
KEY_17 = QuestionKey.parse("fr-an-17-QE-1")
TERM = TermKey.parse("fr-an-15")
EARLIER, PUBLISHED, LATER = date(2021, 3, 2), date(2021, 3, 9), date(2021, 3, 16)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A data folder with one question, archived and built."""
    page = tmp_path / "15-77QE.txt"
    page.write_text(GOOD, "utf-8")
    found = Settings(home=tmp_path / "home", terms=("fr-an-16", "fr-an-17"), elasticsearch_url=None)
    import_paths(found, [page], now=NOW, on_progress=lambda _: None)
    refresh_questions(found, "fr-an-15", now=NOW)
    return found


def test_assets_are_named_as_the_tables_and_each_has_a_check(settings: Settings) -> None:
    defs = definitions_for(settings)
    graph = defs.resolve_asset_graph()
    assert {key.to_user_string() for key in graph.get_all_asset_keys()} == {"captures", "questions", "search_index"}
    assert {key.asset_key.to_user_string() for key in graph.asset_check_keys} == {
        "captures",
        "questions",
        "search_index",
    }
    dg.Definitions.validate_loadable(defs)


def test_the_schedule_asks_for_each_open_term_on_tuesday(settings: Settings, tmp_path: Path) -> None:
    schedule = definitions_for(settings).resolve_schedule_def("after_the_jo")
    assert schedule.execution_timezone == "Europe/Paris"
    assert str(schedule.cron_schedule).endswith(" 2")
    with instance_at(tmp_path / "dagster") as instance:
        context = dg.build_schedule_context(
            instance=instance,
            scheduled_execution_time=datetime(2026, 11, 24, 8, 30, tzinfo=UTC),
            repository_def=definitions_for(settings).get_repository_def(),
            resources={"place": Place.of(settings)},
        )
        requests = schedule.evaluate_tick(context).run_requests or []
    assert [request.partition_key for request in requests] == ["fr-an-16", "fr-an-17"]
    assert len({request.run_key for request in requests}) == 2


def test_pending_numbers_fail_their_check(settings: Settings) -> None:
    assert checks.every_number_accounted_for(settings, "fr-an-15", finished=True).passed
    assert not checks.every_number_accounted_for(settings, "fr-an-15", finished=False).passed
    with Archive.open_for_writing(settings.archive_dir, source="test", now=NOW) as archive:
        archive.expect([KEY.model_copy(update={"number": 78})])
    assert not checks.every_number_accounted_for(settings, "fr-an-15", finished=True).passed


def test_an_archived_question_that_is_nowhere_fails_its_check(settings: Settings) -> None:
    assert checks.archive_is_in_dataset(settings, "fr-an-15").passed
    lost = PartitionUpdate(changed=[], removed=[str(KEY)], captures=[], quarantine=[], causes={}, inputs={})
    Dataset.open(settings.dataset_dir).commit({"fr-an-15": lost}, now=NOW)
    assert not checks.archive_is_in_dataset(settings, "fr-an-15").passed


def test_questions_hold_and_every_check_reports(settings: Settings) -> None:
    held = checks.questions_hold(settings, "fr-an-15", today=date(2022, 3, 1))
    assert [each.check_name for each in held] == [spec.name for spec in checks.QUESTION_CHECKS]
    assert all(each.passed for each in held)
    assert all(each.passed for each in checks.questions_hold(settings, UNPLACED, today=date(2022, 3, 1)))


def test_dates_out_of_order_fail_their_check(settings: Settings) -> None:
    assert checks.dates_in_order(settings, TERM).passed
    _put(settings, a_question(1, event(EventKind.PUBLISHED, PUBLISHED), event(EventKind.ANSWERED, EARLIER)))
    assert not checks.dates_in_order(settings, TERM).passed


def test_a_renewal_after_the_answer_fails_the_check_of_dates(settings: Settings) -> None:
    late = (event(EventKind.ANSWERED, PUBLISHED), event(EventKind.RENEWED, LATER))
    _put(settings, a_question(1, event(EventKind.PUBLISHED, PUBLISHED), *late))
    assert not checks.dates_in_order(settings, TERM).passed


def test_an_unknown_ministry_fails_its_check(settings: Settings) -> None:
    assert checks.ministries_known(settings, TERM).passed
    strange: dict[str, Any] = {"ministry_asked": "Lacs", "ministry_asked_id": None}
    _put(settings, a_question(1, event(EventKind.PUBLISHED, PUBLISHED), **strange))
    found = checks.ministries_known(settings, TERM)
    assert (found.passed, found.metadata["first"].value) == (False, "Lacs (1)")


def test_row_counts_that_fall_fail_their_check(settings: Settings) -> None:
    assert checks.row_counts_never_fall(settings, TERM).passed
    _put(settings, a_question(1, event(EventKind.PUBLISHED, PUBLISHED)))
    assert checks.row_counts_never_fall(settings, TERM).passed
    lost = PartitionUpdate(changed=[], removed=["fr-an-15-QE-1"], captures=[], quarantine=[])
    Dataset.open(settings.dataset_dir).commit({"fr-an-15": lost}, now=NOW)
    assert not checks.row_counts_never_fall(settings, TERM).passed


class TestIssueOnTime:
    """Questions of term 17 are printed on Tuesdays; the 24th of November 2026 is one."""

    OPEN = TermKey.parse("fr-an-17")

    @pytest.fixture
    def looked(self, tmp_path: Path) -> Settings:
        """A term whose last issue is of 17 November, and its source asked in the first hour of Tuesday the 24th."""
        found = Settings(home=tmp_path / "open")
        question = a_question(1, event(EventKind.PUBLISHED, date(2026, 11, 17)), key=KEY_17)
        _put(found, question, partition="fr-an-17")
        at = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
        with Archive.open_for_writing(found.archive_dir, source="test", now=at) as archive:
            page = b"<html>1</html>"
            archive.append(
                Fetched(
                    source="test", url="https://x.example/1", fetched_at=at, status=200, media_type="text/html",
                    body=page, question=KEY_17,
                )
            )  # fmt: skip
        return found

    @pytest.mark.parametrize(
        ("today", "passed"),
        [
            (date(2026, 11, 24), True),  # looked, and there was no issue that week
            (date(2026, 11, 30), True),  # Monday: the next is due tomorrow
            (date(2026, 12, 1), False),  # due, and nobody asked since
        ],
    )
    def test_it_is_red_when_nobody_asked_since_the_issue_was_due(
        self, looked: Settings, today: date, passed: bool
    ) -> None:
        assert checks.issue_on_time(looked, self.OPEN, today).passed == passed

    def test_the_day_is_that_of_paris(self, looked: Settings) -> None:
        with Archive.open(looked.archive_dir) as archive:
            assert [ref.last_seen.date() for ref in archive.captures()] == [date(2026, 11, 23)]
        assert issues(looked, self.OPEN, date(2026, 11, 24)).looked == date(2026, 11, 24)

    def test_many_weeks_without_an_issue_are_a_failure_without_a_sound(self) -> None:
        quiet = Issues(last=date(2026, 10, 20), expected=date(2026, 11, 24), looked=date(2026, 11, 24))
        assert (quiet.missed, quiet.on_time) == (5, False)

    def test_a_closed_term_expects_no_issue(self, settings: Settings) -> None:
        assert checks.issue_on_time(settings, TERM, date(2030, 1, 1)).passed


def _put(settings: Settings, *questions: Question, partition: str = "fr-an-15") -> None:
    rows = [question_rows(each, due_date=None) for each in questions]
    update = PartitionUpdate(changed=rows, captures=_captures(settings, partition), quarantine=[])
    Dataset.open(settings.dataset_dir).commit({partition: update}, now=NOW)


def _captures(settings: Settings, partition: str) -> list[Row]:
    version = Dataset.open(settings.dataset_dir).current
    return read_table(version, "captures", partition).to_pylist() if version else []


def test_an_index_that_lags_fails_its_check(settings: Settings) -> None:
    refresh_index(settings, now=NOW)
    assert checks.index_is_dataset(settings).passed
    lost = PartitionUpdate(changed=[], removed=[str(KEY)], captures=[], quarantine=[], causes={}, inputs={})
    Dataset.open(settings.dataset_dir).commit({"fr-an-15": lost}, now=NOW)
    assert not checks.index_is_dataset(settings).passed
    refresh_index(settings, now=NOW)
    assert checks.index_is_dataset(settings).passed


def test_a_killed_run_is_ended_by_the_next_and_a_living_one_is_left(settings: Settings, tmp_path: Path) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    job = definitions_for(settings).resolve_job_def("refresh")
    with instance_at(tmp_path / "dagster") as instance:
        runs = [
            instance.create_run_for_job(job, status=dg.DagsterRunStatus.STARTED, tags={"questarium/process": str(pid)})
            for pid in (gone.pid, os.getpid())
        ]
        end_killed_runs(instance)
        found = [run.status for each in runs if (run := instance.get_run_by_id(each.run_id))]
    assert found == [dg.DagsterRunStatus.FAILURE, dg.DagsterRunStatus.STARTED]
