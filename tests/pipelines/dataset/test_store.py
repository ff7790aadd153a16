"""Commits: what makes a version, what does not, what is kept and what is refused."""

import os
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from pipelines.dataset import store
from pipelines.dataset.read import iter_questions, question, questions
from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from schemas.errors import DatasetError, UnknownTermError
from schemas.question import EventKind, Question
from tests.pipelines.dataset.made import (
    ANSWERED,
    DUE,
    NOW,
    PUBLISHED,
    TERM,
    a_capture,
    commit,
    content,
    current,
    files_named,
    files_on_disk,
    log_of,
    numbered,
    rows_of,
    set_aside,
    updated,
)
from tests.records import a_question, event


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """An empty dataset."""
    return Dataset.open(tmp_path / "dataset")


def test_before_the_first_commit_there_is_nothing_and_nothing_is_made(dataset: Dataset) -> None:
    assert dataset.current is None
    assert dataset.versions() == []
    assert dataset.version("v000001") is None
    assert (dataset.inputs(TERM), dataset.quarantine(TERM)) == ({}, [])
    assert not dataset.root.exists()


def test_a_commit_makes_a_version_with_its_counts(dataset: Dataset) -> None:
    asked = [*numbered(1, 2), a_question(3, PUBLISHED, ANSWERED)]
    made = commit(dataset, *asked, captures=[a_capture(1)], quarantine=[set_aside(9)], inputs={"sequence": "3"})
    version = current(dataset)
    assert (made.is_new, made.version, version.name, version.number) == (True, version, "v000001", 1)
    assert version.partitions == (TERM,)
    assert version.manifest.created == NOW
    assert version.counts == {
        "questions": 3,
        "texts": 3,
        "events": 4,
        "attributions": 3,
        "tables": 0,
        "figures": 0,
        "comparisons": 0,
        "disagreements": 0,
        "captures": 1,
        "quarantine": 1,
        "members": 0,
        "mandates": 0,
        "organs": 0,
    }
    assert made.counts(TERM) == {"added": 3, "changed": 0, "unchanged": 0, "removed": 0} | version.counts
    assert dataset.inputs(TERM) == {"sequence": "3"}
    assert version.inputs == {TERM: {"sequence": "3"}}
    assert dataset.quarantine(TERM) == [set_aside(9)]
    assert sorted(content(version), key=lambda each: each.key.number) == asked


def test_the_first_commit_makes_a_version_even_when_it_is_empty(dataset: Dataset) -> None:
    made = commit(dataset)
    assert (made.is_new, made.version.name, made.version.partitions) == (True, "v000001", ())
    assert not commit(dataset).is_new


def test_the_same_again_makes_no_version_no_line_and_no_byte(dataset: Dataset) -> None:
    update: dict[str, Any] = {"captures": [a_capture(1), a_capture(2)], "quarantine": [set_aside(9)]}
    commit(dataset, *numbered(1, 2), **update)
    before = {path: (dataset.root / path).read_bytes() for path in files_on_disk(dataset.root)}
    turned = {name: rows[::-1] for name, rows in update.items()}
    again = dataset.commit({TERM: updated(numbered(2, 1), **turned)}, now=NOW + timedelta(days=9))
    assert (again.is_new, again.version.name) == (False, "v000001")
    assert again.counts(TERM) == {"added": 0, "changed": 0, "unchanged": 2, "removed": 0} | again.version.counts
    assert {path: (dataset.root / path).read_bytes() for path in files_on_disk(dataset.root)} == before


def test_inputs_move_without_a_version(dataset: Dataset) -> None:
    commit(dataset, *numbered(1), inputs={"sequence": "1", "parser": "a"})
    made = commit(dataset, inputs={"sequence": "2"})
    assert not made.is_new
    assert dataset.inputs(TERM) == {"sequence": "2"}
    assert current(dataset).inputs == {TERM: {"sequence": "1", "parser": "a"}}
    assert len(dataset.versions()) == 1


def test_questions_that_are_not_given_stay(dataset: Dataset) -> None:
    commit(dataset, *numbered(1, 2, 3))
    made = commit(dataset, *numbered(2, title="Autre"), *numbered(4))
    assert made.counts(TERM) | {"added": 1, "changed": 1, "unchanged": 2} == made.counts(TERM)
    titles = {each.key.number: each.title for each in content(current(dataset))}
    assert titles == {1: "Guichets fermés", 2: "Autre", 3: "Guichets fermés", 4: "Guichets fermés"}


