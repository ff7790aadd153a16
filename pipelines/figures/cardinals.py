"""Cardinals: one whole number, in words (soixante et onze), in digits, or in both (3,1 milliards).

The grammar of French number words is here, the Belgian and Swiss words included. Fractions and collectives are numbers.
"""

from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from pipelines.figures.mention import ARTICLE, DIGITS, WORDS, Sentence, Style
from pipelines.figures.tokens import fold
from pipelines.figures.units import attached_scales
from pipelines.figures.vocabulary import cardinal_words

_TENS = frozenset(range(20, 100, 10))
_OWN_TENS = (70, 90)  # septante, nonante; soixante-dix is 60 and 10
_AFTER_ET = frozenset(("un", "une", "onze", "unieme", "uniemes", "onzieme", "onziemes"))
_JOINTS = ("-", "‐", "‑", "–")


# Which units may follow which tens: soixante-douze, dix-sept, quatre-vingt-onze.
_UNITS_AFTER_TENS = {
    0: (1, 16), 10: (7, 9), 20: (1, 9), 30: (1, 9), 40: (1, 9), 50: (1, 9), 60: (1, 16), 70: (7, 9), 80: (1, 16),
    90: (7, 9),
}  # fmt: skip


class Cardinal(NamedTuple):
    """A value, the token after it, and the multiplier it is written with."""

    value: float
    end: int
    scale: float
    style: Style


def read_cardinal(sentence: Sentence, first: int) -> Cardinal | None:
    """The longest whole number that starts there, in words, digits or both."""
    words, reading, index = cardinal_words(), Reading(), first
    while index < sentence.size:
        at = skip_joint(sentence, index, reading) if index > first else index
        if at >= sentence.size:
            break
        value, folded = sentence.values[at], sentence.folds[at]
        word = ("digits", value) if value is not None else words.get(folded)
        if word is None or (folded == "cents" and reading.is_in_digits) or not reading.take(*word):
            break
        index = at + 1
    if index == first:
        return None
    total, scale = reading.value, reading.scale
    if index == first + 1 and sentence.values[first] is not None and sentence.touches(first):
        attached = attached_scales().get(sentence.words[index])
        if attached:
            total, scale, index = total * attached, attached, index + 1
    article = index == first + 1 and sentence.folds[first] in ("un", "une")
    spelled = ARTICLE if article else WORDS
    return Cardinal(total, index, scale, DIGITS if sentence.values[first] is not None else spelled)


def skip_joint(sentence: Sentence, index: int, reading: "Reading") -> int:
    """Past a hyphen or the "et" of vingt et un, which stand inside a number."""
    at = index
    if sentence.words[at] in _JOINTS and sentence.touches(at - 1) and sentence.touches(at):
        at += 1
    if sentence.folds[at] == "et" and reading.rest % 100 in _TENS:
        following = at + 2 if sentence.words[at + 1] in _JOINTS and sentence.touches(at) else at + 1
        if sentence.folds[following] in _AFTER_ET:
            return following
    return at


class Reading:
    """A cardinal being read word by word: the finished scales, the thousands, and what is below them."""

    def __init__(self) -> None:
        self.rest = 0.0
        self._done, self._thousands = 0.0, 0.0
        self._smallest_scale = float("inf")
        self._words, self._last, self._digits = 0, "", False
        self._scales: list[float] = []
        self._own_ten = False

    @property
    def value(self) -> float:
        """The number read so far."""
        return self._done + self._thousands + self.rest

    @property
    def is_in_digits(self) -> bool:
        """Whether the part read last is in digits."""
        return self._digits

    @property
    def scale(self) -> float:
        """The single multiplier that ends the number: 1e6 for 3,1 millions, 1 for 3 100."""
        return self._scales[0] if len(self._scales) == 1 and self._last in ("thousand", "scale") else 1.0

    def take(self, kind: str, value: float) -> bool:
        """Add one word, if the grammar of numbers lets it stand here."""
        taken = self._takers[kind](self, value)
        if taken:
            self._words, self._last = self._words + 1, kind
        return taken

    def _take_digits(self, value: float) -> bool:
        first = self._words == 0
        if not first and not (self._last == "scale" and self._digits and 1 <= value < self._smallest_scale):
            return False
        self.rest, self._digits = value, True
        return True

    def _take_unit(self, value: float) -> bool:
        after_own_ten = self._own_ten and self.rest % 100  # nonante-deux; not the "dix" of nonante mille dix
        lowest, highest = (1, 9) if after_own_ten else _UNITS_AFTER_TENS.get(int(self.rest % 100), (1, -1))
        if self._digits or (self._words and value == 0) or not (value == 0 or lowest <= value <= highest):
            return False
        if self._words == 1 and self._last == "unit" and self.rest == 0:  # zéro
            return False
        self.rest += value
        self._own_ten = False
        return True

    def _take_ten(self, value: float) -> bool:
        if self._digits:
            return False
        if value == 20 and self.rest % 100 == 4 and self._last == "unit":
            self.rest += 76
            return True
        if self.rest % 100 or (self._words == 1 and self._last == "unit" and self.rest == 0):
            return False
        self.rest += value
        self._own_ten = value in _OWN_TENS
        return True

    def _take_hundred(self, value: float) -> bool:
        if not (self.rest == 0 or 2 <= self.rest <= 19) or self._last == "hundred":
            return False
        if self._digits and self.rest not in range(2, 10):
            return False
        if self._last == "unit" and self.rest == 0:
            return False
        self.rest = (self.rest or 1) * value
        self._digits = False
        return True

    def _take_thousand(self, value: float) -> bool:
        if self._thousands or (self._last == "unit" and self.rest == 0) or self.rest >= value:
            return False
        self._thousands, self.rest = (self.rest or 1) * value, 0.0
        self._scales.append(value)
        return True

    def _take_scale(self, value: float) -> bool:
        below = self._thousands + self.rest
        if not below or value >= self._smallest_scale:
            return False
        self._done += below * value
        self._thousands, self.rest, self._smallest_scale = 0.0, 0.0, value
        self._scales.append(value)
        return True

    _takers: ClassVar[Mapping[str, Callable[["Reading", float], bool]]] = MappingProxyType(
        {
            "digits": _take_digits,
            "unit": _take_unit,
            "ten": _take_ten,
            "hundred": _take_hundred,
            "thousand": _take_thousand,
            "scale": _take_scale,
        }
    )


@cache
def after_digits() -> frozenset[str]:
    """The words that may go on with a number in digits; most numbers have none after them."""
    scales = (fold(scale) for scale in attached_scales())
    return frozenset((*cardinal_words(), *_JOINTS, *scales, "et"))
