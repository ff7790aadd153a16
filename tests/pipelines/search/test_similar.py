"""Likeness of questions: which words tell a question from others, and how alike two are."""

from math import isclose, log

from pipelines.search.similar import Profile
from pipelines.search.vocabulary import Vocabulary
from tests.pipelines.search.nasty_corpus import document

TEXTS = ("loup loup berger le 2018 de", "berger le alpage", "le canal", "le 2018 canal")
VOCABULARY = Vocabulary.build(document(number, text) for number, text in enumerate(TEXTS))
FIRST, SECOND, THIRD, _ = (Profile.of([text, None], VOCABULARY) for text in TEXTS)


def test_rare_and_repeated_words_weigh_most_and_small_unknown_ones_and_numbers_nothing() -> None:
    other = Profile.of(["loup loup berger le 2018 de marmotte"], VOCABULARY)
    assert FIRST.weights.keys() == {"loup", "berger"}
    assert isclose(FIRST.weights["loup"], (1 + log(2)) * log(4))
    assert isclose(FIRST.weights["berger"], log(2))
    assert FIRST.telling() == ("loup", "berger")
    assert other == FIRST


def test_likeness_is_the_cosine_from_none_to_all() -> None:
    assert isclose(FIRST.likeness(FIRST), 1)
    assert FIRST.likeness(THIRD) == 0 == FIRST.likeness(Profile({}))
    assert 0 < FIRST.likeness(SECOND) < 1
    assert FIRST.likeness(SECOND) == SECOND.likeness(FIRST)
    assert FIRST.shared(SECOND, 5) == ("berger",)
