import unicodedata

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st
from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

from pipelines.search.analysis import Token, Words, fold, folded_tokens, lower, plain_tokens, tokens
from pipelines.search.documents import indexed_text
from tests.shared_material import shared


def analyzer(*filters: tantivy.Filter) -> tantivy.TextAnalyzer:
    builder = TextAnalyzerBuilder(Tokenizer.simple())
    for step in filters:
        builder = builder.filter(step)
    return builder.build()


PLAIN = analyzer(Filter.lowercase())
FOLDED = analyzer(Filter.lowercase(), Filter.ascii_fold())


def test_tokens_carry_their_places() -> None:
    assert tokens("L’Œuvre d'Élie_2") == [
        Token("l", "l", 0, 1),
        Token("œuvre", "oeuvre", 2, 7),
        Token("d", "d", 8, 9),
        Token("élie", "elie", 10, 14),
        Token("2", "2", 15, 16),
    ]


@pytest.mark.parametrize("text", ["lʼeau de lʼOise", "lʼe\u0301cole", "ʼʼ", "l’eau, aʼ漢"])
def test_the_apostrophe_among_the_letters_is_one(text: str) -> None:
    plain = [token.plain for token in tokens(text)]
    assert plain == Words(text).plain == plain_tokens(text.replace("ʼ", "’"))
    assert plain == PLAIN.analyze(indexed_text(text))


def test_offsets_of_a_decomposed_text_point_into_it() -> None:
    text = unicodedata.normalize("NFD", "à l'hôpital, là")
    found = tokens(text)
    assert [token.plain for token in found] == ["à", "l", "hôpital", "là"]
    assert [unicodedata.normalize("NFC", text[token.start : token.end]) for token in found] == [
        "à",
        "l",
        "hôpital",
        "là",
    ]


@pytest.mark.parametrize(
    ("letters", "plain"), [("éàçôï", "eacoi"), ("œÆß", "oeAEss"), ("łøđ", "lod"), ("ﬁ²", "fi2"), ("Ελ漢", "Ελ漢")]
)
def test_folding(letters: str, plain: str) -> None:
    assert fold(letters) == plain


def test_every_letter_folds_as_in_the_engine() -> None:
    raw = TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.ascii_fold()).build()
    letters = [chr(code) for code in range(0x80, 0x30000) if not 0xD800 <= code < 0xE000]
    assert [letter for letter in letters if raw.analyze(letter) != [fold(letter)]] == []


def test_every_assigned_character_splits_as_in_the_engine() -> None:
    simple = analyzer()
    characters = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs")]
    texts = [f"a{character}b" for character in characters if unicodedata.is_normalized("NFC", f"a{character}b")]
    spoken = {text: [text[token.start : token.end] for token in tokens(text)] for text in texts if "İ" not in text}
    assert [text for text, parts in spoken.items() if simple.analyze(indexed_text(text)) != parts] == []


@given(text=st.text(st.characters(exclude_categories=["Cn", "Cs"], exclude_characters="İ")) | st.text("aÉʼ’ e\u0301"))
def test_any_text_has_the_tokens_of_the_engine(text: str) -> None:
    normal = indexed_text(text)
    assert plain_tokens(text) == PLAIN.analyze(normal)
    assert list(folded_tokens(text)) == FOLDED.analyze(normal)
    assert [token.plain for token in tokens(normal)] == PLAIN.analyze(normal)


@given(text=st.text(st.characters(exclude_categories=["Cs"])) | st.text("aÀéœŒß’ʼ _.1²ºµ"))
def test_the_quick_reading_is_the_slow_one(text: str) -> None:
    slow, quick = tokens(text), Words(text)
    assert quick.plain == [token.plain for token in slow]
    assert quick.folded == [token.folded for token in slow]
    assert [quick.span(at) for at in range(len(slow))] == [(token.start, token.end) for token in slow]


@pytest.mark.parametrize("most", [0, 24])
@given(
    text=st.text("aab é’ʼ_\u0301Σ1", max_size=30), forms=st.sets(st.text("aabéσ1", min_size=1, max_size=5), max_size=4)
)
def test_forms_are_found_where_their_tokens_are(most: int, text: str, forms: set[str]) -> None:
    expected = [(token.start, token.end) for token in tokens(text) if token.plain in forms]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("pipelines.search.analysis._SOUGHT_ONE_BY_ONE", most)
        assert sorted(Words(text).spans_of(forms)) == expected


@given(
    text=st.text("aab éœ’_-\u0301Σ1ł", max_size=40),
    words=st.lists(st.sampled_from(["a", "b", "aa", "ab", "é", "e", "oe", "œ", "1", "σ"]), min_size=1, max_size=3),
    folded=st.booleans(),
)
def test_words_side_by_side_are_found_where_their_tokens_are(text: str, words: list[str], folded: bool) -> None:
    found = tokens(text)
    read = [token.folded if folded else token.plain for token in found]
    places = [at for at in range(len(read)) if read[at : at + len(words)] == words]
    expected = [(found[at].start, found[at + len(words) - 1].end) for at in places]
    assert Words(text).spans_side_by_side(tuple(words), folded=folded) in (expected, None)


@pytest.mark.parametrize("text", ["Là où l’eau, l'eau va : à l’eau.", "À la SANTÉ des élus"])
@pytest.mark.parametrize("words", [("l", "eau"), ("la",), ("à",), ("élus",), ("σ",)])
def test_french_words_side_by_side_are_sought_as_they_stand(text: str, words: tuple[str, ...]) -> None:
    for folded in (False, True):
        assert Words(text).spans_side_by_side(words, folded=folded) is not None


def test_a_real_question_has_the_tokens_of_the_engine() -> None:
    text = shared("data/seed/q15_15-12526QE.txt").read_text(encoding="utf-8")
    assert plain_tokens(text) == PLAIN.analyze(text)
    assert list(folded_tokens(text)) == FOLDED.analyze(text)
    assert all(lower(text[token.start : token.end]) == token.plain for token in tokens(text))
