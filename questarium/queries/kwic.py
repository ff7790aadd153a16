"""Key word in context: a line for every occurrence in every hit."""

from collections.abc import Iterator
from datetime import date

from pipelines.search.concordance import concordance
from questarium.queries.asked import Asked, texts_of
from schemas.record import Record
from schemas.search import Sort


class KwicLine(Record):
    """One occurrence: where it is, and the words around it, each part on one line.

    `start` is the offset of the node in its text, in Unicode code points.
    """

    left: str
    node: str
    right: str
    id: str
    date: date | None  # of publication
    field: str  # title, question or answer
    start: int
    ministry: str | None
    author: str | None


def kwic(asked: Asked, *, left: int, right: int, sort: Sort) -> Iterator[KwicLine]:
    """Every occurrence, in the order of the hits, then of the texts; `left` and `right` are numbers of words."""
    for shown in asked.shown(sort):
        for line in concordance(texts_of(shown), asked.reading.marks, left=left, right=right):
            yield KwicLine(
                left=line.left,
                node=line.node,
                right=line.right,
                id=shown.id,
                date=shown.published_date,
                field=line.section,
                start=line.start,
                ministry=shown.ministry,
                author=shown.author,
            )
