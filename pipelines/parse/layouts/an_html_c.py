"""Layout C of the Assemblée nationale as HTML (terms 14 and 15).

Described in docs of public parsers by its sections (`question_header`, `question_info`, `question_answer`); no raw page
was at hand, so that **labels drive the reading** and the sections are a hint: the block between them is cut out first
because that is three times quicker, and the whole page is read when they are not there. Where a text ends is told by
the tree: the smallest element that holds the heading and something after it.
"""

import html as entities
import re

from bs4.element import Tag

from pipelines.parse.detect import AN_TEXT_A, AN_TEXT_C, layout_of, shows_capital_headings
from pipelines.parse.draft import Draft
from pipelines.parse.labelled import nearest_term, read_head
from pipelines.parse.labels import DATED, Field, read_label
from pipelines.parse.markup import VisiblePage, visible
from pipelines.parse.passage import Passage, passage
from pipelines.parse.refused import refusal
from pipelines.parse.sections import head_start, headings
from pipelines.parse.text import clean
from schemas.errors import ParseError
from schemas.figure import Section
from schemas.question import EventKind

_BLOCK_START = re.compile(r"<section\b[^>]{0,200}\bquestion_header\b", re.IGNORECASE)
_BLOCK_END = re.compile(r"</section\s{0,9}>", re.IGNORECASE)
_LABEL_OUTSIDE = re.compile(r"JO le\b|Question retir|Date de (?:changement|signal|renouv|retrait)", re.IGNORECASE)
_DOCUMENT = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_DOCUMENT_END = re.compile(r"</html\s{0,9}>", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:a|b|em|i|span|strong|sup)\b[^<>]{0,500}>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,500}>")
_TERM_SEARCHED = 20_000  # characters before the block


def parse(html: str) -> Draft:
    """Read a page.

    Raises:
        ParseError: `truncated`, `error_page`, `unknown_format`, `unreadable_markup`.
    """
    block = _block(html)
    if block is not None:
        draft = _read(visible(html[block[0] : block[1]]))
        if draft is not None:
            draft.term = draft.term or _term_before(html, block[0])
            return draft
    page = visible(html)
    layout = layout_of(page.lines)
    if layout not in (AN_TEXT_C, AN_TEXT_A) or shows_capital_headings(page.lines):
        raise _not_layout_c(page, layout, whole=_is_whole(html))
    if not _is_whole(html):
        raise ParseError("truncated", f"the page ends after {len(html)} characters without being closed")
    return _read(page) or Draft()


def _term_before(html: str, block: int) -> int | None:
    """The législature named last before the block, a line of its own on the page."""
    before = _INLINE.sub("", html[max(0, block - _TERM_SEARCHED) : block])
    named = [piece for piece in _TAG.split(before) if "gislature" in piece]
    return nearest_term([clean(entities.unescape(piece)) for piece in named])


def _not_layout_c(page: VisiblePage, layout: str | None, *, whole: bool) -> ParseError:
    if layout is not None:
        return ParseError("unknown_format", f"an HTML page in layout {layout}, which is read as page text only")
    refused = refusal([line for line in (page.title, *page.lines) if line])
    if refused.reason == "unknown_format" and not whole:
        return ParseError("truncated", "an HTML page that ends before its content")
    return refused


def _block(html: str) -> tuple[int, int] | None:
    """Where the content block begins and ends; None when its marks are missing, or labels stand outside of it."""
    start = _BLOCK_START.search(html)
    answer = html.find("question_answer", start.end()) if start else -1
    end = _BLOCK_END.search(html, answer) if answer >= 0 else None
    if start is None or end is None:
        return None
    if not _DOCUMENT_END.search(html, end.end()) or _LABEL_OUTSIDE.search(html, end.end()):
        return None
    return start.start(), end.end()


def _is_whole(html: str) -> bool:
    """Whether the page is closed: `</html>`, or, of a fragment, as many blocks closed as opened."""
    if _DOCUMENT.search(html):
        return _DOCUMENT_END.search(html) is not None
    lower = html.lower()
    return lower.rstrip().endswith(">") and all(
        lower.count(f"<{tag}") == lower.count(f"</{tag}") for tag in ("section", "div", "table")
    )


def _read(page: VisiblePage) -> Draft | None:
    """The draft of a page, or None when it has no head."""
    found = headings(page.lines)
    first_heading = min(found.values(), default=len(page.lines))
    start = head_start(page.lines[:first_heading])
    if start is None:
        return None
    draft = Draft()
    draft.term = nearest_term(page.lines[:start])
    end = first_heading if found else _head_end(page, start)
    read_head(page.lines[start:end], draft)
    (draft.question, asked), question_end = _text(page, found, Field.QUESTION_TEXT, start)
    (draft.answer, answered), answer_end = _text(page, found, Field.ANSWER_TEXT, start)
    draft.tables = [*asked, *answered]
    draft.question_withheld = Field.QUESTION_TEXT in found
    _read_after(page, draft, max(end, question_end, answer_end))
    _report_absent(draft)
    return draft


def _report_absent(draft: Draft) -> None:
    """What every page of this layout shows: its absence means that the layout has changed."""
    shown = {
        "author": draft.author,
        "ministry_asked": draft.ministry_asked,
        "rubric": draft.rubric,
        "events": draft.shows(EventKind.PUBLISHED),
    }
    for part, value in shown.items():
        if not value and not draft.is_bare():
            draft.report("missing_field", part, f"the page does not show its {part}, as every page of this layout does")


def _head_end(page: VisiblePage, start: int) -> int:
    """The end of a head that no text follows: the last line that begins with a known label."""
    labelled = [index for index, line in enumerate(page.lines) if index >= start and read_label(line)]
    return max(labelled, default=start) + 1


def _text(page: VisiblePage, found: dict[Field, int], which: Field, start: int) -> tuple[Passage, int]:
    """The text under a heading with its tables, and the line where it ends."""
    at = found.get(which)
    if at is None:
        return (None, ()), 0
    anchors = {start, *found.values()} - {at}
    following = min((anchor for anchor in anchors if anchor > at), default=len(page.lines))
    end = min(_end_of_holder(page, at, anchors), following)
    known = read_label(page.lines[at])
    before = [known.value] if known and known.value else []
    return passage(page, at + 1, end, Section(which), before), end


def _end_of_holder(page: VisiblePage, at: int, anchors: set[int]) -> int:
    """The end of the smallest element that holds the heading and either a line after it or another anchor."""
    element: Tag | None = page.elements[at]
    end = at + 1
    while element is not None:
        start, end = page.spans[id(element)]
        if end > at + 1 or any(start <= anchor < end for anchor in anchors):
            return end
        element = element.parent
    return end


def _read_after(page: VisiblePage, draft: Draft, end: int) -> None:
    """Dated labels that stand alone after the texts (a withdrawal can); the rest there is the site's footer."""
    rest = page.lines[end:]
    for index, line in enumerate(rest):
        known = read_label(line)
        if known and known.field in DATED:
            read_head([line, *rest[index + 1 : index + 2]] if not known.value else [line], draft)
