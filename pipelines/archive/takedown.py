"""Takedowns: the bytes of captures are removed from their files, and the ledger keeps the line of the audit.

A record of the same length takes the place of each, so that everything else in the file stays where it is. The ledger
says first what is to go; from then on nobody reads it. Then each file is copied without it and replaced in one step,
and the ledger says that it is done. Whatever is killed in between, the next run that writes goes on from there.
"""

import hashlib
import os
import struct
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import BinaryIO, Final

from pipelines.archive import files, numbers, visits
from pipelines.archive.ledger import Ledger, moment, stamp
from pipelines.archive.warc import Kind, record_id, warc_date
from schemas.capture import CaptureRef
from schemas.errors import ArchiveDamagedError, ArchiveError
from schemas.identity import QuestionKey, TermKey
from schemas.tombstone import Takedown

COPY: Final = "takedown.partial"
"""Name of the copy of a file while it is written, beside the ledger."""

_CHUNK = 1 << 20
_GZIP = b"\x1f\x8b\x08"
_COMMENT = 0x10  # flag of a gzip header: a comment follows, closed by a zero byte (RFC 1952)
_WHERE = "parliament = ? AND term = ? AND type = ? AND number = ?"


def stand_in(warc_file: str, offset: int, length: int, at: datetime) -> bytes:
    """The record that takes the place of another one, of exactly as many bytes; raises ArchiveError if it does not fit.

    What is missing in length stands in the header of the gzip member, which readers pass over.
    """
    said = "taken down"
    record = (
        f"WARC/1.1\r\nWARC-Type: metadata\r\nWARC-Record-ID: {record_id(warc_file, offset)}\r\n"
        f"WARC-Date: {warc_date(at)}\r\nContent-Type: text/plain\r\nContent-Length: {len(said)}\r\n\r\n{said}\r\n\r\n"
    ).encode()
    deflate = zlib.compressobj(9, wbits=-15)
    packed = deflate.compress(record) + deflate.flush()
    rest = struct.pack("<II", zlib.crc32(record), len(record))
    missing = length - len(_GZIP) - 7 - len(packed) - len(rest)
    if missing < 0:
        raise ArchiveError(f"{warc_file} at byte {offset}: {length} bytes are too few for a tombstone")
    comment = b" " * (missing - 1) + b"\0" if missing else b""
    flags = bytes([_COMMENT if missing else 0])
    return _GZIP + flags + bytes(4) + b"\x02\xff" + comment + packed + rest


def begin(
    ledger: Ledger, question: QuestionKey, captures: Sequence[CaptureRef], tombstone: str, reason: str, at: datetime
) -> None:
    """Say that these captures are to go and that the capture `tombstone` stands for them; inside a transaction."""
    columns = "parliament, term, type, number, reason, at, capture_id, state"
    values = (*numbers.columns_of(question), reason, stamp(at), tombstone)
    takedown = ledger.write(f"INSERT INTO takedowns ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, 'begun')", values)  # noqa: S608
    for ref in captures:
        record = stand_in(ref.warc_file, ref.offset, ref.length, visits.original(ledger, ref).fetched_at)
        sql = "INSERT INTO taken_down (capture_id, takedown, sha256) VALUES (?, ?, ?)"
        ledger.write(sql, (ref.capture_id, takedown, hashlib.sha256(record).hexdigest()))
    numbers.take_down(ledger, question, reason, stamp(at))


