"""Bytes to a local disk so that a reader, or a power cut, finds the old file or the new one and never a part.

What the bytes mean is not known here. The same few functions are what another store (object storage) has to offer.
"""

import hashlib
import os
from pathlib import Path
from typing import Final

TEMPORARY: Final = ".tmp"
"""Ending of files that are being written; one that is found outside a commit is left from a killed one."""


def write_atomically(path: Path, content: bytes) -> None:
    """Put the content at the path in one step: temporary file, fsync, rename, fsync of the folder; raises OSError."""
    make_folder(path.parent)
    temporary = path.with_name(path.name + TEMPORARY)
    with temporary.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Make the folder and its parents, durably."""
    if path.is_dir():
        return
    make_folder(path.parent)
    path.mkdir(exist_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Make the names in the folder durable."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
