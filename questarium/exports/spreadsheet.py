"""XLSX for people who work in a spreadsheet: one sheet with all columns, one that says what it is.

Texts are written as texts, so none is computed. A cell holds 32,767 characters at the most (Excel's specification):
a longer text goes on in further columns, so that nothing is lost.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from questarium.exports.rows import COLUMNS, TEXTS, Row

_CELL: Final = 32_767  # characters
_ROWS: Final = 1_048_575  # below the header
_PARTS: Final = 4  # columns of one text; the longest answers have about 60,000 characters
_CREATED: Final = datetime(2000, 1, 1, tzinfo=UTC)  # the same export is the same bytes; a date would be ignored
_OPTIONS: Final = {"constant_memory": True, "strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}


def write_xlsx(path: Path, rows: Iterable[Row], about: dict[str, str]) -> int:
    """Write the rows and what they are; returns how many there were, raises ValueError beyond what a sheet holds."""
    with xlsxwriter.Workbook(path, _OPTIONS) as book:
        book.set_properties({"created": _CREATED})
        _write_rows(book.add_worksheet("about"), about.items())
        sheet = book.add_worksheet("questions")
        return _write_rows(sheet, _with_header(rows)) - 1


def _with_header(rows: Iterable[Row]) -> Iterable[Sequence[Any]]:
    yield [name for column in COLUMNS for name in _named(column)]
    for row in rows:
        yield [part for column in COLUMNS for part in _parts(column, row[column])]


def _named(column: str) -> list[str]:
    return [column, *(f"{column}_{part}" for part in range(2, _PARTS + 1))] if column in TEXTS else [column]


def _parts(column: str, value: Any) -> list[Any]:
    if column not in TEXTS:
        return [value]
    text = value or ""
    if len(text) > _CELL * _PARTS:
        raise ValueError(f"a text of {len(text)} characters does not fit into {_PARTS} cells: export CSV instead")
    return [text[at * _CELL : (at + 1) * _CELL] or None for at in range(_PARTS)]


def _write_rows(sheet: Worksheet, rows: Iterable[Sequence[Any]]) -> int:
    written = 0
    for row in rows:
        if written > _ROWS:
            raise ValueError(f"a sheet holds {_ROWS} rows: export CSV instead")
        for place, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(written, place, value)
            elif isinstance(value, date):
                sheet.write_datetime(written, place, value)
            elif value is not None:
                sheet.write_number(written, place, value)
        written += 1
    return written