def finish(root: Path, ledger: Ledger) -> None:
    """Remove the bytes of every takedown that has begun; raises ArchiveError."""
    for (takedown,) in ledger.rows("SELECT takedown FROM takedowns WHERE state = 'begun' ORDER BY takedown"):
        sql = """
            SELECT r.warc_file, r.offset, r.length, v.fetched_at
            FROM taken_down AS t JOIN captures AS c USING (capture_id)
            JOIN records AS r ON r.record = c.record JOIN visits AS v ON v.record = r.record
            WHERE t.takedown = ? ORDER BY r.warc_file, r.offset
        """
        stand_ins = {
            (name, offset): stand_in(name, offset, length, moment(at))
            for name, offset, length, at in ledger.rows(sql, (takedown,))
        }
        _promise(ledger, takedown, stand_ins)
        for name, places in groupby(stand_ins, key=lambda place: place[0]):
            _replace(root, name, {offset: stand_ins[name, offset] for _, offset in places})
        with ledger.transaction():
            ledger.write(
                "UPDATE records SET kind = ?, sha256 = (SELECT t.sha256 FROM taken_down AS t JOIN captures AS c"
                " USING (capture_id) WHERE c.record = records.record) WHERE record IN (SELECT c.record FROM taken_down"
                " AS t JOIN captures AS c USING (capture_id) WHERE t.takedown = ?)",
                (Kind.TOMBSTONE.value, takedown),
            )
            ledger.write("UPDATE takedowns SET state = 'done' WHERE takedown = ?", (takedown,))


def _promise(ledger: Ledger, takedown: int, stand_ins: Mapping[tuple[str, int], bytes]) -> None:
    """Say anew which bytes will be there: another version of zlib may pack them otherwise than when it began."""
    sql = """
        UPDATE taken_down SET sha256 = ? WHERE takedown = ? AND capture_id = (
            SELECT c.capture_id FROM captures AS c JOIN records AS r USING (record)
            JOIN taken_down AS t USING (capture_id) WHERE r.warc_file = ? AND r.offset = ?)
    """
    with ledger.transaction():
        for (name, offset), record in stand_ins.items():
            ledger.write(sql, (hashlib.sha256(record).hexdigest(), takedown, name, offset))


def of_term(ledger: Ledger, term: TermKey | None) -> list[Takedown]:
    """The takedowns of a term, or all, oldest first."""
    sql = """
        SELECT t.parliament, t.term, t.type, t.number, t.reason, t.at, t.state,
            (SELECT count(*) FROM taken_down AS d WHERE d.takedown = t.takedown)
        FROM takedowns AS t ORDER BY t.takedown
    """
    found = [
        Takedown(
            question=numbers.question_of(row[:4]),
            reason=row[4],
            at=moment(row[5]),
            captures=row[7],
            finished=row[6] == "done",
        )
        for row in ledger.rows(sql)
    ]
    return [each for each in found if term is None or each.question.term_key == term]


def tombstones(ledger: Ledger, question: QuestionKey) -> list[str]:
    """Ids of the captures that stand for those of a question that was taken down, oldest first."""
    sql = f"SELECT capture_id FROM takedowns WHERE {_WHERE} ORDER BY takedown"  # noqa: S608
    return [capture_id for (capture_id,) in ledger.rows(sql, numbers.columns_of(question))]


def _replace(root: Path, name: str, places: Mapping[int, bytes]) -> None:
    """Bring the file to one with these bytes at these places, in one step; nothing to do where they are there."""
    path, copy = root / files.WARC_FOLDER / name, root / COPY
    if all(files.read_at(root, name, offset, len(content)) == content for offset, content in places.items()):
        return
    try:
        with path.open("rb") as old, copy.open("wb") as new:
            size = _copy(old, new, places)
            if size != os.fstat(old.fileno()).st_size:
                raise ArchiveDamagedError(f"{path}: ends before byte {size}; restore it from a backup")
            new.flush()
            os.fsync(new.fileno())
        copy.replace(path)
    except OSError as error:
        raise files.explain(error, path) from error
    files.sync_folder(path.parent)


def _copy(old: BinaryIO, new: BinaryIO, places: Mapping[int, bytes]) -> int:
    """Copy with the places replaced; gives the size of the copy."""
    for offset, content in sorted(places.items()):
        while old.tell() < offset and (part := old.read(min(_CHUNK, offset - old.tell()))):
            new.write(part)
        new.write(content)
        old.seek(len(content), os.SEEK_CUR)
    while part := old.read(_CHUNK):
        new.write(part)
    return new.tell()
