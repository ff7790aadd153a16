"""A takedown all the way: archive, data versions, index, vocabulary."""

import gzip
from datetime import timedelta
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.verify import verify
from pipelines.dataset.read import connect, question
from pipelines.dataset.store import Dataset
from pipelines.flow.building import refresh_questions
from pipelines.flow.importing import import_paths
from pipelines.flow.index_life import index_versions
from pipelines.flow.indexing import refresh_index
from pipelines.flow.taking_down import take_down
from questarium.queries.search import search
from questarium.queries.show import show
from questarium.replica.corpus import Corpus, SyntheticQuestion
from questarium.replica.layouts import question_page
from questarium.replica.pages import question_path
from schemas.capture import Fetched
from schemas.errors import UnknownQuestionError, UsageError
from schemas.identity import QuestionKey
from schemas.question import EventKind
from schemas.search import Sort
from schemas.settings import Settings
from tests.pipelines.archive.pages import START

TERM = "fr-an-15"
WORD = "zanzibarois"
NAME = "Zébulonne"


def secret() -> SyntheticQuestion:
    """A question with an answer, whose texts name somebody."""
    found = next(each for each in Corpus(60, 5) if each.answer and not each.tables)
    return found.model_copy(
        update={
            "title": f"Situation de {NAME}",
            "question": f"{found.question}\n{NAME} a perdu 1 250 euros au conseil {WORD}.",
            "answer": f"{found.answer}\nLe cas {WORD} de {NAME} est suivi.",
        }
    )


SECRET = secret()
KEY = SECRET.key


def fetched(each: SyntheticQuestion, day: int) -> Fetched:
    return Fetched(
        source="assemblee",
        url=f"https://questions.example{question_path(each)}",
        fetched_at=START + timedelta(days=day),
        status=200,
        media_type="text/html; charset=UTF-8",
        body=question_page(each),
        question=each.key,
    )


def collect(settings: Settings, *pages: Fetched) -> None:
    with Archive.open_for_writing(settings.archive_dir, source="assemblee", now=START) as archive:
        archive.append_many(list(pages))


