"""Data version and index together, on both engines: brought up, compared, repaired, gone back, never mixed up."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from uuid import uuid4

import pytest
from elasticsearch import Elasticsearch

from pipelines.dataset.read import connect, iter_questions
from pipelines.dataset.read import query as run_query
from pipelines.dataset.rows import question_rows
from pipelines.dataset.store import Dataset, PartitionUpdate, Version
from pipelines.flow import indexing, reconciling
from pipelines.flow.companions import Companions, documents
from pipelines.flow.index_life import clean, index_versions, restore, rollback, snapshot
from pipelines.flow.indexing import refresh_index
from pipelines.flow.reconciling import index_difference, reconcile
from pipelines.search.backend import SearchBackend
from pipelines.search.engine_query import AnyForm, MatchAll
from pipelines.search.engines import open_backend
from pipelines.search.vocabulary import Vocabulary
from questarium.queries.live_index import LiveIndex
from schemas.errors import NoDatasetError, SearchError, SearchUnavailableError
from schemas.question import EventKind
from schemas.search import Sort
from schemas.settings import Settings
from tests.records import a_question, event

NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
TERM = "fr-an-15"
PUBLISHED = event(EventKind.PUBLISHED, date(2018, 10, 2))


@pytest.fixture(params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A data folder for each engine."""
    if request.param == "embedded":
        yield Settings(home=tmp_path / "home", elasticsearch_url=None)
        return
    url, alias = request.getfixturevalue("elasticsearch_url"), f"test-{uuid4().hex[:12]}"
    yield Settings(home=tmp_path / "home", elasticsearch_url=url, elasticsearch_index=alias)
    with Elasticsearch(url, request_timeout=60) as client:
        for name in client.indices.get(index=f"{alias}-*", features="aliases"):
            client.indices.delete(index=name)


def commit(settings: Settings, texts: dict[int, str], *, removed: tuple[int, ...] = ()) -> Version:
    """A data version in which these questions have these texts."""
    rows = [question_rows(a_question(n, PUBLISHED, question=text), due_date=None) for n, text in texts.items()]
    update = PartitionUpdate(changed=rows, captures=[], quarantine=[], removed=[f"{TERM}-QE-{n}" for n in removed])
    return Dataset.open(settings.dataset_dir).commit({TERM: update}, now=NOW).version


def found(settings: Settings, form: str) -> set[int]:
    ids = open_backend(settings).scan(AnyForm((form,)), sort=Sort.NUMBER)
    return {int(each.rsplit("-", 1)[1]) for each in ids}


def vocabulary(settings: Settings, version: Version) -> Vocabulary:
    return Vocabulary.load(Companions.of(settings, version.content).vocabulary_file)


def same_vocabulary(settings: Settings, version: Version) -> bool:
    """The vocabulary that was kept up is the one that would be made anew."""
    kept, new = vocabulary(settings, version), Vocabulary.build(documents(version, iter_questions(version)))
    return (kept._table, kept._values, kept.documents) == (new._table, new._values, new.documents)


def test_an_increment_brings_index_vocabulary_and_inventory_up(settings: Settings) -> None:
    first = commit(settings, dict.fromkeys(range(20), "lac bleu"))
    assert refresh_index(settings, now=NOW).how == "rebuilt"
    assert same_vocabulary(settings, first)
    second = commit(settings, {3: "rivière verte", 50: "lac noir"}, removed=(5,))
    report = refresh_index(settings, now=NOW)
    assert (report.how, report.changed, report.data_version) == ("updated", 3, second.name)
    assert found(settings, "rivière") == {3}
    assert found(settings, "lac") == {*range(20), 50} - {3, 5}
    assert same_vocabulary(settings, second)
    assert vocabulary(settings, second).count("lac") == 19
    assert index_difference(settings).same
    assert index_difference(settings, full=True).same
    assert refresh_index(settings, now=NOW).how == "unchanged"


