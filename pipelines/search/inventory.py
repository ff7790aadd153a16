"""The inventory of a data version: which documents it makes, each with its version and content hash, without texts.

It is written while the documents pass by to be indexed, and kept beside the vocabulary, so that index and dataset can
be compared later without reading a text again. Who compares is the flow (`reconciling.py`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import orjson

from pipelines.search.backend import Digest
from pipelines.search.documents import SHAPE, block_of, check_of
from pipelines.search.files import write_whole
from schemas.errors import SearchError
from schemas.search import SearchDocument

_FORMAT: Final = 1


class Entry(NamedTuple):
    """One document."""

    block: str
    version: int
    content_hash: str


@dataclass
class Inventory:
    """Question id → what the index should hold of it."""

    entries: dict[str, Entry] = field(default_factory=dict)

    def add(self, document: SearchDocument) -> None:
        """Note one document, in the place of the one it had."""
        self.entries[document.id] = Entry(block_of(document), document.version, document.content_hash)

    def updated(self, changed: Iterable[SearchDocument], removed: Iterable[str]) -> "Inventory":
        """The inventory after these came or changed, and those went."""
        after = Inventory(dict(self.entries))
        for question in removed:
            after.entries.pop(question, None)
        for document in changed:
            after.add(document)
        return after

    def without(self, questions: Collection[str]) -> "Inventory":
        """The inventory less some questions: those that the engine refuses."""
        left_out = frozenset(questions)
        return Inventory({each: entry for each, entry in self.entries.items() if each not in left_out})

    def digests(self) -> dict[str, Digest]:
        """The digest of every block, as the index counts it."""
        counts: defaultdict[str, int] = defaultdict(int)
        sums: defaultdict[str, int] = defaultdict(int)
        for entry in self.entries.values():
            counts[entry.block] += 1
            sums[entry.block] += check_of(entry.content_hash)
        return {block: (count, sums[block]) for block, count in counts.items()}

    def hashes(self, blocks: Collection[str]) -> dict[str, str]:
        """Content hash by id, of some blocks."""
        return {each: entry.content_hash for each, entry in self.entries.items() if entry.block in blocks}

    def save(self, path: Path) -> None:
        """Write it as one file, whole or not at all."""
        entries = self.entries.values()
        columns = {name: [entry[place] for entry in entries] for place, name in enumerate(Entry._fields)}
        content = {"format": _FORMAT, "shape": SHAPE, "ids": list(self.entries), "entries": columns}
        write_whole(path, orjson.dumps(content))

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read what `save` wrote; raises SearchError if it cannot be read, or is of another shape of documents."""
        try:
            content: Any = orjson.loads(path.read_bytes())
            if (content["format"], content["shape"]) == (_FORMAT, SHAPE):
                return cls(_entries(content["ids"], content["entries"]))
        except (OSError, orjson.JSONDecodeError, KeyError, TypeError, ValueError) as error:
            raise SearchError(f"the inventory {path} cannot be read ({error}): reconcile with --full") from error
        raise SearchError(f"the inventory {path} is of another format: reconcile with --full")


def _entries(ids: list[str], columns: Mapping[str, list[Any]]) -> dict[str, Entry]:
    rows = zip(*(columns[name] for name in Entry._fields), strict=True)
    return dict(zip(ids, map(Entry._make, rows), strict=True))
