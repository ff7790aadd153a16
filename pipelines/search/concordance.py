"""Concordance (KWIC, key word in context): each occurrence with the words on its left and on its right."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from pipelines.search.analysis import Words
from pipelines.search.engine_query import Mark
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
        read = Words(text)
        found = occurrences(read, section, wanted)
        final = len(read.plain) - 1
        for first, last in found:
            start, end = read.span(first)[0], read.span(last)[1]
            begin = read.span(max(0, first - left))[0]
            stop = read.span(min(final, last + right))[1]
            before, node, after = (_on_one_line(part) for part in (text[begin:start], text[start:end], text[end:stop]))
            yield Line(section, before, node, after, start, end)


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
