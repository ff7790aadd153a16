"""What has two spellings is found in both, on both engines: acronyms with dots, long numbers, near other words too."""

import pytest

from pipelines.search.backend import SearchBackend
from pipelines.search.language.understand import understand
from pipelines.search.vocabulary import Vocabulary
from schemas.search import Sort
from tests.pipelines.search.nasty_corpus import TODAY, document, question
from tests.pipelines.search.oracle import matches

DOCUMENTS = [
    document(1, "Le taux de la T.V.A. est de 5,5 %."),
    document(2, "Le taux de la TVA baisse."),
    document(3, "Il t'a vu, a dit le maire : 100 000 habitants attendent."),
    document(4, "La ville a 100000 habitants, peut-être plus."),
    document(5, "Elle pourrait être fermée ; 100 lits pour 000 habitants."),
    document(6, "Deux plates-formes du XIXe pour les usager-e-s, page 1-2."),
    document(7, "Une plateforme au XIXème pour les usagères de St-Aubin, page 12."),
    document(8, "Les agents d'outre-mer sont des agricultrices, au niveau national."),
    document(9, "CRUES EN COTE-D'OR et dans les start-ups."),
    document(10, "La cote de la Côte-d'Or et d'une start-up, hors cote d'alerte."),
]
VOCABULARY = Vocabulary.build(DOCUMENTS)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("T.V.A.", {1, 2}),
        ("TVA", {1, 2}),
        ("tva", {1, 2}),
        ("titre:T.V.A.", set()),
        ("titre:TVA", set()),
        ("SAUF T.V.A.", {3, 4, 5, 6, 7, 8, 9, 10}),
        ("100 000 PROCHE/0 habitants", {3, 4}),
        ("habitants PROCHE/2 100 000", {3, 4}),
        ("100 000 AVANT/1 (lits OU habitants)", {3, 4}),
        ("-100 000", {1, 2, 5, 6, 7, 8, 9, 10}),
        ("question:100 000", {3, 4}),
        ("peut-être", {4}),
        ("pourrait-être", {5}),
        ("plate-forme", {6, 7}),
        ("plateformes", {6, 7}),
        ("usager-e-s", {6, 7}),
        ("usagère", {6, 7}),
        ("1-2", {6}),
        ("XIXe", {6, 7}),
        ("XIXème", {6, 7}),
        ("Saint-Aubin", {7}),
        ("outremer", {8}),
        ("agent(e)s", {8}),
        ("l'agent(e) OU loup", {8}),
        ("niveau(x)", {8}),
        ("agriculteur(trice)s", {8}),
        ("agriculteur·rice·s", {8}),
        ("usager(ère)s -agent(s)", {6, 7}),
        ("Côte-d'Or", {9, 10}),
        ("question:Côte-d'Or", {9, 10}),
        ("cote-d'or", {9}),
        ("côte", {10}),
        ("start-up", {9, 10}),
        ("start-ups", {9, 10}),
    ],
)
def test_both_spellings_are_found(engine: SearchBackend, query: str, numbers: set[int]) -> None:
    asked = understand(query, VOCABULARY, today=TODAY).engine
    assert engine.rebuild(DOCUMENTS, "v1") == []
    answer = engine.search(asked, sort=Sort.NUMBER, offset=0, limit=10)
    assert set(answer.ids) == {question(number) for number in numbers}
    assert {each.number for each in DOCUMENTS if matches(asked, each)} == numbers
