"""What was known on a past day, rebuilt from the captures of then."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.dataset.read import question
from pipelines.flow.building import refresh_questions
from pipelines.flow.knowing import end_of, question_known, version_known
from pipelines.flow.taking_down import take_down
from questarium.queries.delays import Grouping, delay_table
from questarium.queries.opened import known_at
from questarium.queries.show import show
from schemas.capture import Fetched
from schemas.errors import NoDatasetError, UnknownQuestionError
from schemas.identity import QuestionKey
from schemas.question import Status
from schemas.settings import Settings
from tests.pipelines.flow.test_members import PAGE

KEY = QuestionKey.parse("fr-an-15-QE-77")
ASKED, ANSWERED = datetime(2018, 12, 4, 6, 0, tzinfo=UTC), datetime(2019, 3, 5, 23, 30, tzinfo=UTC)
ANSWER = PAGE.replace("page : 8678", "page : 8678\nRéponse publiée au JO le : 05/03/2019 page : 2100") + (
    "\nTexte de la réponse\n\nDouze guichets ont fermé depuis 2015.\n"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """One page, captured while it waited and again once answered, half past midnight in Paris; built today."""
    found = Settings(home=tmp_path)
    for at, text in ((ASKED, PAGE), (ANSWERED, ANSWER)):
        with Archive.open_for_writing(found.archive_dir, source="test", now=at) as archive:
            archive.append(
                Fetched(
                    source="test", url="https://x.example/77", fetched_at=at, status=200,
                    media_type="text/plain; charset=utf-8", body=text.encode(), question=KEY,
                )
            )  # fmt: skip
    refresh_questions(found, "fr-an-15", now=datetime(2026, 1, 1, tzinfo=UTC))
    return found


def ignore(_: str) -> None:
    pass


@pytest.mark.parametrize(
    ("day", "status"),
    [
        (date(2018, 12, 3), None),
        (date(2018, 12, 4), Status.PENDING),
        (date(2019, 3, 5), Status.PENDING),  # captured after that day had ended in Paris
        (date(2019, 3, 6), Status.ANSWERED),
        (date(2026, 1, 1), Status.ANSWERED),
    ],
)
def test_a_question_is_what_its_captures_showed(settings: Settings, day: date, status: Status | None) -> None:
    found = question_known(settings, KEY, day)
    assert (found.status if found else None) == status
    if found:
        assert (found.answer is not None) == (status == Status.ANSWERED)
        assert all(event.known_at < end_of(day) for event in found.events)
    version = version_known(settings, day, on_progress=ignore)
    assert (question(version, str(KEY)) if version else None) == found


def test_the_summer_day_ends_two_hours_before_that_of_greenwich() -> None:
    assert end_of(date(2020, 7, 1)) == datetime(2020, 7, 1, 22, 0, tzinfo=UTC)


def test_show_stops_the_clocks_on_the_day(settings: Settings) -> None:
    shown = show(settings, str(KEY), as_of=None, today=date(2026, 1, 1), known_at=date(2019, 1, 15))
    assert (shown["known_at"], shown["status"], shown["delay"]["days_elapsed"]) == (date(2019, 1, 15), "pending", 105)
    both = show(settings, str(KEY), as_of=date(2018, 12, 2), today=date(2026, 1, 1), known_at=date(2019, 1, 15))
    assert both["delay"]["days_elapsed"] == 61
    with pytest.raises(UnknownQuestionError, match="captured by 2018-01-01"):
        show(settings, str(KEY), as_of=None, today=date(2026, 1, 1), known_at=date(2018, 1, 1))


def test_tables_are_of_what_was_known(settings: Settings) -> None:
    known = known_at(settings, date(2019, 1, 15), ["fr-an-15"], on_progress=ignore)
    (then,) = delay_table(settings, by=Grouping.TERM, term=None, day=date(2020, 1, 1), known=known).rows
    (now,) = delay_table(settings, by=Grouping.TERM, term=None, day=date(2020, 1, 1)).rows
    assert ((then.answered, then.waiting), (now.answered, now.waiting)) == ((0, 1), (1, 0))
    with pytest.raises(NoDatasetError, match="nothing had been captured by 2018-01-01"):
        known_at(settings, date(2018, 1, 1), on_progress=ignore)


def test_asking_twice_makes_nothing_new_and_a_late_import_comes_in(settings: Settings) -> None:
    day = date(2019, 1, 15)
    first = version_known(settings, day, on_progress=ignore)
    assert version_known(settings, day, on_progress=ignore) == first
    other = QuestionKey.parse("fr-an-15-QE-78")
    page = PAGE.replace("77", "78").encode()
    with Archive.open_for_writing(
        settings.archive_dir, source="import", now=datetime(2026, 2, 1, tzinfo=UTC)
    ) as archive:
        archive.append(
            Fetched(
                source="import", url="https://x.example/78", fetched_at=ASKED, status=200, media_type="text/plain",
                body=page, question=other,
            )
        )  # fmt: skip
    later = version_known(settings, day, on_progress=ignore)
    assert later is not None
    assert question(later, str(other)) is not None


def test_only_the_latest_days_are_kept(settings: Settings) -> None:
    days = [date(2019, 1, number) for number in (15, 16, 17, 18, 19)]
    for day in days:
        version_known(settings, day, on_progress=ignore)
    kept = {path.name for path in settings.known_dir.iterdir()}
    assert len(kept) == 3
    assert days[-1].isoformat() in kept


def test_what_was_taken_down_is_not_known_on_any_day(settings: Settings) -> None:
    take_down(settings, KEY, "asked by the person named", now=datetime(2026, 3, 1, tzinfo=UTC))
    found = question_known(settings, KEY, date(2019, 1, 15))
    assert found is not None
    assert (found.question, found.title, found.status) == (None, None, Status.PENDING)
