"""Tables that stand inside the texts of questions and answers."""

from schemas.figure import Section
from schemas.record import Record


class TextTable(Record):
    """One table of a text, as a grid and as the lines it makes in that text.

    `start` and `end` are offsets in Unicode code points into the text, end exclusive: there the table stands with one
    line a row and its cells joined by ` | `, so that reading and searching the text meet every word once. `rows` is the
    grid: as many cells in each row, a cell that spans several rows or columns repeated in each of its places. In the
    text such a cell stands in its first place only, and its other places are empty. A bar or a line break inside a
    cell is a `¦` or a blank, so the bars of a line always separate cells.

    `header_rows` and `header_columns` count the leading rows and columns that name the others: as marked up, or, where
    the markup does not say, those without quantities before those with some.
    """

    section: Section
    start: int
    end: int
    header_rows: int
    header_columns: int
    rows: tuple[tuple[str, ...], ...]
