"""Where a query is met in a text, occurrence by occurrence, counted in words: the ground of highlight and KWIC.

An occurrence is a word in one of its forms, a whole phrase, or the stretch from one word to another near it. A phrase
hides the words in it; what stands twice is counted twice.
"""

from collections.abc import Iterable, Iterator
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
    found = read.folded if mark.accents is Accents.FOLDED else read.plain
    wanted = [frozenset(position) for position in mark.positions]
    first = wanted[0] if wanted else frozenset[str]()
    for start, word in enumerate(found[: len(found) - len(wanted) + 1]):
        if word in first and all(found[start + step] in options for step, options in enumerate(wanted)):
            yield Occurrence(start, start + len(wanted) - 1)


def places(forms: Iterable[str], read: Words) -> list[int]:
    """The numbers of the words that are one of the forms."""
    wanted = frozenset(forms)
    return [at for at, word in enumerate(read.plain) if word in wanted]


def _of_mark(mark: Mark, read: Words) -> Iterator[Occurrence]:
    match mark:
        case AnyForm():
            return words(mark, read)
        case Phrase():
            return phrases(mark, read)
        case Near():
            return _pairs(mark, read)


def _pairs(mark: Near, read: Words) -> Iterator[Occurrence]:
    """For each word of the left side its nearest partner within reach; of two as near, the following one."""
    right = places(mark.right, read)
    reach = mark.between + 1
    for place in places(mark.left, read):
        behind = 0 if mark.ordered else reach
        partners = [at for at in right if at != place and place - behind <= at <= place + reach]
        if partners:
            partner = min(partners, key=lambda at: (abs(at - place), at < place))
            yield Occurrence(min(place, partner), max(place, partner))
