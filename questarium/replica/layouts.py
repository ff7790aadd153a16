"""The page of a question in each HTML layout that the Assemblée has served.

*Reconstructed*: no raw page was at hand. The tags are those that public parsers select, the labels those of real pages'
visible texts; what stands around them (head, menu, footer) is ours.
"""

from enum import StrEnum

from questarium.replica import bodies
from questarium.replica.printing import (
    PROCEDURES,
    Printed,
    date_lines,
    dyn_date_lines,
    in_words,
    surname_first,
)
from questarium.replica.rendering import render
from schemas.figure import Section
from schemas.question import EventKind


class Layout(StrEnum):
    """A layout, and the terms whose pages have had it."""

    TABLE = "table"  # A: 8 to 13, as served later
    TAGS = "tags"  # A′: 12 and 13, before about 2010
    SPANS = "spans"  # B: 13, from 2010 to 2012
    SECTIONS = "sections"  # C: 14 and 15
    DYN = "dyn"  # D: 16 and 17, and older addresses redirected to it


_ENCODINGS = {Layout.TABLE: "cp1252", Layout.TAGS: "cp1252", Layout.SPANS: "cp1252"}
"""The encoding of a layout's pages, UTF-8 where none is said; the old ones declare ISO-8859-1."""


def question_page(question: Printed, layout: Layout = Layout.SECTIONS) -> bytes:
    """The page of one question in that layout, in the layout's encoding."""
    page = render(f"layout_{layout}.html", **_values(question, layout))
    return page.encode(_ENCODINGS.get(layout, "utf-8"), "xmlcharrefreplace")


def media_type(layout: Layout) -> str:
    """What the site declares for pages of that layout."""
    return "text/html; charset=utf-8" if layout not in _ENCODINGS else "text/html"


def _values(question: Printed, layout: Layout) -> dict[str, object]:
    """What the templates print; texts are HTML already."""
    inner = {section: [table for table in question.tables if table.section == section] for section in Section}
    write = bodies.in_lines if layout in (Layout.TABLE, Layout.TAGS, Layout.SPANS) else bodies.in_paragraphs
    answer = bodies.in_lines if layout == Layout.SECTIONS else write
    lapse = next((event for event in question.events if event.kind == EventKind.LAPSED), None)
    return {
        "q": question,
        "procedure": PROCEDURES[question.key.type],
        "dates": dyn_date_lines(question) if layout == Layout.DYN else date_lines(question),
        "surname_first": surname_first(question.author) if question.author else None,
        "answered": next((in_words(event.date) for event in question.events if event.kind == EventKind.ANSWERED), None),
        "closed": (in_words(lapse.date), lapse.reason) if lapse else None,
        "question": write(question.question, inner[Section.QUESTION]),
        "answer": answer(question.answer, inner[Section.ANSWER]),
    }
