"""A plain reading of the texts: what an engine query means, without any engine.

Slow and simple on purpose, and with its own way to split a text, so that it can judge both the engines and us.
"""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from pipelines.search.engine_query import (
    Accents,
    And,
    AnyForm,
    DateRange,
    EngineQuery,
    Exists,
    FigureIs,
    Ids,
    Keyword,
    MatchAll,
    MatchNone,
    Near,
    Not,
    NumberRange,
    Or,
    Phrase,
    TextField,
)
from schemas.figure import Figure
from schemas.search import SearchDocument
from schemas.units import in_base

_TOKEN = re.compile(r"[^\W_ʼ]+")
_LETTERS = {"œ": "oe", "æ": "ae", "ß": "ss", "ł": "l", "ø": "o", "đ": "d", "ﬁ": "fi", "²": "2", "³": "3"}


def matches(query: EngineQuery, document: SearchDocument) -> bool:
    """Whether the document answers the query."""
    match query:
        case MatchAll():
            return True
        case MatchNone():
            return False
        case And(parts):
            return all(matches(part, document) for part in parts)
        case Or(parts):
            return any(matches(part, document) for part in parts)
        case Not(part):
            return not matches(part, document)
        case AnyForm() | Phrase() | Near():
            return any(_in_text(query, text) for text in texts(document, query.texts))
        case _:
            return _in_fields(query, document)


def texts(document: SearchDocument, wanted: tuple[TextField, ...]) -> list[str]:
    """The texts asked for, each on its own: title and heading are two texts of one field."""
    found = {
        TextField.TITLE: [document.title, document.heading],
        TextField.QUESTION: [document.question],
        TextField.ANSWER: [document.answer],
    }
    return [text for field in wanted for text in found[field] if text]


@lru_cache(maxsize=1 << 13)
def plain(text: str) -> list[str]:
    """The lower-cased words of a text."""
    return [word.lower() for word in _TOKEN.findall(unicodedata.normalize("NFC", text))]


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """A word without its accents."""
    letters = "".join(_LETTERS.get(letter, letter) for letter in word)
    return "".join(letter for letter in unicodedata.normalize("NFD", letters) if not unicodedata.combining(letter))


def _in_text(query: AnyForm | Phrase | Near, text: str) -> bool:
    words = plain(text)
    match query:
        case AnyForm(forms):
            return any(form in words for form in forms)
        case Phrase(positions, accents):
            words = [folded(word) for word in words] if accents is Accents.FOLDED else words
            return bool(_starts(positions, words))
        case Near(left, right, between, ordered):
            orders = [(left, right)] if ordered else [(left, right), (right, left)]
            return any(
                second - (first + len(one)) in range(between + 1)
                for one, other in orders
                for first in _starts(one, words)
                for second in _starts(other, words)
            )


def _starts(positions: tuple[tuple[str, ...], ...], words: list[str]) -> list[int]:
    """Where words stand side by side."""
    starts = range(len(words) - len(positions) + 1)
    return [at for at in starts if all(words[at + n] in options for n, options in enumerate(positions))]


def _in_fields(query: EngineQuery, document: SearchDocument) -> bool:
    match query:
        case Keyword(field, values):
            return any(value in values for value in _values(document, field))
        case Ids(ids):
            return document.id in ids
        case Exists("title"):
            return document.title is not None or document.heading is not None
        case Exists(field):
            return bool(_values(document, field))
        case NumberRange(field, low, high):
            return any(_within(value, low, high) for value in _values(document, field))
        case DateRange(field, low, high):
            return any((low or date.min) <= day <= (high or date.max) for day in _values(document, field))
        case FigureIs():
            return any(_figure_is(query, figure) for figure in document.figures)
        case _:
            raise AssertionError(f"not an engine query: {query}")


def _values(document: SearchDocument, field: str) -> list:  # type: ignore[type-arg]
    value = len(document.figures) if field == "figures_count" else getattr(document, field)
    if isinstance(value, tuple):
        return list(value)
    return [] if value is None else [value]


def _within(value: float, low: float | None, high: float | None) -> bool:
    return (low is None or value >= low) and (high is None or value <= high)


def _figure_is(query: FigureIs, figure: Figure) -> bool:
    """All conditions on this one figure; a range meets bounds that it overlaps."""
    unit, factor = in_base(figure.unit) if query.unit is not None else (None, 1.0)
    bounds = [bound * factor for bound in (figure.value, figure.low, figure.high) if bound is not None]
    least, most = min(bounds, default=None), max(bounds, default=None)
    if query.low is not None and (most is None or most < query.low):
        return False
    if query.high is not None and (least is None or least > query.high):
        return False
    if query.unit is not None and unit != query.unit:
        return False
    if query.kind is not None and figure.kind != query.kind:
        return False
    subject = {folded(word) for word in plain(figure.subject or "")}
    return not query.subject_forms or any(form in subject for form in query.subject_forms)
