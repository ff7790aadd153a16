"""Figures as ranges: a range overlaps that of a condition where, and only where, one figure meets the condition."""

import math

from hypothesis import given
from hypothesis import strategies as some

from pipelines.search.documents import FlatFigure
from pipelines.search.elastic.figures import figure_conditions, figure_ranges
from pipelines.search.engine_query import FigureIs
from schemas.figure import FigureKind

numbers = some.sampled_from((0.0, -0.0, 1.0, -1.0, 1.5, math.nextafter(1.5, 2), 5e-324, -1e308, 1e308)) | some.floats(
    allow_nan=False, allow_infinity=False
)
bounds = some.none() | numbers
units = some.sampled_from((None, "EUR", "s"))
words = some.sampled_from(("lit", "ecole", "a"))
kinds = some.sampled_from(tuple(FigureKind)).map(str)


@some.composite
def figures(draw: some.DrawFn) -> FlatFigure:
    low, high = sorted(draw(some.tuples(numbers, numbers)))
    low, high = draw(some.sampled_from(((low, low), (low, high))))
    unit, subject = draw(units), tuple(draw(some.sets(words, max_size=2)))
    if draw(some.integers(0, 5)) == 0:
        return FlatFigure(None, None, None, None, unit, draw(kinds), subject)
    return FlatFigure(low, high, low * 100, high * 100, unit, draw(kinds), subject)


@some.composite
def conditions(draw: some.DrawFn) -> FigureIs:
    low, high = draw(bounds), draw(bounds)
    if low is not None and high is not None:
        low, high = sorted((low, high))
    return FigureIs(low, high, draw(units), draw(some.none() | kinds), tuple(draw(some.sets(words, max_size=2))))


def meets(figure: FlatFigure, condition: FigureIs) -> bool:
    low, high = (figure.low, figure.high) if condition.unit is None else (figure.base_low, figure.base_high)
    return (
        (condition.low is None or (high is not None and high >= condition.low))
        and (condition.high is None or (low is not None and low <= condition.high))
        and condition.unit in (None, figure.base_unit)
        and condition.kind in (None, figure.kind)
        and (not condition.subject_forms or not set(condition.subject_forms).isdisjoint(figure.subject))
    )


@given(some.lists(figures(), max_size=3), conditions())
def test_a_condition_is_met_by_one_figure_as_a_whole(held: list[FlatFigure], condition: FigureIs) -> None:
    asked = [each["range"]["figures"] for each in figure_conditions(condition)]
    ranges = [{"gte": each[:-4], "lte": each[:-4]} if isinstance(each, str) else each for each in figure_ranges(held)]
    found = any(one["gte"] <= other["lte"] and other["gte"] <= one["lte"] for one in ranges for other in asked)
    assert found == any(meets(figure, condition) for figure in held)


def test_equal_figures_are_one_range() -> None:
    figure = FlatFigure(5, 5, 5, 5, None, FigureKind.COUNT, ())
    (only,) = figure_ranges([figure] * 3)
    assert isinstance(only, str)
    assert only.endswith("/128")
