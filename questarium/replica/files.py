"""Files that a site serves beside its pages: zips, weekly archives, their checksums, and the listing of a folder.

Only what each address answers when nothing is wrong; parts, conditions and faults are the handler's.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

_MIDNIGHT = datetime(2026, 8, 19, 1, 11, tzinfo=UTC)


@dataclass(frozen=True)
class ServedFile:
    """A file with the day it was made."""

    body: bytes
    media_type: str = "application/octet-stream"
    made: datetime = _MIDNIGHT


def served(files: Mapping[str, ServedFile], path: str) -> ServedFile | None:
    """The file at that path: one of `files`, the checksum of one (`.md5`), or the listing of a folder that holds some.

    A listing is as Apache writes it (`mod_autoindex`): a heading, the folder above, and a line for each entry.
    """
    if path in files:
        return files[path]
    whole = path.removesuffix(".md5")
    if whole != path and whole in files:
        name = whole.rpartition("/")[2]
        digest = hashlib.md5(files[whole].body, usedforsecurity=False).hexdigest()
        return ServedFile(f"{digest}  {name}\n".encode(), "text/plain", files[whole].made)
    if path.endswith("/"):
        entries = {name.removeprefix(path).partition("/") for name in files if name.startswith(path)}
        if entries:
            return ServedFile(_listing(path, sorted(first + slash for first, slash, _ in entries)), "text/html")
    return None


def _listing(path: str, entries: list[str]) -> bytes:
    title = f"Index of {escape(path.rstrip('/') or '/')}"
    lines = "\n".join(f'<a href="{escape(name)}">{escape(name)}</a>  2026-03-10 08:12  1.2M' for name in entries)
    page = (
        '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n'
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><pre>"
        f'<a href="../">Parent Directory</a>\n{lines}\n</pre><hr></body></html>\n'
    )
    return page.encode()
