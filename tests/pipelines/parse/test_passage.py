"""Passages put together: every table still stands where it says."""

from pipelines.parse.fragment import read_fragment
from pipelines.parse.passage import joined
from schemas.figure import Section

TABLE = "<table><tr><td>écluse</td><td>{0}</td></tr><tr><td>vanne</td><td>{1}</td></tr></table>"
FIRST = read_fragment("<p>Le canal.</p>" + TABLE.format(1, 2), Section.ANSWER)
SECOND = read_fragment("<p>La rivière, plus longue.</p>" + TABLE.format(3, 4) + "<p>Fin.</p>", Section.ANSWER)


def test_the_tables_of_each_passage_move_with_it() -> None:
    text, tables = joined([FIRST, (None, ()), SECOND])
    assert text == f"{FIRST[0]}\n{SECOND[0]}"
    assert [text[table.start : table.end] for table in tables] == [
        "écluse | 1\nvanne | 2",
        "écluse | 3\nvanne | 4",
    ]


def test_a_passage_before_which_nothing_stands_is_as_it_was() -> None:
    assert joined([(None, ()), SECOND]) == SECOND
    assert joined([]) == (None, ())
