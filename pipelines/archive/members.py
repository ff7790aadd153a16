"""Members of zip and tar files, one by one and with bounds, never onto the disk.

Names are labels and no paths: nothing is extracted. What a member declares is checked before it is read (number of
members, size, expansion), and what it holds against its checksum while it is read. What a member holds is not looked
at: an archive within an archive is a member like any other.
"""

import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from schemas.errors import ParseError

_MIB = 1 << 20
_LOOK = 64 * _MIB  # of one member, when only looking
_LOCAL_HEAD = struct.Struct("<4sHHHHHIIIHH")
_DESCRIPTOR = 32  # bytes that may stand between two members
_GZIP = b"\x1f\x8b"
_TAR_MARK, _TAR_MARK_AT = b"ustar", 257
_DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError)


@dataclass(frozen=True)
class Limits:
    """What an official file of questions never comes near; a file beyond any of them is refused.

    Attributes:
        members: files in one archive.
        member_size: bytes of one member, unpacked.
        total_size: bytes of all members, unpacked.
        expansion: how many times larger than packed a member may be; texts come to some twenty.
    """

    members: int = 300_000
    member_size: int = 2048 * _MIB
    total_size: int = 4096 * _MIB
    expansion: int = 200


LIMITS: Final = Limits()


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name, its unpacked size in bytes, and its content, to be read before the next."""

    name: str
    size: int
    content: BinaryIO


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with these bytes is a zip file with something in it."""
    return head.startswith(b"PK\x03\x04")


def is_tar(head: bytes) -> bool:
    """Whether a file that begins with these bytes (512 suffice) is a tar file, gzipped or not."""
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 512)
        except zlib.error:
            return False
    return head[_TAR_MARK_AT : _TAR_MARK_AT + len(_TAR_MARK)] == _TAR_MARK


def read_members(path: Path, limits: Limits = LIMITS) -> Iterator[Member]:
    """The files in a zip or tar file, in its order.

    Raises:
        ParseError: `unknown_format`, `damaged_archive`, `encrypted`, `too_many_members`, `too_big`; what came before
            has been handed out.
        OSError: the file cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(512)
        file.seek(0)
        if is_zip(head):
            yield from _zip_members(file, limits)
        elif is_tar(head):
            yield from _tar_members(file, limits, compressed=head.startswith(_GZIP))
        else:
            raise ParseError("unknown_format", f"{path.name} is neither a zip nor a tar file")


def first_members(start: bytes, limits: Limits = LIMITS) -> Iterator[Member]:
    """The files in the first bytes of a zip file, as far as they are there; one that is cut off comes in part.

    Read from the heads before the files (APPNOTE 4.3.7), since the directory is at the end: enough for a look at a
    large file, and no proof of anything. Raises ParseError (`unknown_format`) where no zip file begins.
    """
    if not is_zip(start):
        raise ParseError("unknown_format", "no zip file begins here")
    place = 0
    while is_zip(start[place : place + 4]) and place + _LOCAL_HEAD.size <= len(start):
        _, _, _, method, _, _, _, packed, size, name_size, extra_size = _LOCAL_HEAD.unpack_from(start, place)
        name_at = place + _LOCAL_HEAD.size
        body_at = name_at + name_size + extra_size
        name = start[name_at : name_at + name_size].decode(errors="replace")
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            stored = start[body_at : body_at + packed]
            body = stored if method == 0 else inflater.decompress(start[body_at:], min(limits.member_size, _LOOK))
        except zlib.error as error:
            raise ParseError("damaged_archive", f"{name} cannot be inflated ({error})") from error
        yield Member(name, size or len(body), io.BytesIO(body))
        if method != 0 and not inflater.eof:
            return
        place = body_at + (packed if method == 0 else len(start) - body_at - len(inflater.unused_data))
        if not is_zip(start[place : place + 4]):  # sizes may stand behind the file
            place = start.find(b"PK\x03\x04", place, place + _DESCRIPTOR)
            if place < 0:
                return


def _zip_members(file: BinaryIO, limits: Limits) -> Iterator[Member]:
    with _explained(), zipfile.ZipFile(file) as archive:
        entries = [entry for entry in archive.infolist() if not entry.is_dir()]
        _check_zip(entries, limits)
        for entry in entries:
            with archive.open(entry) as content:
                # zipfile reads no more than the size declared, and compares the checksum at its end.
                yield Member(entry.filename, entry.file_size, _Explained(content))  # type: ignore[arg-type]


def _check_zip(entries: list[zipfile.ZipInfo], limits: Limits) -> None:
    if len(entries) > limits.members:
        raise ParseError("too_many_members", f"{len(entries)} files, more than {limits.members}")
    total = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise ParseError("encrypted", f"{entry.filename} is encrypted")
        total += entry.file_size
        expands = entry.file_size > max(_MIB, limits.expansion * entry.compress_size)
        if expands or entry.file_size > limits.member_size or total > limits.total_size:
            raise ParseError("too_big", f"{entry.filename} would unpack to {entry.file_size} bytes ({total} so far)")


def _tar_members(file: BinaryIO, limits: Limits, *, compressed: bool) -> Iterator[Member]:
    unpacked: BinaryIO = gzip.GzipFile(fileobj=file) if compressed else file  # type: ignore[assignment]
    packed_size = file.seek(0, io.SEEK_END)
    file.seek(0)
    allowed = min(limits.total_size, max(_MIB, limits.expansion * packed_size)) if compressed else limits.total_size
    bounded = _Bounded(unpacked, allowed)
    count = 0
    with _explained(), tarfile.open(fileobj=bounded, mode="r|") as archive:
        for entry in archive:
            count += 1
            if count > limits.members:
                raise ParseError("too_many_members", f"more than {limits.members} files")
            if entry.size > limits.member_size:
                raise ParseError("too_big", f"{entry.name} would unpack to {entry.size} bytes")
            content = archive.extractfile(entry) if entry.isreg() else None
            if content is not None:
                yield Member(entry.name, entry.size, _Explained(content))  # type: ignore[arg-type]
        bounded.finish()


class _Bounded(io.RawIOBase):
    """The stream of a tar file; it ends in an error where it is longer than allowed, or not closed by a blank block."""

    def __init__(self, stream: BinaryIO, allowed: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = allowed
        self._tail = b""

    def finish(self) -> None:
        """Read to the end: tarfile takes a file that was cut between two members for a whole one."""
        while self.read(_MIB):
            pass
        if self._tail != bytes(tarfile.BLOCKSIZE):
            raise EOFError("it has no end")

    def read(self, size: int = -1) -> bytes:
        """Some bytes, none at the end."""
        found = self._stream.read(size if size >= 0 else self._left + 1)
        self._left -= len(found)
        self._tail = (self._tail + found)[-tarfile.BLOCKSIZE :]
        if self._left < 0:
            raise ParseError("too_big", "the archive unpacks to more than it may")
        return found


class _Explained(io.RawIOBase):
    """A member's content; its damage is a ParseError."""

    def __init__(self, stream: BinaryIO) -> None:
        super().__init__()
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Some bytes, none at the end; all of them without a size."""
        with _explained():
            return self._stream.read(size)


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise ParseError("damaged_archive", f"the archive is damaged ({error})") from error
