"""Files lost or damaged behind our back: found, told with what to do, and never made worse."""

from pathlib import Path

import pytest

from pipelines.dataset.read import question
from pipelines.dataset.store import Dataset
from schemas.errors import DatasetError
from tests.pipelines.dataset.made import commit, content, current, files_on_disk, numbered, rows_of


@pytest.fixture
def dataset(tmp_path: Path) -> Dataset:
    """An empty dataset."""
    return Dataset.open(tmp_path / "dataset")


def test_damage_is_found_by_verify_and_told_by_readers(dataset: Dataset) -> None:
    commit(dataset, *numbered(1))
    version = current(dataset)
    assert dataset.verify() == []
    texts, events = version.path(version.files("texts")[0]), version.path(version.files("events")[0])
    whole = texts.read_bytes()
    for place in range(0, len(whole), 97):
        texts.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert [problem.split(" ")[-1] for problem in dataset.verify()] == ["damaged"], place
    texts.write_bytes(whole[:40])
    with pytest.raises(DatasetError, match=r"texts/.* is damaged"):
        question(version, "fr-an-15-QE-1")
    events.unlink()
    assert len(dataset.verify()) == 2
    with pytest.raises(DatasetError, match=r"events/.* is missing"):
        rows_of(version, "SELECT 1")


@pytest.mark.parametrize("content", [b"", b"{", b'{"number": 1}', b"\xff", b'{"format": 2, "number": 1, "inputs": {}}'])
def test_a_pointer_that_cannot_be_read_says_what_to_do(dataset: Dataset, content: bytes) -> None:
    commit(dataset, *numbered(1))
    (dataset.root / "CURRENT").write_bytes(content)
    with pytest.raises(DatasetError, match=r"restore|upgrade"):
        _ = dataset.current
    with pytest.raises(DatasetError, match=r"restore|upgrade"):
        commit(dataset, *numbered(2))
    assert len(files_on_disk(dataset.root)) > 5  # nothing was swept away


@pytest.mark.parametrize("pointer", [None, b'{"format": 1, "number": 1, "inputs": {}}'])
def test_a_lost_pointer_costs_no_version(dataset: Dataset, pointer: bytes | None) -> None:
    for title in ("un", "deux", "trois"):
        commit(dataset, *numbered(1, title=title))
    kept = (dataset.root / "CURRENT").read_bytes()
    (dataset.root / "CURRENT").unlink()
    if pointer:
        (dataset.root / "CURRENT").write_bytes(pointer)
    with pytest.raises(DatasetError, match="although newer ones are there"):
        commit(dataset, *numbered(2))
    (dataset.root / "CURRENT").write_bytes(kept)
    assert [each.title for version in dataset.versions() for each in content(version)] == ["un", "deux", "trois"]


def test_a_missing_manifest_says_what_to_do(dataset: Dataset) -> None:
    commit(dataset, *numbered(1))
    (dataset.root / "versions" / "000001.json").unlink()
    with pytest.raises(DatasetError, match="manifest of data version v000001 is missing"):
        _ = dataset.current
    with pytest.raises(DatasetError, match="manifest"):
        commit(dataset, *numbered(2))
    assert any("parquet" in name for name in files_on_disk(dataset.root))