def test_a_dataset_built_again_under_the_same_names_is_not_taken_for_the_old_one(settings: Settings) -> None:
    commit(settings, dict.fromkeys(range(5), "lac"))
    refresh_index(settings, now=NOW)
    shutil.rmtree(settings.dataset_dir)
    commit(settings, dict.fromkeys(range(7), "étang"))
    assert not index_difference(settings).same
    state = open_backend(settings).state()
    assert state is not None
    with pytest.raises(NoDatasetError, match="which is gone"):
        indexing.indexed_version(settings, state)
    assert refresh_index(settings, now=NOW).how == "rebuilt"
    assert (found(settings, "lac"), found(settings, "étang")) == (set(), set(range(7)))


def test_the_same_dataset_built_again_is_the_same(settings: Settings) -> None:
    commit(settings, dict.fromkeys(range(5), "lac"))
    refresh_index(settings, now=NOW)
    shutil.rmtree(settings.dataset_dir)
    commit(settings, dict.fromkeys(range(5), "lac"))
    assert refresh_index(settings, now=NOW).how == "unchanged"


def spoil(backend: SearchBackend, version: Version) -> None:
    """Take one question out, put a stranger in, and another text in a third, all under the same version."""
    ready = {each.number: each for each in documents(version, iter_questions(version))}
    stranger = ready[1].model_copy(update={"id": f"{TERM}-QE-1999", "number": 1999})
    other = ready[2].model_copy(update={"question": "faux", "content_hash": "0" * 16})
    backend.update([stranger, other], [ready[3].id], version.name, version.content)


def test_whatever_is_wrong_in_the_index_is_found_and_repaired(settings: Settings) -> None:
    version = commit(settings, dict.fromkeys(range(1500), "lac"))
    refresh_index(settings, now=NOW)
    spoil(open_backend(settings), version)
    difference = index_difference(settings)
    assert difference.missing == (f"{TERM}-QE-3",)
    assert difference.surplus == (f"{TERM}-QE-1999",)
    assert difference.different == (f"{TERM}-QE-2",)
    done = reconcile(settings, now=NOW)
    assert (done.how, done.found, done.left.same) == ("repaired", difference, True)
    assert found(settings, "lac") == set(range(1500))
    assert found(settings, "faux") == set()
    assert reconcile(settings, now=NOW).how == "same"


def test_an_index_that_remembers_a_higher_version_is_rebuilt(settings: Settings) -> None:
    version = commit(settings, dict.fromkeys(range(5), "lac"))
    refresh_index(settings, now=NOW)
    ahead = next(documents(version, iter_questions(version)))
    ahead = ahead.model_copy(update={"question": "demain", "version": 10_000, "content_hash": "1" * 16})
    open_backend(settings).update([ahead], [], version.name, version.content)
    assert reconcile(settings, now=NOW).how == "rebuilt"
    assert (found(settings, "demain"), found(settings, "lac")) == (set(), set(range(5)))


