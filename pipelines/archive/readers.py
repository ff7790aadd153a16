"""What `questarium import PATH…` reads: files, folders, and the web archives among them.

A file becomes one response whose address is `file:` and its name, inside the folder that was given; what it holds is
told from its content, and no file is too strange to be archived: to judge it is the parser's work.
"""

import mimetypes
import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from urllib.parse import quote_from_bytes

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

Imported = Fetched | FromWeb

_HEAD = 1024  # bytes looked at to tell what a file holds
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SIGNS = (  # how a content begins, blanks and byte order mark aside → media type
    (re.compile(rb"<!doctype html|<html|<head|<body", re.IGNORECASE), "text/html"),
    (re.compile(rb"<\?xml[^>]*\?>\s*(?:<!doctype html|<html)", re.IGNORECASE), "application/xhtml+xml"),
    (re.compile(rb"<\?xml"), "application/xml"),
    (re.compile(rb"[{\[]\s*[\"{\[\]}\d-]"), "application/json"),
    (re.compile(rb"%PDF-"), "application/pdf"),
    (re.compile(rb"PK\x03\x04"), "application/zip"),
    (re.compile(rb"\x1f\x8b"), "application/gzip"),
)


def read_paths(paths: Sequence[Path], now: datetime) -> Iterator[Imported]:
    """Everything in the given files and folders, in order; hidden files inside folders are left out.

    Nothing is raised for a path: what cannot be read comes as an UnreadablePath, and reading goes on.
    """
    taken: set[str] = set()
    for given in paths:
        for path, name in _files(given):
            if isinstance(path, UnreadablePath):
                yield path
                continue
            unique = name if name not in taken else f"{path.parent.resolve().name}/{name}"
            while unique in taken:
                unique = f"{unique}#{len(taken)}"
            taken.add(unique)
            yield from _read(path, unique, now)


def guess_media_type(body: bytes, name: str) -> str:
    """Media type of a file from its content, or else from its name."""
    head = body[:_HEAD]
    for mark in _BOMS:
        head = head.removeprefix(mark)
    head = head.lstrip()
    for sign, media_type in _SIGNS:
        if sign.match(head):
            return media_type
    guessed, _ = mimetypes.guess_type(name)
    if guessed is not None and guessed.startswith("text/"):
        return guessed
    return "application/octet-stream" if b"\0" in head else guessed or "text/plain"


def _files(given: Path) -> Iterator[tuple[Path | UnreadablePath, str]]:
    """Files to read with their names, in order."""
    if not given.is_dir():
        yield given, given.name
        return
    found = 0
    for path in _walk(given):
        found += 1
        yield path, "" if isinstance(path, UnreadablePath) else path.relative_to(given).as_posix()
    if not found:
        yield UnreadablePath(given, "the folder holds no file"), ""


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
        elif _holds_web_archive(path):
            yield from read_web_archive(path)
        elif is_wacz(path):
            yield from read_wacz(path)
        elif path.stat().st_size > MAX_PAYLOAD:
            yield UnreadablePath(path, f"is larger than {MAX_PAYLOAD >> 20} MiB")
        else:
            yield _file(path, name, now)
    except OSError as error:
        yield UnreadablePath(path, f"cannot be read ({error.strerror or error})")


def _holds_web_archive(path: Path) -> bool:
    with path.open("rb") as file:
        return is_web_archive(file.read(_HEAD))


def _file(path: Path, name: str, now: datetime) -> Fetched:
    body = path.read_bytes()
    return Fetched(
        source="import",
        url=f"file:{_readable(name)}",
        fetched_at=now,
        status=200,
        media_type=guess_media_type(body, path.name),
        body=body,
    )


def _readable(name: str) -> str:
    """The name as it is, unless it has bytes that are no text or would break a line: those are percent-encoded."""
    if name.isprintable():
        return name
    return quote_from_bytes(name.encode(errors="surrogateescape"), safe="!#$&'()*+,/:;=?@[]~ ")
