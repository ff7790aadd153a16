"""What the steps hand each other: a sentence in tokens, the numbers read in it, and the quantities they become."""

from dataclasses import dataclass
from enum import StrEnum

from pipelines.figures.tokens import Token, tokenise
from schemas.figure import Approximation, Direction, FigureKind


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text, its tokens, and their keys and folded forms side by side."""

    text: str  # the whole text; offsets count from its start
    start: int
    end: int
    tokens: list[Token]
    keys: list[str]
    folds: list[str]

    @classmethod
    def read(cls, text: str, start: int, end: int) -> "Sentence":
        """The sentence between two offsets."""
        tokens = tokenise(text, start, end)
        return cls(text, start, end, tokens, [token.key for token in tokens], [token.fold for token in tokens])

    def key(self, index: int) -> str:
        """The key of a token, empty outside the sentence."""
        return self.keys[index] if 0 <= index < len(self.keys) else ""

    def fold(self, index: int) -> str:
        """The folded form of a token, empty outside the sentence."""
        return self.folds[index] if 0 <= index < len(self.folds) else ""

    def word(self, index: int) -> str:
        """A token as written, empty outside the sentence."""
        return self.tokens[index].text if 0 <= index < len(self.tokens) else ""

    def touches(self, index: int) -> bool:
        """Whether nothing stands between the token `index` and the next."""
        return 0 <= index < len(self.tokens) - 1 and self.tokens[index].end == self.tokens[index + 1].start

    def is_word(self, index: int) -> bool:
        """Whether that token is a word of letters."""
        return self.word(index)[:1].isalpha()

    def until(self, end: int) -> "Sentence":
        """The sentence without its tokens from `end` on."""
        return Sentence(self.text, self.start, self.end, self.tokens[:end], self.keys[:end], self.folds[:end])

    def slice(self, first: int, end: int) -> str:
        """The text of the tokens from `first` to `end`, exclusive."""
        return self.text[self.tokens[first].start : self.tokens[end - 1].end]


class Style(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    ARTICLE = "article"  # un, une: a number only beside a unit
    COLLECTIVE = "collective"  # une centaine
    FRACTION = "fraction"  # un tiers, la moitié


@dataclass(slots=True)
class Mention:
    """A quantity being read: the tokens from `first` to `end` (exclusive) and what is known of them so far."""

    first: int
    end: int
    value: float
    style: Style
    scale: float = 1.0  # the multiplier it is written with (3,1 millions: 1e6), which a range may share
    high: float | None = None  # of a range; `value` is then its low bound
    kind: FigureKind = FigureKind.COUNT
    unit: str | None = None
    factor: float = 1.0  # what the written number was multiplied by to be in `unit`
    approx: Approximation | None = None
    direction: Direction | None = None
    per: str | None = None
    subject: str | None = None
    anchor: int = -1  # the first token of what qualifies it on the left; -1 before that is read
    rule: str = ""

    @property
    def outer(self) -> int:
        """Its first token, its approximation included: "près de 3 %" starts at "près"."""
        return self.anchor if self.anchor >= 0 else self.first

    @property
    def is_bare(self) -> bool:
        """Whether it is a number without a unit."""
        return self.unit is None and self.kind == FigureKind.COUNT
