"""Pages of the site "dyn" (layout D), as HTML or as page text: terms 16 and 17, and older addresses redirected to it.

Head (number, title, législature), asker with constituency - group, the question without a heading, `Réponse publiée
le …` and the answer, then a labelled tail from `Auteur :` to the dates. The answer may stand before the asker. A
question put in a sitting has the line `Question posée en séance, et publiée le …` and its debate in place of both
texts. Pages of the JO are rarely shown. Texts cut short lack head, tail or both: whatever is there is read, and a
missing tail is reported.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipelines.parse.dated import add_dated
from pipelines.parse.dates import leading_date
from pipelines.parse.draft import Draft
from pipelines.parse.dyn_head import begins_dyn, below_seat, read_asker, read_number, read_title, split_asker
from pipelines.parse.dyn_tail import is_tail_label, read_tail
from pipelines.parse.furniture import footer_start, without_furniture_below
from pipelines.parse.labels import DATED, LONGEST_LABEL_LINE, Field, Labelled, read_label, read_label_line
from pipelines.parse.markup import VisiblePage
from pipelines.parse.passage import Passage, joined, passage
from schemas.figure import Section
from schemas.question import EventKind

_NUMBERED = re.compile(r"\bn ?[°º] ?\d{1,7} ?(?::|$)", re.IGNORECASE)
_ASKER = "question de"
_DATE_A_REPLY = (Field.ANSWERED, Field.DEBATED)
_DATES = frozenset({*DATED, Field.DATES})
_CLOSINGS = (Field.WITHDRAWN, Field.CLOSED)  # below the text of a question that nobody will answer


@dataclass
class _Places:
    """The lines where the parts of a page begin; None for a part that is not there."""

    tail: int
    head: int | None = None
    asker: int | None = None
    answers: list[int] = field(default_factory=list[int])
    closing: int | None = None

    @property
    def starts(self) -> list[int]:
        """The parts after the head, in order, and the tail."""
        once = [place for place in (self.asker, self.closing) if place is not None]
        return sorted([*once, *self.answers, self.tail])

    def end_of(self, start: int) -> int:
        """Where the part that begins there ends: with the next one."""
        return next((place for place in self.starts if place > start), self.tail)


def read_dyn(page: VisiblePage, *, is_whole: bool) -> Draft:
    """Read the visible lines of a page; whatever is there is read.

    Args:
        page: the lines.
        is_whole: they are all of the page, not what an extractor has kept of it.

    Raises:
        ParseError: `lines_left_out`.
    """
    draft = Draft()
    places = _places(page.lines)
    page.begin_at(min(places.head or 0, *places.starts))
    question = _read_head(page.lines, places, draft)
    _read_texts(page, places, question, draft)
    if places.closing is not None:
        read_tail(page.lines[places.closing : places.end_of(places.closing)], draft)
    read_tail(page.lines[places.tail :], draft)
    _report_cut(places, page.lines, draft, is_whole=is_whole)
    if draft.ministry_answered:
        # "Ministère répondant" is the ministry in charge: its element is named blocMinistereAttributaire
        draft.ministry_assigned = draft.ministry_assigned or draft.ministry_answered
        draft.ministry_answered = draft.ministry_answered if draft.answer else None
    return draft


def _report_cut(places: _Places, lines: Sequence[str], draft: Draft, *, is_whole: bool) -> None:
    """A page that lacks one of its ends: what should stand there may have become part of a text.

    Extractors leave out the heading with the number, so that a page text may lack it; another line that numbers the
    question may not go unread.
    """
    unread = any(_NUMBERED.search(line[:LONGEST_LABEL_LINE]) for line in lines[: places.asker or 0])
    if places.asker is None or (places.head is None and (is_whole or unread)):
        draft.report("truncated", "head", "the lines that begin such a page, number and asker, are not all there")
    signed = places.tail < len(lines) and _is_author(read_label_line(lines[places.tail]))
    dated = any((known := read_label_line(line)) and known.field in _DATES for line in lines[places.tail :])
    if not (signed and dated and draft.shows(EventKind.PUBLISHED)):
        draft.report(
            "truncated", "tail", "the labels that end such a page, from 'Auteur :' to the dates, are not all there"
        )
        return
    for part in ("title", "rubric", "ministry_asked", "type"):
        untitled = part == "title" and places.head is not None  # a few old questions have no word of the index
        if getattr(draft, part) is None and not untitled:
            draft.report("missing_field", part, f"the page does not show its {part}, as every page of this layout does")


def _is_author(known: Labelled | None) -> bool:
    """Whether a label is that of the tail, and not the asker's above the text."""
    return known is not None and known.field == Field.AUTHOR and known.label.casefold() != _ASKER


def _places(lines: Sequence[str]) -> _Places:
    """Find the parts: the last number before the asker is the head, what stands before are menus."""
    places = _Places(_tail_start(lines))
    for index, line in enumerate(lines[: places.tail]):
        known = read_label_line(line)
        if places.asker is None and begins_dyn(line):
            places.head = index
        elif known and known.field == Field.AUTHOR and places.asker is None:
            places.asker = index
        elif known and known.field in _DATE_A_REPLY and leading_date(known.value):
            places.answers.append(index)
        elif known and known.field in _CLOSINGS and places.asker is not None and leading_date(known.value):
            places.closing = index
    return places


def _tail_start(lines: Sequence[str]) -> int:
    """The line of `Auteur :`, or the first label of the tail where that is missing; the number of lines if none is."""
    starts: list[int] = []
    for index, line in enumerate(lines):
        known = read_label_line(line)
        if known is None:
            continue
        if _is_author(known):
            return index
        if is_tail_label(known.field):
            starts.append(index)
    return min(starts, default=len(lines))


def _read_head(lines: Sequence[str], places: _Places, draft: Draft) -> int:
    """Read number, title, législature and asker; the line where the text of the question begins."""
    start = 0
    if places.head is not None:
        read_number(lines[places.head], draft)
        start = places.head + 1
    if places.asker is None:
        return below_seat(lines[: places.end_of(start - 1)], start)
    read_title(lines[start : places.end_of(start - 1)], draft)
    known = read_label(lines[places.asker])
    return read_asker(known.value if known else "", lines[: places.end_of(places.asker)], places.asker + 1, draft)


def _read_texts(page: VisiblePage, places: _Places, question: int, draft: Draft) -> None:
    """The question, and after each line that dates one, an answer."""
    asked = _part(page, places, question, Section.QUESTION)
    answers: list[Passage] = []
    if _is_debate(page.lines, places):
        asked, answers = (None, ()), [_part(page, places, question, Section.ANSWER)]
    for at in places.answers:
        if known := read_label(page.lines[at]):
            add_dated(draft, known.field, known.value)
        answers.append(_part(page, places, at + 1, Section.ANSWER))
    draft.question, in_question = asked
    draft.answer, in_answer = joined(answers)
    draft.tables = [*in_question, *in_answer]


def _is_debate(lines: Sequence[str], places: _Places) -> bool:
    """Whether the date of a sitting stands behind the asker: what follows is the debate."""
    known = read_label(lines[places.asker]) if places.asker is not None else None
    _, dated = split_asker(known.value if known else "")
    return dated is not None and dated.field == Field.DEBATED


def _part(page: VisiblePage, places: _Places, start: int, section: Section) -> Passage:
    """The text from that line to the next part; where the tail is cut off, up to the site's footer."""
    end = places.end_of(start - 1)
    end = footer_start(page.lines, start) if end == len(page.lines) else without_furniture_below(page.lines, start, end)
    return passage(page, start, end, section)
