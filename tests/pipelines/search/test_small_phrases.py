"""Small phrases answer the quotes of frequent words, or lead to them, and lose none: both find what the texts say."""

from random import Random

import pytest

from pipelines.search import documents
from pipelines.search.backend import SearchBackend
from pipelines.search.documents import flatten
from pipelines.search.embedded import compile as embedded_compile
from pipelines.search.embedded.backend import EmbeddedBackend
from pipelines.search.engine_query import Accents, EngineQuery, Near, Phrase, TextField
from pipelines.search.small_phrases import (
    as_small_phrases,
    small_phrases_in,
    small_phrases_needed,
)
from pipelines.search.words import folded_small_words
from schemas.search import SearchDocument, Sort
from tests.pipelines.search.nasty_corpus import document
from tests.pipelines.search.oracle import folded, matches

_WORDS = ("il", "y", "a", "à", "À", "a\u0300", "où", "ou", "OU", "de", "des", "l", "d", "qu", "une", "eau", "cœur", "8")
_MARKS = (*[" "] * 6, ", ", "'", "’", "-", "\n", "_", "\u00a0", " — ", " 中 ")
_FORMS = ("il", "y", "a", "à", "où", "ou", "de", "des", "l", "d", "qu", "une", "eau", "cœur")


def _text(random: Random) -> str:
    return "".join(random.choice(_WORDS) + random.choice(_MARKS) for _ in range(random.randint(0, 9)))


def _corpus(random: Random) -> list[SearchDocument]:
    texts = ([_text(random) for _ in range(4)] for _ in range(300))
    return [
        document(number, question, answer, title=title, heading=heading)
        for number, (question, answer, title, heading) in enumerate(texts, start=1)
    ]


def _positions(random: Random, accents: Accents, most: int) -> tuple[tuple[str, ...], ...]:
    forms = _FORMS if accents is Accents.PLAIN else tuple(sorted({folded(form) for form in _FORMS}))
    return tuple(tuple(random.sample(forms, random.choice((1, 1, 1, 2)))) for _ in range(random.randint(1, most)))


def _query(random: Random) -> EngineQuery:
    texts = tuple(random.sample(tuple(TextField), random.randint(1, 3)))
    if random.random() < 0.7:
        accents = random.choice(tuple(Accents))
        return Phrase(_positions(random, accents, 4), accents, texts)
    left, right = (_positions(random, Accents.PLAIN, 3) for _ in range(2))
    return Near(left, right, random.randint(0, 3), random.random() < 0.5, texts)


DOCUMENTS = _corpus(Random(5))


def _check(engine: SearchBackend) -> None:
    random = Random(11)
    assert engine.rebuild(DOCUMENTS, "v1") == []
    for _ in range(200):
        query = _query(random)
        expected = {each.id for each in DOCUMENTS if matches(query, each)}
        assert set(engine.scan(query, sort=Sort.NUMBER)) == expected, query


def test_no_hit_is_lost(engine: SearchBackend) -> None:
    _check(engine)


def test_no_hit_is_lost_where_small_phrases_are_frequent(
    embedded: EmbeddedBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The embedded engine asks for the rare ones; here for all of them."""
    monkeypatch.setattr(embedded_compile, "_RARER", 0)
    _check(embedded)


@pytest.mark.parametrize(
    "query",
    [
        Phrase((("il",), ("y",), ("a",)), Accents.FOLDED),
        Phrase((("l", "le"), ("eau",), ("ou",), ("il",), ("y",)), Accents.FOLDED),
        Phrase((("où",), ("il",)), Accents.PLAIN),
        Phrase((("a",), ("t",)), Accents.FOLDED, (TextField.QUESTION,)),
        Near((("a",), ("t",), ("il",)), (("eau",),), 3, ordered=False),
    ],
)
def test_only_questions_with_the_small_phrases_are_looked_at(
    engine: SearchBackend, monkeypatch: pytest.MonkeyPatch, query: EngineQuery
) -> None:
    """The words are in many questions, apart. What has no small phrases in the index is not found, text or no text."""
    apart = [document(number, "eau, a, y, t, il, ou, où, l, la, de") for number in range(10, 20)]
    held = [document(1, "L'eau où il y a de l'eau, où a-t-il de l'eau ?"), *apart]
    engine.rebuild(held, "v1")
    assert list(engine.scan(query, sort=Sort.NUMBER)) == [held[0].id]
    monkeypatch.setattr(documents, "small_phrases_in", lambda questions: ["" for _ in questions])
    engine.rebuild(held, "v2")
    assert list(engine.scan(query, sort=Sort.NUMBER)) == []


def test_small_phrases_are_of_one_text() -> None:
    held = document(1, "L'eau, où qu’il y a", "À DES", title="de", heading="la").model_copy(update={"author": "il a"})
    assert {*flatten(held).small_phrases.split()} == {
        *("a_des", "il_y", "il_y_a", "ou_qu", "ou_qu_il", "qu_il", "qu_il_y", "y_a"),
    }


def test_a_text_with_ligatures_or_letters_beyond_french_has_the_small_phrases_of_any_other() -> None:
    texts: tuple[list[str], ...] = (["Le cœur a-t-il"], [], ["Le 中 a_t_il"], ["il"], ["Le 3ª a t", "il"])
    assert small_phrases_in(texts) == ["a_t_il a_t t_il", "", "a_t_il a_t t_il", "", "a_t"]
    assert small_phrases_in([]) == []


def test_what_is_needed_is_as_long_as_can_be() -> None:
    places = [("de",), ("eau",), ("où", "ou"), ("il",), ("y",), ("a", "à"), ("eau",), ("a",), ("l", "le")]
    assert small_phrases_needed(places) == [("ou_il_y",), ("il_y_a",), ("a_l", "a_le")]
    assert small_phrases_needed([("de", "eau"), ("la",)]) == []
    assert small_phrases_needed([sorted(folded_small_words())] * 3) == []


@pytest.mark.parametrize(
    ("phrase", "told_by"),
    [
        (Phrase((("de", "a"), ("la",)), Accents.FOLDED), ("a_la", "de_la")),
        (Phrase((("il",), ("y",), ("a",)), Accents.FOLDED), ("il_y_a",)),
        (Phrase((("il",), ("y",), ("a",), ("la",)), Accents.FOLDED), ()),
        (Phrase((("il",), ("eau",)), Accents.FOLDED), ()),
        (Phrase((("il",),), Accents.FOLDED), ()),
        (Phrase((("il",), ("a",)), Accents.PLAIN), ()),
        (Phrase((("il",), ("a", "à")), Accents.FOLDED), ()),
        (Phrase((("il",), ("a",)), Accents.FOLDED, (TextField.TITLE, TextField.ANSWER)), ()),
    ],
)
def test_places_tell_what_small_phrases_cannot(phrase: Phrase, told_by: tuple[str, ...]) -> None:
    """A folded quote of two or three small words in any text is told by them alone; no folded token has an accent."""
    assert as_small_phrases(phrase) == told_by
