"""What the registries know of the labels that were collected."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from questarium.queries.registries import Coverage, UnknownLabel, registries
from questarium.queries.status import status
from schemas.question import EventKind
from schemas.settings import Settings
from tests.records import a_question, event

PUBLISHED = event(EventKind.PUBLISHED, date(2018, 10, 2))


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    closed = event(EventKind.CLOSED_OTHER, date(2019, 1, 8), reason="éclipse")
    questions = [
        a_question(1, PUBLISHED),
        a_question(2, PUBLISHED, ministry_answered="Lacs", ministry_answered_id=None),
        a_question(3, PUBLISHED, closed, ministry_answered="Lacs", ministry_answered_id=None),
    ]
    rows = [question_rows(each, due_date=None) for each in questions]
    update = PartitionUpdate(changed=rows, captures=[], quarantine=[])
    found = Settings(home=tmp_path)
    Dataset.open(found.dataset_dir).commit({"fr-an-15": update}, now=datetime.now(UTC))
    return found


def test_unknown_labels_are_named_with_their_questions(settings: Settings) -> None:
    report = registries(settings)
    found = {each.kind: each for each in report.coverage}
    assert found["ministry"] == Coverage(
        term="fr-an-15",
        kind="ministry",
        labels=2,
        known=1,
        known_share=0.5,
        unknown=(UnknownLabel(label="Lacs", questions=2),),
    )
    assert found["group"].unknown == (UnknownLabel(label="Groupe du Lac", questions=3),)
    assert found["motive"].unknown == (UnknownLabel(label="éclipse", questions=1),)
    assert found["term"].known_share == 1.0
    assert not report.complete


def test_the_status_counts_unknown_ministries(settings: Settings) -> None:
    (term,) = status(settings).terms
    assert term.unknown_labels == 1
    assert not status(settings).complete


def test_before_the_first_build_the_registries_say_what_they_hold(tmp_path: Path) -> None:
    report = registries(Settings(home=tmp_path))
    assert (report.data_version, report.coverage, report.complete) == (None, (), True)
    assert report.held["governments"] >= 30
    assert report.held["ministries"] > 500
