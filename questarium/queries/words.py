"""Words around a query and words of its hits: collocates and significant terms."""

from collections.abc import Callable

from pipelines.search.association import Associated, Collocates, SignificantTerms
from pipelines.search.words import small_words
from questarium.queries.asked import Asked, texts_of
from schemas.record import Record
from schemas.search import Origin, Sort

_SHORTEST = 2  # letters of a word that is told, unless all are wanted


class WordRow(Record):
    """One word: counts inside and in all, the count to expect, log-likelihood (G²) and Dice's coefficient."""

    word: str
    inside: int
    total: int
    expected: float
    log_likelihood: float
    dice: float


class WordTable(Record):
    """Words, strongest first; `counted` is what `inside` is counted over: occurrences, or hits."""

    words: tuple[WordRow, ...]
    counted: int
    origin: Origin


def collocates(asked: Asked, *, left: int, right: int, limit: int, every_word: bool) -> WordTable:
    """Words within `left` and `right` words of the occurrences, against the same texts as a whole."""
    counts = Collocates(asked.reading.marks, left, right)
    for shown in asked.shown(Sort.NUMBER):
        counts.add(texts_of(shown))
    found = counts.strongest(limit, _wanted(every_word=every_word))
    return WordTable(words=_rows(found), counted=counts.occurrences, origin=asked.origin)


def significant_terms(asked: Asked, *, limit: int, every_word: bool) -> WordTable:
    """Words that more of the hits have than of all questions; the counts are of questions."""
    counts = SignificantTerms()
    for shown in asked.shown(Sort.NUMBER):
        counts.add(texts_of(shown).values())
    vocabulary = asked.vocabulary
    found = counts.strongest(vocabulary.count, vocabulary.documents, limit, _wanted(every_word=every_word))
    return WordTable(words=_rows(found), counted=counts.hits, origin=asked.origin)


def _wanted(*, every_word: bool) -> Callable[[str], bool]:
    small = frozenset[str]() if every_word else small_words()
    return lambda word: every_word or (len(word) >= _SHORTEST and word not in small and not word.isdigit())


def _rows(found: list[Associated]) -> tuple[WordRow, ...]:
    return tuple(
        WordRow(
            word=each.word,
            inside=each.inside,
            total=each.total,
            expected=round(each.expected, 2),
            log_likelihood=round(each.log_likelihood, 2),
            dice=round(each.dice, 4),
        )
        for each in found
    )
