"""Association of words: the counts by hand, the measure against the textbook's formula."""

from math import isclose, log

from pipelines.search.association import Collocates, SignificantTerms, log_likelihood
from pipelines.search.engine_query import AnyForm


def test_log_likelihood_is_that_of_the_contingency_table() -> None:
    observed = {(1, 1): 10, (1, 0): 20, (0, 1): 30, (0, 0): 940}
    rows = {1: 30, 0: 970}
    columns = {1: 40, 0: 960}
    expected = 2 * sum(n * log(n * 1000 / (rows[r] * columns[c])) for (r, c), n in observed.items())
    assert isclose(log_likelihood(10, 40, 30, 1000), expected)


def test_what_stands_as_often_as_expected_has_none() -> None:
    assert isclose(log_likelihood(3, 30, 100, 1000), 0.0, abs_tol=1e-9)
    assert log_likelihood(0, 0, 0, 10) == 0.0
    assert log_likelihood(5, 5, 10, 10) == 0.0


def test_collocates_are_counted_once_however_many_occurrences_reach_them() -> None:
    counts = Collocates((AnyForm(("eau",)),), left=2, right=1)
    counts.add({"question": "une eau claire eau une", "answer": None, "title": "claire"})
    assert counts.occurrences == 2
    assert counts.near == {"une": 2, "claire": 1}
    assert counts.everywhere == {"une": 2, "claire": 2}


def test_terms_are_counted_by_questions() -> None:
    counts = SignificantTerms()
    for text in ("loup loup berger", "loup berger", "loup mouton"):
        counts.add([text, None])
    everything = {"loup": 4, "berger": 50, "mouton": 1}
    found = counts.strongest(everything.__getitem__, 100, 10, lambda _: True)
    assert [(each.word, each.inside, each.total) for each in found] == [("loup", 3, 4), ("berger", 2, 50)]


def test_a_word_that_stands_as_often_as_expected_is_not_told() -> None:
    counts = SignificantTerms()
    for _ in range(2):
        counts.add(["loup berger"])
    found = counts.strongest({"loup": 10, "berger": 9}.__getitem__, 10, 10, lambda _: True)
    assert [(each.word, each.expected) for each in found] == [("berger", 1.8)]
