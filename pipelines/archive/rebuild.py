"""The ledger made again from the WARC files alone, where it is lost.

Captures, visits, addresses, takedowns and the evidence of missing numbers come back as they were. What no file holds
does not: numbers that are still to be asked for, which the next collect enters again, and which questions an imported
file shows, which the next build reads again.
"""

import hashlib
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from pathlib import Path

from fastwarc.warc import WarcRecord
from pydantic import ValidationError

from pipelines.archive import files, numbers, takedown, visits
from pipelines.archive.ledger import LEDGER, Ledger, stamp
from pipelines.archive.lock import lock
from pipelines.archive.shown import assign
from pipelines.archive.stored import StoredMember, date_of, fetched, members, parsed
from pipelines.archive.visits import Arrival
from pipelines.archive.warc import Kind
from schemas.capture import Fetched, NumberRecord, NumberState
from schemas.errors import ArchiveDamagedError, ArchiveError
from schemas.tombstone import TOMBSTONE_TYPE, TakenCapture, Tombstone

_NAME = re.compile(r"(?P<source>.+)-(?P<started>\d{8}T\d{6}Z)-(?P<run>\d{5,})\.warc\.gz")
_MISSING = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
_APART = "rebuilt"
TAILS = "tails"
"""Folder of what followed the last whole record of a file, named by file and byte."""

_Gone = dict[tuple[str, int], TakenCapture]


@dataclass(frozen=True)
class RebuildReport:
    """What was found; `tails` are bytes at the end of files that hold no whole record, by file, copied to `TAILS`."""

    files: int
    records: int
    captures: int
    tails: dict[str, int]


def rebuild_ledger(root: Path, on_progress: Callable[[int, int], None] | None = None) -> RebuildReport:
    """Make the ledger of the archive below `root`; `on_progress` is told bytes done and bytes in all.

    Raises:
        ArchiveError: there is a ledger, or there are no files.
        ArchiveDamagedError: a file holds what is no record of ours; nothing is changed.
    """
    if (root / LEDGER).exists():
        raise ArchiveError(f"{root / LEDGER}: is there; move it away if it cannot be used, then run this again")
    found = sorted(files.sizes(root), key=_run_of)
    if not found:
        raise ArchiveError(f"{root}: holds no WARC files to make a ledger from")
    held = lock(root)
    try:
        report = _rebuild(root, found, on_progress)
        (root / _APART / LEDGER).rename(root / LEDGER)
        files.sync_folder(root)
    except OSError as error:
        raise files.explain(error, root) from error
    finally:
        shutil.rmtree(root / _APART, ignore_errors=True)
        held.release()
    return report


def _rebuild(root: Path, names: list[str], on_progress: Callable[[int, int], None] | None) -> RebuildReport:
    """Make the ledger apart, so that it is there whole or not at all."""
    shutil.rmtree(root / _APART, ignore_errors=True)
    files.make_folders(root / _APART)
    ledger = Ledger.open_writing(root / _APART)
    try:
        return _Rebuilding(root, ledger, _gone(root, names)).run(names, on_progress)
    finally:
        ledger.close()


