"""Texts with the tables that stand in them, as HTML: one block for each paragraph and each table."""

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import takewhile

from schemas.text_table import TextTable

# "18 000", "45 %": the blank is one that does not break.
_UNBROKEN = re.compile(r"(?<=\d) (?=\d{3}\b|%)")


def blocks(text: str | None, tables: Sequence[TextTable] = ()) -> list[str]:
    """The blocks of a text, escaped; a table is one block, `<table>…</table>`."""
    found: list[str] = []
    at = 0
    for table in tables:
        found += map(_escaped, paragraphs((text or "")[at : table.start]))
        found.append(_table((text or "")[table.start : table.end], table))
        at = table.end
    return [*found, *map(_escaped, paragraphs((text or "")[at:]))]


def in_paragraphs(text: str | None, tables: Sequence[TextTable] = ()) -> str:
    """Each paragraph in a `p`."""
    return "\n".join(block if _is_table(block) else f"<p>{block}</p>" for block in blocks(text, tables))


def in_lines(text: str | None, tables: Sequence[TextTable] = (), *, line_break: str = "<br />\n") -> str:
    """Paragraphs with breaks between them; a table needs none."""
    whole, before = "", "<table"
    for block in blocks(text, tables):
        whole += block if _is_table(before) or _is_table(block) else f"{line_break}{block}"
        before = block
    return whole


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, with the blanks that do not break in its numbers."""
    return [line for line in _UNBROKEN.sub("\N{NO-BREAK SPACE}", text).split("\n") if line]


def _escaped(text: str) -> str:
    return escape(_UNBROKEN.sub("\N{NO-BREAK SPACE}", text), quote=False)


def _is_table(block: str) -> bool:
    return block.startswith("<table")


def _table(lines: str, table: TextTable) -> str:
    shown = _shown(lines, table)
    rows = (
        "".join(_cell(table, shown, row, column) for column, cell in enumerate(cells) if cell is not None)
        for row, cells in enumerate(shown)
    )
    return "<table border='1'>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def _shown(lines: str, table: TextTable) -> list[list[str | None]]:
    """The cells in their first places; None where a cell spans on."""
    printed = [[cell.strip() for cell in line.split("|")] for line in lines.split("\n")]
    return [
        [text if text or not cell else None for text, cell in zip(row, cells, strict=True)]
        for row, cells in zip(printed, table.rows, strict=True)
    ]


def _cell(table: TextTable, shown: list[list[str | None]], row: int, column: int) -> str:
    """A cell with as many rows and columns as it spans."""
    right = _run(cell is None for cell in shown[row][column + 1 :])
    down = _run(line[column] is None for line in shown[row + 1 :])
    spans = (f' colspan="{right + 1}"' if right else "") + (f' rowspan="{down + 1}"' if down else "")
    name = "th" if row < table.header_rows or column < table.header_columns else "td"
    return f"<{name}{spans}>{_escaped(shown[row][column] or '')}</{name}>"


def _run(holds: Iterable[bool]) -> int:
    """How many hold from the first on."""
    return sum(1 for _ in takewhile(bool, holds))
