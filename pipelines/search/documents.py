"""Documents made flat: the values that both engines index, worked out once so that they cannot differ.

Here are the fields, the facets' values and what a text becomes before it is tokenised; the sort keys are in
`sort_keys.py`, how an engine stores them all in `embedded/schema.py` and `elastic/mapping.py`.
"""

import math
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain, islice
from operator import attrgetter
from typing import Final, NamedTuple, TypeVar

from pipelines.search.analysis import LETTER_APOSTROPHE, folded_tokens
from pipelines.search.backend import Rejected
from pipelines.search.engine_query import DATE_FIELDS, KEYWORD_FIELDS, TextField
from pipelines.search.small_phrases import small_phrases_in
from pipelines.search.sort_keys import sort_keys
from pipelines.search.words import folded_small_words
from schemas.figure import Figure
from schemas.search import SearchDocument, Shown
from schemas.units import in_base

_FIELDS: Final = 10  # raise it with every change to what is indexed here, in the embedded schema or in the mapping
SHAPE: Final = zlib.crc32(" ".join((str(_FIELDS), *sorted(folded_small_words()))).encode())
"""What the indexed fields are, the small words included: an index of another shape is not read, it is rebuilt."""

TEXT_FIELDS: Final[dict[TextField, tuple[str, ...]]] = {
    TextField.TITLE: ("title", "heading"),  # two fields, so that no phrase runs from one into the other
    TextField.QUESTION: ("question",),
    TextField.ANSWER: ("answer",),
}
BOOSTS: Final[dict[str, float]] = {"title": 3.0, "heading": 3.0, "question": 1.0, "answer": 1.0}
NUMBERS: Final[tuple[str, ...]] = ("term", "number", "delay_days", "renewals", "figures_count", "tables", "year")
_FLAGS: Final = ("has_figures", "has_table")
KEYWORDS: Final[frozenset[str]] = KEYWORD_FIELDS | {*_FLAGS, "present"}
"""The fields that hold whole values: those queries name, those only facets count, the names of the present ones."""

FACET_FIELDS: Final[dict[str, str]] = {
    "ministry": "ministry_assigned",
    "portfolio": "portfolios",
    "group": "group",
    "author": "author",
    "rubric": "rubric",
    "year": "year",
    "status": "status",
    "term": "term",
    "type": "type",
    "figures": "has_figures",
    "table": "has_table",
}
INT64: Final = 2**63 - 1
"""The largest whole number that an index holds, and the smallest below zero."""

SHOWN_TEXTS: Final = ("title", "question", "answer")
"""Texts that are kept as they are indexed, to be shown and highlighted."""

_BLOCK_QUESTIONS = 1_000
_TERM_BYTES = 32_766  # longest term of Lucene (IndexWriter.MAX_TERM_LENGTH)
_WORD_LETTERS = 8_000  # four bytes each at most, so that a word is never longer than a term may be
_OVERLONG = re.compile(rf"\w{{{_WORD_LETTERS},}}")
_TOGETHER = 512  # documents whose small phrases are sought at once
_Value = TypeVar("_Value", str, date)
_KEYWORD_ORDER = tuple(sorted(KEYWORD_FIELDS))
_DATE_ORDER = tuple(sorted(DATE_FIELDS))
_keywords_of = attrgetter(*_KEYWORD_ORDER)  # one call for all of them: each document passes here
_dates_of = attrgetter(*_DATE_ORDER)


class FlatFigure(NamedTuple):
    """One figure: a point value is a range of its own; None where the text gives no bound.

    The values as written are compared where a query names no unit, those in the base unit where it names one.
    """

    low: float | None
    high: float | None
    base_low: float | None
    base_high: float | None
    base_unit: str | None
    kind: str
    subject: tuple[str, ...]  # folded words


@dataclass(frozen=True)
class Flat:
    """One document as lists of values; a field without a value is absent.

    `block` and `check` are what an index is compared by: the block of a thousand numbers the question is in, and a
    number of 32 bits made of its content hash. `shown` is what is kept to show it, beside the texts.
    """

    id: str
    version: int
    content_hash: str
    block: str
    check: int
    shown: dict[str, str | None]
    texts: dict[str, str]
    small_phrases: str
    keywords: dict[str, tuple[str, ...]]
    numbers: dict[str, int]
    dates: dict[str, tuple[date, ...]]
    present: tuple[str, ...]
    sorts: dict[str, int]
    figures: tuple[FlatFigure, ...]


def flattened(documents: Iterable[SearchDocument], rejected: list[Rejected]) -> Iterator[Flat]:
    """The documents as both engines index them, many at a time; what no engine could hold is put among the rejected."""
    waiting = iter(documents)
    while batch := list(islice(waiting, _TOGETHER)):
        texts = [*map(_texts, batch)]
        phrases = small_phrases_in(each.values() for each in texts)
        for document, held, small in zip(batch, texts, phrases, strict=True):
            try:
                yield _flat(document, held, small)
            except ValueError as error:
                rejected.append(Rejected(document.id, str(error)))


def flatten(document: SearchDocument) -> Flat:
    """One document as both engines index it; raises ValueError where no engine could hold a value."""
    texts = _texts(document)
    return _flat(document, texts, *small_phrases_in([texts.values()]))


def _texts(document: SearchDocument) -> dict[str, str]:
    return {name: indexed_text(text) for name in BOOSTS if (text := getattr(document, name))}


