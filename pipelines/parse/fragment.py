"""A piece of HTML, such as the text of an answer in an XML or JSON file, as plain text with its tables."""

import re
from html import unescape

from pipelines.parse.markup import visible
from pipelines.parse.passage import Passage, passage
from pipelines.parse.text import clean, join_paragraphs
from schemas.figure import Section

_BREAK = re.compile(r"<br\s{0,9}/?>", re.IGNORECASE)
_OTHER_TAG = re.compile(r"<(?!br\s{0,9}/?>)|[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]", re.IGNORECASE)


def read_fragment(html: str, section: Section) -> Passage:
    """The visible text of a fragment, paragraphs separated by a line break, and the tables that stand in it.

    Comments (`<!-- DEBTAB -->`) are no text, entities are characters, and a line break of the source is a blank, as in
    any HTML. The text is None when nothing is visible.

    Raises:
        ParseError: `unreadable_markup`.
    """
    if not _OTHER_TAG.search(html):  # most texts have no other: five times as quick
        return join_paragraphs(line for each in _BREAK.split(html) if (line := clean(unescape(each)))), ()
    page = visible(html)
    return passage(page, 0, len(page.lines), section)
