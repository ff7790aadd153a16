"""Sentences: where a text may be cut, and which of its sentences can hold a figure at all.

Most sentences hold none, and are never tokenised: this is what makes reading a large text quick.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipelines.figures.plain import plain, plain_words
from pipelines.figures.units import written_units
from pipelines.figures.vocabulary import first_words, written_number_words

_ENDS = "!?…\n"  # and the full stop
_END = re.compile(r"""\n+|[.!?…]["»”)]{0,3}\s{1,3}(?=[«"“(–—-]?\s{0,2}[A-ZÀ-ÖØ-Ý0-9])""")
_ABBREVIATED = re.compile(r"\b(?:M|MM|[Aa]rt|pp?|n|cf|[A-Z])$")
_ONE = frozenset((b"un", b"une"))
_UNIT_REACH = 3  # words after "un" that may be its unit: une bonne petite heure
_LONGEST = 1000  # characters; a longer stretch without an end is cut, so that reading stays linear


def figure_sentences(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """The offsets of every sentence between two offsets that has a digit or a number word."""
    looked_at = plain(text[first:last])
    for start, end in sentences(text, first, last):
        if looked_at.find(b"0", start - first, end - first) >= 0 or _may_state(looked_at[start - first : end - first]):
            yield start, end


def sentences(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """The offsets of every sentence between two offsets."""
    start, stop = first, len(text) if last is None else last
    for match in _ends(text, start, stop):
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


def _ends(text: str, first: int, stop: int) -> Iterator[re.Match[str]]:
    """Where sentences may end. A single sign is found far quicker than one of several: each counts as a full stop."""
    marked = _replaced(text[first:stop], _ENDS, ".")
    at = marked.find(".")
    while at >= 0:
        match = _END.match(text, first + at, stop)
        if match is not None:
            yield match
        at = marked.find(".", at + 1 if match is None else match.end() - first)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _replaced(text: str, signs: str, by: str) -> str:
    for sign in signs:
        text = text.replace(sign, by)
    return text


def _may_state(sentence: bytes) -> bool:
    """Whether a plain sentence without digits has a number word, a verb of doubling, or "un" before a unit."""
    words = sentence.split()
    if not _number_words().isdisjoint(words) or b"oubl" in sentence or b"ripl" in sentence or b"upl" in sentence:
        return True
    units = _units()
    if _ONE.isdisjoint(words) or units.isdisjoint(words):
        return False
    return any(not units.isdisjoint(words[at : at + _UNIT_REACH]) for at, word in enumerate(words, 1) if word in _ONE)


@cache
def _number_words() -> frozenset[bytes]:
    """The words that make a sentence worth reading, with and without accents."""
    return plain_words(first_words() | written_number_words()) - _ONE


@cache
def _units() -> frozenset[bytes]:
    return plain_words(written_units())
