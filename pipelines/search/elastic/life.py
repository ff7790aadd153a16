"""Elasticsearch's indices as wholes: versions, going back, snapshots, and what is left over."""

from collections.abc import Mapping
from typing import Any, Final

from elasticsearch import ApiError, NotFoundError

from pipelines.search.backend import NOTHING_INDEXED
from pipelines.search.elastic.errors import engine_errors
from pipelines.search.elastic.indices import Indices, VersionedIndex
from pipelines.search.life import IndexVersion, copy_name, next_number
from schemas.errors import NoDatasetError, SearchError

_PATHS: Final = "path.repo"


class ElasticLife:
    """IndexLife over one alias; a place is a folder that every node can reach and allows (`path.repo`)."""

    def __init__(self, indices: Indices, address: str) -> None:
        self._indices = indices
        self._client = indices.client
        self._address = address

    def versions(self) -> list[IndexVersion]:
        """All indices of the alias, oldest first."""
        with engine_errors(self._address):
            live = self._indices.live()
            return [self._version(each, live) for each in self._indices.versions()]

    def switch(self, index: str) -> None:
        """Move the alias to another complete index."""
        with engine_errors(self._address):
            found = next((each for each in self._indices.versions() if each.name == index), None)
            if found is None or not found.readable:
                raise SearchError(f"there is no complete index '{index}' on {self._address}")
            self._indices.point_to(index)

    def clean(self) -> list[str]:
        """Remove indices that never became complete."""
        with engine_errors(self._address):
            return self._indices.remove_incomplete()

    def drop(self, index: str) -> None:
        """Delete the index."""
        with engine_errors(self._address):
            live = self._indices.live()
            if live is not None and live.name == index:
                raise SearchError(f"'{index}' is the live index on {self._address}")
            if index in {each.name for each in self._indices.versions()}:
                self._client.indices.delete(index=index)

    def snapshot(self, place: str) -> str:
        """Take a snapshot of the live index into a file system repository."""
        with engine_errors(self._address):
            live = self._indices.live()
            if live is None or live.data_version is None:
                raise NoDatasetError(NOTHING_INDEXED)
            name = copy_name(next_number(self.snapshots(place)), live.data_version, live.name)
            taken = self._client.snapshot.create(
                repository=self._repository(place),
                snapshot=name,
                indices=live.name,
                include_global_state=False,
                wait_for_completion=True,
            )
            if taken["snapshot"]["state"] != "SUCCESS":
                raise SearchError(f"the snapshot {name} in {place} is not whole: {taken['snapshot']['state']}")
        return name

    def snapshots(self, place: str) -> list[str]:
        """The complete snapshots in the place, oldest first."""
        with engine_errors(self._address):
            found = self._client.snapshot.get(repository=self._repository(place), snapshot="*")
        return sorted(each["snapshot"] for each in found["snapshots"] if each["state"] == "SUCCESS")

    def restore(self, place: str, name: str) -> str:
        """Restore a snapshot under the next name, wait until every shard is there, then move the alias."""
        with engine_errors(self._address):
            repository = self._repository(place)
            (source,) = self._client.snapshot.get(repository=repository, snapshot=name)["snapshots"][0]["indices"]
            target = self._indices.next_name()
            self._client.snapshot.restore(
                repository=repository,
                snapshot=name,
                indices=source,
                include_aliases=False,
                include_global_state=False,
                rename_pattern=".+",
                rename_replacement=target,
                wait_for_completion=True,
            )
            self._check_restored(target)
            self._indices.point_to(target)
        return target

    def _check_restored(self, name: str) -> None:
        restored = next(each for each in self._indices.versions() if each.name == name)
        if not restored.readable:
            self._client.indices.delete(index=name)
            raise SearchError("the snapshot is of another shape than this Questarium reads: build the index again")
        self._client.cluster.health(index=name, wait_for_status="yellow", timeout="60s")

    def _repository(self, place: str) -> str:
        """The repository of a place, registered on first use."""
        name = f"{self._indices.alias}-snapshots"
        if self._location(name) != place:
            settings: Mapping[str, Any] = {"location": place}
            try:
                self._client.snapshot.create_repository(name=name, repository={"type": "fs", "settings": settings})
            except ApiError as error:
                if _PATHS not in str(error.body):
                    raise
                raise SearchError(
                    f"Elasticsearch at {self._address} may not use the folder {place}: choose one in "
                    f"{self._allowed()}, or add this one to the setting `{_PATHS}` (elasticsearch.yml) of every node, "
                    "then start it again"
                ) from error
        return name

    def _allowed(self) -> str:
        """The folders that the server may keep copies in, for people."""
        nodes = self._client.nodes.info(metric="settings")["nodes"].values()
        settings = [node["settings"].get("path", {}).get("repo", []) for node in nodes]
        folders = {each for found in settings for each in ([found] if isinstance(found, str) else found)}
        return " or ".join(sorted(folders)) or f"its `{_PATHS}` (which is empty)"

    def _location(self, repository: str) -> str | None:
        try:
            found = self._client.snapshot.get_repository(name=repository)
        except NotFoundError:
            return None
        location: str | None = found[repository]["settings"].get("location")
        return location

    def _version(self, index: VersionedIndex, live: VersionedIndex | None) -> IndexVersion:
        return IndexVersion(
            index=index.name,
            data_version=index.data_version,
            content=index.content,
            documents=self._indices.count(index.name) if index.data_version else 0,
            live=live is not None and live.name == index.name,
            readable=index.readable,
        )
