"""Which numbers a run asks for."""

from datetime import UTC, datetime, timedelta

import pytest

from questarium.replica.corpus import Corpus
from questarium.replica.layouts import Layout, question_page
from schemas.capture import NumberRecord, NumberState
from schemas.identity import QuestionKey, QuestionType
from schemas.question import EventKind
from spiders.refresh import LATE, Page, Refetch, ended_in, to_fetch, to_refetch

NOW = datetime(2026, 11, 24, tzinfo=UTC)
OPEN = "Question publiée au JO le : 02/10/2018".encode()
ANSWERED = "Réponse publiée au JO le : <span>08/09/{year}</span>"


def record(number: int, state: NumberState, *, tries: int = 0, days_ago: int = 0) -> NumberRecord:
    key = QuestionKey(parliament="fr-an", term=17, type=QuestionType.QE, number=number)
    return NumberRecord(question=key, state=state, tries=tries, updated=NOW - timedelta(days=days_ago))


def test_a_first_run_asks_for_everything() -> None:
    assert to_fetch({}, 5, NOW, closed=False) == [1, 2, 3, 4, 5]
    assert to_fetch({}, 0, NOW, closed=False) == []


def test_new_numbers_come_before_those_that_failed() -> None:
    records = {
        1: record(1, NumberState.PENDING, tries=3),
        2: record(2, NumberState.ARCHIVED),
        3: record(3, NumberState.FAILED, tries=3),
        4: record(4, NumberState.NOT_FOUND),
        5: record(5, NumberState.PENDING),
    }
    assert to_fetch(records, 7, NOW, closed=False) == [5, 6, 7, 1, 3]


@pytest.mark.parametrize(
    ("newest", "days_ago", "closed", "again"),
    [
        (50, 8, False, True),
        (50, 6, False, False),
        (50, 8, True, False),
        (10 + LATE, 8, False, False),
        (9 + LATE, 8, False, True),
    ],
)
def test_missing_numbers_are_looked_for_again_while_the_term_is_young(
    newest: int,
    days_ago: int,
    closed: bool,
    again: bool,
) -> None:
    records = {number: record(number, NumberState.ARCHIVED) for number in range(1, newest + 1)}
    records[10] = record(10, NumberState.NOT_FOUND, tries=1, days_ago=days_ago)
    assert to_fetch(records, newest, NOW, closed=closed) == ([10] if again else [])


def pages() -> list[Page]:
    bodies = [OPEN, OPEN, ANSWERED.format(year=2026).encode(), ANSWERED.format(year=2026).encode()]
    bodies += [ANSWERED.format(year=2020).encode()]
    ages = [6, 7, 29, 30, 2000]
    return [
        Page(number, NOW - timedelta(days=age), body)
        for number, (age, body) in enumerate(zip(ages, bodies, strict=True), start=1)
    ]


@pytest.mark.parametrize(
    ("refetch", "numbers"),
    [
        (Refetch.DUE, [2, 4]),
        (Refetch.OPEN, [1, 2]),
        (Refetch.ALL, [1, 2, 3, 4, 5]),
        (Refetch.NONE, []),
    ],
)
def test_archived_pages_are_asked_for_again_when_due(refetch: Refetch, numbers: list[int]) -> None:
    assert list(to_refetch(pages(), refetch, NOW)) == numbers


@pytest.mark.parametrize("layout", list(Layout))
def test_the_end_is_seen_on_every_page_of_the_corpus(layout: Layout) -> None:
    ends = {EventKind.ANSWERED, EventKind.WITHDRAWN, EventKind.LAPSED}
    for question in Corpus(300, 4):
        years = [event.date.year for event in question.events if event.kind in ends and event.date]
        assert ended_in(question_page(question, layout)) == (years[0] if years else None)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Réponse publiée le 6 mai 2025", 2025),
        ("Réponse publiée le 1er décembre 2020", 2020),
        ("Date de clôture : <span>21 juin 2022</span>", 2022),
        ("Réponse publiée au JO le : 13/01/2004 page : 352", 2004),
        ("Question retirée le: 21/06/2022 (fin de mandat)", 2022),
        ("Question publiée le 6 mai 2025", None),
        ("Texte de la réponse", None),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_end_in_other_layouts(text: str, year: int | None, encoding: str) -> None:
    assert ended_in(text.encode(encoding)) == year