def test_what_the_engine_refuses_is_quarantined_counted_and_tried_again(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = commit(settings, dict.fromkeys(range(5), "lac"))
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.search.documents._TERM_BYTES", 10)  # any longer label is too long
        report = refresh_index(settings, now=NOW)
    assert [each.id for each in report.rejected] == [f"{TERM}-QE-{n}" for n in range(5)]
    current = Dataset.open(settings.dataset_dir).current
    assert current is not None
    assert (current.name, report.data_version) == ("v000002", "v000002")
    assert current.content == version.content
    with connect(current) as connection:
        _, rows = run_query(connection, "SELECT question, reason, detail FROM quarantine ORDER BY question")
    assert [row[:2] for row in rows] == [(f"{TERM}-QE-{n}", "index_refused") for n in range(5)]
    assert "longer than" in rows[0][2]
    difference = index_difference(settings)
    assert difference.same
    assert len(difference.refused) == 5
    assert refresh_index(settings, now=NOW).how == "unchanged"
    done = reconcile(settings, now=NOW)
    assert (done.how, done.left.refused) == ("same", ())
    assert found(settings, "lac") == set(range(5))
    last = Dataset.open(settings.dataset_dir).current
    assert last is not None
    assert last.counts["quarantine"] == 0


def test_going_back_switches_index_and_vocabulary_and_the_next_build_goes_on(settings: Settings) -> None:
    with pytest.raises(NoDatasetError):
        rollback(settings)
    first = commit(settings, dict.fromkeys(range(5), "lac"))
    refresh_index(settings, now=NOW)
    second = commit(settings, dict.fromkeys(range(5), "étang"))
    assert refresh_index(settings, now=NOW).how == "rebuilt"
    assert rollback(settings).data_version == first.name
    assert (found(settings, "lac"), found(settings, "étang")) == (set(range(5)), set())
    assert same_vocabulary(settings, first)
    assert refresh_index(settings, now=NOW).data_version == second.name
    assert found(settings, "étang") == set(range(5))
    assert index_difference(settings).same


def test_nothing_is_gone_back_to_whose_data_version_is_gone(settings: Settings) -> None:
    commit(settings, dict.fromkeys(range(5), "lac"))
    refresh_index(settings, now=NOW)
    commit(settings, dict.fromkeys(range(5), "étang"))
    refresh_index(settings, now=NOW)
    Dataset.open(settings.dataset_dir).prune(1)
    with pytest.raises(NoDatasetError, match="which is gone"):
        rollback(settings)
    assert found(settings, "étang") == set(range(5))


def test_a_lost_vocabulary_is_made_again_and_those_of_no_index_are_removed(settings: Settings) -> None:
    version = commit(settings, dict.fromkeys(range(5), "lac"))
    refresh_index(settings, now=NOW)
    companions = Companions.of(settings, version.content)
    shutil.rmtree(companions.folder)
    assert companions.vocabulary(version).count("lac") == 5
    assert index_difference(settings).same
    (companions.folder / "0123456789abcdef.vocabulary").touch()
    assert clean(settings) == []
    assert sorted(companions.folder.iterdir()) == [companions.inventory_file, companions.vocabulary_file]


def test_copies_of_the_embedded_index(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", elasticsearch_url=None)
    commit(settings, dict.fromkeys(range(5), "lac"))
    refresh_index(settings, now=NOW)
    name = snapshot(settings, tmp_path / "copies")
    shutil.rmtree(settings.index_dir)
    assert index_versions(settings) == []
    assert restore(settings, tmp_path / "copies", name).documents == 5
    assert refresh_index(settings, now=NOW).how == "unchanged"


def test_while_the_engine_is_away_the_data_version_waits_for_it(tmp_path: Path) -> None:
    away = Settings(home=tmp_path / "home", elasticsearch_url="http://127.0.0.1:9")
    version = commit(away, {1: "lac"})
    with pytest.raises(SearchUnavailableError, match=f"Data version {version.name} is built; the index follows"):
        refresh_index(away, now=NOW)
    back = away.model_copy(update={"elasticsearch_url": None})
    assert refresh_index(back, now=NOW).how == "rebuilt"


def test_two_writers_do_not_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(home=tmp_path / "home", elasticsearch_url=None)
    commit(settings, {1: "lac"})
    monkeypatch.setattr(indexing, "_LOCK_S", 0.1)
    with indexing.writing_index(settings), pytest.raises(SearchError, match="another process"):
        refresh_index(settings, now=NOW)
    assert refresh_index(settings, now=NOW).how == "rebuilt"
    assert len(list(open_backend(settings).scan(MatchAll(), sort=Sort.NUMBER))) == 1


def before_the_lock(monkeypatch: pytest.MonkeyPatch, where: ModuleType, act: Callable[[], object]) -> None:
    """Let another process act once, while this one waits for its turn to write the index."""
    acts = [act]

    @contextmanager
    def waited(settings: Settings) -> Iterator[None]:
        if acts:
            acts.pop()()
        with indexing_lock(settings):
            yield

    indexing_lock = indexing.writing_index
    monkeypatch.setattr(where, "writing_index", waited)


def test_a_build_that_waited_for_another_does_not_take_the_index_back(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(settings, dict.fromkeys(range(20), "lac bleu"))
    refresh_index(settings, now=NOW)
    commit(settings, {3: "rivière"})

    def other() -> None:
        commit(settings, {4: "étang"})
        refresh_index(settings, now=NOW)

    before_the_lock(monkeypatch, indexing, other)
    report = refresh_index(settings, now=NOW)
    newest = commit(settings, {5: "source"})
    assert (report.how, refresh_index(settings, now=NOW).how) == ("unchanged", "updated")
    assert same_vocabulary(settings, newest)
    assert index_difference(settings, full=True).same


@pytest.mark.parametrize(("first", "reading"), [("rebuilt", "documents"), ("updated", "documents_of")])
def test_what_is_built_while_the_index_is_written_follows_with_the_next_refresh(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, first: str, reading: str
) -> None:
    commit(settings, dict.fromkeys(range(20), "lac bleu"))
    if first == "updated":
        refresh_index(settings, now=NOW)
    written = commit(settings, {3: "rivière"})
    read = getattr(indexing, reading)
    built: list[Version] = []

    def reading_while_another_builds(*args: object) -> object:
        if not built:
            built.append(commit(settings, {4: "étang"}))
        return read(*args)

    monkeypatch.setattr(indexing, reading, reading_while_another_builds)
    report = refresh_index(settings, now=NOW)
    assert (report.how, report.data_version) == (first, written.name)
    assert refresh_index(settings, now=NOW).how == "updated"
    assert found(settings, "étang") == {4}
    assert same_vocabulary(settings, built[0])
    assert index_difference(settings, full=True).same


def test_a_repair_does_not_say_that_the_index_holds_what_was_built_since(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = commit(settings, dict.fromkeys(range(20), "lac bleu"))
    refresh_index(settings, now=NOW)
    spoil(open_backend(settings), version)
    before_the_lock(monkeypatch, reconciling, lambda: commit(settings, {4: "étang"}))
    monkeypatch.setattr(reconciling, "_rebuild", lambda *_args: [])  # as if killed before
    reconcile(settings, now=NOW)
    assert refresh_index(settings, now=NOW).how == "updated"
    assert found(settings, "étang") == {4}
    assert index_difference(settings, full=True).same


@pytest.mark.parametrize(
    "damaged", ["CURRENT", "v-000001/state.json", "v-000001/tantivy/meta.json", "figures", "store"]
)
def test_an_index_that_cannot_be_opened_is_built_again(tmp_path: Path, damaged: str) -> None:
    settings = Settings(home=tmp_path / "home", elasticsearch_url=None)
    commit(settings, dict.fromkeys(range(5), "lac"))
    refresh_index(settings, now=NOW)
    root = settings.index_dir
    match damaged:
        case "figures":
            (root / "v-000001" / "figures.sqlite").unlink()
        case "store":
            next(root.rglob("*.store")).unlink()
        case _:
            (root / damaged).write_bytes(b"\xff{")
    with pytest.raises(NoDatasetError, match="questarium build"):
        LiveIndex(settings).now()
    assert len(index_difference(settings).missing) == 5
    assert refresh_index(settings, now=NOW).how == "rebuilt"
    assert found(settings, "lac") == set(range(5))
    assert index_difference(settings).same


def test_a_disk_that_refuses_is_said_in_a_sentence_and_nothing_is_lost(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(settings, dict.fromkeys(range(5), "lac"))
    refresh_index(settings, now=NOW)
    commit(settings, {3: "rivière"})

    def full(_file: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(SearchError, match="No space left on device"):
            refresh_index(settings, now=NOW)
    assert not list(settings.home.rglob("*.new"))
    assert found(settings, "lac") >= {0, 1, 2, 4}
    assert refresh_index(settings, now=NOW).how == "updated"
    assert index_difference(settings, full=True).same


def test_a_vocabulary_that_cannot_be_kept_is_made_all_the_same(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = commit(settings, dict.fromkeys(range(5), "lac"))
    refresh_index(settings, now=NOW)
    companions = Companions.of(settings, version.content)
    shutil.rmtree(companions.folder)

    def refuse(_path: Path, _content: bytes) -> None:
        raise PermissionError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr("pipelines.search.vocabulary.write_whole", refuse)
    assert companions.vocabulary(version).count("lac") == 5
