"""Occurrences and their context: lines are occurrences, whatever the query is made of."""

import pytest

from pipelines.search.analysis import Words
from pipelines.search.concordance import concordance
from pipelines.search.language.understand import understand
from pipelines.search.occurrences import occurrences
from pipelines.search.vocabulary import Vocabulary
from tests.pipelines.search.nasty_corpus import TODAY, document

TEXT = "L'hôpital public, l'hôpital privé :\nles hôpitaux ferment. La fermeture d'un hôpital (garde-à-vue) à HOPITAL"
VOCABULARY = Vocabulary.build([document(1, TEXT)])


def lines(query: str, *, left: int = 2, right: int = 2, **texts: str | None) -> list[tuple[str, str, str]]:
    marks = understand(query, VOCABULARY, today=TODAY).marks
    found = concordance(texts or {"title": None, "question": TEXT}, marks, left=left, right=right)
    return [(line.left, line.node, line.right) for line in found]


@pytest.mark.parametrize(
    ("query", "nodes"),
    [
        ("hôpital", ["hôpital", "hôpital", "hôpitaux", "hôpital", "HOPITAL"]),
        ("hôpital{-hopital,-hôpitaux}", ["hôpital", "hôpital", "hôpital"]),
        ('"hôpital public"', ["hôpital public"]),
        ('"hôpital public" OU hôpital', ["hôpital public", "hôpital", "hôpitaux", "hôpital", "HOPITAL"]),
        ('"hôpital public" OU public', ["hôpital public"]),
        ("h?pital", ["hôpital", "hôpital", "hôpital", "HOPITAL"]),
        ("ferm*", ["ferment", "fermeture"]),
        ("garde-à-vue", ["garde-à-vue"]),
        ("public PROCHE/0 hôpital", ["hôpital public"]),
        ("fermeture PROCHE/3 hôpital", ["fermeture d'un hôpital"]),
        ("hôpital AVANT/1 fermeture", []),
        ("public SAUF eau", ["public"]),
        ("statut:en-cours", []),
        ("titre:hôpital", []),
    ],
)
def test_every_occurrence_is_a_line(query: str, nodes: list[str]) -> None:
    assert [node for _, node, _ in lines(query)] == nodes


def test_the_context_is_counted_in_words_and_stands_on_one_line() -> None:
    assert lines("privé") == [("l'hôpital", "privé", ": les hôpitaux")]
    assert lines("privé", left=0, right=1) == [("", "privé", ": les")]
    assert lines("ferment", left=50, right=0)[0][0] == "L'hôpital public, l'hôpital privé : les hôpitaux"


def test_offsets_are_those_of_the_text_as_given() -> None:
    decomposed = "e\u0301cole et e\u0301te\u0301"
    (line,) = concordance({"answer": decomposed}, understand("été", VOCABULARY, today=TODAY).marks, left=1, right=1)
    assert decomposed[line.start : line.end] == line.node


def test_each_word_of_the_left_side_meets_its_nearest_partner() -> None:
    marks = understand("a PROCHE/2 b", VOCABULARY, today=TODAY).marks
    found = occurrences(Words("b a b x x a x b b a"), "question", marks)
    assert [(each.first, each.last) for each in found] == [(1, 2), (5, 7), (8, 9)]
