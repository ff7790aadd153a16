"""Days as people write them: `2018`, `2018-10`, `02/10/2018`, `2 octobre 2018`, `-6mois`, `hier`, `ce-mois`.

Pure readers: text in, days out, None when the text cannot be read. How they bound a field is in `ranges.py`.
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from pipelines.search.language import fields

Day = tuple[date, date]
"""First and last day of what a date names: a day, a month, a year."""

UNIT_OF_TIME = r"(?:jours?|semaines?|mois|ans?|années?|days?|weeks?|months?|years?)\b"
"""The words for days to years after a number, as a regular expression."""

_RELATIVE = re.compile(r"[-−]\s*(\d{1,4})\s*([a-zé]+)", re.IGNORECASE)  # -6mois
_UNITS = {
    "days": ("j", "d", "jour", "jours", "day", "days"),
    "weeks": ("s", "w", "sem", "semaine", "semaines", "week", "weeks"),
    "months": ("m", "mois", "month", "months"),
    "years": ("a", "y", "an", "ans", "annee", "annees", "year", "years"),
}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("janvier", "january"),
            ("fevrier", "february"),
            ("mars", "march"),
            ("avril", "april"),
            ("mai", "may"),
            ("juin", "june"),
            ("juillet", "july"),
            ("aout", "august"),
            ("septembre", "september"),
            ("octobre", "october"),
            ("novembre", "november"),
            ("decembre", "december"),
        ),
        start=1,
    )
    for name in names
}


def read_day(text: str, today: date) -> Day | None:
    """What a date names; relative ones count from `today`."""
    if is_relative(text):
        ago = days_ago(text, today)
        return None if ago is None else _only(ago)
    word = fields.simplified(text)
    if (running := _running(word, today)) is not None:
        return running
    if word in ("aujourd_hui", "today", "hier", "yesterday"):
        day = today if word in ("aujourd_hui", "today") else today - timedelta(days=1)
        return day, day
    for pattern, order in _DAY_FORMS:
        found = pattern.fullmatch(word)
        if found is not None:
            return _span(*(found[group] if group else None for group in order))
    return None


def _running(word: str, today: date) -> Day | None:
    """This week, month or year, whole."""
    if word in ("cette_semaine", "this_week"):
        monday = today - timedelta(days=today.weekday())
        return monday, monday + timedelta(days=6)
    if word in ("ce_mois", "this_month"):
        return _span(str(today.year), str(today.month), None)
    return _span(str(today.year), None, None) if word in ("cette_annee", "this_year") else None


# year, month, day as groups of each form: 2018, 2018-10, 2018-10-02, 20181002, 02/10/2018, 10/2018, 2 octobre 2018
_DAY_FORMS: tuple[tuple[re.Pattern[str], tuple[int, int, int]], ...] = (
    (re.compile(r"([0-9]{4})"), (1, 0, 0)),
    (re.compile(r"([0-9]{4})[_/]([0-9]{1,2})"), (1, 2, 0)),
    (re.compile(r"([0-9]{4})[_/]([0-9]{1,2})[_/]([0-9]{1,2})"), (1, 2, 3)),
    (re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})"), (1, 2, 3)),
    (re.compile(r"([0-9]{1,2})[_/.]([0-9]{1,2})[_/.]([0-9]{4})"), (3, 2, 1)),
    (re.compile(r"([0-9]{1,2})[_/]([0-9]{4})"), (2, 1, 0)),
    (re.compile(r"([0-9]{1,2})(?:er)?\s+([a-z]+)\s+([0-9]{4})"), (3, 2, 1)),
    (re.compile(r"([a-z]+)\s+([0-9]{4})"), (2, 1, 0)),
)


def _span(year: str | None, month: str | None, day: str | None) -> Day | None:
    months = (1, 12) if month is None else (_MONTHS.get(month) or (int(month) if month.isdigit() else 0),) * 2
    try:
        if day is not None:
            exact = date(int(year or 0), months[0], int(day))
            return exact, exact
        last = date(int(year or 0), months[1], 1)
    except ValueError:
        return None
    return date(last.year, months[0], 1), last.replace(day=monthrange(last.year, last.month)[1])


def is_relative(text: str) -> bool:
    """Whether it is written as a time that has passed: `-6mois`, `-2 ans`."""
    return _RELATIVE.fullmatch(text) is not None


def days_ago(text: str, today: date) -> date | None:
    """The day that was so long ago; None for an unknown unit and before the calendar."""
    found = _RELATIVE.fullmatch(text)
    unit = found and next((unit for unit, names in _UNITS.items() if fields.simplified(found[2]) in names), None)
    if found is None or unit is None:
        return None
    amount = int(found[1])
    step = {
        "days": relativedelta(days=amount),
        "weeks": relativedelta(weeks=amount),
        "months": relativedelta(months=amount),
        "years": relativedelta(years=amount),
    }[unit]
    try:
        return today - step
    except (ValueError, OverflowError):
        return None


def following(day: Day) -> Day | None:
    """The day after the last one; None at the end of the calendar."""
    return None if day[1] == date.max else _only(day[1] + timedelta(days=1))


def preceding(day: Day) -> Day | None:
    """The day before the first one; None at the beginning of the calendar."""
    return None if day[0] == date.min else _only(day[0] - timedelta(days=1))


def _only(day: date) -> Day:
    return day, day
