"""Tables in page texts, which converters write with bars: `2018 | 1 200`, one line a row."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipelines.parse.grid import Grid, grid_of_rows
from pipelines.parse.passage import Passage, placed
from pipelines.parse.text import join_paragraphs
from schemas.figure import Section
from schemas.text_table import TextTable

_BAR = "|"
_FEWEST_ROWS = 2  # a bar in one line alone is no table


def with_tables(text: str | None, section: Section) -> Passage:
    """A text whose rows of bars are tables; every other line stays as it is."""
    if text is None or _BAR not in text:
        return text, ()
    lines: list[str] = []
    tables: list[TextTable] = []
    for run in _runs(text.split("\n")):
        grid = _grid(run)
        if grid is None:
            lines += run
        else:
            tables.append(placed(grid, lines, section))
            lines += grid.lines
    return join_paragraphs(lines), tuple(tables)


def _runs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Lines that follow each other with as many cells; those without a bar have one."""
    for _, run in groupby(lines, key=lambda line: len(_cells(line))):
        yield list(run)


def _grid(run: Sequence[str]) -> Grid | None:
    rows = [_cells(line) for line in run]
    return grid_of_rows(rows) if len(rows) >= _FEWEST_ROWS and len(rows[0]) > 1 else None


def _cells(line: str) -> list[str]:
    """The cells of a row; bars around the row are its frame."""
    framed = line.startswith(_BAR) and line.endswith(_BAR) and len(line) > 1
    return [cell.strip() for cell in (line[1:-1] if framed else line).split(_BAR)]
