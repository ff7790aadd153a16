"""A piece of HTML, such as the text of an answer in an XML or JSON file, as plain text with its tables."""

from pipelines.parse.markup import visible
from pipelines.parse.passage import Passage, passage
from schemas.figure import Section


def read_fragment(html: str, section: Section) -> Passage:
    """The visible text of a fragment, paragraphs separated by a line break, and the tables that stand in it.

    Comments (`<!-- DEBTAB -->`) are no text, entities are characters, and a line break of the source is a blank, as in
    any HTML. The text is None when nothing is visible.

    Raises:
        ParseError: `unreadable_markup`.
    """
    page = visible(html)
    return passage(page, 0, len(page.lines), section)
