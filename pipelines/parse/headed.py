"""Pages whose texts are headed: a labelled head, then `Texte de la question`, `Texte de la réponse` (layouts A, B, C).

**Labels drive the reading**; tags are only asked where a text ends: with the smallest element that holds its heading
and something after it, or with the block beside it.
"""

from pipelines.parse.complete import report_absent
from pipelines.parse.draft import Draft
from pipelines.parse.elements import Element
from pipelines.parse.furniture import footer_start, is_furniture
from pipelines.parse.labelled import nearest_term, read_head
from pipelines.parse.labels import DATED, PLAIN, Field, read_label
from pipelines.parse.markup import VisiblePage
from pipelines.parse.passage import Passage, passage
from pipelines.parse.sections import head_start, headings
from pipelines.parse.several import refuse_several
from schemas.figure import Section

_BLOCKS = ("article", "blockquote", "div", "form", "section", "tr")
_AFTER = PLAIN | frozenset(DATED)


def read_headed(page: VisiblePage, *, surname_first: bool) -> Draft | None:
    """The draft of a page, or None when it has no head.

    Args:
        page: the visible lines.
        surname_first: how this layout prints names.

    Raises:
        ParseError: `several_questions`, `lines_left_out`.
    """
    refuse_several(page.lines)
    found = headings(page.lines)
    first_heading = min(found.values(), default=len(page.lines))
    start = head_start(page.lines[:first_heading])
    if start is None:
        return None
    page.begin_at(start)
    draft = Draft()
    draft.term = nearest_term(page.lines[:start])
    end = first_heading if found else _head_end(page, start)
    read_head(page.lines[start:end], draft, surname_first=surname_first)
    (draft.question, asked), question_end = _text(page, found, Field.QUESTION_TEXT, start)
    (draft.answer, answered), answer_end = _text(page, found, Field.ANSWER_TEXT, start)
    draft.tables = [*asked, *answered]
    draft.question_withheld = Field.QUESTION_TEXT in found
    _read_after(page, draft, max(end, question_end, answer_end))
    report_absent(draft)
    return draft


def _head_end(page: VisiblePage, start: int) -> int:
    """The end of a head that no text follows: the last line that begins with a known label."""
    labelled = [index for index, line in enumerate(page.lines) if index >= start and read_label(line)]
    return max(labelled, default=start) + 1


def _text(page: VisiblePage, found: dict[Field, int], which: Field, start: int) -> tuple[Passage, int]:
    """The text under a heading with its tables, and the line where it ends."""
    at = found.get(which)
    if at is None:
        return (None, ()), 0
    known = read_label(page.lines[at])
    before = [known.value] if known and known.value else []
    anchors = {start, *found.values()} - {at}
    following = min((anchor for anchor in anchors if anchor > at), default=len(page.lines))
    end = min(_end_of_text(page, at, anchors, has_value=bool(before)), following)
    if all(map(is_furniture, page.lines[at + 1 : end])):  # a button: `Être alerté(e) de la réponse`
        return passage(page, end, end, Section(which), before), end
    return passage(page, at + 1, end, Section(which), before), end


def _end_of_text(page: VisiblePage, at: int, anchors: set[int], *, has_value: bool) -> int:
    """The end of the smallest element that holds the heading and what it heads: the rest of its line, or lines after.

    Where that element holds other parts of the page too, the text is the block beside the heading.
    """
    element: Element | None = page.elements[at]
    end = at + 1
    while element is not None:
        start, end = page.spans[element]
        if any(start <= anchor < end for anchor in anchors):
            return footer_start(page.lines[: _end_beside(page, element, at)], at + 1)
        if has_value or end > at + 1:
            return end
        element = element.getparent()
    return end


def _end_beside(page: VisiblePage, holder: Element, at: int) -> int:
    """The end of a text beside its heading: that of the block that follows at once, or where a later block begins."""
    for child in holder.iterchildren(*_BLOCKS):
        start, end = page.spans.get(child, (0, 0))
        if start > at and end > start:
            return end if start == at + 1 else start
    return page.spans[holder][1]


def _read_after(page: VisiblePage, draft: Draft, end: int) -> None:
    """Labels that stand alone after the texts (a withdrawal can); the rest there is the site's footer."""
    rest = page.lines[end:]
    for index, line in enumerate(rest):
        known = read_label(line)
        if known and known.field in _AFTER:
            read_head([line, *rest[index + 1 : index + 2]] if not known.value else [line], draft)
