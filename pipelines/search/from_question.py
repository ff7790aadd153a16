"""A question as the document that is indexed."""

import hashlib
from collections.abc import Iterable
from datetime import date

import orjson

from schemas.question import EventKind, Question
from schemas.search import SearchDocument


def document(
    question: Question, *, version: int, due_date: date | None, portfolios: Iterable[str] = ()
) -> SearchDocument:
    """The document of a question; `version` is the sequence of its newest change."""
    author = question.author
    answered = next(iter(question.dates(EventKind.ANSWERED)), None)
    published = next(iter(question.dates(EventKind.PUBLISHED)), None)
    fields: dict[str, object] = {
        "id": question.id,
        "parliament": question.key.parliament,
        "term": question.key.term,
        "type": question.key.type.value,
        "number": question.key.number,
        "title": question.title,
        "heading": question.heading,
        "rubric": question.rubric,
        "question": question.question,
        "answer": question.answer,
        "author": author.name if author else None,
        "group": author.group if author else None,
        "constituency": author.constituency if author else None,
        "ministry_asked": question.ministry_asked,
        "ministry_asked_id": question.ministry_asked_id,
        "ministry_assigned": question.ministry_assigned,
        "ministry_assigned_id": question.ministry_assigned_id,
        "ministry_answered": question.ministry_answered,
        "ministry_answered_id": question.ministry_answered_id,
        "portfolios": tuple(sorted(portfolios)),
        "status": question.status.value,
        "ever": tuple(sorted({event.kind.value for event in question.events})),
        "published_date": published,
        "due_date": due_date,
        "answered_date": answered,
        "closed_date": question.closed_date,
        "renewed_dates": question.dates(EventKind.RENEWED),
        "signalled_dates": question.dates(EventKind.SIGNALLED),
        "delay_days": (answered - published).days if answered and published else None,
        "renewals": sum(event.kind == EventKind.RENEWED for event in question.events),
        "figures": question.figures,
        "tables": len(question.tables),
        "source_id": question.source_id,
    }
    draft = SearchDocument.model_validate({**fields, "version": version, "content_hash": ""})
    return draft.model_copy(update={"content_hash": _hash(draft)})


def _hash(draft: SearchDocument) -> str:
    content = draft.model_dump(mode="json", exclude={"version", "content_hash"})
    return hashlib.sha256(orjson.dumps(content, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]
