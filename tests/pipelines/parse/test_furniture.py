"""What belongs to the site and not to the question."""

import pytest

from pipelines.parse.furniture import footer_start, is_furniture, without_furniture_below, without_run_in_footer


@pytest.mark.parametrize(
    "line",
    [
        "Accueil",
        "Informations légales | Contact | Plan du site",
        "Accueil Recherche",
        "(C) Assemblee nationale",
        "Données clés",
    ],
)
def test_menus_and_footers(line: str) -> None:
    assert is_furniture(line)


@pytest.mark.parametrize("line", ["", "Contact avec l'eau", "Ain | Jura", "Recherche | Ain", "Accueil " * 40])
def test_what_is_none(line: str) -> None:
    assert not is_furniture(line)


def test_the_last_known_line_below_a_text_of_prose_is_the_footer() -> None:
    assert footer_start(["Les sources ont tari.", "Contact", "Contact : un agent.", "Contact", "126 rue du Lac"]) == 3


def test_headings_below_a_text_are_no_text() -> None:
    assert without_furniture_below(["Contact", "Les sources.", "Données clés", "Auteur : X"], 1, 3) == 2
    assert without_furniture_below(["Contact", "Contact"], 1, 2) == 1


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Douze ont tari. Plan du site | Contact", "Douze ont tari."),
        ("Douze ont tari. Contact", "Douze ont tari."),
        ("Douze ont tari. Une autre", "Douze ont tari. Une autre"),
        ("Contact", "Contact"),
        ("Douze ont tari.", "Douze ont tari."),
    ],
)
def test_a_footer_run_into_the_last_line(line: str, text: str) -> None:
    assert without_run_in_footer(line) == text
