"""Tables that page texts write with bars."""

import pytest

from pipelines.parse.bar_tables import with_tables
from schemas.figure import Section


def test_rows_of_bars_are_a_table() -> None:
    text, (table,) = with_tables("Voici :\nAn | Agents\n2018 | 250\nFin.", Section.ANSWER)
    assert text == "Voici :\nAn | Agents\n2018 | 250\nFin."
    assert text[table.start : table.end] == "An | Agents\n2018 | 250"
    assert (table.rows, table.header_rows, table.header_columns) == ((("An", "Agents"), ("2018", "250")), 1, 1)


def test_bars_around_a_row_are_its_frame() -> None:
    text, (table,) = with_tables("| Ain | 12 |\n| Jura | |", Section.QUESTION)
    assert (text, table.rows) == ("Ain | 12\nJura |", (("Ain", "12"), ("Jura", "")))


def test_another_number_of_cells_is_another_table() -> None:
    _, tables = with_tables("a | b\nc | d\ne | f | g\nh | i | j", Section.ANSWER)
    assert [len(table.rows[0]) for table in tables] == [2, 3]


@pytest.mark.parametrize("text", [None, "Sans barre.", "Une barre | seule.\nPuis du texte.", "|"])
def test_any_other_text_stays_as_it_is(text: str | None) -> None:
    assert with_tables(text, Section.ANSWER) == (text, ())
