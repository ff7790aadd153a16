"""Where a query is met in a text, occurrence by occurrence, counted in words: the ground of highlight and KWIC.

An occurrence is a word in one of its forms, a whole phrase, or the stretch from one word to another near it. A phrase
hides the words in it; what stands twice is counted twice.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from pipelines.search.analysis import Words
from pipelines.search.engine_query import Accents, AnyForm, Mark, Near, Phrase


class Occurrence(NamedTuple):
    """First and last word of one occurrence, by their numbers in the text, both included."""

    first: int
    last: int


def occurrences(read: Words, section: str, marks: Iterable[Mark]) -> list[Occurrence]:
    """All occurrences of the marks in one text, in order; none lies within another."""
    found = {each for mark in marks if section in mark.texts for each in _of_mark(mark, read)}
    kept: list[Occurrence] = []
    for each in sorted(found, key=lambda each: (each.first, -each.last)):
        if not kept or each.last > kept[-1].last:
            kept.append(each)
    return kept


def words(mark: AnyForm, read: Words) -> Iterator[Occurrence]:
    """Each word that is one of the forms."""
    wanted = frozenset(mark.forms)
    return (Occurrence(at, at) for at, word in enumerate(read.plain) if word in wanted)


def phrases(mark: Phrase, read: Words) -> Iterator[Occurrence]:
    """Each run of words that is the phrase."""
    return _side_by_side(mark.positions, read.folded if mark.accents is Accents.FOLDED else read.plain)


def _side_by_side(positions: Iterable[Iterable[str]], found: Sequence[str]) -> Iterator[Occurrence]:
    wanted = [frozenset(position) for position in positions]
    first = wanted[0] if wanted else frozenset[str]()
    for start, word in enumerate(found[: len(found) - len(wanted) + 1]):
        if word in first and all(found[start + step] in options for step, options in enumerate(wanted)):
            yield Occurrence(start, start + len(wanted) - 1)


def near_places(mark: Near, read: Words) -> Iterator[tuple[Occurrence, Occurrence]]:
    """Every place of the left side with every one of the right that is near enough."""
    right = list(_side_by_side(mark.right, read.plain))
    for one in _side_by_side(mark.left, read.plain):
        for other in right:
            if 0 <= words_between(one, other) <= mark.between and (one < other or not mark.ordered):
                yield one, other


def words_between(one: Occurrence, other: Occurrence) -> int:
    """The number of words between two places; below 0 where they overlap."""
    return max(one.first, other.first) - min(one.last, other.last) - 1


def _of_mark(mark: Mark, read: Words) -> Iterator[Occurrence]:
    match mark:
        case AnyForm():
            return words(mark, read)
        case Phrase():
            return phrases(mark, read)
        case Near():
            return _pairs(mark, read)


def _pairs(mark: Near, read: Words) -> Iterator[Occurrence]:
    """For each place of the left side its nearest partner within reach; of two as near, the following one."""
    partners: dict[Occurrence, Occurrence] = {}
    for left, right in near_places(mark, read):
        if left not in partners or _nearness(left, right) < _nearness(left, partners[left]):
            partners[left] = right
    for left, right in partners.items():
        yield Occurrence(min(left.first, right.first), max(left.last, right.last))


def _nearness(left: Occurrence, right: Occurrence) -> tuple[int, bool]:
    return words_between(left, right), right < left
