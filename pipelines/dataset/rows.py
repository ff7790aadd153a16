"""Records to rows of the tables and back; pure, the round trip of a question is exact.

The columns are those of `schemas.tables`. Files, versions and comparison are elsewhere.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date
from typing import Any, Final

from schemas.capture import CaptureRef
from schemas.comparison import Comparison, Disagreement
from schemas.correction import AppliedCorrection
from schemas.figure import Figure
from schemas.identity import QuestionKey
from schemas.quarantine import Quarantined
from schemas.question import Attribution, Author, Event, EventKind, Question
from schemas.record import Record
from schemas.text_table import TextTable

Row = dict[str, Any]
"""One row: column → value, of the types that Arrow gives back."""
Rows = dict[str, list[Row]]
"""The rows of one question: table → rows in their order."""

QUESTION_TABLES: Final = (
    *("questions", "texts", "events", "attributions", "tables", "figures"),
    *("comparisons", "disagreements"),
)
"""The tables that hold a question; the first two have one row each."""

_NOT_IN_RECORD: Final = frozenset({"id", "partition", "ordinal"})


def question_rows(question: Question, *, due_date: date | None) -> Rows:
    """The rows of one question; `due_date` is the last day to answer in time, where a rule gives one."""
    place: Row = {"id": question.id, "partition": str(question.key.term_key)}
    return {
        "questions": [place | _metadata(question, due_date)],
        "texts": [place | {"question": question.question, "answer": question.answer}],
        "events": _children(place, question.events),
        "attributions": _children(place, question.attributions),
        "tables": _children(place, question.tables),
        "figures": _children(place, question.figures),
        "comparisons": _children(place, question.comparisons),
        "disagreements": _children(place, question.disagreements),
    }


def to_question(rows: Mapping[str, Sequence[Row]]) -> Question:
    """The question back from its rows; raises pydantic's ValidationError on rows that `question_rows` never makes."""
    (row,), (texts,) = rows["questions"], rows["texts"]
    return Question(
        key=QuestionKey.parse(row["id"]),
        author=_author(row),
        attributions=tuple(Attribution.model_validate(_record(each)) for each in rows["attributions"]),
        events=tuple(_event(each) for each in rows["events"]),
        question=texts["question"],
        answer=texts["answer"],
        tables=tuple(TextTable.model_validate(_record(each)) for each in rows["tables"]),
        figures=tuple(Figure.model_validate(_record(each)) for each in rows["figures"]),
        answered_with=tuple(row["answered_with"] or ()),
        comparisons=tuple(Comparison.model_validate(_record(each)) for each in rows["comparisons"]),
        disagreements=tuple(Disagreement.model_validate(_record(each)) for each in rows["disagreements"]),
        corrections=tuple(AppliedCorrection.model_validate_json(each) for each in row["corrections"] or ()),
        flags=tuple(row["flags"]),
        captures=tuple(row["captures"]),
        **{name: row[name] for name in _PLAIN},
    )


def capture_rows(ref: CaptureRef, partition: str) -> list[Row]:
    """One capture: a row for each question of the partition that it shows, or one without a question.

    When it was seen again is left out, so that looking twice changes nothing.
    """
    shown: list[str | None] = [str(key) for key in ref.questions if str(key.term_key) == partition]
    return [_capture_row(ref, partition, question) for question in shown or [None]]


def _capture_row(ref: CaptureRef, partition: str, question: str | None) -> Row:
    return {
        "capture_id": ref.capture_id,
        "partition": partition,
        "question": question,
        "source": ref.source,
        "url": ref.url,
        "digest": ref.digest,
        "media_type": ref.media_type,
        "status": ref.status,
        "first_seen": ref.first_seen,
        "warc_file": ref.warc_file,
        "offset": ref.offset,
    }


def quarantine_row(each: Quarantined, partition: str) -> Row:
    """One thing set aside."""
    return {
        "capture_id": each.capture_id,
        "partition": partition,
        "url": each.url,
        "question": str(each.question) if each.question else None,
        "part": each.part,
        "reason": each.reason,
        "detail": each.detail,
    }


_PLAIN: Final = (
    "source_id",
    "source_url",
    "ministry_asked",
    "ministry_asked_id",
    "ministry_answered",
    "ministry_answered_id",
    "rubric",
    "heading",
    "title",
)
"""Columns of `questions` that are fields of the record, as they are."""


def _metadata(question: Question, due_date: date | None) -> Row:
    author = question.author
    published = next(iter(question.dates(EventKind.PUBLISHED)), None)
    answered = next(iter(question.dates(EventKind.ANSWERED)), None)
    return {
        **vars(question.key),
        **{name: getattr(question, name) for name in _PLAIN},
        "author_name": author.name if author else None,
        "author_civility": author.civility if author else None,
        "author_group": author.group if author else None,
        "author_constituency": author.constituency if author else None,
        "author_source_id": author.source_id if author else None,
        "ministry_assigned": question.ministry_assigned,
        "ministry_assigned_id": question.ministry_assigned_id,
        "status": question.status.value,
        "published_date": published,
        "due_date": due_date,
        "answered_date": answered,
        "closed_date": question.closed_date,
        "delay_days": (answered - published).days if published and answered else None,
        "renewals": sum(event.kind == EventKind.RENEWED for event in question.events),
        "answered_with": list(question.answered_with),
        "corrections": [each.model_dump_json() for each in question.corrections] or None,
        "flags": list(question.flags),
        "captures": list(question.captures),
    }


def _children(place: Row, records: Sequence[Record]) -> list[Row]:
    """The rows of flat records; a dump of each would copy what is a row already."""
    return [place | {"ordinal": ordinal} | vars(record) for ordinal, record in enumerate(records)]


def _record(row: Row) -> Row:
    return {name: value for name, value in row.items() if name not in _NOT_IN_RECORD}


def _event(row: Row) -> Event:
    return Event.model_validate(_record(row) | {"known_at": row["known_at"].astimezone(UTC)})


def _author(row: Row) -> Author | None:
    fields = {name: row[f"author_{name}"] for name in Author.model_fields}
    return Author(**fields) if any(value is not None for value in fields.values()) else None
