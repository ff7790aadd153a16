"""Values of number, date and figure fields: `2018`, `2018-10..2019-03`, `>=60`, `[a TO b]`, `-6mois`, `>=1e9 EUR`.

Pure readers: text in, bounds out, None when the text cannot be read. Both bounds are included in what they bound.
"""

import math
import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeVar

from pipelines.search.language import fields
from pipelines.search.language.days import Day, days_ago, following, is_relative, preceding, read_day
from pipelines.search.language.tree import FigureTest

_T = TypeVar("_T", int, float, Day)

SIGNS = ">=|<=|=>|=<|≥|≤|>|<|="
"""What compares, as a regular expression."""

_COMPARED = re.compile(rf"({SIGNS})?\s*(.*)", re.DOTALL)
_MARK = re.compile(rf"{SIGNS}|[\[\]]|\.\.+|…|\bTO\b|\*")
_BRACKETS = re.compile(r"\[\s*(.+?)\s+(?:TO|À|A|to|à)\s+(.+?)\s*\]", re.DOTALL)  # [2018 TO 2019]
_DOTS = re.compile(r"(.*?)\s*(?:\.\.+|…)\s*(.*)", re.DOTALL)  # 2018-10..2019-03
_BETWEEN = re.compile(r"(?:entre|between)\s+(.+?)\s+(?:et|and)\s+(.+)", re.IGNORECASE | re.DOTALL)  # entre 5 et 10 ans
_YEARS = re.compile(r"(\d{4})\s*[-–]\s*(\d{4})")  # 2018-2019
_INTEGER = re.compile(r"[-−+]?\d{1,9}")
_MOST = 999_999_999  # what counted days and bounds stop at, so that they are read again
_NUMBER = re.compile(r"[-−]?\d[\d\s.,]*(?:[eE][+-]?\d{1,3})?")
_DURATION = re.compile(r".*?\d\s*([^\W\d_]+)", re.DOTALL)
_DAYS_OF = {"j": 1, "d": 1, "jour": 1, "day": 1, "semaine": 7, "week": 7, "mois": 30, "month": 30}
_DAYS_OF |= {"an": 365, "annee": 365, "year": 365}
_ORDINAL = re.compile(r"\b([0-9]+|[IVX]+)(?:e|è|ème|eme|ième|th)?\b", re.IGNORECASE)
_ROMAN = {"i": 1, "v": 5, "x": 10}
_COMPARED_IN_WORDS = (
    (re.compile(r"^(?:plus d(?:e\s|['’])|more than\s)", re.IGNORECASE), ">"),
    (re.compile(r"^(?:moins d(?:e\s|['’])|less than\s)", re.IGNORECASE), "<"),
    (re.compile(r"^(?:au moins|at least)\s", re.IGNORECASE), ">="),
    (re.compile(r"^(?:au plus|jusqu['’]à|at most|up to)\s", re.IGNORECASE), "<="),
)
_NAMED_SUBJECT = re.compile(r"(?:sujet|subject):(.+)", re.IGNORECASE)  # chiffre:(>=5 sujet:lits)
_GROUPED = re.compile(r"[-−]?\d{1,3}(?:[\s.]\d{3})+(?:,\d+)?")  # 18 000, 18.000,50


def integers(text: str) -> tuple[int | None, int | None] | None:
    """Bounds of whole numbers; `>60` begins at 61."""
    return _bounded(text, _integer, _one_more, _one_less)


def day_counts(text: str) -> tuple[int | None, int | None] | None:
    """Bounds of a number of days, `>365`, `> 1 an`, `2..6 mois`: a month counts 30 days, a year 365."""
    last = _DURATION.fullmatch(text.strip())
    unit = None if last is None else fields.simplified(last[1])
    return _bounded(text, lambda part: _days(part, unit), _one_more, _one_less)


def terms(text: str) -> tuple[int | None, int | None] | None:
    """Bounds of terms, as they are printed: `15`, `15e`, `XVe`, `XIV..XVI`."""
    return integers(_ORDINAL.sub(lambda found: str(_roman(found[1])), text))


