import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.figures.mention import Sentence
from pipelines.figures.tokens import digits_value, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L'État a 1 234 567,8 €.", ["L'", "État", "a", "1 234 567,8", "€", "."]),
        ("en 2016 300 personnes", ["en", "2016", "300", "personnes"]),
        ("60m2", ["60", "m", "2"]),
        ("aujourd’hui 12", ["aujourd’hui", "12"]),
        ("télé-procédures", ["télé", "-", "procédures"]),
        ("12 3456", ["12", "3456"]),
    ],
)
def test_a_text_is_cut_into_numbers_words_and_signs(text: str, words: list[str]) -> None:
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("digits", "value"),
    [
        ("1 234,5", 1234.5),
        ("1\u00a0234", 1234),
        ("1.234", 1234),
        ("1.23", 1.23),
        ("0.125", 0.125),
        ("1,234", 1.234),
        ("1,234,567", 1_234_567),
        ("1" * 19, None),
    ],
)
def test_the_value_of_digits(digits: str, value: float | None) -> None:
    assert digits_value(digits) == value


def test_offsets_are_those_of_the_whole_text() -> None:
    sentence = Sentence.read("abc 12 def", 4, 6)
    assert (sentence.starts, sentence.end_of(0), sentence.values[0]) == ([4], 6, 12)


@given(
    text=st.text(max_size=60) | st.text("1234 \u00a0\n,.'’-éAz", max_size=60),
    start=st.integers(0, 10),
    length=st.integers(0, 60),
)
def test_every_word_stands_where_it_is_said_to(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    sentence = Sentence.read(text, start, end)
    assert sentence.words[: sentence.size] == words_of(text[start:end])
    ends = [start, *map(sentence.end_of, range(sentence.size))]
    for at, (before, first) in enumerate(zip(ends, [*sentence.starts, end], strict=False)):
        assert not text[before:first].strip()
        assert at == sentence.size or text[first : ends[at + 1]] == sentence.words[at]
