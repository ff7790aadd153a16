"""Noise in a page is no change of the question; what really changes is in the change log, and every old page stays."""

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pipelines.archive.archive import Archive
from pipelines.dataset.read import connect
from pipelines.dataset.store import Dataset
from pipelines.flow.building import refresh_questions
from questarium.replica.corpus import Corpus, SyntheticQuestion
from questarium.replica.layouts import question_page
from questarium.replica.pages import question_path
from schemas.capture import Fetched
from schemas.question import EventKind
from schemas.settings import Settings

START = datetime(2026, 11, 1, tzinfo=UTC)
QUESTION = next(
    question
    for question in Corpus(200, 6)
    if {EventKind.RENEWED, EventKind.ANSWERED} <= {event.kind for event in question.events}
)
NOISE: list[Callable[[str], str]] = [
    lambda page: page,
    lambda page: page.replace("</body>", "<!-- session 8f3a --></body>"),
    lambda page: page.replace("</body>", "<!-- session 01bc --></body>"),
    lambda page: page.replace("<footer>", "<aside><p>Questions similaires</p></aside><footer>"),
    lambda page: page.replace("<main>", '<form><input type="hidden" name="csrf" value="9d1"></form><main>'),
    lambda page: page.replace("\n", "\r\n"),
    lambda page: page.replace("styles.css", "styles.css?v=77"),
    lambda page: page.replace("<body>", '<body data-served="12:31:07">'),
]


def states() -> list[SyntheticQuestion]:
    """The question on each day on which something happened to it."""
    days = sorted({event.date for event in QUESTION.events if event.date})
    return [shown for day in days if (shown := QUESTION.as_of(day))]


def fetched(body: bytes, at: datetime, status: int = 200) -> Fetched:
    return Fetched(
        source="assemblee",
        url=f"https://questions.example{question_path(QUESTION)}",
        fetched_at=at,
        status=status,
        media_type="text/html; charset=utf-8",
        body=body,
        question=QUESTION.key,
    )


def changes(settings: Settings) -> list[tuple[str, str]]:
    """Field and cause of each line of the change log."""
    version = Dataset.open(settings.dataset_dir).current
    assert version is not None
    with connect(version) as connection:
        return connection.execute("SELECT field, cause FROM changes ORDER BY sequence").fetchall()


def test_noise_makes_no_revision_and_real_changes_do(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, workers=1)
    real = states()[:3]
    pages = [question_page(state).decode() for state in real]
    last = len(pages) - 1
    visits = [(pages[min(place // 2, last)], NOISE[place % len(NOISE)]) for place in range(2 * len(pages) + 2)]
    bodies = [noise(page).encode() for page, noise in visits]
    logged: list[int] = []
    for day, body in enumerate(bodies):
        visit(settings, fetched(body, START + timedelta(days=day)))
        logged.append(len(changes(settings)))
    grew = [day for day, count in enumerate(logged) if count > (logged[day - 1] if day else 0)]
    assert grew == [0, *(2 * place for place in range(1, len(pages)))]  # the days on which the question changed
    assert {cause for _, cause in changes(settings)} == {"source"}
    visit(settings, fetched(b"<html>404</html>", START + timedelta(days=90), status=404))
    visit(settings, fetched(bodies[-1], START + timedelta(days=91)))
    assert len(changes(settings)) == logged[-1]  # gone for a day and back: the question is as it was
    with Archive.open(settings.archive_dir) as archive:
        kept = {hashlib.sha256(archive.read(ref).body).hexdigest() for ref in archive.revisions(QUESTION.key)}
    assert {hashlib.sha256(body).hexdigest() for body in bodies} <= kept


def visit(settings: Settings, answer: Fetched) -> None:
    with Archive.open_for_writing(settings.archive_dir, source="assemblee", now=answer.fetched_at) as archive:
        archive.append(answer)
    refresh_questions(settings, "fr-an-15", now=answer.fetched_at)
