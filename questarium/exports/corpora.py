"""Corpora for textometry: IRaMuTeQ (one file with starred lines) and TXM (a text per question and a table)."""

import csv
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, TextIO

from questarium.exports.rows import Row

_NOT_IN_A_NAME = re.compile(r"(?:\W|_)+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_VARIABLES: Final[dict[str, str]] = {
    "id": "id",
    "legislature": "term",
    "type": "type",
    "groupe": "group",
    "auteur": "author",
    "ministere": "ministry_assigned",
    "rubrique": "rubric",
    "annee": "year",
    "statut": "status",
}
_UNKNOWN: Final = "inconnu"


def write_iramuteq(target: TextIO, rows: Iterable[Row], texts: tuple[str, ...]) -> int:
    """Write each question as one line of starred variables and one line of text; returns how many there were.

    A star in a text would begin a variable, so it becomes a space; so do line breaks (IRaMuTeQ, "Formatage du corpus").
    """
    written = 0
    for row in rows:
        target.write(f"**** {' '.join(f'*{name}_{value}' for name, value in _starred(row))}\n")
        target.write(_on_one_line(_joined(row, texts, " ").replace("*", " ")) + "\n\n")
        written += 1
    return written


def write_txm(folder: Path, rows: Iterable[Row], texts: tuple[str, ...]) -> int:
    """Write `ID.txt` for each question and `metadata.csv`; returns how many there were.

    The table's first column is `id`, its names are without accents (TXM manual, "Import TXT + CSV").
    """
    folder.mkdir(parents=True, exist_ok=True)
    written = 0
    with (folder / "metadata.csv").open("w", encoding="utf-8", newline="") as table:
        writer = csv.writer(table, quoting=csv.QUOTE_ALL)
        writer.writerow(list(_VARIABLES))
        for row in rows:
            writer.writerow([_on_one_line(str(_value(row, column) or "")) for column in _VARIABLES.values()])
            (folder / f"{row['id']}.txt").write_text(_joined(row, texts, "\n\n"), encoding="utf-8")
            written += 1
    return written


def _starred(row: Row) -> Iterator[tuple[str, str]]:
    for name, column in _VARIABLES.items():
        yield name, _as_a_name(str(_value(row, column) or ""))


@lru_cache(maxsize=1 << 14)
def _as_a_name(text: str) -> str:
    return _NOT_IN_A_NAME.sub("-", text).strip("-") or _UNKNOWN


def _on_one_line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _value(row: Row, column: str) -> object:
    if column == "year":
        return row["published_date"].year if row["published_date"] else None
    return row[column]


def _joined(row: Row, texts: tuple[str, ...], joint: str) -> str:
    return joint.join(row[name] for name in texts if row[name])
