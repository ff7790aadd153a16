"""Visits: what one more fetch means for the captures of its address.

A capture is one payload of one address; each fetch that met it is a visit. The capture that the latest fetch met is
the address's current one. The sequence of a capture grows when it is new, when it becomes current again, and when its
reading may change (media type, status, question), so that whoever follows the sequence misses nothing. Fetches may be
entered in any order (a web archive of last year after this morning's pages): the result is the same.
"""

# ruff: noqa: S608  the parts put into statements are our own words; values are always bound

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import Enum, StrEnum
from http import HTTPStatus
from itertools import groupby
from typing import Any, Final, Literal, TypeAlias

from pipelines.archive import numbers
from pipelines.archive.ledger import Ledger, moment, stamp
from pipelines.archive.shown import NEXT_SEQUENCE, SHOWN, assign, insert_shown, questions_of
from pipelines.archive.warc import Original, digest_of, record_id
from schemas.capture import CaptureRef, Fetched
from schemas.errors import ArchiveError
from schemas.identity import QuestionKey, TermKey
from schemas.record import Record

_REF = f"""
    SELECT c.capture_id, c.sequence, c.source, c.url, c.digest, c.media_type, c.status, c.first_seen, c.last_seen,
        r.warc_file, r.offset, r.length, {SHOWN},
        EXISTS (SELECT 1 FROM taken_down AS t WHERE t.capture_id = c.capture_id)
    FROM captures AS c JOIN records AS r ON r.record = c.record
"""


class Scope(Enum):
    """Captures of every term, and those without a question."""

    ALL = "all"


ALL: Final = Scope.ALL
Term: TypeAlias = TermKey | Literal[Scope.ALL] | None  # None: captures whose question is not known


class Outcome(StrEnum):
    """What a fetch brought."""

    NEW = "new"  # a payload that this address never had
    UNCHANGED = "unchanged"
    RETURNED = "returned"  # a known payload, current again or to be read again


@dataclass(frozen=True)
class Arrival:
    """A response and the capture that it met: the one of its payload, or for a 304 the one that its address shows."""

    fetched: Fetched
    at: str  # when, as the ledger keeps it
    digest: str
    capture_id: str
    known: CaptureRef | None  # None: the payload is new


class Visit(Record):
    """One fetch as the archive took it."""

    ref: CaptureRef
    outcome: Outcome


def capture_id(url: str, digest: str) -> str:
    """The capture's id, made of address and payload alone."""
    return hashlib.sha256(f"{url}\0{digest}".encode()).hexdigest()[:20]


def find(ledger: Ledger, identifier: str) -> CaptureRef | None:
    """The capture of that id."""
    row = ledger.row(f"{_REF} WHERE c.capture_id = ?", (identifier,))
    return _ref(row) if row else None


def current(ledger: Ledger, url: str) -> CaptureRef | None:
    """The capture that the address shows now."""
    row = ledger.row(f"{_REF} WHERE c.capture_id = (SELECT capture_id FROM addresses WHERE url = ?)", (url,))
    return _ref(row) if row else None


def fetched_at(ledger: Ledger, url: str, at: datetime) -> CaptureRef | None:
    """The capture that a fetch of the address at that moment met."""
    sql = f"{_REF} JOIN visits AS v ON v.capture_id = c.capture_id WHERE c.url = ? AND v.fetched_at = ?"
    row = ledger.row(sql, (url, stamp(at)))
    return _ref(row) if row else None


def of_question(ledger: Ledger, question: QuestionKey) -> list[CaptureRef]:
    """Captures of one question in the order in which they became current."""
    where = "parliament = ? AND term = ? AND type = ? AND number = ?"
    shown = f"SELECT capture_id FROM shown WHERE {where}"
    sql = f"{_REF} WHERE c.capture_id IN ({shown}) ORDER BY c.current_since, c.sequence"
    return [_ref(row) for row in ledger.rows(sql, numbers.columns_of(question))]


def between(ledger: Ledger, term: Term, after: int, last: int, limit: int) -> list[CaptureRef]:
    """Captures of a term whose sequence is above `after` and at most `last`, in its order."""
    where, values = _within(term)
    sql = f"{_REF} WHERE c.sequence > ? AND c.sequence <= ? AND {where} ORDER BY c.sequence LIMIT ?"
    return [_ref(row) for row in ledger.rows(sql, (after, last, *values, limit))]


