"""Layout D ("dyn") of the Assemblée nationale as page text: terms 16 and 17, and older addresses redirected to it.

Head (number, title, législature, asker, constituency - group), the question without a heading, `Réponse publiée le …`
and the answer, then a labelled tail from `Auteur :` to the dates. Page numbers of the JO are not shown. Texts cut short
lack head, tail or both: whatever is there is read, and a missing tail is reported.
"""

import re
from collections.abc import Sequence

from pipelines.parse.author import read_author
from pipelines.parse.dated import add_continuation, add_dated
from pipelines.parse.dates import leading_date
from pipelines.parse.draft import Draft
from pipelines.parse.furniture import is_furniture, without_footer
from pipelines.parse.labelled import read_term, set_once
from pipelines.parse.labels import DATED, Field, Labelled, looks_labelled, one_label_a_line, read_label
from pipelines.parse.text import join_paragraphs
from pipelines.parse.types import question_type
from schemas.question import EventKind, PrintedAuthor

# Question écrite n° 6287 :
_HEAD = re.compile(
    r"(Question (?:écrite|orale sans débat|au gouvernement)) n ?[°º] ?(\d{1,7}) ?(?:: ?(.{0,400}))?", re.IGNORECASE
)
# Vaucluse (4e circonscription) - Rassemblement National
_SEAT = re.compile(r"([^()]{2,80} \([^()]{1,30} circonscription\)) - (.{2,200})", re.IGNORECASE)
_SHORT_SEAT = re.compile(r"([^().]{2,60}) - ([^.]{2,90})")  # where no circonscription is shown
_TAIL = frozenset(
    {
        Field.TYPE,
        Field.RUBRIC,
        Field.HEADING,
        Field.TITLE,
        Field.MINISTRY_ASKED,
        Field.MINISTRY_ASSIGNED,
        Field.MINISTRY_ANSWERED,
    }
    | {Field.DATES, Field.CLOSED}
)
_ASKER = "question de"
_LONGEST_LABEL_LINE = 400


def parse(lines: Sequence[str]) -> Draft:
    """Read the visible lines of a page."""
    draft = Draft()
    tail = _tail_start(lines)
    body = _read_head(lines[:tail], draft)
    _read_texts(body if tail < len(lines) else without_footer(body), draft)
    _read_tail(lines[tail:], draft)
    if not draft.shows(EventKind.PUBLISHED):
        draft.report(
            "truncated", "tail", "the labels that end such a page, from 'Auteur :' to the dates, are not all there"
        )
    if draft.ministry_answered:
        # "Ministère répondant" is the ministry in charge: its element is named blocMinistereAttributaire
        draft.ministry_assigned = draft.ministry_assigned or draft.ministry_answered
        draft.ministry_answered = draft.ministry_answered if draft.answer else None
    return draft


def _label(line: str) -> Labelled | None:
    return read_label(line) if len(line) <= _LONGEST_LABEL_LINE else None


def _tail_start(lines: Sequence[str]) -> int:
    """The line of `Auteur :`, or the first label of the tail where that is missing; the number of lines if none is."""
    starts: list[int] = []
    for index, line in enumerate(lines):
        known = _label(line)
        if known is None:
            continue
        if known.field == Field.AUTHOR and known.label.casefold() != _ASKER:
            return index
        if known.field in _TAIL:
            starts.append(index)
    return min(starts, default=len(lines))


def _read_head(lines: Sequence[str], draft: Draft) -> Sequence[str]:
    """Read the head; the lines after it, which are the texts."""
    start = 0
    for index, line in enumerate(lines):
        known = _label(line)
        if found := (_HEAD.fullmatch(line) if len(line) <= _LONGEST_LABEL_LINE else None):
            draft.type, draft.number, draft.title = question_type(found[1]), int(found[2]), found[3] or None
            start = index + 1
        elif known and known.field == Field.AUTHOR:
            _read_title(lines[start:index], draft)
            return _read_asker(known.value, lines[index + 1 :], draft)
        elif known and known.field == Field.ANSWERED:
            break
    return lines[start:]


def _read_title(lines: Sequence[str], draft: Draft) -> None:
    """Between number and asker: the title and the législature. Before the number there are only menus."""
    for line in lines:
        if (term := read_term(line)) is not None:
            draft.term = term
        elif draft.number is not None and draft.title is None:
            draft.title = line
        elif draft.number is not None and not is_furniture(line):
            draft.report("unknown_label", "head", f"'{line[:100]}' is not understood")


def _read_asker(value: str, lines: Sequence[str], draft: Draft) -> Sequence[str]:
    """The asker's name, on the line of its label or the next, then constituency - group."""
    if not value and lines:
        value, lines = lines[0], lines[1:]
    draft.author = read_author(value) or PrintedAuthor(name=value) if value else None
    seat = _seat(lines[0]) if lines else None
    if seat is None:
        return lines
    if draft.author:
        draft.author = draft.author.model_copy(update={"constituency": seat[0], "group": seat[1]})
    return lines[1:]


def _seat(line: str) -> tuple[str, str] | None:
    found = _SEAT.fullmatch(line) if len(line) <= _LONGEST_LABEL_LINE else None
    if found is None and len(line) <= 120:
        found = _SHORT_SEAT.fullmatch(line)
    return (found[1].strip(), found[2].strip()) if found else None


def _read_texts(lines: Sequence[str], draft: Draft) -> None:
    """The question, and after the line that dates it, the answer."""
    for index, line in enumerate(lines):
        known = _label(line)
        if known and known.field == Field.ANSWERED and leading_date(known.value):
            add_dated(draft, known.field, known.value)
            draft.answer = join_paragraphs(lines[index + 1 :])
            lines = lines[:index]
            break
    draft.question = join_paragraphs(lines)


def _read_tail(lines: Sequence[str], draft: Draft) -> None:
    """The labels that end the page; what follows the last of them is the site's footer."""
    end = _tail_end(lines) if lines else 0
    pending: Field | None = None
    for line in [part for whole in lines[:end] for part in one_label_a_line(whole)]:
        known = _label(line)
        if known is None and pending is not None:
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
    return closing is not None and closing.kind == EventKind.CLOSED_OTHER and add_continuation(draft, line)


def _take_labelled(draft: Draft, known: Labelled) -> Field | None:
    """Take a label with its value; the field whose value is still to come, if any."""
    if known.field == Field.DATES:
        if known.value and (inner := read_label(known.value)):
            return _take_labelled(draft, inner)
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
    """The end of the tail: after its last known label, that label's value and motive, and what is labelled after it."""
    last = max((index for index, line in enumerate(lines) if _label(line)), default=0)
    known = _label(lines[last])
    end = last + 1 if known and known.value else last + 2
    if known and known.field == Field.CLOSED and end < len(lines) and not is_furniture(lines[end]):
        end += 1
    while end < len(lines) and len(lines[end]) <= _LONGEST_LABEL_LINE and looks_labelled(lines[end]):
        end += 1
    return end
