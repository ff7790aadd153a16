"""The seed, from a file to every face: a real question of the 15th term, read whole."""

from datetime import date
from pathlib import Path

import pytest

from tests.shared_material import shared
from tests.whole.command import Command

ID = "fr-an-15-QE-12526"


@pytest.fixture(scope="module")
def questarium(tmp_path_factory: pytest.TempPathFactory) -> Command:
    command = Command(tmp_path_factory.mktemp("seed"))
    assert command("import", str(shared("data/seed"))).code == 0
    assert command("build").code == 0
    return command


def test_every_field(questarium: Command) -> None:
    shown = questarium("show", ID, "--json").json
    assert (shown["parliament"], shown["term"], shown["type"], shown["number"]) == ("fr-an", 15, "QE", 12526)
    author = {name: shown["author"][name] for name in ("name", "group", "constituency")}
    assert author == {"name": "Ugo Bernalicis", "group": "La France insoumise", "constituency": "Nord"}
    assert (shown["ministry_asked"], shown["ministry_assigned"]) == ("Intérieur", "Intérieur")
    assert (shown["rubric"], shown["heading"]) == ("administration", None)
    assert shown["title"] == "Privatisation du centre d'appels de l'ANTS"
    history = [(each["kind"], each["date"], each["page"]) for each in shown["events"]]
    assert history == [
        ("published", "2018-10-02", 8678),
        ("renewed", "2019-05-28", None),
        ("renewed", "2019-10-22", None),
        ("renewed", "2020-04-07", None),
        ("reassigned", "2020-07-07", None),
        ("answered", "2020-09-08", 6092),
    ]
    assert shown["status"] == "answered"


def test_both_texts_whole(questarium: Command) -> None:
    page = shared("data/seed/q15_15-12526QE.txt").read_text("utf-8")
    shown = questarium("show", ID, "--json").json
    for section, start in (("question", "Texte de la question"), ("answer", "Texte de la réponse")):
        printed = page.split(start)[1].split("Texte de la réponse")[0].strip()
        assert shown[section] == printed


def test_the_clocks(questarium: Command) -> None:
    delay = questarium("show", ID, "--json").json["delay"]
    found = {name: delay[name] for name in ("answered_in_days", "days_late", "days_since_reassignment", "renewals")}
    assert found == {"answered_in_days": 707, "days_late": 646, "days_since_reassignment": 63, "renewals": 3}
    assert delay["due_date"] == "2018-12-02"


@pytest.mark.parametrize(
    ("day", "elapsed", "late", "renewals"),
    [("2018-12-02", 61, 0, 0), ("2018-12-03", 62, 1, 0), ("2019-01-01", 91, 30, 0), ("2020-07-06", 643, 582, 3)],
)
def test_as_of(questarium: Command, day: str, elapsed: int, late: int, renewals: int) -> None:
    shown = questarium("show", ID, "--json", "--as-of", day).json
    delay = shown["delay"]
    assert (shown["status"], shown["answer"], len(shown["attributions"])) == ("pending", None, 1)
    assert (delay["days_elapsed"], delay["days_late"], delay["renewals"]) == (elapsed, late, renewals)
    assert delay["overdue"] == (date.fromisoformat(day) > date(2018, 12, 2))
    overdue = questarium("overdue", "--json", "--as-of", day).json
    assert [each["days_late"] for each in overdue["questions"]] == ([late] if late else [])


def test_the_figures(questarium: Command) -> None:
    figures = [each for each in questarium("show", ID, "--json").json["figures"] if each["section"] == "answer"]
    found = {(f["kind"], f["value"], f["low"], f["high"], f["unit"], f["approx"], f["direction"]) for f in figures}
    assert {
        ("count", 18_000_000, None, None, None, "about", None),
        ("ratio", 8, None, None, "x", None, "up"),
        ("percentage", 50, None, None, "%", None, "up"),
        ("count", 250, None, None, None, "about", None),
        ("duration", None, 3, 5, "d", None, None),
        ("percentage", 90, None, None, "%", "min", None),
        ("duration", 18, None, None, "d", None, None),
    } <= found


def test_search_and_sql(questarium: Command) -> None:
    result = questarium("search", "télé-procédures préfecture", "--json", "--facets").json
    assert [hit["id"] for hit in result["hits"]] == [ID]
    assert result["facets"]["ministry"] == [{"value": "Intérieur", "count": 1}]
    assert any(mark for highlight in result["hits"][0]["highlights"] for mark in highlight["marks"])
    (row,) = questarium("sql", "SELECT id, delay_days, due_date, author_group FROM questions", "--json").json
    assert row == {"id": ID, "delay_days": 707, "due_date": "2018-12-02", "author_group": "La France insoumise"}


def test_again_changes_nothing(questarium: Command) -> None:
    before = questarium("status", "--json").json
    assert questarium("import", str(shared("data/seed"))).code == 0
    assert questarium("build").code == 0
    assert questarium("status", "--json").json == before


def test_extract_figures_speaks_the_format_of_the_gold(questarium: Command, tmp_path: Path) -> None:
    ran = questarium("extract-figures", stdin='{"doc": "a", "text": "Près de 250 agents."}\n')
    assert ran.json["doc"] == "a"
    assert [(f["start"], f["end"], f["value"], f["approx"]) for f in ran.json["figures"]] == [(8, 11, 250, "about")]
    assert questarium("extract-figures", stdin="no json\n").code == 3
    lines = tmp_path / "texts.jsonl"
    lines.write_text('{"doc": "a", "text": "Près de 250 agents."}\n', "utf-8")
    assert questarium("extract-figures", str(lines)).json == ran.json
