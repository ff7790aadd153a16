"""Suggestions while typing, and whole queries put right."""

import pytest

from pipelines.search.language.understand import understand
from pipelines.search.suggestions import corrected, settled, suggest
from pipelines.search.vocabulary import Vocabulary
from tests.pipelines.search.nasty_corpus import DOCUMENTS, TODAY, document

VOCABULARY = Vocabulary.build(DOCUMENTS)


@pytest.mark.parametrize(
    ("typed", "proposed"),
    [
        ("fermet", ["fermeture"]),
        ("eau hopita", ["eau hôpital", "eau hopital", "eau hôpitaux"]),
        ("-ferm", ["-fermeture"]),
        ("l'hôpi", ["l'hôpital"]),
        ("lʼhôpi", ["lʼhôpital"]),
        ("titre:impo", ["titre:impôt"]),
        ('"garde à vu', ['"garde à vue']),
        ("auteur:mel", ['auteur:"Jean-Luc Mélenchon"']),
        ('eau auteur:"coq', ['eau auteur:"Éric Coquerel"']),
        ("statut:retir", ["statut:retirée"]),
        ("renouvel", ["renouvelée:", "renouvellements:"]),
        ("h", []),
        ("", []),
        ("eau ", []),
    ],
)
def test_proposes_how_to_go_on(typed: str, proposed: list[str]) -> None:
    found = [each.query for each in suggest(typed, VOCABULARY, 10)]
    assert [query for query in proposed if query not in found] == []
    assert proposed or not found


def test_the_most_frequent_comes_first_and_no_more_than_asked() -> None:
    found = suggest("ho", VOCABULARY, 3)
    assert len(found) == 3
    counts = [each.count or 0 for each in found if each.kind == "word"]
    assert counts == sorted(counts, reverse=True)


def test_the_values_of_a_field_come_by_their_number_of_questions() -> None:
    authors = ("Zoé Un", "Zoé Deux", "Zoé Deux", "Zoé Trois")
    vocabulary = Vocabulary.build(document(number, "eau", author=author) for number, author in enumerate(authors))
    found = suggest("auteur:zo", vocabulary, 9)
    assert [(each.text, each.count) for each in found] == [("Zoé Deux", 2), ("Zoé Trois", 1), ("Zoé Un", 1)]


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("fermetur hopitla", "fermeture hôpital"),
        ("ministre:santé", "ministère:santé"),
        ("auteur:Coquerelle eau", 'auteur:"Éric Coquerel" eau'),
        ("statut:répndue", "statut:répondue"),
        ("dépt2:nord", "circo:nord"),
        ("hôpital", None),
        ("zzzzzz", None),
        ("publiée:jamais", None),
    ],
)
def test_puts_a_query_right(query: str, right: str | None) -> None:
    assert corrected(query, understand(query, VOCABULARY, today=TODAY).warnings) == right


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("hôpit", None),
        ("statut:retir", None),
        ("auteur:coquer", None),
        ("hopitla ferm", "hôpital ferm"),
        ("ministre:san", "ministère:san"),
        ("eau hopitla", "eau hôpital"),
        ("hopitla ", "hôpital "),
    ],
)
def test_what_can_be_completed_is_not_put_right(typed: str, right: str | None) -> None:
    warnings = understand(typed, VOCABULARY, today=TODAY).warnings
    assert corrected(typed, settled(typed, warnings, suggest(typed, VOCABULARY, 10))) == right
