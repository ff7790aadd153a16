"""Lines of a site around a question (`furniture.yaml`): ignored on purpose inside and before, an end after."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from pipelines.parse.text import key
from schemas.yaml_text import load_yaml

_SHORT = 80  # characters; menu entries are shorter, and end no sentence
_SENTENCE_STOPS = (". ", "! ", "? ", "» ")
_FEWEST_LETTERS = 4
_SENTENCE_ENDS = (".", "!", "?", ";", ":", ",", "»", ")")


def is_furniture(line: str) -> bool:
    """Whether a line is a menu entry, a button or a footer of the site, or several of them in a row."""
    return len(line) <= _SHORT and (key(line) in _furniture() or _row().fullmatch(key(line)) is not None)


def without_run_in_footer(line: str) -> str:
    """A text without the site's footer that was run into its last line: entries of menus after its last sentence."""
    end = max(map(line.rfind, _SENTENCE_STOPS)) + 1
    rest = line[end:].strip()
    return line[:end] if end and rest and is_furniture(rest) else line


def footer_start(lines: Sequence[str], start: int = 0) -> int:
    """Where the site's footer begins after a text that begins at `start`; the number of lines when there is none.

    The footer begins at a known line after which nothing is prose any more: a text is never cut at a word that could
    be a menu entry while sentences follow.
    """
    end = len(lines)
    for index in range(len(lines) - 1, start - 1, -1):
        line = lines[index]
        if is_furniture(line) or (index == len(lines) - 1 and _is_cut_entry(line)):
            end = index
        elif len(line) > _SHORT or line.endswith(_SENTENCE_ENDS):
            break
    return end


def _is_cut_entry(line: str) -> bool:
    """Whether a page ends within an entry of its footer: `Haut de pa`, `Contact | Plan d`."""
    begun = key(re.split(r" ?[|•·] ?", line)[-1]) if len(line) <= _SHORT else ""
    return len(begun) >= _FEWEST_LETTERS and any(
        entry.startswith(begun) and len(begun) * 2 > len(entry) for entry in _furniture()
    )


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
    return frozenset(key(line) for line in TypeAdapter(list[str]).validate_python(load_yaml(text)))


@cache
def _row() -> re.Pattern[str]:
    """Several entries in a row: `Informations légales | Contact | Plan du site`."""
    entry = "|".join(map(re.escape, sorted(_furniture(), key=len, reverse=True)))
    return re.compile(rf"(?:{entry})(?: ?[|•·]? ?(?:{entry})){{1,20}}")
