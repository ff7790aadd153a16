"""What travels with the files: the data dictionary for people, the Data Package for tools."""

import json
from collections.abc import Iterator
from typing import Final

from pipelines.dataset.dictionary import datapackage, dictionary
from pipelines.dataset.disk import write_atomically
from pipelines.dataset.manifest import Version

PACKAGE: Final = "datapackage.json"
DICTIONARY: Final = "data-dictionary.md"


def write_description(version: Version) -> None:
    """Describe the version in the folder of its dataset, where that is not done yet; raises OSError.

    It follows the pointer: killed in between, it tells of the version before until the next commit.
    """
    for name, content in _described(version):
        path = version.root / name
        if not path.exists() or path.read_bytes() != content:
            write_atomically(path, content)


def _described(version: Version) -> Iterator[tuple[str, bytes]]:
    yield PACKAGE, json.dumps(datapackage(version), ensure_ascii=False, indent=1).encode() + b"\n"
    yield DICTIONARY, dictionary().encode()
