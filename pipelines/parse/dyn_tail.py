"""The labelled tail of a page of layout D: from `Auteur :` to the dates, then the site's footer."""

import re
from collections.abc import Sequence

from pipelines.parse.author import read_author
from pipelines.parse.dated import add_continuation, add_dated
from pipelines.parse.dates import leading_date
from pipelines.parse.draft import Draft
from pipelines.parse.furniture import is_furniture
from pipelines.parse.labelled import set_once
from pipelines.parse.labels import (
    DATED,
    LONGEST_LABEL_LINE,
    PLAIN,
    Field,
    Labelled,
    looks_labelled,
    one_label_a_line,
    read_label,
    read_label_line,
)
from pipelines.parse.types import question_type
from schemas.question import EventKind, PrintedAuthor

_DATED_LINE = re.compile(r"\D{6,60} (\d.{4,40})")
_CAUSE = re.compile(r"cause ?: ?(.{2,80})", re.IGNORECASE)  # of the closing on the line before
# in place of the dates of an oral question, after any of their labels or none
_SITTING = re.compile(r"la question a été posée (?:au gouvernement )?en séance\b.{0,200}", re.IGNORECASE)
_OF_THE_TAIL = PLAIN | {Field.TYPE, Field.SITTING, Field.DATES, Field.CLOSED}


def is_tail_label(field: Field) -> bool:
    """Whether a label stands in the tail alone; that of the author and those of some dates stand elsewhere too."""
    return field in _OF_THE_TAIL


def read_tail(lines: Sequence[str], draft: Draft) -> None:
    """Read the labels that end the page; what follows the last of them is the site's footer."""
    end = _tail_end(lines) if lines else 0
    pending: Field | None = None
    for line in [part for whole in lines[:end] for part in one_label_a_line(whole)]:
        known = read_label_line(line)
        if _SITTING.fullmatch(line):
            _take(draft, pending or Field.SITTING, line)
            pending = None
        elif known is None and pending is not None:
            _take(draft, pending, line)
            pending = None
        elif known is None:
            if not (is_furniture(line) or _is_motive(draft, line)):
                draft.report("unknown_label", "tail", f"'{line[:100]}' is not understood")
        else:
            pending = _take_labelled(draft, known)


def _is_motive(draft: Draft, line: str) -> bool:
    """Whether a line is the motive of the closing just read; this layout always prints it on the next line."""
    closing = draft.events[-1] if draft.events else None
    if closing is None or closing.kind not in (EventKind.CLOSED_OTHER, EventKind.WITHDRAWN):
        return False
    cause = _CAUSE.fullmatch(line) if len(line) <= LONGEST_LABEL_LINE else None
    if cause is None and closing.kind == EventKind.WITHDRAWN:
        return False
    return add_continuation(draft, cause[1] if cause else line)


def _take_labelled(draft: Draft, known: Labelled) -> Field | None:
    """Take a label with its value; the field whose value is still to come, if any."""
    if known.field == Field.DATES:
        if known.value and (inner := read_label(known.value)):
            return _take_labelled(draft, inner)
        if _SITTING.fullmatch(known.value):
            _take(draft, Field.SITTING, known.value)
        elif known.value:
            draft.report("unknown_label", "tail", f"'{known.value[:100]}' is not understood")
        return None
    if not known.value:
        return known.field
    _take(draft, known.field, known.value)
    return None


def _take(draft: Draft, field: Field, value: str) -> None:
    if field in DATED:
        add_dated(draft, field, value)
    elif field == Field.TYPE:
        draft.type = question_type(value) or draft.type
    elif field == Field.AUTHOR:
        draft.author = draft.author or read_author(value) or PrintedAuthor(name=value)
    else:
        set_once(draft, field, value)


def _tail_end(lines: Sequence[str]) -> int:
    """The end of the tail: after its last known label, its value and motive, and what is labelled or dated after it."""
    last = max((index for index, line in enumerate(lines) if read_label_line(line)), default=0)
    known = read_label_line(lines[last])
    end = last + 1 if known and known.value else last + 2
    if known and known.field == Field.CLOSED and end < len(lines) and not is_furniture(lines[end]):
        end += 1
    while end < len(lines) and _goes_on(lines[end]):
        end += 1
    return end


def _goes_on(line: str) -> bool:
    """Whether a line after the known labels is made as they are: `Label : value`, words before a date, a sitting."""
    if len(line) > LONGEST_LABEL_LINE:
        return False
    if looks_labelled(line) or _SITTING.fullmatch(line):
        return True
    dated = _DATED_LINE.fullmatch(line)
    return dated is not None and leading_date(dated[1]) is not None
