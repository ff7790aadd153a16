"""How terms and questions are named: `fr-an-15`, `fr-an-15-QE-12526`."""

import re
from enum import StrEnum
from typing import Final, Self

from schemas.errors import UnknownQuestionError, UnknownTermError
from schemas.record import Record

PERMALINK: Final = "/q/{id}"
"""Stable address of a question; never changes."""


class QuestionType(StrEnum):
    """Procedures of the questions; delays concern written questions (QE)."""

    QE = "QE"  # question écrite
    QG = "QG"  # question au Gouvernement
    QOSD = "QOSD"  # question orale sans débat


_TERM = re.compile(r"(?P<parliament>[a-z]{2}(?:-[a-z]+)+)-(?P<term>\d{1,3})")
_QUESTION = re.compile(_TERM.pattern + r"-(?P<type>[A-Z]{2,5})-(?P<number>\d{1,7})")


class TermKey(Record):
    """One term (législature) of one parliament; written `fr-an-15`."""

    parliament: str
    term: int

    def __str__(self) -> str:
        return f"{self.parliament}-{self.term}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `fr-an-15`; raises UnknownTermError on any other form."""
        found = _TERM.fullmatch(text.strip())
        if found is None:
            raise UnknownTermError(f"'{text}' names no term: write a parliament and a number, such as fr-an-15")
        return cls(parliament=found["parliament"], term=int(found["term"]))


class QuestionKey(Record):
    """One question; written `fr-an-15-QE-12526`."""

    parliament: str
    term: int
    type: QuestionType
    number: int

    def __str__(self) -> str:
        return f"{self.parliament}-{self.term}-{self.type}-{self.number}"

    @property
    def term_key(self) -> TermKey:
        """The term the question belongs to."""
        return TermKey(parliament=self.parliament, term=self.term)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read `fr-an-15-QE-12526`; raises UnknownQuestionError on any other form."""
        found = _QUESTION.fullmatch(text.strip())
        if found is None or found["type"] not in QuestionType.__members__:
            raise UnknownQuestionError(f"'{text}' names no question: write an id such as fr-an-15-QE-12526")
        return cls(
            parliament=found["parliament"],
            term=int(found["term"]),
            type=QuestionType(found["type"]),
            number=int(found["number"]),
        )
