"""What an address or a file name says of the question: used where the page itself does not say it.

A hint, never the truth: one address has served other content before.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from schemas.identity import QuestionType

_TYPE = "(QE|QG|QOSD)"
_OWN = re.compile(
    rf"(?<![a-z])(fr-an|fr-senat)-(\d{{1,2}})-{_TYPE}-(\d{{1,7}})(?!\d)", re.IGNORECASE
)  # fr-an-15-QE-12526
_OPEN_DATA = re.compile(rf"QANR\dL(\d{{1,2}}){_TYPE}(\d{{1,7}})(?!\d)", re.IGNORECASE)  # QANR5L15QE12526
_PAGE = re.compile(rf"(?<!\d)(\d{{1,2}})-(\d{{1,7}}){_TYPE}(?![A-Z])", re.IGNORECASE)  # 15-12526QE.htm
_SENAT = re.compile(r"qSEQ(\d{2})(\d{2})(?:(\d{5,6})|(\d{4})([A-Z]))(?![0-9A-Z])", re.IGNORECASE)  # qSEQ220628479
_NOSDEPUTES = re.compile(rf"/(\d{{1,2}})/question/{_TYPE}/(\d{{1,7}})(?!\d)", re.IGNORECASE)  # /15/question/QE/20984
_NOSDEPUTES_YEARS = re.compile(
    rf"//(2007-2012|2012-2017|2017-2022|2022)\.nosdeputes\.fr/question/{_TYPE}/(\d{{1,7}})(?!\d)", re.IGNORECASE
)  # 2007-2012.nosdeputes.fr/question/QE/20984
_TERM_OF_YEARS = {"2007-2012": 13, "2012-2017": 14, "2017-2022": 15, "2022": 16}
_SENAT_LETTERS = {"S": QuestionType.QOSD, "G": QuestionType.QG}
_CENTURY_TURN = 50  # the Sénat's base begins in 1978


@dataclass(frozen=True)
class Hint:
    """The question an address names; `month` is the first day of the month of publication, where it is coded."""

    parliament: str
    term: int | None
    type: QuestionType | None
    number: int
    source_id: str | None = None
    month: date | None = None


def hint_from(url: str) -> Hint | None:
    """Read the address, its last part first: folders may be named after other questions."""
    whole = unquote(url)
    last = whole.rstrip("/").rpartition("/")[2]
    for text in (last, whole):
        for pattern, read in _READERS:
            if found := _last(pattern, text):
                return read(found)
    return None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(text):  # noqa: B007 - the last one counts
        pass
    return found


def _type(text: str) -> QuestionType:
    return QuestionType(text.upper())


def _senat(found: re.Match[str]) -> Hint:
    year, month = int(found[1]), int(found[2])
    year += 1900 if year >= _CENTURY_TURN else 2000
    letter = found[5].upper() if found[5] else None
    return Hint(
        parliament="fr-senat",
        term=None,
        type=_SENAT_LETTERS.get(letter) if letter else QuestionType.QE,
        number=int(found[3] or found[4]),
        source_id=f"qSEQ{found[1]}{found[2]}{found[3] or found[4] + (letter or '')}",
        month=date(year, month, 1) if 1 <= month <= 12 else None,
    )


_READERS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Hint]], ...] = (
    (_OWN, lambda found: Hint(found[1].lower(), int(found[2]), _type(found[3]), int(found[4]))),
    (_OPEN_DATA, lambda found: Hint("fr-an", int(found[1]), _type(found[2]), int(found[3]))),
    (_PAGE, lambda found: Hint("fr-an", int(found[1]), _type(found[3]), int(found[2]))),
    (_SENAT, _senat),
    (_NOSDEPUTES, lambda found: Hint("fr-an", int(found[1]), _type(found[2]), int(found[3]))),
    (_NOSDEPUTES_YEARS, lambda found: Hint("fr-an", _TERM_OF_YEARS[found[1]], _type(found[2]), int(found[3]))),
)
