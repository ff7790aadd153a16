"""Ordinals: places in an order ("troisième", "vingt et unième", "11e"), which are no quantities.

They are read only for loose phrases and for writing spelled numbers in digits; prose passes over them.
"""

from functools import cache
from typing import NamedTuple

from pipelines.figures.cardinals import Reading, skip_joint
from pipelines.figures.mention import Sentence
from pipelines.figures.tokens import fold
from pipelines.figures.vocabulary import cardinal_words, exclusions, numbers

_LAST_UNIT, _LAST_THOUSAND = 16, 1000
_NO_PLACE = frozenset(("o", "bis", "ter", "quater", "quinquies"))  # n° 3, 4 bis: names


class Ordinal(NamedTuple):
    """A place, the token after it, and its last word as written."""

    value: float
    end: int
    last_word: str


def read_ordinal(sentence: Sentence, first: int) -> Ordinal | None:
    """The longest ordinal that starts at a token, in words or digits."""
    value = sentence.values[first]
    if value is not None:
        return _in_digits(sentence, first, value)
    named = numbers().ordinal_names.get(sentence.folds[first])
    if named is not None:
        return Ordinal(named, first + 1, sentence.words[first])
    return _in_words(sentence, first)


def _in_digits(sentence: Sentence, first: int, value: float) -> Ordinal | None:
    ending = sentence.folds[first + 1]
    counted = ending in exclusions().ordinal_endings and ending not in _NO_PLACE
    if not counted or not sentence.touches(first) or value != int(value):
        return None
    return Ordinal(value, first + 2, sentence.words[first + 1])


def _in_words(sentence: Sentence, first: int) -> Ordinal | None:
    """Vingt et unième: the words of a cardinal, the last of them an ordinal."""
    reading, index, words = Reading(), first, cardinal_words()
    while index < sentence.size:
        at = skip_joint(sentence, index, reading) if index > first else index
        folded = sentence.folds[at]
        last = ordinal_words().get(folded)
        if last is not None:
            if folded == "unieme" and at == first:
                return None
            return Ordinal(reading.value, at + 1, sentence.words[at]) if _completes(reading, last) else None
        word = words.get(folded)
        if word is None or not reading.take(*word):
            return None
        index = at + 1
    return None


def _completes(reading: Reading, last: tuple[str, float]) -> bool:
    kind, value = last
    if kind == "scale" and reading.value == 0:
        return reading.take("unit", 1) and reading.take(kind, value)
    return reading.take(kind, value)


@cache
def ordinal_words() -> dict[str, tuple[str, float]]:
    """The last words of ordinals, folded, with the part their number plays in the grammar of cardinals."""
    kinds = {100.0: "hundred", 1000.0: "thousand"}
    found: dict[str, tuple[str, float]] = {}
    for word, value in numbers().ordinals.items():
        unit_or_ten = "unit" if value <= _LAST_UNIT else "ten"
        kind = "scale" if value > _LAST_THOUSAND else kinds.get(value, unit_or_ten)
        found[fold(word)] = found[f"{fold(word)}s"] = (kind, value)
    return found
