"""Two sources built into a data version: agreements counted, one planted difference listed with what stands."""

import json
from datetime import timedelta

import orjson
import pytest
from typer.testing import CliRunner

from pipelines.flow.building import refresh_questions
from pipelines.flow.importing import import_paths
from questarium.cli.main import app
from questarium.queries.disagreements import DisagreementFilter, disagreements
from questarium.queries.show import show
from questarium.replica.corpus import SyntheticQuestion, synthetic
from questarium.replica.layouts import question_page
from questarium.replica.open_data import Form, open_data_zip, record
from schemas.identity import TermKey
from schemas.settings import Settings
from tests.pipelines.archive.pages import START

TERM = TermKey.parse("fr-an-15")
HOW_MANY = 24
CHANGED = 5


@pytest.fixture(scope="module")
def questions() -> list[SyntheticQuestion]:
    return list(synthetic(HOW_MANY, seed=21))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory, questions: list[SyntheticQuestion]) -> Settings:
    folder = tmp_path_factory.mktemp("disagreements")
    for question in questions:
        (folder / f"15-{question.key.number}QE.htm").write_bytes(question_page(question))
    (folder / "q.zip").write_bytes(open_data_zip(questions, Form.JSON))
    told = record(questions[CHANGED])
    told["indexationAN"]["analyses"]["analyse"] = "Un autre titre"
    (folder / "one.json").write_bytes(orjson.dumps({"question": told}))
    settings = Settings(home=folder / "home")
    for day, path in enumerate((*sorted(folder.glob("*.htm")), folder / "q.zip", folder / "one.json")):
        import_paths(settings, [path], now=START + timedelta(hours=day), on_progress=lambda _: None)
    refresh_questions(settings, str(TERM), now=START + timedelta(days=9))
    return settings


def test_agreements_are_counted_and_the_difference_is_listed(
    settings: Settings, questions: list[SyntheticQuestion]
) -> None:
    report = disagreements(settings, DisagreementFilter(), limit=10)
    assert (report.questions_compared, report.total) == (HOW_MANY, 1)
    counts = {each.field: (each.agreed, each.disagreed) for each in report.fields}
    assert counts["title"] == (HOW_MANY - 1, 1)
    assert counts["question"] == counts["published"] == (HOW_MANY, 0)
    assert counts["answer"] == (sum(each.answer is not None for each in questions), 0)
    (listed,) = report.disagreements
    found = listed.disagreement
    changed = questions[CHANGED]
    assert listed.question == str(changed.key)
    assert (found.source, found.value, found.other_source) == ("open_data", "Un autre titre", "page")
    assert (found.other_value, found.chosen, found.rule) == (changed.title, "open_data", "trust")
    shown = show(settings, str(changed.key), as_of=None, today=START.date())
    assert shown["title"] == "Un autre titre"
    assert [each["field"] for each in shown["disagreements"]] == ["title"]


def test_what_is_asked_for(settings: Settings) -> None:
    def total(**wanted: object) -> int:
        return disagreements(settings, DisagreementFilter.model_validate(wanted), limit=10).total

    assert total(term=TERM, field="title", source="page") == 1
    assert total(field="question") == total(source="weekly") == total(term=TermKey.parse("fr-an-14")) == 0


def test_the_command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUESTARIUM_HOME", str(settings.home))
    told = CliRunner().invoke(app, ["disagreements", "15", "--json"])
    assert told.exit_code == 0
    assert json.loads(told.stdout)["total"] == 1
    assert "Un autre titre" in CliRunner().invoke(app, ["disagreements"]).stdout
