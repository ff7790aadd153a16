"""Every layout shows the question whole: what is rendered is read back the same, field by field."""

from datetime import date
from functools import cache
from urllib.request import urlopen

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.parse.read import read
from questarium.replica.corpus import Corpus, SyntheticQuestion
from questarium.replica.layouts import Layout, media_type, question_page
from questarium.replica.pages import question_path
from questarium.replica.printing import surname_first
from questarium.replica.server import serve
from schemas.figure import Section
from schemas.identity import QuestionKey, QuestionType, TermKey
from schemas.question import EventKind, PrintedAuthor, PrintedEvent, RawQuestion
from schemas.text_table import TextTable
from spiders.integrity import is_closed, stranger
from tests.pipelines.parse.captures import a_capture, only

FORMATS = {
    Layout.TABLE: "an_html_a",
    Layout.TAGS: "an_html_tags",
    Layout.SPANS: "an_html_b",
    Layout.SECTIONS: "an_html_c",
    Layout.DYN: "an_html_d",
}
SURNAME_FIRST = (Layout.TABLE, Layout.TAGS)


def read_back(question: SyntheticQuestion, layout: Layout) -> RawQuestion:
    page = question_page(question, layout)
    result = read(a_capture(page, "https://x.example/page", media_type(layout), question=str(question.key)))
    assert result.quarantined == (), result.quarantined
    return only(result)


def plain(text: str | None) -> str | None:
    """The blanks that pages put into numbers are no difference."""
    return text.replace("\N{NO-BREAK SPACE}", " ") if text else text


def shown_events(question: SyntheticQuestion, layout: Layout) -> list[PrintedEvent]:
    """What the layout shows of the events: the new site shows no page of the JO."""
    events = question.events
    if layout is Layout.DYN:
        events = tuple(event.model_copy(update={"page": None}) for event in events)
    return sorted(events, key=repr)


def shown_author(question: SyntheticQuestion, layout: Layout) -> tuple[str | None, ...]:
    author = question.author
    name = surname_first(author) if layout in SURNAME_FIRST else author.name
    return author.civility, name, author.group, author.constituency


@cache
def all_pairs(layout: Layout, term: int) -> list[tuple[SyntheticQuestion, RawQuestion]]:
    corpus = Corpus(80, 11, TermKey(parliament="fr-an", term=term))
    return [(question, read_back(question, layout)) for question in corpus]


@pytest.mark.parametrize("term", [14, 15])
@pytest.mark.parametrize("layout", Layout)
class TestRoundTrip:
    """Each question of a corpus that has every kind of event."""

    @pytest.fixture
    def pairs(self, layout: Layout, term: int) -> list[tuple[SyntheticQuestion, RawQuestion]]:
        return all_pairs(layout, term)

    def test_key_and_format(self, layout: Layout, pairs: list[tuple[SyntheticQuestion, RawQuestion]]) -> None:
        for question, got in pairs:
            assert (got.key, got.format, got.partial) == (question.key, FORMATS[layout], False)

    def test_author(self, layout: Layout, pairs: list[tuple[SyntheticQuestion, RawQuestion]]) -> None:
        for question, got in pairs:
            assert got.author is not None
            parts = (got.author.civility, got.author.name, got.author.group, got.author.constituency)
            assert parts == shown_author(question, layout)
            assert got.author.surname_first == (layout in SURNAME_FIRST)

    def test_ministries(self, pairs: list[tuple[SyntheticQuestion, RawQuestion]]) -> None:
        for question, got in pairs:
            assert (got.ministry_asked, got.ministry_assigned) == (question.ministry_asked, question.ministry_assigned)

    def test_subject(self, layout: Layout, pairs: list[tuple[SyntheticQuestion, RawQuestion]]) -> None:
        for question, got in pairs:
            title = None if layout is Layout.DYN and question.heading else question.title
            assert (got.rubric, got.heading, got.title) == (question.rubric, question.heading, title)

    def test_events(self, layout: Layout, pairs: list[tuple[SyntheticQuestion, RawQuestion]]) -> None:
        for question, got in pairs:
            bare = [event.model_copy(update={"reason": event.reason and event.reason.lower()}) for event in got.events]
            assert sorted(bare, key=repr) == shown_events(question, layout)

    def test_texts(self, pairs: list[tuple[SyntheticQuestion, RawQuestion]]) -> None:
        for question, got in pairs:
            assert (plain(got.question), plain(got.answer)) == (plain(question.question), plain(question.answer))


