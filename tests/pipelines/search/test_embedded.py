"""What is particular to the embedded engine: its folders, its lock, and what a killed process leaves."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from filelock import FileLock

from pipelines.search.embedded import figures, folders, reader
from pipelines.search.embedded.backend import EmbeddedBackend
from pipelines.search.engine_query import And, AnyForm, FigureIs, Keyword, MatchAll, Near, Or
from schemas.errors import SearchError
from schemas.search import SearchDocument, Sort
from tests.pipelines.search.nasty_corpus import document, figure, question

ROOT = Path(__file__).parents[3]

# Builds or updates an index of 3,000 questions, and dies by itself at the given point.
_VICTIM = """
import os, signal, sys
from pathlib import Path
from pipelines.search.embedded import folders, writer
from pipelines.search.embedded.backend import EmbeddedBackend
from tests.pipelines.search.nasty_corpus import document, figure, question

root, action, point = sys.argv[1:]

def die(*_args, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

def documents():
    for n in range(3000):
        if point == "documents" and n == 2500:
            die()
        yield document(n, "neuf", version=2, content_hash=f"new-{n}", figures=(figure(2, "EUR"),))

places = {
    "figures": (writer.FiguresWriter, "commit"),
    "index": (writer._Batch, "commit"),
    "state": (folders.IndexFolder, "write_state"),
    "publish": (folders.IndexRoot, "publish"),
}
if point in places:
    owner, name = places[point]
    if point == "index":
        true_commit = writer.FiguresWriter.commit
        def figures_then_death(self):
            true_commit(self)
            die()
        writer.FiguresWriter.commit = figures_then_death
    else:
        setattr(owner, name, die)
backend = EmbeddedBackend(Path(root))
if action == "rebuild":
    backend.rebuild(documents(), "v2")
else:
    backend.update(documents(), [question(5000)], "v2")
"""


def killed(root: Path, action: str, point: str) -> None:
    """Run the victim until it is dead."""
    run = subprocess.run([sys.executable, "-c", _VICTIM, str(root), action, point], cwd=ROOT, check=False)
    assert run.returncode == -signal.SIGKILL


def built(root: Path) -> EmbeddedBackend:
    backend = EmbeddedBackend(root)
    backend.rebuild([document(n, "vieux", figures=(figure(1, "EUR"),)) for n in (*range(100), 5000)], "v1")
    return backend


def total(backend: EmbeddedBackend, form: str) -> int:
    return backend.search(AnyForm((form,)), sort=Sort.NUMBER, offset=0, limit=1).total


@pytest.mark.parametrize("point", ["documents", "figures", "index", "state", "publish"])
def test_a_killed_rebuild_leaves_the_old_index_and_is_done_again(tmp_path: Path, point: str) -> None:
    backend = built(tmp_path)
    before = backend.state()
    killed(tmp_path, "rebuild", point)
    assert EmbeddedBackend(tmp_path).state() == before
    assert (total(backend, "vieux"), total(backend, "neuf")) == (101, 0)
    backend.rebuild([document(1, "encore")], "v3")
    assert (total(backend, "encore"), total(EmbeddedBackend(tmp_path), "encore")) == (1, 1)
    backend.rebuild([document(1, "enfin")], "v4")
    assert len(list(tmp_path.glob("v-*"))) == 2


@pytest.mark.parametrize("point", ["documents", "figures", "index", "state"])
def test_a_killed_update_is_known_to_be_undone_and_is_done_again(tmp_path: Path, point: str) -> None:
    backend = built(tmp_path)
    before = backend.state()
    killed(tmp_path, "update", point)
    assert EmbeddedBackend(tmp_path).state() == before
    again = [document(n, "neuf", version=2, content_hash=f"new-{n}", figures=(figure(2, "EUR"),)) for n in range(3000)]
    assert backend.update(again, [question(5000)], "v2") == []
    state = backend.state()
    assert state is not None
    assert (state.data_version, state.documents) == ("v2", 3000)
    assert (total(backend, "vieux"), total(backend, "neuf")) == (0, 3000)
    assert set(backend.scan(FigureIs(1, 1), sort=Sort.NUMBER)) == set()
    assert len(list(backend.scan(FigureIs(2, 2), sort=Sort.NUMBER))) == 3000


def test_killed_rebuilds_do_not_pile_up(tmp_path: Path) -> None:
    built(tmp_path)
    for _ in range(3):
        killed(tmp_path, "rebuild", "documents")
    assert len(list(tmp_path.glob("v-*"))) == 2


def test_one_old_version_is_kept(tmp_path: Path) -> None:
    backend = EmbeddedBackend(tmp_path)
    for run in range(4):
        backend.rebuild([document(run, "lac")], f"v{run}")
    assert sorted(path.name for path in tmp_path.glob("v-*")) == ["v-000003", "v-000004"]


def test_another_reader_follows_what_is_written(tmp_path: Path) -> None:
    writer, reader = built(tmp_path), EmbeddedBackend(tmp_path)
    assert total(reader, "vieux") == 101
    writer.update([document(1, "neuf", version=2, content_hash="new")], [], "v2")
    assert (total(reader, "vieux"), total(reader, "neuf")) == (100, 1)
    writer.rebuild([document(1, "autre")], "v3")
    assert (total(reader, "vieux"), total(reader, "autre")) == (0, 1)


def test_a_version_that_comes_while_another_is_opened_answers_the_next_search(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer, reader = EmbeddedBackend(tmp_path), EmbeddedBackend(tmp_path)
    writer.rebuild([document(1, "ancien")], "v1")
    live = folders.IndexRoot.live

    def live_before_a_rebuild(root: folders.IndexRoot) -> folders.IndexFolder | None:
        monkeypatch.undo()
        folder = live(root)
        writer.rebuild([document(2, "neuf")], "v2")
        return folder

    monkeypatch.setattr(folders.IndexRoot, "live", live_before_a_rebuild)
    found = [reader.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=9) for _ in range(2)]
    assert [each.ids for each in found] == [(question(1),), (question(2),)]


def test_threads_that_count_facets_end_with_the_state_they_count_in(tmp_path: Path) -> None:
    backend, before = built(tmp_path), set(threading.enumerate())
    for n in range(5):
        backend.update([document(n, "neuf", version=2, content_hash=f"new-{n}")], [], f"v{n + 2}")
        found = backend.search(AnyForm(("vieux",)), sort=Sort.NUMBER, offset=0, limit=1, facets=("type",))
        assert sum(value.count for value in found.facets["type"]) == 100 - n
    deadline = time.monotonic() + 10
    while len(set(threading.enumerate()) - before) > 1 and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(set(threading.enumerate()) - before) == 1


def test_an_update_that_brings_nothing_new_writes_nothing(tmp_path: Path) -> None:
    backend = built(tmp_path)
    kept = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file() and "lock" not in path.name}
    assert backend.update([document(3, "vieux")], [question(9999)], "v1") == []
    after = {
        path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file() and "lock" not in path.name
    }
    assert after == kept


def test_two_writers_do_not_meet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backend = built(tmp_path)
    monkeypatch.setattr(folders, "_LOCK_S", 0.1)
    with FileLock(tmp_path / "write.lock"), pytest.raises(SearchError, match="another process"):
        EmbeddedBackend(tmp_path).update([], [], "v2")
    assert backend.update([], [], "v2") == []


def test_a_damaged_index_is_a_clear_error(tmp_path: Path) -> None:
    backend = built(tmp_path)
    (tmp_path / "v-000001" / "tantivy" / "meta.json").write_text("{", encoding="utf-8")
    with pytest.raises(SearchError, match="damaged"):
        EmbeddedBackend(tmp_path).search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=1)
    (tmp_path / "v-000001" / "state.json").write_text("{", encoding="utf-8")
    assert backend.state() is None


def test_an_index_of_another_shape_is_built_again(tmp_path: Path) -> None:
    backend = built(tmp_path)
    state = tmp_path / "v-000001" / "state.json"
    state.write_bytes(state.read_bytes().replace(b'"shape":', b'"shape":99'))
    assert backend.state() is None
    backend.rebuild([document(1, "lac")], "v2")
    assert total(backend, "lac") == 1


def test_many_long_words_may_be_near_many_others(tmp_path: Path) -> None:
    """Their forms are more than one regular expression of tantivy's can hold, and some longer than any."""
    random = Random(5)
    one, other = (["".join(random.choices("abcdefgh", k=12)) for _ in range(300)] for _ in range(2))
    backend = EmbeddedBackend(tmp_path)
    pairs = zip(one, other, strict=True)
    backend.rebuild([document(n, f"{left} et {right}") for n, (left, right) in enumerate(pairs)], "v1")
    near = Near(left=((*one, "z" * 3000),), right=(tuple(other),), between=1, ordered=True)
    assert backend.search(near, sort=Sort.NUMBER, offset=0, limit=1).total == 300
    assert backend.search(replace(near, between=0), sort=Sort.NUMBER, offset=0, limit=1).total == 0


@pytest.mark.parametrize("sort", [Sort.NUMBER, Sort.RELEVANCE])
def test_alternatives_of_figures_are_looked_up_together_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sort: Sort
) -> None:
    asked: list[int] = []

    def questions_with(file: Path, conditions: Sequence[FigureIs]) -> list[str]:
        asked.append(len(conditions))
        return figures.questions_with(file, conditions)

    monkeypatch.setattr(reader, "questions_with", questions_with)
    engine = EmbeddedBackend(tmp_path)
    engine.rebuild([document(n, "lac", figures=(figure(n, "EUR"),)) for n in range(200)], "v1")
    wanted = Or((*(FigureIs(low=n, high=n) for n in (3, 5, 8)), AnyForm(("rive",)), FigureIs(low=90, high=199)))
    answer = engine.search(wanted, sort=sort, offset=0, limit=200, facets=("status",))
    assert set(answer.ids) == {question(n) for n in (3, 5, 8, *range(90, 200))}
    assert asked[0] == 4
    assert len(asked) == len(set(asked))


