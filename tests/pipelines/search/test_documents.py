"""The flattened document: what is present, what a figure's bounds are, and the integers that order hits."""

from datetime import date
from itertools import pairwise, product

from pipelines.search.documents import FACET_FIELDS, flatten, indexed_text
from pipelines.search.sort_keys import SORT_FIELDS, sort_keys
from schemas.search import FACETS, Sort
from tests.pipelines.search.nasty_corpus import document, figure


def key(sort: Sort, **values: object) -> int:
    return sort_keys(document(1, None).model_copy(update=values))[SORT_FIELDS[sort]]


def test_keys_follow_the_names_of_parliaments_known_or_not() -> None:
    names = [
        "aa-x",
        "be-chambre",
        "de-bundestag",
        "fi-x",
        "fr-an",
        "fr-pays",
        "fr-senat",
        "uk-commons",
        "uk-lords",
        "zz",
    ]
    keys = [key(Sort.RELEVANCE, parliament=name, number=9 - place) for place, name in enumerate(names)]
    assert all(one < other for one, other in pairwise(keys))


def test_keys_follow_term_type_and_number() -> None:
    series = [(14, "QE", 99_999), (15, "QE", 1), (15, "QE", 12), (15, "QG", 2), (15, "QOSD", 1), (16, "QE", 1)]
    keys = [key(Sort.RELEVANCE, term=term, type=kind, number=number) for term, kind, number in series]
    assert keys == sorted(set(keys))


def test_every_key_is_a_positive_64_bit_integer_at_the_extremes() -> None:
    days = (date.min, date(1789, 6, 17), date.max, None)
    for day, delay, number in product(days, (-(10**9), -1, 0, 10**9, None), (0, 10**7, 10**12)):
        values = {"published_date": day, "answered_date": day, "delay_days": delay, "number": number, "term": number}
        extreme = document(1, None).model_copy(update=values)
        assert all(0 <= value < 2**63 for value in sort_keys(extreme).values())


def test_unknown_comes_last_in_both_directions() -> None:
    for sort in (Sort.DELAY, Sort.DELAY_DESC):
        known = [key(sort, delay_days=days, number=2) for days in (-(10**9), 0, 10**9)]
        assert key(sort, delay_days=None, number=1) > max(known)


def test_a_negative_delay_comes_before_none_at_all() -> None:
    assert key(Sort.DELAY, delay_days=-3) < key(Sort.DELAY, delay_days=0) < key(Sort.DELAY, delay_days=1)


def test_what_is_empty_is_absent() -> None:
    flat = flatten(document(1, "", heading="Eau", author="", rubric="eau", published_date=None))
    assert {"question", "author", "published_date", "year", "delay_days"}.isdisjoint(flat.present)
    assert {"title", "heading", "rubric", "id", "renewals"} <= set(flat.present)


def test_a_figure_has_the_bounds_that_its_text_gives() -> None:
    figures = (
        figure(5, "EUR", "des Élèves"),
        figure(None, None, low=2, high=4),
        figure(None, None, low=3),
        figure(None, None, high=3),
        figure(float("inf"), None),
    )
    flat = flatten(document(1, None, figures=figures))
    assert [(each.low, each.high) for each in flat.figures] == [(5, 5), (2, 4), (3, 3), (3, 3), (None, None)]
    assert flat.figures[0].subject == ("des", "eleves")


def test_every_facet_that_is_promised_has_its_field_and_no_other_is_counted() -> None:
    assert tuple(FACET_FIELDS) == FACETS


def test_no_word_is_longer_than_an_index_can_hold() -> None:
    assert indexed_text("a " + "é" * 50_000 + " b").split() == ["a", "b"]
    assert indexed_text("a" * 500) == "a" * 500
