"""How strongly words go together: collocates around the occurrences of a query, and the terms that mark its hits.

Counted here, over the texts of the hits, so that every engine gives the same. Measures: Dunning's log-likelihood
(Computational Linguistics 19, 1993) and Dice's coefficient.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import log

from pipelines.search.analysis import Words, plain_tokens, together
from pipelines.search.engine_query import Mark
from pipelines.search.occurrences import occurrences

_FEWEST = 2  # occurrences, or questions, below which nothing is said of a word


@dataclass(frozen=True)
class Associated:
    """One word with its counts: inside (windows, hits) and in all, how many were expected inside, both measures."""

    word: str
    inside: int
    total: int
    expected: float
    log_likelihood: float
    dice: float


@dataclass
class Collocates:
    """Words within some words of the occurrences, counted while the texts of the hits pass by.

    A word that two occurrences have near them is counted once. What is expected comes from the same texts.
    """

    marks: tuple[Mark, ...]
    left: int
    right: int
    near: Counter[str] = field(default_factory=Counter[str])
    everywhere: Counter[str] = field(default_factory=Counter[str])
    occurrences: int = 0

    def add(self, texts: Mapping[str, str | None]) -> None:
        """Count one question's texts (section → text)."""
        for section, text in texts.items():
            read = Words(text or "")
            found = occurrences(read, section, self.marks)
            nodes = {place for first, last in found for place in range(first, last + 1)}
            reached = {
                place
                for first, last in found
                for place in range(max(0, first - self.left), min(len(read.plain), last + self.right + 1))
            }
            self.occurrences += len(found)
            self.near.update(read.plain[place] for place in reached - nodes)
            self.everywhere.update(word for place, word in enumerate(read.plain) if place not in nodes)

    def strongest(self, limit: int, is_wanted: Callable[[str], bool]) -> list[Associated]:
        """The words that stand near more often than expected, strongest first."""
        return _strongest(self.near, self.everywhere.__getitem__, self.everywhere.total(), limit, is_wanted)


@dataclass
class SignificantTerms:
    """Words that more of the hits have than questions at large, counted while the hits pass by."""

    hits: int = 0
    having: Counter[str] = field(default_factory=Counter[str])

    def add(self, texts: Iterable[str | None]) -> None:
        """Count one question's texts."""
        self.hits += 1
        self.having.update(set(plain_tokens(together(texts))))

    def strongest(
        self, in_all: Callable[[str], int], questions: int, limit: int, is_wanted: Callable[[str], bool]
    ) -> list[Associated]:
        """The words that mark the hits, strongest first; `in_all` is in how many of all questions a word is."""
        inside = {word: number for word, number in self.having.items() if is_wanted(word)}
        return _ranked(
            (
                _associated(word, number, max(in_all(word), number), self.hits, questions)
                for word, number in inside.items()
            ),
            limit,
        )


def log_likelihood(inside: int, total: int, size: int, whole: int) -> float:
    """Dunning's G² of a word with `inside` of its `total` occurrences in a part of `size` out of `whole`."""
    table = ((inside, size), (total - inside, whole - size))
    share = total / whole
    hits = sum(_term(seen, size_ * share) for seen, size_ in table)
    misses = sum(_term(size_ - seen, size_ * (1 - share)) for seen, size_ in table)
    return 2 * (hits + misses)


def _term(seen: int, expected: float) -> float:
    return seen * log(seen / expected) if seen > 0 and expected > 0 else 0.0


def _strongest(
    inside: Counter[str], total: Callable[[str], int], whole: int, limit: int, is_wanted: Callable[[str], bool]
) -> list[Associated]:
    size = inside.total()
    found = (_associated(word, number, total(word), size, whole) for word, number in inside.items() if is_wanted(word))
    return _ranked(found, limit)


def _associated(word: str, inside: int, total: int, size: int, whole: int) -> Associated:
    expected = total * size / whole if whole else 0.0
    return Associated(
        word=word,
        inside=inside,
        total=total,
        expected=expected,
        log_likelihood=log_likelihood(inside, total, size, whole) if whole else 0.0,
        dice=2 * inside / (size + total) if size + total else 0.0,
    )


def _ranked(found: Iterable[Associated], limit: int) -> list[Associated]:
    more = [each for each in found if each.inside >= _FEWEST and each.inside > each.expected]
    return sorted(more, key=lambda each: (-each.log_likelihood, each.word))[:limit]
