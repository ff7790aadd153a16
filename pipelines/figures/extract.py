"""Figures of a text: the steps put together.

A text is cut into sentences; those that hold a number go through the steps in order (numbers, units, compounds, ratios,
ranges, exclusions, approximation, change, denominator, subject). Each step is a module of this package.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

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
from pipelines.figures.sentences import figure_sentences
from pipelines.figures.subject import find_subjects
from pipelines.figures.topics import Thread
from pipelines.figures.units import attach_units
from schemas.figure import Figure, Section
from schemas.text_table import TextTable

EXTRACTOR_VERSION = "7"  # raised with every change that can change a figure

STEPS: tuple[Callable[[Sentence, list[Mention]], list[Mention]], ...] = (
    attach_units,
    join_compounds,
    read_ratios,
    join_ranges,
    take_context_units,
    drop_excluded,
    mark_approximations,
    mark_changes,
    mark_denominators,
)

"""The steps between the numbers of a sentence and their subjects, in order."""

_BATCH = 256  # sentences read at once

GoldValue = str | int | float | None


def extract(text: str, section: Section | None = None, tables: Sequence[TextTable] = ()) -> tuple[Figure, ...]:
    """The figures of a text, in order, with offsets in code points; any text is read without error.

    Args:
        text: The text.
        section: Which text of a question it is.
        tables: The tables that stand in it, in order; their cells are read by their headers, and are no prose.
    """
    if not tables:
        return tuple(_figures(text, section, 0, len(text)))
    found: list[Figure] = []
    at = 0
    for table in tables:
        found += _figures(text, section, at, table.start)
        found += table_figures(text, table, section)
        at = table.end
    return (*found, *_figures(text, section, at, len(text)))


def to_gold(figure: Figure) -> dict[str, GoldValue]:
    """The figure as one entry of an annotated corpus: span, value, unit and qualifiers, without sentence and rule."""
    fields = ("start", "end", "text", "kind", "value", "low", "high", "unit", "approx", "direction", "per", "subject")
    return {name: getattr(figure, name) for name in fields}


def _figures(text: str, section: Section | None, first: int, last: int) -> Iterator[Figure]:
    thread, places = Thread(first), figure_sentences(text, first, last)
    while batch := [Sentence.read(text, start, end) for start, end in islice(places, _BATCH)]:
        found = [(sentence, mentions) for sentence, mentions in _quantities(batch) if mentions]
        for sentence, mentions in found:
            find_subjects(sentence, mentions, thread.told(sentence, mentions))
            thread.add(sentence, mentions)
        for sentence, mentions in found:
            written = text[sentence.start : sentence.end].strip()
            for mention in mentions:
                yield as_figure(sentence, mention, written, section)


def _quantities(batch: list[Sentence]) -> Iterator[tuple[Sentence, list[Mention]]]:
    """The quantities of each sentence: step by step, not sentence by sentence, so that a step's code stays in cache."""
    found = [read_numbers(sentence) for sentence in batch]
    for step in STEPS:
        found = [step(sentence, mentions) for sentence, mentions in zip(batch, found, strict=True)]
    return zip(batch, found, strict=True)
