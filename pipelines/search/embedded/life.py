"""The embedded index as a whole: its versions, going back, copies of the folder, and what is left over."""

import shutil
from pathlib import Path

from pipelines.search.backend import NOTHING_INDEXED
from pipelines.search.documents import SHAPE
from pipelines.search.embedded.folders import FolderState, IndexFolder, IndexRoot
from pipelines.search.life import IndexVersion, copy_name, next_number
from schemas.errors import NoDatasetError, SearchError

_DRAFT = ".part"  # ending of a copy that is being made


class EmbeddedLife:
    """IndexLife over the folder `root`."""

    def __init__(self, root: Path) -> None:
        self._root = IndexRoot(root)

    def versions(self) -> list[IndexVersion]:
        """All folders, oldest first."""
        live = self._root.live()
        return [_version(folder, live=folder == live) for folder in self._root.versions()]

    def switch(self, index: str) -> None:
        """Point to another complete folder."""
        with self._root.writing():
            folder = IndexFolder(self._root.path / index)
            if folder not in self._root.versions() or not _version(folder, live=False).readable:
                raise SearchError(f"there is no complete index '{index}' in {self._root.path}")
            self._root.point_to(folder)

    def clean(self) -> list[str]:
        """Remove folders without a state; nobody writes them while the lock is held."""
        with self._root.writing():
            return self._root.remove_incomplete()

    def drop(self, index: str) -> None:
        """Remove its folder."""
        with self._root.writing():
            folder = IndexFolder(self._root.path / index)
            if folder == self._root.live():
                raise SearchError(f"'{index}' is the live index of {self._root.path}")
            if folder in self._root.versions():
                shutil.rmtree(folder.path)

    def snapshot(self, place: str) -> str:
        """Copy the live folder; it is there whole or, killed midway, under a name that is no copy's."""
        with self._root.writing():
            folder = self._root.live()
            state = folder.state() if folder else None
            if folder is None or state is None:
                raise NoDatasetError(NOTHING_INDEXED)
            name = copy_name(next_number(self.snapshots(place)), state.data_version, folder.path.name)
            _copy(folder.path, Path(place) / name)
        return name

    def snapshots(self, place: str) -> list[str]:
        """Folders of the place that hold a complete index."""
        found = sorted(Path(place).glob("[0-9]*-v*"))
        return [path.name for path in found if path.suffix != _DRAFT and IndexFolder(path).state() is not None]

    def restore(self, place: str, name: str) -> str:
        """Copy it beside the live folder, then point to it."""
        with self._root.writing():
            copy = IndexFolder(Path(place) / name)
            if not _version(copy, live=False).readable:
                raise SearchError(f"{copy.path} is of another shape than this Questarium reads: build the index again")
            folder = self._root.create()
            state = copy.state()
            assert state is not None
            shutil.copytree(copy.tantivy, folder.tantivy, dirs_exist_ok=True)
            shutil.copy2(copy.figures, folder.figures)
            folder.write_state(state)
            self._root.publish(folder)
        return folder.path.name


def _version(folder: IndexFolder, *, live: bool) -> IndexVersion:
    state = folder.state()
    known = state or FolderState("", 0, 0)
    readable = state is not None and state.shape == SHAPE
    return IndexVersion(
        folder.path.name, state.data_version if state else None, known.content, known.documents, live, readable
    )


def _copy(source: Path, target: Path) -> None:
    draft = target.with_name(target.name + _DRAFT)
    shutil.rmtree(draft, ignore_errors=True)
    try:
        shutil.copytree(source, draft)
        draft.replace(target)
    except OSError as error:
        raise SearchError(f"cannot copy the index to {target}: {error.strerror or error}") from error
