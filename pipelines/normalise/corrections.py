"""Reviewed corrections, applied to what the revisions print before anything is derived from it.

The file (`corrections.yaml` in the data folder) is a list of lines, each with its source. A correction never changes a
capture; without it the next build shows again what is published.
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from pipelines.normalise.trust import Sources
from schemas.correction import AppliedCorrection, Correction
from schemas.errors import UnknownQuestionError, UsageError
from schemas.identity import QuestionKey
from schemas.question import EventKind, PrintedAuthor, PrintedEvent, RawQuestion
from schemas.yaml_text import load_yaml

_PLAIN: Final = (
    "ministry_asked",
    "ministry_assigned",
    "ministry_answered",
    "rubric",
    "heading",
    "title",
    "question",
    "answer",
)
TEXTS: Final = frozenset({"heading", "title", "question", "answer"})
"""Fields in words of the question's own, which a takedown removes."""
_OF_AUTHOR: Final = ("name", "civility", "group", "constituency", "source_id")
_OF_EVENT: Final = ("date", "page", "reason")
FIELDS: Final = (
    *_PLAIN,
    *(f"author.{name}" for name in _OF_AUTHOR),
    *(f"{kind}.{name}" for kind in EventKind for name in _OF_EVENT),
)
"""The fields that a correction may name."""


def read_corrections(path: Path) -> list[Correction]:
    """The lines of a file, none where there is no file.

    Raises:
        UsageError: the file cannot be read, or a line is none; says which and why.
    """
    try:
        content = load_yaml(path.read_text("utf-8"))
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UsageError(f"{path} cannot be read as YAML: {' '.join(str(error).split())}") from error
    lines = content if isinstance(content, list) else [] if content is None else [content]
    return [_line(path, place, line) for place, line in enumerate(lines, start=1)]


def versions_of(corrections: Iterable[Correction]) -> dict[str, str]:
    """Question id → what identifies the corrections of that question."""
    by_question: dict[str, list[str]] = {}
    for each in corrections:
        by_question.setdefault(each.question, []).append(each.model_dump_json())
    return {
        question: hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12] for question, lines in by_question.items()
    }


def corrected(
    newest: Sequence[RawQuestion], corrections: Iterable[Correction], sources: Sources
) -> tuple[list[RawQuestion], tuple[AppliedCorrection, ...]]:
    """The revisions with the corrections in them, and what became of each correction.

    Args:
        newest: the revisions of one question, newest first.
        corrections: those of the question, in the order of the file.
        sources: which source is believed for which field: its reading is what is published.
    """
    revisions, done = list(newest), []
    for each in corrections:
        name, _, part = each.field.partition(".")
        published = _published(sources.ordered(revisions, each.field), name, part)
        applied, published = _APPLY.get(name, _event)(revisions, each, published)
        done.append(
            AppliedCorrection(
                field=each.field,
                published=published,
                value=each.value,
                source=each.source,
                reviewed=each.reviewed,
                applied=applied is not None,
            )
        )
        revisions = applied if applied is not None else revisions
    return revisions, tuple(done)


class _Written(BaseModel):
    """One line as it is written; numbers and days need no quotes."""

    model_config = ConfigDict(extra="forbid")

    question: str
    field: str
    value: str | int | date | None
    was: str | int | date | None = None
    source: str
    reviewed: date | None = None


def _line(path: Path, place: int, line: Any) -> Correction:
    where = f"{path}, correction {place}"
    try:
        written = _Written.model_validate(line)
        question = str(QuestionKey.parse(written.question))
    except (ValidationError, UnknownQuestionError) as error:
        told = error.errors()[0] if isinstance(error, ValidationError) else None
        raise UsageError(f"{where}: {_told(told) if told else error}") from error
    if written.field not in FIELDS:
        raise UsageError(f"{where}: there is no field '{written.field}'; there are: {', '.join(FIELDS)}")
    if not written.source.strip():
        raise UsageError(f"{where}: a correction needs its source")
    value, was = (None if each is None else str(each) for each in (written.value, written.was))
    if written.field.endswith(".date"):
        _check_days(where, value, was)
    return Correction(
        question=question, field=written.field, value=value, was=was, source=written.source, reviewed=written.reviewed
    )


