"""Lines of a site around a question (`furniture.yaml`): ignored on purpose inside and before, an end after."""

from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

from pipelines.parse.text import key

_SHORT = 80  # characters; menu entries are shorter, and end no sentence
_SENTENCE_ENDS = (".", "!", "?", ";", ":", ",", "»", ")")


def is_furniture(line: str) -> bool:
    """Whether a line is a menu entry, a button or a footer of the site."""
    return len(line) <= _SHORT and key(line) in _furniture()


def footer_start(lines: Sequence[str], start: int = 0) -> int:
    """Where the site's footer begins after a text that begins at `start`; the number of lines when there is none.

    The footer begins at a known line after which nothing is prose any more: a text is never cut at a word that could
    be a menu entry while sentences follow.
    """
    end = len(lines)
    for index in range(len(lines) - 1, start - 1, -1):
        line = lines[index]
        if is_furniture(line):
            end = index
        elif len(line) > _SHORT or line.endswith(_SENTENCE_ENDS):
            break
    return end


def without_furniture_below(lines: Sequence[str], start: int, end: int) -> int:
    """The end of a text that goes from `start` to `end`, without headings and buttons of the site that close it."""
    while end > start and is_furniture(lines[end - 1]):
        end -= 1
    return end


def without_footer(lines: Sequence[str]) -> list[str]:
    """The lines of a text up to the site's footer."""
    return list(lines[: footer_start(lines)])


@cache
def _furniture() -> frozenset[str]:
    text = files("pipelines.parse").joinpath("furniture.yaml").read_text("utf-8")
    return frozenset(key(line) for line in TypeAdapter(list[str]).validate_python(yaml.safe_load(text)))
