"""One capture in, the questions it prints out, or the reason why it is set aside.

The layout is detected from the content, the parser of that layout fills a draft, the question is named, and what is
missing is said. Nothing here raises on any bytes: a capture that cannot be read becomes a quarantine record.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pipelines.parse import detect
from pipelines.parse.bar_tables import with_tables
from pipelines.parse.decode import decode
from pipelines.parse.draft import Draft, Problem
from pipelines.parse.dyn_head import place_title
from pipelines.parse.html import read_html
from pipelines.parse.identity import Identity, identify
from pipelines.parse.layouts import an_text_a, an_text_c, an_text_d, nosdeputes_text, senat_text
from pipelines.parse.page_text import page_lines
from pipelines.parse.refused import refusal
from pipelines.parse.several import questions_apart
from pipelines.parse.structured.documents import Document, read_structured
from pipelines.parse.tombstone import is_tombstone, readings
from schemas.capture import Capture
from schemas.errors import ParseError
from schemas.figure import Section
from schemas.identity import QuestionType
from schemas.people import People
from schemas.quarantine import Quarantined
from schemas.question import EventKind, PrintedEvent, RawQuestion

PARSER_VERSION = "13"
"""Changes when the same bytes are read differently."""

TEXT_LAYOUTS: dict[str, Callable[[Sequence[str]], Draft]] = {
    detect.AN_TEXT_A: an_text_a.parse,
    detect.AN_TEXT_C: an_text_c.parse,
    detect.AN_TEXT_D: an_text_d.parse,
    detect.SENAT_TEXT: senat_text.parse,
    detect.NOSDEPUTES_TEXT: nosdeputes_text.parse,
}

_OF_THE_ASSEMBLEE = (detect.AN_TEXT_A, detect.AN_TEXT_C, detect.AN_TEXT_D)
_DYN = (detect.AN_TEXT_D, "an_html_d")
_WITHOUT_TEXT = (EventKind.WITHDRAWN, EventKind.LAPSED, EventKind.CONVERTED, EventKind.CLOSED_OTHER)


@dataclass(frozen=True)
class ParseResult:
    """What was read of a capture and what was not: whole captures (`part` is None) and parts.

    `people` is what a file of members says of them.
    """

    questions: tuple[RawQuestion, ...]
    quarantined: tuple[Quarantined, ...]
    people: People = field(default_factory=People)


def read(capture: Capture) -> ParseResult:
    """Read a capture; never raises, whatever the bytes."""
    try:
        if is_tombstone(capture.body):
            return ParseResult(readings(capture.body), ())
        document = _document(capture)
    except ParseError as error:
        return _refused(capture, error, part=None)
    format_, drafts = document.format, document.drafts
    alone = len(drafts) == 1
    read_one = [_read_one(capture, format_, draft, None if alone else place) for place, draft in enumerate(drafts)]
    return ParseResult(
        tuple(question for each in read_one for question in each.questions),
        (
            *(set_aside for each in read_one for set_aside in each.quarantined),
            *(_quarantined(capture, problem) for problem in document.problems),
        ),
        document.people,
    )


def _read_one(capture: Capture, format_: str, draft: Draft, place: int | None) -> ParseResult:
    """One question of a capture; its place among them, counted from 0, or None when it is the only one."""
    part = None if place is None else f"question {place + 1}"
    if draft.is_bare():
        return _refused(capture, ParseError("empty_template", f"labels of layout {format_}, and no value"), part)
    try:
        identity = identify(draft, capture.ref, alone=place is None)
    except ParseError as error:
        return _refused(capture, error, part)
    draft.type = identity.key.type
    if format_ in _DYN:
        place_title(draft, identity.key.term)
    _take_debate(draft)
    _complete_events(draft)
    _report_missing(draft)
    question = _raw_question(capture, format_, draft, identity)
    parts = tuple(
        _quarantined(capture, problem).model_copy(update={"question": question.key}) for problem in draft.problems
    )
    return ParseResult((question,), parts)


def _document(capture: Capture) -> Document:
    """What a capture holds; damage of the bytes is told with its first question."""
    decoded = decode(capture.body, capture.ref.media_type)
    document = read_structured(decoded.text) or Document(*_page(decoded.text))
    if document.drafts:
        document.drafts[0].problems = [*decoded.problems, *document.drafts[0].problems]
    return document


def _page(text: str) -> tuple[str, list[Draft]]:
    if detect.is_markup(text):
        format_, draft = read_html(text)
        return format_, [draft]
    lines = page_lines(text)
    layout = detect.layout_of(lines)
    if layout is None and detect.is_debate_alone(lines):
        layout = detect.AN_TEXT_A
    if layout is None:
        raise refusal(lines)
    apart = questions_apart(lines) if layout in _OF_THE_ASSEMBLEE else [lines]
    return layout, [_page_text(layout, each) for each in apart]


def _page_text(layout: str, lines: Sequence[str]) -> Draft:
    draft = TEXT_LAYOUTS[layout](lines)
    draft.question, in_question = with_tables(draft.question, Section.QUESTION)
    draft.answer, in_answer = with_tables(draft.answer, Section.ANSWER)
    draft.tables = [*in_question, *in_answer]
    return draft


def _refused(capture: Capture, error: ParseError, part: str | None) -> ParseResult:
    """The capture, or one question of several, set aside whole."""
    refused = _quarantined(capture, Problem(error.reason, "", error.detail))
    asked = capture.ref.question if part is None else None
    return ParseResult((), (refused.model_copy(update={"part": part, "question": asked}),))


def _take_debate(draft: Draft) -> None:
    """A question to the Government has no text but its debate, which the open data give as the text of the answer."""
    if draft.type == QuestionType.QG and draft.question and not draft.answer and draft.shows(EventKind.ANSWERED):
        draft.question, draft.answer = None, draft.question
        draft.tables = [table.model_copy(update={"section": Section.ANSWER}) for table in draft.tables]


def _complete_events(draft: Draft) -> None:
    """A page that prints a question implies its publication, and an answer's text implies the answer: undated."""
    if not draft.shows(EventKind.PUBLISHED):
        answered = next((event for event in draft.events if event.kind == EventKind.ANSWERED), None)
        if draft.type == QuestionType.QG and answered:  # asked and answered in one sitting: pages date it once
            draft.events.insert(0, answered.model_copy(update={"kind": EventKind.PUBLISHED}))
        else:
            draft.events.insert(0, PrintedEvent(kind=EventKind.PUBLISHED, date=None))
    if draft.answer and not draft.shows(EventKind.ANSWERED):
        draft.add(PrintedEvent(kind=EventKind.ANSWERED, date=None))


