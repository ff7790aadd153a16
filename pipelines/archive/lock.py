"""The archive's lock: one process writes at a time; readers need none.

The lock is the operating system's and ends with its process, however that ends.
"""

import os
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.archive.files import explain
from schemas.errors import ArchiveLockedError

LOCK = "writer.lock"

_PATIENCE_S = 0.5  # longer than `is_held` takes


def lock(root: Path) -> FileLock:
    """Hold the archive until `release()` or the end of the process; raises ArchiveLockedError if it is held."""
    path = root / LOCK
    held = FileLock(path, thread_local=False)
    try:
        held.acquire(timeout=_PATIENCE_S)
        path.write_text(f"{os.getpid()}\n")
    except Timeout as error:
        raise ArchiveLockedError(f"{path}: {_holder(path)} writes to this archive; wait until it has ended") from error
    except OSError as error:
        held.release()
        raise explain(error, path) from error
    return held


def is_held(root: Path) -> bool:
    """Whether a process writes to the archive now."""
    path = root / LOCK
    if not path.exists() or not os.access(path, os.W_OK):
        return False
    probe = FileLock(path, thread_local=False)
    try:
        probe.acquire(blocking=False)
    except Timeout:
        return True
    probe.release()
    return False


def _holder(path: Path) -> str:
    try:
        pid = path.read_text().strip()
    except OSError:
        pid = ""
    return f"process {pid}" if pid else "another process"
