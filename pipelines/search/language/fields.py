"""The fields of the query language, by any of their names (data/fields.yaml)."""

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Any

from pipelines.search.analysis import fold, lower
from pipelines.search.words import read_data

_NEAR_ENOUGH = 0.7


class Kind(StrEnum):
    """How the value of a field is read."""

    TEXT = "text"
    LABEL = "label"
    CHOICE = "choice"
    KEY = "key"
    NUMBER = "number"
    DATE = "date"
    FIGURE = "figure"


@dataclass(frozen=True)
class Field:
    """One field: its target in the engine query, its names (the first is that of the normal form), how to call it."""

    target: str
    kind: Kind
    names: tuple[str, ...]
    fr: str
    en: str


def simplified(name: str) -> str:
    """A name as fields and values are compared: no case, no accents, one kind of joint."""
    return fold(lower(name.strip())).replace("-", "_").replace("'", "_").replace("’", "_")


@cache
def fields() -> dict[str, Field]:
    """Target → field."""
    return {
        target: Field(target, kind, tuple(entry["names"]), entry["fr"], entry["en"])
        for kind in Kind
        for target, entry in _data()[kind.value].items()
    }


def field_named(name: str) -> Field | None:
    """The field with that name in French or English, accents and case aside."""
    return _by_name().get(simplified(name))


def nearest_field(name: str) -> str | None:
    """The French name of the field whose name looks most like it, if any does."""
    close = get_close_matches(simplified(name), _by_name(), n=1, cutoff=_NEAR_ENOUGH)
    return _by_name()[close[0]].names[0] if close else None


def choice(target: str, text: str) -> str | None:
    """The value of a choice field that is meant by one of its names."""
    name = simplified(text)
    return _choices(target).get(name) or _choices(target).get(name.removesuffix("s"))


def nearest_choice(target: str, text: str) -> str | None:
    """The French name of the value that looks most like it, if any does."""
    close = get_close_matches(simplified(text), _choices(target), n=1, cutoff=_NEAR_ENOUGH)
    return choice_name(target, _choices(target)[close[0]]) if close else None


def choice_names(target: str) -> list[str]:
    """The names of all values of a choice field in the normal form."""
    return [names[0] for names in _names(target).values()]


def choice_name(target: str, value: str) -> str:
    """The name of a value in the normal form."""
    return _names(target)[value][0]


def expected(field: Field) -> tuple[str, str]:
    """What the value of a field looks like, in French and in English: the values of a choice, examples of others."""
    if field.kind is Kind.CHOICE:
        names = ", ".join(choice_names(field.target))
        return names, names
    examples: dict[str, tuple[str, str]] = _data()["expected"]
    french, english = examples.get(field.target) or examples[field.kind]
    return french, english


def means_none(text: str) -> bool:
    """Whether the value says that the field is empty."""
    return simplified(text) in _words("none")


def means_some(text: str) -> bool:
    """Whether the value says that the field is not empty."""
    return simplified(text) in _words("some")


def means_yes(text: str) -> bool:
    """Whether the value says that there is one at least."""
    return simplified(text) in _words("yes")


def means_no(text: str) -> bool:
    """Whether the value says that there is none."""
    return simplified(text) in _words("no")


def civilities() -> frozenset[str]:
    """What stands before the name of a member."""
    return _words("civilities")


def unit(text: str) -> str | None:
    """The unit as figures carry it."""
    return _table("units").get(simplified(text))


def shown(name: str) -> tuple[str, str]:
    """What people call a unit or kind of figure, in French and in English; itself where there is no other name."""
    french, english = _data()["shown"].get(name, (name, name))
    return french, english


def kind(text: str) -> str | None:
    """The kind of figure."""
    return _table("kinds").get(simplified(text))


def multiplier(text: str) -> float | None:
    """What a number before this word is multiplied by."""
    found = _table("multipliers").get(simplified(text))
    return None if found is None else float(found)


def _data() -> dict[str, Any]:
    return read_data("fields.yaml")


def _names(target: str) -> dict[str, list[str]]:
    """Value of a choice field → its names, first that of the normal form."""
    names: dict[str, list[str]] = _data()["choices"][target]
    return names


@cache
def _by_name() -> dict[str, Field]:
    return {simplified(name): field for field in fields().values() for name in field.names}


@cache
def _choices(target: str) -> dict[str, str]:
    return {simplified(name): value for value, names in _names(target).items() for name in (*names, value)}


@cache
def _words(entry: str) -> frozenset[str]:
    return frozenset(simplified(word) for word in _data()[entry])


@cache
def _table(entry: str) -> dict[str, str]:
    return {simplified(name): value for value, names in _data()[entry].items() for name in names}
