"""References for a bibliography: BibTeX and RIS, one entry a question."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO

from questarium.exports.rows import Row

_COMMANDS: Final = {"\\": r"\textbackslash ", "^": r"\^{}", "~": r"\~{}"}
_SPECIAL = re.compile(r"([\\{}$&#%_^~])")
_HOUSES: Final = {"fr-an": "Assemblée nationale", "fr-senat": "Sénat"}
_PROCEDURES: Final = {
    "QE": "question écrite",
    "QG": "question au Gouvernement",
    "QOSD": "question orale sans débat",
}


def write_bibtex(target: TextIO, rows: Iterable[Row]) -> int:
    """Write a `@misc` entry for each question; returns how many there were."""
    written = 0
    for row in rows:
        lines = "".join(f"  {name} = {{{_escaped(value)}}},\n" for name, value in _bibtex(row) if value)
        target.write(f"@misc{{{row['id']},\n{lines}}}\n\n")
        written += 1
    return written


def write_ris(target: TextIO, rows: Iterable[Row]) -> int:
    """Write a record of type GOVDOC for each question; returns how many there were."""
    written = 0
    for row in rows:
        fields = "".join(f"{tag}  - {_on_one_line(value)}\r\n" for tag, value in _ris(row) if value)
        target.write(f"TY  - GOVDOC\r\n{fields}ER  - \r\n\r\n")
        written += 1
    return written


def _bibtex(row: Row) -> Iterator[tuple[str, str | None]]:
    day = row["published_date"]
    yield "author", row["author"]
    yield "title", row["title"] or _described(row)
    yield "howpublished", _described(row)
    yield "year", day and str(day.year)
    yield "date", day and day.isoformat()
    yield "keywords", row["rubric"]
    yield "url", row["source_url"]


def _ris(row: Row) -> Iterator[tuple[str, str | None]]:
    day = row["published_date"]
    yield "ID", row["id"]
    yield "AU", row["author"]
    yield "TI", row["title"] or _described(row)
    yield "T2", _described(row)
    yield "PB", _HOUSES.get(row["parliament"], row["parliament"])
    yield "PY", day and str(day.year)
    yield "DA", day and f"{day:%Y/%m/%d}/"
    yield "KW", row["rubric"]
    yield "UR", row["source_url"]


def _described(row: Row) -> str:
    """Such as "Assemblée nationale, 15e législature, question écrite n° 12526"."""
    house = _HOUSES.get(row["parliament"], row["parliament"])
    return f"{house}, {row['term']}e législature, {_PROCEDURES.get(row['type'], row['type'])} n° {row['number']}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda special: _COMMANDS.get(special[1], "\\" + special[1]), _on_one_line(text))


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
