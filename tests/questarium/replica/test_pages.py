"""Pages of layout C: the labels, their spacing and the structure that public parsers select."""

import re

import pytest
from bs4 import BeautifulSoup

from questarium.replica.corpus import Corpus, SyntheticQuestion
from questarium.replica.layouts import question_page
from questarium.replica.pages import listing_page, notice_page
from schemas.identity import TermKey
from schemas.question import EventKind

LABELS = {
    EventKind.PUBLISHED: "Question publiée au JO le : ",
    EventKind.ANSWERED: "Réponse publiée au JO le : ",
    EventKind.WITHDRAWN: "Question retirée le: ",
    EventKind.LAPSED: "Question retirée le: ",
    EventKind.REASSIGNED: "Date de changement d'attribution: ",
    EventKind.SIGNALLED: "Date de signalement: ",
    EventKind.RENEWED: "Date de renouvellement: ",
}


def soup_of(question: SyntheticQuestion) -> BeautifulSoup:
    return BeautifulSoup(question_page(question), "lxml")


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("place", range(0, 240, 7))
@pytest.mark.parametrize("term", [14, 15])
def test_page_shows_the_question_whole(place: int, term: int) -> None:
    question = Corpus(240, 3, TermKey(parliament="fr-an", term=term)).at(place)
    page = soup_of(question)
    big = [folded(part.text) for part in page.select("section.question_header > div.question_big_content")]
    assert big == [f"Question N° {question.key.number}", "Question écrite"]
    author = page.select_one("div#question_col80")
    assert author is not None
    expected = f"{question.author.civility} {question.author.name}"
    assert folded(author.text) == f"de {expected} ({question.author.group} - {question.author.constituency} )"
    ministries = [folded(part.text) for part in page.select("div.ministere > div.question_col50")]
    assert ministries == [
        f"Ministère interrogé > {question.ministry_asked}",
        f"Ministère attributaire > {question.ministry_assigned}",
    ]
    headings = [folded(part.text) for part in page.select("div.analyse_header > div.question_col33 > p")]
    assert headings[0] == f"Rubrique > {question.rubric}"
    assert len(headings) == (3 if term == 14 else 2)
    assert headings[-1] == f"{'Analyse' if term == 14 else 'Titre'} > {question.title}"


def test_dates_are_labelled_as_on_the_real_page() -> None:
    for question in Corpus(300, 3):
        lines = [folded(part.text) for part in soup_of(question).select("div.question_publish_date > div")]
        assert len(lines) == len(question.events)
        for line, event in zip(lines, question.events, strict=True):
            assert event.date is not None
            tail = f"{event.date:%d/%m/%Y}"
            tail += f" page : {event.page}" if event.page else ""
            tail += f" ({event.reason})" if event.reason else ""
            assert line.endswith(tail)
            label = line.removesuffix(tail)
            assert label == LABELS.get(event.kind, label)
            if event.kind is EventKind.CORRECTED:
                assert re.match(r"Erratum de la (question|réponse) publié au JO le : $", label)


def test_texts_are_whole() -> None:
    for question in Corpus(100, 5):
        page = soup_of(question)
        shown = "\n".join(folded(part.text) for part in page.select("section.question_answer div.question p"))
        assert shown == question.question
        answer = page.select_one("div.reponse_contenu")
        assert len(page.select("div.reponse_contenu table")) == len(question.tables)
        if question.tables:  # its cells are seen by the tests of the layouts
            continue
        assert (folded(answer.text) if answer else None) == (folded(question.answer) if question.answer else None)
        assert question_page(question).rstrip().endswith(b"</html>")


def test_listing_links_its_rows() -> None:
    rows = [Corpus(40, 1).at(place) for place in range(39, 19, -1)]
    page = BeautifulSoup(listing_page(rows, term=15, total=40, offset=0), "lxml")
    total = page.select_one("article > div > div > p > strong")
    assert total is not None
    assert total.text == "40"
    lines = page.select("#resultats-questions > table tr")[1:]
    assert [line.select_one("td a")["href"] for line in lines] == [  # type: ignore[index]
        f"/q15/15-{row.key.number}QE.htm" for row in rows
    ]
    for line, row in zip(lines, rows, strict=True):
        assert bool(line.select("form")) == (row.answer is None)
    following = page.select_one(".pagination-bootstrap li:last-child a")
    assert following is not None
    assert following["href"] == "/recherche/resultats_questions/15/(offset)/20"


def test_texts_are_escaped() -> None:
    assert b"<script>" not in notice_page("<script>", "a & b")
