"""The life of the indices: versioned names behind one alias, switched in one step.

`questarium-000007` is written through an alias of its own, so that no write can ever create an index by mistake; once
complete it says so in the `_meta` of its mapping, and the alias `questarium` moves to it. An index without that is what
a killed rebuild left.
"""

from dataclasses import dataclass
from typing import Any, Final

from elasticsearch import Elasticsearch, NotFoundError

from pipelines.search.documents import SHAPE
from pipelines.search.elastic.mapping import MAPPING, SETTINGS
from schemas.errors import SearchError

_QUICK: Final = {"refresh_interval": "-1"}  # while nobody searches it


@dataclass(frozen=True)
class LiveIndex:
    """The index behind the alias and what it says of itself."""

    name: str
    data_version: str | None
    shape: int | None


@dataclass(frozen=True)
class Indices:
    """All versions of one alias."""

    client: Elasticsearch
    alias: str

    def live(self) -> LiveIndex | None:
        """The index behind the alias, None before the first build."""
        try:
            found = self.client.indices.get(index=self.alias)
        except NotFoundError:
            return None
        if len(found.body) != 1 or self.alias in found.body:
            raise SearchError(f"'{self.alias}' should be an alias of one index, and is not: remove it, then build")
        ((name, about),) = found.body.items()
        meta = _meta(about)
        return LiveIndex(name, meta.get("data_version"), meta.get("shape"))

    def create(self) -> str:
        """A new, empty index; what killed rebuilds left behind is removed first. Returns its name."""
        versions = self._versions()
        for name, about in versions.items():
            if not _meta(about):
                self.client.indices.delete(index=name)
        number = max((int(name.rsplit("-", 1)[1]) for name in versions), default=0) + 1
        name = f"{self.alias}-{number:06}"
        self.client.indices.create(
            index=name, settings=SETTINGS | _QUICK, mappings=MAPPING, aliases={writing_alias(name): {}}
        )
        return name

    def publish(self, name: str, data_version: str) -> None:
        """Make a complete index the live one in one step; the one before is kept, older ones are removed."""
        self.client.indices.put_settings(index=name, settings={"refresh_interval": None})
        self.mark(name, data_version)
        before = self.live()
        moves: list[dict[str, Any]] = [
            {"add": {"index": name, "alias": self.alias}},
            {"remove": {"index": name, "alias": writing_alias(name), "must_exist": False}},
        ]
        if before is not None:
            moves.append({"remove": {"index": before.name, "alias": self.alias, "must_exist": True}})
        self.client.indices.update_aliases(actions=moves)
        kept = {name, before.name if before else name}
        for old in self._versions().keys() - kept:
            self.client.indices.delete(index=old)

    def mark(self, name: str, data_version: str) -> None:
        """Write into the index that it holds this data version."""
        self.client.indices.put_mapping(index=name, meta={"data_version": data_version, "shape": SHAPE})

    def count(self, name: str) -> int:
        """How many documents a search can see."""
        return int(self.client.count(index=name)["count"])

    def _versions(self) -> dict[str, Any]:
        found = self.client.indices.get(index=f"{self.alias}-*", allow_no_indices=True, features="mappings")
        prefix = f"{self.alias}-"
        return {name: about for name, about in found.body.items() if name.removeprefix(prefix).isdecimal()}


def writing_alias(name: str) -> str:
    """The alias through which an index under construction is written."""
    return f"{name}-building"


def _meta(about: dict[str, Any]) -> dict[str, Any]:
    meta = about["mappings"].get("_meta")
    return meta if isinstance(meta, dict) else {}
