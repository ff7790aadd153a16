"""What the change log says: each field that changed, once, with its cause; and nothing else."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.dataset.changes import changed_since, sequences
from pipelines.dataset.compare import compare
from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset
from schemas.figure import Figure, FigureKind, Section
from schemas.question import Event, EventKind, Question
from schemas.text_table import TextTable
from tests.pipelines.dataset.made import (
    ANSWERED,
    PUBLISHED,
    a_capture,
    commit,
    current,
    log_of,
    numbered,
    rows_of,
    some_questions,
)
from tests.records import KNOWN_AT, a_question, event

ID = "fr-an-15-QE-12"
LATER = KNOWN_AT + timedelta(days=30)
FIGURE = Figure(
    start=0, end=3, text="250", kind=FigureKind.COUNT, value=250, low=None, high=None, unit=None, section=Section.ANSWER
)


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """A dataset that holds one published question."""
    made = Dataset.open(tmp_path)
    commit(made, a_question(12, PUBLISHED))
    return made


def fields(dataset: Dataset) -> dict[str, tuple[Any, Any]]:
    """The fields that the last version changed: field → before and after."""
    version = current(dataset)
    told = rows_of(version, f"SELECT field, before, after FROM changes WHERE version = '{version.name}'")
    assert len({field for field, _, _ in told}) == len(told)
    return {field: (before and json.loads(before), after and json.loads(after)) for field, before, after in told}


def test_a_new_question_is_one_line(dataset: Dataset) -> None:
    (line,) = rows_of(current(dataset), "SELECT * FROM changes")
    assert line == (1, "v000001", "fr-an-15", ID, "added", None, None, None, date(2018, 10, 2), KNOWN_AT, "source")


def test_an_answer_is_told_field_by_field(dataset: Dataset) -> None:
    commit(dataset, a_question(12, PUBLISHED, ANSWERED, answer="250 guichets.", figures=(FIGURE,)))
    figure = {"start": 0, "end": 3, "text": "250", "kind": "count", "value": 250.0, "section": "answer"}
    assert fields(dataset) == {
        "status": ("pending", "answered"),
        "answered_date": (None, "2020-09-08"),
        "closed_date": (None, "2020-09-08"),
        "delay_days": (None, 707),
        "answer": (None, "250 guichets."),
        "figures": ([], [figure]),
        "events.answered": (None, {"kind": "answered", "date": "2020-09-08", "page": 6092}),
    }


def test_a_table_that_came_is_one_field(dataset: Dataset) -> None:
    text = "An | Guichets\n2018 | 250"
    table = TextTable(
        section=Section.QUESTION,
        start=0,
        end=len(text),
        header_rows=1,
        header_columns=1,
        rows=(("An", "Guichets"), ("2018", "250")),
    )
    asked = "Elle demande combien de guichets ont fermé."
    commit(dataset, a_question(12, PUBLISHED, question=text, tables=(table,)))
    told = {"section": "question", "start": 0, "end": 24, "header_rows": 1, "header_columns": 1}
    rows = [["An", "Guichets"], ["2018", "250"]]
    assert fields(dataset) == {"question": (asked, text), "tables": ([], [told | {"rows": rows}])}


def test_each_line_has_the_day_of_the_newest_event_and_the_time_of_the_capture(dataset: Dataset) -> None:
    newest = "d" * 20
    answered = a_question(12, PUBLISHED, ANSWERED, answer="Oui.", captures=(newest, "c" * 20))
    commit(dataset, answered, captures=[a_capture(12, capture_id=newest, first_seen=LATER)])
    told = rows_of(current(dataset), "SELECT DISTINCT valid_date, known_at FROM changes WHERE change = 'changed'")
    assert sorted(told) == [(date(2020, 9, 8), KNOWN_AT), (date(2020, 9, 8), LATER)]
    by_field = dict(rows_of(current(dataset), "SELECT field, known_at FROM changes WHERE change = 'changed'"))
    assert by_field["events.answered"] == KNOWN_AT  # the event's own
    assert by_field["answer"] == LATER


def test_a_change_without_an_event_has_no_day(dataset: Dataset) -> None:
    commit(dataset, a_question(12, PUBLISHED, title="Autre titre"))
    assert fields(dataset) == {"title": ("Guichets fermés", "Autre titre")}
    assert rows_of(current(dataset), "SELECT valid_date FROM changes WHERE field = 'title'") == [(None,)]


def test_a_corrected_page_is_one_event_that_changed(dataset: Dataset) -> None:
    commit(dataset, a_question(12, event(EventKind.PUBLISHED, date(2018, 10, 2), page=8679)))
    day = {"kind": "published", "date": "2018-10-02"}
    assert fields(dataset) == {"events.published": (day | {"page": 8678}, day | {"page": 8679})}


def test_of_several_renewals_only_the_one_that_differs_is_told(tmp_path: Path) -> None:
    dataset = Dataset.open(tmp_path)
    days = [date(2019, 5, 28), date(2019, 10, 22), date(2020, 4, 7)]
    renewals = [event(EventKind.RENEWED, day) for day in days]
    commit(dataset, a_question(12, PUBLISHED, *renewals))
    commit(dataset, a_question(12, PUBLISHED, renewals[0], renewals[2]))
    assert fields(dataset) == {
        "renewals": (3, 2),
        "events.renewed": ({"kind": "renewed", "date": "2019-10-22"}, None),
    }


def test_an_event_is_compared_with_the_one_of_its_day(tmp_path: Path) -> None:
    dataset = Dataset.open(tmp_path)
    first, second = (event(EventKind.RENEWED, day) for day in (date(2019, 5, 28), date(2019, 10, 22)))
    commit(dataset, a_question(12, PUBLISHED, first, second))
    commit(dataset, a_question(12, PUBLISHED, second.model_copy(update={"page": 9})))
    told = [line[2:] for line in log_of(current(dataset)) if line[2] == "events.renewed"]
    assert [(json.loads(old)["date"], new and json.loads(new)) for _, old, new in told] == [
        ("2019-10-22", {"kind": "renewed", "date": "2019-10-22", "page": 9}),
        ("2019-05-28", None),
    ]


def test_an_event_that_stands_twice_counts_twice() -> None:
    once, twice = a_question(12, PUBLISHED, PUBLISHED), a_question(12, PUBLISHED)
    (line,) = compare(question_rows(once, due_date=None), question_rows(twice, due_date=None), {})
    assert (line.field, line.after) == ("events.published", None)


def test_a_removed_question_is_one_line_and_gone(dataset: Dataset) -> None:
    made = commit(dataset, removed=[ID])
    assert log_of(current(dataset))[-1] == (ID, "removed", None, None, None)
    assert made.counts("fr-an-15") | {"removed": 1, "questions": 0, "events": 0} == made.counts("fr-an-15")
    assert rows_of(current(dataset), "SELECT count(*) FROM events") == [(0,)]


def test_a_capture_that_shows_the_same_makes_no_line(dataset: Dataset) -> None:
    recaptured = event(EventKind.PUBLISHED, date(2018, 10, 2), page=8678, capture_id="d" * 20, known_at=LATER)
    again = a_question(12, recaptured, captures=("d" * 20, "c" * 20), source_url="https://example.org/other")
    made = commit(dataset, again, captures=[a_capture(12)])
    assert made.is_new
    assert (made.questions["fr-an-15"].changed, made.questions["fr-an-15"].unchanged) == (0, 1)
    assert made.rows["fr-an-15"]["captures"].added == 1
    assert len(log_of(current(dataset))) == 1


def test_the_cause_is_what_the_build_says(dataset: Dataset) -> None:
    commit(dataset, a_question(12, PUBLISHED, title="Relu"), causes={ID: "parser"})
    assert rows_of(current(dataset), "SELECT field, cause FROM changes WHERE sequence > 1") == [("title", "parser")]


def test_the_sequence_has_no_gap_over_many_versions_and_few_files(tmp_path: Path) -> None:
    dataset = Dataset.open(tmp_path)
    for step in range(20):
        commit(dataset, *numbered(*range(1, 3 + step % 3), title=f"Titre {step}"))
        assert current(dataset).sequence == len(log_of(current(dataset)))
    lines = rows_of(current(dataset), "SELECT sequence, version FROM changes ORDER BY sequence")
    assert [sequence for sequence, _ in lines] == list(range(1, len(lines) + 1))
    assert [version for _, version in lines] == sorted(version for _, version in lines)
    assert len(current(dataset).files("changes")) <= 6


def test_who_follows_the_log_learns_the_last_state_of_each_question(tmp_path: Path) -> None:
    dataset = Dataset.open(tmp_path)
    first = commit(dataset, *numbered(1, 2, 3)).version
    second = commit(dataset, *numbered(2, title="Autre"), removed=["fr-an-15-QE-3"]).version
    third = commit(dataset, *numbered(3, 4), removed=["fr-an-15-QE-1"]).version
    assert changed_since(second, first) == ({"fr-an-15-QE-2"}, {"fr-an-15-QE-3"})
    changed = {f"fr-an-15-QE-{number}" for number in (2, 3, 4)}
    assert changed_since(third, first) == (changed, {"fr-an-15-QE-1"})
    assert changed_since(third, first.sequence) == changed_since(third, first)
    assert changed_since(third, third) == (set(), set())
    assert changed_since(third, 0) == (changed, {"fr-an-15-QE-1"})
    newest = sequences(third)
    assert newest["fr-an-15-QE-4"] == third.sequence - 1 or newest["fr-an-15-QE-4"] == third.sequence
    assert set(newest) == changed | {"fr-an-15-QE-1"}
    assert sequences(first) == {f"fr-an-15-QE-{number}": number for number in (1, 2, 3)}
    some = ["fr-an-15-QE-1", "fr-an-15-QE-2", "fr-an-15-QE-99"]
    assert sequences(third, some) == {each: newest[each] for each in some[:2]}
    assert sequences(third, []) == {}


@given(some_questions())
def test_a_question_compared_with_itself_differs_in_nothing(asked: Question) -> None:
    rows = question_rows(asked, due_date=None)
    assert compare(rows, rows, {}) == []


@given(some_questions(), st.data())
def test_the_lines_of_the_events_lead_from_the_old_history_to_the_new(asked: Question, data: st.DataObject) -> None:
    after = asked.model_copy(update={"events": tuple(data.draw(st.permutations(asked.events)))[:3]})
    lines = compare(question_rows(asked, due_date=None), question_rows(after, due_date=None), {})
    history = [told(each) for each in asked.events]
    for line in lines:
        if line.field and line.field.startswith("events."):
            if line.before:
                history.remove(line.before)
            if line.after:
                history.append(line.after)
    assert sorted(history) == sorted(told(each) for each in after.events)


def told(each: Event) -> str:
    """An event as the log writes it."""
    shown = each.model_dump(mode="json", exclude_none=True, exclude={"capture_id", "known_at"})
    return json.dumps(shown, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def test_a_time_of_capture_is_in_utc(dataset: Dataset) -> None:
    (line,) = rows_of(current(dataset), "SELECT known_at FROM changes")
    assert line == (datetime(2021, 3, 1, 6, 30, tzinfo=UTC),)
