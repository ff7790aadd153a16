"""The synthetic corpus: the same for the same seed at any size, and varied enough to be worth a search."""

import re
import tracemalloc
from collections import Counter
from datetime import date, timedelta
from itertools import islice, pairwise

import pytest

from questarium.replica.corpus import Corpus, SyntheticQuestion, synthetic
from questarium.replica.material import term_facts, topics
from schemas.errors import UnknownTermError
from schemas.identity import TermKey
from schemas.question import EventKind

FOURTEENTH = TermKey(parliament="fr-an", term=14)


@pytest.fixture(scope="module")
def questions() -> list[SyntheticQuestion]:
    return list(synthetic(1200, 7))


def dates(question: SyntheticQuestion, kind: EventKind) -> list[date]:
    return [event.date for event in question.events if event.kind is kind and event.date]


def test_same_seed_same_questions(questions: list[SyntheticQuestion]) -> None:
    assert list(synthetic(1200, 7)) == questions
    assert list(synthetic(50, 8)) != questions[:50]


@pytest.mark.parametrize("count", [0, 1, 10, 24, 25, 499])
def test_smaller_corpus_is_the_beginning_of_a_larger_one(count: int, questions: list[SyntheticQuestion]) -> None:
    assert list(synthetic(count, 7)) == questions[:count]


def test_each_question_is_written_without_the_others(questions: list[SyntheticQuestion]) -> None:
    corpus = Corpus(1200, 7)
    for question in reversed(questions[::37]):
        assert corpus.by_number(question.key.number) == question


def test_some_numbers_were_never_published(questions: list[SyntheticQuestion]) -> None:
    corpus = Corpus(1200, 7)
    numbers = [question.key.number for question in questions]
    assert numbers == sorted(set(numbers))
    assert corpus.highest == numbers[-1]
    absent = set(range(1, corpus.highest + 1)) - set(numbers)
    assert 40 <= len(absent) <= 60
    assert all(corpus.by_number(number) is None for number in absent)
    assert all(corpus.by_number(number) is None for number in (-3, 0, corpus.highest + 1, corpus.highest + 500))


def test_a_quarter_of_a_million_fits_the_term_and_no_memory() -> None:
    corpus = Corpus(250_000, 1)
    last = corpus.at(249_999)
    assert corpus.facts.first_issue <= last.published < corpus.facts.last_day
    tracemalloc.start()
    for _ in islice(corpus, 3000):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20 * 2**20


def test_dates_are_those_of_the_jo(questions: list[SyntheticQuestion]) -> None:
    facts = term_facts(questions[0].key.term_key)
    for question in questions:
        published, closed = question.published, [*question.events][-1].date
        assert published.weekday() == 1
        assert closed is not None
        for event in question.events:
            assert event.date is not None
            assert published <= event.date <= facts.last_day + timedelta(weeks=6)
            assert event.date.weekday() == 1 or event.kind is EventKind.REASSIGNED
    assert all(earlier.published <= later.published for earlier, later in pairwise(questions))


def test_nothing_happens_after_the_end_but_errata(questions: list[SyntheticQuestion]) -> None:
    ends = (EventKind.ANSWERED, EventKind.WITHDRAWN, EventKind.LAPSED)
    for question in questions:
        closed = [event.date for event in question.events if event.kind in ends and event.date]
        assert len(closed) <= 1
        moves = dates(question, EventKind.RENEWED) + dates(question, EventKind.SIGNALLED)
        moves += dates(question, EventKind.REASSIGNED)
        assert all(day < end for day in moves for end in closed)
        assert (question.answer is not None) == bool(dates(question, EventKind.ANSWERED))


def test_every_case_occurs(questions: list[SyntheticQuestion]) -> None:
    kinds = Counter(event.kind for question in questions for event in question.events)
    assert kinds[EventKind.PUBLISHED] == len(questions)
    assert kinds[EventKind.ANSWERED] > 600
    for kind in (
        EventKind.WITHDRAWN,
        EventKind.LAPSED,
        EventKind.REASSIGNED,
        EventKind.RENEWED,
        EventKind.SIGNALLED,
        EventKind.CORRECTED,
    ):
        assert kinds[kind] > 20, kind
    renewals = {len(dates(question, EventKind.RENEWED)) for question in questions}
    assert renewals == {0, 1, 2, 3, 4}
    assert {event.corrects for question in questions for event in question.events} == {None, "question", "answer"}
    ends = {EventKind.ANSWERED, EventKind.WITHDRAWN, EventKind.LAPSED}
    open_ones = [question for question in questions if not ends & {event.kind for event in question.events}]
    later = [question for question in questions if question.answer is None and len(question.attributions) > 1]
    assert len(open_ones) > 100
    assert any(question.ministry_assigned.startswith("Santé et prévention") for question in later)


