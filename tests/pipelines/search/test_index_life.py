"""The life of an index, the same for both engines: built, brought up to date, replaced, and never set back."""

from collections.abc import Iterator
from itertools import islice
from random import Random
from threading import Event, Thread

import pytest

from pipelines.search.backend import SearchBackend
from pipelines.search.engine_query import AnyForm, EngineQuery, Exists, FigureIs, Keyword, MatchAll
from schemas.errors import NoDatasetError, QuestariumError
from schemas.search import SearchDocument, Sort
from tests.pipelines.search.nasty_corpus import document, figure, question


def found(engine: SearchBackend, query: EngineQuery) -> set[str]:
    return set(engine.scan(query, sort=Sort.NUMBER))


def version_of(number: int, version: int, text: str = "lac") -> SearchDocument:
    return document(number, f"{text} v{version}", version=version, content_hash=f"{number}-{version}-{text}")


def test_before_the_first_build_there_is_nothing_to_search(engine: SearchBackend) -> None:
    assert engine.state() is None
    with pytest.raises(NoDatasetError):
        engine.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=1)
    with pytest.raises(NoDatasetError):
        list(engine.scan(MatchAll(), sort=Sort.NUMBER))
    with pytest.raises(NoDatasetError):
        engine.update([version_of(1, 1)], [], "v1")
    assert engine.state() is None


def test_an_empty_index_is_an_index(engine: SearchBackend) -> None:
    assert engine.rebuild([], "v0") == []
    state = engine.state()
    assert state is not None
    assert (state.data_version, state.documents) == ("v0", 0)
    answer = engine.search(MatchAll(), sort=Sort.RELEVANCE, offset=0, limit=10, facets=("ministry", "year"))
    assert (answer.total, answer.ids, answer.facets) == (0, (), {"ministry": (), "year": ()})
    assert list(engine.hashes()) == []


def test_a_rebuild_replaces_everything_at_once(engine: SearchBackend) -> None:
    engine.rebuild([version_of(1, 1), version_of(2, 1)], "v1")
    before = engine.state()
    engine.rebuild([version_of(2, 2), version_of(3, 2)], "v2")
    after = engine.state()
    assert before is not None
    assert after is not None
    assert after.index != before.index
    assert (after.data_version, after.documents) == ("v2", 2)
    assert found(engine, MatchAll()) == {question(2), question(3)}


def test_an_update_adds_changes_and_removes(engine: SearchBackend) -> None:
    engine.rebuild([document(n, "lac", figures=(figure(n, "EUR"),)) for n in (1, 2, 3)], "v1")
    changed = document(2, "étang", version=2, content_hash="new", figures=(figure(20, "EUR"),))
    assert engine.update([changed, version_of(4, 2)], [question(3), question(77)], "v2") == []
    state = engine.state()
    assert state is not None
    assert (state.data_version, state.documents) == ("v2", 3)
    assert found(engine, AnyForm(("lac",))) == {question(1), question(4)}
    assert found(engine, AnyForm(("étang",))) == {question(2)}
    assert found(engine, FigureIs(1.5, 3.5)) == set()
    assert found(engine, FigureIs(20, 20)) == {question(2)}


def test_the_facets_of_all_questions_follow_every_change(engine: SearchBackend) -> None:
    def counted(*facets: str) -> dict[str, list[tuple[str, int]]]:
        answer = engine.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=1, facets=facets)
        assert tuple(answer.facets) == facets
        return {facet: [(each.value, each.count) for each in values] for facet, values in answer.facets.items()}

    engine.rebuild([document(n, "lac", rubric="eau") for n in (1, 2, 3)], "v1")
    assert counted("rubric") == counted("rubric") == {"rubric": [("eau", 3)]}
    assert counted("figures", "rubric") == {"figures": [("no", 3)], "rubric": [("eau", 3)]}
    engine.update([document(2, "lac", rubric="air", version=2, content_hash="new")], [question(3)], "v2")
    assert counted("rubric") == {"rubric": [("air", 1), ("eau", 1)]}
    engine.rebuild([document(4, "lac", rubric="feu")], "v3")
    assert counted("rubric") == {"rubric": [("feu", 1)]}


def test_a_removed_question_can_come_back_as_it_was(engine: SearchBackend) -> None:
    engine.rebuild([version_of(1, 5), version_of(2, 5)], "v1")
    engine.update([], [question(1)], "v2")
    assert found(engine, MatchAll()) == {question(2)}
    engine.update([version_of(1, 5)], [], "v3")
    assert found(engine, MatchAll()) == {question(1), question(2)}


def test_a_lower_version_never_replaces_a_higher_one(engine: SearchBackend) -> None:
    engine.rebuild([version_of(n, 50) for n in range(50)], "v0")
    random = Random(3)
    updates = [version_of(n, version) for n in range(50) for version in random.sample(range(1, 100), 20)]
    random.shuffle(updates)
    newest = {n: max(50, *(each.version for each in updates if each.number == n)) for n in range(50)}
    waiting = iter(updates)
    while batch := list(islice(waiting, 97)):
        assert engine.update(batch, [], f"v{len(batch)}") == []
    for number, version in newest.items():
        assert question(number) in found(engine, AnyForm((f"v{version}",)))
    assert len(found(engine, MatchAll())) == 50
    assert dict(engine.hashes()) == {question(n): f"{n}-{version}-lac" for n, version in newest.items()}


def test_a_rebuild_given_a_question_twice_keeps_its_newest_version(engine: SearchBackend) -> None:
    engine.rebuild([version_of(1, 2), version_of(1, 3), version_of(1, 1), version_of(2, 1)], "v1")
    assert found(engine, AnyForm(("v3",))) == {question(1)}
    assert found(engine, AnyForm(("v1",))) == {question(2)}
    state = engine.state()
    assert state is not None
    assert state.documents == 2


