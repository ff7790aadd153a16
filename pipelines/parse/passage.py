"""A run of lines of a page as one text, with the tables that stand in it."""

from collections.abc import Sequence

from pipelines.parse.elements import Element
from pipelines.parse.grid import CELLS, Grid, grid_of
from pipelines.parse.markup import VisiblePage, words_of
from pipelines.parse.text import join_paragraphs
from schemas.figure import Section
from schemas.text_table import TextTable

Passage = tuple[str | None, tuple[TextTable, ...]]
"""A text, None when there is none, and its tables."""


def passage(page: VisiblePage, start: int, end: int, section: Section, before: Sequence[str] = ()) -> Passage:
    """The text of the lines from `start` to `end`, exclusive, after the lines `before`, and its tables.

    Tables are those that lie whole between these lines: one that frames the text itself is none of it.
    """
    lines = list(before)
    tables: list[TextTable] = []
    at = start
    for table in page.tables:
        first, last = page.spans[table]
        if first < at or last > end or first == last:
            continue
        grid = grid_of(table, words_of)
        if grid is None:
            continue
        above, below = _loose(page, table, first, last)
        lines += [*page.lines[at:first], *above]
        tables.append(placed(grid, lines, section))
        lines += [*grid.lines, *below]
        at = last
    return join_paragraphs([*lines, *page.lines[at:end]]), tuple(tables)


def joined(passages: Sequence[Passage]) -> Passage:
    """Several passages as one text, each a paragraph of its own, with the tables of all."""
    whole: str | None = None
    tables: list[TextTable] = []
    for text, found in passages:
        shift = 0 if whole is None else len(whole) + 1
        tables += [table.model_copy(update={"start": table.start + shift, "end": table.end + shift}) for table in found]
        whole = join_paragraphs(part for part in (whole, text) if part)
    return whole, tuple(tables)


def placed(grid: Grid, before: Sequence[str], section: Section) -> TextTable:
    """A grid as a table of the text that has these lines before it."""
    start = sum(len(line) + 1 for line in before)
    return TextTable(
        section=section,
        start=start,
        end=start + len("\n".join(grid.lines)),
        header_rows=grid.header_rows,
        header_columns=grid.header_columns,
        rows=grid.rows,
    )


def _loose(page: VisiblePage, table: Element, first: int, last: int) -> tuple[list[str], list[str]]:
    """Lines of a table that are in no row: a caption above, and what an unclosed table has swallowed below."""
    above: list[str] = []
    below: list[str] = []
    seen_row = False
    for index in range(first, last):
        if _is_in_row(page.elements[index], table):
            seen_row = True
        else:
            (below if seen_row else above).append(page.lines[index])
    return above, below


def _is_in_row(element: Element, table: Element) -> bool:
    each: Element | None = element
    while each is not None and each is not table:
        if each.tag == "tr" or each.tag in CELLS:
            return True
        each = each.getparent()
    return False
