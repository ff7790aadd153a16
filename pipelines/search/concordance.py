"""Concordance (KWIC, key word in context): each occurrence with the words on its left and on its right."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipelines.search.analysis import tokens
from pipelines.search.language.resolve import Mark
from pipelines.search.occurrences import occurrences


class Line(NamedTuple):
    """One occurrence in one text; the three parts are cut from the text as published, on one line."""

    section: str
    left: str
    node: str
    right: str
    start: int  # offset of the node in the text
    end: int


def concordance(texts: Mapping[str, str | None], marks: Iterable[Mark], *, left: int, right: int) -> Iterator[Line]:
    """A line for every occurrence in `texts` (section → text), with so many words on each side."""
    wanted = tuple(marks)
    for section, text in texts.items():
        if not text:
            continue
        read = tokens(text)
        for first, last in occurrences(read, section, wanted):
            start, end = read[first].start, read[last].end
            begin = read[max(0, first - left)].start if left else start
            stop = read[min(len(read) - 1, last + right)].end if right else end
            yield Line(
                section,
                _on_one_line(text[begin:start]),
                _on_one_line(text[start:end]),
                _on_one_line(text[end:stop]),
                start,
                end,
            )


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
