"""Where a query is met in a text, occurrence by occurrence, counted in words: the ground of KWIC and collocates.

An occurrence is a word in one of its forms, a whole phrase, or the stretch from one word to another near it. A phrase
hides the words in it; what stands twice is counted twice.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipelines.search.analysis import Token
from pipelines.search.engine_query import Accents, AnyForm, Near, Phrase, TextField
from pipelines.search.language.resolve import Mark


class Occurrence(NamedTuple):
    """First and last word of one occurrence, by their places in the text, both included."""

    first: int
    last: int


def occurrences(read: list[Token], section: str, marks: Iterable[Mark]) -> list[Occurrence]:
    """All occurrences of the marks among the tokens of one text, in order; none lies within another."""
    found = {occurrence for mark in marks if TextField(section) in mark.texts for occurrence in _of_mark(mark, read)}
    kept: list[Occurrence] = []
    for each in sorted(found, key=lambda each: (each.first, -each.last)):
        if not kept or each.last > kept[-1].last:
            kept.append(each)
    return kept


def _of_mark(mark: Mark, read: list[Token]) -> Iterator[Occurrence]:
    match mark:
        case AnyForm(forms):
            wanted = frozenset(forms)
            return (Occurrence(at, at) for at, token in enumerate(read) if token.plain in wanted)
        case Phrase():
            return _of_phrase(mark, read)
        case Near():
            return _of_pair(mark, read)


def _of_phrase(phrase: Phrase, read: list[Token]) -> Iterator[Occurrence]:
    words = [token.folded if phrase.accents is Accents.FOLDED else token.plain for token in read]
    wanted = [frozenset(position) for position in phrase.positions]
    for start in range(len(words) - len(wanted) + 1):
        if all(words[start + step] in options for step, options in enumerate(wanted)):
            yield Occurrence(start, start + len(wanted) - 1)


def _of_pair(near: Near, read: list[Token]) -> Iterator[Occurrence]:
    """For each word of the left side its nearest partner within reach; of two as near, the following one."""
    right = [at for at, token in enumerate(read) if token.plain in near.right]
    for place, token in enumerate(read):
        if token.plain not in near.left:
            continue
        reach = near.between + 1
        partners = [
            at for at in right if place < at <= place + reach or (not near.ordered and place - reach <= at < place)
        ]
        if partners:
            partner = min(partners, key=lambda at: (abs(at - place), at < place))
            yield Occurrence(min(place, partner), max(place, partner))