def test_rows_are_counted_by_table(dataset: Dataset) -> None:
    commit(dataset, *numbered(1, 2), captures=[a_capture(1), a_capture(2)], quarantine=[set_aside(8), set_aside(8)])
    moved = a_question(1, PUBLISHED, event(EventKind.RENEWED, PUBLISHED.date))
    made = commit(
        dataset,
        moved,
        captures=[a_capture(1, media_type="text/plain"), a_capture(3)],
        quarantine=[set_aside(8), set_aside(9)],
    )
    rows = {name: tuple(vars(tally).values()) for name, tally in made.rows[TERM].items()}
    assert rows == {  # added, changed, unchanged, removed
        "questions": (0, 1, 1, 0),
        "texts": (0, 0, 2, 0),
        "events": (1, 0, 2, 0),
        "attributions": (0, 0, 2, 0),
        "tables": (0, 0, 0, 0),
        "figures": (0, 0, 0, 0),
        "comparisons": (0, 0, 0, 0),
        "disagreements": (0, 0, 0, 0),
        "captures": (1, 1, 0, 1),
        "quarantine": (1, 0, 1, 1),
        "members": (0, 0, 0, 0),
        "mandates": (0, 0, 0, 0),
        "organs": (0, 0, 0, 0),
    }


def test_partitions_are_committed_together_and_kept_apart(dataset: Dataset) -> None:
    sixteenth = a_question(5, PUBLISHED)
    sixteenth = sixteenth.model_copy(update={"key": sixteenth.key.model_copy(update={"term": 16})})
    loose = PartitionUpdate([], [a_capture(7, "unplaced")], [set_aside(7, "unplaced")])
    first = dataset.commit({"fr-an-16": updated([sixteenth]), TERM: updated(numbered(1)), "unplaced": loose}, now=NOW)
    assert first.version.partitions == ("fr-an-15", "fr-an-16", "unplaced")
    files = {file.path for file in first.version.manifest.files if file.partition != TERM}
    second = commit(dataset, *numbered(1, title="Autre")).version
    assert files == {file.path for file in second.manifest.files if file.partition != TERM}
    assert [each.id for each in iter_questions(second, "fr-an-16")] == ["fr-an-16-QE-5"]
    assert second.partition_counts("unplaced") | {"questions": 0, "captures": 1, "quarantine": 1} == (
        second.partition_counts("unplaced")
    )
    assert [line[0] for line in log_of(first.version)] == ["fr-an-15-QE-1", "fr-an-16-QE-5"]


def test_two_ways_to_one_content_make_the_same_files(tmp_path: Path) -> None:
    whole, steps = Dataset.open(tmp_path / "whole"), Dataset.open(tmp_path / "steps")
    commit(whole, *numbered(*range(1, 40)), captures=[a_capture(1), a_capture(2)])
    commit(steps, *numbered(*range(20, 60), title="Autre"), captures=[a_capture(5)])
    gone = [f"fr-an-15-QE-{number}" for number in range(40, 60)]
    commit(steps, *numbered(*range(1, 40)), removed=gone, captures=[a_capture(2), a_capture(1)])
    assert current(whole).manifest.files == current(steps).manifest.files


def test_old_versions_stay_readable_until_they_are_pruned(dataset: Dataset) -> None:
    for title in ("un", "deux", "trois"):
        commit(dataset, *numbered(1, title=title))
    first = dataset.version("v000001")
    assert first is not None
    assert [version.name for version in dataset.versions()] == ["v000001", "v000002", "v000003"]
    assert [each.title for each in content(first)] == ["un"]
    assert len(log_of(first)) == 1
    assert dataset.prune(keep=2) == ["v000001"]
    assert dataset.version("v000001") is None
    assert [each.title for version in dataset.versions() for each in content(version)] == ["deux", "trois"]
    assert files_on_disk(dataset.root) == files_named(dataset)
    with pytest.raises(DatasetError, match="pruned"):
        content(first)
    assert dataset.prune(keep=0) == ["v000002"]
    assert [each.title for each in content(current(dataset))] == ["trois"]
    assert len(log_of(current(dataset))) == 3


