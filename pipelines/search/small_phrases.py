"""Two or three small words side by side, as one word each: what quotes of frequent words are answered by.

Whether words stand side by side costs a look at the places of every question that has them all, which are most
questions for "il y a". So the small phrases of a question's texts are indexed whole (`il_y_a`). A quote that is one of
them is answered by it; any other phrase needs those within it, and its places are looked at in the questions that have
them. A small phrase does not say in which text it is, nor with which accents.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from itertools import accumulate, chain, groupby, product
from math import prod
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.search.analysis import fold, folded_line
from pipelines.search.engine_query import ALL_TEXTS, Accents, Phrase
from pipelines.search.words import folded_small_words

SMALL_PHRASES: Final = "small_phrases"
"""The field of both engines: one text of small phrases with spaces between them, which is read quicker than a value for
each."""

_LONGEST: Final = 3  # words
_JOINT: Final = "_"  # which is in no word
_COMBINATIONS: Final = 1_000  # of alternatives
_BETWEEN_TEXTS: Final = " 0 "  # a word that is not small


def small_phrases_in(questions: Iterable[Iterable[str]]) -> list[str]:
    """The folded small phrases of each question's texts; none runs from one text into the other.

    Word by word that costs a sixth of the indexing: Arrow splits and looks up the words of many questions at once.
    """
    lines = pa.array([folded_line(_BETWEEN_TEXTS.join(texts)) for texts in questions], pa.string())
    split = pc.ascii_split_whitespace(lines)
    question, word = pc.list_parent_indices(split), pc.index_in(split.flatten(), value_set=_small_words())
    pairs = _numbered(question[:-1], question[1:], (word[:-1], word[1:], len(_small_words())))
    threes = _numbered(question[:-2], question[2:], (word[:-2], word[1:-1], word[2:]))
    return _texts_of(pc.unique(pa.concat_arrays([pairs, threes])).sort(), len(lines))


def small_phrases_needed(places: Sequence[Collection[str]]) -> list[tuple[str, ...]]:
    """What every question has where these alternative tokens, plain or folded, stand side by side.

    Of each tuple it has at least one.
    """
    found: list[tuple[str, ...]] = []
    for small, run in groupby(({*map(fold, forms)} for forms in places), key=folded_small_words().issuperset):
        forms = [*run]
        if small and len(forms) > 1:
            size = min(_LONGEST, len(forms))
            windows = (forms[at : at + size] for at in range(len(forms) - size + 1))
            found += [_alternatives(each) for each in windows if prod(map(len, each)) <= _COMBINATIONS]
    return found


def as_small_phrases(phrase: Phrase) -> tuple[str, ...]:
    """The small phrases of which exactly the questions that have the phrase have one; none where places must tell."""
    anywhere = phrase.accents is Accents.FOLDED and {*phrase.texts} == {*ALL_TEXTS}
    small = all(form in folded_small_words() for form in chain.from_iterable(phrase.positions))
    if anywhere and small and 1 < len(phrase.positions) <= _LONGEST and all(phrase.positions):
        return next(iter(small_phrases_needed(phrase.positions)), ())
    return ()


def _alternatives(places: list[set[str]]) -> tuple[str, ...]:
    return tuple(sorted(map(_JOINT.join, product(*places))))


@cache
def _small_words() -> pa.Array:
    return pa.array(sorted(folded_small_words()), pa.string())


def _numbered(first: pa.Array, last: pa.Array, words: tuple[pa.Array | int, ...]) -> pa.Array:
    """A number for each small phrase that begins and ends in one question: of that and of its three words.

    A word that is not small is none; the place behind all small words stands for the third of two.
    """
    number = pc.if_else(pc.equal(first, last), first, None)
    for word in words:
        number = pc.add(pc.multiply(number, len(_small_words()) + 1), word)
    return number.drop_null()


def _texts_of(numbers: pa.Array, count: int) -> list[str]:
    """The small phrases of each of so many questions, with spaces between them."""
    rest, third = _divided(numbers)
    rest, second = _divided(rest)
    question, first = _divided(rest)
    third = pc.if_else(pc.equal(third, len(_small_words())), None, third)
    words = (_small_words().take(places) for places in (first, second, third))
    phrases = pc.binary_join_element_wise(*words, _JOINT, null_handling="skip")
    held = {each["values"]: each["counts"] for each in question.value_counts().to_pylist()}
    ends = accumulate((held.get(place, 0) for place in range(count)), initial=0)
    found: list[str] = pc.binary_join(pa.ListArray.from_arrays(pa.array(ends, pa.int32()), phrases), " ").to_pylist()
    return found


def _divided(numbers: pa.Array) -> tuple[pa.Array, pa.Array]:
    many = len(_small_words()) + 1
    quotient = pc.divide(numbers, many)
    return quotient, pc.subtract(numbers, pc.multiply(quotient, many))
