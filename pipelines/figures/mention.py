"""What the steps hand each other: a sentence in tokens, the numbers read in it, and the quantities they become."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate, chain
from typing import Any

from pipelines.figures.classes import NUMBER, WORD, classes_of, mark_hyphened
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


_Form = tuple[str, str, str, float | None, int, int]


class _Forms(dict[str, _Form]):
    """Of each word with the space after it: the word, its key, its folded form, its number, its classes and the length.

    Each is worked out once; all are forgotten when there are too many.
    """

    def __missing__(self, spaced: str) -> _Form:
        word = spaced.rstrip()
        folded, own_key = fold(word), key(word)
        value = digits_value(word) if word[0] in "0123456789" else None
        classes = classes_of(word, folded, own_key) | (NUMBER if value is not None else 0)
        found = (word, own_key, folded, value, classes, len(spaced))
        if len(self) >= _MOST_KNOWN:
            self.clear()
        self[spaced] = found
        return found


class _Pieces(dict[str, tuple[_Form, ...]]):
    """Of each piece of text between two spaces, its tokens, worked out once: d'attente, l'eau."""

    def __missing__(self, piece: str) -> tuple[_Form, ...]:
        if not piece or piece[0].isspace():
            raise KeyError(piece)
        found = tuple(map(_FORMS.__getitem__, spaced_words(f"{piece} ")))
        if len(self) >= _MOST_KNOWN:
            self.clear()
        if len(piece) <= _LONGEST_PIECE:
            self[piece] = found
        return found


_MOST_KNOWN = 1 << 17
_LONGEST_PIECE = 40  # characters; a longer one is none that comes again
_GROUPED = re.compile(" [0-9]{3}(?<=[0-9] [0-9]{3})(?![0-9])")  # a number that may go on after a space: 250 000
_BEYOND = 8  # empty places: the most tokens past either end of a sentence that a rule looks at
_NO_WORDS, _NO_VALUES, _NO_CLASSES = [""] * _BEYOND, [None] * _BEYOND, [0] * _BEYOND
_FORMS = _Forms()
_PIECES = _Pieces()


@dataclass(slots=True)
class Sentence:
    """One sentence of a text as its tokens, in lists side by side: as written, as key, folded, as number, their places.

    `folds` have no case or accents, `keys` make the forms of function words one; `values` are of the numbers in digits.
    `classes` tell what each is by itself. In all of these empty places follow the last token, so that rules may look
    past both ends; `starts` has none.
    """

    text: str  # the whole text; offsets count from its start
    start: int
    end: int
    words: list[str]
    keys: list[str]
    folds: list[str]
    values: list[float | None]
    classes: list[int]
    starts: list[int]
    size: int

    @classmethod
    def read(cls, text: str, start: int, end: int) -> "Sentence":
        """The sentence between two offsets."""
        stretch = text[start:end]
        first = start + len(stretch) - len(stretch.lstrip())
        words, keys, folds, values, classes, lengths = _columns(stretch.strip())
        starts = list(accumulate(lengths, initial=first))[:-1]
        if is_unaccented(text) and "a" in folds:
            folds = with_prepositions(folds)
            classes = [_FORMS["à"][4] if word == "à" else own for word, own in zip(folds, classes, strict=True)]
        if "-" in stretch:
            mark_hyphened(words, folds, starts, classes)
        size = len(words)
        for column, places in ((words, _NO_WORDS), (keys, _NO_WORDS), (folds, _NO_WORDS)):
            column += places
        values += _NO_VALUES
        classes += _NO_CLASSES
        return cls(text, start, end, words, keys, folds, values, classes, starts, size)

    def end_of(self, index: int) -> int:
        """The offset after a token."""
        return self.starts[index] + len(self.words[index])

    def touches(self, index: int) -> bool:
        """Whether nothing stands between the token `index` and the next."""
        if not -1 < index < self.size - 1:
            return False
        return self.starts[index] + len(self.words[index]) == self.starts[index + 1]

    def is_glued(self, index: int) -> bool:
        """Whether a letter or digit touches that token on its left: the hyphen of Covid-19; not (+21 000)."""
        return self.touches(index - 1) and self.words[index - 1][-1:].isalnum()

    def with_sign(self, index: int) -> int:
        """That token, or the sign before it: (+ 2,5 %)."""
        return index - 1 if self.words[index - 1] in SIGNS else index

    def is_word(self, index: int) -> bool:
        """Whether that token is a word of letters."""
        return self.classes[index] & WORD > 0

    def until(self, end: int) -> "Sentence":
        """The sentence without its tokens from `end` on."""
        words, keys, folds = (column[:end] + _NO_WORDS for column in (self.words, self.keys, self.folds))
        values, classes = self.values[:end] + _NO_VALUES, self.classes[:end] + _NO_CLASSES
        size = min(end, self.size)
        return Sentence(self.text, self.start, self.end, words, keys, folds, values, classes, self.starts[:end], size)

    def slice(self, first: int, end: int) -> str:
        """The text of the tokens from `first` to `end`, exclusive."""
        return self.text[self.starts[first] : self.end_of(end - 1)]


def _columns(stretch: str) -> Sequence[list[Any]]:
    """The tokens of a stretch without white space around it, as columns of what is known of each."""
    if not stretch:
        return [], [], [], [], [], []
    if _GROUPED.search(stretch) is None:
        try:
            return _as_columns(chain.from_iterable(map(_PIECES.__getitem__, stretch.split(" "))))
        except KeyError:  # spaces in a row, or white space of another kind
            pass
    return _as_columns(map(_FORMS.__getitem__, spaced_words(stretch)))


def _as_columns(tokens: Iterable[_Form]) -> list[list[Any]]:
    return list(map(list, zip(*tokens, strict=True)))


class Style(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    ARTICLE = "article"  # un, une: a number only beside a unit
    COLLECTIVE = "collective"  # une centaine
    FRACTION = "fraction"  # un tiers, la moitié

    __hash__ = str.__hash__  # an enumeration's own is a call of Python


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
