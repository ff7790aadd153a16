"""Page texts whose texts are headed (layouts A, B and C): a labelled head, then each text up to the next heading.

Lines before the head are the site's menu; the last text ends with the page, or where the site's footer begins. A last
text that ends within a sentence was cut off. A page text with neither head nor headings is a debate alone.
"""

import re
from collections.abc import Sequence

from pipelines.parse.complete import report_absent
from pipelines.parse.cut import breaks_off
from pipelines.parse.detect import is_debate_alone
from pipelines.parse.draft import Draft
from pipelines.parse.furniture import footer_start, without_footer
from pipelines.parse.labelled import nearest_term, read_head
from pipelines.parse.labels import Field, read_label
from pipelines.parse.sections import head_start, headings, is_beginning_of_heading
from pipelines.parse.text import join_paragraphs

_CELL = "|"
# a row that layout A hides below the texts: group, term, how the question was closed, region, answered or not
_RECORD = re.compile(r"[A-Z][A-Z.-]{1,9} \d{1,2} (?:[A-Z_]{1,9} )?(?:[^\d.|]{3,60} )?[NO]")
_GLUED_RECORD = re.compile(r"[A-Z]{2,10}\d{1,2}(?:[A-Z]{2,4}(?:_[A-Z]{2,4})?)?[A-ZÎ][a-zé]{2,12}[^\d.|]{0,50}[NO]")
_RECORD_CELLS = 5


def read_headed_text(lines: Sequence[str], *, surname_first: bool) -> Draft:
    """Read the visible lines of a page.

    Args:
        lines: the lines of the page.
        surname_first: how this layout prints names.
    """
    draft = Draft()
    lines = _without_record(lines, draft)
    found = headings(lines)
    first_heading = min(found.values(), default=len(lines))
    start = head_start(lines[:first_heading])
    if start is not None:
        draft.term = nearest_term(lines[:start])
        head = lines[start:first_heading]
        read_head(head if found else without_footer(head), draft, surname_first=surname_first)
        if draft.number is not None:  # a head that is cut off above may lack anything
            report_absent(draft)
        if not found:
            draft.report("truncated", "question", "the page ends before the heading of its text")
    elif not found:
        draft.answer = _last_text(draft, lines, Field.ANSWER_TEXT)
    places = sorted([*found.values(), len(lines)])
    for field, at in found.items():
        end = next(place for place in places if place > at)
        text = _text(draft, lines, at, end, field)
        setattr(draft, field, text)
    draft.question_withheld = Field.QUESTION_TEXT in found and not draft.problems
    return draft


def _without_record(lines: Sequence[str], draft: Draft) -> Sequence[str]:
    """The lines without the hidden row, whether it is one line or a line for each cell.

    What a reprint has written below it is no text of the page; it is reported.
    """
    end = footer_start(lines)
    for start in range(max(0, end - _RECORD_CELLS), end):
        row = " ".join(cell for line in lines[start:end] if (cell := line.strip(" |")))
        if _RECORD.fullmatch(row):
            return [*lines[:start], *lines[end:]]
    for at in range(end - 1, max(0, end - _RECORD_CELLS), -1):
        if _RECORD.fullmatch(lines[at]) or _GLUED_RECORD.fullmatch(lines[at]):
            for line in filter(_has_words, lines[at + 1 : end]):
                draft.report("unknown_label", "foot", f"'{line[:100]}' below the texts is not understood")
            return [*lines[:at], *lines[end:]]
    return lines


def _has_words(line: str) -> bool:
    return any(map(str.isalnum, line))


def _text(draft: Draft, lines: Sequence[str], at: int, end: int, field: Field) -> str | None:
    """The text under the heading at that line: up to the bar that closes its cell, or to the next heading."""
    known = read_label(lines[at])
    rest = [*([known.value] if known and known.value else []), *lines[at + 1 : end]]
    opened = lines[at].rstrip().endswith(_CELL)
    if opened or (rest and rest[0].startswith(_CELL)):
        return _cell(draft, rest, field, is_open=opened)
    return join_paragraphs(rest) if end < len(lines) else _last_text(draft, rest, field)


def _last_text(draft: Draft, lines: Sequence[str], field: Field) -> str | None:
    """The text that ends the page, without the site's footer; where that is missing too, it may have been cut off."""
    if lines and is_beginning_of_heading(lines[-1]):
        draft.report("truncated", Field.ANSWER_TEXT, f"the page ends within a heading: '{lines[-1]}'")
        lines = lines[:-1]
    kept = without_footer(lines)
    text = join_paragraphs(kept)
    if text and len(kept) == len(lines) and breaks_off(text, all_sentences=is_debate_alone(lines)):
        draft.report("truncated", field, f"the text ends within a sentence: '{text[-60:]}'")
    return text


def _cell(draft: Draft, rest: Sequence[str], field: Field, *, is_open: bool) -> str | None:
    """The text of a cell whose sides are bars; `is_open` says that its first bar stands beside the heading."""
    bars = [index for index, line in enumerate(rest) if line.endswith(_CELL) and (index > 0 or line != _CELL)]
    if bars:
        rest = rest[: bars[-1] + 1]
    elif not is_open:
        draft.report("truncated", field, "the cell of the text is not closed")
    return join_paragraphs(line for cell in rest if (line := cell.strip(" |")))