@pytest.mark.parametrize("name", ["", "v", "v3", "3", "v0000001", "v000009", "../CURRENT", "v00000١"])
def test_a_name_of_no_version_gives_none(dataset: Dataset, name: str) -> None:
    commit(dataset, *numbered(1))
    assert dataset.version(name) is None


def test_what_nobody_names_is_removed_by_the_next_commit(dataset: Dataset) -> None:
    commit(dataset, *numbered(1))
    strays = ["files/questions/x.parquet", "files/texts/y.parquet.tmp", "versions/000002.json", "CURRENT.tmp"]
    for stray in strays:
        (dataset.root / stray).write_bytes(b"half")
    assert current(dataset).name == "v000001"
    assert [version.name for version in dataset.versions()] == ["v000001"]
    commit(dataset, *numbered(1))
    assert files_on_disk(dataset.root) == files_named(dataset)
    assert commit(dataset, *numbered(2)).version.name == "v000002"


def test_a_contradiction_is_refused_and_changes_nothing(dataset: Dataset) -> None:
    commit(dataset, *numbered(1))
    with pytest.raises(DatasetError, match="fr-an-15-QE-2 was given twice"):
        commit(dataset, *numbered(2, 2))
    with pytest.raises(DatasetError, match="rows of fr-an-15 were given"):
        dataset.commit({"fr-an-16": updated(numbered(2))}, now=NOW)
    with pytest.raises(DatasetError, match="no such cause"):
        commit(dataset, *numbered(1, title="x"), causes={"fr-an-15-QE-1": "weather"})
    with pytest.raises(UnknownTermError):
        dataset.commit({"../elsewhere": updated([])}, now=NOW)
    with pytest.raises(DatasetError, match=r"fr-an-15-QE-2 0 does not fit the table 'events'"):
        commit(dataset, a_question(2, event(EventKind.PUBLISHED, None, page=2**40)))
    with pytest.raises(DatasetError, match=r"fr-an-15-QE-2 does not fit the table 'texts'"):
        commit(dataset, *numbered(2, question="\ud800"))
    assert [version.name for version in dataset.versions()] == ["v000001"]
    assert content(current(dataset)) == numbered(1)


def test_one_writer_at_a_time(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(dataset, *numbered(1))
    monkeypatch.setattr(store, "_LOCK_WAIT_S", 0.05)
    with FileLock(dataset.root / "LOCK"), pytest.raises(DatasetError, match="another process writes"):
        commit(dataset, *numbered(2))
    assert commit(dataset, *numbered(2)).is_new


def test_writers_that_meet_wait_for_each_other(dataset: Dataset) -> None:
    writers = [threading.Thread(target=commit, args=(dataset, *numbered(number))) for number in range(1, 7)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert {each.key.number for each in content(current(dataset))} == set(range(1, 7))
    assert current(dataset).number == 6


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_folder_that_cannot_be_written_is_said(dataset: Dataset) -> None:
    dataset.root.mkdir(mode=0o500)
    with pytest.raises(DatasetError, match="cannot write"):
        commit(dataset, *numbered(1))


def test_a_file_where_the_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "dataset").write_text("")
    with pytest.raises(DatasetError, match="cannot write"):
        commit(Dataset.open(tmp_path / "dataset"), *numbered(1))


def test_a_column_that_came_later_is_empty_in_old_files(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.dataset import parquet

    short = parquet.SCHEMAS["texts"].remove(parquet.SCHEMAS["texts"].get_field_index("answer"))
    with monkeypatch.context() as patched:
        patched.setitem(parquet.SCHEMAS, "texts", short)
        rows = question_rows(a_question(1, PUBLISHED, answer="Oui."), due_date=DUE)
        dataset.commit({TERM: PartitionUpdate([rows], [], [])}, now=NOW)
    old: Question | None = question(current(dataset), "fr-an-15-QE-1")
    assert old is not None
    assert (old.question, old.answer) == ("Elle demande combien de guichets ont fermé.", None)
    assert rows_of(current(dataset), "SELECT answer FROM texts") == [(None,)]
    made = commit(dataset, a_question(1, PUBLISHED, answer="Oui."))
    assert log_of(made.version)[-1] == ("fr-an-15-QE-1", "changed", "answer", None, '"Oui."')
    assert questions(made.version, ["fr-an-15-QE-1"])[0].answer == "Oui."
