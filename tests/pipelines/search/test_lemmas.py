import pytest

from pipelines.search.lemmas import is_known, lemmas


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hôpital", "hôpitaux"),
        ("hôpital", "hopital"),
        ("hôpital", "hopitaux"),
        ("hôpital", "hopîtal"),
        ("taxe", "taxes"),
        ("moyenne", "moyennes"),
        ("salarié", "salariés"),
        ("œuvre", "oeuvre"),
        ("vœu", "voeux"),
        ("événement", "évènements"),
        ("règlementation", "réglementation"),
        ("mélenchon", "melenchon"),
        ("téléconseiller", "téléconseillers"),
        ("œil", "yeux"),
        ("travail", "travaux"),
        ("bijou", "bijoux"),
    ],
)
def test_forms_of_one_word_meet(one: str, other: str) -> None:
    assert set(lemmas(one)) & set(lemmas(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("retraite", "retraité"),
        ("retraites", "retraités"),
        ("retraite", "retrait"),
        ("marche", "marché"),
        ("fil", "fils"),
        ("cour", "cours"),
        ("ministre", "ministère"),
        ("ants", "ant"),
        ("maire", "mairie"),
        ("médecin", "médecine"),
    ],
)
def test_different_words_stay_apart(one: str, other: str) -> None:
    assert not set(lemmas(one)) & set(lemmas(other))


def test_an_unaccented_form_takes_every_word_it_may_be() -> None:
    assert set(lemmas("eleve")) >= {"élève", "élevé"}


@pytest.mark.parametrize("form", ["2018", "b2b", "x", "", "ελλάδα", "covid"])
def test_anything_has_a_lemma(form: str) -> None:
    assert lemmas(form)


def test_a_stem_is_never_taken_for_a_word() -> None:
    assert not is_known("ehpad")
    assert lemmas("ehpad") == ("~ehpad",)
