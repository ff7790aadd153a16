"""Dates as printed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.parse.dates import last_date, leading_date

DAYS = st.dates(date(1958, 10, 4), date(2100, 12, 31))
MONTHS = ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre"]
MONTHS += ["décembre"]


@pytest.mark.parametrize(
    ("printed", "day", "rest"),
    [
        ("02/10/2018 page : 8678", date(2018, 10, 2), "page : 8678"),
        ("2/1/2018", date(2018, 1, 2), ""),
        ("02-10-2018", date(2018, 10, 2), ""),
        ("02.10.2018", date(2018, 10, 2), ""),
        ("2018-10-02", date(2018, 10, 2), ""),
        ("2018-10-02T00:00:00", date(2018, 10, 2), ""),
        ("1er février 2022", date(2022, 2, 1), ""),
        ("22 février 2022 (fin de mandat)", date(2022, 2, 22), "(fin de mandat)"),
        ("mardi 6 mai 2025", date(2025, 5, 6), ""),
        ("16 AOUT 2016", date(2016, 8, 16), ""),
        ("29 févr. 2016", date(2016, 2, 29), ""),
    ],
)
def test_a_date_and_what_follows(printed: str, day: date, rest: str) -> None:
    found = leading_date(printed)
    assert found is not None
    assert (found.day, found.rest) == (day, rest)


@pytest.mark.parametrize(
    "printed",
    ["31/02/2018", "00/01/2018", "12/13/2018", "29 février 2019", "3 brumaire 2018", "02/10/0218", "02/10/2918"],
)
def test_an_impossible_date_has_no_day(printed: str) -> None:
    found = leading_date(f"{printed} page : 8")
    assert found is not None
    assert (found.day, found.rest) == (None, "page : 8")


@pytest.mark.parametrize("printed", ["", "prochainement", "02/10/18", "le 02/10/2018", "02/10/20189", "12"])
def test_what_is_no_date(printed: str) -> None:
    assert leading_date(printed) is None


@given(DAYS)
def test_every_day_in_figures_and_in_words(day: date) -> None:
    ordinal = "1er" if day.day == 1 else str(day.day)
    for printed in (f"{day:%d/%m/}{day.year}", day.isoformat(), f"{ordinal} {MONTHS[day.month - 1]} {day.year}"):
        found = leading_date(printed)
        assert found is not None
        assert found.day == day


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("mardi 6 mai 2025", date(2025, 5, 6)),
        ("posée le 6 mai 2025, parue au Journal officiel du 7 mai 2025", date(2025, 5, 7)),
        ("séance du 06/05/2025", date(2025, 5, 6)),
        ("31 avril 2025", None),
    ],
)
def test_the_date_a_sentence_ends_with(sentence: str, day: date | None) -> None:
    found = last_date(sentence)
    assert found is not None
    assert found.day == day


def test_a_sentence_without_a_date() -> None:
    assert last_date("en séance") is None
