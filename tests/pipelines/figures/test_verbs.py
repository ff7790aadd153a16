import pytest

from pipelines.figures.verbs import is_adverb, is_finite_verb, is_infinitive


@pytest.mark.parametrize("word", ["sortent", "rembourse", "prévoit", "concernaient", "explosent", "modifie"])
def test_a_conjugated_verb_is_known(word: str) -> None:
    assert is_finite_verb(word)


@pytest.mark.parametrize(
    "word", ["communes", "mise", "prise", "situées", "logement", "accident", "visites", "produit", "foncière", "légère"]
)
def test_a_noun_or_a_participle_is_no_conjugated_verb(word: str) -> None:
    assert not is_finite_verb(word)


def test_an_infinitive_is_told_from_a_noun_in_er() -> None:
    assert is_infinitive("débourser")
    assert is_infinitive("finir")
    assert is_infinitive("annoncer")
    assert is_infinitive("croître")
    assert is_infinitive("réduire")
    assert not is_infinitive("papier")
    assert not is_infinitive("plaisir")


@pytest.mark.parametrize(
    ("word", "adverb"),
    [("actuellement", True), ("prélèvement", False), ("prelevement", False), ("reglement", False), ("vraiment", True)],
)
def test_an_adverb_is_told_from_a_noun_with_or_without_its_accents(word: str, *, adverb: bool) -> None:
    assert is_adverb(word) is adverb
