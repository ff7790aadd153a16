"""The labels of the sources and the field each one names: the one table that all layouts share.

Labels are compared without case and accents; `Label >`, `Label :`, `Label:` and `Label |` read alike. A label that is
not in the table is not guessed at: the reader reports it.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from pipelines.parse.text import key
from schemas.question import EventKind


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
    Field.REASSIGNED: EventKind.REASSIGNED,
    Field.RENEWED: EventKind.RENEWED,
    Field.SIGNALLED: EventKind.SIGNALLED,
    Field.QUESTION_CORRECTED: EventKind.CORRECTED,
    Field.ANSWER_CORRECTED: EventKind.CORRECTED,
    Field.WITHDRAWN: EventKind.WITHDRAWN,
    Field.CLOSED: EventKind.CLOSED_OTHER,
}
"""The labels that carry a date; each may be printed any number of times."""

_LABELS: dict[str, Field] = {
    "ministere interroge": Field.MINISTRY_ASKED,
    "ministere attributaire": Field.MINISTRY_ASSIGNED,
    "ministere repondant": Field.MINISTRY_ANSWERED,
    "rubrique": Field.RUBRIC,
    "tete d'analyse": Field.HEADING,
    "analyse": Field.TITLE,
    "titre": Field.TITLE,
    "auteur": Field.AUTHOR,
    "question de": Field.AUTHOR,
    "question n°": Field.NUMBER,
    "question n": Field.NUMBER,
    "type de question": Field.TYPE,
    "nature de la question": Field.TYPE,
    "question publiee au jo le": Field.PUBLISHED,
    "question publiee le": Field.PUBLISHED,
    "question soumise le": Field.PUBLISHED,
    "reponse publiee au jo le": Field.ANSWERED,
    "reponse publiee le": Field.ANSWERED,
    "reponse emise le": Field.ANSWERED,
    "date de changement d'attribution": Field.REASSIGNED,
    "question changee d'attribution le": Field.REASSIGNED,
    "date de renouvellement": Field.RENEWED,
    "question renouvelee le": Field.RENEWED,
    "renouvellement de la question le": Field.RENEWED,
    "date de signalement": Field.SIGNALLED,
    "question signalee le": Field.SIGNALLED,
    "question signalee au gouvernement le": Field.SIGNALLED,
    "question retiree le": Field.WITHDRAWN,
    "retiree le": Field.WITHDRAWN,
    "date de retrait": Field.WITHDRAWN,
    "date de cloture": Field.CLOSED,
    "date": Field.DATES,
    "dates": Field.DATES,
    "texte de la question": Field.QUESTION_TEXT,
    "texte de la reponse": Field.ANSWER_TEXT,
    "texte du debat": Field.QUESTION_TEXT,
} | {
    f"erratum de la {text} {published}": field
    for text, field in (("question", Field.QUESTION_CORRECTED), ("reponse", Field.ANSWER_CORRECTED))
    for published in ("publie au jo le", "publiee au jo le", "publie le", "publiee le")
}

_LABEL_CHARS = 60
_SEPARATED = re.compile(r"([^:>›|]{1,60})(?:[:>›|]\s?)(.*)", re.DOTALL)  # Ministère interrogé > Intérieur
_BEFORE_DATE = re.compile(r"(\D{6,60}) (\d.*)", re.DOTALL)  # Réponse publiée le 6 mai 2025
# several dated labels may stand in one line: each begins after the one before
_DATED_START = re.compile(
    r"(?<! la) (?=(?:(?:Question|Réponse) (?:publiée|retirée|renouvelée|signalée) |Date de |Erratum de la )"
    r"[^:>\d]{0,40}[:>]? ?\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Labelled:
    """A line that begins with a known label; `value` is empty when it stands on the next line."""

    field: Field
    label: str
    value: str


def read_label(line: str) -> Labelled | None:
    """Read a line that begins with a known label, else None."""
    for pattern in (_SEPARATED, _BEFORE_DATE):
        if (found := pattern.fullmatch(line)) and (field := _LABELS.get(key(found[1]))):
            return Labelled(field, found[1].strip(), found[2].strip(" |"))
    field = _LABELS.get(key(line)) if len(line) <= _LABEL_CHARS else None
    return Labelled(field, line, "") if field else None


def looks_labelled(line: str) -> str | None:
    """The label of a line that is made like one (`Label : value`), known or not; None for any other line."""
    found = _SEPARATED.fullmatch(line)
    return found[1].strip() if found else None


def one_label_a_line(line: str) -> list[str]:
    """Split a line in which several dated labels follow each other."""
    return _DATED_START.split(line)
