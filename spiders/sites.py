"""Where the sources are (`addresses.yaml`), and which of their files a term has."""

from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from schemas.errors import UnknownTermError
from schemas.identity import TermKey
from schemas.terms import term as known_term

_SWEEP = timedelta(days=180)


@cache
def addresses(source: str) -> Any:
    """The entry of a source in `addresses.yaml`."""
    return yaml.safe_load(files("spiders").joinpath("addresses.yaml").read_text("utf-8"))[source]


def last_day(term: TermKey) -> date | None:
    """The last day of a term; None while it is open, or where nobody noted it."""
    known = known_term(term)
    return known.closed if known else None


def is_closed_term(term: TermKey, today: date) -> bool:
    """Whether the term ended so long ago that nothing new is expected of it."""
    last = last_day(term)
    return last is not None and today > last + _SWEEP


def years_of(term: TermKey, today: date) -> range:
    """The calendar years in which the JO printed questions or answers of a term."""
    before = last_day(term.model_copy(update={"term": term.term - 1}))
    last = last_day(term)
    end = min(today, last + _SWEEP) if last else today
    return range(before.year if before else end.year, end.year + 1)


def bulk_url(source: str, kind: str, term: TermKey, base_url: str | None) -> str:
    """Address of a bulk file; raises UnknownTermError where the source has none of that term."""
    entry = addresses(source)
    first = entry["first_term"]
    if term.term < first:
        raise UnknownTermError(f"{source} has nothing of {term}: it begins with term {first}")
    path = entry[kind].format(term=term.term, suffix=entry.get("suffixes", {}).get(term.term, ""))
    return f"{(base_url or entry['site']).rstrip('/')}{path}"