def count(ledger: Ledger, term: Term) -> int:
    """How many captures a term has."""
    where, values = _within(term)
    row = ledger.row(f"SELECT count(*) FROM captures AS c WHERE {where}", values)
    return int(row[0]) if row else 0


def last_sequence(ledger: Ledger, term: Term) -> int:
    """The highest sequence of a term, 0 if it has no capture."""
    where, values = _within(term)
    row = ledger.row(f"SELECT coalesce(max(sequence), 0) FROM captures AS c WHERE {where}", values)
    return int(row[0]) if row else 0


def arrival(ledger: Ledger, fetched: Fetched) -> Arrival:
    """Find what a response met; raises ArchiveError for a 304 of an address without captures."""
    at = stamp(fetched.fetched_at)
    if fetched.status == HTTPStatus.NOT_MODIFIED:
        known = current(ledger, fetched.url)
        if known is None:
            raise ArchiveError(f"{fetched.url}: answered 304, but the archive holds no capture of it")
        return Arrival(fetched, at, known.digest, known.capture_id, known)
    digest = digest_of(fetched.body)
    identifier = capture_id(fetched.url, digest)
    return Arrival(fetched, at, digest, identifier, find(ledger, identifier))


def entered_before(ledger: Ledger, arrival: Arrival) -> Visit | None:
    """The visit of this very fetch, if it was entered before: an import that is run again brings nothing."""
    if arrival.known is None:
        return None
    sql = "SELECT 1 FROM visits WHERE capture_id = ? AND fetched_at = ?"
    if ledger.row(sql, (arrival.capture_id, arrival.at)) is None:
        return None
    return Visit(ref=arrival.known, outcome=Outcome.UNCHANGED)


def original(ledger: Ledger, ref: CaptureRef) -> Original:
    """The record that holds the capture's payload, as revisit records name it."""
    sql = "SELECT v.fetched_at FROM visits AS v JOIN captures AS c ON c.record = v.record WHERE c.capture_id = ?"
    row = ledger.row(sql, (ref.capture_id,))
    fetched_at = moment(row[0]) if row else ref.first_seen
    return Original(record_id=record_id(ref.warc_file, ref.offset), fetched_at=fetched_at)


def as_stored(ledger: Ledger, ref: CaptureRef) -> CaptureRef:
    """The capture as the fetch that brought its payload had it: a later one may have declared it otherwise."""
    sql = "SELECT v.source, v.status, v.media_type FROM visits AS v JOIN captures AS c ON c.record = v.record"
    row = ledger.row(f"{sql} WHERE c.capture_id = ?", (ref.capture_id,))
    return ref.model_copy(update=dict(zip(("source", "status", "media_type"), row, strict=True))) if row else ref


def enter(ledger: Ledger, arrival: Arrival, record: int) -> Visit:
    """Enter a response whose record has that number in the ledger, inside the caller's transaction."""
    known, fetched = arrival.known, arrival.fetched
    if known is None:
        _insert(ledger, arrival, record)
    _insert_visit(ledger, arrival, record)
    _follow(ledger, arrival)
    if known is not None and not known.questions and fetched.question is not None:
        assign(ledger, known, [fetched.question])
    ref = find(ledger, arrival.capture_id)
    assert ref is not None
    if ref.status == HTTPStatus.OK:
        for question in ref.questions:
            numbers.mark_archived(ledger, question, ref.url, arrival.at)
    if known is None:
        return Visit(ref=ref, outcome=Outcome.NEW)
    return Visit(ref=ref, outcome=Outcome.UNCHANGED if ref.sequence == known.sequence else Outcome.RETURNED)


def _within(term: Term) -> tuple[str, tuple[str | int, ...]]:
    """The condition on `c` that keeps the captures of a term."""
    if isinstance(term, Scope):
        return "1", ()
    shown = "EXISTS (SELECT 1 FROM shown AS s WHERE s.capture_id = c.capture_id"
    if term is None:
        return f"NOT {shown})", ()
    return f"{shown} AND s.parliament = ? AND s.term = ?)", (term.parliament, term.term)


