"""Large files, piece by piece: a download that breaks goes on where it broke, in this run or in the next.

Each piece is a request of its own (RFC 9110 §14), so that politeness, size limits and retries are those of every other
request. What came is kept beside the archive with the validators of the file it is of; a file that changed meanwhile
is begun anew. Whether the whole is sound, its reader says.
"""

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from enum import Enum, auto
from pathlib import Path
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from pipelines.archive import files
from schemas.capture import BulkFile
from spiders.conditional import conditions
from spiders.integrity import reason_flagged

FOLDER: Final = "downloads"
"""Beside the archive's files; holds only what is not read yet."""

_PIECE = 4 << 20  # bytes
_LARGEST = 512 << 20  # bytes, from a server that knows no pieces
_PIECE_TIMEOUT_S = 120
_ANEW = 3  # times that a download is begun
_RANGE = re.compile(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)")


class Unchanged(Enum):
    """The site says that the file is still the one that was read."""

    UNCHANGED = auto()


class DownloadError(Exception):
    """A file that did not come; its text is the reason: `missing`, `http_503`, `truncated`, `unstable`, …."""


@dataclass(frozen=True)
class Downloaded:
    """A whole file, still to be read; `discard` it afterwards."""

    path: Path
    etag: str | None
    last_modified: str | None
    size: int
    sha256: str

    def discard(self) -> None:
        """Remove it: what it held is in the archive."""
        self.path.unlink(missing_ok=True)
        _state_path(self.path).unlink(missing_ok=True)


@dataclass
class _Part:
    """What has come of a file, and of which state of it."""

    etag: str | None = None
    last_modified: str | None = None
    total: int | None = None

    @property
    def condition(self) -> str | None:
        """What makes a range count only for the same state of the file: a strong validator (RFC 9110 §13.1.5)."""
        return self.etag if self.etag and not self.etag.startswith("W/") else self.last_modified


class Download:
    """Fetches one file for a spider.

    Args:
        crawler: whose engine asks.
        folder: of the archive.
        url: of the file.
    """

    def __init__(self, crawler: Crawler, folder: Path, url: str) -> None:
        self._crawler = crawler
        self._url = url
        self._path = folder / FOLDER / f"{hashlib.sha256(url.encode()).hexdigest()[:20]}.part"
        self._anew = 0

    async def fetch(self, known: BulkFile | None) -> Downloaded | Unchanged:
        """The whole file, or that it is still as known.

        Raises:
            DownloadError: the site does not give it.
            ArchiveError: there is no room for it.
        """
        self._prepare()
        while True:
            response = await self._ask(known)
            if response.status == 304:
                return Unchanged.UNCHANGED
            if self._take(response):
                return self._done()

    async def _ask(self, known: BulkFile | None) -> Response:
        part, have = self._part(), self._have()
        headers = {"Accept-Encoding": "identity", "Range": f"bytes={have}-{have + _PIECE - 1}"}
        if have and part.condition:
            headers["If-Range"] = part.condition
        elif known is not None:
            headers |= conditions(known.etag, known.last_modified)
        request = Request(
            self._url,
            headers=headers,
            meta={"download_maxsize": _LARGEST, "download_timeout": _PIECE_TIMEOUT_S},
        )
        assert self._crawler.engine is not None
        response = await self._crawler.engine.download_async(request)
        if reason := reason_flagged(response):
            raise DownloadError(reason)
        return response

    def _take(self, response: Response) -> bool:
        """Keep what a response brings; whether the file is whole now."""
        if response.status == 206:
            return self._take_piece(response)
        if response.status == 200:
            self._keep(response, len(response.body), start=0)
            return True
        if response.status == 416:
            total = _range_of(response)[2]
            if self._have() and total == self._have():
                return True  # nothing is left to ask for
            self._begin_anew()
            return False
        raise DownloadError("missing" if response.status in {404, 410} else f"http_{response.status}")

    def _take_piece(self, response: Response) -> bool:
        first, last, total = _range_of(response)
        sound = total is not None and last is not None and 0 < len(response.body) == last - (first or 0) + 1
        if not sound or first != self._have() or not self._is_same(response):
            self._begin_anew()
            return False
        self._keep(response, total, start=first)
        return self._have() == total

    def _is_same(self, response: Response) -> bool:
        """Whether a piece is of the state of the file that the others are of."""
        part = self._part()
        return not self._have() or (_header(response, "ETag"), _header(response, "Last-Modified")) == (
            part.etag,
            part.last_modified,
        )

    def _keep(self, response: Response, total: int | None, *, start: int) -> None:
        part = _Part(_header(response, "ETag"), _header(response, "Last-Modified"), total)
        try:
            with self._path.open("r+b" if start else "wb") as file:
                if not start:
                    _state_path(self._path).write_text(json.dumps(asdict(part)), "utf-8")
                file.seek(start)
                file.write(response.body)
        except OSError as error:
            raise files.explain(error, self._path) from error

    def _prepare(self) -> None:
        """A part without validators cannot be gone on with."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise files.explain(error, self._path) from error
        if self._have() and not self._part().condition:
            self._path.unlink()

    def _begin_anew(self) -> None:
        self._anew += 1
        if self._anew == _ANEW:
            raise DownloadError("unstable")
        self._path.unlink(missing_ok=True)

    def _have(self) -> int:
        return self._path.stat().st_size if self._path.exists() else 0

    def _part(self) -> _Part:
        try:
            return _Part(**json.loads(_state_path(self._path).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return _Part()

    def _done(self) -> Downloaded:
        part = self._part()
        with self._path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Downloaded(self._path, part.etag, part.last_modified, self._have(), digest)


def _state_path(path: Path) -> Path:
    return path.with_suffix(".json")


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def _range_of(response: Response) -> tuple[int | None, int | None, int | None]:
    """First and last byte of a piece and the size of the file, as far as Content-Range says them."""
    found = _RANGE.fullmatch(_header(response, "Content-Range") or "")
    if found is None:
        return None, None, None
    first, last, total = (int(each) if each and each.isdigit() else None for each in found.groups())
    return first, last, total
