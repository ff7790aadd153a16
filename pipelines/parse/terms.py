"""Which term a day belongs to (`terms.yaml`), for sources that do not print it."""

from datetime import date
from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter


def term_on(parliament: str, day: date) -> int | None:
    """The term that had begun by that day, or None before the first one known."""
    begun = [term for term, first in _terms().get(parliament, {}).items() if first <= day]
    return max(begun, default=None)


@cache
def _terms() -> dict[str, dict[int, date]]:
    text = files("pipelines.parse").joinpath("terms.yaml").read_text("utf-8")
    return TypeAdapter(dict[str, dict[int, date]]).validate_python(yaml.safe_load(text))
