"""The content of a foreign file, compressed or not, read strictly and with bounds.

zlib and gzip readers pass over some cuts without a word; here each one is noted.
"""

import zlib
from typing import Protocol

from pipelines.archive.payload import MAX_PAYLOAD

_CHUNK = 1 << 16  # bytes read at a time
_BOMB = 200  # a gzip member that expands more than so many times, and beyond MAX_PAYLOAD, is a bomb


class Stream(Protocol):
    """Whatever can be read from its beginning to its end."""

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes, none at the end."""
        ...


class Source:
    """An uncompressed file.

    `damage` says what is wrong, once met, and reading ends there; `whole_until` is the number of bytes of content that
    are known to have come through whole.
    """

    def __init__(self, file: Stream) -> None:
        self.damage: str | None = None
        self.whole_until = 1 << 62
        self._file = file
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        """Some bytes, none at the end."""
        content = self._file.read(size)
        self._given += len(content)
        return content

    def tell(self) -> int:
        """Bytes of content given out."""
        return self._given

    def seek(self, offset: int, whence: int = 0) -> int:
        """Refused: the content is read once, from beginning to end."""
        raise OSError(f"cannot go to {offset} from {whence}")

    def close(self) -> None:
        """The file is closed by whoever opened it."""


class Inflated(Source):
    """The content of gzip members; whole are those read to their end, checksum included."""

    def __init__(self, file: Stream) -> None:
        super().__init__(file)
        self.whole_until = 0
        self._member: zlib._Decompress | None = None
        self._taken = 0  # compressed bytes of this member
        self._input = b""

    def read(self, size: int = -1) -> bytes:
        """Some bytes, none at the end or where the damage begins."""
        size = size if size > 0 else _CHUNK
        content = b""
        while not content and self.damage is None:
            if not self._input:
                self._input = self._file.read(_CHUNK)
            at_end = not self._input
            content = self._inflate(size)  # at the end of the file too: zlib may hold some content back
            if at_end and not content:
                self.damage = self.damage or ("the file ends within a record" if self._member else None)
                break
        self._given += len(content)
        return content

    def _inflate(self, size: int) -> bytes:
        if self._member is None:
            self._input = self._input.lstrip(b"\0")  # padding between members
            if not self._input:
                return b""
            self._member, self._taken = zlib.decompressobj(wbits=31), 0
        before = len(self._input)
        try:
            content = self._member.decompress(self._input, size)
        except zlib.error as error:
            self.damage = f"the compressed data are damaged ({error})"
            return b""
        self._input = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        self._taken += before - len(self._input)
        produced = self._given + len(content) - self.whole_until
        if produced > max(MAX_PAYLOAD, _BOMB * self._taken):
            self.damage = f"a record expands more than {_BOMB} times"
        if self._member.eof:
            self._member = None
            self.whole_until = self._given + len(content)
        return content