def _report_missing(draft: Draft) -> None:
    """Texts that should be there: an answer that is dated, a question that nothing closed without one."""
    if draft.shows(EventKind.ANSWERED) and not draft.answer and not draft.answer_withheld:
        draft.report("missing_answer", "answer", "the answer is dated, and its text is not there")
    is_debate = draft.type in (QuestionType.QG, QuestionType.QOSD) and draft.answer is not None
    if not (draft.question or draft.question_withheld or is_debate or draft.shows(*_WITHOUT_TEXT)):
        draft.report("missing_question", "question", "the text of the question is not there")


def _quarantined(capture: Capture, problem: Problem) -> Quarantined:
    ref = capture.ref
    return Quarantined(
        capture_id=ref.capture_id, url=ref.url, reason=problem.reason, detail=problem.detail, part=problem.part
    )


def _raw_question(capture: Capture, format_: str, draft: Draft, identity: Identity) -> RawQuestion:
    return RawQuestion(
        key=identity.key,
        capture_id=capture.ref.capture_id,
        captured_at=capture.ref.first_seen,
        url=capture.ref.url,
        format=format_,
        author=draft.author,
        ministry_asked=draft.ministry_asked,
        ministry_assigned=draft.ministry_assigned,
        ministry_answered=draft.ministry_answered,
        rubric=draft.rubric,
        heading=draft.heading,
        title=draft.title,
        events=tuple(draft.events),
        question=draft.question,
        answer=draft.answer,
        tables=tuple(draft.tables),
        answered_with=tuple(draft.answered_with),
        source_id=identity.source_id,
        term_inferred=identity.term_inferred,
        partial=bool(draft.problems),
    )
