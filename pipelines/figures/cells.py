"""Cells: the figures of a table inside a text, with the headers of their row and column.

A cell that is a bare number takes its unit from the headers: "(en millions d'euros)", "Taux (%)". Cells of headers are
names, and so are the cells under a header such as "Année" or "Code".
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from pipelines.figures.changes import mark_changes
from pipelines.figures.compounds import join_compounds
from pipelines.figures.denominator import mark_denominators
from pipelines.figures.exclusions import drop_excluded
from pipelines.figures.figure import as_figure
from pipelines.figures.mention import MONEY, PERCENTAGE, Mention, Sentence
from pipelines.figures.numbers import read_numbers
from pipelines.figures.qualifiers import mark_approximations
from pipelines.figures.ranges import is_year_written, join_ranges
from pipelines.figures.ratios import read_ratios
from pipelines.figures.units import Unit, attach_units, unit_at
from pipelines.figures.vocabulary import exclusions, numbers
from schemas.figure import Figure, Section
from schemas.text_table import TextTable

_BAR = "|"


class _Cell(NamedTuple):
    """A cell of the body: its place in the text and the headers over and beside it."""

    start: int
    end: int
    column: int
    row_header: str | None
    column_header: str | None


def table_figures(text: str, table: TextTable, section: Section | None) -> list[Figure]:
    """The figures of a table, in the order of the text."""
    cells = list(_cells(text, table))
    named = _named_columns(text, cells)
    return [
        figure for cell in cells if cell.column not in named for figure in _cell_figures(text, table, cell, section)
    ]


def _cells(text: str, table: TextTable) -> Iterator[_Cell]:
    """The cells of the body that stand in the text, by the lines and bars of the table's rendering."""
    at = table.start
    for row, line in enumerate(text[table.start : table.end].split("\n")):
        if row < len(table.rows):
            start = at
            for column, cell in enumerate(line.split(_BAR)):
                if row >= table.header_rows and table.header_columns <= column < len(table.rows[row]):
                    yield _Cell(
                        start, start + len(cell), column, _row_header(table, row), _column_header(table, column)
                    )
                start += len(cell) + 1
        at += len(line) + 1


def _row_header(table: TextTable, row: int) -> str | None:
    return _joined(table.rows[row][: table.header_columns])


def _column_header(table: TextTable, column: int) -> str | None:
    return _joined([cells[column] for cells in table.rows[: table.header_rows]])


def _joined(parts: tuple[str, ...] | list[str]) -> str | None:
    """The distinct headers of one row or column, outermost first."""
    said = list(dict.fromkeys(part.strip() for part in parts if part.strip()))
    return " / ".join(said) or None


def _named_columns(text: str, cells: list[_Cell]) -> frozenset[int]:
    """The columns whose cells are names: years, codes, article numbers."""
    named: set[int] = set()
    for column in {cell.column for cell in cells}:
        written = [text[cell.start : cell.end].strip() for cell in cells if cell.column == column]
        header = next((cell.column_header for cell in cells if cell.column == column), None) or ""
        first = Sentence.read(header, 0, len(header)).folds[0]
        years = [word for word in written if word]
        if first in exclusions().naming_headers or (years and all(map(is_year_written, years))):
            named.add(column)
    return frozenset(named)


def _cell_figures(text: str, table: TextTable, cell: _Cell, section: Section | None) -> Iterator[Figure]:
    sentence = Sentence.read(text, cell.start, cell.end)
    mentions = join_compounds(sentence, attach_units(sentence, read_numbers(sentence)))
    mentions = join_ranges(sentence, read_ratios(sentence, mentions))
    if not _is_whole(sentence, mentions):
        mentions = drop_excluded(sentence, mentions)
    elif mentions[0].is_bare:
        _take_header_unit(mentions[0], cell, table)
    mentions = mark_denominators(sentence, mark_changes(sentence, mark_approximations(sentence, mentions)))
    written = text[cell.start : cell.end].strip()
    for mention in mentions:
        mention.subject = mention.subject or _subject(cell)
        figure = as_figure(sentence, replace(mention, rule=f"cell:{mention.rule}"), written, section)
        yield figure.model_copy(update={"row_header": cell.row_header, "column_header": cell.column_header})


def _is_whole(sentence: Sentence, mentions: list[Mention]) -> bool:
    """Whether the cell is one number and nothing else but a sign."""
    if len(mentions) != 1 or is_year_written(sentence.text[sentence.start : sentence.end].strip()):
        return False
    rest = [*range(mentions[0].first), *range(mentions[0].end, sentence.size)]
    return not any(sentence.words[at][:1].isalnum() for at in rest)


def _take_header_unit(mention: Mention, cell: _Cell, table: TextTable) -> None:
    corner = table.rows[0][0] if table.header_rows and table.header_columns else None
    for header in (cell.column_header, cell.row_header, corner):
        found = header_unit(header) if header else None
        if found is not None:
            unit, scale = found
            factor = scale * (unit.factor if unit is not None else 1.0)
            mention.value *= factor
            mention.high = None if mention.high is None else mention.high * factor
            if unit is not None:
                mention.kind, mention.unit, mention.factor = unit.kind, unit.code, unit.factor
            mention.rule += "+header"
            return


@cache
def header_unit(header: str) -> tuple[Unit | None, float] | None:
    """The unit and the scale a header gives its cells: "Coût (en millions d'euros)", "Taux (%)", "en milliers"."""
    sentence = Sentence.read(header, 0, len(header))
    for at in range(sentence.size):
        led = at == 0 or sentence.folds[at - 1] in ("en", "(", "/", ":", ",", "[")
        scale = _scale(sentence.folds[at]) if led else None
        if scale is not None:
            following = at + 2 if sentence.keys[at + 1] == "de" else at + 1
            return unit_at(sentence, following), scale
        unit = unit_at(sentence, at)
        if unit is not None and _is_unit_of_cells(sentence, at, unit, led=led):
            return unit, 1.0
    return None


def _scale(word: str) -> float | None:
    return numbers().scales.get(word) or {"milliers": 1000.0, "centaines": 100.0}.get(word)


def _is_unit_of_cells(sentence: Sentence, at: int, unit: Unit, *, led: bool) -> bool:
    """Signs and amounts anywhere; a word such as "jours" in brackets, after "en" or at the end."""
    ends = unit.end >= sentence.size or sentence.words[unit.end] in (")", "]", "/", ",", ":")
    sign = not sentence.is_word(at) or unit.kind in (MONEY, PERCENTAGE)
    return ends and (led or sign)


def _subject(cell: _Cell) -> str | None:
    """What the headers say, years and bare numbers left out."""
    headers = (cell.column_header, cell.row_header)
    said = [header for header in headers if header and any(char.isalpha() for char in header)]
    return ", ".join(said) or None
