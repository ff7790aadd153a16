"""Sentences: where a text may be cut, and which of its sentences can hold a figure at all.

Most sentences hold none, and are never tokenised: this is what makes reading a large text quick.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipelines.figures.numbers import number_words
from pipelines.figures.vocabulary import numbers

_END = re.compile(r"""[.!?…]["»”)]{0,3}\s{1,3}(?=[«"“(–—-]?\s{0,2}[A-ZÀ-ÖØ-Ý0-9])|\n+""")
_ABBREVIATED = re.compile(r"\b(?:M|MM|[Aa]rt|pp?|n|cf|[A-Z])$")
_WORD = re.compile(r"\w+")
_DIGIT = re.compile("[0-9½¼¾⅓⅔⅕⅛]")
_LONGEST = 1000  # characters; a longer stretch without an end is cut, so that reading stays linear


def figure_sentences(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """The offsets of every sentence between two offsets that has a digit or a number word."""
    triggers = _triggers()
    for start, end in sentences(text, first, last):
        sentence = text[start:end]
        if _DIGIT.search(sentence) or not triggers.isdisjoint(_WORD.findall(sentence.lower())):
            yield start, end


def sentences(text: str, first: int = 0, last: int | None = None) -> Iterator[tuple[int, int]]:
    """The offsets of every sentence between two offsets."""
    start, stop = first, len(text) if last is None else last
    for match in _END.finditer(text, start, stop):
        at = match.start()
        if text[at] == "." and _ABBREVIATED.search(text, max(0, at - 5), at):
            continue
        yield from _pieces(text, start, match.end())
        start = match.end()
    yield from _pieces(text, start, stop)


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + 1, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = cut
    if start < end:
        yield start, end


@cache
def _triggers() -> frozenset[str]:
    """The words that make a sentence worth reading, with and without accents."""
    alone = {"un", "une", "zero"}
    units = {
        "an",
        "mois",
        "heure",
        "semaine",
        "annee",
        "siecle",
        "jour",
        "journee",
        "euro",
        "kilometre",
        "litre",
        "hectare",
        "tonne",
    }
    doubling = {
        "double",
        "doubler",
        "doublement",
        "doubleront",
        "doublera",
        "doubles",
        "doublees",
        "doublee",
        "triple",
        "tripler",
    }
    units |= {f"{unit}s" for unit in units}
    folded = (number_words() - alone) | numbers().denominators.keys() | units | doubling
    return frozenset(
        folded
        | {
            *(f"{number}ième" for number in ("cinqu", "six", "sept", "huit", "neuv", "dix", "vingt", "cent", "mill")),
            "année",
            "siècle",
            "journée",
            "kilomètre",
            "moitié",
            "doublé",
            "triplé",
            "zéro",
            "décennie",
        }
    )
