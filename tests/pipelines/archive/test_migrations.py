"""Ledgers of earlier versions: brought up by the next run that writes, with everything they knew."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.ledger import LEDGER
from pipelines.archive.tables import MIGRATIONS
from pipelines.archive.verify import verify
from schemas.errors import ArchiveError
from tests.pipelines.archive.pages import START, page
from tests.pipelines.archive.test_rebuild import contents, fill

_SAME = ("runs", "warc_files", "records", "visits", "addresses")  # tables that are as they were in the first version
_CAPTURES = """
    INSERT INTO captures SELECT c.capture_id, c.sequence, c.source, c.url, c.digest, c.media_type, c.status,
        c.first_seen, c.last_seen, c.current_since, s.parliament, s.term, s.type, s.number, c.record
    FROM new.captures AS c LEFT JOIN new.shown AS s USING (capture_id)
"""
_NUMBERS = """
    INSERT INTO numbers SELECT parliament, term, type, number, state, reason, url, tries, next_try, updated
    FROM new.numbers
"""


def as_first_version(root: Path) -> None:
    """The ledger as the first version of the tables would have it."""
    path = root / LEDGER
    old = path.with_name("old.sqlite")
    with closing(sqlite3.connect(old, isolation_level=None)) as connection:
        connection.executescript(f"{MIGRATIONS[0]} PRAGMA user_version = 1;")
        connection.execute("ATTACH ? AS new", (str(path),))
        for table in _SAME:
            connection.execute(f"INSERT INTO {table} SELECT * FROM new.{table}")
        connection.execute(_CAPTURES)
        connection.execute(_NUMBERS)
        connection.execute("DETACH new")
    for each in root.glob(f"{LEDGER}*"):
        each.unlink()
    old.rename(path)


def version_of(root: Path) -> int:
    with closing(sqlite3.connect(root / LEDGER)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_the_first_version_comes_up_with_all_it_knew(tmp_path: Path) -> None:
    fill(tmp_path)
    before = contents(tmp_path)
    as_first_version(tmp_path)
    with pytest.raises(ArchiveError, match="earlier version"):
        Archive.open(tmp_path)
    with Archive.open_for_writing(tmp_path, source="assemblee", now=START) as archive:
        archive.append(page(50))
    assert version_of(tmp_path) == len(MIGRATIONS)
    assert verify(tmp_path).problems == ()
    after = contents(tmp_path)
    for table, rows in before.items():
        assert set(rows) <= set(after[table]), table


def test_a_version_killed_in_its_migration_is_as_before(tmp_path: Path) -> None:
    """Each step is one transaction."""
    fill(tmp_path)
    as_first_version(tmp_path)
    with (
        closing(sqlite3.connect(tmp_path / LEDGER, isolation_level=None)) as connection,
        pytest.raises(sqlite3.OperationalError),
    ):
        connection.executescript(f"BEGIN; {MIGRATIONS[1]} SELECT * FROM nothing; COMMIT;")
    assert version_of(tmp_path) == 1
    with Archive.open_for_writing(tmp_path, source="assemblee", now=START):
        pass
    assert verify(tmp_path).problems == ()
