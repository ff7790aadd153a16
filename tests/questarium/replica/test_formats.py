"""What the replica renders in each format is what the corpus says: read by the parsers, field by field."""

import io
import json
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime

import pytest

from pipelines.archive.splitting import split_questions
from pipelines.parse.read import ParseResult, read
from questarium.replica.bodies import paragraphs
from questarium.replica.corpus import SyntheticQuestion, synthetic
from questarium.replica.layouts import question_page
from questarium.replica.open_data import Form, json_file, open_data_path, open_data_zip, xml_file
from questarium.replica.pages import question_path
from questarium.replica.weekly import issues_of, texts_file, weekly_archive, weekly_path
from questarium.replica.xml_view import xml_view, xml_view_path
from schemas.identity import TermKey
from schemas.question import EventKind, RawQuestion
from tests.pipelines.parse.captures import a_capture, only

HOW_MANY = 120
FORMATS: dict[str, tuple[Callable[[SyntheticQuestion], bytes], str]] = {
    "an_html_c": (question_page, "text/html"),
    "an_xml": (xml_view, "text/xml"),
    "json": (json_file, "application/json"),
    "xml": (xml_file, "application/xml"),
}


def corpus(term: int) -> list[SyntheticQuestion]:
    return list(synthetic(HOW_MANY, 5, TermKey(parliament="fr-an", term=term)))


def as_read(body: bytes, media_type: str) -> ParseResult:
    return read(a_capture(body, "https://x.example/file", media_type))


def days(question: SyntheticQuestion | RawQuestion) -> list[tuple[EventKind, object, str | None]]:
    return sorted((event.kind, event.date, event.corrects) for event in question.events)


def text(told: str | None) -> str | None:
    return "\n".join(paragraphs(told)) if told else None


@pytest.mark.parametrize("term", [14, 15])
@pytest.mark.parametrize("name", FORMATS)
def test_one_question_a_file(name: str, term: int) -> None:
    render, media_type = FORMATS[name]
    for question in corpus(term):
        result = as_read(render(question), media_type)
        found = only(result)
        assert result.quarantined == ()
        assert found.key == question.key
        assert (found.question, found.answer) == (text(question.question), text(question.answer))
        assert (found.rubric, found.heading, found.title) == (question.rubric, question.heading, question.title)
        assert (found.ministry_asked, found.ministry_assigned) == (question.ministry_asked, question.ministry_assigned)
        assert days(found) == days(question)
        pages = {event.page for event in found.events if event.kind == EventKind.ANSWERED}
        assert pages == {event.page for event in question.events if event.kind == EventKind.ANSWERED}
        assert found.author is not None
        assert found.author.group == question.author.group
        if name != "an_html_c":
            assert found.author.source_id == question.author.source_id


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("term", [14, 15])
def test_a_zip_of_a_term(term: int, form: Form) -> None:
    questions = corpus(term)
    body = open_data_zip(questions, form)
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        members = [archive.read(name) for name in archive.namelist()]
    assert len(members) == (1 if term == 14 else HOW_MANY)
    found = [question for member in members for question in as_read(member, f"application/{form}").questions]
    assert [each.key for each in found] == [each.key for each in questions]
    parts = [part for member in members for part in split_questions(io.BytesIO(member))]
    cut = [question for part in parts for question in one(part, form)]
    assert cut == found
    later = open_data_zip(questions, form, made=datetime(2026, 9, 1))  # noqa: DTZ001
    assert later != body
    with zipfile.ZipFile(io.BytesIO(later)) as archive:
        assert [archive.read(name) for name in archive.namelist()] == members


def one(part: bytes, form: Form) -> Iterable[RawQuestion]:
    result = as_read(part, f"application/{form}")
    assert result.quarantined == ()
    return result.questions


def test_weekly_archives() -> None:
    questions = {each.key: each for each in corpus(15)}
    asked, answered, joint = 0, 0, 0
    for issue in issues_of(questions.values()):
        with tarfile.open(fileobj=io.BytesIO(weekly_archive(issue))) as archive:
            names = archive.getnames()
            bodies = [member.read() for name in names if (member := archive.extractfile(name))]
        assert [name.partition("_")[0] for name in names] == ["REDIF", "XML1JO", "XML2JO"]
        assert bodies[0] == texts_file(issue)
        results = [as_read(body, "application/xml") for body in bodies]
        assert [result.quarantined for result in results] == [(), (), ()]
        assert [result.questions for result in results[1:]] == [(), ()]
        for found in results[0].questions:
            question = questions[found.key]
            assert found.question == text(question.question)
            assert found.author is not None
            assert (found.author.name, found.title) == (question.author.name, question.title)
            assert next(each.date for each in found.events if each.kind == EventKind.PUBLISHED) == question.published
            if found.answer is None:
                asked += 1
                continue
            answered += 1
            joint += bool(found.answered_with)
            same = {each.key for each in questions.values() if each.family and each.family == question.family}
            assert set(found.answered_with) == same - {found.key}
            assert found.answer == text(question.answer)
    assert (asked, answered) == (HOW_MANY, sum(each.answer is not None for each in questions.values()))
    assert joint > 10


def test_addresses() -> None:
    question = corpus(15)[0]
    (issue,) = [each for each in issues_of([question]) if question in each.asked]
    assert xml_view_path(question) == f"{question_path(question)}/vue/xml"
    assert open_data_path(17).endswith("/17/questions/questions_ecrites/Questions_ecrites.json.zip")
    assert open_data_path(14, Form.XML).endswith("/Questions_ecrites_XIV.xml.zip")
    assert (
        weekly_path(issue, current_year=2017) == f"/OPENDATA/Questions-Reponses/AN/Annee_en_cours/ANQ{issue.name}.taz"
    )
    assert weekly_path(issue, current_year=2017).endswith(f"/AN/Annee_en_cours/ANQ{issue.name}.taz")
    assert weekly_path(issue, current_year=2018).endswith(f"/AN/2017/ANQ{issue.name}.taz")


def test_the_page_of_a_closing_is_not_that_of_the_answer() -> None:
    answered = next(each for each in corpus(15) if each.answer)
    told = json.loads(json_file(answered))["question"]
    assert told["cloture"]["infoJO"]["pageJO"] != told["textesReponse"]["texteReponse"]["infoJO"]["pageJO"]