def dates(text: str, today: date) -> tuple[date | None, date | None] | None:
    """Bounds of days; a month or a year means all its days, `-6mois` since then, until today."""
    if is_relative(text.strip()):
        since = days_ago(text.strip(), today)
        return None if since is None else (since, today)
    years = _YEARS.fullmatch(text.strip())
    if years is not None:
        text = f"{years[1]}..{years[2]}"
    found = _bounded(text, lambda part: read_day(part, today), following, preceding)
    if found is None:
        return None
    low, high = found
    return (None if low is None else low[0], None if high is None else high[1])


def figure(text: str) -> tuple[FigureTest, tuple[str, ...]] | None:
    """A condition on a figure, `>=1e9 EUR hôpitaux`, with the words that are its subject."""
    between = _BETWEEN.fullmatch(text.strip())
    comparison, rest = _leading_numbers(f"{between[1]}..{between[2]}" if between else _in_signs(text.strip()))
    unit: str | None = None
    kind: str | None = None
    subject: list[str] = []
    for word in rest:
        named = _NAMED_SUBJECT.fullmatch(word)
        if named is not None:
            subject.append(named[1])
        elif unit is None and fields.unit(word) is not None:
            unit = fields.unit(word)
        elif kind is None and fields.kind(word) is not None:
            kind = fields.kind(word)
        else:
            subject.append(word)
    bounds: tuple[float | None, float | None] | None = (None, None)
    if comparison:
        bounds = _bounded(comparison, _float, _next_above, _next_below)
    if bounds is None or not (comparison or rest):
        return None
    return FigureTest(low=bounds[0], high=bounds[1], unit=unit, kind=kind), tuple(subject)


def printed_number(number: float) -> str:
    """A number in the normal form."""
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)


def printed_floats(low: float | None, high: float | None) -> str:
    """Bounds of a figure in the normal form; `>60` stays `>60`."""
    if low is not None and high is not None:
        return printed_number(low) if low == high else f"{printed_number(low)}..{printed_number(high)}"
    if low is not None:
        open_low = math.nextafter(low, -math.inf)
        return f">{printed_number(open_low)}" if _shorter(open_low, low) else f">={printed_number(low)}"
    if high is not None:
        open_high = math.nextafter(high, math.inf)
        return f"<{printed_number(open_high)}" if _shorter(open_high, high) else f"<={printed_number(high)}"
    return ""


def printed(low: object | None, high: object | None) -> str:
    """Bounds of whole numbers or days in the normal form."""
    if low is not None and high is not None:
        return str(low) if low == high else f"{low}..{high}"
    return f">={low}" if low is not None else f"<={high}"


def _bounded(
    text: str, read: Callable[[str], _T | None], above: Callable[[_T], _T | None], below: Callable[[_T], _T | None]
) -> tuple[_T | None, _T | None] | None:
    """Read `a..b`, `[a TO b]`, `>=a`, `>a`, `<=a`, `<a` or `a`; at least one bound, each readable, or None."""
    text = text.strip()
    two = _BRACKETS.fullmatch(text) or _DOTS.fullmatch(text)
    if two is not None:
        return _two_bounds(two[1], two[2], read)
    compared = _COMPARED.fullmatch(text)
    value = None if compared is None else read(compared[2].strip())
    if compared is None or value is None:
        return None
    operator = (compared[1] or "=").replace("≥", ">=").replace("≤", "<=")
    if operator in (">", "<"):
        moved = (above if operator == ">" else below)(value)
        if moved is None:
            return None
        return (moved, None) if operator == ">" else (None, moved)
    if operator == "=":
        return value, value
    return (value, None) if ">" in operator else (None, value)


def _two_bounds(first: str, second: str, read: Callable[[str], _T | None]) -> tuple[_T | None, _T | None] | None:
    is_open = [bound.strip() in ("", "*") for bound in (first, second)]
    low, high = (None if skip else read(bound.strip()) for skip, bound in zip(is_open, (first, second), strict=True))
    unreadable = (low is None and not is_open[0]) or (high is None and not is_open[1])
    if low is not None and high is not None and high < low:  # 2019..2018
        low, high = high, low
    return None if unreadable or all(is_open) else (low, high)


