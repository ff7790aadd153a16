"""Two or three small words side by side, as one word each: what quotes of frequent words are answered by.

Whether words stand side by side costs a look at the places of every question that has them all, which are most
questions for "il y a". So the small phrases of a question's texts are indexed whole (`il_y_a`). A quote that is one of
them is answered by it; any other phrase needs those within it, and its places are looked at in the questions that have
them. A small phrase does not say in which text it is, nor with which accents.
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache
from itertools import chain, groupby, product, repeat
from math import prod
from typing import Final

from pipelines.search.analysis import Words, fold
from pipelines.search.engine_query import ALL_TEXTS, Accents, Phrase
from pipelines.search.words import folded_small_words

SMALL_PHRASES: Final = "small_phrases"
"""The field of both engines: one text of small phrases with spaces between them, which is read quicker than a value for
each."""

_LONGEST: Final = 3  # words
_JOINT: Final = "_"  # which is in no word
_COMBINATIONS: Final = 1_000  # of alternatives
_BETWEEN_TEXTS: Final = " 0 "  # a word that is not small
_FIRST_SIGN: Final = 0xE000  # of those that stand for nothing
_KEPT: Final = 1 << 14


def small_phrases_in(texts: Iterable[str]) -> str:
    """The folded small phrases of these texts, some of them more than once; none runs from one text into the other."""
    words = Words(_BETWEEN_TEXTS.join(texts)).folded
    runs = {*"".join(map(_signs().get, words, repeat(" "))).split()}
    return " ".join(filter(None, map(_within, sorted(runs))))


def small_phrases_needed(places: Sequence[Collection[str]]) -> list[tuple[str, ...]]:
    """What every question has where these alternative tokens, plain or folded, stand side by side.

    Of each tuple it has at least one.
    """
    found: list[tuple[str, ...]] = []
    for small, run in groupby(({*map(fold, forms)} for forms in places), key=_signs().keys().__ge__):
        forms = [*run]
        if small and len(forms) > 1:
            size = min(_LONGEST, len(forms))
            windows = (forms[at : at + size] for at in range(len(forms) - size + 1))
            found += [_alternatives(each) for each in windows if prod(map(len, each)) <= _COMBINATIONS]
    return found


def as_small_phrases(phrase: Phrase) -> tuple[str, ...]:
    """The small phrases of which exactly the questions that have the phrase have one; none where places must tell."""
    anywhere = phrase.accents is Accents.FOLDED and {*phrase.texts} == {*ALL_TEXTS}
    small = all(form in _signs() for form in chain.from_iterable(phrase.positions))
    if anywhere and small and 1 < len(phrase.positions) <= _LONGEST and all(phrase.positions):
        return next(iter(small_phrases_needed(phrase.positions)), ())
    return ()


def _alternatives(places: list[set[str]]) -> tuple[str, ...]:
    return tuple(sorted(map(_JOINT.join, product(*places))))


@cache
def _signs() -> dict[str, str]:
    """A sign for each small word, so that words side by side are one string."""
    return {word: chr(_FIRST_SIGN + place) for place, word in enumerate(sorted(folded_small_words()))}


@cache
def _words() -> dict[str, str]:
    return {sign: word for word, sign in _signs().items()}


@lru_cache(_KEPT)
def _within(run: str) -> str:
    """The small phrases of words side by side."""
    words = [_words()[sign] for sign in run]
    sizes = range(2, min(_LONGEST, len(words)) + 1)
    return " ".join(_JOINT.join(words[at : at + size]) for size in sizes for at in range(len(words) - size + 1))
