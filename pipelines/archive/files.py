"""Files of the archive: appending bytes that stay, and cutting off what was never acknowledged.

WARC files lie in `warc/`, one for each run that saved anything. The ledger says how many bytes of each are
acknowledged; what lies beyond was being written when its process died, and only the file of a run that never ended can
have such a tail. Any other difference is damage, and nothing is removed that might be the only copy.
"""

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

from schemas.errors import ArchiveDamagedError, ArchiveError, ArchiveFullError

WARC_FOLDER = "warc"

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def make_folders(root: Path) -> None:
    """Create the archive's folders so that they survive a power cut."""
    try:
        missing = [each for each in (root, *root.parents) if not each.exists()]
        (root / WARC_FOLDER).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, root) from error
    for folder in {each.parent for each in missing} | {root}:
        sync_folder(folder)


def warc_name(source: str, run: int, now: datetime) -> str:
    """File name of a run: source, start in UTC, number of the run."""
    safe = "".join(each if each.isalnum() or each in "-_" else "-" for each in source)
    return f"{safe}-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{run:05d}.warc.gz"


def explain(error: OSError, path: Path) -> ArchiveError:
    """The archive's error for one of the operating system's."""
    if error.errno in _NO_ROOM:
        return ArchiveFullError(f"{path}: no room left on the disk; free some and run the command again")
    return ArchiveError(f"{path}: {error.strerror or error}; nothing more is written, check the disk and run it again")


def sync_folder(folder: Path) -> None:
    """Make the folder's entries durable: a new file is only there for good when its folder is synced.

    Raises ArchiveError.
    """
    try:
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise explain(error, folder) from error


class AppendedFile:
    """A file that only grows, by whole groups of records."""

    def __init__(self, path: Path) -> None:
        """Create the file; raises ArchiveError."""
        self.path = path
        self.size = 0
        try:
            self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise explain(error, path) from error
        sync_folder(path.parent)

    def append(self, data: bytes) -> None:
        """Write at the end and wait until the disk has it.

        Raises:
            ArchiveFullError: no room; nothing of `data` is left in the file.
            ArchiveError: the disk refused. After a failed sync nobody knows what is on the disk, so it is not tried
                again: the file is to be given up (https://wiki.postgresql.org/wiki/Fsync_Errors).
        """
        try:
            _write_all(self._descriptor, data, self.size)
            os.fsync(self._descriptor)
        except OSError as error:
            problem = explain(error, self.path)
            if isinstance(problem, ArchiveFullError):
                self.cut(self.size)
                problem = ArchiveFullError(f"{problem} ({len(data)} bytes were to be added to {self.size})")
            raise problem from error
        self.size += len(data)

    def cut(self, size: int) -> None:
        """Take back what lies beyond `size`; raises ArchiveError."""
        try:
            os.ftruncate(self._descriptor, size)
        except OSError as error:
            raise explain(error, self.path) from error
        self.size = size

    def close(self) -> None:
        """Close the descriptor; everything acknowledged is on the disk already."""
        os.close(self._descriptor)


def recover(root: Path, acknowledged: dict[str, int], interrupted: set[str]) -> None:
    """Bring the files of interrupted runs back to what is acknowledged (file name → bytes).

    Raises:
        ArchiveDamagedError: a file is missing, too short, too long or unknown; nothing was changed.
    """
    found = sizes(root)
    for name in sorted(acknowledged.keys() | found.keys()):
        allowed = name in interrupted
        _refuse_damage(root / WARC_FOLDER / name, found.get(name), acknowledged.get(name), may_have_tail=allowed)
    for name in interrupted & found.keys():
        _cut_tail(root / WARC_FOLDER / name, found[name], acknowledged.get(name, 0))


def sizes(root: Path) -> dict[str, int]:
    """Bytes of each entry of the folder of WARC files."""
    folder = root / WARC_FOLDER
    return {each.name: each.stat().st_size for each in folder.iterdir()} if folder.is_dir() else {}


def read_at(root: Path, name: str, offset: int, length: int) -> bytes:
    """Bytes of a WARC file; fewer than asked for where the file ends; raises ArchiveDamagedError if it is gone."""
    path = root / WARC_FOLDER / name
    try:
        with path.open("rb") as file:
            file.seek(offset)
            return file.read(length)
    except OSError as error:
        raise ArchiveDamagedError(f"{path}: cannot be read ({error.strerror}); restore it from a backup") from error


def _refuse_damage(path: Path, size: int | None, acknowledged: int | None, *, may_have_tail: bool) -> None:
    if size is None:
        raise ArchiveDamagedError(f"{path}: is missing from byte 0; restore it from a backup")
    if acknowledged is None:
        if not may_have_tail:
            raise ArchiveDamagedError(f"{path}: is unknown to the ledger; move it away, and import it if it is wanted")
    elif size < acknowledged:
        raise ArchiveDamagedError(f"{path}: ends at byte {size}, not {acknowledged}; restore it from a backup")
    elif size > acknowledged and not may_have_tail:
        raise ArchiveDamagedError(f"{path}: has bytes beyond byte {acknowledged}; restore it from a backup")


def _cut_tail(path: Path, size: int, acknowledged: int) -> None:
    try:
        if acknowledged == 0:
            path.unlink()
            sync_folder(path.parent)
        elif size > acknowledged:
            _truncate(path, acknowledged)
    except OSError as error:
        raise explain(error, path) from error


def _truncate(path: Path, size: int) -> None:
    descriptor = os.open(path, os.O_WRONLY)
    try:
        os.ftruncate(descriptor, size)
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes, offset: int) -> None:
    rest = memoryview(data)
    while rest:
        written = os.pwrite(descriptor, rest, offset)
        rest, offset = rest[written:], offset + written
