"""Oral questions of the replica read as what they are; the page of a debate stands with the closing."""

import json
from datetime import datetime

import pytest

from pipelines.parse.read import read
from questarium.replica.corpus import Corpus
from questarium.replica.oral import ORAL, oral_records, oral_zip
from schemas.identity import QuestionType, TermKey
from schemas.question import EventKind
from tests.pipelines.parse.captures import a_capture, only

QUESTIONS = [Corpus(60, 1).at(place) for place in range(60)]


@pytest.mark.parametrize("type_", ORAL)
def test_an_oral_question_is_read_whole(type_: QuestionType) -> None:
    for record in oral_records(QUESTIONS, type_):
        body = json.dumps({"question": record})
        result = read(a_capture(body, "file:q.json", "application/json"))
        question = only(result)
        assert result.quarantined == ()
        assert question.source_id == record["uid"]
        assert (question.question is None) == (type_ is QuestionType.QG)
        assert (question.answer or "").endswith("Il y sera répondu.")
        (answered,) = [event for event in question.events if event.kind is EventKind.ANSWERED]
        assert answered.page == 2000 + question.key.number


def test_the_zip_of_a_term_is_the_same_bytes_each_time() -> None:
    old = [Corpus(40, 1, TermKey(parliament="fr-an", term=14)).at(place) for place in range(40)]
    for questions in (QUESTIONS, old):
        first, second = (oral_zip(questions, QuestionType.QG, made=datetime(2026, 8, 19)) for _ in range(2))  # noqa: DTZ001
        assert first == second
