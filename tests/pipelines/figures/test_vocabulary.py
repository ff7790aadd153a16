from dataclasses import asdict

import pytest
from pydantic import TypeAdapter, ValidationError

from pipelines.figures import vocabulary
from pipelines.figures.tokens import fold, key, words_of
from pipelines.figures.units import attached_scales
from pipelines.figures.vocabulary import Phrases, Stems


@pytest.mark.parametrize(
    "load",
    [
        vocabulary.numbers,
        vocabulary.qualifiers,
        vocabulary.changes,
        vocabulary.denominators,
        vocabulary.exclusions,
        vocabulary.grammar,
        attached_scales,
    ],
)
def test_every_file_loads(load: object) -> None:
    assert callable(load)
    assert load()


def test_a_misspelt_key_of_a_file_is_an_error() -> None:
    written = asdict(vocabulary.denominators())
    table = TypeAdapter(vocabulary.Denominators)
    assert table.validate_python(written)
    with pytest.raises(ValidationError, match="bloquers"):
        table.validate_python({**written, "bloquers": []})


def test_words_that_an_accent_tells_apart_stay_apart() -> None:
    assert fold("Dès") != fold("des")
    assert fold("à") != fold("a")
    assert fold("Élèves") == "eleves"
    assert fold("l’Œuvre") == "l'oeuvre"
    assert key("d’") == key("du") == key("des") == "de"


def test_the_longest_phrase_wins() -> None:
    phrases = Phrases({"less": ["moins de"], "more": ["pas moins de"]})
    keys = [key(word) for word in words_of("ce n'est pas moins de 3")]
    assert phrases.before(keys, len(keys) - 1) == ("more", len(keys) - 4)


def test_a_stem_holds_what_starts_with_it() -> None:
    stems = Stems(["augment*", "cru"])
    assert "augmentation" in stems
    assert "cru" in stems
    assert "cruel" not in stems
