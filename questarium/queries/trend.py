"""Hits over time, with all questions of each period beside them."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from questarium.queries.asked import Asked
from questarium.queries.catalogue import Catalogue
from schemas.record import Record
from schemas.search import Origin, Sort


class Period(StrEnum):
    """How time is cut: a week begins on Monday, and is written with the year that has most of its days (ISO 8601)."""

    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class Dated(StrEnum):
    """Which day counts."""

    PUBLISHED = "published"
    ANSWERED = "answered"


class TrendPoint(Record):
    """One period: hits, all questions of the period, and the share of the hits; None where there is no question."""

    period: str
    hits: int
    questions: int
    share: float | None


class Trend(Record):
    """All periods from the first question to the last, empty ones included; `undated` hits are in none of them."""

    by: Period
    dated: Dated
    points: tuple[TrendPoint, ...]
    hits: int
    undated: int
    origin: Origin


def trend(asked: Asked, *, by: Period, dated: Dated) -> Trend:
    """Count the hits of each period; the denominator is all questions of the data version published (answered) then."""
    column = f"{dated.value}_date"
    catalogue = Catalogue(asked.version, [column])
    everything = Counter(_period(day, by) for day in catalogue.column(column) if day is not None)
    days = [row[column] for row in catalogue.rows(asked.ids(Sort.NUMBER))]
    hits = Counter(_period(day, by) for day in days if day is not None)
    points = tuple(
        TrendPoint(
            period=_written(period, by),
            hits=hits[period],
            questions=everything[period],
            share=round(hits[period] / everything[period], 6) if everything[period] else None,
        )
        for period in _without_gaps(everything, by)
    )
    undated = sum(day is None for day in days)
    return Trend(by=by, dated=dated, points=points, hits=len(days), undated=undated, origin=asked.origin)


def _period(day: date, by: Period) -> date:
    """The first day of the period."""
    if by is Period.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if by is Period.MONTH else day.replace(month=1, day=1)


def _next(period: date, by: Period) -> date:
    return _period(period + timedelta(days={Period.WEEK: 7, Period.MONTH: 31, Period.YEAR: 366}[by]), by)


def _without_gaps(periods: Iterable[date], by: Period) -> list[date]:
    known = sorted(periods)
    filled = known[:1]
    for before, after in pairwise(known):
        between = _next(before, by)
        while between < after:
            filled.append(between)
            between = _next(between, by)
        filled.append(after)
    return filled


def _written(period: date, by: Period) -> str:
    if by is Period.WEEK:
        year, week, _ = period.isocalendar()
        return f"{year}-W{week:02}"
    return f"{period:%Y-%m}" if by is Period.MONTH else f"{period:%Y}"
