"""Which values of a field a typed name means; what is found by it is in the conformance queries."""

import pytest

from pipelines.search.language import tree
from pipelines.search.language.labels import meant
from pipelines.search.vocabulary import Vocabulary
from tests.pipelines.search.nasty_corpus import document

AUTHORS = ("Anne M Dupont", "Paul Durand")
VOCABULARY = Vocabulary.build(document(number, "lac", author=author) for number, author in enumerate(AUTHORS))


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        (tree.Quoted("mme durand"), ("Paul Durand",)),
        (tree.Quoted("m dupont"), ("Anne M Dupont",)),
        (tree.Word("m"), ("Anne M Dupont",)),
        (tree.Word("mme"), ()),
    ],
)
def test_a_civility_is_taken_off_a_name_and_is_one_where_it_stands_alone(
    leaf: tree.Single, found: tuple[str, ...]
) -> None:
    assert meant(VOCABULARY, "author", leaf) == found
