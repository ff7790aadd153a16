"""Texts and pages that were cut off: what is said of them."""

from pathlib import Path

import pytest

from pipelines.parse.cut import breaks_off
from pipelines.parse.read import read
from pipelines.parse.sections import is_beginning_of_heading
from tests.pipelines.parse.captures import FIXTURES, a_capture, fixture_capture, only

LONG = "Elle souhaite aussi savoir combien d'agents suivent les sources de la vallée, et où l'on lit"


@pytest.mark.parametrize(
    "text",
    [
        LONG,
        LONG + " le",
        LONG + " leurs relevés,",
        LONG + " 12",
        "Les sources de",
        "Une ligne.\nEnfin, les",
        "Une.\nSoit l'",
    ],
)
def test_a_text_that_breaks_off(text: str) -> None:
    assert breaks_off(text)


@pytest.mark.parametrize(
    "text",
    [
        LONG + " tout.",
        LONG + " la question n° 12138",
        LONG + " sources@lac.example",
        "Douze sources.",
        "Liste :\nSource du Lac\nSource haute",
        "Tableau :\n2018 | 250\n2019 | 26",
        "",
    ],
)
def test_a_text_that_may_be_whole(text: str) -> None:
    assert not breaks_off(text)


def test_each_line_of_a_debate_is_made_of_sentences() -> None:
    text = "M. le président. La parole est à M. Abel.\nM. Abel. Les sources"
    assert (breaks_off(text), breaks_off(text, all_sentences=True)) == (False, True)


@pytest.mark.parametrize(
    ("line", "begins"), [("Texte de la REP", True), ("Texte", True), ("Te", False), ("Textes", False)]
)
def test_the_beginning_of_a_heading(line: str, begins: bool) -> None:
    assert is_beginning_of_heading(line) == begins


def test_a_heading_alone_is_whole() -> None:
    assert not is_beginning_of_heading("Texte de la réponse")


@pytest.mark.parametrize(
    ("end", "question"),
    [
        ("Texte de la rép", "Combien de sources ?"),
        ("Haut de pa", "Combien de sources ?"),
        ("Comme", "Combien de sources ?\nComme"),
    ],
)
def test_what_a_cut_leaves_of_a_heading_or_footer_is_no_text(end: str, question: str) -> None:
    page = f"Texte de la question\nCombien de sources ?\n{end}"
    assert only(read(a_capture(page, "https://x.example/15-3QE.htm"))).question == question


@pytest.mark.parametrize("case", sorted((FIXTURES / "an_text_a").iterdir()), ids=lambda case: case.name)
def test_a_page_cut_within_its_head_says_so(case: Path) -> None:
    """A head without any text is never whole, whatever closed the question."""
    capture = fixture_capture(case)
    text = capture.body.decode("utf-8", "replace")
    end = text.find("Texte de la")
    if end < 200:
        return
    for question in read(a_capture(text[: end - 30], capture.ref.url)).questions:
        assert question.partial
