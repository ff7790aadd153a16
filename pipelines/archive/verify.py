"""Fixity: every byte of every WARC file is read and compared with the ledger, and the ledger with itself.

Each record's compressed bytes are hashed, read, and compared field by field with its rows; files must hold these
records and nothing else. So a flipped bit, a cut, a record or file removed, added or swapped is found and located.
Nothing is changed, and writers need not stop.
"""

import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipelines.archive import files, takedown
from pipelines.archive.ledger import LEDGER, Ledger, moment
from pipelines.archive.lock import is_held
from pipelines.archive.visits import capture_id
from pipelines.archive.warc import (
    Kind,
    StoredRecord,
    digest_of,
    one_line,
    read_record,
    record_id,
    target_uri,
    warc_date,
)
from schemas.errors import ArchiveDamagedError, ArchiveError
from schemas.tombstone import Takedown

_PATIENCE_S = 60.0  # a writer at work, even on a slow disk, commits what it has written well within that time
_PAUSE_S = 0.05

_RECORDS = """
    SELECT w.size, r.offset, r.length, r.sha256, r.kind, v.fetched_at, v.status, v.media_type,
        c.capture_id, c.url, c.digest, t.sha256
    FROM warc_files AS w LEFT JOIN records AS r ON r.warc_file = w.name
    LEFT JOIN visits AS v ON v.record = r.record LEFT JOIN captures AS c USING (capture_id)
    LEFT JOIN taken_down AS t ON t.capture_id = c.capture_id AND c.record = r.record
    WHERE w.name = ? ORDER BY r.offset
"""

# What the ledger's own rows must never show; each gives a capture and what is wrong with it.
_CONTRADICTIONS = (
    (
        "SELECT capture_id FROM captures WHERE record NOT IN (SELECT record FROM visits)",
        "has no visit with its payload",
    ),
    (
        "SELECT capture_id FROM captures JOIN records USING (record) WHERE kind NOT IN ('response', 'resource')"
        " AND capture_id NOT IN (SELECT capture_id FROM taken_down)",
        "names a record without payload",
    ),
    (
        "SELECT c.capture_id FROM taken_down JOIN takedowns AS t USING (takedown) JOIN captures AS c"
        " ON c.capture_id = taken_down.capture_id JOIN records AS r ON r.record = c.record"
        " WHERE (t.state = 'done') != (r.kind = 'metadata') OR (t.state = 'done' AND r.sha256 != taken_down.sha256)",
        "is said to be taken down, and its record is not",
    ),
    (
        "SELECT parliament || '-' || term || '-' || type || '-' || number FROM takedowns WHERE state = 'begun'",
        "its takedown has only begun: any collect, import or takedown removes the rest",
    ),
    (
        "SELECT parliament || '-' || term || '-' || type || '-' || number FROM takedowns AS t WHERE NOT EXISTS"
        " (SELECT 1 FROM numbers AS n WHERE n.state = 'taken_down' AND (n.parliament, n.term, n.type, n.number)"
        " = (t.parliament, t.term, t.type, t.number))",
        "was taken down, and its number does not say so",
    ),
    (
        "SELECT DISTINCT s.parliament || '-' || s.term || '-' || s.type || '-' || s.number FROM shown AS s"
        " JOIN captures AS c USING (capture_id) JOIN takedowns AS t ON (t.parliament, t.term, t.type, t.number)"
        " = (s.parliament, s.term, s.type, s.number) WHERE c.status = 200 AND s.capture_id NOT IN"
        " (SELECT capture_id FROM taken_down UNION SELECT capture_id FROM takedowns)",
        "was taken down, and a capture that came later shows it: `questarium takedown` it again",
    ),
    (
        "SELECT v.capture_id FROM visits AS v JOIN captures AS c ON c.record = v.record"
        " WHERE c.capture_id != v.capture_id",
        "names the payload of another capture",
    ),
    (
        "SELECT capture_id FROM captures WHERE url NOT IN (SELECT url FROM addresses)",
        "is at an address that shows nothing",
    ),
    (
        "SELECT capture_id FROM captures AS c WHERE (capture_id, status, media_type)"
        " NOT IN (SELECT capture_id, status, media_type FROM visits)",
        "has a status or media type that no visit met",
    ),
    (
        "SELECT parliament || '-' || term || '-' || type || '-' || number FROM numbers AS n WHERE state = 'archived'"
        " AND NOT EXISTS (SELECT 1 FROM shown AS s JOIN captures AS c USING (capture_id) WHERE c.status = 200"
        " AND (s.parliament, s.term, s.type, s.number) = (n.parliament, n.term, n.type, n.number))",
        "is said to be archived and has no capture",
    ),
)


