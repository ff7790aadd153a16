"""Layout C of the Assemblée nationale as HTML (terms 14 and 15).

*Reconstructed* from the sections that public parsers select (`question_header`, `question_info`, `question_answer`): no
raw page was at hand. They are a hint: the block between them is cut out first, because that is three times quicker, and
the whole page is read when they are not there.
"""

import html as entities
import re

from pipelines.parse.draft import Draft
from pipelines.parse.headed import read_headed
from pipelines.parse.html_page import HtmlPage
from pipelines.parse.labelled import nearest_term
from pipelines.parse.markup import visible
from pipelines.parse.text import clean

_BLOCK_START = re.compile(r"<section\b[^>]{0,200}\bquestion_header\b", re.IGNORECASE)
_BLOCK_END = re.compile(r"</section\s{0,9}>", re.IGNORECASE)
_SECTION = re.compile(r"<section\b", re.IGNORECASE)
_OUTSIDE = re.compile(
    r"JO le\b|Question retir|Date de (?:changement|signal|renouv|retrait)|question_header\b", re.IGNORECASE
)
_INLINE = re.compile(r"</?(?:a|b|em|i|span|strong|sup)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_TERM_SEARCHED = 20_000  # characters before the block
_TERM_LINE = 1000  # characters of one line with its tags


def is_marked(page: HtmlPage) -> bool:
    """Whether the page has the sections of this layout."""
    return _BLOCK_START.search(page.source) is not None


def parse(page: HtmlPage) -> Draft:
    """Read a page; raises ParseError `unreadable_markup`."""
    block = _block(page)
    if block is not None:
        draft = read_headed(visible(page.source[block[0] : block[1]]), surname_first=False)
        if draft is not None:
            draft.term = draft.term or _term_before(page.source, block[0])
            return draft
    return read_headed(page.visible, surname_first=False) or Draft()


def _term_before(html: str, block: int) -> int | None:
    """The législature named last before the block, a line of its own on the page."""
    first = html.find("gislature", max(0, block - _TERM_SEARCHED), block)
    if first < 0:
        return None
    start = html.rfind(">", 0, max(0, first - _TERM_LINE)) + 1
    named = [piece for piece in _TAG.split(_INLINE.sub("", html[start:block])) if "gislature" in piece]
    return nearest_term([clean(entities.unescape(piece)) for piece in named])


def _block(page: HtmlPage) -> tuple[int, int] | None:
    """Where the content block begins and ends; None when its marks are missing, or labels stand outside of it."""
    html = page.source
    start = _BLOCK_START.search(html)
    answer = html.find("question_answer", start.end()) if start else -1
    end = _BLOCK_END.search(html, answer) if answer >= 0 else None
    if start is None or end is None:
        return None
    if not page.ends_after(end.end()) or _OUTSIDE.search(html, end.end()):
        return None
    if _SECTION.search(html, answer, end.start()):  # a section in the last one: this is not where it ends
        return None
    return start.start(), end.end()
