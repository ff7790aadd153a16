"""The language against the nasty corpus: each query finds what it must, by a plain reading of the texts."""

import pytest

from pipelines.search.language.understand import understand
from pipelines.search.vocabulary import Vocabulary
from tests.pipelines.search.conformance_queries import EXPECTED, QUERIES
from tests.pipelines.search.nasty_corpus import DOCUMENTS, TODAY
from tests.pipelines.search.oracle import matches


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return Vocabulary.build(DOCUMENTS)


@pytest.mark.parametrize("query", EXPECTED)
def test_finds_exactly_what_it_must(query: str, vocabulary: Vocabulary) -> None:
    engine = understand(query, vocabulary, today=TODAY).engine
    assert {each.number for each in DOCUMENTS if matches(engine, each)} == EXPECTED[query]


@pytest.mark.parametrize("query", QUERIES)
def test_the_normal_form_finds_the_same(query: str, vocabulary: Vocabulary) -> None:
    reading = understand(query, vocabulary, today=TODAY)
    assert understand(reading.understood.normalised, vocabulary, today=TODAY).engine == reading.engine


def test_there_is_enough_to_judge_by() -> None:
    assert len(DOCUMENTS) >= 90
    assert len(set(QUERIES)) >= 300
    assert len({each.id for each in DOCUMENTS}) == len(DOCUMENTS)
