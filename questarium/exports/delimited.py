"""CSV as RFC 4180 has it, safe to open in a spreadsheet: no cell of text is taken for a formula.

A text that begins with one of `= + - @`, a tab, a carriage return or a NUL gets an apostrophe before it (OWASP ASVS
1.2.10). Reading back, take one apostrophe off where one of these follows it.
"""

import csv
from collections.abc import Iterable, Sequence
from typing import Any, Final, TextIO

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\0")
_ENDING: Final = "\r\n"


def write_csv(target: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a header and the rows; returns how many rows there were."""
    writer = csv.writer(target, lineterminator=_ENDING)
    writer.writerow(columns)
    written = 0
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
        written += 1
    return written


def safe_cell(value: Any) -> Any:
    """The value as a cell that no spreadsheet computes; None is an empty cell."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return "" if value is None else value
