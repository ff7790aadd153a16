"""Where the sources are, and how long each term lasted."""

from datetime import date

import pytest

from schemas.errors import UnknownTermError
from schemas.identity import TermKey
from spiders.sites import Source, addresses, bulk_url, is_closed_term, sources_of, years_of

OPEN_DATA = "https://data.assemblee-nationale.fr/static/openData/repository"


def term(number: int) -> TermKey:
    return TermKey(parliament="fr-an", term=number)


@pytest.mark.parametrize(
    ("number", "today", "closed"),
    [
        (15, date(2022, 12, 1), False),
        (15, date(2023, 1, 1), True),
        (17, date(2026, 11, 24), False),
        (99, date(2026, 11, 24), False),
    ],
)
def test_terms_close_some_months_after_their_end(number: int, today: date, closed: bool) -> None:
    assert is_closed_term(TermKey(parliament="fr-an", term=number), today) is closed


@pytest.mark.parametrize(
    ("number", "path"),
    [
        (14, "/14/questions/questions_ecrites/Questions_ecrites_XIV.json.zip"),
        (15, "/15/questions/questions_ecrites/Questions_ecrites_XV.json.zip"),
        (17, "/17/questions/questions_ecrites/Questions_ecrites.json.zip"),
    ],
)
def test_open_data_addresses(number: int, path: str) -> None:
    assert bulk_url("opendata", "written", term(number), None) == OPEN_DATA + path
    assert bulk_url("opendata", "written", term(number), "http://127.0.0.1:8/").startswith("http://127.0.0.1:8/static/")


def test_oral_questions_lie_beside_the_written_ones() -> None:
    found = [
        bulk_url("oral", kind, term(number), None) for number in (14, 17) for kind in ("government", "without_debate")
    ]
    assert [path.removeprefix(OPEN_DATA) for path in found] == [
        "/14/questions/questions_gouvernement/Questions_gouvernement_XIV.json.zip",
        "/14/questions/questions_orales_sans_debat/Questions_orales_sans_debat_XIV.json.zip",
        "/17/questions/questions_gouvernement/Questions_gouvernement.json.zip",
        "/17/questions/questions_orales_sans_debat/Questions_orales_sans_debat.json.zip",
    ]


def test_there_is_no_open_data_of_the_older_terms() -> None:
    with pytest.raises(UnknownTermError, match="begins with term 14"):
        bulk_url("opendata", "written", term(13), None)


def test_bulk_files_come_before_pages_where_there_are_any() -> None:
    assert sources_of(term(13)) == [Source.PAGES]
    assert sources_of(term(15)) == list(Source)
    with pytest.raises(UnknownTermError, match="no spider collects fr-senat-15"):
        sources_of(TermKey(parliament="fr-senat", term=15))


def test_members_of_an_older_term_are_in_the_history_of_a_later_one() -> None:
    assert "/repository/15/amo/" in bulk_url("members", "history", term(12), None)
    assert "/repository/16/amo/" in bulk_url("members", "history", term(16), None)


def test_members_have_two_files() -> None:
    assert "/AMO30_" in bulk_url("members", "history", term(17), None)
    assert "/AMO10_" in bulk_url("members", "active", term(17), None)


@pytest.mark.parametrize(
    ("number", "years"),
    [(14, range(2012, 2018)), (15, range(2017, 2023)), (16, range(2022, 2025)), (17, range(2024, 2027))],
)
def test_years_of_a_term(number: int, years: range) -> None:
    assert years_of(term(number), date(2026, 11, 24)) == years


def test_every_site_is_asked_in_secret() -> None:
    sites = [addresses("pages"), addresses("search"), *(addresses(name)["site"] for name in ("opendata", "dila"))]
    assert all(site.startswith("https://") and not site.endswith("/") for site in sites)
