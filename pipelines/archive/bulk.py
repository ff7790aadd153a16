"""Bulk files: which files of many questions were read to their end, and when; the latest state of each address.

The file itself is not archived, since its bytes change every night without any change of content: what it holds is.
"""

# ruff: noqa: S608  the parts put into statements are our own words; values are always bound

from typing import Any

from pipelines.archive.ledger import Ledger, moment, stamp
from schemas.capture import BulkFile
from schemas.identity import TermKey

_COLUMNS = "url, source, parliament, term, sha256, size, members, highest, etag, last_modified, read_at, seen"


def save(ledger: Ledger, file: BulkFile) -> None:
    """Note that a file was read whole, inside the caller's transaction."""
    term = (file.term.parliament, file.term.term) if file.term else (None, None)
    what = (file.sha256, file.size, file.members, file.highest, file.etag, file.last_modified)
    places = ", ".join("?" * len(_COLUMNS.split(", ")))
    values = (file.url, file.source, *term, *what, stamp(file.read_at), stamp(file.seen))
    ledger.write(f"INSERT OR REPLACE INTO bulk_files ({_COLUMNS}) VALUES ({places})", values)


def of_source(ledger: Ledger, source: str, term: TermKey | None = None) -> list[BulkFile]:
    """The files of a source, by address; with `term`, only those of that term."""
    where, values = "source = ?", [source]
    if term is not None:
        where += " AND parliament = ? AND term = ?"
        values += [term.parliament, str(term.term)]
    return [_file(row) for row in ledger.rows(f"SELECT {_COLUMNS} FROM bulk_files WHERE {where} ORDER BY url", values)]


def at(ledger: Ledger, url: str) -> BulkFile | None:
    """What is known of the file at that address."""
    row = ledger.row(f"SELECT {_COLUMNS} FROM bulk_files WHERE url = ?", (url,))
    return _file(row) if row else None


def _file(row: tuple[Any, ...]) -> BulkFile:
    url, source, parliament, term, sha256, size, members, highest, etag, last_modified, read_at, seen = row
    return BulkFile(
        url=url,
        source=source,
        term=TermKey(parliament=parliament, term=term) if parliament else None,
        sha256=sha256,
        size=size,
        members=members,
        highest=highest,
        etag=etag,
        last_modified=last_modified,
        read_at=moment(read_at),
        seen=moment(seen),
    )
