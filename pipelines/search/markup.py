"""Marked passages as HTML that is safe wherever it is put: everything is escaped, and `<mark>` is the only element."""

from collections.abc import Iterable
from html import escape


def marked_html(text: str, marks: Iterable[tuple[int, int]]) -> str:
    """The text with its marks, which are offsets in order and without overlap."""
    pieces: list[str] = []
    done = 0
    for start, end in marks:
        pieces += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return "".join((*pieces, escape(text[done:])))
