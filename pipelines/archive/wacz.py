"""WACZ files made by others: the WARC files inside, each read whole and compared with its declared digest.

A WACZ is a zip file with WARC files in `archive/` and a `datapackage.json` that lists them with their digests
(https://specs.webrecorder.net/wacz/1.1.1/). Its index and its list of pages say nothing that the WARC files do not, and
are not needed. Files in the wild put the WARC files elsewhere, leave the list out, or hold other WACZ files.
"""

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipelines.archive.inflated import Stream
from pipelines.archive.members import Limits, Member, is_zip, read_members
from pipelines.archive.web_archives import FromWeb, UnreadablePath, read_stream
from schemas.errors import ParseError

_PACKAGE = "datapackage.json"
_MAX_PACKAGE = 64 << 20  # bytes of a list of files
_WARC = (".warc", ".warc.gz")
_WACZ = ".wacz"
_LIMITS = Limits(member_size=1 << 40, total_size=1 << 42)  # a crawl may be large: WARC files are read as streams
_CHUNK = 1 << 20


def is_wacz(path: Path) -> bool:
    """Whether the file is a zip file that holds WARC or WACZ files; raises OSError."""
    with path.open("rb") as file:
        if not is_zip(file.read(4)):
            return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(_is_warc(name) or name.lower().endswith(_WACZ) for name in archive.namelist())
    except zipfile.BadZipFile:
        return path.suffix.lower() == _WACZ  # to be read, and found damaged


def read_wacz(path: Path, name: Path | None = None) -> Iterator[FromWeb]:
    """What the WARC files inside hold, file by file, then what is wrong with the package; raises OSError.

    `name` is what the file is called for people, where `path` is a copy of it.
    """
    name = name or path
    met: set[str] = set()
    try:
        declared = _declared(path)
        for member in read_members(path, _LIMITS):
            inside = name / member.name
            if _is_warc(member.name):
                met.add(member.name)
                yield from _read_warc(inside, member, declared.get(member.name))
            elif member.name.lower().endswith(_WACZ):
                yield from _read_inner(inside, member)
    except ParseError as damage:
        yield UnreadablePath(name, damage.detail)
        return
    for missing in sorted(declared.keys() - met):
        if _is_warc(missing):
            yield UnreadablePath(name / missing, "is listed in the package and is not in it")


def _is_warc(name: str) -> bool:
    return name.lower().endswith(_WARC)


def _read_warc(name: Path, member: Member, digest: str | None) -> Iterator[FromWeb]:
    content = _Hashed(member.content)
    yield from read_stream(name, content)
    while content.read(_CHUNK):
        pass
    if digest is not None and content.digest != digest.lower():
        yield UnreadablePath(name, f"is not the file that the package lists (sha256 {content.digest}, not {digest})")


def _read_inner(name: Path, member: Member) -> Iterator[FromWeb]:
    """A WACZ in a WACZ is read from a copy: a zip file is read from its end."""
    with tempfile.NamedTemporaryFile(prefix="questarium-") as copy:
        shutil.copyfileobj(member.content, copy)
        copy.flush()
        yield from read_wacz(Path(copy.name), name)


def _declared(path: Path) -> dict[str, str]:
    """Sha256 by file, as the package lists them; empty where it does not."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PACKAGE) as file:
            package: Any = json.loads(file.read(_MAX_PACKAGE))
        resources: list[dict[str, Any]] = package["resources"]
        found = {str(each["path"]): _sha256(each) for each in resources}
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile, RuntimeError):
        return {}
    return {name: digest for name, digest in found.items() if digest}


def _sha256(resource: dict[str, Any]) -> str | None:
    """Version 1.0 put the digest below `stats`, and some write it without the name of its kind."""
    digest = str(resource.get("hash") or resource.get("stats", {}).get("hash") or "")
    kind, _, value = digest.rpartition(":")
    return value.lower() if kind.lower() in {"", "sha256"} and len(value) == hashlib.sha256().digest_size * 2 else None


class _Hashed:
    """A stream that knows the sha256 of what was read of it."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._hash = hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes, none at the end."""
        content = self._stream.read(size)
        self._hash.update(content)
        return content

    @property
    def digest(self) -> str:
        """Of what was read so far, hexadecimal."""
        return self._hash.hexdigest()
