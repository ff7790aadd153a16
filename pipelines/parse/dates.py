"""Dates as the sources print them: 02/10/2018, 02-10-2018, 2018-10-02, 2 octobre 2018, 1er février 2022.

An impossible date is never guessed: it is reported by who reads it.
"""

import re
from dataclasses import dataclass
from datetime import date

from pipelines.parse.text import key

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "janv"),
            ("fevrier", "fevr"),
            ("mars",),
            ("avril",),
            ("mai",),
            ("juin",),
            ("juillet", "juil"),
            ("aout",),
            ("septembre", "sept"),
            ("octobre", "oct"),
            ("novembre", "nov"),
            ("decembre", "dec"),
        ),
        start=1,
    )
    for name in names
}
_DAY = r"(?:(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
_NUMERIC = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4})(?!\d)")  # 02/10/2018
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]{5,15}Z?)?(?!\d)")  # 2018-10-02
_WORDS = re.compile(_DAY + r"(\d{1,2})(?:er)? ([^\W\d_]{3,9})\.? (\d{4})(?!\d)", re.IGNORECASE)  # 1er février 2022
_FIRST_YEAR, _LAST_YEAR = 1958, 2100  # questions of the Fifth Republic


@dataclass(frozen=True)
class FoundDate:
    """A date at the beginning of a value; `day` is None when it is impossible. `rest` is what follows it."""

    day: date | None
    rest: str


def leading_date(value: str) -> FoundDate | None:
    """The date that a value begins with, or None when it begins with something else."""
    if found := _NUMERIC.match(value):
        return _found(value, found, int(found[3]), int(found[2]), int(found[1]))
    if found := _ISO.match(value):
        return _found(value, found, int(found[1]), int(found[2]), int(found[3]))
    if found := _WORDS.match(value):
        return _found(value, found, int(found[3]), _MONTHS.get(key(found[2]), 0), int(found[1]))
    return None


def last_date(value: str) -> FoundDate | None:
    """The date that a sentence ends with, such as `… au Journal officiel du 18 janvier 2023`."""
    starts = [found.start() for pattern in (_NUMERIC, _ISO, _WORDS) for found in pattern.finditer(value)]
    return leading_date(value[max(starts) :]) if starts else None


def _found(value: str, found: re.Match[str], year: int, month: int, day: int) -> FoundDate:
    rest = value[found.end() :].strip()
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return FoundDate(None, rest)
    try:
        return FoundDate(date(year, month, day), rest)
    except ValueError:
        return FoundDate(None, rest)