def test_many_figures_are_read_question_by_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = EmbeddedBackend(tmp_path)
    held = (figure(2, "EUR"), figure(3, "EUR"), figure(3, "%"))
    engine.rebuild([document(n, "lac", figures=held[n % 2 :]) for n in range(40)], "v1")
    (file,) = tmp_path.rglob("figures.sqlite")
    wanted = [FigureIs(low=2, unit="EUR")]
    few = figures.questions_with(file, wanted)
    monkeypatch.setattr(figures, "_MANY", 10)
    many = figures.questions_with(file, wanted)
    assert many == sorted(question(n) for n in range(40))
    assert few != many
    assert sorted(few) == many


def test_the_index_holds_no_file_of_a_finished_write(tmp_path: Path) -> None:
    built(tmp_path)
    assert not list(tmp_path.rglob("*.new"))
    assert os.access(tmp_path / "CURRENT", os.R_OK)


@pytest.mark.parametrize("field", ["status", "ministry_assigned", "ever"])
@pytest.mark.parametrize("others", [("b",), ("",), ("b", ""), ("a", "b")])
def test_what_most_questions_have_keeps_to_those_that_have_it(
    tmp_path: Path, field: str, others: tuple[str, ...]
) -> None:
    """Most have `a`; the others have another value, or none, or, where a field may have several, both."""

    def having(number: int, of: str, **values: Any) -> SearchDocument:
        return document(number, "mot", None, **values, **{field: (of,) if field == "ever" else of})

    backend = EmbeddedBackend(tmp_path)
    rest = [having(10 + place, of) for place, of in enumerate(others)]
    both = [document(20, "mot", ever=("a", "b"))] if field == "ever" else []
    backend.rebuild([*(having(number, "a") for number in range(9)), *rest, *both], "v1")
    query = And((AnyForm(("mot",)), Keyword(field, ("a",))))
    expected = {*map(question, range(9)), *(question(10 + place) for place, of in enumerate(others) if of == "a")}
    expected |= {each.id for each in both}
    assert set(backend.search(query, sort=Sort.NUMBER, offset=0, limit=20).ids) == expected
    backend.update([having(0, "b", version=2, content_hash="n")], [question(1)], "v2")
    expected -= {question(0), question(1)}
    assert set(backend.search(query, sort=Sort.RELEVANCE, offset=0, limit=20).ids) == expected


def test_an_index_whose_lock_cannot_be_had_is_not_taken_for_a_damaged_one(tmp_path: Path) -> None:
    backend = built(tmp_path)
    lock = tmp_path / "v-000001" / "tantivy" / ".tantivy-meta.lock"
    lock.unlink()
    lock.mkdir()  # as on a disk that cannot be written to, for any user
    with pytest.raises(SearchError, match="cannot be opened here"):
        EmbeddedBackend(tmp_path).state()
    lock.rmdir()
    assert EmbeddedBackend(tmp_path).state() == backend.state()