@pytest.mark.parametrize("layout", Layout)
def test_the_spider_takes_its_pages(layout: Layout) -> None:
    for question in Corpus(20, 3):
        page = question_page(question, layout)
        assert (stranger(page, question.key), is_closed(page)) == (None, True)


def test_the_site_serves_the_layout_asked_for() -> None:
    with serve(5, layout=Layout.TABLE) as replica:
        question = next(iter(replica.site.corpus))
        with urlopen(replica.url + question_path(question)) as response:
            assert response.headers["Content-Type"] == "text/html"
            assert response.read() == question_page(question, Layout.TABLE)


def rendered(rows: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join(" | ".join(row) for row in rows)


_WORDS = st.sampled_from(["Ain", "Jura", "eau", "lac", "12", "7,5", "2018"])
_ROWS = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.tuples(*[_WORDS] * width), min_size=1, max_size=4).map(tuple)
)


@pytest.mark.parametrize("layout", Layout)
@given(question=_ROWS, answer=_ROWS)
@settings(deadline=None, max_examples=30)  # a busy machine is no failure
def test_tables_in_both_texts(
    layout: Layout, question: tuple[tuple[str, ...], ...], answer: tuple[tuple[str, ...], ...]
) -> None:
    """Tables alone, first, last and between paragraphs come back with their place and their cells."""
    asked, answered = f"Voici.\n{rendered(question)}", f"{rendered(answer)}\nSuite du texte."
    tables = (
        TextTable(section=Section.QUESTION, start=7, end=len(asked), header_rows=0, header_columns=0, rows=question),
        TextTable(
            section=Section.ANSWER, start=0, end=len(rendered(answer)), header_rows=0, header_columns=0, rows=answer
        ),
    )
    got = read_back(a_question(question=asked, answer=answered, tables=tables), layout)
    assert (got.question, got.answer) == (asked, answered)
    bare = [each.model_copy(update={"header_rows": 0, "header_columns": 0}) for each in got.tables]
    assert tuple(bare) == tables


def a_question(**more: object) -> SyntheticQuestion:
    fields: dict[str, object] = {
        "key": QuestionKey(parliament="fr-an", term=13, type=QuestionType.QE, number=7),
        "author": PrintedAuthor(name="Ada Val", civility="Mme", group="Groupe du Lac", constituency="Jura"),
        "attributions": ((date(2010, 11, 9), "Budget / Industrie"),),
        "rubric": "eau",
        "heading": None,
        "title": "Sources",
        "events": (
            PrintedEvent(kind=EventKind.PUBLISHED, date=date(2010, 11, 9)),
            PrintedEvent(kind=EventKind.ANSWERED, date=date(2011, 6, 21)),
        ),
        "question": "Que faire ?",
        "answer": None,
    }
    return SyntheticQuestion.model_validate(fields | more)


def test_a_cell_that_spans_is_read_back_in_all_its_places() -> None:
    rows = (("Lieu", "Débit", "Débit"), ("Lieu", "2018", "2019"), ("Lac", "12", "7"))
    text = "Lieu | Débit |\n| 2018 | 2019\nLac | 12 | 7"
    table = TextTable(section=Section.ANSWER, start=0, end=len(text), header_rows=2, header_columns=1, rows=rows)
    for layout in Layout:
        got = read_back(a_question(answer=text, tables=(table,)), layout)
        assert (got.answer, got.tables) == (text, (table,))


@pytest.mark.parametrize("type_", [QuestionType.QG, QuestionType.QOSD])
@pytest.mark.parametrize("layout", Layout)
def test_oral_questions(layout: Layout, type_: QuestionType) -> None:
    key = QuestionKey(parliament="fr-an", term=13, type=type_, number=7)
    got = read_back(a_question(key=key, answer="Douze sources."), layout)
    assert (got.key, got.question, got.answer) == (key, "Que faire ?", "Douze sources.")


def test_what_was_read_can_be_printed_again() -> None:
    """A real record, as a parser gives it, goes through another layout unchanged."""
    got = read_back(a_question(answer="Douze sources."), Layout.TABLE)
    page = question_page(got.model_copy(update={"author": None}), Layout.SPANS)
    again = read(a_capture(page, "https://x.example/page", "text/html", question=str(got.key)))
    assert only(again).answer == "Douze sources."
