"""The archive's lock: one process writes at a time; readers need none.

The lock is the operating system's and ends with its process, however that ends.
"""

import os
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.archive.files import explain
from schemas.errors import ArchiveLockedError

LOCK = "writer.lock"


def lock(root: Path) -> FileLock:
    """Hold the archive until `release()` or the end of the process; raises ArchiveLockedError at once if it is held."""
    path = root / LOCK
    held = FileLock(path, thread_local=False)
    try:
        held.acquire(blocking=False)
        path.write_text(f"{os.getpid()}\n")
    except Timeout as error:
        raise ArchiveLockedError(f"{path}: {_holder(path)} writes to this archive; wait until it has ended") from error
    except OSError as error:
        held.release()
        raise explain(error, path) from error
    return held


def _holder(path: Path) -> str:
    try:
        pid = path.read_text().strip()
    except OSError:
        pid = ""
    return f"process {pid}" if pid else "another process"
