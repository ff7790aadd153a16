"""The commands that work on every hit: what they print, and where."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from questarium.cli.main import app
from schemas.settings import Settings
from tests.questarium.queries.corpus import QUESTIONS
from tests.questarium.queries.corpus import build as build_corpus


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    build_corpus(Settings(home=folder, elasticsearch_url=None))
    return folder


def run(home: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"QUESTARIUM_HOME": str(home), "QUESTARIUM_ELASTICSEARCH_URL": ""})


def test_kwic_prints_csv_and_cites_on_standard_error(home: Path) -> None:
    result = run(home, "kwic", "hôpital", "--left", "2", "--right", "2", "--csv")
    rows = list(csv.DictReader(StringIO(result.stdout)))
    assert result.exit_code == 0
    assert len(rows) == 15
    assert list(rows[0]) == ["left", "node", "right", "id", "date", "field", "start", "ministry", "author"]
    assert "data version v000001" in result.stderr
    assert "Licence Ouverte" in result.stderr


def test_trend_prints_its_denominator(home: Path) -> None:
    rows = list(csv.DictReader(StringIO(run(home, "trend", "loup", "--by", "year", "--csv").stdout)))
    assert rows == [
        {"period": "2018", "hits": "2", "questions": "6", "share": "0.333333"},
        {"period": "2019", "hits": "1", "questions": "3", "share": "0.333333"},
    ]


def test_every_hit_is_one_json_document_written_hit_by_hit(home: Path) -> None:
    result = run(home, "search", "*", "--all", "--json", "--sort=number", "--facets")
    printed = json.loads(result.stdout)
    assert [hit["id"] for hit in printed["hits"]] == [f"fr-an-15-QE-{number}" for number in range(1, 11)]
    assert (
        printed["total"] == len(QUESTIONS) == sum(line.startswith('    {"id":') for line in result.stdout.split("\n"))
    )
    assert printed["facets"]
    assert json.loads(run(home, "search", "zzzz", "--all", "--json").stdout)["hits"] == []


def test_an_export_can_go_down_a_pipe(home: Path, tmp_path: Path) -> None:
    piped = run(home, "export", "hôpital", "-o", "-", "--format", "bibtex")
    run(home, "export", "hôpital", "-o", str(tmp_path / "hits.bib"), "--format", "bibtex")
    assert piped.stdout_bytes == (tmp_path / "hits.bib").read_bytes()
    assert "data version v000001" in piped.stderr
    assert run(home, "export", "hôpital", "-o", "-", "--json").exit_code == 2
    assert "a TXM corpus is a folder" in str(run(home, "export", "hôpital", "-o", "-", "--format", "txm").exception)


@pytest.mark.parametrize(
    ("arguments", "key"),
    [
        (("kwic", "hôpital"), "lines"),
        (("trend", "hôpital"), "points"),
        (("collocates", "hôpital"), "words"),
        (("terms", "loup"), "words"),
        (("count", "hôpital"), "distinct_answers"),
        (("similar", "fr-an-15-QE-7"), "questions"),
        (("suggest", "hôpital ferm"), "suggestions"),
    ],
)
def test_each_prints_json_for_programs_and_a_table_for_people(home: Path, arguments: tuple[str, ...], key: str) -> None:
    printed = json.loads(run(home, *arguments, "--json").stdout)
    assert printed[key]
    assert run(home, *arguments).exit_code == 0


def test_export_says_what_it_wrote(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "deep" / "hits.csv"
    result = run(home, "export", "hopitla fermeture", "--output", str(target))
    assert result.exit_code == 0
    assert "did you mean 'hôpital'" in result.stderr
    every = run(home, "export", "*", "--format", "iramuteq", "--text", "question", "-o", str(target), "--json")
    assert json.loads(every.stdout)["questions"] == len(QUESTIONS)
    assert "reportée" not in target.read_text("utf-8")
    assert run(home, "export", "*", "--text", "heading", "-o", str(target)).exit_code == 2


def test_search_takes_a_choice_of_forms_and_speaks_french(home: Path) -> None:
    plain = run(home, "search", "hôpital", "--lang", "fr")
    assert "Les questions où le texte contient « hôpital »" in plain.stdout
    assert "hôpital: hôpital 6, hopital 1, hôpitaux 1" in plain.stdout
    chosen = json.loads(run(home, "search", "hôpital", "--without-form", "hopital", "--json").stdout)
    assert chosen["understood"]["normalised"] == "hôpital{-hopital}"
    assert chosen["as_of"]
    marked = {each["html"] for hit in chosen["hits"] for each in hit["highlights"]}
    assert any("&lt;script&gt;" in html and "<mark>hôpital</mark>" in html for html in marked)
    assert not any("<script" in html for html in marked)