def _flat(document: SearchDocument, texts: dict[str, str], small_phrases: str) -> Flat:
    keywords = _present(_KEYWORD_ORDER, _keywords_of(document))
    dates = _present(_DATE_ORDER, _dates_of(document))
    numbers = _numbers(document)
    _check(texts, keywords, numbers)
    present = {*texts, *keywords, *dates, *numbers} | ({"title"} if "heading" in texts else set())
    return Flat(
        id=document.id,
        version=document.version,
        content_hash=document.content_hash,
        block=block_of(document),
        check=check_of(document.content_hash),
        shown=_shown(document, texts),
        texts=texts,
        small_phrases=small_phrases,
        keywords=keywords | _flags(document),
        numbers=numbers,
        dates=dates,
        present=tuple(sorted(present)),
        sorts=sort_keys(document),
        figures=tuple(_flat_figure(figure) for figure in document.figures),
    )


def block_of(document: SearchDocument) -> str:
    """The block of a thousand numbers that the question is in: what is wrong in an index is found block by block."""
    return f"{document.parliament}-{document.term}/{document.number // _BLOCK_QUESTIONS}"


def check_of(content_hash: str) -> int:
    """32 bits of a content hash; both engines add up a block's exactly (a double holds integers up to 53 bits)."""
    return zlib.crc32(content_hash.encode())


def to_shown(question: str, texts: Mapping[str, str | None], shown: Mapping[str, str | None]) -> Shown:
    """What an engine kept, put together again; raises pydantic's ValidationError for what was never kept."""
    kept = {name: texts.get(name) for name in SHOWN_TEXTS}
    return Shown.model_validate({**kept, **shown, "id": question}, strict=False)


def indexed_text(text: str) -> str:
    """The text both engines tokenise: NFC, ʼ as ’, İ as I (which they lower-case differently), no endless word."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).replace("İ", "I").replace(LETTER_APOSTROPHE, "’")
    return _OVERLONG.sub(" ", text) if len(text) >= _WORD_LETTERS else text


def is_indexable(value: str) -> bool:
    """Whether a value can be in an index at all: Unicode, and not too long."""
    if value.isascii():
        return len(value) <= _TERM_BYTES
    try:
        return len(value.encode()) <= _TERM_BYTES
    except UnicodeEncodeError:
        return False


def _present(
    names: Iterable[str], values: Iterable[_Value | tuple[_Value, ...] | None]
) -> dict[str, tuple[_Value, ...]]:
    """The fields that have values, each with its distinct ones; an empty text is no value."""
    found: dict[str, tuple[_Value, ...]] = {}
    for name, value in zip(names, values, strict=True):
        if isinstance(value, tuple):
            if several := tuple(dict.fromkeys(filter(None, value))):
                found[name] = several
        elif value:
            found[name] = (value,)
    return found


def _numbers(document: SearchDocument) -> dict[str, int]:
    numbers = {
        "term": document.term,
        "number": document.number,
        "renewals": document.renewals,
        "figures_count": len(document.figures),
        "tables": document.tables,
    }
    if document.delay_days is not None:
        numbers["delay_days"] = document.delay_days
    if document.published_date is not None:
        numbers["year"] = document.published_date.year
    return numbers


def _flags(document: SearchDocument) -> dict[str, tuple[str, ...]]:
    held = (len(document.figures), document.tables)
    return {name: ("yes" if number else "no",) for name, number in zip(_FLAGS, held, strict=True)}


def _check(texts: dict[str, str], keywords: dict[str, tuple[str, ...]], numbers: dict[str, int]) -> None:
    for name, text in texts.items():
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ValueError(f"{name} is not Unicode: {error}") from error
    whole = is_indexable("\n".join(chain.from_iterable(keywords.values())))  # then each of them is, too
    for name, values in () if whole else keywords.items():
        for value in values:
            if not is_indexable(value):
                raise ValueError(f"{name} is not Unicode, or longer than the {_TERM_BYTES} bytes that a value can have")
    for name, number in numbers.items():
        if abs(number) > INT64:
            raise ValueError(f"{name} is beyond 64 bits")


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _flat_figure(figure: Figure) -> FlatFigure:
    low = figure.value if figure.value is not None else figure.low
    high = figure.value if figure.value is not None else figure.high
    least, most = _finite(low if low is not None else high), _finite(high if high is not None else low)
    base_unit, factor = in_base(figure.unit or None)
    return FlatFigure(
        low=least,
        high=most,
        base_low=_times(least, factor),
        base_high=_times(most, factor),
        base_unit=base_unit,
        kind=figure.kind.value,
        subject=tuple(dict.fromkeys(folded_tokens(figure.subject))) if figure.subject else (),
    )


def _shown(document: SearchDocument, texts: Mapping[str, str]) -> dict[str, str | None]:
    """The small fields, and the texts that are not indexed word for word."""
    published, answered = document.published_date, document.answered_date
    small = {
        "author": document.author,
        "ministry": document.ministry_assigned,
        "published_date": published.isoformat() if published else None,
        "answered_date": answered.isoformat() if answered else None,
        "status": document.status,
    }
    raw = {name: getattr(document, name) for name in SHOWN_TEXTS}
    return small | {name: text for name, text in raw.items() if text != texts.get(name)}


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
