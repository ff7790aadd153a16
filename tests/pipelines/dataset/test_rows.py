"""Records to rows and back."""

import tempfile
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.dataset.read import question, questions
from pipelines.dataset.rows import capture_rows, quarantine_row, question_rows, to_question
from pipelines.dataset.store import Dataset
from schemas.capture import CaptureRef
from schemas.identity import QuestionKey
from schemas.quarantine import Quarantined
from schemas.question import EventKind, Question
from schemas.tables import TABLES
from tests.pipelines.dataset.made import DUE, NOW, current, some_questions, updated
from tests.records import KNOWN_AT, a_question, event


@given(some_questions())
def test_a_question_comes_back_from_its_rows(asked: Question) -> None:
    assert to_question(question_rows(asked, due_date=None)) == asked


@given(st.lists(some_questions(), max_size=4, unique_by=lambda each: each.id))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_questions_come_back_from_the_disk(asked: list[Question]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        dataset = Dataset.open(Path(folder))
        terms = {str(each.key.term_key) for each in asked}
        updates = {term: updated([each for each in asked if str(each.key.term_key) == term]) for term in terms}
        dataset.commit(updates, now=NOW)
        assert questions(current(dataset), [each.id for each in asked]) == asked


def test_every_column_of_the_schema_is_filled_and_no_other() -> None:
    asked = a_question(7, event(EventKind.PUBLISHED, date(2018, 10, 2)))
    for table, rows in question_rows(asked, due_date=DUE).items():
        for row in rows:
            assert set(row) == set(TABLES[table].names), table


def test_what_is_derived_is_in_the_row() -> None:
    asked = a_question(
        12526,
        event(EventKind.PUBLISHED, date(2018, 10, 2)),
        event(EventKind.RENEWED, date(2019, 5, 28)),
        event(EventKind.RENEWED, date(2019, 10, 22)),
        event(EventKind.ANSWERED, date(2020, 9, 8)),
    )
    (row,) = question_rows(asked, due_date=DUE)["questions"]
    assert row["id"] == "fr-an-15-QE-12526"
    assert row["partition"] == "fr-an-15"
    assert (row["status"], row["published_date"], row["due_date"]) == ("answered", date(2018, 10, 2), DUE)
    assert (row["answered_date"], row["closed_date"]) == (date(2020, 9, 8), date(2020, 9, 8))
    assert (row["delay_days"], row["renewals"]) == (707, 2)


def test_a_withdrawn_question_is_closed_and_has_no_delay() -> None:
    asked = a_question(7, event(EventKind.PUBLISHED, date(2018, 10, 2)), event(EventKind.WITHDRAWN, date(2018, 11, 6)))
    (row,) = question_rows(asked, due_date=None)["questions"]
    assert (row["status"], row["closed_date"], row["answered_date"], row["delay_days"]) == (
        "withdrawn",
        date(2018, 11, 6),
        None,
        None,
    )


def test_a_time_of_another_zone_is_the_same_moment(tmp_path: Path) -> None:
    paris = datetime(2021, 3, 1, 7, 30, tzinfo=timezone(timedelta(hours=1)))
    asked = a_question(7, event(EventKind.PUBLISHED, date(2018, 10, 2), known_at=paris))
    dataset = Dataset.open(tmp_path)
    dataset.commit({"fr-an-15": updated([asked])}, now=NOW)
    stored = question(current(dataset), asked.id)
    assert stored == asked
    assert stored is not None
    assert stored.events[0].known_at.tzinfo == UTC


def test_captures_and_quarantine_have_the_columns_of_the_schema() -> None:
    key = QuestionKey.parse("fr-an-15-QE-7")
    ref = CaptureRef(
        capture_id="a",
        sequence=3,
        source="import",
        url="https://example.org/7",
        digest="d",
        media_type="text/html",
        status=200,
        first_seen=KNOWN_AT,
        last_seen=NOW,
        questions=(key,),
        warc_file="import.warc.gz",
        offset=12,
        length=34,
    )
    (row,) = capture_rows(ref, "fr-an-15")
    assert set(row) == set(TABLES["captures"].names)
    assert row["question"] == "fr-an-15-QE-7"
    assert [row] == capture_rows(ref.model_copy(update={"last_seen": KNOWN_AT, "sequence": 9}), "fr-an-15")
    several = ref.model_copy(update={"questions": (key, QuestionKey.parse("fr-an-16-QE-1"))})
    assert [each["question"] for each in capture_rows(several, "fr-an-16")] == ["fr-an-16-QE-1"]
    assert [each["question"] for each in capture_rows(several, "unplaced")] == [None]
    aside = quarantine_row(Quarantined(capture_id="a", url="u", reason="empty", detail="no bytes"), "unplaced")
    assert set(aside) == set(TABLES["quarantine"].names)
    assert (aside["question"], aside["part"], aside["reason"]) == (None, None, "empty")
