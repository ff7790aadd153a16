"""Fragments of HTML: their text, and the tables that stand in it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.parse.fragment import read_fragment
from schemas.figure import Section
from schemas.text_table import TextTable


def text_of(html: str) -> str | None:
    return read_fragment(html, Section.ANSWER)[0]


def tables_of(html: str) -> tuple[TextTable, ...]:
    return read_fragment(html, Section.ANSWER)[1]


def table(html: str) -> TextTable:
    (only,) = tables_of(html)
    return only


class TestText:
    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("", None),
            ("<!-- DEBTAB -->", None),
            ("Une ligne\nsur deux", "Une ligne sur deux"),
            ("<p>Un</p><p>Deux</p>", "Un\nDeux"),
            ("Un<br>deux</br>trois<br/>quatre", "Un\ndeux\ntrois\nquatre"),
            ("c&#339;ur &amp; santé&nbsp;: 5&nbsp;%", "cœur & santé\u00a0: 5\u00a0%"),
            ("</p>commence mal", "commence mal"),
        ],
    )
    def test_is_what_a_reader_sees(self, html: str, text: str | None) -> None:
        assert text_of(html) == text


class TestTables:
    def test_stand_in_the_text(self) -> None:
        text, (found,) = read_fragment(
            "<p>Avant.</p><table><tr><th>An</th><th>Total</th></tr><tr><td>2018</td><td>1&nbsp;200</td></tr></table>"
            "<p>Après.</p>",
            Section.ANSWER,
        )
        assert text == "Avant.\nAn | Total\n2018 | 1\u00a0200\nAprès."
        assert text[found.start : found.end] == "An | Total\n2018 | 1\u00a0200"
        assert found.rows == (("An", "Total"), ("2018", "1\u00a0200"))
        assert found.section == Section.ANSWER

    def test_spans_are_repeated_in_the_grid_and_stand_once_in_the_text(self) -> None:
        html = (
            '<!-- DEBTAB --><table><tr><th rowspan=2">Type</th><th colspan="2">Nombre</th></tr>'
            "<tr><th>2012</th><th>2013</th></tr><tr><td>Bac</td><td>10</td><td>12</td></tr></table><!-- FINTAB -->"
        )
        assert table(html).rows == (("Type", "Nombre", "Nombre"), ("Type", "2012", "2013"), ("Bac", "10", "12"))
        assert text_of(html) == "Type | Nombre |\n| 2012 | 2013\nBac | 10 | 12"

    @pytest.mark.parametrize(
        ("span", "second"),
        [("0", ("c", "")), ("-1", ("c", "")), ("x", ("c", "")), ("", ("c", "")), ("99999999999", ("a", "c"))],
    )
    def test_an_odd_span_stays_in_its_table(self, span: str, second: tuple[str, str]) -> None:
        html = f'<table><tr><td rowspan="{span}">a</td><td>b</td></tr><tr><td>c</td></tr></table>'
        assert table(html).rows == (("a", "b"), second)

    def test_a_false_span_makes_no_giant(self) -> None:
        html = '<table><tr><td colspan="99999" rowspan="99999">a</td></tr>' + "<tr><td>b</td></tr>" * 5 + "</table>"
        assert max(len(row) for row in table(html).rows) <= 64

    def test_breaks_and_bars_in_a_cell_separate_nothing(self) -> None:
        html = "<table><tr><td>un<br>deux</td><td>a|b</td></tr><tr><td><p>x</p><p>y</p></td><td></td></tr></table>"
        assert table(html).rows == (("un deux", "a¦b"), ("x y", ""))
        assert text_of(html) == "un deux | a¦b\nx y |"

    def test_empty_rows_are_left_out(self) -> None:
        html = "<table><tr><td>a</td><td>b</td></tr><tr><td> </td><td></td></tr><tr><td>c</td><td>d</td></tr></table>"
        assert table(html).rows == (("a", "b"), ("c", "d"))

    @pytest.mark.parametrize(
        "html",
        [
            "<table><tr><td>seule</td></tr></table>",
            "<table><tr><td>un</td></tr><tr><td>deux</td></tr></table>",
            "<table></table>",
            "<table><tr><td></td><td></td></tr></table>",
            "<table><tr>hors cellule<td>a</td><td>b</td></tr></table>",
        ],
    )
    def test_a_frame_or_a_list_is_no_table(self, html: str) -> None:
        assert tables_of(html) == ()

    def test_a_table_in_a_frame_is_one(self) -> None:
        html = "<table><tr><td>Texte <table><tr><td>a</td><td>b</td></tr></table> suite</td></tr></table>"
        text, (found,) = read_fragment(html, Section.QUESTION)
        assert text == "Texte\na | b\nsuite"
        assert text[found.start : found.end] == "a | b"

    def test_nothing_outside_of_the_rows_is_lost(self) -> None:
        html = "<table><caption>Effectifs</caption><tr><td>a</td><td>1</td></tr><p>Suite du texte.</p>"
        assert text_of(html) == "Effectifs\na | 1\nSuite du texte."

    def test_each_has_its_place(self) -> None:
        text, tables = read_fragment("<table><tr><td>a<td>b</table>et<table><tr><td>c<td>d</table>", Section.ANSWER)
        assert text is not None
        assert [text[each.start : each.end] for each in tables] == ["a | b", "c | d"]


class TestHeaders:
    @pytest.mark.parametrize(
        ("rows", "headers"),
        [
            ("<tr><th>a<th>b<tr><td>c<td>1", (1, 1)),
            ("<thead><tr><td>a<td>b</thead><tbody><tr><td>c<td>d</tbody>", (1, 0)),
            ("<tr><td><b>a</b><td><b>b</b><tr><td>c<td>d", (1, 0)),
            ("<tr><td>Année<td>2012<td>2013<tr><td>Agents<td>45<td>52", (1, 1)),
            ("<tr><td>Département<td>Part<tr><td>Ain<td>12 %<tr><td>Aisne<td>7,5 %", (1, 1)),
            ("<tr><td rowspan=2>Type<td colspan=2>Nombre<tr><td>2012<td>2013<tr><td>Bac<td>1<td>2", (2, 1)),
            ("<tr><th>Ain<td>12<tr><th>Aisne<td>7", (0, 1)),
            ("<tr><td>a<td>b<tr><td>c<td>d", (0, 0)),
            ("<tr><td>1<td>2<tr><td>3<td>4", (0, 0)),
            ("<tr><th>a<th>b", (0, 1)),
        ],
    )
    def test_rows_and_columns(self, rows: str, headers: tuple[int, int]) -> None:
        found = table(f"<table>{rows}</table>")
        assert (found.header_rows, found.header_columns) == headers


_CELLS = st.text(st.characters(codec="utf-8", exclude_characters="<>&|¦\0", exclude_categories=["C"]), max_size=8)


@settings(deadline=None)
@given(st.lists(st.lists(_CELLS, min_size=2, max_size=4), min_size=1, max_size=5))
def test_the_lines_are_the_rows(cells: list[list[str]]) -> None:
    """Whatever the cells hold: the text's lines, split at the bars, are the rows of the grid."""
    html = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in cells)
    text, tables = read_fragment(f"<table>{html}</table>", Section.ANSWER)
    for found in tables:
        assert text is not None
        lines = text[found.start : found.end].split("\n")
        assert [[cell.strip(" ") for cell in line.split("|")] for line in lines] == [list(row) for row in found.rows]


@pytest.mark.parametrize(
    "html",
    [
        "Une ligne",
        "Deux<br>lignes<br/>et &#339;uvre, c&oelig;ur, 5&nbsp;%",
        " <BR >\n<br />vide<br><br>",
        "un\nretour et   des blancs&#160;&#160;doubles",
        "&lt;b&gt; 3 &amp;amp; 4 &amp; 5 &unknown; &",
        "Ã©t\u00e9 encod\u00e9 deux fois",
        "",
    ],
)
def test_a_text_without_other_tags_reads_as_any_other(html: str) -> None:
    text, _ = read_fragment(html, Section.ANSWER)
    assert (text, ()) == read_fragment(f"{html}<i></i>", Section.ANSWER)
