"""The registry of terms."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from schemas.identity import TermKey
from schemas.terms import Weekday, registry_of_terms, term


def test_terms_follow_each_other() -> None:
    for terms in registry_of_terms().values():
        for (number, one), (next_number, following) in pairwise(terms.items()):
            assert next_number == number + 1
            assert one.opened < (one.closed or one.opened + timedelta(days=1)) <= following.opened


@pytest.mark.parametrize(
    ("key", "day", "weekday"),
    [
        ("fr-an-8", date(1988, 2, 22), Weekday.MONDAY),
        ("fr-an-11", date(2001, 1, 1), Weekday.MONDAY),
        ("fr-an-12", date(2004, 12, 14), Weekday.TUESDAY),
        ("fr-an-17", date(2025, 5, 6), Weekday.TUESDAY),
        ("fr-senat-13", date(2008, 2, 7), Weekday.THURSDAY),
    ],
)
def test_the_jo_prints_on_the_weekday_of_the_term(key: str, day: date, weekday: Weekday) -> None:
    known = term(TermKey.parse(key))
    assert known is not None
    assert known.weekday == weekday == day.weekday()
    assert known.opened <= day


def test_a_term_nobody_noted() -> None:
    assert term(TermKey.parse("fr-an-3")) is None
