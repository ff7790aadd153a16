"""Zip and tar files given to an import: each document in them is a capture of its own, at an address that stays.

The address is that of the file, `!/`, and the document's name, or the question's own id where a file of a whole term is
cut into its questions; so the same question has one address in tonight's zip and in tomorrow's. What is no document is
counted, and what comes before some damage is kept. Bounds are those of `members`.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import chain
from pathlib import Path
from urllib.parse import quote

from pipelines.archive.media import guess_media_type
from pipelines.archive.members import Member, is_tar, is_zip, read_members
from pipelines.archive.payload import MAX_PAYLOAD
from pipelines.archive.splitting import MAX_QUESTION, holds_open_data, named_questions
from pipelines.archive.web_archives import SkippedRecords, UnreadablePath
from schemas.capture import MEMBER_MARK, Fetched
from schemas.errors import ParseError

_HEAD = 1 << 16  # bytes of a document looked at to tell what it holds
_DOCUMENTS = frozenset({"text/html", "application/xhtml+xml", "application/xml", "application/json", "text/plain"})
_SAFE = "!$&'()*+,/:;=?@[]~ "


@dataclass(frozen=True)
class Bundled:
    """A document of a zip or tar file; one that its address already shows as it is brings nothing new."""

    fetched: Fetched


def is_bundle(head: bytes) -> bool:
    """Whether a file that begins with these bytes (512 suffice) is a zip or tar file."""
    return is_zip(head) or is_tar(head)


def read_bundle(path: Path, url: str, now: datetime) -> Iterator[Bundled | UnreadablePath | SkippedRecords]:
    """The documents of a zip or tar file in its order, then what was wrong, and what was no document.

    Raises OSError where the file cannot be opened.
    """
    skipped: Counter[str] = Counter()
    try:
        for member in read_members(path):
            yield from _documents(member, path, url, now, skipped)
    except ParseError as damage:
        yield UnreadablePath(path, f"{damage.detail}; what came before is imported")
    if skipped:
        yield SkippedRecords(path, dict(skipped))


def is_list_file(path: Path) -> bool:
    """Whether a file is one of a whole term's questions, too large to be one document; raises OSError."""
    if path.stat().st_size <= MAX_QUESTION:
        return False
    with path.open("rb") as file:
        return holds_open_data(file.read(_HEAD))


def read_list_file(path: Path, url: str, now: datetime) -> Iterator[Bundled | UnreadablePath | SkippedRecords]:
    """The questions of a file of a whole term, as those of a zip; raises OSError."""
    skipped: Counter[str] = Counter()
    with path.open("rb") as file:
        yield from _documents(Member(path.name, path.stat().st_size, file), path, url, now, skipped)


def _documents(
    member: Member, path: Path, url: str, now: datetime, skipped: Counter[str]
) -> Iterator[Bundled | UnreadablePath]:
    if any(part == "__MACOSX" or (part.startswith(".") and part.strip(".")) for part in member.name.split("/")):
        skipped["hidden files"] += 1
        return
    head = _read(member, _HEAD)
    media_type = guess_media_type(head, member.name)
    if is_bundle(head):
        yield UnreadablePath(path, f"{member.name} is an archive within the archive, which is not opened")
    elif media_type not in _DOCUMENTS:
        skipped[media_type] += 1
    elif not holds_open_data(head) and member.size > MAX_PAYLOAD:
        yield UnreadablePath(path, f"{member.name} is larger than {MAX_PAYLOAD >> 20} MiB")
    else:
        try:
            for mark, body in _bodies(member, head):
                yield Bundled(_fetched(f"{url}{MEMBER_MARK}{quote(mark, safe=_SAFE)}", body, media_type, now))
        except ParseError as damage:
            if damage.reason == "damaged_archive":
                raise
            yield UnreadablePath(path, f"{member.name}: {damage.detail}")


def _bodies(member: Member, head: bytes) -> Iterator[tuple[str, bytes]]:
    """The document as it is, or the questions of a whole term with their own ids."""
    if not holds_open_data(head):
        yield member.name, head + _read(member, MAX_PAYLOAD)
        return
    yield from named_questions(_Continued(head, member), member.size, member.name)


def _read(member: Member, size: int) -> bytes:
    """So many bytes, or all there are."""
    pieces: list[bytes] = []
    while size > 0 and (piece := member.content.read(size)):
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


class _Continued(BytesIO):
    """A member whose first bytes were read already."""

    def __init__(self, head: bytes, member: Member) -> None:
        super().__init__(head)
        self._member = member

    def read(self, size: int | None = -1) -> bytes:
        """Some bytes, none at the end; all of them without a size."""
        found = super().read(size)
        if size is None or size < 0:
            return b"".join(chain([found], iter(lambda: self._member.content.read(_HEAD), b"")))
        return found or self._member.content.read(size)


def _fetched(url: str, body: bytes, media_type: str, now: datetime) -> Fetched:
    return Fetched(source="import", url=url, fetched_at=now, status=200, media_type=media_type, body=body)
