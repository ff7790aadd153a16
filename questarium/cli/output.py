"""How the command line speaks: JSON for programs, tables for people, plain sentences on standard error."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson
from pydantic import BaseModel
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from pipelines.search.language.phrases import Language
from schemas.search import QueryWarning

_WIDTH = 160  # columns, where nobody looks on: a file or a pipe
out = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else _WIDTH)
err = Console(stderr=True, highlight=False, markup=False, emoji=False, width=None if sys.stderr.isatty() else _WIDTH)


def print_json(value: object) -> None:
    """One JSON document on standard output."""
    sys.stdout.write(
        orjson.dumps(value, default=_plain, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode() + "\n"
    )


def print_json_with(others: Mapping[str, Any], name: str, items: Iterable[BaseModel]) -> None:
    """One JSON document whose list `name` stands last, one item a line, written as they come: in constant memory."""
    head = orjson.dumps(others, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode()
    sys.stdout.write(f'{head.removesuffix("}").rstrip()},\n  "{name}": [')
    for place, item in enumerate(items):
        line = orjson.dumps(item.model_dump(mode="json")).decode()
        sys.stdout.write(f"{',' if place else ''}\n    {line}")
    sys.stdout.write("\n  ]\n}\n")


def print_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table; numbers are set to the right, None is shown as a dash; ids that begin a line are not parted."""
    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    cells = [tuple(row) for row in rows]
    ids = not any(" " in str(row[0]) for row in cells)
    for place, column in enumerate(columns):
        numeric = any(isinstance(row[place], int | float) for row in cells)
        table.add_column(column, justify="right" if numeric else "left", no_wrap=place == 0 and ids, overflow="fold")
    for row in cells:
        table.add_row(*("–" if cell is None else str(cell) for cell in row))
    out.print(table)


def say(message: str) -> None:
    """One line for a person, on standard error so that it never mixes with results."""
    err.print(message, soft_wrap=True)


def say_warnings(warnings: Iterable[QueryWarning], language: Language = Language.EN) -> None:
    """What was odd in a query, each with its place, on standard error."""
    for warning in warnings:
        say(f"{warning.start + 1}: {warning.message_fr if language is Language.FR else warning.message}")


def _plain(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    raise TypeError(f"{type(value).__name__} is no JSON value")
