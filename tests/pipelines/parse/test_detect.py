"""Markup or the text of a page, and which layout the lines of a page are in."""

import pytest

from pipelines.parse.detect import (
    AN_TEXT_A,
    AN_TEXT_C,
    AN_TEXT_D,
    NOSDEPUTES_TEXT,
    SENAT_TEXT,
    is_debate_alone,
    is_markup,
    layout_of,
    shows_colon_labels,
)

TAGS = "<div>a</div>"


@pytest.mark.parametrize("text", ["<p>Question</p>", " \n<!doctype html>", f"Texte brut, puis une page : {TAGS * 5}"])
def test_markup(text: str) -> None:
    assert is_markup(text)


@pytest.mark.parametrize(
    "text",
    [
        "Question n° 7",
        f"Un texte qui parle de balises : {TAGS * 4}",
        "Un texte avec des balises d'autre chose : " + "<x>a</x>" * 9,
    ],
)
def test_text(text: str) -> None:
    assert not is_markup(text)


@pytest.mark.parametrize(
    ("lines", "layout"),
    [
        (["Question de M. MARTIN Jean (Moselle - NI) publiée le 07/02/2008"], SENAT_TEXT),
        (["Question écrite n° 03308 de Mme MARTIN Ada (Moselle - NI)"], SENAT_TEXT),
        (["Question N° 20984 au Ministère du lac"], NOSDEPUTES_TEXT),
        (["Cette question n'a pas encore de réponse"], NOSDEPUTES_TEXT),
        (["Question écrite n° 6287 :"], AN_TEXT_D),
        (["Question de : Mme Ada Martin"], AN_TEXT_D),
        (["Réponse publiée le 6 mai 2025"], AN_TEXT_D),
        (["Auteur : Mme Ada Martin"], AN_TEXT_D),
        (["Texte de la QUESTION : Combien ?"], AN_TEXT_A),
        (["Question N° : 471 de M. Abel Jean", "Texte de la REPONSE :"], AN_TEXT_A),
        (["Rubrique : eau", "DEBAT :"], AN_TEXT_A),
        (["Rubrique : eau", "Texte de la question"], AN_TEXT_C),
        (["Question N° 4321"], AN_TEXT_C),
        (["Rubrique > eau"], AN_TEXT_C),
        (["Ministère interrogé >"], AN_TEXT_C),
        (["Question publiée au JO le : 02/10/2018"], AN_TEXT_C),
        (["Texte de la question"], AN_TEXT_C),
        (["Question écrite n° 6287 :", "Rubrique > eau"], AN_TEXT_C),
        (["Question n°6287 - 17e législature", "Question de : Mme Ada Martin"], AN_TEXT_D),
        (["Question n°6287 - 17e législature", "Question de : Mme Ada Martin", "Texte de la question"], AN_TEXT_C),
        (["Contact", "Rubrique > eau", "Texte de la QUESTION :"], AN_TEXT_A),
        (["Une question sur la rubrique", "Le texte de la réponse"], None),
        (["Rubrique : " + "x" * 400], None),
        ([], None),
    ],
)
def test_the_first_anchor_tells_the_layout(lines: list[str], layout: str | None) -> None:
    assert layout_of(lines) == layout


@pytest.mark.parametrize(
    ("line", "is_debate"),
    [
        ("M. le président. La parole est à Mme Ada Martin.", True),
        ("Mme la présidente : La parole est à M. Abel", True),
        ("M. le président. Merci, mon cher collègue. La parole est à M. Abel", True),
        ("La parole est à Mme Ada Martin", False),
        ("M. le président de la région, dont la parole est rare", False),
    ],
)
def test_the_chair_of_a_debate_gives_the_floor(line: str, is_debate: bool) -> None:
    assert is_debate_alone(["Sources taries", line]) == is_debate


@pytest.mark.parametrize(
    ("line", "colon"), [("Rubrique : eau", True), ("Minist?re interrogé: eau", True), ("Rubrique > eau", False)]
)
def test_how_labels_are_closed(line: str, colon: bool) -> None:
    assert shows_colon_labels(["Question N° 7", line]) == colon
