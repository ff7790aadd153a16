"""The data dictionary and the Data Package say what is in the files."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.dataset.copying import copy_dataset
from pipelines.dataset.dictionary import datapackage, dictionary
from pipelines.dataset.store import Dataset
from schemas.errors import DatasetError
from schemas.tables import CHANGES, TABLES
from tests.pipelines.dataset.made import a_capture, commit, current, numbered


@pytest.mark.parametrize("name", [*TABLES, "changes"])
def test_every_column_is_explained(name: str) -> None:
    section = dictionary().split(f"## `{name}`")[1].split("\n## ")[0]
    schema = (TABLES | {"changes": CHANGES})[name]
    rows = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    assert [row[0].strip("`") for row in rows] == schema.names
    assert all(len(row) == 3 and all(row) for row in rows)


def test_the_data_package_names_the_files_and_their_fields(tmp_path: Path) -> None:
    dataset = Dataset.open(tmp_path)
    commit(dataset, *numbered(1, 2), captures=[a_capture(1)])
    package = json.loads((tmp_path / "datapackage.json").read_bytes())
    assert package["version"] == "v000001"
    assert package["licenses"][0]["name"] == "etalab-2.0"
    resources = {each["name"]: each for each in package["resources"]}
    assert set(resources) == {"questions", "texts", "events", "attributions", "captures", "changes"}
    for resource in resources.values():
        for path in resource["path"]:
            assert pq.read_schema(tmp_path / path).names == [field["name"] for field in resource["schema"]["fields"]]
    assert resources["events"]["schema"]["primaryKey"] == ["id", "ordinal"]
    flags = next(field for field in resources["questions"]["schema"]["fields"] if field["name"] == "flags")
    assert (flags["type"], flags["itemType"]) == ("list", "string")


def described(root: Path) -> object:
    """What travels with the dataset, the dictionary checked."""
    assert (root / "data-dictionary.md").read_text() == dictionary()
    return json.loads((root / "datapackage.json").read_bytes())


def test_the_description_follows_every_version_and_goes_with_a_copy(tmp_path: Path) -> None:
    dataset = Dataset.open(tmp_path / "dataset")
    for last in (2, 3):
        commit(dataset, *numbered(1, last))
        assert described(dataset.root) == datapackage(current(dataset))
    copy_dataset(dataset.root, tmp_path / "copy")
    assert described(tmp_path / "copy") == datapackage(current(dataset))


def test_what_cannot_be_described_stands_and_is_described_by_the_next_build(tmp_path: Path) -> None:
    dataset = Dataset.open(tmp_path)
    (tmp_path / "datapackage.json").mkdir()
    with pytest.raises(DatasetError, match=r"data version v000001 stands in .* description cannot be written"):
        commit(dataset, *numbered(1, 2))
    (tmp_path / "datapackage.json").rmdir()
    assert not commit(dataset, *numbered(1, 2)).is_new
    assert described(tmp_path) == datapackage(current(dataset))


def test_a_copy_is_made_of_what_is_left_of_a_damaged_dataset(tmp_path: Path) -> None:
    dataset = Dataset.open(tmp_path / "dataset")
    commit(dataset, *numbered(1, 2))
    (dataset.root / "versions" / "000001.json").unlink()
    assert copy_dataset(dataset.root, tmp_path / "copy") == 0
    assert not (tmp_path / "copy" / "datapackage.json").exists()
