"""Text repair and folding."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parse.text import clean, join_paragraphs, key, unfold

FRENCH = st.text(
    st.sampled_from("abcdefgh éèêëàâçîïôùûüÿœæÉÈÀÇŒ’‘“”«»°–—…€.,;:!?'-0123456789\u00a0\u202f"), max_size=80
)


@pytest.mark.parametrize(
    ("printed", "kept"),
    [
        ("50\u00a0%", "50\u00a0%"),
        ("18\u202f000\u2009€", "18\u202f000 €"),
        ("  deux   espaces\t", "deux espaces"),
        ("l’œuvre d'art", "l’œuvre d'art"),
        ("ca\u00adché\u200b\ufeff", "caché"),
        ("e\u0301te\u0301", "été"),
        ("l\x92eau, 5 \x80", "l’eau, 5 €"),
        ("a\x00b\x18c", "abc"),
        ("rÃ©ponse Ã\u00a0 l’Ã‰tat", "réponse à l’État"),
        ("voilÃ lâ€™eau : Â«\u00a0peuÂ\u00a0Â»", "voilà l’eau : «\u00a0peu\u00a0»"),
        ("Ã la mer", "à la mer"),
        ("Å“uvre Ã  5 â‚¬", "œuvre à 5 €"),
        ("« CAFÉ» et MÉ“x", "« CAFÉ» et MÉ“x"),
        ("9Â 030 sources, 12Â % de lâ€™eau", "9 030 sources, 12 % de l’eau"),
    ],
)
def test_clean(printed: str, kept: str) -> None:
    assert clean(printed) == kept


@given(FRENCH.filter(lambda text: "â€" not in text))  # what begins like this may be a quotation mark, encoded twice
def test_clean_is_stable_and_keeps_every_letter(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "".join(once.split()) == "".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("wrong", ["cp1252", "latin-1"])
@given(text=FRENCH)
def test_what_was_encoded_twice_is_repaired(wrong: str, text: str) -> None:
    try:
        twice = text.encode("utf-8").decode(wrong)
    except UnicodeDecodeError:
        return  # Windows-1252 leaves five bytes undefined
    assert clean(twice) == clean(text)


@pytest.mark.parametrize(
    ("line", "following", "whole"),
    [
        ("les sources", "du lac", "les sources du lac"),
        ("Haute-", "Vallée", "Haute-Vallée"),
        ("un lac -", "deux", "un lac - deux"),
        ("de 2004-", "2005", "de 2004- 2005"),
    ],
)
def test_a_fold_is_undone(line: str, following: str, whole: str) -> None:
    assert unfold(line, following) == whole


def test_no_text_is_none() -> None:
    assert join_paragraphs([]) is None
    assert join_paragraphs(["a", "b"]) == "a\nb"


@pytest.mark.parametrize(
    "label", ["Tête d'analyse", "TÊTE D’ANALYSE :", "tete  d'analyse >", "Te\u0302te d'analyse\u00a0:"]
)
def test_key_of_a_label(label: str) -> None:
    assert key(label) == "tete d'analyse"
