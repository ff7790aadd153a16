"""The indices behind one alias: versioned names, written apart, switched in one step.

`questarium-000007` is written through an alias of its own, so that no write can ever create an index by mistake; once
complete it says so in the `_meta` of its mapping, and the alias `questarium` moves to it. An index without that is what
a killed rebuild left.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Final

from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError

from pipelines.search.documents import SHAPE
from pipelines.search.elastic.mapping import MAPPING, Layout, settings_for
from schemas.errors import SearchError

_COPIES_WAIT: Final = "30s"  # for the copies of a new, empty index; without them it is written all the same


@dataclass(frozen=True)
class VersionedIndex:
    """One index and what it says of itself; without a data version it is not complete."""

    name: str
    data_version: str | None
    shape: int | None
    content: str

    @property
    def readable(self) -> bool:
        """Complete, and of the shape of today."""
        return self.data_version is not None and self.shape == SHAPE


@dataclass(frozen=True)
class Indices:
    """All versions of one alias; new ones are laid out on the nodes as `layout` says."""

    client: Elasticsearch
    alias: str
    layout: Layout = field(default_factory=Layout)

    def live(self) -> VersionedIndex | None:
        """The index behind the alias, None before the first build."""
        try:
            found = self.client.indices.get(index=self.alias)
        except NotFoundError:
            return None
        if len(found.body) != 1 or self.alias in found.body:
            raise SearchError(f"'{self.alias}' should be an alias of one index, and is not: remove it, then build")
        ((name, about),) = found.body.items()
        return _described(name, about)

    def versions(self) -> list[VersionedIndex]:
        """All of them, oldest first."""
        found = self.client.indices.get(index=f"{self.alias}-*", allow_no_indices=True, features="mappings")
        prefix = f"{self.alias}-"
        mine = sorted(name for name in found.body if name.removeprefix(prefix).isdecimal())
        return [_described(name, found.body[name]) for name in mine]

    def create(self) -> str:
        """A new, empty index with its copies; what killed rebuilds left is removed first. Returns its name."""
        self.remove_incomplete()
        name = self.next_name()
        settings, aliases = settings_for(self.layout), {writing_alias(name): dict[str, Any]()}
        self.client.indices.create(index=name, settings=settings, mappings=MAPPING, aliases=aliases)
        # What is acknowledged before its copy exists would go with its node.
        self.client.options(ignore_status=408).cluster.health(
            index=name, wait_for_no_initializing_shards=True, timeout=_COPIES_WAIT
        )
        return name

    def next_name(self) -> str:
        """The name of the next version."""
        number = max((int(each.name.rsplit("-", 1)[1]) for each in self.versions()), default=0) + 1
        return f"{self.alias}-{number:06}"

    def remove_incomplete(self) -> list[str]:
        """Remove what killed rebuilds left; gives the names."""
        left = [each.name for each in self.versions() if each.data_version is None]
        for name in left:
            self.client.indices.delete(index=name)
        return left

    def publish(self, name: str, data_version: str, content: str) -> None:
        """Make a complete index the live one in one step; the one before is kept, older ones are removed."""
        self.mark(name, data_version, content)
        before = self.point_to(name)
        for old in {each.name for each in self.versions()} - {name, before}:
            self.client.indices.delete(index=old)

    def point_to(self, name: str) -> str | None:
        """Move the alias to a complete index in one step; gives the name of the one before."""
        before = self.live()
        moves: list[dict[str, Any]] = [
            {"add": {"index": name, "alias": self.alias}},
            {"remove": {"index": name, "alias": writing_alias(name), "must_exist": False}},
        ]
        if before is not None and before.name != name:
            moves.append({"remove": {"index": before.name, "alias": self.alias, "must_exist": True}})
        self.client.indices.update_aliases(actions=moves)
        return before.name if before else None

    def mark(self, name: str, data_version: str, content: str) -> None:
        """Write into the index that it holds this data version."""
        meta = {"data_version": data_version, "content": content, "shape": SHAPE}
        self.client.indices.put_mapping(index=name, meta=meta)

    def refresh(self, name: str) -> None:
        """Make what was written visible."""
        self.client.indices.refresh(index=name)

    def merge(self, name: str) -> None:
        """Let the server make one piece of an index, which is searched in two thirds of the time; not waited for."""
        with suppress(ApiError, TransportError):  # the index is right without it
            self.client.indices.forcemerge(index=name, max_num_segments=1, wait_for_completion=False)

    def count(self, name: str) -> int:
        """How many documents a search can see."""
        return int(self.client.count(index=name)["count"])


def writing_alias(name: str) -> str:
    """The alias through which an index under construction is written."""
    return f"{name}-building"


def _described(name: str, about: dict[str, Any]) -> VersionedIndex:
    meta = about["mappings"].get("_meta")
    said: dict[str, Any] = meta if isinstance(meta, dict) else {}
    return VersionedIndex(name, said.get("data_version"), said.get("shape"), said.get("content", ""))
