"""The lines of a page text: what tools that wrote it down have done to them is undone, and nothing else."""

import textwrap

import pytest

from pipelines.parse.page_text import page_lines

PROSE = (
    "Mme Ada Martin appelle l'attention de M. le ministre sur les sources de la vallée du Lac, dont douze ont tari en "
    "une saison sans que nul ne sache si l'eau reviendra, ni quand, ni à qui le demander ; elle souhaite connaître le "
    "nombre des relevés qui ont été faits depuis lors, et ce qu'il en coûterait d'en faire deux fois plus chaque année."
)


@pytest.mark.parametrize(
    ("line", "plain"),
    [
        ("## Sources taries", "Sources taries"),
        ("**Sources** taries", "Sources taries"),
        ("**l 'eau** du lac", "l'eau du lac"),
        ("Sources **taries", "Sources taries"),
        ("[Sources](https://x.example/lac \"Le lac\") taries", "Sources taries"),
        ("![Le lac](/lac.png) Sources", "Sources"),
        (r"12\. Sources \*taries\*", "12. Sources *taries*"),
        ("* Rubrique : eau", "Rubrique : eau"),
        ("- Contact", "Contact"),
        ("- Sources taries", "- Sources taries"),
    ],
)  # fmt: skip
def test_signs_of_markdown_are_no_text(line: str, plain: str) -> None:
    assert page_lines(f"# Le lac\n\n{line}") == ["Le lac", plain]


@pytest.mark.parametrize("rule", ["---", "| --- | --- |", "=====", "-----"])
def test_rules_are_no_lines(rule: str) -> None:
    assert page_lines(f"Le lac\n{rule}\nSources **taries** et [relevés](/r)") == ["Le lac", "Sources taries et relevés"]


@pytest.mark.parametrize("line", ["Prix* du lac", "a ** b", "[1] voir la note", "Le lac - 2018", "== Le lac =="])
def test_signs_in_a_text_without_markdown_stay(line: str) -> None:
    assert page_lines(f"Le lac\n{line}") == ["Le lac", line]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_folded_prose_is_put_together(width: int) -> None:
    folded = "\n".join(textwrap.wrap(PROSE, width, break_on_hyphens=False))
    assert page_lines(f"Sources taries\n\n{folded}\n\nRubrique : eau") == ["Sources taries", PROSE, "Rubrique : eau"]


@pytest.mark.parametrize(
    ("short", "following", "whole"),
    [
        ("Le lac", "et ses sources", "Le lac et ses sources"),
        ("Le lac,", "ses sources", "Le lac, ses sources"),
        ("Les sources d'", "eau", "Les sources d' eau"),
        ("Le lac.", "et ses sources", None),
        ("Le lac ;", "ses sources", None),
        ("Le lac", "Ses sources", None),
        ("Rubrique : eau", "et forêts", None),
    ],
)
def test_short_lines_of_a_folded_text_go_on_within_a_sentence(short: str, following: str, whole: str | None) -> None:
    folded = "\n".join(textwrap.wrap(PROSE, 72, break_on_hyphens=False))
    lines = page_lines(f"{folded}\n\n{short}\n{following}")
    assert lines == [PROSE, *([whole] if whole else [short, following])]


def test_lines_of_one_width_that_are_whole_sentences_stay() -> None:
    sentences = [
        f"La source {number} du lac a tari en une saison, et nul ne sait pourquoi." for number in range(10, 16)
    ]
    assert page_lines("\n".join(sentences)) == sentences


def test_a_page_wider_than_any_fold_stays() -> None:
    lines = [*textwrap.wrap(PROSE, 72), "x" * 140]
    assert page_lines("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| Rubrique : | eau |", ["Rubrique :", "eau"]),
        ("Question N° 4321 | Mme Ada Martin", ["Question N° 4321", "Mme Ada Martin"]),
        ("Question publiée le 2 octobre 2018 | page 12", ["Question publiée le 2 octobre 2018", "page 12"]),
        ("| 2018 | 1 200 |", ["| 2018 | 1 200 |"]),
        ("Titre | eau", ["Titre | eau"]),
        ("|", ["|"]),
    ],
)
def test_a_row_of_the_page_is_taken_apart_and_a_row_of_data_is_not(row: str, cells: list[str]) -> None:
    assert page_lines(row) == cells


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\x0b"])
def test_ends_of_lines(end: str) -> None:
    assert page_lines(f"Le lac{end}{end}{{{{Sources}}}} taries") == ["Le lac", "Sources taries"]
