"""What the tests of the figure steps share: reading a sentence and looking at one aspect of its figures."""

from pipelines.figures.extract import extract
from schemas.figure import Figure

Value = float | tuple[float | None, float | None] | None


def one(text: str) -> Figure:
    """The only figure of a text."""
    figures = extract(text)
    assert len(figures) == 1, [figure.text for figure in figures]
    return figures[0]


def values(text: str) -> list[tuple[Value, str | None]]:
    """Value (or bounds) and unit of every figure."""
    return [
        ((figure.low, figure.high) if figure.value is None else figure.value, figure.unit) for figure in extract(text)
    ]