def build(settings: Settings) -> None:
    refresh_questions(settings, TERM, now=START)
    refresh_index(settings, now=START)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two data versions and an index of each: before the answer, and with it."""
    settings = Settings(home=tmp_path / "home", elasticsearch_url=None)
    others = [each for each in Corpus(60, 5) if each.key != KEY][:4]
    open_events = tuple(event for event in SECRET.events if event.kind != EventKind.ANSWERED)
    before = SECRET.model_copy(update={"answer": None, "events": open_events})
    collect(settings, *(fetched(each, 0) for each in others), fetched(before, 0))
    build(settings)
    collect(settings, fetched(SECRET, 7))
    build(settings)
    return settings


def hits(settings: Settings, word: str) -> list[str]:
    found = search(settings, word, sort=Sort.NUMBER, offset=0, limit=10, facets=False, today=START.date())
    return [hit.id for hit in found.hits]


def held(settings: Settings) -> str:
    """Every word of the archive, of all data versions and of what stands beside the index."""
    words = [gzip.decompress(path.read_bytes()).decode() for path in (settings.archive_dir / "warc").iterdir()]
    for version in Dataset.open(settings.dataset_dir).versions():
        with connect(version) as connection:
            for table in ("questions", "texts", "figures", "tables", "quarantine", "changes"):
                words.append(str(connection.execute(f"SELECT * FROM {table}").fetchall()))
    beside = (path for path in settings.home.rglob("*") if path.is_file() and "archive" not in path.parts)
    return " ".join(words) + " ".join(path.read_bytes().decode(errors="replace") for path in beside)


def test_the_texts_are_gone_everywhere_and_the_question_is_still_counted(settings: Settings) -> None:
    assert hits(settings, WORD) == [str(KEY)]
    assert WORD in held(settings)
    before = show(settings, str(KEY), as_of=None, today=START.date())
    report = take_down(settings, KEY, "names a private person", now=START)
    assert (report.captures, report.files, report.others) == (2, 2, ())
    build(settings)
    after = show(settings, str(KEY), as_of=None, today=START.date())
    assert "taken_down" in after["flags"]
    assert (after["title"], after["question"], after["answer"], list(after["figures"])) == (None, None, None, [])
    for name in ("status", "author", "ministry_asked", "attributions", "rubric"):
        assert after[name] == before[name]
    dates = [[(each["kind"], each["date"], each["known_at"]) for each in shown["events"]] for shown in (before, after)]
    assert dates[0] == dates[1]
    assert hits(settings, WORD) == []
    version = Dataset.open(settings.dataset_dir).current
    assert version is not None
    assert version.counts["questions"] == 5
    left = held(settings)
    assert WORD not in left
    assert NAME not in left
    assert "names a private person" in left
    assert verify(settings.archive_dir).problems == ()
    assert len(index_versions(settings)) == 1


def test_a_build_after_it_changes_nothing(settings: Settings) -> None:
    take_down(settings, KEY, "names a private person", now=START)
    build(settings)
    version = Dataset.open(settings.dataset_dir).current
    build(settings)
    assert Dataset.open(settings.dataset_dir).current == version


def test_a_dataset_made_again_from_the_archive_says_the_same(settings: Settings, tmp_path: Path) -> None:
    take_down(settings, KEY, "names a private person", now=START)
    build(settings)
    version = Dataset.open(settings.dataset_dir).current
    assert version is not None
    (tmp_path / "again").mkdir()
    (tmp_path / "again" / "archive").symlink_to(settings.archive_dir)
    again = Settings(home=tmp_path / "again", elasticsearch_url=None)
    refresh_questions(again, TERM, now=START)
    made = Dataset.open(again.dataset_dir).current
    assert made is not None
    assert question(made, str(KEY)) == question(version, str(KEY))


def test_an_import_does_not_bring_it_back(settings: Settings, tmp_path: Path) -> None:
    """Under another address, where only reading can tell which question it is."""
    take_down(settings, KEY, "names a private person", now=START)
    page = tmp_path / "found.html"
    page.write_bytes(question_page(SECRET) + b"<!-- another copy -->")
    report = import_paths(settings, [page], now=START, on_progress=lambda _: None)
    assert (report.captures, report.taken_down) == (0, 1)
    build(settings)
    assert WORD not in held(settings)


def test_an_import_of_the_very_bytes_is_counted(settings: Settings, tmp_path: Path) -> None:
    page = tmp_path / "kept.html"
    page.write_bytes(b"<html>nothing that can be read</html>")
    import_paths(settings, [page], now=START, on_progress=lambda _: None)
    with Archive.open_for_writing(settings.archive_dir, source="import", now=START) as archive:
        ref = next(ref for ref in archive.captures() if ref.url == "file:kept.html")
        archive.assign(ref.capture_id, KEY)
    take_down(settings, KEY, "names a private person", now=START)
    report = import_paths(settings, [page], now=START, on_progress=lambda _: None)
    assert (report.captures, report.taken_down) == (0, 1)


def test_a_file_of_many_questions_keeps_the_others(settings: Settings, tmp_path: Path) -> None:
    """A tombstone of another question is such a file: it holds whole readings of those that stood beside it."""
    both = (KEY, next(each.key for each in Corpus(60, 5) if each.key != KEY))
    with Archive.open_for_writing(settings.archive_dir, source="assemblee", now=START) as archive:
        ref = next(ref for ref in archive.revisions(KEY) if WORD.encode() in archive.read(ref).body)
        archive.assign_many([(ref.capture_id, both)])
    report = take_down(settings, both[1], "another", now=START)
    assert report.others == (str(KEY),)
    build(settings)
    kept = show(settings, str(KEY), as_of=None, today=START.date())
    assert WORD in kept["question"]
    take_down(settings, KEY, "names a private person", now=START)
    build(settings)
    assert WORD not in held(settings)
    for key in both:
        assert "taken_down" in show(settings, str(key), as_of=None, today=START.date())["flags"]
    assert verify(settings.archive_dir).problems == ()


def test_refusals(settings: Settings) -> None:
    with pytest.raises(UnknownQuestionError, match="holds no capture"):
        take_down(settings, QuestionKey.parse("fr-an-15-QE-99999"), "a reason", now=START)
    with pytest.raises(UsageError, match="needs its reason"):
        take_down(settings, KEY, " ", now=START)
    take_down(settings, KEY, "a reason", now=START)
    assert take_down(settings, KEY, "a reason", now=START).captures == 0
