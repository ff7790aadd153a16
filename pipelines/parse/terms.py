"""Which term a day belongs to, for sources that do not print it."""

from datetime import date

from schemas.terms import registry_of_terms


def term_on(parliament: str, day: date) -> int | None:
    """The term that had opened by that day, or None before the first one known."""
    opened = [number for number, term in registry_of_terms().get(parliament, {}).items() if term.opened <= day]
    return max(opened, default=None)
