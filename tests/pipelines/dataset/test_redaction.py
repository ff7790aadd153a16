"""Texts taken out of data versions that were made before."""

from pathlib import Path

import pytest

from pipelines.dataset.disk import write_atomically
from pipelines.dataset.redaction import WITH_TEXTS, WITHOUT_TEXTS
from pipelines.dataset.store import Dataset
from schemas.tables import TABLES
from tests.pipelines.dataset.made import (
    PUBLISHED,
    TERM,
    commit,
    content,
    current,
    files_named,
    files_on_disk,
    log_of,
    numbered,
    rows_of,
    set_aside,
)
from tests.records import a_question

ID = f"{TERM}-QE-2"
SECRET = "Madame Personne"


def a_secret(answer: str | None = None, title: str = f"Cas de {SECRET}") -> list[object]:
    return [a_question(2, PUBLISHED, title=title, question=f"{SECRET} habite rue des Lilas.", answer=answer)]


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """Three versions: the question, its answer, another title."""
    dataset = Dataset.open(tmp_path)
    aside = [set_aside(2, question=ID, detail=f"near '{SECRET}'"), set_aside(3)]
    commit(dataset, *numbered(1, 3), *a_secret(), quarantine=aside)  # type: ignore[arg-type]
    commit(dataset, *a_secret(answer=f"Oui, {SECRET}."), quarantine=aside)  # type: ignore[arg-type]
    commit(dataset, *a_secret(answer=f"Oui, {SECRET}.", title=f"Affaire {SECRET}"), quarantine=aside)  # type: ignore[arg-type]
    return dataset


def everything(dataset: Dataset) -> str:
    """All values of all versions."""
    tables = ("questions", "texts", "events", "attributions", "tables", "figures", "quarantine", "changes")
    return " ".join(
        str(rows_of(version, f"SELECT * FROM {table}")) for version in dataset.versions() for table in tables
    )


def test_no_version_has_the_texts_any_more(dataset: Dataset) -> None:
    assert everything(dataset).count(SECRET) > 10
    others = [[each for each in content(version) if each.id != ID] for version in dataset.versions()]
    names = dataset.redact([ID])
    assert names == ["v000001", "v000002", "v000003"]
    assert SECRET not in everything(dataset)
    assert [[each for each in content(version) if each.id != ID] for version in dataset.versions()] == others
    for version in dataset.versions():
        (question,) = [each for each in content(version) if each.id == ID]
        assert (question.title, question.question, question.answer, question.figures) == (None, None, None, ())
        assert [each.date for each in question.events] == [PUBLISHED.date]
    assert files_on_disk(dataset.root) == files_named(dataset)
    assert dataset.verify() == []


def test_the_log_keeps_its_lines_without_their_words(dataset: Dataset) -> None:
    before = log_of(current(dataset))
    dataset.redact([ID])
    after = log_of(current(dataset))
    assert [line[:3] for line in after] == [line[:3] for line in before]
    assert [line[3:] for line in after if line[2] in {"title", "answer"}] == [(None, None)] * 2


def test_every_table_is_known_to_hold_texts_or_not() -> None:
    assert TABLES.keys() | {"changes"} == WITH_TEXTS | WITHOUT_TEXTS
    assert not WITH_TEXTS & WITHOUT_TEXTS


def test_done_twice_it_changes_nothing(dataset: Dataset) -> None:
    dataset.redact([ID])
    before = {path: path.stat().st_mtime_ns for path in dataset.root.rglob("*") if path.name != "LOCK"}
    assert dataset.redact([ID]) == []
    assert {path: path.stat().st_mtime_ns for path in dataset.root.rglob("*") if path.name != "LOCK"} == before


def test_an_unknown_question_touches_nothing(dataset: Dataset) -> None:
    assert dataset.redact([f"{TERM}-QE-99"]) == []


def test_killed_between_two_versions_it_is_done_again(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each version is one of its two states, and the rest is done by the next call."""

    def dies(path: Path, content: bytes) -> None:
        if path.name == "000002.json":
            raise KeyboardInterrupt
        write_atomically(path, content)

    with monkeypatch.context() as patched:
        patched.setattr("pipelines.dataset.store.write_atomically", dies)
        with pytest.raises(KeyboardInterrupt):
            dataset.redact([ID])
    assert [len(content(version)) for version in dataset.versions()] == [3, 3, 3]
    assert dataset.redact([ID]) == ["v000002", "v000003"]
    assert SECRET not in everything(dataset)
    assert files_on_disk(dataset.root) == files_named(dataset)