def _integer(text: str) -> int | None:
    text = re.sub(r"(?<=\d)[\s.](?=\d{3}\b)", "", text)
    return int(text.replace("−", "-")) if _INTEGER.fullmatch(text) and text.isascii() else None


def _float(text: str) -> float | None:
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[\s.]", "", text)
    try:
        number = float(text.replace(",", ".").replace("−", "-"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


class _Written(NamedTuple):
    """A number of a comparison: its place among the parts, as it is printed, and what it is multiplied by."""

    place: int
    value: float
    factor: float


def _in_signs(text: str) -> str:
    """`plus de 5 %` as `>5 %`."""
    for words, sign in _COMPARED_IN_WORDS:
        text = words.sub(sign, text)
    return text


def _days(text: str, unit: str | None) -> int | None:
    """A number of days, its own unit before that of the whole value."""
    own = re.fullmatch(r"(.*?\d)\s*([^\W\d_]+)", text, re.DOTALL)
    number = _integer(own[1] if own else text)
    name = fields.simplified(own[2]) if own else unit
    days = 1 if name is None else _DAYS_OF.get(name) or _DAYS_OF.get(name.removesuffix("s"))
    return None if number is None or days is None else max(-_MOST, min(number * days, _MOST))


def _one_more(number: int) -> int:
    return min(number + 1, _MOST)


def _one_less(number: int) -> int:
    return max(number - 1, -_MOST)


def _roman(text: str) -> int:
    """The number that Roman or other figures stand for."""
    if text.isdecimal():
        return int(text)
    values = [_ROMAN[letter] for letter in text.lower()]
    return sum(-one if one < following else one for one, following in zip(values, [*values[1:], 0], strict=True))


def _leading_numbers(text: str) -> tuple[str, list[str]]:
    """Split `>=1,2 milliard d'euros` into the comparison with its numbers written out and the words after it."""
    comparison: list[str] = []
    numbers: list[_Written] = []
    rest = text
    while True:
        rest = rest.strip()
        head = _MARK.match(rest)
        if head is not None:
            comparison.append(f" {head[0]} " if head[0] == "TO" else head[0])
            rest = rest[head.end() :]
            continue
        number = _NUMBER.match(rest)
        if number is None or not number[0].strip(" .,"):
            break
        digits = number[0].rstrip()
        digits = re.split(r"\.\.", digits)[0].rstrip(" .,")
        rest, factor = _multiplied(rest[len(digits) :])
        value = _float(digits)
        if value is not None:
            numbers.append(_Written(len(comparison), value, factor))
        comparison.append(digits if value is None else repr(value * factor))
    if len(numbers) == 2 and numbers[0].factor == 1 and numbers[0].value < numbers[1].value:
        comparison[numbers[0].place] = repr(numbers[0].value * numbers[1].factor)  # 1..2 millions: both are millions
    return "".join(comparison), _words(rest)


def _words(text: str) -> list[str]:
    """The words after a number, without those that only link it to them."""
    text = re.sub(r"\bpour\s+cent\b", "%", text, flags=re.IGNORECASE)
    words = (re.sub(r"^(?:d|l|de)['’]", "", word, flags=re.IGNORECASE) for word in text.split())
    return [word for word in words if word.strip(".,;'’") and word.lower() not in ("de", "des", "of")]


def _multiplied(rest: str) -> tuple[str, float]:
    """Take `milliards`, `Md€`, `k€` after a number; returns what is left and the factor."""
    word = re.match(r"\s*([^\W\d_]+)(€?)", rest)
    factor = None if word is None else fields.multiplier(word[1])
    if word is None or factor is None or (word[1].lower() in ("m", "k") and not word[2]):
        return rest, 1.0
    return word[2] + rest[word.end() :], factor


def _next_above(number: float) -> float:
    return math.nextafter(number, math.inf)


def _next_below(number: float) -> float:
    return math.nextafter(number, -math.inf)


def _shorter(rounder: float, number: float) -> bool:
    return len(printed_number(rounder)) + 3 < len(printed_number(number))
