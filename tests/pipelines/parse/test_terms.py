"""The term a day belongs to."""

from datetime import date

import pytest

from pipelines.parse.terms import term_on


@pytest.mark.parametrize(
    ("parliament", "day", "term"),
    [
        ("fr-senat", date(2022, 7, 7), 16),
        ("fr-senat", date(2022, 7, 6), 15),
        ("fr-an", date(2022, 7, 6), 16),
        ("fr-an", date(2024, 6, 20), 16),  # dissolved, and the next one has not met yet
        ("fr-an", date(2099, 1, 1), 17),
        ("fr-an", date(1970, 1, 1), None),
        ("xx-parliament", date(2022, 7, 6), None),
    ],
)
def test_the_last_term_that_had_opened_by_that_day(parliament: str, day: date, term: int | None) -> None:
    assert term_on(parliament, day) == term
