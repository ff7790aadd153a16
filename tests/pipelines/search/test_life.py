"""The index as a whole, the same for both engines: versions, going back, copies, digests, what is shown of a hit."""

import shutil
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from pipelines.search import aggregations
from pipelines.search.backend import SearchBackend
from pipelines.search.elastic.backend import ElasticBackend
from pipelines.search.elastic.indices import Indices
from pipelines.search.elastic.mapping import Layout
from pipelines.search.embedded.backend import EmbeddedBackend
from pipelines.search.embedded.folders import IndexRoot
from pipelines.search.engine_query import AnyForm, MatchAll
from pipelines.search.inventory import Inventory
from pipelines.search.life import chosen_copy, next_number
from schemas.errors import NoDatasetError, SearchError, UsageError
from schemas.search import SearchDocument, Sort
from tests.pipelines.search.nasty_corpus import DOCUMENTS, document, question


def versions(engine: SearchBackend) -> list[tuple[str | None, str, int, bool]]:
    return [(each.data_version, each.content, each.documents, each.live) for each in engine.life.versions()]


def total(engine: SearchBackend, form: str) -> int:
    return engine.search(AnyForm((form,)), sort=Sort.NUMBER, offset=0, limit=1).total


def inventory_of(documents: list[SearchDocument]) -> Inventory:
    made = Inventory()
    for each in documents:
        made.add(each)
    return made


def test_the_old_version_is_kept_and_can_be_gone_back_to(engine: SearchBackend) -> None:
    assert engine.life.versions() == []
    engine.rebuild([document(n, "vieux") for n in range(5)], "v1", "c1")
    engine.rebuild([document(n, "neuf") for n in range(7)], "v2", "c2")
    assert versions(engine) == [("v1", "c1", 5, False), ("v2", "c2", 7, True)]
    old, new = engine.life.versions()
    engine.life.switch(old.index)
    assert (total(engine, "vieux"), total(engine, "neuf")) == (5, 0)
    state = engine.state()
    assert state is not None
    assert (state.data_version, state.content, state.documents) == ("v1", "c1", 5)
    engine.update([document(9, "neuf", version=2)], [], "v3", "c3")
    assert versions(engine) == [("v3", "c3", 6, True), ("v2", "c2", 7, False)]
    engine.life.switch(new.index)
    assert total(engine, "neuf") == 7


def test_nothing_but_a_complete_version_is_switched_to(engine: SearchBackend) -> None:
    engine.rebuild([document(1, "lac")], "v1")
    with pytest.raises(SearchError, match="no complete index"):
        engine.life.switch("v-000077")
    assert total(engine, "lac") == 1


def half_built(engine: SearchBackend, folder: Path) -> None:
    """What a rebuild leaves that is killed on its way."""
    if isinstance(engine, ElasticBackend):
        engine.life._indices.create()
    else:
        IndexRoot(folder / "index").create()


def test_what_a_killed_rebuild_left_is_shown_and_removed(engine: SearchBackend, tmp_path: Path) -> None:
    engine.rebuild([document(1, "lac")], "v1")
    half_built(engine, tmp_path)
    first, left = engine.life.versions()
    assert (left.data_version, left.live, left.readable) == (None, False, False)
    assert engine.life.clean() == [left.index]
    assert engine.life.versions() == [first]
    assert engine.life.clean() == []


def of_another_shape(engine: SearchBackend, folder: Path, index: str) -> None:
    """Make an index say that it was built by another Questarium."""
    if isinstance(engine, ElasticBackend):
        engine.life._client.indices.put_mapping(index=index, meta={"data_version": "v1", "content": "", "shape": 1})
    else:
        state = folder / "index" / index / "state.json"
        state.write_bytes(state.read_bytes().replace(b'"shape":', b'"shape":99'))


