"""The index opened once: quick to ask again, and never behind a switch."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate
from pipelines.flow.index_life import rollback
from pipelines.flow.indexing import refresh_index
from questarium.queries.live_index import LiveIndex
from questarium.queries.search import search_page, search_stream
from schemas.errors import NoDatasetError
from schemas.question import EventKind
from schemas.search import SearchResult, Sort
from schemas.settings import Settings
from tests.records import a_question, event

NOW = datetime(2024, 5, 6, tzinfo=UTC)
PUBLISHED = event(EventKind.PUBLISHED, date(2018, 10, 2))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", elasticsearch_url=None)


def build(settings: Settings, text: str, count: int = 8) -> None:
    rows = [question_rows(a_question(n, PUBLISHED, question=text, answer=text), due_date=None) for n in range(count)]
    Dataset.open(settings.dataset_dir).commit({"fr-an-15": PartitionUpdate(rows, [], [])}, now=NOW)
    refresh_index(settings, now=NOW)


def ask(index: LiveIndex, query: str) -> SearchResult:
    return search_page(index, query, sort=Sort.RELEVANCE, offset=0, limit=3, facets=("status",), today=date(2024, 5, 6))


def test_before_the_first_build(settings: Settings) -> None:
    with pytest.raises(NoDatasetError, match=r"nothing has been built in .*: run `questarium import"):
        ask(LiveIndex(settings), "lac")


def test_what_is_kept_follows_a_switch_at_once_and_an_increment_after_a_second(settings: Settings) -> None:
    build(settings, "un lac")
    clock = Clock()
    index = LiveIndex(settings, clock)
    first = ask(index, "lac")
    assert (first.total, first.data_version, first.facets["status"][0].count) == (8, "v000001", 8)
    assert index.now() is index.now()
    build(settings, "des lacs")
    again = ask(index, "lac")
    assert (again.total, again.data_version) == (8, "v000002")
    assert [form.form for form in again.understood.words[0].forms] == ["lacs"]
    assert again.hits[0].highlights[0].text == "des lacs"
    rollback(settings)
    assert (ask(index, "lac").data_version, ask(index, "lacs").total) == ("v000001", 8)


def test_an_increment_is_seen_when_a_second_has_passed(settings: Settings) -> None:
    build(settings, "un lac", count=30)
    clock = Clock()
    index = LiveIndex(settings, clock)
    assert ask(index, "rivière").total == 0
    rows = [question_rows(a_question(99, PUBLISHED, question="la rivière"), due_date=None)]
    Dataset.open(settings.dataset_dir).commit({"fr-an-15": PartitionUpdate(rows, [], [])}, now=NOW)
    assert refresh_index(settings, now=NOW).how == "updated"
    clock.at += 2.0
    found = ask(index, "rivière")
    assert (found.total, found.data_version) == (1, "v000002")


def test_every_hit_comes_in_a_stable_order(settings: Settings) -> None:
    build(settings, "un lac", count=30)
    hits = list(search_stream(LiveIndex(settings), "lac", sort=Sort.NUMBER_DESC, today=date(2024, 5, 6)))
    assert [hit.id for hit in hits] == [f"fr-an-15-QE-{n}" for n in range(29, -1, -1)]