@dataclass(frozen=True)
class _Row:
    """What the ledger says of one record; all but the first four are None where it has no visit.

    `tombstone` is the sha256 of the record that takes its place, where it is to go.
    """

    offset: int
    length: int
    sha256: str
    kind: str
    fetched_at: str | None
    status: int | None
    media_type: str | None
    capture_id: str | None
    url: str | None
    digest: str | None
    tombstone: str | None


@dataclass(frozen=True)
class Problem:
    """One thing that is not as the ledger says; `offset` in bytes of the compressed file."""

    file: Path
    offset: int | None
    capture_id: str | None
    what: str

    def __str__(self) -> str:
        place = "" if self.offset is None else f" at byte {self.offset}"
        capture = "" if self.capture_id is None else f" (capture {self.capture_id})"
        return f"{self.file}{place}{capture}: {self.what}"


@dataclass(frozen=True)
class VerifyReport:
    """What was read, and every problem found; `takedowns` are the lines of the audit."""

    files: int
    records: int
    bytes: int
    problems: tuple[Problem, ...]
    takedowns: tuple[Takedown, ...] = ()

    @property
    def sound(self) -> bool:
        """Nothing is wrong."""
        return not self.problems


def verify(root: Path, on_progress: Callable[[int, int], None] | None = None) -> VerifyReport:
    """Check the whole archive; `on_progress` is told bytes done and bytes in all after each file."""
    try:
        ledger = Ledger.open_reading(root)
    except ArchiveError as damage:
        return VerifyReport(0, 0, 0, (Problem(root / LEDGER, None, None, str(damage)),))
    try:
        return _verify(root, ledger, on_progress)
    except ArchiveDamagedError as damage:
        return VerifyReport(0, 0, 0, (Problem(root / LEDGER, None, None, str(damage)),))
    finally:
        ledger.close()


def _verify(root: Path, ledger: Ledger, on_progress: Callable[[int, int], None] | None) -> VerifyReport:
    report = VerifyReport(0, 0, 0, tuple(_check_ledger(ledger)), tuple(takedown.of_term(ledger, None)))
    known: list[tuple[Any, ...]] = ledger.rows("SELECT name, size FROM warc_files ORDER BY name")
    total = sum(size for _, size in known)
    for name, _ in known:
        records, read, problems = _check_file(root, ledger, name)
        report = replace(
            report,
            files=report.files + 1,
            records=report.records + records,
            bytes=report.bytes + read,
            problems=(*report.problems, *problems),
        )
        if on_progress is not None:
            on_progress(report.bytes, total)
    return replace(report, problems=(*report.problems, *_unacknowledged(root, ledger)))


def _check_ledger(ledger: Ledger) -> Iterator[Problem]:
    for (found,) in ledger.rows("PRAGMA integrity_check"):
        if found != "ok":
            yield Problem(ledger.path, None, None, f"SQLite says: {found}")
    for table, row, parent, _ in ledger.rows("PRAGMA foreign_key_check"):
        yield Problem(ledger.path, None, None, f"row {row} of {table} has no match in {parent}")
    for sql, what in _CONTRADICTIONS:
        for (name,) in ledger.rows(sql):
            yield Problem(ledger.path, None, str(name), what)


def _check_file(root: Path, ledger: Ledger, name: str) -> tuple[int, int, list[Problem]]:
    """Records and bytes read of one file, and what is wrong with them."""
    path = root / files.WARC_FOLDER / name
    # One query, one moment: a writer may add to the file meanwhile, and what it adds is no part of this check.
    found = ledger.rows(_RECORDS, (name,))
    size = int(found[0][0])
    rows = [_Row(*row[1:]) for row in found if row[1] is not None]
    problems: list[Problem] = []
    end = 0
    try:
        with path.open("rb") as file:
            for row in rows:
                if row.offset != end:
                    problems.append(Problem(path, end, None, f"no record of the ledger ends at byte {row.offset}"))
                    file.seek(row.offset)
                problems += _check_record(path, name, row, file.read(row.length))
                end = row.offset + row.length
    except OSError as error:
        problems.append(Problem(path, 0, None, f"cannot be read ({error.strerror})"))
    if size != end:
        problems.append(Problem(path, end, None, f"the records end at byte {end}, the file is said to end at {size}"))
    return len(rows), end, problems


