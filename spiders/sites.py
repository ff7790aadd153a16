"""The sources of a term, and where they are (`addresses.yaml`)."""

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from schemas.errors import UnknownTermError
from schemas.identity import TermKey
from schemas.terms import term as known_term
from schemas.yaml_text import load_yaml

_SWEEP = timedelta(days=180)


class Source(StrEnum):
    """What a term can be collected from; each has a spider."""

    MEMBERS = "members"
    OPENDATA = "opendata"
    ORAL = "oral"
    DILA = "dila"
    PAGES = "pages"

    @property
    def spider(self) -> str:
        """Name of its spider."""
        return "assemblee" if self is Source.PAGES else self.value


@cache
def addresses(source: str) -> Any:
    """The entry of a source in `addresses.yaml`."""
    return load_yaml(files("spiders").joinpath("addresses.yaml").read_text("utf-8"))[source]


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


def sources_of(term: TermKey) -> list[Source]:
    """The sources that have something of a term, in the order in which they are asked.

    A term comes from its bulk files first, which cost a few requests; the pages then fill in what those lack.

    Raises:
        UnknownTermError: nothing collects that parliament.
    """
    if term.parliament != "fr-an":
        raise UnknownTermError(f"no spider collects {term}; there are spiders for the Assemblée nationale (fr-an-…)")
    before_open_data = term.term < addresses(Source.OPENDATA)["first_term"]
    return [Source.PAGES] if before_open_data else list(Source)


def bulk_url(source: str, kind: str, term: TermKey, base_url: str | None) -> str:
    """Address of a bulk file; raises UnknownTermError where the source has none of that term."""
    entry = addresses(source)
    number = max(term.term, entry.get("at_least", 0))
    if number < entry["first_term"]:
        raise UnknownTermError(f"{source} has nothing of {term}: it begins with term {entry['first_term']}")
    path = entry[kind].format(term=number, suffix=entry.get("suffixes", {}).get(number, ""))
    return f"{(base_url or entry['site']).rstrip('/')}{path}"
