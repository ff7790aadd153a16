"""Which question is meant."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate, Version
from questarium.queries.naming import question_key
from schemas.errors import UnknownQuestionError
from schemas.identity import QuestionKey, QuestionType
from schemas.question import EventKind, Question
from tests.records import a_question, event

NOW = datetime(2020, 6, 15, tzinfo=UTC)


def _of_term(term: int, kind: QuestionType, number: int, source_id: str | None = None) -> Question:
    key = QuestionKey(parliament="fr-an", term=term, type=kind, number=number)
    return a_question(number, event(EventKind.PUBLISHED, date(2018, 3, 6)), key=key, source_id=source_id)


@pytest.fixture(scope="module")
def version(tmp_path_factory: pytest.TempPathFactory) -> Version:
    folder: Path = tmp_path_factory.mktemp("dataset")
    terms = {
        "fr-an-14": [_of_term(14, QuestionType.QE, 12526)],
        "fr-an-15": [
            _of_term(15, QuestionType.QE, 12526, "QANR5L15QE12526"),
            _of_term(15, QuestionType.QE, 77),
            _of_term(15, QuestionType.QG, 12526),
        ],
    }
    rows = {term: [question_rows(each, due_date=None) for each in questions] for term, questions in terms.items()}
    dataset = Dataset.open(folder)
    dataset.commit({term: PartitionUpdate(each, [], []) for term, each in rows.items()}, now=NOW)
    assert dataset.current is not None
    return dataset.current


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("fr-an-15-QE-12526", "fr-an-15-QE-12526"),
        ("fr-an-15-qe-12526", "fr-an-15-QE-12526"),
        ("fr-an-16-QE-1", "fr-an-16-QE-1"),  # whoever asks for it says that it is not there
        ("15-12526QE", "fr-an-15-QE-12526"),
        ("14-12526", "fr-an-14-QE-12526"),
        ("question écrite n° 12 526 (XVe législature)", "fr-an-15-QE-12526"),
        ("QG 12526", "fr-an-15-QG-12526"),
        ("QANR5L15QE12526", "fr-an-15-QE-12526"),
        ("https://questions.example.org/q15/15-12526QE.htm", "fr-an-15-QE-12526"),
        ("77", "fr-an-15-QE-77"),  # in a search it may be anything
        ("15-77", "fr-an-15-QE-77"),
    ],
)
def test_a_question_is_named_as_in_a_search(version: Version, text: str, id_: str) -> None:
    assert str(question_key(version, text)) == id_


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("loup", "'loup' names no question: write its id or its number, such as"),
        ("83-634", "'83-634' names no question: write"),
        ("fr-an-15-QE-123456789", "names no question: write"),
        ("15-12527", "names no question of data version v000001"),
        ("question orale 12527", "names no question of data version v000001"),
        (
            "QE 12526",
            r"names 2 questions: write which one: fr-an-14-QE-12526 \(of 2018-03-06\), fr-an-15-QE-12526 \(of 2018",
        ),
    ],
)
def test_a_name_of_none_or_of_several_is_told(version: Version, text: str, told: str) -> None:
    with pytest.raises(UnknownQuestionError, match=told):
        question_key(version, text)
