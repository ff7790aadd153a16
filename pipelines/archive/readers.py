"""What `questarium import PATH…` reads: files, folders, and the web archives among them.

A file becomes one response whose address is `file:` and its name, inside the folder that was given; what it holds is
told from its content, and no file is too strange to be archived: to judge it is the parser's work. Zip and tar files
are read document by document (`bundles`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import quote_from_bytes

from pipelines.archive.bundles import Bundled, is_bundle, is_list_file, read_bundle, read_list_file
from pipelines.archive.media import HEAD, guess_media_type
from pipelines.archive.payload import MAX_PAYLOAD
from pipelines.archive.wacz import is_wacz, read_wacz
from pipelines.archive.web_archives import (
    FromWeb,
    SkippedRecords,
    UnreadablePath,
    is_web_archive,
    read_web_archive,
)
from schemas.capture import Fetched

__all__ = ["Imported", "SkippedRecords", "UnreadablePath", "guess_media_type", "read_paths"]

Imported = Fetched | Bundled | FromWeb


def read_paths(paths: Sequence[Path], now: datetime) -> Iterator[Imported]:
    """Everything in the given files and folders, in order; hidden files inside folders are left out.

    Nothing is raised for a path: what cannot be read comes as an UnreadablePath, and reading goes on.
    """
    taken: set[str] = set()
    for given in paths:
        for found in _files(given):
            if isinstance(found, UnreadablePath):
                yield found
                continue
            path, name = found
            unique = name if name not in taken else f"{path.parent.resolve().name}/{name}"
            while unique in taken:
                unique = f"{unique}#{len(taken)}"
            taken.add(unique)
            yield from _read(path, unique, now)


def _files(given: Path) -> Iterator[tuple[Path, str] | UnreadablePath]:
    """Files to read with their names, in order."""
    if not given.is_dir():
        yield given, given.name
        return
    found = 0
    for path in _walk(given):
        found += 1
        yield path if isinstance(path, UnreadablePath) else (path, path.relative_to(given).as_posix())
    if not found:
        yield UnreadablePath(given, "the folder holds no file")


def _walk(folder: Path) -> Iterator[Path | UnreadablePath]:
    try:
        entries = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except OSError as error:
        yield UnreadablePath(folder, f"cannot be read ({error.strerror})")
        return
    for each in entries:
        if not each.is_dir():
            yield each
        elif each.is_symlink():  # it may lead round in a circle
            yield UnreadablePath(each, "is a link to a folder, which is not followed; name the folder itself")
        else:
            yield from _walk(each)


def _read(path: Path, name: str, now: datetime) -> Iterator[Imported]:
    try:
        if not path.exists():
            yield UnreadablePath(path, "no such file or folder")
        elif not path.is_file():
            yield UnreadablePath(path, "is no regular file")
        else:
            yield from _read_file(path, name, now)
    except OSError as error:
        yield UnreadablePath(path, f"cannot be read ({error.strerror or error})")


def _read_file(path: Path, name: str, now: datetime) -> Iterator[Imported]:
    if _holds_web_archive(path):
        yield from read_web_archive(path)
    elif is_wacz(path):
        yield from read_wacz(path)
    elif is_bundle(_head(path)):
        yield from read_bundle(path, _address(name), now)
    elif is_list_file(path):
        yield from read_list_file(path, _address(name), now)
    elif path.stat().st_size > MAX_PAYLOAD:
        yield UnreadablePath(path, f"is larger than {MAX_PAYLOAD >> 20} MiB")
    else:
        yield _file(path, name, now)


def _holds_web_archive(path: Path) -> bool:
    return is_web_archive(_head(path))


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def _file(path: Path, name: str, now: datetime) -> Fetched:
    body = path.read_bytes()
    return Fetched(
        source="import",
        url=_address(name),
        fetched_at=now,
        status=200,
        media_type=guess_media_type(body, path.name),
        body=body,
    )


def _address(name: str) -> str:
    return f"file:{_readable(name)}"


def _readable(name: str) -> str:
    """The name as it is, unless it has bytes that are no text or would break a line: those are percent-encoded."""
    if name.isprintable():
        return name
    return quote_from_bytes(name.encode(errors="surrogateescape"), safe="!#$&'()*+,/:;=?@[]~ ")
