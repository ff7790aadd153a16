"""The commands of the index and of saved queries, as they are typed: what they print, and how they end."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from pipelines.flow.indexing import refresh_index
from pipelines.search.engines import open_backend
from questarium.cli.main import app
from schemas.errors import NoDatasetError, UsageError
from schemas.question import EventKind
from schemas.settings import Settings
from tests.records import a_question, event

NOW = datetime(2024, 5, 6, tzinfo=UTC)
PUBLISHED = event(EventKind.PUBLISHED, date(2018, 10, 2))


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("QUESTARIUM_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("QUESTARIUM_ELASTICSEARCH_URL", raising=False)
    return Settings()


def build(settings: Settings, text: str, numbers: range = range(5)) -> None:
    rows = [question_rows(a_question(n, PUBLISHED, question=text), due_date=None) for n in numbers]
    Dataset.open(settings.dataset_dir).commit({"fr-an-15": PartitionUpdate(rows, [], [])}, now=NOW)
    refresh_index(settings, now=NOW)


def said(*words: str, code: int = 0) -> Any:
    """What a command answers in JSON, when it ends as it should."""
    ran = CliRunner().invoke(app, [*words, "--json"])
    assert ran.exit_code == code, ran.output
    return json.loads(ran.stdout)


def test_reconcile_says_what_differs_then_repairs_it(settings: Settings) -> None:
    build(settings, "lac")
    assert said("reconcile", "--check")["found"]["missing"] == []
    state = open_backend(settings).state()
    assert state is not None
    open_backend(settings).update([], ["fr-an-15-QE-3"], state.data_version, state.content)
    assert said("reconcile", "--check", code=3)["found"]["missing"] == ["fr-an-15-QE-3"]
    repaired = said("reconcile")
    assert (repaired["how"], repaired["left"]["missing"]) == ("repaired", [])
    assert said("reconcile", "--full")["how"] == "same"


def test_the_versions_of_the_index(settings: Settings, tmp_path: Path) -> None:
    build(settings, "lac")
    build(settings, "étang")
    assert [each["live"] for each in said("index", "list")] == [False, True]
    assert said("index", "rollback")["data_version"] == "v000001"
    assert said("index", "snapshot", str(tmp_path / "copies"))["name"].startswith("000001-v000001-")
    assert said("index", "restore", str(tmp_path / "copies"))["documents"] == 5
    assert said("index", "clean") == []
    with pytest.raises(UsageError, match="no version to go back to"):
        CliRunner().invoke(app, ["index", "rollback", "v-000099"], catch_exceptions=False)


def test_a_folder_without_a_copy_is_said_plainly(settings: Settings, tmp_path: Path) -> None:
    build(settings, "lac")
    with pytest.raises(UsageError, match="no copy of an index"):
        CliRunner().invoke(app, ["index", "restore", str(tmp_path)], catch_exceptions=False)


def test_saved_queries(settings: Settings) -> None:
    with pytest.raises(NoDatasetError):
        CliRunner().invoke(app, ["alerts", "add", "lacs", "lac"], catch_exceptions=False)
    build(settings, "lac")
    assert said("alerts", "add", "lacs", "lac")["name"] == "lacs"
    odd = CliRunner().invoke(app, ["alerts", "add", "odd", "titre:(lac"])
    assert "Questions where the title contains “lac”" in odd.output.replace("\n", " ")
    assert "7: the parenthesis is not closed" in odd.stderr
    CliRunner().invoke(app, ["alerts", "remove", "odd"])
    assert said("alerts", "run") == []
    build(settings, "lac", range(5, 6))
    (alert,) = said("alerts", "run")
    assert (alert["question"], alert["kind"], alert["number"]) == ("fr-an-15-QE-5", "matched", 1)
    assert said("alerts", "run") == []
    assert said("alerts", "log", "lacs") == [alert]
    assert said("alerts", "log", "--after", "1") == []
    with pytest.raises(UsageError, match="no saved query 'lakes'"):
        CliRunner().invoke(app, ["alerts", "log", "lakes"], catch_exceptions=False)
    assert [each["query"] for each in said("alerts", "list")] == ["lac"]
    for words in (
        ["alerts", "list"],
        ["alerts", "log"],
        ["index", "list"],
        ["reconcile"],
        ["alerts", "remove", "lacs"],
    ):
        assert CliRunner().invoke(app, words).exit_code == 0
    assert said("alerts", "list") == []
