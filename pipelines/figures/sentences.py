"""Sentences: where a text may be cut, and which of its sentences can hold a figure at all.

Most sentences hold none, and are never tokenised: this is what makes reading a large text quick.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipelines.figures.numbers import first_words
from pipelines.figures.units import written_units
from pipelines.figures.vocabulary import written_number_words

_END = re.compile(  # one set of first characters for both ends, so that the search skips the rest
    r"""[.!?…\n](?:(?<=\n)\n*|(?<!\n)["»”)]{0,3}\s{1,3}(?=[«"“(–—-]?\s{0,2}[A-ZÀ-ÖØ-Ý0-9]))"""
)
_ABBREVIATED = re.compile(r"\b(?:M|MM|[Aa]rt|pp?|n|cf|[A-Z])$")
_SIGNS = "'’-‑–—,.;:!?…()[]«»“”\"/*"  # what may stand beside a word without a space
_DIGIT = re.compile("[0-9½¼¾⅓⅔⅕⅛]")
_ONE = frozenset(("un", "une"))
_UNIT_REACH = 3  # words after "un" that may be its unit: une bonne petite heure
_LONGEST = 1000  # characters; a longer stretch without an end is cut, so that reading stays linear


def figure_sentences(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """The offsets of every sentence between two offsets that has a digit or a number word."""
    spaced = _without_signs(text[first:last])
    for start, end in sentences(text, first, last):
        if _DIGIT.search(text, start, end) or _may_state(spaced[start - first : end - first].lower()):
            yield start, end


def sentences(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """The offsets of every sentence between two offsets."""
    start, stop = first, len(text) if last is None else last
    for match in _END.finditer(text, start, stop):
        at = match.start()
        if text[at] == "." and _ABBREVIATED.search(text, max(0, at - 5), at):
            continue
        end = match.end()
        if end - start > _LONGEST:
            yield from _pieces(text, start, end)
        else:
            yield start, end
        start = end
    yield from _pieces(text, start, stop)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _without_signs(text: str) -> str:
    """The text with a space for each sign, so that its words are cut by `str.split`; offsets stay."""
    for sign in _SIGNS:
        text = text.replace(sign, " ")
    return text


def _may_state(lowered: str) -> bool:
    """Whether a sentence without digits and signs has a number word, a verb of doubling, or "un" before a unit."""
    words = lowered.split()
    if not _number_words().isdisjoint(words) or "oubl" in lowered or "ripl" in lowered or "upl" in lowered:
        return True
    units = written_units()
    if _ONE.isdisjoint(words) or units.isdisjoint(words):
        return False
    return any(not units.isdisjoint(words[at : at + _UNIT_REACH]) for at, word in enumerate(words, 1) if word in _ONE)


@cache
def _number_words() -> frozenset[str]:
    """The words that make a sentence worth reading, with and without accents."""
    return (first_words() | written_number_words()) - _ONE
