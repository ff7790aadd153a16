"""The orders of hits, as integers: each holds a value and the question's key, so that both engines order alike."""

from bisect import bisect_left
from datetime import date
from functools import lru_cache
from typing import Final

from schemas.search import SearchDocument, Sort

KEY: Final = "sort_key"
SORT_FIELDS: Final[dict[Sort, str]] = {
    Sort.RELEVANCE: KEY,  # the tie-break, and the order where nothing is scored
    Sort.PUBLISHED: "sort_published",
    Sort.PUBLISHED_DESC: "sort_published_desc",
    Sort.ANSWERED: "sort_answered",
    Sort.ANSWERED_DESC: "sort_answered_desc",
    Sort.DELAY: "sort_delay",
    Sort.DELAY_DESC: "sort_delay_desc",
    Sort.NUMBER: "sort_number",
    Sort.NUMBER_DESC: "sort_number_desc",
    Sort.FIGURES: "sort_figures",
    Sort.FIGURES_DESC: "sort_figures_desc",
}
"""Each is one integer that holds value and tie-break, read in rising order by both engines."""


def sort_keys(document: SearchDocument) -> dict[str, int]:
    """The integers of SORT_FIELDS: 20 bits of value (unknown is the highest) over 43 bits of question key."""
    series, number = _series(document.parliament, document.term, document.type), _clamp(document.number, 24)
    key = (series << 24) | number
    delay = None if document.delay_days is None else document.delay_days + _MIDDLE
    keys = {KEY: key, "sort_number": (number << 19) | series, "sort_number_desc": ((_NUMBERS - number) << 19) | series}
    values = (_day(document.published_date), _day(document.answered_date), delay, len(document.figures))
    for (up, down), value in zip(_VALUED, values, strict=True):
        rising = _UNKNOWN if value is None else max(0, min(value, _UNKNOWN - 1))
        keys[up] = (rising << 43) | key
        keys[down] = ((_UNKNOWN if value is None else _UNKNOWN - 1 - rising) << 43) | key
    return keys


# Ranks keep the order of the names: a known name has an odd one, any other falls on the even one between its
# neighbours, so a new parliament sorts well before it is listed here, and exactly once it is.
_PARLIAMENTS: tuple[str, ...] = (
    "be-chambre",
    "ch-parl",
    "de-bundestag",
    "es-congreso",
    "eu-parl",
    "fr-an",
    "fr-senat",
    "it-camera",
    "uk-commons",
    "uk-lords",
)
_TYPES = ("QC", "QE", "QG", "QOAD", "QOSD", "QST")
_FIRST_DAY = date(1700, 1, 1).toordinal()
_MIDDLE = 1 << 19  # delays may be below zero where a source has its dates in the wrong order
_UNKNOWN = (1 << 20) - 1
_NUMBERS = (1 << 24) - 1
_VALUED = tuple((f"sort_{name}", f"sort_{name}_desc") for name in ("published", "answered", "delay", "figures"))


@lru_cache(maxsize=1 << 10)
def _series(parliament: str, term: int, kind: str) -> int:
    """19 bits: parliament, term and type; a term of the archive has thousands of questions."""
    return (_rank(parliament, _PARLIAMENTS, 5) << 14) | (_clamp(term, 10) << 4) | _rank(kind, _TYPES, 4)


def _rank(name: str, known: tuple[str, ...], bits: int) -> int:
    place = bisect_left(known, name)
    return min(2 * place + (place < len(known) and known[place] == name), (1 << bits) - 1)


def _clamp(value: int, bits: int) -> int:
    return max(0, min(value, (1 << bits) - 1))


def _day(value: date | None) -> int | None:
    return None if value is None else value.toordinal() - _FIRST_DAY