def _told(problem: Mapping[str, Any]) -> str:
    name = ".".join(str(part) for part in problem["loc"]) or "the line"
    return f"{name}: {problem['msg']}"


def _check_days(where: str, *days: str | None) -> None:
    for day in days:
        try:
            date.fromisoformat(day or "2000-01-01")
        except ValueError as error:
            raise UsageError(f"{where}: '{day}' is no day: write YYYY-MM-DD") from error


def _published(ordered: Sequence[RawQuestion], name: str, part: str) -> str | None:
    """What is shown of a field or of the asker, by the source that is believed."""
    if name == "author":
        return _first(getattr(each.author, part) for each in ordered if each.author)
    return _first(getattr(each, name) for each in ordered) if name in _PLAIN else None


_Applied = tuple[list[RawQuestion] | None, str | None]
"""The corrected revisions, None where the correction does not apply, and what is published."""


def _plain(revisions: list[RawQuestion], correction: Correction, published: str | None) -> _Applied:
    if not _meets(correction, published):
        return None, published
    update: dict[str, Any] = {correction.field: correction.value}
    if correction.field in ("question", "answer"):  # its tables stand at places of the text that was
        return [
            each.model_copy(
                update=update | {"tables": tuple(one for one in each.tables if one.section != correction.field)}
            )
            for each in revisions
        ], published
    return [each.model_copy(update=update) for each in revisions], published


def _author(revisions: list[RawQuestion], correction: Correction, published: str | None) -> _Applied:
    part = correction.field.partition(".")[2]
    if not _meets(correction, published):
        return None, published
    update: dict[str, Any] = {part: correction.value} | ({"surname_first": False} if part == "name" else {})
    nobody = PrintedAuthor(name=None)
    return [
        each.model_copy(update={"author": (each.author or nobody).model_copy(update=update)}) for each in revisions
    ], published


def _event(revisions: list[RawQuestion], correction: Correction, _: str | None) -> _Applied:
    """One event of the kind: the one that shows what the correction says it was, or the only one, or a new one."""
    name, _, part = correction.field.partition(".")
    kind = EventKind(name)
    shown = [event for each in revisions for event in each.events if event.kind == kind]
    values = list(dict.fromkeys(_text(getattr(event, part)) for event in shown))
    met = [value for value in values if correction.was is None or value == correction.was]
    if len(met) > 1 or (shown and not met) or (not shown and (correction.was is not None or part != "date")):
        return None, ", ".join(value for value in values if value is not None) or None
    value: Any = date.fromisoformat(correction.value) if part == "date" and correction.value else correction.value
    value = int(value) if part == "page" and value is not None else value
    if not shown:
        new = PrintedEvent(kind=kind, date=value)
        first = revisions[0].model_copy(update={"events": (*revisions[0].events, new)})
        return [first, *revisions[1:]], None

    def changed(event: PrintedEvent) -> list[PrintedEvent]:
        if event.kind != kind or _text(getattr(event, part)) != met[0]:
            return [event]
        if part == "date" and value is None:
            return []
        return [event.model_copy(update={part: value})]

    return [
        each.model_copy(update={"events": tuple(new for event in each.events for new in changed(event))})
        for each in revisions
    ], met[0]


_APPLY: Final[dict[str, Callable[[list[RawQuestion], Correction, str | None], _Applied]]] = {
    **dict.fromkeys(_PLAIN, _plain),
    "author": _author,
}


def _meets(correction: Correction, published: str | None) -> bool:
    return correction.was is None or correction.was == published


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value is not None), None)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
