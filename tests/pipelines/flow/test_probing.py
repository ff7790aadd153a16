"""A first look says what the parsers found in a document, what they missed, and what they do not know."""

from pathlib import Path

from pipelines.archive.archive import Archive
from pipelines.flow.probing import Probed, examine
from questarium.replica.corpus import Corpus
from questarium.replica.layouts import question_page
from questarium.replica.weekly import issues_of, texts_file
from schemas.capture import Fetched
from tests.pipelines.flow.test_drift import NOW, QUESTIONS, fetched

QUESTION = next(question for question in QUESTIONS if question.answer)
PAGE = question_page(QUESTION).decode()


def looked_at(folder: Path, *documents: Fetched) -> list[Probed]:
    with Archive.open_for_writing(folder, source="assemblee", now=NOW) as archive:
        archive.append_many(documents)
    return examine(folder)


def test_a_page_as_it_should_be(tmp_path: Path) -> None:
    (page,) = looked_at(tmp_path, fetched(QUESTION, PAGE))
    assert page.well
    assert page.questions == (str(QUESTION.key),)
    assert {"author", "ministry_asked", "rubric", "title", "question", "answer", "answered date"} <= set(page.found)


def test_a_label_that_nobody_knows(tmp_path: Path) -> None:
    (page,) = looked_at(tmp_path, fetched(QUESTION, PAGE.replace("Rubrique", "Thème")))
    assert not page.well
    assert page.missing == ("rubric",)
    assert any("Thème" in each for each in page.unknown)


def test_a_page_that_nobody_reads(tmp_path: Path) -> None:
    (page,) = looked_at(tmp_path, fetched(QUESTION, "<html><body>Le site a changé</body></html>"))
    assert (page.well, page.format, page.questions) == (False, None, ())
    assert page.unknown[0].startswith("document: ")


def test_a_weekly_file_has_no_rubrics_to_miss(tmp_path: Path) -> None:
    body = texts_file(issues_of(Corpus(60, 3))[5])
    weekly = Fetched(source="dila", url="u", fetched_at=NOW, status=200, media_type="application/xml", body=body)
    (page,) = looked_at(tmp_path, weekly)
    assert (page.format, page.missing, page.unknown) == ("dila", (), ())
