"""The registry of terms (`terms.yaml`): when each opened and closed, and the weekday the JO prints its questions on."""

from datetime import date
from enum import IntEnum
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import TypeAdapter, field_validator

from schemas.identity import TermKey
from schemas.record import Record
from schemas.yaml_text import load_yaml


class Weekday(IntEnum):
    """Days of the week, numbered as `date.weekday` does."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class Term(Record):
    """One term; `closed` is its last day, None while it is open or where it has none of its own."""

    opened: date
    closed: date | None = None
    weekday: Weekday

    @field_validator("weekday", mode="before")
    @classmethod
    def _by_name(cls, value: Any) -> Any:
        return Weekday[value.upper()] if isinstance(value, str) else value


def term(key: TermKey) -> Term | None:
    """The term of that key, None where the registry has none."""
    return registry_of_terms().get(key.parliament, {}).get(key.term)


@cache
def registry_of_terms() -> dict[str, dict[int, Term]]:
    """All terms: parliament → number → term."""
    text = files("schemas").joinpath("terms.yaml").read_text("utf-8")
    return TypeAdapter(dict[str, dict[int, Term]]).validate_python(load_yaml(text))
