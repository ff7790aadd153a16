"""No string makes the query language fail, and what it understood can be written and read back."""

from datetime import date

import pytest
from hypothesis import given, settings

from pipelines.search.language.normal import written
from pipelines.search.language.parser import parse
from pipelines.search.language.understand import understand
from pipelines.search.vocabulary import Vocabulary
from tests.pipelines.search.language.strategies import QUERIES
from tests.pipelines.search.nasty_corpus import DOCUMENTS, TODAY
from tests.pipelines.search.oracle import matches

VOCABULARY = Vocabulary.build(DOCUMENTS)


@settings(max_examples=1_500, deadline=None)
@given(query=QUERIES)
def test_any_string_is_understood_and_reads_back_as_itself(query: str) -> None:
    reading = understand(query, VOCABULARY, today=TODAY)
    root = parse(query, TODAY).root
    assert parse(written(root), TODAY).root == root, written(root)
    assert reading.understood.fr
    assert reading.understood.en
    assert all(0 <= odd.start <= odd.end <= len(query) for odd in reading.warnings)


@settings(max_examples=300, deadline=None)
@given(query=QUERIES)
def test_the_normal_form_means_the_same(query: str) -> None:
    reading = understand(query, VOCABULARY, today=TODAY)
    again = understand(reading.understood.normalised, VOCABULARY, today=TODAY)
    assert again.engine == reading.engine
    assert again.understood.normalised == reading.understood.normalised
    assert {each.id for each in DOCUMENTS if matches(reading.engine, each)} <= {each.id for each in DOCUMENTS}


@pytest.mark.parametrize(
    "query",
    [
        "(" * 1000,
        ")" * 1000,
        "-" * 999 + "a",
        "NON " * 240 + "a",
        '"' * 999,
        "titre:" * 160,
        "a:" * 490 + "b",
        "a:titre:" * 120 + "b",
        "a:(" * 300,
        "*a" * 400,
        "a PROCHE/5 " * 80,
        "chiffre:(" * 100,
        "a OU " * 200,
        "1 " + "000 " * 240,
        "[" * 500 + "]" * 500,
        "publiée:" + "9" * 900,
        "délai:" + "9" * 900,
        "chiffre:" + "1.000" * 190,
        "\ud800 \udfff",
        "réponse:aucune~5-«x",
        "n°:>=15 ET 000",
        "-18 ET 000",
        "120 et 160, L. 121 000",
        "L.\u00a0121-1{-l} R. 1*",
        "loup PROCHE/3 18 ET 000",
        "délai:>365 ET jours",
        "question ET 12526",
        "'1 000.e",
        "auteur:/m 3",
        "auteur:M e:+",
        "réponse:aucun/{i}",
        "statut:en-retard 000an",
        "délai:>999999999ans",
        "n°:>999999999",
        "unité:EUR 8 sujet:1\u202f000",
    ],
)
def test_hostile_queries_are_quick_and_harmless(query: str) -> None:
    root = parse(query, date(2020, 1, 1)).root
    assert parse(written(root), date(2020, 1, 1)).root == root
    understand(query, VOCABULARY, today=date(2020, 1, 1))


@pytest.mark.campaign
@settings(max_examples=60_000, deadline=None)
@given(query=QUERIES)
def test_any_string_is_understood_long(query: str) -> None:
    root = parse(query, TODAY).root
    understand(query, VOCABULARY, today=TODAY)
    assert parse(written(root), TODAY).root == root, written(root)