class _Rebuilding:
    """The work: file by file, record by record, in the order in which they were written."""

    def __init__(self, root: Path, ledger: Ledger, gone: _Gone) -> None:
        self._root = root
        self._ledger = ledger
        self._gone = gone
        self._stones: list[tuple[Tombstone, str]] = []

    def run(self, names: list[str], on_progress: Callable[[int, int], None] | None) -> RebuildReport:
        sizes = files.sizes(self._root)
        done, records, tails = 0, 0, {}
        for name in names:
            with self._ledger.transaction():
                size, count = self._file(name, sizes[name])
            records += count
            if size < sizes[name]:
                tails[name] = sizes[name] - size
            done += sizes[name]
            if on_progress is not None:
                on_progress(done, sum(sizes.values()))
        with self._ledger.transaction():
            self._take_down()
        takedown.finish(self._root, self._ledger)
        return RebuildReport(len(names), records, visits.count(self._ledger, visits.ALL), tails)

    def _file(self, name: str, size: int) -> tuple[int, int]:
        """Enter the records of a file; gives the bytes that they take, and how many they are."""
        named = _named(self._root, name)
        source, started = named["source"], datetime.strptime(named["started"], "%Y%m%dT%H%M%S%z")
        run = "INSERT INTO runs (run, source, started, warc_file, state) VALUES (?, ?, ?, ?, 'open')"
        self._ledger.write(run, (int(named["run"]), source, stamp(started), name))
        self._ledger.write("INSERT INTO warc_files (name, size) VALUES (?, 0)", (name,))
        end, count = 0, 0
        for stored in members(self._root / files.WARC_FOLDER / name):
            self._record(source, name, stored)
            end, count = stored.offset + len(stored.packed), count + 1
        self._ledger.write("UPDATE warc_files SET size = ? WHERE name = ?", (end, name))
        if end == size:
            self._ledger.write("UPDATE runs SET state = 'closed' WHERE warc_file = ?", (name,))
        else:  # the next opening for writing cuts it off, as what is left of an interrupted run
            _keep_tail(self._root, name, end)
        return end, count

    def _record(self, source: str, name: str, stored: StoredMember) -> None:
        where = f"{self._root / files.WARC_FOLDER / name} at byte {stored.offset}"
        record, kind = parsed(stored.plain, where)
        place = (name, stored.offset, len(stored.packed))
        sql = "INSERT INTO records (warc_file, offset, length, sha256, kind) VALUES (?, ?, ?, ?, ?)"
        entered = self._ledger.write(sql, (*place, hashlib.sha256(stored.packed).hexdigest(), kind.value))
        if kind is Kind.INFO:
            return
        is_gone = kind is Kind.TOMBSTONE
        response, digest = (
            self._taken(record, name, stored.offset, where) if is_gone else fetched(record, kind, source, where)
        )
        arrival = self._arrival(response, digest)
        if arrival.known is None and kind is Kind.REVISIT:
            raise ArchiveDamagedError(f"{where}: refers to a payload that is in no file before it")
        visit = visits.enter(self._ledger, arrival, entered)
        self._note(response, visit.ref.capture_id, where)

    def _arrival(self, response: Fetched, digest: str) -> Arrival:
        identifier = visits.capture_id(response.url, digest)
        known = visits.find(self._ledger, identifier)
        return Arrival(response, stamp(response.fetched_at), digest, identifier, known)

    def _note(self, response: Fetched, capture_id: str, where: str) -> None:
        """What a capture says beyond itself: a number that the site does not have, a takedown."""
        if response.question is not None and response.status in _MISSING:
            missing = NumberRecord(
                question=response.question,
                state=NumberState.NOT_FOUND,
                reason=f"http_{response.status}",
                url=response.url,
                tries=1,
                updated=response.fetched_at,
                evidence=(capture_id,),
            )
            numbers.save(self._ledger, missing)
        if response.media_type == TOMBSTONE_TYPE:
            self._stones.append((_tombstone(response.body, where), capture_id))

    def _taken(self, record: WarcRecord, name: str, offset: int, where: str) -> tuple[Fetched, str]:
        """The response whose payload is gone, as its tombstone tells it."""
        told = self._gone.get((name, offset))
        if told is None:
            raise ArchiveDamagedError(f"{where}: was taken down, and no tombstone tells of it")
        response = Fetched(
            source=told.source,
            url=told.url,
            fetched_at=date_of(record, where),
            status=told.status,
            media_type=told.media_type,
            body=b"",
        )
        return response, told.digest

    def _take_down(self) -> None:
        """Enter the takedowns: the bytes are gone already."""
        for stone, capture_id in self._stones:
            found = [visits.find(self._ledger, each.capture_id) for each in stone.captures]
            captures = [ref for ref in found if ref is not None]
            shown = {stone.question, *(each.key for each in stone.readings)}
            for ref in captures:
                assign(self._ledger, ref, {stone.question, *ref.questions})
            stands = visits.find(self._ledger, capture_id)
            assert stands is not None
            assign(self._ledger, stands, shown)
            takedown.begin(self._ledger, stone.question, captures, capture_id, stone.reason, stone.at)


def _keep_tail(root: Path, name: str, offset: int) -> None:
    """Copy what follows the last whole record: it may be the only copy of something that is damaged."""
    (root / TAILS).mkdir(exist_ok=True)
    tail = files.read_at(root, name, offset, (root / files.WARC_FOLDER / name).stat().st_size - offset)
    (root / TAILS / f"{name}.{offset}").write_bytes(tail)


def _gone(root: Path, names: list[str]) -> _Gone:
    """What the tombstones tell of the captures whose payload is gone, by file and byte."""
    gone: _Gone = {}
    for name in names:
        if not name.startswith("takedown-"):
            continue
        for stored in members(root / files.WARC_FOLDER / name):
            where = f"{root / files.WARC_FOLDER / name} at byte {stored.offset}"
            record, kind = parsed(stored.plain, where)
            if kind is Kind.RESOURCE and record.headers.get("Content-Type") == TOMBSTONE_TYPE:
                stone = _tombstone(record.reader.read(), where)
                gone |= {(each.warc_file, each.offset): each for each in stone.captures}
    return gone


def _tombstone(body: bytes, where: str) -> Tombstone:
    try:
        return Tombstone.model_validate_json(body)
    except ValidationError as error:
        raise ArchiveDamagedError(f"{where}: is a tombstone that cannot be read") from error


def _named(root: Path, name: str) -> re.Match[str]:
    found = _NAME.fullmatch(name)
    if found is None:
        raise ArchiveDamagedError(f"{root / files.WARC_FOLDER / name}: is no file of ours; move it away")
    return found


def _run_of(name: str) -> tuple[int, str]:
    found = _NAME.fullmatch(name)
    return (int(found["run"]) if found else 0, name)