def test_an_index_of_another_shape_is_neither_switched_to_nor_brought_back(
    engine: SearchBackend, place: str, tmp_path: Path
) -> None:
    engine.rebuild([document(1, "vieux")], "v1")
    (old,) = engine.life.versions()
    of_another_shape(engine, tmp_path, old.index)
    copy = engine.life.snapshot(place)
    engine.rebuild([document(1, "neuf")], "v2")
    assert [each.readable for each in engine.life.versions()] == [False, True]
    with pytest.raises(SearchError, match="no complete index"):
        engine.life.switch(old.index)
    with pytest.raises(SearchError, match="of another shape"):
        engine.life.restore(place, copy)
    assert total(engine, "neuf") == 1


@pytest.fixture
def place(engine: SearchBackend, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """A folder for copies that the engine can write to."""
    if not isinstance(engine, ElasticBackend):
        return str(tmp_path / "copies")
    with Elasticsearch(request.getfixturevalue("elasticsearch_url")) as client:
        (node,) = client.nodes.info()["nodes"].values()
    root = node["settings"]["path"]["repo"]
    return f"{root if isinstance(root, str) else root[0]}/{request.getfixturevalue('elastic_alias')}"


def test_a_copy_is_brought_back_beside_what_came_after(engine: SearchBackend, place: str) -> None:
    with pytest.raises(NoDatasetError):
        engine.life.snapshot(place)
    engine.rebuild([document(n, "vieux") for n in range(5)], "v1", "c1")
    assert engine.life.snapshots(place) == []
    first = engine.life.snapshot(place)
    engine.update([document(9, "neuf", version=2)], [question(1)], "v2", "c2")
    second = engine.life.snapshot(place)
    assert engine.life.snapshots(place) == [first, second]
    engine.rebuild([], "v3", "c3")
    engine.life.restore(place, first)
    assert (total(engine, "vieux"), total(engine, "neuf")) == (5, 0)
    engine.life.restore(place, second)
    assert (total(engine, "vieux"), total(engine, "neuf")) == (4, 1)
    state = engine.state()
    assert state is not None
    assert (state.data_version, state.content) == ("v2", "c2")
    assert engine.update([document(10, "neuf", version=3)], [], "v4", "c4") == []
    assert total(engine, "neuf") == 2


def test_the_newest_copy_is_the_one_brought_back_where_none_is_named() -> None:
    copies = ["000002-v1-a", "000010-v2-b"]
    assert chosen_copy("place", copies, None) == "000010-v2-b"
    assert chosen_copy("place", copies, "000002-v1-a") == "000002-v1-a"
    assert (next_number(copies), next_number([])) == (11, 1)
    for there, name in ((copies, "000003-v1-a"), ([], None)):
        with pytest.raises(UsageError, match="there is no copy"):
            chosen_copy("place", there, name)


def test_a_copy_that_was_cut_short_is_none(embedded: EmbeddedBackend, tmp_path: Path) -> None:
    embedded.rebuild([document(1, "lac")], "v1")
    copies = tmp_path / "copies"
    whole = embedded.life.snapshot(str(copies))
    shutil.copytree(copies / whole, copies / f"{whole}.part")
    assert embedded.life.snapshots(str(copies)) == [whole]


@pytest.mark.elasticsearch
def test_a_folder_that_the_server_may_not_use_is_said_with_what_to_change(
    elastic: ElasticBackend, tmp_path: Path
) -> None:
    elastic.rebuild([document(1, "lac")], "v1", "c1")
    with pytest.raises(SearchError, match=r"may not use the folder .*: choose one in /.*, or add .* `path\.repo`"):
        elastic.life.snapshot(str(tmp_path / "copies"))


def test_digests_tell_the_block_of_whatever_is_wrong(engine: SearchBackend) -> None:
    documents = [document(n, "lac") for n in range(0, 3000, 10)]
    engine.rebuild(documents, "v1")
    inventory = inventory_of(documents)
    assert engine.digests() == inventory.digests()
    assert len(engine.digests()) == 3
    engine.update([], [question(1500)], "v1")
    differing = {block for block, digest in inventory.digests().items() if engine.digests().get(block) != digest}
    assert differing == {"fr-an-15/1"}
    assert dict(inventory.hashes(differing)).keys() - dict(engine.hashes(differing)).keys() == {question(1500)}
    engine.update([document(1500, "lac"), document(20, "faux", content_hash="other")], [], "v1")
    differing = {block for block, digest in inventory.digests().items() if engine.digests().get(block) != digest}
    assert differing == {"fr-an-15/0"}
    assert dict(engine.hashes(differing))[question(20)] == "other"


def test_more_values_than_can_be_counted_are_an_error_and_no_wrong_count(
    engine: SearchBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(aggregations, "_MOST_COUNTED", 3)
    engine.rebuild([document(1000 * n, "lac", author=f"Nom {n}") for n in range(4)], "v1")
    with pytest.raises(SearchError, match="a facet has more than 3 values"):
        engine.search(AnyForm(("lac",)), sort=Sort.NUMBER, offset=0, limit=1, facets=("author",))
    with pytest.raises(SearchError, match="more than 3 blocks"):
        engine.digests()
    engine.update([], [question(0)], "v2")
    assert len(engine.search(MatchAll(), sort=Sort.NUMBER, offset=0, limit=1, facets=("author",)).facets["author"]) == 3
    assert len(engine.digests()) == 3


def test_a_hit_is_shown_word_for_word(corpora: dict[str, SearchBackend]) -> None:
    engine = corpora["nasty"]
    shown = {each.id: each for each in engine.scan_shown(MatchAll(), sort=Sort.NUMBER)}
    assert list(shown) == list(engine.scan(MatchAll(), sort=Sort.NUMBER))
    for each in DOCUMENTS:
        found = shown[each.id]
        assert (found.title, found.question, found.answer) == (each.title, each.question, each.answer)
        assert (found.author, found.ministry, found.status) == (each.author, each.ministry_assigned, each.status)
        assert (found.published_date, found.answered_date) == (each.published_date, each.answered_date)
    page = engine.search(MatchAll(), sort=Sort.PUBLISHED_DESC, offset=3, limit=5, shown=True)
    assert tuple(each.id for each in page.shown) == page.ids
    assert [shown[each] for each in page.ids] == list(page.shown)


def test_texts_that_are_indexed_otherwise_are_shown_as_they_are(engine: SearchBackend) -> None:
    texts = ["İstanbul", "e\u0301te\u0301", "mot" * 12_000 + " lac", "", "  "]
    engine.rebuild([document(n, text, title=text) for n, text in enumerate(texts)], "v1")
    shown = list(engine.scan_shown(MatchAll(), sort=Sort.NUMBER))
    assert [each.question for each in shown] == texts
    assert [each.title for each in shown] == texts


def test_an_inventory_follows_what_went_and_came_again() -> None:
    news = [document(2, "lac", version=2), document(9, "lac")]
    after = inventory_of([document(n, "lac") for n in range(4)]).updated(news, [question(2), question(3)])
    assert after == inventory_of([document(0, "lac"), document(1, "lac"), *news])


def test_an_inventory_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    inventory = inventory_of([document(n, "lac", version=n) for n in range(50)])
    inventory.save(tmp_path / "one.inventory")
    assert Inventory.load(tmp_path / "one.inventory") == inventory
    (tmp_path / "one.inventory").write_text("{}", "utf-8")
    with pytest.raises(SearchError, match="reconcile"):
        Inventory.load(tmp_path / "one.inventory")


@pytest.mark.elasticsearch
def test_the_layout_of_a_new_index_is_the_one_asked_for(elasticsearch_url: str, elastic_alias: str) -> None:
    with Elasticsearch(elasticsearch_url) as client:
        name = Indices(client, elastic_alias, Layout(shards=3, replicas=0)).create()
        settings = client.indices.get_settings(index=name)[name]["settings"]["index"]
    assert (settings["number_of_shards"], settings["number_of_replicas"]) == ("3", "0")