def _check_record(path: Path, name: str, row: _Row, stored: bytes) -> Iterator[Problem]:
    if len(stored) < row.length:
        what = f"the file ends after {len(stored)} of {row.length} bytes of this record"
        yield Problem(path, row.offset, row.capture_id, what)
        return
    digest = hashlib.sha256(stored).hexdigest()
    if digest not in {row.sha256, row.tombstone}:
        yield Problem(path, row.offset, row.capture_id, "the bytes of this record are not those that were written")
        return
    if digest == row.tombstone:
        row = replace(row, kind=Kind.TOMBSTONE.value)
    try:
        record = read_record(stored, where="this record")
    except ArchiveDamagedError as damage:
        yield Problem(path, row.offset, row.capture_id, str(damage))
        return
    for what in _differences(record, record_id(name, row.offset), row):
        yield Problem(path, row.offset, row.capture_id, what)


def _differences(record: StoredRecord, name: str, row: _Row) -> Iterator[str]:
    if row.url is None and record.kind is not Kind.INFO:
        yield "the ledger knows no visit of this record"
    for field, value in _said(record, name, row).items():
        if getattr(record, field) != value:
            yield f"the record's {field} is {getattr(record, field)}, the ledger says {value}"
    if row.url is not None and capture_id(row.url, str(row.digest)) != row.capture_id:
        yield "the capture's id is not the one of its address and digest"
    if record.kind in {Kind.RESPONSE, Kind.RESOURCE} and digest_of(record.body) != row.digest:
        yield "the payload is not the one whose digest the ledger keeps"


def _said(record: StoredRecord, name: str, row: _Row) -> dict[str, object]:
    """What the fields of the record ought to be; fields that a record of its kind does not have are left out."""
    said: dict[str, object] = {"kind": row.kind, "record_id": name}
    if row.kind == Kind.TOMBSTONE:
        return said
    said["digest"] = row.digest
    if row.url is not None and row.fetched_at is not None:
        said |= {"url": target_uri(row.url), "date": warc_date(moment(row.fetched_at))}
    if record.status is not None:
        said["status"] = row.status
    if record.media_type is not None:
        said["media_type"] = one_line(row.media_type or "")
    return said


def _unacknowledged(root: Path, ledger: Ledger) -> list[Problem]:
    """Bytes and files that the ledger does not know, once a writer at work has had the time to commit its own."""
    found = files.sizes(root)
    until = time.monotonic() + _PATIENCE_S
    while (unknown := _beyond_all(root, ledger, found)) and is_held(root) and time.monotonic() < until:
        time.sleep(_PAUSE_S)
    # Its last commit, and a file that was cut meanwhile, may have come after the last look.
    return _beyond_all(root, ledger, files.sizes(root)) if unknown and not is_held(root) else unknown


def _beyond_all(root: Path, ledger: Ledger, found: dict[str, int]) -> list[Problem]:
    beyond = [_beyond(root, ledger, name, size) for name, size in sorted(found.items())]
    return [problem for problem in beyond if problem is not None]


def _beyond(root: Path, ledger: Ledger, name: str, size: int) -> Problem | None:
    path = root / files.WARC_FOLDER / name
    row = ledger.row("SELECT size FROM warc_files WHERE name = ?", (name,))
    announced = ledger.row("SELECT 1 FROM runs WHERE warc_file = ? AND state = 'open'", (name,))
    if row is None and announced is None:
        return Problem(path, 0, None, "the ledger knows no such file")
    acknowledged = int(row[0]) if row else 0
    if size > acknowledged:
        what = f"{size - acknowledged} bytes that were never acknowledged; the next collect or import cuts them off"
        return Problem(path, acknowledged, None, what)
    return None
