"""Answers of the synthetic corpus that hold a table: one in twenty, drawn like the figures of its prose."""

from random import Random

from questarium.replica.prose import spaced
from schemas.figure import Section
from schemas.text_table import TextTable

_SHARE = 0.05
_LEAD = "Les données dont dispose le ministère figurent dans le tableau suivant :"
_COLUMNS = (("Dossiers reçus", 800, 40_000), ("Dossiers traités", 500, 30_000), ("Agents", 12, 900))
_YEARS = 3

Answer = tuple[str, tuple[TextTable, ...]]
"""The text of an answer, and the tables in it."""


def perhaps_tabled(text: str, year: int, draw: Random) -> Answer:
    """The answer as it is, or with a table of the three years before `year` as its last paragraph but one."""
    if draw.random() >= _SHARE:
        return text, ()
    first, _, last = text.rpartition("\n")
    before = "\n".join(part for part in (first, _LEAD) if part)
    rows = _rows(year, draw)
    drawn = "\n".join(" | ".join(row) for row in rows)
    start = len(before) + 1
    table = TextTable(
        section=Section.ANSWER,
        start=start,
        end=start + len(drawn),
        header_rows=1,
        header_columns=1,
        rows=rows,
    )
    return f"{before}\n{drawn}\n{last}", (table,)


def _rows(year: int, draw: Random) -> tuple[tuple[str, ...], ...]:
    columns = _COLUMNS[: draw.randint(1, len(_COLUMNS))]
    head = ("Année", *(name for name, _, _ in columns))
    body = [
        (str(year - back), *(spaced(draw.randint(low, high)) for _, low, high in columns))
        for back in range(_YEARS, 0, -1)
    ]
    return (head, *body)
