"""One question, whole: as it is now or as it was on a past day."""

from datetime import date
from typing import Any

from pipelines.dataset.read import question as stored_question
from pipelines.delays.as_of import as_of as question_as_of
from pipelines.delays.clocks import delay
from pipelines.delays.deadlines import bundled_rules
from pipelines.delays.ministers import Ministers
from questarium.queries.naming import question_key
from questarium.queries.opened import current_version
from questarium.queries.people import ministers
from schemas.errors import UnknownQuestionError
from schemas.identity import PERMALINK, QuestionKey
from schemas.question import EventKind, Question
from schemas.settings import Settings


def show(
    settings: Settings, named: str, *, as_of: date | None, today: date, known_at: date | None = None
) -> dict[str, Any]:
    """The question as one JSON object, on a past day by the dates of the JO, by what had been captured, or by both.

    `named` is its id or its number as people write it. Raises UnknownQuestionError when it is not there, or not yet
    that day, or when several have that number.
    """
    version = current_version(settings)
    key = question_key(version, named)
    question = stored_question(version, str(key)) if known_at is None else _known(settings, key, known_at)
    if question is None:
        where = f"in data version {version.name}" if known_at is None else f"in what had been captured by {known_at}"
        raise UnknownQuestionError(f"{key} is not {where}; `questarium status` says what is")
    seen = question if as_of is None else question_as_of(question, as_of)
    if seen is None:
        published = question.dates(EventKind.PUBLISHED)[0]
        raise UnknownQuestionError(f"{key} was published on {published}, so on {as_of} there is nothing to show")
    shown = as_json(seen, as_of or known_at or today, ministers(version))
    return shown | {"as_of": as_of, "known_at": known_at, "data_version": version.name}


def _known(settings: Settings, key: QuestionKey, day: date) -> Question | None:
    from pipelines.flow.knowing import question_known  # all that reads a capture: half a second to load

    return question_known(settings, key, day)


def as_json(question: Question, day: date, people: Ministers) -> dict[str, Any]:
    """The record in the shape of the contract: identity, people, history, texts, figures, delay."""
    record = question.model_dump(mode="json")
    key = record.pop("key")
    return {
        "id": question.id,
        **key,
        "url": PERMALINK.format(id=question.id),
        **record,
        "ministry_assigned": question.ministry_assigned,
        "ministry_assigned_id": question.ministry_assigned_id,
        "delay": delay(question, day, bundled_rules(), people).model_dump(mode="json"),
    }
