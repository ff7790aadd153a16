"""The procedures as the sources name them: `Question écrite`, `Question au Gouvernement`, `QOSD`."""

import re

from pipelines.parse.text import key
from schemas.identity import QuestionType

_NAMES = {
    "question ecrite": QuestionType.QE,
    "question orale sans debat": QuestionType.QOSD,
    "question orale": QuestionType.QOSD,  # terms 8 to 10 in layout D
    "question au gouvernement": QuestionType.QG,
    "question d'actualite au gouvernement": QuestionType.QG,
    "qe": QuestionType.QE,
    "qosd": QuestionType.QOSD,
    "qg": QuestionType.QG,
}
_SIGNALLED = re.compile(r" (?:signalee|avec reponse|sans reponse)\b.{0,40}")


def question_type(text: str) -> QuestionType | None:
    """The procedure of that name, or None."""
    return _NAMES.get(_SIGNALLED.sub("", key(text))) if len(text) <= 100 else None
