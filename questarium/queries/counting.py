"""How many hits there are, counted honestly: by questions, by distinct answers, by distinct question texts."""

import re
from hashlib import blake2b

from pipelines.search.analysis import folded_line
from questarium.queries.asked import Asked
from schemas.record import Record
from schemas.search import Origin, Sort

_OPENING = re.compile(r".{0,400}?\b(?:sur|que|si|quelles?|quels?|comment|pourquoi)\b", re.DOTALL)
"""The formula that opens a question: matched at its beginning only, so that a text without one is kept whole."""
_DIGEST_BYTES = 10


class Counted(Record):
    """Numbers of hits.

    `distinct_answers` counts an answer given to several questions once; `distinct_questions` counts texts that have the
    same words after the formula that opens them ("M. X appelle l'attention de Mme la ministre sur") once.
    """

    questions: int
    answered: int
    distinct_answers: int
    distinct_questions: int
    origin: Origin


def count(asked: Asked) -> Counted:
    """Count every hit; texts are compared by their words, so that white space, case and accents do not count."""
    questions = answered = 0
    answers: set[bytes] = set()
    texts: set[bytes] = set()
    for shown in asked.shown(Sort.NUMBER):
        questions += 1
        if shown.answer:
            answered += 1
            answers.add(_digest(shown.answer))
        texts.add(_digest(_without_opening(shown.question)) if shown.question else shown.id.encode())
    return Counted(
        questions=questions,
        answered=answered,
        distinct_answers=len(answers),
        distinct_questions=len(texts),
        origin=asked.origin,
    )


def _without_opening(text: str) -> str:
    opening = _OPENING.match(text)
    return text[opening.end() :] if opening else text


def _digest(text: str) -> bytes:
    return blake2b(" ".join(folded_line(text).split()).encode(), digest_size=_DIGEST_BYTES).digest()