def test_delays_run_from_in_time_to_years(questions: list[SyntheticQuestion]) -> None:
    delays = [
        (answered - question.published).days
        for question in questions
        for answered in dates(question, EventKind.ANSWERED)
    ]
    in_time = sum(delay <= 60 for delay in delays) / len(delays)
    assert 0.1 < in_time < 0.5
    assert max(delays) > 700


def test_families_share_their_answer(questions: list[SyntheticQuestion]) -> None:
    families: dict[str, list[SyntheticQuestion]] = {}
    for question in questions:
        if question.family:
            families.setdefault(question.family, []).append(question)
    joint = [members for name, members in families.items() if name.startswith("joint") and len(members) > 1]
    campaigns = [members for name, members in families.items() if name.startswith("campaign") and len(members) > 1]
    assert len(joint) > 20
    assert len(campaigns) > 10
    for members in joint + campaigns:
        assert len({member.answer for member in members}) == 1
        assert len({dates(member, EventKind.ANSWERED)[0] for member in members}) == 1
    for members in campaigns:
        assert len({member.title for member in members}) == 1
        assert len({member.author.name for member in members}) > 1
    alone = [(one.answer, dates(one, EventKind.ANSWERED)[0]) for one in questions if one.answer and not one.family]
    assert len(set(alone)) == len(alone)


def test_texts_hold_what_people_search_for(questions: list[SyntheticQuestion]) -> None:
    text = " ".join(f"{question.question} {question.answer or ''}" for question in questions)
    for word in (
        "hôpital",
        "hôpitaux",
        "retraite",
        "retraites",
        "retraité",
        "retrait",
        "sécurité",
        "l'eau",
        "garde à vue",
        "garde-à-vue",
        "ANTS",
        "EHPAD",
    ):
        assert re.search(rf"\b{word}\b", text), word
    for figure in (r"\d+ %", r"\d+ millions d'euros", r"de \d+ à \d+", r"\d+ jours", r"\d \d{3}", r"multiplié par \d"):
        assert re.search(figure, text), figure
    assert "{" not in text
    assert not re.search(r"(?<![\d,])[01](,\d)? (milliards|millions)\b", text)


def test_all_topics_and_many_ministries(questions: list[SyntheticQuestion]) -> None:
    assert len({question.ministry_asked for question in questions}) >= 20
    assert {question.rubric for question in questions} == {topic.rubric for topic in topics()}
    assert len({question.author.name for question in questions}) > 100


def test_levels_of_heading() -> None:
    assert all(question.heading is None for question in synthetic(30, 1))
    assert all(question.heading for question in synthetic(30, 1, FOURTEENTH))


def test_unknown_term() -> None:
    with pytest.raises(UnknownTermError, match="fr-senat-15"):
        Corpus(10, 1, TermKey(parliament="fr-senat", term=15))


def test_as_of_shows_the_page_of_that_day(questions: list[SyntheticQuestion]) -> None:
    for question in questions[:200]:
        assert question.as_of(question.published - timedelta(days=1)) is None
        assert question.as_of(date.max) == question
        for event in question.events:
            assert event.date is not None
            before, on = question.as_of(event.date - timedelta(days=1)), question.as_of(event.date)
            assert on is not None
            assert event in on.events
            assert before is None or event not in before.events
            if event.kind is EventKind.ANSWERED:
                assert before is not None
                assert (before.answer, on.answer) == (None, question.answer)


def test_published_until() -> None:
    corpus = Corpus(300, 2)
    day = corpus.at(150).published
    count = corpus.published_until(day)
    assert corpus.at(count - 1).published <= day
    assert count == 300 or corpus.at(count).published > day
    assert corpus.published_until(date(2000, 1, 1)) == 0
    assert corpus.published_until(date.max) == 300
