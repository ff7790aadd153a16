"""What both engines decide alike before they compile; what is found by it is in the conformance tests."""

from pipelines.search.engine_query import And, AnyForm, Keyword, Or
from pipelines.search.matching import is_scored

MANY = AnyForm(tuple(f"forme{number}" for number in range(100)))  # in four fields each


def test_relevance_means_something_while_an_engine_can_score_all_words() -> None:
    assert is_scored(And((MANY, MANY)))
    assert not is_scored(Or((MANY, MANY, MANY)))
    assert not is_scored(AnyForm((*MANY.forms, "une")))
    assert not is_scored(Keyword("author", ("Ada",)))