def test_the_same_update_again_changes_nothing(engine: SearchBackend) -> None:
    engine.rebuild([version_of(n, 1) for n in range(5)], "v1")
    changed, removed = [version_of(2, 2), version_of(6, 2)], [question(3)]
    engine.update(changed, removed, "v2")
    once = (engine.state(), sorted(engine.hashes()))
    assert engine.update(changed, removed, "v2") == []
    assert (engine.state(), sorted(engine.hashes())) == once


def test_a_damaged_document_is_repaired_under_the_same_versions(engine: SearchBackend) -> None:
    engine.rebuild([version_of(1, 1, "faux"), version_of(2, 1)], "v1")
    engine.update([version_of(1, 1, "juste")], [], "v1")
    assert found(engine, AnyForm(("juste",))) == {question(1)}
    assert found(engine, AnyForm(("faux",))) == set()


def test_a_document_that_cannot_be_indexed_is_returned_and_the_others_are_kept(engine: SearchBackend) -> None:
    bad = document(2, "lac", rubric="é" * 20_000)
    torn = document(3, "lac \ud800")
    rejected = engine.rebuild([version_of(1, 1), bad, torn, version_of(4, 1)], "v1")
    assert [each.id for each in rejected] == [question(2), question(3)]
    assert "rubric" in rejected[0].reason
    assert found(engine, MatchAll()) == {question(1), question(4)}
    rejected = engine.update([bad.model_copy(update={"number": 5, "id": question(5)}), version_of(6, 1)], [], "v2")
    assert [each.id for each in rejected] == [question(5)]
    assert found(engine, MatchAll()) == {question(1), question(4), question(6)}


def test_a_failing_source_leaves_the_old_index(engine: SearchBackend) -> None:
    def failing() -> Iterator[SearchDocument]:
        yield from (version_of(n, 2) for n in range(1200))
        raise OSError("the dataset cannot be read")

    engine.rebuild([version_of(1, 1)], "v1")
    before = engine.state()
    with pytest.raises(OSError, match="dataset"):
        engine.rebuild(failing(), "v2")
    with pytest.raises(OSError, match="dataset"):
        engine.update(failing(), [], "v2")
    state = engine.state()
    assert before is not None
    assert state is not None
    assert (state.index, state.data_version) == (before.index, "v1")
    assert engine.update([version_of(n, 2) for n in range(1200)], [], "v2") == []
    assert len(found(engine, AnyForm(("v2",)))) == 1200
    engine.rebuild([version_of(1, 3)], "v3")
    assert found(engine, MatchAll()) == {question(1)}


def test_nobody_sees_a_half_built_index(engine: SearchBackend) -> None:
    size, stop = 300, Event()
    seen: list[tuple[int, set[str]]] = []
    failures: list[QuestariumError] = []

    def search() -> None:
        while not stop.is_set():
            try:
                answer = engine.search(AnyForm(("lac",)), sort=Sort.NUMBER, offset=0, limit=1, facets=("rubric",))
            except QuestariumError as error:
                failures.append(error)
            else:
                seen.append((answer.total, {value.value for value in answer.facets["rubric"]}))

    engine.rebuild([document(n, "lac", rubric="r0") for n in range(size)], "v0")
    searcher = Thread(target=search)
    searcher.start()
    for run in range(1, 4):
        engine.rebuild([document(n, "lac", rubric=f"r{run}") for n in range(size)], f"v{run}")
    stop.set()
    searcher.join()
    assert failures == []
    assert len(seen) > 5
    assert {total for total, _ in seen} == {size}
    assert all(len(rubrics) == 1 for _, rubrics in seen)


def test_a_scan_holds_to_what_there_was_when_it_began(engine: SearchBackend) -> None:
    engine.rebuild([version_of(n, 1) for n in range(20)], "v1")
    scan = engine.scan(MatchAll(), sort=Sort.NUMBER)
    first = next(scan)
    engine.update([version_of(99, 2)], [question(n) for n in range(10, 20)], "v2")
    assert [first, *scan] == [question(n) for n in range(20)]


def test_letters_that_the_engines_would_read_differently_are_read_alike(engine: SearchBackend) -> None:
    texts = [
        "İstanbul",
        "e\u0301te\u0301",
        "ΣΊΣΥΦΟΣ",
        "mot" * 12_000 + " lac",
        "STRAẞE",
        "ǅ ŉ ﬁn",
        "x\u200dy",
        "A\u0308b",
    ]
    engine.rebuild([document(n, text) for n, text in enumerate(texts, 1)], "v1")
    assert found(engine, AnyForm(("istanbul",))) == {question(1)}
    assert found(engine, AnyForm(("été",))) == {question(2)}
    assert found(engine, AnyForm(("σίσυφοσ",))) == {question(3)}
    assert found(engine, AnyForm(("lac",))) == {question(4)}
    assert found(engine, AnyForm(("straße",))) == {question(5)}
    assert found(engine, AnyForm(("ǆ",))) == {question(6)}
    assert found(engine, AnyForm(("x",))) == {question(7)}
    assert found(engine, AnyForm(("äb",))) == {question(8)}


def test_a_keyword_is_matched_whole_and_a_value_may_be_absent(engine: SearchBackend) -> None:
    engine.rebuild([document(1, "", author="Ada Martin"), document(2, None, author="Ada"), document(3, None)], "v1")
    assert found(engine, Keyword("author", ("Ada",))) == {question(2)}
    assert found(engine, Keyword("author", ("ada",))) == set()
    assert found(engine, Exists("author")) == {question(1), question(2)}
    assert found(engine, Exists("question")) == set()
