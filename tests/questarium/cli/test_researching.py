"""The commands that work on every hit: what they print, and where."""

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from types import MappingProxyType

import pytest
from typer.testing import CliRunner, Result

from pipelines.search.language.phrases import Language
from questarium.cli.main import app
from questarium.cli.output import out
from questarium.cli.rendering import print_lines
from questarium.queries.kwic import KwicLine
from questarium.queries.similar import SimilarList
from schemas.errors import UsageError
from schemas.settings import Settings
from tests.questarium.queries.corpus import QUESTIONS
from tests.questarium.queries.corpus import build as build_corpus


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    build_corpus(Settings(home=folder, elasticsearch_url=None))
    return folder


def run(home: Path, *arguments: str, environment: Mapping[str, str] = MappingProxyType({})) -> Result:
    own = {"QUESTARIUM_HOME": str(home), "QUESTARIUM_ELASTICSEARCH_URL": "", "QUESTARIUM_LANG": ""}
    return CliRunner().invoke(app, arguments, env={**own, **environment})


def test_kwic_prints_csv_and_cites_on_standard_error(home: Path) -> None:
    result = run(home, "kwic", "hôpital", "--left", "2", "--right", "2", "--csv")
    rows = list(csv.DictReader(StringIO(result.stdout)))
    assert result.exit_code == 0
    assert len(rows) == 15
    assert list(rows[0]) == ["left", "node", "right", "id", "date", "field", "start", "ministry", "author"]
    assert "data version v000001" in result.stderr
    assert "Licence Ouverte" in result.stderr


def test_kwic_shows_one_line_for_each_occurrence(home: Path) -> None:
    lines = run(home, "kwic", "hôpital").stdout.splitlines()
    assert lines[-1] == "15 occurrences"
    assert len(lines) == 16
    columns = [{found.start() for found in re.finditer(r"(?i)h[oô]pita(?:l|ux)", line)} for line in lines[:-1]]
    assert set.intersection(*columns)  # the nodes stand one below the other
    assert run(home, "kwic", "prédation SAUF loup").stdout == "0 occurrences\n"


def test_a_program_gets_the_lines_one_by_one(home: Path) -> None:
    printed = run(home, "kwic", "hôpital", "--json").stdout
    assert (
        len(json.loads(printed)["lines"]) == 15 == sum(line.startswith('    {"left":') for line in printed.split("\n"))
    )


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


def test_a_page_after_the_last_hit_says_where_the_last_one_is(home: Path) -> None:
    assert "the last hit is number 10: there is no page from 11 on" in run(home, "search", "*", "--offset=10").stderr
    assert "the last hit" not in run(home, "search", "*", "--offset=9").stderr
    assert "the last hit" not in run(home, "search", "zzzz", "--offset=9").stderr


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


@pytest.mark.parametrize(
    "arguments",
    [
        ("trend", "hôpital"),
        ("collocates", "hôpital"),
        ("terms", "hôpital"),
        ("count", "hôpital"),
        ("export", "hôpital"),
    ],
)
def test_who_waits_sees_how_far_it_is(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    seen: list[tuple[int, int]] = []

    @contextmanager
    def noting(what: str) -> Iterator[Callable[[int, int], None]]:
        yield lambda done, total: seen.append((done, total))

    monkeypatch.setattr("questarium.cli.researching.measuring", noting)
    target = ("-o", str(tmp_path / "hits.csv")) if arguments[0] == "export" else ()
    assert run(home, *arguments, *target).exit_code == 0
    assert seen == [(6, 6)]


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


def test_a_reader_is_told_which_data_was_searched(home: Path) -> None:
    result = run(home, "search", "hôpital fermture")
    assert "data version v000001, on 20" in result.stderr
    assert run(home, "search", "alpages SAUF prédation").stdout.startswith("1 question ·")


def test_french_is_told_once_for_all_and_everywhere(home: Path) -> None:
    french = {"QUESTARIUM_LANG": "FR"}
    found = run(home, "search", "loup", "--facets", environment=french).stdout
    assert "en-cours" in found
    assert "posée le 2018-04-30" in found
    assert "ministère attributaire" in found
    assert "groupe" in found
    for command in ("kwic", "trend", "collocates", "terms", "count"):
        assert "aucune question ne contient « fermture »" in run(home, command, "fermture", "--lang", "fr").stderr


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("kwic", "loup"), ("titre", "question", "version des données v000001, le 20", "Licence Ouverte 2.0")),
        (("trend", "hôpital"), ("questions par mois de publication : 6", "période", "aucune période")),
        (("trend", "loup", "--by", "year", "--dated", "answered"), ("questions par année de réponse : 3", "part")),
        (("collocates", "hôpital"), ("voisins (emplois : 15)", "mot", "attendu", "partout")),
        (("terms", "loup"), ("mots (questions : 3)", "ici")),
        (("count", "hôpital"), ("compté par", "réponses différentes", "Questions et réponses : Assemblée")),
        (("similar", "15-7"), ("Comme fr-an-15-QE-7 · version des données", "ressemblance 0.", "posée le")),
        (("suggest", "hôpital ferm"), ("proposition", "sorte", "mot")),
        (("suggest", "zzzz"), ("rien à proposer",)),
        (("export", "loup", "-o", "-"), ("questions enregistrées : 3",)),
    ],
)
def test_heads_and_what_stands_around_are_french_too(home: Path, arguments: tuple[str, ...], told: list[str]) -> None:
    result = run(home, *arguments, "--lang", "fr")
    assert [part for part in told if part not in result.output] == []


