"""The archive as one WACZ file, which replay tools open as it is (pywb, ReplayWeb.page).

It holds the WARC files byte for byte, as far as they are acknowledged at that moment, an index of their records, and
the pages that show questions; what a WACZ is made of: https://specs.webrecorder.net/wacz/1.1.1/. Writers need not
stop.
"""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from pipelines.archive import files
from pipelines.archive.cdxj import BLOCK_INDEX, INDEX, REVISIT, Place, index, line
from pipelines.archive.ledger import Ledger, moment
from pipelines.archive.warc import Kind
from schemas.errors import ArchiveDamagedError, ArchiveError

_VERSION = "1.1.1"
_CHUNK = 1 << 20
_PARTIAL = ".partial"

_RECORDS = """
    SELECT r.warc_file, r.offset, r.length, r.kind, v.fetched_at, v.status, v.media_type, c.url, c.digest, p.kind
    FROM visits AS v JOIN records AS r ON r.record = v.record
    JOIN captures AS c ON c.capture_id = v.capture_id JOIN records AS p ON p.record = c.record
"""
_PAGES = """
    SELECT c.url, v.fetched_at, min(s.parliament || '-' || s.term || '-' || s.type || '-' || s.number), count(*)
    FROM addresses AS a JOIN captures AS c ON c.capture_id = a.capture_id
    JOIN visits AS v ON v.record = c.record JOIN records AS r ON r.record = c.record
    JOIN shown AS s ON s.capture_id = c.capture_id
    WHERE c.status = 200 AND r.kind = 'response' GROUP BY c.capture_id ORDER BY c.url
"""
_WITH_PAYLOAD = (Kind.RESPONSE, Kind.RESOURCE)


@dataclass(frozen=True)
class ExportReport:
    """What a WACZ file holds, and its size in bytes."""

    path: Path
    warc_files: int
    records: int
    pages: int
    bytes: int


@dataclass
class _Package:
    """A WACZ file being written, and what it lists."""

    archive: zipfile.ZipFile
    now: datetime
    resources: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def add(self, path: str, content: bytes) -> None:
        """A member of known content."""
        with self.member(path) as write:
            write(content)

    @contextmanager
    def member(self, path: str) -> Iterator[Callable[[bytes], None]]:
        """A member that is written piece by piece, uncompressed: readers take records out of it by their offset."""
        digest, size = hashlib.sha256(), 0
        entry = zipfile.ZipInfo(path, self.now.astimezone(UTC).timetuple()[:6])

        with self.archive.open(entry, "w", force_zip64=True) as file:

            def write(content: bytes) -> None:
                nonlocal size
                file.write(content)
                digest.update(content)
                size += len(content)

            yield write
        name = Path(path).name.lower()  # as data packages want names
        said = {"name": name, "path": path, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}
        self.resources.append(said)


def export_wacz(
    root: Path, path: Path, *, title: str, now: datetime, on_progress: Callable[[int, int], None] | None = None
) -> ExportReport:
    """Write the archive below `root` to a new file; `on_progress` is told bytes done and bytes in all.

    Raises:
        ArchiveError: there is such a file already, or it cannot be written; no part of it is left then.
        ArchiveDamagedError: the archive's files are not what the ledger says.
    """
    if path.exists():
        raise ArchiveError(f"{path}: is there already; name another file, or move it away")
    partial = path.with_name(path.name + _PARTIAL)
    ledger = Ledger.open_reading(root)
    try:
        with partial.open("wb") as file:
            report = _write(file, root, ledger, title=title, now=now, on_progress=on_progress)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
    except OSError as error:
        raise files.explain(error, path) from error
    finally:
        ledger.close()
        partial.unlink(missing_ok=True)
    return ExportReport(path, *report, path.stat().st_size)


def _write(
    file: BinaryIO,
    root: Path,
    ledger: Ledger,
    *,
    title: str,
    now: datetime,
    on_progress: Callable[[int, int], None] | None,
) -> tuple[int, int, int]:
    sizes: dict[str, int] = dict(ledger.rows("SELECT name, size FROM warc_files ORDER BY name"))
    lines = [line(place) for place in _places(ledger, sizes)]
    pages = list(_pages(ledger))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        package = _Package(archive, now)
        _add_warc_files(package, root, sizes, on_progress)
        content, blocks = index(lines)
        package.add(f"indexes/{INDEX}", content)
        package.add(f"indexes/{BLOCK_INDEX}", blocks)
        package.add("pages/pages.jsonl", _jsonl([_PAGES_HEAD, *pages]))
        _add_description(package, title, pages)
    return len(sizes), len(lines), len(pages)


_PAGES_HEAD = {"format": "json-pages-1.0", "id": "pages", "title": "Questions"}


def _places(ledger: Ledger, sizes: dict[str, int]) -> Iterator[Place]:
    """Records that a reader may ask for: those with a payload, and visits of a payload that is still there."""
    for name, offset, length, kind, fetched_at, status, media_type, url, digest, payload in ledger.rows(_RECORDS):
        if payload in _WITH_PAYLOAD and offset + length <= sizes.get(name, 0):
            mime = REVISIT if kind == Kind.REVISIT else media_type.partition(";")[0].strip() or "unk"
            said = status if kind == Kind.RESPONSE else None
            yield Place(url, moment(fetched_at), mime, said, digest, name, offset, length)


def _pages(ledger: Ledger) -> Iterator[dict[str, str]]:
    for url, fetched_at, first, count in ledger.rows(_PAGES):
        title = first if count == 1 else f"{first} and {count - 1} more"
        yield {"id": first, "url": url, "ts": moment(fetched_at).strftime("%Y-%m-%dT%H:%M:%SZ"), "title": title}


def _add_warc_files(
    package: _Package, root: Path, sizes: dict[str, int], on_progress: Callable[[int, int], None] | None
) -> None:
    done, total = 0, sum(sizes.values())
    for name, size in sizes.items():
        with package.member(f"archive/{name}") as write:
            for part in _acknowledged(root / files.WARC_FOLDER / name, size):
                write(part)
                done += len(part)
                if on_progress is not None:
                    on_progress(done, total)


def _acknowledged(path: Path, size: int) -> Iterator[bytes]:
    left = size
    try:
        with path.open("rb") as file:
            while left and (part := file.read(min(left, _CHUNK))):
                left -= len(part)
                yield part
    except OSError as error:
        raise ArchiveDamagedError(f"{path}: cannot be read ({error.strerror}); restore it from a backup") from error
    if left:
        raise ArchiveDamagedError(f"{path}: ends {left} bytes too early; restore it from a backup")


def _add_description(package: _Package, title: str, pages: list[dict[str, str]]) -> None:
    said: dict[str, Any] = {
        "profile": "data-package",
        "wacz_version": _VERSION,
        "title": title,
        "software": "questarium",
        "created": package.now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }
    if pages:
        said |= {"mainPageUrl": pages[0]["url"], "mainPageDate": pages[0]["ts"]}
    # What is written from here on is not in the list.
    description = json.dumps(said | {"resources": package.resources}, ensure_ascii=False, indent=2).encode()
    with package.member("datapackage.json") as write:
        write(description)
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(description).hexdigest()}"}
    with package.member("datapackage-digest.json") as write:
        write(json.dumps(digest, indent=2).encode())


def _jsonl(lines: list[dict[str, str]]) -> bytes:
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines).encode()
