"""A table element as a grid of cells: spans expanded, header rows and columns counted.

Broken spans (`rowspan=2">`, larger than the table, zero) are tolerated: a cell never leaves its table. What is no table
of data (a frame around a text, a list in one column, cells outside of rows) is None, and stays lines of text.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from pipelines.parse.elements import Element, strings, text_of

CELLS = ("td", "th")

_WIDEST = 64  # columns: wider than any printed page, narrow enough that a false colspan does no harm
_BLANKS = re.compile(" {2,}")
_DIGITS = re.compile(r"\d{1,5}")
_QUANTITY = re.compile(r"[+−–-]?[<>~≈]? ?\d[\d\s.,/]{0,30}(?:\s?(?:%|€|[kKM]€|M€|Md€|euros?))?")
_YEAR = re.compile(r"(?:19|20)\d\d(?:\s?[-–/]\s?(?:(?:19|20)?\d\d))?")
_EMPHASIS = ("b", "strong")


@dataclass(frozen=True)
class Grid:
    """The cells of a table: `rows` with the spans expanded, `lines` with each cell in its first place only."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[str, ...]
    header_rows: int
    header_columns: int


@dataclass(frozen=True)
class _Cell:
    text: str
    is_header: bool
    row: int
    column: int
    height: int
    width: int


Words = Callable[[Element], str]
"""The visible words of an element, in one line."""


def grid_of(table: Element, words: Words) -> Grid | None:
    """The grid of a table element, or None when it is no table of data."""
    if table.find(".//table") is not None:
        return None
    rows = list(table.iterdescendants("tr"))
    if (
        not rows
        or any(_is_loose(row) for row in rows)
        or any(_is_stray(cell) for cell in table.iterdescendants(*CELLS))
    ):
        return None
    cells = _placed(rows, words)
    height, width = len(rows), max((cell.column + cell.width for cell in cells), default=0)
    if width < 2:
        return None
    return _grid(cells, height, width, _header_rows(rows, cells, height))


def grid_of_rows(rows: Sequence[Sequence[str]]) -> Grid | None:
    """The grid of rows of text with as many cells each; nothing marks their headers."""
    cells = [
        _Cell(text=text, is_header=False, row=row, column=column, height=1, width=1)
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
    ]
    return _grid(cells, len(rows), len(rows[0]), int(_heads_quantities(_by_row(cells, len(rows)))))


def _grid(cells: Sequence[_Cell], height: int, width: int, header_rows: int) -> Grid | None:
    """The grid of placed cells; rows without any words are left out."""
    spread, first = _spread(cells, height, width)
    kept = [row for row in range(height) if any(spread[row])]
    if not kept:
        return None
    headers = min(sum(row < header_rows for row in kept), len(kept) - 1)
    body = kept[headers:]
    return Grid(
        rows=tuple(tuple(spread[row]) for row in kept),
        lines=tuple(_BLANKS.sub(" ", " | ".join(first[row])).strip(" ") for row in kept),
        header_rows=headers,
        header_columns=_header_columns([cell for cell in cells if cell.row in body], spread, body, width),
    )


def _is_loose(row: Element) -> bool:
    """Whether a row holds words outside of its cells: they would be lost in a grid."""
    return any(map(str.strip, strings(row)))


def _is_stray(cell: Element) -> bool:
    """Whether a cell stands outside of a row, or inside of another cell."""
    return (row := cell.getparent()) is None or row.tag != "tr"


def _placed(rows: Sequence[Element], words: Words) -> list[_Cell]:
    """The cells at their places: each takes the first column that no span from above covers."""
    cells: list[_Cell] = []
    taken: set[tuple[int, int]] = set()
    for row, element in enumerate(rows):
        column = 0
        for cell in element.iterchildren(*CELLS):
            while (row, column) in taken:
                column += 1
            if column >= _WIDEST:
                column = _WIDEST - 1
            placed = _Cell(
                text=words(cell).replace("|", "¦"),
                is_header=cell.tag == "th",
                row=row,
                column=column,
                height=_span(cell, "rowspan", len(rows) - row),
                width=_span(cell, "colspan", _WIDEST - column),
            )
            cells.append(placed)
            taken.update(_places(placed))
            column += placed.width
    return cells


