"""The labels of the sources and the field each one names (`labels.yaml`): the one table that all layouts share.

Labels are compared without case and accents; `Label >`, `Label :`, `Label:` and `Label |` read alike. Letters broken by
an old encoding (`Minist?re interrog?`) are met by any one or two characters in the place of an accented one.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from pydantic import TypeAdapter

from pipelines.parse.text import key
from schemas.question import EventKind
from schemas.yaml_text import load_yaml


class Field(StrEnum):
    """What a label announces; those of `PLAIN` are fields of the draft, under their own names."""

    MINISTRY_ASKED = "ministry_asked"
    MINISTRY_ASSIGNED = "ministry_assigned"
    MINISTRY_ANSWERED = "ministry_answered"
    RUBRIC = "rubric"
    HEADING = "heading"
    TITLE = "title"
    AUTHOR = "author"
    NUMBER = "number"
    TYPE = "type"
    PUBLISHED = "published"
    ANSWERED = "answered"
    SITTING = "sitting"  # oral questions: asked and answered that day
    DEBATED = "debated"  # the same, above the debate
    REASSIGNED = "reassigned"
    RENEWED = "renewed"
    SIGNALLED = "signalled"
    QUESTION_CORRECTED = "question_corrected"
    ANSWER_CORRECTED = "answer_corrected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    DATES = "dates"  # announces dated labels, says nothing itself
    QUESTION_TEXT = "question"
    ANSWER_TEXT = "answer"


PLAIN = frozenset(
    {
        Field.MINISTRY_ASKED,
        Field.MINISTRY_ASSIGNED,
        Field.MINISTRY_ANSWERED,
        Field.RUBRIC,
        Field.HEADING,
        Field.TITLE,
    }
)
"""The labels whose value is kept as printed."""

DATED: dict[Field, EventKind] = {
    Field.PUBLISHED: EventKind.PUBLISHED,
    Field.ANSWERED: EventKind.ANSWERED,
    Field.SITTING: EventKind.ANSWERED,
    Field.DEBATED: EventKind.ANSWERED,
    Field.REASSIGNED: EventKind.REASSIGNED,
    Field.RENEWED: EventKind.RENEWED,
    Field.SIGNALLED: EventKind.SIGNALLED,
    Field.QUESTION_CORRECTED: EventKind.CORRECTED,
    Field.ANSWER_CORRECTED: EventKind.CORRECTED,
    Field.WITHDRAWN: EventKind.WITHDRAWN,
    Field.CLOSED: EventKind.CLOSED_OTHER,
}
"""The labels that carry a date; each may be printed any number of times."""

LONGEST_LABEL_LINE = 400
"""Characters; a longer line is a text."""

_LABEL_CHARS = 60
_BROKEN_LETTER = re.compile("[^a-z0-9' ]")
_SEPARATED = re.compile(r"([^:>›|]{1,60}+)[:>›|]\s?(.*)", re.DOTALL)  # Ministère interrogé > Intérieur
_BEFORE_DATE = re.compile(r"(\D{7,61}+)(?<= )(\d.*)", re.DOTALL)  # Réponse publiée le 6 mai 2025
# several dated labels may stand in one line: each begins after the one before, a blank between them or none
_DATED_START = re.compile(
    r"(?<! la)(?: |(?<=[\d)]))"
    r"(?=(?:(?:Question|Réponse) (?:publiée|retirée|renouvelée|signalée) |Date de |Erratum de la )"
    r"[^:>\d]{0,40}[:>]? ?\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Labelled:
    """A line that begins with a known label; `value` is empty when it stands on the next line."""

    field: Field
    label: str
    value: str


@lru_cache(maxsize=512)  # the same lines of a page are asked for several times
def read_label(line: str) -> Labelled | None:
    """Read a line that begins with a known label, else None."""
    for pattern in (_SEPARATED, _BEFORE_DATE):
        if (found := pattern.fullmatch(line)) and (field := _field(found[1])):
            return Labelled(field, found[1].strip(), found[2].strip(" |"))
    field = _field(line) if len(line) <= _LABEL_CHARS else None
    return Labelled(field, line, "") if field else None


def read_label_line(line: str) -> Labelled | None:
    """The label of a line that is short enough to be one; a text may begin as a label does."""
    return read_label(line) if len(line) <= LONGEST_LABEL_LINE else None


def looks_labelled(line: str) -> str | None:
    """The label of a line that is made like one (`Label : value`), known or not; None for any other line."""
    found = _SEPARATED.fullmatch(line)
    return found[1].strip() if found else None


def one_label_a_line(line: str) -> list[str]:
    """Split a line in which several dated labels follow each other."""
    return _DATED_START.split(line)


@lru_cache(maxsize=4096)  # the same few labels on every page
def _field(label: str) -> Field | None:
    plain = key(label)
    field = _labels().get(plain)
    if field is None and _BROKEN_LETTER.search(plain):
        field = next((field for pattern, field in _broken_labels() if pattern.fullmatch(plain)), None)
    return field


@cache
def _labels() -> dict[str, Field]:
    return {key(label): field for label, field in printed_labels()}


@cache
def _broken_labels() -> tuple[tuple[re.Pattern[str], Field], ...]:
    """Patterns of the labels that have accented letters, each of them broken in any way."""
    return tuple(
        (re.compile("".join(re.escape(char) if char.isascii() else ".{0,2}" for char in label)), field)
        for label, field in printed_labels()
        if not label.isascii()
    )


@cache
def printed_labels() -> tuple[tuple[str, Field], ...]:
    """Every label as printed, with its field."""
    text = files("pipelines.parse").joinpath("labels.yaml").read_text("utf-8")
    table = TypeAdapter(dict[Field, list[str]]).validate_python(load_yaml(text))
    return tuple((label, field) for field, labels in table.items() for label in labels)