def test_saved_queries_speak_french_too(home: Path) -> None:
    for arguments, told in (
        (("add", "loups", "loup"), ("loups suit : Les questions", "À lancer après chaque questarium build")),
        (("list",), ("Requêtes gardées : 1", "depuis")),
        (("run",), ("Alertes : 0", "quoi")),
        (("log",), ("Alertes : 0", "jour")),
        (("remove", "loups"), ("loups est oubliée",)),
    ):
        output = run(home, "alerts", *arguments, "--lang", "fr").output
        assert [part for part in told if part not in output] == []


def test_what_programs_read_is_the_same_in_both_languages(home: Path) -> None:
    for command in (("trend", "loup", "--csv"), ("collocates", "loup", "--csv"), ("count", "loup", "--json")):
        assert run(home, *command, "--lang", "fr").stdout == run(home, *command).stdout


def test_a_facet_says_how_many_values_are_not_shown(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("questarium.cli.rendering._VALUES", 1)
    assert "  … and 1 more: --json" in run(home, "search", "*", "--facets").stdout
    assert "  … et 1 de plus : --json" in run(home, "search", "*", "--facets", "--lang", "fr").stdout


def test_a_page_that_no_engine_gives_is_a_wrong_request(home: Path) -> None:
    error = run(home, "search", "loup", "-n", "20000").exception
    assert isinstance(error, UsageError)
    assert "--all" in str(error)


@pytest.mark.parametrize("command", ["search", "kwic", "trend", "collocates", "terms", "count"])
def test_a_query_needs_no_quotes_of_the_shell(home: Path, command: str) -> None:
    assert (
        run(home, command, "fermeture", "de", "l’hôpital").stdout == run(home, command, "fermeture de l’hôpital").stdout
    )


def test_a_name_needs_no_quotes_of_the_shell_either(home: Path) -> None:
    assert json.loads(run(home, "show", "QE", "7", "--json").stdout)["id"] == "fr-an-15-QE-7"
    assert json.loads(run(home, "similar", "QE", "7", "--json").stdout)["id"] == "fr-an-15-QE-7"
    assert run(home, "suggest", "hôpital", "ferm").stdout == run(home, "suggest", "hôpital ferm").stdout
    run(home, "alerts", "add", "two", "loup", "berger")
    assert json.loads(run(home, "alerts", "list", "--json").stdout)[0]["query"] == "loup berger"
    run(home, "alerts", "remove", "two")


def test_a_facet_without_values_is_not_drawn(home: Path) -> None:
    assert run(home, "search", "zzzz", "--facets").stdout.splitlines()[2:] == []


@pytest.mark.parametrize(("without", "colours"), [(False, True), (True, False)])
def test_who_wants_no_colour_gets_none(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], without: bool, colours: bool
) -> None:
    line = KwicLine(
        left="le", node="loup", right="a", id="x", date=None, field="title", start=3, ministry=None, author=None
    )
    monkeypatch.setattr(out, "no_color", without)
    monkeypatch.setattr("questarium.cli.rendering.typer.echo", print)
    print_lines([line], Language.EN)
    assert ("\x1b[36m" in capsys.readouterr().out) is colours


def test_nothing_to_propose_is_said(home: Path) -> None:
    assert "nothing to propose" in run(home, "suggest", "zzzz").stderr
    misspelt = run(home, "suggest", "fermeturee").stderr
    assert "did you mean fermeture?" in misspelt
    assert "nothing to propose" not in misspelt


def test_none_is_singular_in_french(home: Path) -> None:
    assert run(home, "search", "zzzz").stdout.startswith("0 questions ·")
    assert run(home, "search", "zzzz", "--lang", "fr").stdout.startswith("0 question ·")


def test_a_line_of_a_concordance_is_as_wide_as_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    words = dict.fromkeys(("left", "right"), "mot " * 50)
    told = {"id": "x", "date": None, "field": "title", "start": 3, "ministry": None, "author": None}
    monkeypatch.setattr(out, "no_color", True)
    for node in ("loup", "loup qui garde son troupeau"):
        print_lines([KwicLine.model_validate(words | told | {"node": node})], Language.EN)
        assert len(capsys.readouterr().out.splitlines()[0]) == out.width


def test_questions_alike_may_be_none_and_may_be_partial(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\n  likeness 0." in run(home, "similar", "15-7").stdout
    none = SimilarList(id="fr-an-15-QE-7", data_version="v000001", questions=(), partial=True)
    monkeypatch.setattr("questarium.cli.researching.similar_questions", lambda *_, **__: none)
    result = run(home, "similar", "15-7")
    assert result.exit_code == 3
    assert "no question is like it" in result.stdout
    assert "partial" in result.stderr


def test_the_name_of_a_file_says_what_is_written(home: Path, tmp_path: Path) -> None:
    for name, begins in (("hits.xlsx", b"PK"), ("hits.JSONL", b"{"), ("hits.txt", b"id,"), ("hits.csv", b"id,")):
        run(home, "export", "loup", "-o", str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(begins)
    run(home, "export", "loup", "-o", str(tmp_path / "hits.csv"), "--format", "jsonl")
    assert (tmp_path / "hits.csv").read_bytes().startswith(b"{")
