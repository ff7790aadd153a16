"""The data dictionary and the Data Package say what is in the files."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipelines.dataset.dictionary import datapackage, dictionary
from pipelines.dataset.store import Dataset
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
    package = datapackage(current(dataset))
    assert json.loads(json.dumps(package)) == package
    assert package["version"] == "v000001"
    assert package["licenses"][0]["name"] == "etalab-2.0"
    resources = {each["name"]: each for each in package["resources"]}
    assert set(resources) == {"questions", "texts", "events", "attributions", "captures", "changes"}
    for resource in resources.values():
        assert sum((tmp_path / path).stat().st_size for path in resource["path"]) == resource["bytes"]
        for path in resource["path"]:
            assert pq.read_schema(tmp_path / path).names == [field["name"] for field in resource["schema"]["fields"]]
    assert resources["events"]["schema"]["primaryKey"] == ["id", "ordinal"]
    flags = next(field for field in resources["questions"]["schema"]["fields"] if field["name"] == "flags")
    assert (flags["type"], flags["itemType"]) == ("list", "string")
