"""Both engines against a plain reading of the texts, and against each other.

Two corpora: the nasty one with the queries people write, the small alphabet with random queries of the engines' own
language. Each engine must find what the oracle finds, count it, order it and page through it.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from random import Random

import pytest

from pipelines.search.backend import Matches, SearchBackend
from pipelines.search.engine_query import (
    AnyForm,
    DateRange,
    EngineQuery,
    Exists,
    Keyword,
    MatchAll,
    MatchNone,
    Near,
    Not,
    NumberRange,
    Or,
    TextField,
)
from pipelines.search.language.understand import understand
from pipelines.search.matching import WINDOW
from pipelines.search.vocabulary import Vocabulary
from schemas.errors import SearchError
from schemas.search import FACETS, SearchDocument, Sort
from tests.pipelines.search.conformance_queries import QUERIES
from tests.pipelines.search.nasty_corpus import DOCUMENTS, TODAY, document, question
from tests.pipelines.search.oracle import matches
from tests.pipelines.search.small_alphabet import CORPUS, random_query

Corpora = dict[str, SearchBackend]

RANDOM_QUERIES = 200
SCORED: EngineQuery = Or((AnyForm(("eau", "lac")), AnyForm(("hôpital",), (TextField.TITLE,))))


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.build(DOCUMENTS)


def found(engine: SearchBackend, query: EngineQuery) -> set[str]:
    """The ids of one page that holds all, once the other ways to ask have said the same."""
    page = engine.search(query, sort=Sort.RELEVANCE, offset=0, limit=1000, facets=FACETS)
    assert engine.search(query, sort=Sort.NUMBER, offset=0, limit=1, facets=FACETS).facets == page.facets
    by_number = list(engine.scan(query, sort=Sort.NUMBER))
    assert page.total == len(page.ids) == len(set(page.ids))
    assert len(by_number) == page.total
    assert set(by_number) == set(page.ids)
    return set(page.ids)


@pytest.mark.parametrize("query", QUERIES)
def test_a_reader_s_query_finds_what_the_texts_say(corpora: Corpora, vocabulary: Vocabulary, query: str) -> None:
    """The hits in the order of a field, their number and all facets, in one answer."""
    asked = understand(query, vocabulary, today=TODAY).engine
    answer = corpora["nasty"].search(asked, sort=Sort.PUBLISHED_DESC, offset=0, limit=1000, facets=FACETS)
    expected = [each for each in sorted(DOCUMENTS, key=_place(Sort.PUBLISHED_DESC)) if matches(asked, each)]
    assert list(answer.ids) == [each.id for each in expected]
    assert answer.total == len(expected)
    assert {facet: _counted(answer, facet) for facet in FACETS} == {facet: _count(expected, facet) for facet in FACETS}


@pytest.mark.parametrize("seed", range(10))
def test_random_queries_find_what_the_texts_say(corpora: Corpora, seed: int) -> None:
    random = Random(seed)
    for _ in range(RANDOM_QUERIES // 10):
        query = random_query(random)
        assert found(corpora["small"], query) == {each.id for each in CORPUS if matches(query, each)}, query


@pytest.mark.campaign
@pytest.mark.timeout(1800)
def test_many_random_queries_find_what_the_texts_say(corpora: Corpora) -> None:
    random = Random(2024)
    for _ in range(3_000):
        query = random_query(random, depth=5)
        assert found(corpora["small"], query) == {each.id for each in CORPUS if matches(query, each)}, query


def test_a_page_reaches_the_window_and_no_further(corpora: Corpora) -> None:
    engine = corpora["small"]
    last = engine.search(MatchAll(), sort=Sort.NUMBER, offset=WINDOW - 5, limit=5)
    assert (last.total, last.ids) == (len(CORPUS), ())
    for offset, limit in ((WINDOW - 5, 6), (-1, 5), (0, -1)):
        with pytest.raises(SearchError, match="a page ends at hit"):
            engine.search(MatchAll(), sort=Sort.NUMBER, offset=offset, limit=limit)


FACET_VALUES: dict[str, Callable[[SearchDocument], tuple[object, ...]]] = {
    "ministry": lambda each: (each.ministry_assigned,),
    "portfolio": lambda each: each.portfolios,
    "group": lambda each: (each.group,),
    "author": lambda each: (each.author,),
    "rubric": lambda each: (each.rubric,),
    "year": lambda each: (each.published_date and each.published_date.year,),
    "status": lambda each: (each.status,),
    "term": lambda each: (each.term,),
    "type": lambda each: (each.type,),
    "figures": lambda each: ("yes" if each.figures else "no",),
    "table": lambda each: ("yes" if each.tables else "no",),
}


@pytest.mark.parametrize("query", [MatchAll(), MatchNone(), SCORED, Not(SCORED), Keyword("author", ("Santé",))])
def test_facets_count_every_match_and_nothing_else(corpora: Corpora, query: EngineQuery) -> None:
    answer = corpora["small"].search(query, sort=Sort.NUMBER, offset=0, limit=3, facets=FACETS)
    assert tuple(answer.facets) == FACETS
    expected = [each for each in CORPUS if matches(query, each)]
    assert {facet: _counted(answer, facet) for facet in FACETS} == {facet: _count(expected, facet) for facet in FACETS}


def test_facets_are_told_whichever_were_asked_for_before(corpora: Corpora) -> None:
    for facets in (("status",), ("author",), ("status", "author")):
        answer = corpora["small"].search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=1, facets=facets)
        assert {facet: _counted(answer, facet) for facet in facets} == {each: _count(CORPUS, each) for each in facets}


def _counted(answer: Matches, facet: str) -> list[tuple[str, int]]:
    return [(value.value, value.count) for value in answer.facets[facet]]


def _count(documents: Sequence[SearchDocument], facet: str) -> list[tuple[str, int]]:
    counts = Counter(str(value) for each in documents for value in FACET_VALUES[facet](each) if value)
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _value(each: SearchDocument, sort: Sort) -> int | None:
    name = sort.lstrip("-")
    counts = {"delay": each.delay_days, "number": each.number, "figures": len(each.figures)}
    if name in counts:
        return counts[name]
    day = each.published_date if name == "published" else each.answered_date
    return None if day is None else day.toordinal()


def _place(sort: Sort) -> Callable[[SearchDocument], tuple[object, ...]]:
    """The place of a document: its value, unknown last, then its key."""

    def place(each: SearchDocument) -> tuple[object, ...]:
        value = 0 if sort is Sort.RELEVANCE else _value(each, sort)
        signed = 0 if value is None else -value if sort.startswith("-") else value
        return (value is None, signed, each.parliament, each.term, each.type, each.number)

    return place


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("query", [MatchAll(), NumberRange("term", None, 14), Exists("author")])
def test_the_order_is_that_of_the_values_then_of_the_keys(corpora: Corpora, query: EngineQuery, sort: Sort) -> None:
    expected = [each.id for each in sorted(CORPUS, key=_place(sort)) if matches(query, each)]
    assert list(corpora["small"].scan(query, sort=sort)) == expected
    page = corpora["small"].search(query, sort=sort, offset=7, limit=50)
    assert list(page.ids) == expected[7:57]
    assert set(page.scores) == {0.0 if sort is Sort.RELEVANCE else None}


@pytest.mark.parametrize("sort", [Sort.RELEVANCE, Sort.DELAY_DESC])
@pytest.mark.parametrize("query", [SCORED, MatchAll()])
def test_pages_hold_everything_once(corpora: Corpora, query: EngineQuery, sort: Sort) -> None:
    engine = corpora["small"]
    whole = engine.search(query, sort=sort, offset=0, limit=1000)
    pages = [engine.search(query, sort=sort, offset=at, limit=7) for at in range(0, whole.total + 7, 7)]
    assert [each for page in pages for each in page.ids] == list(whole.ids)
    assert [each for page in pages for each in page.scores] == list(whole.scores)


def test_questions_of_one_score_are_in_the_order_of_their_keys(corpora: Corpora) -> None:
    answer = corpora["small"].search(SCORED, sort=Sort.RELEVANCE, offset=0, limit=1000)
    places = {each.id: _place(Sort.RELEVANCE)(each) for each in CORPUS}
    ranked = [(-(score or 0.0), *places[id_]) for id_, score in zip(answer.ids, answer.scores, strict=True)]
    assert ranked == sorted(ranked)


def test_no_hits_can_be_asked_for_and_still_be_counted(corpora: Corpora) -> None:
    answer = corpora["small"].search(SCORED, sort=Sort.RELEVANCE, offset=0, limit=0, facets=("status",))
    assert answer.ids == ()
    assert answer.total == sum(matches(SCORED, each) for each in CORPUS)
    assert answer.facets["status"]


def test_a_title_weighs_more_and_forms_do_not_add_up(engine: SearchBackend) -> None:
    texts = ["hôpital hôpitaux", "hôpital clinique", "clinique", "clinique"]
    documents = [document(number, text, title="urgences") for number, text in enumerate(texts, 1)]
    engine.rebuild([*documents, document(9, "clinique", title="hôpital clinique")], "v1")
    answer = engine.search(AnyForm(("hôpital", "hôpitaux")), sort=Sort.RELEVANCE, offset=0, limit=9)
    assert answer.ids == (question(9), question(1), question(2))
    alone = engine.search(AnyForm(("hôpitaux",)), sort=Sort.RELEVANCE, offset=0, limit=9)
    assert answer.scores[1] == alone.scores[0]


@pytest.mark.elasticsearch
def test_the_engines_rank_alike(
    embedded_corpora: Corpora, elastic_corpora: Corpora, record_property: Callable[[str, object], None]
) -> None:
    """Their formulas differ in a constant and in how absent texts are averaged: the order is close, not equal."""
    correlations = []
    for forms in (("eau",), ("lac", "hôpital"), ("été", "ete"), ("18",), ("cœur", "de")):
        ranks = [_ranks(corpora["small"], AnyForm(forms)) for corpora in (embedded_corpora, elastic_corpora)]
        correlations.append(_spearman(*ranks))
    record_property("rank_correlation", " ".join(f"{each:.3f}" for each in correlations))
    assert min(correlations) > 0.9


def _ranks(engine: SearchBackend, query: EngineQuery) -> dict[str, float]:
    """Ids with their places; those of one score share the middle of their places."""
    answer = engine.search(query, sort=Sort.RELEVANCE, offset=0, limit=1000)
    scores = [round(score or 0.0, 4) for score in answer.scores]
    first = {score: place for place, score in reversed(list(enumerate(scores)))}
    counts = Counter(scores)
    return {id_: first[score] + (counts[score] - 1) / 2 for id_, score in zip(answer.ids, scores, strict=True)}


def _spearman(one: dict[str, float], other: dict[str, float]) -> float:
    middle = (len(one) - 1) / 2
    covariance = sum((place - middle) * (other[id_] - middle) for id_, place in one.items())
    spread = [sum((place - middle) ** 2 for place in ranks.values()) for ranks in (one, other)]
    return float(covariance / (spread[0] * spread[1]) ** 0.5)


def _many(size: int) -> tuple[str, ...]:
    return tuple(f"mot{n}" for n in range(size))


@pytest.mark.parametrize(
    "query",
    [
        NumberRange("number", -(10**30), 10**30),
        NumberRange("number", 10**30, None),
        NumberRange("number", 5, 4),
        DateRange("published_date", date.min, date.max),
        DateRange("published_date", date(2016, 1, 2), date(2016, 1, 1)),
        Keyword("author", ()),
        Keyword("author", ("x" * 40_000, "Santé")),
        AnyForm(()),
        AnyForm(("eau",), ()),
        AnyForm((*_many(1000), "eau")),
        Near(((*_many(500), "eau"),), (("lac", "été"),), 999, False),
        Near(((*_many(500), "eau"),), (("lac", "eau"),), 998, True),
        Or(tuple(AnyForm(_many(60 + start)) for start in range(64))),
    ],
    ids=lambda query: type(query).__name__,
)
def test_extreme_values_are_answered(corpora: Corpora, query: EngineQuery) -> None:
    assert found(corpora["small"], query) == {each.id for each in CORPUS if matches(query, each)}


def test_twenty_levels_are_answered(corpora: Corpora) -> None:
    query: EngineQuery = Or((SCORED, Keyword("status", ("pending",))))
    for _ in range(22):
        query = Not(query)
    assert found(corpora["small"], query) == {each.id for each in CORPUS if matches(query, each)}


def test_unknown_fields_are_refused(corpora: Corpora) -> None:
    engine = corpora["small"]
    with pytest.raises(SearchError, match="colour"):
        engine.search(Keyword("colour", ("red",)), sort=Sort.NUMBER, offset=0, limit=2)
    with pytest.raises(SearchError, match="colour"):
        engine.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=2, facets=("colour",))


def test_every_document_has_its_hash(corpora: Corpora) -> None:
    assert dict(corpora["small"].hashes()) == {each.id: each.content_hash for each in CORPUS}
