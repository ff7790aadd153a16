"""CSV as RFC 4180 has it, safe to open in a spreadsheet: no cell of text is taken for a formula.

A text that begins with one of `= + - @`, a tab, a carriage return or a NUL gets an apostrophe before it (OWASP ASVS
1.2.10). Reading back, take one apostrophe off where one of these follows it. The cells are joined here because the
standard library's writer looks at long texts letter by letter, which halves the speed of an export.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TextIO

_FORMULA: Final = frozenset("=+-@\t\r\0")
_ENDING: Final = "\r\n"


def write_csv(target: TextIO, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a header and the rows; returns how many rows there were."""
    target.write(",".join(map(_cell, columns)) + _ENDING)
    written = 0
    for row in rows:
        target.write(",".join(map(_cell, row)) + _ENDING)
        written += 1
    return written


def _cell(value: Any) -> str:
    """The value as a cell that no spreadsheet computes; None is an empty cell."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return str(value)
    text = f"'{value}" if value[:1] in _FORMULA else value
    if '"' in text:
        return '"' + text.replace('"', '""') + '"'
    return f'"{text}"' if "," in text or "\n" in text or "\r" in text else text