def _span(cell: Element, name: str, most: int) -> int:
    found = _DIGITS.search(cell.get(name, ""))
    return min(max(int(found[0]), 1), most) if found else 1


def _places(cell: _Cell) -> list[tuple[int, int]]:
    return [
        (row, column)
        for row in range(cell.row, cell.row + cell.height)
        for column in range(cell.column, cell.column + cell.width)
    ]


def _spread(cells: Sequence[_Cell], height: int, width: int) -> tuple[list[list[str]], list[list[str]]]:
    """The grid with each cell in all of its places, and with each in its first place only."""
    spread = [[""] * width for _ in range(height)]
    first = [[""] * width for _ in range(height)]
    for cell in cells:
        for row, column in _places(cell):
            spread[row][column] = spread[row][column] or cell.text
        before = first[cell.row][cell.column]
        first[cell.row][cell.column] = f"{before} {cell.text}".strip()
    return spread, first


def _header_rows(rows: Sequence[Element], cells: Sequence[_Cell], height: int) -> int:
    """The leading rows of headers: in a `thead`, of `th` only, or set apart by what they hold; spans included."""
    in_rows = _by_row(cells, height)
    marked = sum(1 for _ in takewhile(_is_in_head, rows))
    headed = sum(1 for _ in takewhile(lambda row: row and all(cell.is_header for cell in row), in_rows))
    leading = max(marked, headed) or int(_is_set_apart(rows[0], in_rows))
    return max((cell.row + cell.height for cell in cells if cell.row < leading), default=0) if leading else 0


def _by_row(cells: Sequence[_Cell], height: int) -> list[list[_Cell]]:
    return [[cell for cell in cells if cell.row == row] for row in range(height)]


def _is_set_apart(first: Element, in_rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether an unmarked first row heads the others: all in bold, or without quantities above rows with some."""
    filled = [cell for cell in first.iterdescendants(*CELLS) if text_of(cell)]
    return (bool(filled) and all(_is_bold(cell) for cell in filled)) or _heads_quantities(in_rows)


def _heads_quantities(in_rows: Sequence[Sequence[_Cell]]) -> bool:
    """Whether a first row without quantities stands above rows with some."""
    below = [cell for row in in_rows[1:] for cell in row]
    return not any(map(_is_quantity, in_rows[0])) and any(map(_is_quantity, below))


def _is_in_head(row: Element) -> bool:
    holder = row.getparent()
    return holder is not None and holder.tag == "thead"


def _is_bold(cell: Element) -> bool:
    bold = "".join(text_of(part) for part in cell.iterdescendants(*_EMPHASIS))
    return bold == text_of(cell)


def _header_columns(cells: Sequence[_Cell], spread: list[list[str]], body: Sequence[int], width: int) -> int:
    """The leading columns of headers: of `th` only, or without quantities before a column with some."""
    marked = {place for cell in cells if cell.is_header for place in _places(cell)}
    headed = sum(1 for _ in takewhile(lambda column: all((row, column) in marked for row in body), range(width)))
    if headed:
        return min(headed, width - 1)
    plain = takewhile(lambda column: not any(_is_number(spread[row][column]) for row in body), range(width))
    unmarked = sum(1 for _ in plain)
    return unmarked if unmarked < width else 0


def _is_quantity(cell: _Cell) -> bool:
    return _is_number(cell.text)


def _is_number(text: str) -> bool:
    """Whether a cell is a number with at most its unit; a year names something, it counts nothing."""
    return _QUANTITY.fullmatch(text) is not None and _YEAR.fullmatch(text) is None
