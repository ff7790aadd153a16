"""Figures of a text: the steps put together.

A text is cut into sentences; those that hold a number go through the steps in order (numbers, units, compounds, ratios,
ranges, exclusions, approximation, change, denominator, subject). Each step is a module of this package.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from pipelines.figures.cells import table_figures
from pipelines.figures.changes import mark_changes
from pipelines.figures.compounds import join_compounds
from pipelines.figures.context import take_context_units
from pipelines.figures.denominator import mark_denominators
from pipelines.figures.exclusions import drop_excluded
from pipelines.figures.figure import as_figure
from pipelines.figures.mention import Mention, Sentence
from pipelines.figures.numbers import read_numbers
from pipelines.figures.qualifiers import mark_approximations
from pipelines.figures.ranges import join_ranges
from pipelines.figures.ratios import read_ratios
from pipelines.figures.retold import mark_retold
from pipelines.figures.sentences import figure_sentences
from pipelines.figures.subject import find_subjects, share_along_lists
from pipelines.figures.topics import Thread
from pipelines.figures.units import attach_units
from schemas.figure import Figure, Section
from schemas.text_table import TextTable

EXTRACTOR_VERSION = "17"  # raised with every change that can change a figure

STEPS: tuple[Callable[[Sentence, list[Mention]], list[Mention]], ...] = (
    attach_units,
    join_compounds,
    read_ratios,
    join_ranges,
    take_context_units,
    drop_excluded,
    mark_approximations,
    mark_changes,
    mark_retold,
    mark_denominators,
    share_along_lists,
)

"""The steps between the numbers of a sentence and what only the text before tells of their subjects, in order."""

_BATCH = 256  # sentences read at once

GoldValue = str | int | float | None


class Passage(NamedTuple):
    """A text to read, which of a question's it is, and the tables that stand in it, in order.

    The cells of a table are read by their headers, and are no prose.
    """

    text: str
    section: Section | None = None
    tables: Sequence[TextTable] = ()


def extract(text: str, section: Section | None = None, tables: Sequence[TextTable] = ()) -> tuple[Figure, ...]:
    """The figures of a text, in order, with offsets in code points; any text is read without error.

    Args:
        text: The text.
        section: Which text of a question it is.
        tables: The tables that stand in it, in order.
    """
    return extract_all([Passage(text, section, tables)])[0]


def extract_all(passages: Sequence[Passage]) -> list[tuple[Figure, ...]]:
    """The figures of each text; many short texts are read quicker together than one by one."""
    found: list[list[Figure]] = [[] for _ in passages]
    sentences = (each for place, passage in enumerate(passages) for each in _sentences(place, passage))
    while batch := list(islice(sentences, _BATCH)):
        for (prose, _), figures in zip(batch, _figures(batch, passages), strict=True):
            found[prose.place] += figures
    for figures, passage in zip(found, passages, strict=True):
        for table in passage.tables:
            figures += table_figures(passage.text, table, passage.section)
        if passage.tables:
            figures.sort(key=_start)
    return [tuple(figures) for figures in found]


def to_gold(figure: Figure) -> dict[str, GoldValue]:
    """The figure as one entry of an annotated corpus: span, value, unit and qualifiers, without sentence and rule."""
    fields = ("start", "end", "text", "kind", "value", "low", "high", "unit", "approx", "direction", "per", "subject")
    return {name: getattr(figure, name) for name in fields}


class _Prose(NamedTuple):
    """A stretch of prose between tables: the place of its passage, and what it has spoken of."""

    place: int
    thread: Thread


def _sentences(place: int, passage: Passage) -> Iterator[tuple[_Prose, Sentence]]:
    starts = (0, *(table.end for table in passage.tables))
    ends = (*(table.start for table in passage.tables), len(passage.text))
    for first, last in zip(starts, ends, strict=True):
        prose = _Prose(place, Thread(first))
        for start, end in figure_sentences(passage.text, first, last):
            yield prose, Sentence.read(passage.text, start, end)


def _figures(batch: Sequence[tuple[_Prose, Sentence]], passages: Sequence[Passage]) -> list[list[Figure]]:
    """The figures of each sentence: step by step, not sentence by sentence, so that a step's code stays in cache."""
    sentences = [sentence for _, sentence in batch]
    found = [read_numbers(sentence) for sentence in sentences]
    for step in STEPS:
        adds = step is read_ratios  # the one that finds figures where there were none: the verbs of doubling
        found = [
            step(sentence, mentions) if mentions or adds else mentions
            for sentence, mentions in zip(sentences, found, strict=True)
        ]
    for (prose, sentence), mentions in zip(batch, found, strict=True):
        if mentions:
            find_subjects(sentence, mentions, prose.thread.told(sentence, mentions))
            prose.thread.add(sentence, mentions)
    return [
        _records(sentence, mentions, passages[prose.place].section)
        for (prose, sentence), mentions in zip(batch, found, strict=True)
    ]


def _records(sentence: Sentence, mentions: list[Mention], section: Section | None) -> list[Figure]:
    written = sentence.text[sentence.start : sentence.end].strip() if mentions else ""
    return [as_figure(sentence, mention, written, section) for mention in mentions]


def _start(figure: Figure) -> int:
    return figure.start
