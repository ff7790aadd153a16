"""The embedded engine behind the narrow door."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from pipelines.search.backend import NOTHING_INDEXED, NOTHING_TO_UPDATE, Digest, IndexState, Matches, Rejected
from pipelines.search.documents import SHAPE
from pipelines.search.embedded import writer
from pipelines.search.embedded.folders import FolderState, IndexFolder, IndexRoot, Stamp
from pipelines.search.embedded.life import EmbeddedLife
from pipelines.search.embedded.reader import Reader
from pipelines.search.engine_query import EngineQuery
from schemas.errors import DamagedIndexError, NoDatasetError
from schemas.search import SearchDocument, Shown, Sort


class EmbeddedBackend:
    """A SearchBackend over the folder `root`; readers follow what any process writes there."""

    def __init__(self, root: Path) -> None:
        self._root = IndexRoot(root)
        self.life = EmbeddedLife(root)
        self._opened: tuple[IndexFolder, tuple[Stamp, Stamp], Reader] | None = None

    def state(self) -> IndexState | None:
        """The live index, None before the first build, for one of another shape, and for a damaged one."""
        live = self._live()
        if live is None:
            return None
        try:
            self._reader()
        except DamagedIndexError:
            return None
        folder, state = live
        return IndexState(folder.path.name, state.data_version, state.documents, state.content)

    def search(
        self,
        query: EngineQuery,
        *,
        sort: Sort,
        offset: int,
        limit: int,
        facets: Sequence[str] = (),
        shown: bool = False,
    ) -> Matches:
        """One page; by relevance, questions that no word ranks are ordered by their keys."""
        return self._reader().search(query, sort=sort, offset=offset, limit=limit, facets=facets, shown=shown)

    def scan(self, query: EngineQuery, *, sort: Sort) -> Iterator[str]:
        """Every match as of now, by relevance in the order of the keys."""
        return self._reader().scan(query, sort=sort)

    def scan_shown(self, query: EngineQuery, *, sort: Sort) -> Iterator[Shown]:
        """The same, with what is needed to show each match."""
        return self._reader().scan_shown(query, sort=sort)

    def rebuild(self, documents: Iterable[SearchDocument], data_version: str, content: str = "") -> list[Rejected]:
        """Build anew beside the live index, then switch."""
        return writer.rebuild(self._root, documents, data_version, content)

    def update(
        self, changed: Iterable[SearchDocument], removed: Iterable[str], data_version: str, content: str = ""
    ) -> list[Rejected]:
        """Bring the live index to `data_version` in one commit; raises NoDatasetError before the first build."""
        with self._root.writing():
            folder = self._root.live()
            if folder is None or self.state() is None:
                raise NoDatasetError(NOTHING_TO_UPDATE)
            return writer.update(folder, changed, removed, data_version, content)

    def digests(self) -> dict[str, Digest]:
        """The digest of every block that has documents."""
        return self._reader().digests()

    def hashes(self, blocks: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """(id, content_hash) of every document, or of those of some blocks, ordered by key."""
        return self._reader().hashes(blocks)

    def _live(self) -> tuple[IndexFolder, FolderState] | None:
        folder = self._root.live()
        state = folder.state() if folder else None
        return (folder, state) if folder and state and state.shape == SHAPE else None

    def _reader(self) -> Reader:
        opened = self._opened
        if opened is None or opened[1] != (self._root.stamp(), opened[0].stamp()):
            self._opened = opened = self._open()
        return opened[2]

    def _open(self) -> tuple[IndexFolder, tuple[Stamp, Stamp], Reader]:
        pointed = self._root.stamp()  # before it is read: a switch meanwhile is seen by the next search
        live = self._live()
        if live is None:
            raise NoDatasetError(NOTHING_INDEXED)
        folder, _ = live
        return folder, (pointed, folder.stamp()), Reader(folder)
