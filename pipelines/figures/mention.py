"""What the steps hand each other: a sentence in tokens, the numbers read in it, and the quantities they become."""

from dataclasses import dataclass
from enum import StrEnum

from pipelines.figures.tokens import digits_value, fold, key, spaced_words
from pipelines.figures.unaccented import is_unaccented, with_prepositions
from schemas.figure import Approximation, Direction, FigureKind

SIGNS = frozenset(("+", "-", "−", "–"))
"""What may stand before a number and make it a change: + 3 %, − 4 %."""
COUNT, MONEY, PERCENTAGE, PERCENTAGE_POINT, DURATION, RATIO, RATE, MEASURE, ORDINAL = FigureKind
UP, DOWN, FROM, TO = Direction
ABOUT, MIN, MAX = Approximation
"""Kinds, directions and approximations by themselves: a member of an enumeration is slow to find in its class."""
AMOUNTS = (UP, DOWN)
"""The directions of a figure that says by how much something changes, not from or to what."""


class _Forms(dict[str, tuple[str, str, str, float | None]]):
    """Of each word with the space after it: the word, its key, its folded form and its number, worked out once.

    Forgotten when there are too many.
    """

    _MOST = 1 << 17

    def __missing__(self, spaced: str) -> tuple[str, str, str, float | None]:
        if len(self) >= self._MOST:
            self.clear()
        word = spaced.rstrip()
        value = digits_value(word) if word[0] in "0123456789" else None
        found = self[spaced] = (word, key(word), fold(word), value)
        return found


_FORMS = _Forms()


@dataclass(slots=True)
class Sentence:
    """One sentence of a text as its tokens, in lists side by side: as written, as key, folded, as number, their places.

    `folds` have no case or accents, `keys` make the forms of function words one; `values` are of the numbers in digits.
    """

    text: str  # the whole text; offsets count from its start
    start: int
    end: int
    words: list[str]
    keys: list[str]
    folds: list[str]
    values: list[float | None]
    starts: list[int]
    size: int

    @classmethod
    def read(cls, text: str, start: int, end: int) -> "Sentence":
        """The sentence between two offsets."""
        spaced, starts = spaced_words(text, start, end)
        forms = zip(*map(_FORMS.__getitem__, spaced), strict=True)
        words, keys, folds, values = map(list, forms) if spaced else ([], [], [], [])
        if is_unaccented(text) and "a" in folds:
            folds = with_prepositions(folds)
        return cls(text, start, end, words, keys, folds, values, starts, len(words))

    def end_of(self, index: int) -> int:
        """The offset after a token."""
        return self.starts[index] + len(self.words[index])

    def key(self, index: int) -> str:
        """The key of a token, empty outside the sentence."""
        return self.keys[index] if -1 < index < self.size else ""

    def fold(self, index: int) -> str:
        """The folded form of a token, empty outside the sentence."""
        return self.folds[index] if -1 < index < self.size else ""

    def word(self, index: int) -> str:
        """A token as written, empty outside the sentence."""
        return self.words[index] if -1 < index < self.size else ""

    def touches(self, index: int) -> bool:
        """Whether nothing stands between the token `index` and the next."""
        if not -1 < index < self.size - 1:
            return False
        return self.starts[index] + len(self.words[index]) == self.starts[index + 1]

    def is_glued(self, index: int) -> bool:
        """Whether a letter or digit touches that token on its left: the hyphen of Covid-19; not (+21 000)."""
        return self.touches(index - 1) and self.word(index - 1)[-1:].isalnum()

    def with_sign(self, index: int) -> int:
        """That token, or the sign before it: (+ 2,5 %)."""
        return index - 1 if self.word(index - 1) in SIGNS else index

    def is_word(self, index: int) -> bool:
        """Whether that token is a word of letters."""
        return -1 < index < self.size and self.words[index][0].isalpha()

    def until(self, end: int) -> "Sentence":
        """The sentence without its tokens from `end` on."""
        return Sentence(
            self.text,
            self.start,
            self.end,
            self.words[:end],
            self.keys[:end],
            self.folds[:end],
            self.values[:end],
            self.starts[:end],
            min(end, self.size),
        )

    def slice(self, first: int, end: int) -> str:
        """The text of the tokens from `first` to `end`, exclusive."""
        return self.text[self.starts[first] : self.end_of(end - 1)]


class Style(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    ARTICLE = "article"  # un, une: a number only beside a unit
    COLLECTIVE = "collective"  # une centaine
    FRACTION = "fraction"  # un tiers, la moitié


DIGITS, WORDS, ARTICLE, COLLECTIVE, FRACTION = Style


@dataclass(slots=True)
class Mention:
    """A quantity being read: the tokens from `first` to `end` (exclusive) and what is known of them so far."""

    first: int
    end: int
    value: float
    style: Style
    scale: float = 1.0  # the multiplier it is written with (3,1 millions: 1e6), which a range may share
    high: float | None = None  # of a range; `value` is then its low bound
    kind: FigureKind = COUNT
    unit: str | None = None
    factor: float = 1.0  # what the written number was multiplied by to be in `unit`
    approx: Approximation | None = None
    direction: Direction | None = None
    per: str | None = None
    subject: str | None = None
    # its first token, its approximation included ("près de 3 %" starts at "près"); -1 before that is read
    outer: int = -1
    rule: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether it is a number without a unit."""
        return self.unit is None and self.kind == COUNT
