from datetime import date

import pytest

from pipelines.search.language.normal import figure_words
from pipelines.search.language.ranges import dates, day_counts, figure, integers, terms

TODAY = date(2020, 2, 29)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("60", (60, 60)),
        (">60", (61, None)),
        (">=60", (60, None)),
        ("≥ 60", (60, None)),
        ("<60", (None, 59)),
        ("<=60", (None, 60)),
        ("10..20", (10, 20)),
        ("10..", (10, None)),
        ("..20", (None, 20)),
        ("[10 TO 20]", (10, 20)),
        ("[* TO 20]", (None, 20)),
        ("-5", (-5, -5)),
        ("12 526", (12526, 12526)),
        ("", None),
        ("..", None),
        ("x", None),
        ("1..x", None),
        ("9999999999999", None),
        ("²", None),
    ],
)
def test_integers(text: str, bounds: tuple[int | None, int | None] | None) -> None:
    assert integers(text) == bounds


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("60", (60, 60)),
        ("60 jours", (60, 60)),
        (">365j", (366, None)),
        (">1 an", (366, None)),
        (">= 2 ans", (730, None)),
        ("<=6mois", (None, 180)),
        ("< 2 semaines", (None, 13)),
        ("30..60 jours", (30, 60)),
        ("1..2 ans", (365, 730)),
        ("6 mois..1 an", (180, 365)),
        ("1 year", (365, 365)),
        ("<=999999999 ans", (None, 999_999_999)),
        ("années", None),
        ("2 siècles", None),
        ("1 an et demi", None),
    ],
)
def test_numbers_of_days_in_any_unit(text: str, bounds: tuple[int | None, int | None] | None) -> None:
    assert day_counts(text) == bounds


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("15", (15, 15)),
        ("15e", (15, 15)),
        ("XIV", (14, 14)),
        ("XVIe", (16, 16)),
        ("ixème", (9, 9)),
        ("XIV..XVI", (14, 16)),
        (">14e", (15, None)),
        ("quinze", None),
    ],
)
def test_terms_as_they_are_printed(text: str, bounds: tuple[int | None, int | None] | None) -> None:
    assert terms(text) == bounds


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2018", "2018-01-01", "2018-12-31"),
        ("2018-10", "2018-10-01", "2018-10-31"),
        ("10/2018", "2018-10-01", "2018-10-31"),
        ("octobre 2018", "2018-10-01", "2018-10-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2018-10-02", "2018-10-02", "2018-10-02"),
        ("02/10/2018", "2018-10-02", "2018-10-02"),
        ("2/10/2018", "2018-10-02", "2018-10-02"),
        ("20181002", "2018-10-02", "2018-10-02"),
        ("1er août 2018", "2018-08-01", "2018-08-01"),
        ("2018-10..2019-03", "2018-10-01", "2019-03-31"),
        ("2018-2019", "2018-01-01", "2019-12-31"),
        ("[2018 TO 02/10/2019]", "2018-01-01", "2019-10-02"),
        (">2018", "2019-01-01", None),
        (">=2018", "2018-01-01", None),
        ("<2018-10", None, "2018-09-30"),
        ("<=2018-10", None, "2018-10-31"),
        (">=-6mois", "2019-08-29", None),
        ("-6mois", "2019-08-29", "2020-02-29"),
        ("-1an", "2019-02-28", "2020-02-29"),
        ("-2 semaines", "2020-02-15", "2020-02-29"),
        ("<-30j", None, "2020-01-29"),
        ("-2ans..-1an", "2018-02-28", "2019-02-28"),
        ("aujourd'hui", "2020-02-29", "2020-02-29"),
        ("hier", "2020-02-28", "2020-02-28"),
        ("ce-mois", "2020-02-01", "2020-02-29"),
        (">=cette-année", "2020-01-01", None),
        ("this-week", "2020-02-24", "2020-03-01"),
    ],
)
def test_dates(text: str, low: str | None, high: str | None) -> None:
    wanted = (low and date.fromisoformat(low), high and date.fromisoformat(high))
    assert dates(text, TODAY) == wanted


@pytest.mark.parametrize(
    "text", ["", "2018-13", "31/02/2018", "0000", "-9999ans", "bientôt", ">", ">9999", "<0001", "2018-10-02-03"]
)
def test_no_dates(text: str) -> None:
    assert dates(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "low", "high", "unit", "words"),
    [
        (">=1e9 EUR", 1e9, None, "EUR", ()),
        (">= 1,2 milliard d'euros", 1.2e9, None, "EUR", ()),
        ("3 Md€", 3e9, 3e9, "EUR", ()),
        ("18 000 000 €", 18e6, 18e6, "EUR", ()),
        ("5 M€", 5e6, 5e6, "EUR", ()),
        ("50%", 50, 50, "%", ()),
        ("12,5 %", 12.5, 12.5, "%", ()),
        ("3..5 jours", 3, 5, "d", ()),
        ("entre 3 et 5 jours", 3, 5, "d", ()),
        ("entre 3 et 5 millions d'euros", 3e6, 5e6, "EUR", ()),
        ("1..2 milliards €", 1e9, 2e9, "EUR", ()),
        ("500..2 millions €", 500, 2e6, "EUR", ()),  # 500 millions would be more than 2
        ("1 million..2 millions €", 1e6, 2e6, "EUR", ()),
        ("au moins 10 %", 10, None, "%", ()),
        ("au plus 10 %", None, 10, "%", ()),
        ("jusqu'à 10 jours", None, 10, "d", ()),
        ("50 pour cent", 50, 50, "%", ()),
        ("<=10 hectares de vignes", None, 10, "har", ("vignes",)),
        ("5 fois", 5, 5, "x", ()),
        ("250 téléconseillers", 250, 250, None, ("téléconseillers",)),
        ("18 m", 18, 18, "m", ()),
    ],
)
def test_figures(text: str, low: float | None, high: float | None, unit: str | None, words: tuple[str, ...]) -> None:
    found = figure(text)
    assert found is not None
    assert (found[0].low, found[0].high, found[0].unit) == (low, high, unit)
    assert found[1] == words


@pytest.mark.parametrize(("text", "printed"), [("plus de 5 %", ">5 %"), ("moins d'1 million €", "<1000000 EUR")])
def test_comparisons_in_words(text: str, printed: str) -> None:
    found = figure(text)
    assert found is not None
    assert figure_words(found[0]) == printed
