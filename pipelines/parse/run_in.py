"""Lines into which several labels of a page, or all of it, were run together: taken apart again.

Prose may quote a label: a line is only taken apart when it holds several different ones, and never inside a text.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipelines.parse.labels import Field, printed_labels, read_label
from pipelines.parse.text import key

_FEWEST = 3  # different labels in one line
_TOO_COMMON = ("date", "dates", "débat")  # words of prose before a colon
_STANDING_ALONE = (
    "Texte de la question",
    "Texte de la réponse",
    "Question écrite",
    "Question orale sans débat",
    "Question au Gouvernement",
)
_NUMBER = r"Question N ?[°ºo]? ?:? ?(?=\d)"
_DATES = r"Dates? ?: ?(?=Question publi)"


def split_at_labels(line: str) -> list[str]:
    """The labelled parts of a line, or the line alone: cut before each label, and around the headings of the texts."""
    found = list(_label().finditer(line))
    if len({key(each[0]) for each in found}) < _FEWEST:
        return [line]
    cuts = sorted({*_cuts(found)})
    parts = [line[start:end].strip() for start, end in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    return [part for part in parts if part]


def _cuts(found: list[re.Match[str]]) -> Iterator[int]:
    """Where to cut: a label that stands alone is a line of its own; inside a text only the next heading counts."""
    inside: Field | None = None
    for each in found:
        known = read_label(each[0])
        heading = known.field if known and known.field in (Field.QUESTION_TEXT, Field.ANSWER_TEXT) else None
        if inside == Field.ANSWER_TEXT or (inside and heading != Field.ANSWER_TEXT):
            continue
        inside = heading or inside
        yield each.start()
        if each["alone"]:
            yield each.end()


@cache
def _label() -> re.Pattern[str]:
    """Labels inside a line: closed by a sign, the question's number, or those that are never closed."""
    names = sorted((label for label, _ in printed_labels() if label not in _TOO_COMMON), key=len, reverse=True)
    closed = "|".join(map(_with_or_without_accents, names))
    alone = "|".join(map(_with_or_without_accents, _STANDING_ALONE))
    return re.compile(
        rf"(?<![^\W\d_])(?:(?i:(?:{closed}) ?[:>›](?= |$)|{_NUMBER}|{_DATES})|(?P<alone>(?i:{alone}))(?= [A-ZÀ-Ý(]|$))"
    )


def _with_or_without_accents(label: str) -> str:
    """A pattern of a label that capitals may have cost its accents: `Texte de la REPONSE`."""
    return "".join(re.escape(char) if char.isascii() else f"[{char}{key(char)}]" for char in label)
