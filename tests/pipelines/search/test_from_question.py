"""A question as a document: its hash is of what it holds, whatever the order, and of nothing else."""

from datetime import date

from pipelines.search.from_question import document
from tests.pipelines.dataset.made import numbered

(QUESTION,) = numbered(7)
DUE = date(2018, 12, 2)


def test_the_hash_is_of_the_content_and_not_of_its_version_or_order() -> None:
    one = document(QUESTION, version=1, due_date=DUE, portfolios=("ville", "eau"))
    same = document(QUESTION, version=2, due_date=DUE, portfolios=("eau", "ville"))
    other = document(QUESTION, version=1, due_date=date(2018, 12, 3), portfolios=("ville", "eau"))
    assert one.portfolios == ("eau", "ville")
    assert one.content_hash == same.content_hash != other.content_hash
    assert one.model_copy(update={"version": 2}) == same
