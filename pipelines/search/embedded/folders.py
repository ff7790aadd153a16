"""The folders of the embedded index: one for each version, a pointer to the live one, and the life of both.

`v-000007/` holds an index and, once it is complete, `state.json`; the file `CURRENT` names the live version and is
replaced in one step. A folder without `state.json` is what a killed rebuild left, and is removed by the next one.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

import orjson
from filelock import FileLock, Timeout

from pipelines.search.files import write_whole
from schemas.errors import SearchError

_LOCK_S: Final = 30.0  # an increment takes seconds; a rebuild is worth saying so

Stamp = tuple[int, int]
"""Of a file: another one once it is replaced. Every search looks at two."""


@dataclass(frozen=True)
class FolderState:
    """What a complete index says of itself."""

    data_version: str
    documents: int
    shape: int
    content: str = ""


@dataclass(frozen=True)
class IndexFolder:
    """The folder of one version."""

    path: Path

    @property
    def tantivy(self) -> Path:
        """The folder of the tantivy index."""
        return self.path / "tantivy"

    @property
    def figures(self) -> Path:
        """The SQLite table of figures."""
        return self.path / "figures.sqlite"

    def state(self) -> FolderState | None:
        """What it says of itself, None while it is not complete, and where that is damaged."""
        try:
            return FolderState(**orjson.loads(self._state_file.read_bytes()))
        except (FileNotFoundError, NotADirectoryError, orjson.JSONDecodeError, TypeError):
            return None

    def write_state(self, state: FolderState) -> None:
        """Say in one step, for good, what the index holds now."""
        write_whole(self._state_file, orjson.dumps(asdict(state)))

    def stamp(self) -> Stamp:
        """Changes whenever the index was written."""
        return _stamp(self._state_file)

    @cached_property
    def _state_file(self) -> Path:
        return self.path / "state.json"


@dataclass(frozen=True)
class IndexRoot:
    """The folder of all versions."""

    path: Path

    def stamp(self) -> Stamp:
        """Changes whenever another version becomes the live one."""
        return _stamp(self._pointer)

    def live(self) -> IndexFolder | None:
        """The live version, None before the first build, and where the pointer is damaged."""
        try:
            folder = IndexFolder(self.path / self._pointer.read_text(encoding="ascii").strip())
        except (FileNotFoundError, UnicodeDecodeError):
            return None
        return folder if folder.path.parent == self.path and folder.path.is_dir() else None

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the only right to write; raises SearchError when another process keeps it, OSError of the disk."""
        self.path.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.path / "write.lock", timeout=_LOCK_S):
                yield
        except Timeout as error:
            raise SearchError(f"another process is writing the index in {self.path}; wait for it to end") from error

    def create(self) -> IndexFolder:
        """A new version's folder; what killed rebuilds left behind is removed first."""
        self.remove_incomplete()
        numbers = [int(folder.path.name.removeprefix("v-")) for folder in self.versions()]
        folder = IndexFolder(self.path / f"v-{max(numbers, default=0) + 1:06}")
        folder.tantivy.mkdir(parents=True)
        return folder

    def publish(self, folder: IndexFolder) -> None:
        """Make a complete version the live one in one step; the one before is kept, older ones are removed."""
        before = self.live()
        self.point_to(folder)
        kept = {folder, before}
        for old in self.versions():
            if old not in kept:
                shutil.rmtree(old.path)

    def point_to(self, folder: IndexFolder) -> None:
        """Make a complete version the live one, and leave all others as they are."""
        write_whole(self._pointer, folder.path.name.encode())

    def remove_incomplete(self) -> list[str]:
        """Remove what killed rebuilds left; only the holder of the right to write may."""
        left = [folder.path for folder in self.versions() if folder.state() is None]
        for path in left:
            shutil.rmtree(path)
        return [path.name for path in left]

    def versions(self) -> list[IndexFolder]:
        """All folders of versions, oldest first."""
        return [IndexFolder(path) for path in sorted(self.path.glob("v-*")) if path.is_dir()]

    @cached_property
    def _pointer(self) -> Path:
        return self.path / "CURRENT"


def _stamp(file: Path) -> Stamp:
    try:
        stat = file.stat()
    except (FileNotFoundError, NotADirectoryError):
        return (0, 0)
    return (stat.st_ino, stat.st_mtime_ns)
