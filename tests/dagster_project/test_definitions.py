"""The code location: what is in it, when it runs, and that each check can fail."""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest

from dagster_project import checks
from dagster_project.definitions import definitions_for
from dagster_project.resources import Place
from dagster_project.runs import end_killed_runs, instance_at
from pipelines.archive.archive import Archive
from pipelines.dataset.store import Dataset, PartitionUpdate
from pipelines.flow.building import refresh_questions
from pipelines.flow.importing import import_paths
from pipelines.flow.indexing import refresh_index
from schemas.identity import QuestionKey
from schemas.settings import Settings
from tests.whole.test_bad_input import GOOD

NOW = datetime(2022, 3, 1, 7, 0, tzinfo=UTC)
KEY = QuestionKey.parse("fr-an-15-QE-77")


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