def _insert(ledger: Ledger, arrival: Arrival, record: int) -> None:
    fetched, at = arrival.fetched, arrival.at
    what = (arrival.capture_id, fetched.source, fetched.url, arrival.digest, fetched.media_type, fetched.status)
    columns = (
        "capture_id, source, url, digest, media_type, status, first_seen, last_seen, current_since, record, sequence"
    )
    sql = f"INSERT INTO captures ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, {NEXT_SEQUENCE})"
    ledger.write(sql, (*what, at, at, at, record))
    if fetched.question is not None:
        insert_shown(ledger, arrival.capture_id, fetched.question)


def _insert_visit(ledger: Ledger, arrival: Arrival, record: int) -> None:
    fetched = arrival.fetched
    columns = "capture_id, fetched_at, source, status, media_type, record"
    values = (arrival.capture_id, arrival.at, fetched.source, fetched.status, fetched.media_type, record)
    ledger.write(f"INSERT INTO visits ({columns}) VALUES (?, ?, ?, ?, ?, ?)", values)


def _follow(ledger: Ledger, arrival: Arrival) -> None:
    """Bring the capture's dates and its address up to this visit."""
    url, at, identifier = arrival.fetched.url, arrival.at, arrival.capture_id
    if arrival.known is not None:
        sql = "UPDATE captures SET first_seen = min(first_seen, ?), last_seen = max(last_seen, ?) WHERE capture_id = ?"
        ledger.write(sql, (at, at, identifier))
    shown = ledger.row("SELECT capture_id, seen FROM addresses WHERE url = ?", (url,))
    if shown is not None and at < shown[1]:
        _recount_stays(ledger, url)
    elif arrival.fetched.status == HTTPStatus.NOT_MODIFIED:
        ledger.write("UPDATE addresses SET seen = ? WHERE url = ?", (at, url))
    else:
        if shown is not None and shown[0] != identifier:
            _bump(ledger, identifier, since=at)
        _show(ledger, arrival)


def _show(ledger: Ledger, arrival: Arrival) -> None:
    """The address shows this response now."""
    fetched, known = arrival.fetched, arrival.known
    ledger.write(
        "INSERT INTO addresses (url, capture_id, seen, etag, last_modified) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET capture_id = excluded.capture_id, seen = excluded.seen, etag = excluded.etag,"
        " last_modified = excluded.last_modified",
        (fetched.url, arrival.capture_id, arrival.at, fetched.etag, fetched.last_modified),
    )
    if known is not None and (known.media_type, known.status) != (fetched.media_type, fetched.status):
        ledger.write(  # the same bytes, declared otherwise, may read otherwise
            f"UPDATE captures SET media_type = ?, status = ?, sequence = {NEXT_SEQUENCE} WHERE capture_id = ?",
            (fetched.media_type, fetched.status, arrival.capture_id),
        )


def _bump(ledger: Ledger, identifier: str, *, since: str) -> None:
    """The capture became current at that moment; nothing to do for one that was just inserted with it."""
    ledger.write(
        f"UPDATE captures SET current_since = ?, sequence = {NEXT_SEQUENCE}"
        " WHERE capture_id = ? AND current_since != ?",
        (since, identifier, since),
    )


def _recount_stays(ledger: Ledger, url: str) -> None:
    """A fetch older than the latest one was entered: find again since when each capture stayed at its address."""
    sql = """
        SELECT v.capture_id, v.fetched_at FROM visits AS v JOIN captures AS c ON c.capture_id = v.capture_id
        WHERE c.url = ? ORDER BY v.fetched_at, v.visit
    """
    for identifier, since in _stays(ledger.rows(sql, (url,))):
        _bump(ledger, identifier, since=since)


def _stays(visits: list[tuple[Any, ...]]) -> Iterator[tuple[str, str]]:
    """Start of the last uninterrupted run of each capture, among (capture, moment) in order of time."""
    last: dict[str, str] = {}
    for identifier, run in groupby(visits, key=lambda visit: str(visit[0])):
        last[identifier] = str(next(run)[1])
    yield from last.items()


def _ref(row: tuple[Any, ...]) -> CaptureRef:
    return CaptureRef(
        capture_id=row[0],
        sequence=row[1],
        source=row[2],
        url=row[3],
        digest=row[4],
        media_type=row[5],
        status=row[6],
        first_seen=moment(row[7]),
        last_seen=moment(row[8]),
        questions=questions_of(row[12]),
        warc_file=row[9],
        offset=row[10],
        length=row[11],
        taken_down=bool(row[13]),
    )
