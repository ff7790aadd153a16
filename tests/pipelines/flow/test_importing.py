"""Importing zips and weekly archives: each question learns its captures, and an unchanged one costs nothing."""

from datetime import timedelta
from pathlib import Path

from pipelines.archive.archive import Archive
from pipelines.dataset.read import iter_questions
from pipelines.dataset.store import Dataset
from pipelines.flow.building import refresh_questions
from pipelines.flow.importing import ImportReport, import_paths
from questarium.replica.corpus import SyntheticQuestion, synthetic
from questarium.replica.open_data import Form, open_data_zip
from questarium.replica.weekly import issues_of, weekly_archive
from schemas.identity import TermKey
from schemas.question import EventKind
from schemas.settings import Settings
from tests.pipelines.archive.pages import START

FIFTEENTH = TermKey.parse("fr-an-15")


def imported(settings: Settings, path: Path, day: int = 0) -> ImportReport:
    return import_paths(settings, [path], now=START + timedelta(days=day), on_progress=lambda _: None)


def settings_in(folder: Path) -> Settings:
    return Settings(home=folder / "home")


def saved(folder: Path, name: str, body: bytes) -> Path:
    path = folder / name
    path.write_bytes(body)
    return path


def changed(questions: list[SyntheticQuestion], place: int) -> list[SyntheticQuestion]:
    one = questions[place].model_copy(update={"title": "Un autre titre"})
    return [*questions[:place], one, *questions[place + 1 :]]


def test_a_new_zip_with_one_change_brings_one_capture(tmp_path: Path) -> None:
    settings, questions = settings_in(tmp_path), list(synthetic(30, 4))
    first = imported(settings, saved(tmp_path, "q.zip", open_data_zip(questions, Form.JSON)))
    assert (first.captures, first.new, first.quarantined, first.unreadable) == (30, 30, [], [])
    assert first.questions == {each.key for each in questions}
    size = sum(path.stat().st_size for path in (settings.archive_dir / "warc").iterdir())
    again = imported(settings, saved(tmp_path, "q.zip", open_data_zip(questions, Form.JSON)), day=1)
    assert (again.captures, again.new, again.unchanged, again.questions) == (30, 0, 30, first.questions)
    assert size == sum(path.stat().st_size for path in (settings.archive_dir / "warc").iterdir())
    later = imported(settings, saved(tmp_path, "q.zip", open_data_zip(changed(questions, 7), Form.JSON)), day=2)
    assert (later.captures, later.new, later.unchanged) == (30, 1, 29)
    with Archive.open(settings.archive_dir) as archive:
        assert archive.counts(FIFTEENTH).archived == 30
        assert archive.count_captures(FIFTEENTH) == 31
        assert len(archive.revisions(questions[7].key)) == 2


def test_a_weekly_archive_is_a_revision_of_each_of_its_questions(tmp_path: Path) -> None:
    settings, questions = settings_in(tmp_path), list(synthetic(60, 4))
    issue = max(issues_of(questions), key=lambda each: len(each.answered))
    report = imported(settings, saved(tmp_path, "ANQ.taz", weekly_archive(issue)))
    printed = {each.key for each in (*issue.asked, *issue.answered)}
    assert (report.captures, report.questions, report.quarantined) == (3, printed, [])
    assert len(printed) > 1
    with Archive.open(settings.archive_dir) as archive:
        (texts,) = [ref for ref in archive.captures() if ref.questions]
        assert set(texts.questions) == printed
        for key in printed:
            assert archive.revisions(key) == [texts]


def test_what_two_issues_say_of_a_question_is_one_record(tmp_path: Path) -> None:
    settings, questions = settings_in(tmp_path), list(synthetic(60, 4))
    for issue in issues_of(questions):
        imported(settings, saved(tmp_path, f"ANQ{issue.name}.taz", weekly_archive(issue)))
    refresh_questions(settings, str(FIFTEENTH), now=START + timedelta(days=1))
    version = Dataset.open(settings.dataset_dir).current
    assert version is not None
    built = {each.key: each for each in iter_questions(version)}
    assert set(built) == {each.key for each in questions}
    for question in questions:
        found = built[question.key]
        assert found.dates(EventKind.PUBLISHED) == (question.published,)
        assert (found.status == "answered", bool(found.answer)) == (bool(question.answer),) * 2
        family = {each.key for each in questions if question.family and each.family == question.family}
        assert set(found.answered_with) == {str(key) for key in family - {question.key}}
        assert len(found.captures) == (2 if question.answer else 1)
    assert any(each.answered_with for each in built.values())
    again = refresh_questions(settings, str(FIFTEENTH), now=START + timedelta(days=2))
    assert not again.commit.is_new
