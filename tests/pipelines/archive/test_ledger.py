"""The ledger: moments in UTC, transactions, and how SQLite's errors read to a person."""

import shutil
import sqlite3
from contextlib import suppress
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from pipelines.archive.ledger import Ledger, explain, moment, stamp
from schemas.errors import ArchiveDamagedError, ArchiveError, ArchiveFullError, ArchiveLockedError

PATH = Path("/depot/archive/ledger.sqlite")


def test_a_moment_is_kept_in_utc_and_in_one_width() -> None:
    paris = datetime(2026, 7, 1, 1, 30, tzinfo=timezone(timedelta(hours=2)))
    assert stamp(paris) == "2026-06-30T23:30:00.000000+00:00"
    assert moment(stamp(paris)) == paris
    with pytest.raises(ArchiveError, match="2026-07-01T01:30:00 has no time zone"):
        stamp(paris.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("name", "free", "kind", "told"),
    [
        ("SQLITE_FULL", 1 << 30, ArchiveFullError, "no room left on the disk"),
        ("SQLITE_IOERR_WRITE", 0, ArchiveFullError, "no room left on the disk"),
        ("SQLITE_IOERR_WRITE", 1 << 30, ArchiveError, r"cannot be used \(why, SQLITE_IOERR_WRITE\); check the disk"),
        ("SQLITE_CORRUPT_INDEX", 0, ArchiveDamagedError, r"is damaged \(why\); restore it"),
        ("SQLITE_NOTADB", 0, ArchiveDamagedError, r"is damaged \(why\); restore it"),
        ("SQLITE_BUSY_SNAPSHOT", 0, ArchiveLockedError, "another process writes"),
        ("SQLITE_LOCKED", 0, ArchiveLockedError, "another process writes"),
        ("SQLITE_MISUSE", 0, ArchiveError, r"cannot be used \(why, SQLITE_MISUSE\)"),
    ],
)
def test_an_error_says_what_to_do(
    name: str, free: int, kind: type[ArchiveError], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage("/")._replace(free=free)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    error = sqlite3.OperationalError("why")
    error.sqlite_errorname = name
    found = explain(error, PATH)
    assert type(found) is kind
    with pytest.raises(kind, match=rf"^{PATH}: .*{told}"):
        raise found


@pytest.mark.parametrize("ask", [Ledger.rows, Ledger.row, Ledger.write])
def test_every_error_names_the_file(ask: object, tmp_path: Path) -> None:
    opened = Ledger.open_writing(tmp_path)
    with pytest.raises(
        ArchiveError, match=r"ledger\.sqlite: the ledger cannot be used \(no such table: lac, SQLITE_ERROR\)"
    ):
        ask(opened, "SELECT 1 FROM lac")  # type: ignore[operator]
    opened.close()


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    opened = Ledger.open_writing(tmp_path)
    sql = "INSERT INTO runs (source, started, state) VALUES (?, '', 'open')"
    with opened.transaction():
        assert opened.write(sql, ("a",)) == 1
    with suppress(KeyboardInterrupt), opened.transaction():
        opened.write(sql, ("b",))
        raise KeyboardInterrupt
    assert opened.rows("SELECT source FROM runs") == [("a",)]
    assert opened.row("SELECT source FROM runs WHERE source = 'b'") is None
    opened.close()
