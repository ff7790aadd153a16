"""Pages with headed texts: where a text ends, in pages that set it in elements of different kinds."""

import pytest

from pipelines.parse.headed import read_headed
from pipelines.parse.markup import visible

HEAD = "<div>Question N° 7</div><div>Rubrique &gt; eau</div>"
SITE = "<div>Le site des amis du lac</div>"
ASKED, ANSWERED = "Combien de sources ont tari ?", "Douze."


@pytest.mark.parametrize(
    "texts",
    [
        f"<div><h3>Texte de la question</h3><p>{ASKED}</p></div>",
        f"<h3>Texte de la question</h3><div>{ASKED}</div>",
        f"<div><h3>Texte de la question</h3>{ASKED}</div>",
        f"<div>Texte de la question : {ASKED}</div>",
        f"<table><tr><td>Texte de la question :</td></tr><tr><td>{ASKED}</td></tr></table>",
        f"<table><tr><td>Texte de la question : {ASKED}</td></tr></table>",
    ],
)
@pytest.mark.parametrize("answer", [None, f"<div><h3>Texte de la réponse</h3><p>{ANSWERED}</p></div>"])
def test_a_text_ends_with_the_element_that_it_is_in(texts: str, answer: str | None) -> None:
    page = visible(f"<html><body><section>{HEAD}{texts}{answer or ''}{SITE}</section></body></html>")
    draft = read_headed(page, surname_first=False)
    assert draft is not None
    assert (draft.number, draft.rubric, draft.question) == (7, "eau", ASKED)
    assert draft.answer == (ANSWERED if answer else None)


@pytest.mark.parametrize(
    "quoted", ["Rubrique : forêts", "Question retirée le : 03/05/2018", "Date de signalement : 4 mai 2018"]
)
@pytest.mark.parametrize("which", ["question", "réponse"])
def test_a_label_that_a_text_quotes_says_nothing_of_the_page(quoted: str, which: str) -> None:
    asked = f"<div><h3>Texte de la question</h3><p>{ASKED}</p></div>" if which == "réponse" else ""
    text = f"<div><h3>Texte de la {which}</h3><p>Il cite :</p><p>{quoted}</p><p>Fin.</p></div>"
    draft = read_headed(visible(f"<html><body>{HEAD}{asked}{text}{SITE}</body></html>"), surname_first=False)
    assert draft is not None
    assert (draft.answer if asked else draft.question) == f"Il cite :\n{quoted}\nFin."
    assert (draft.rubric, draft.events) == ("eau", [])


def test_a_button_below_a_heading_is_no_text() -> None:
    texts = "<div><h3>Texte de la question</h3><p>Être alerté(e) de la réponse</p></div>"
    draft = read_headed(visible(f"<html><body>{HEAD}{texts}</body></html>"), surname_first=False)
    assert draft is not None
    assert (draft.question, draft.question_withheld) == (None, True)


def test_a_page_without_a_head_is_none() -> None:
    assert read_headed(visible(f"<html><body>{SITE}</body></html>"), surname_first=False) is None
