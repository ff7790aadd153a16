"""The ledger: moments in UTC, transactions, and how SQLite's errors read to a person."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
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
        ("SQLITE_IOERR_WRITE", (1 << 16) - 1, ArchiveFullError, "no room left on the disk"),
        ("SQLITE_IOERR_WRITE", 1 << 16, ArchiveError, r"cannot be used \(why, SQLITE_IOERR_WRITE\); check the disk"),
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


@pytest.fixture(params=["to write", "to read", "none yet"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    if request.param == "to read":
        Ledger.open_writing(tmp_path).close()
    with closing((Ledger.open_writing if request.param == "to write" else Ledger.open_reading)(tmp_path)) as opened:
        yield opened


@pytest.mark.parametrize("ask", [Ledger.rows, Ledger.row, Ledger.write])
def test_every_error_names_the_file(ask: Callable[[Ledger, str], object], ledger: Ledger, tmp_path: Path) -> None:
    told = (
        rf"^{tmp_path}/ledger\.sqlite: the ledger cannot be used \(no such table: lac, SQLITE_ERROR\); check the disk"
    )
    with pytest.raises(ArchiveError, match=told):
        ask(ledger, "SELECT 1 FROM lac")


def test_an_error_that_has_no_code_is_said_too(ledger: Ledger) -> None:
    ledger.close()
    with pytest.raises(ArchiveError, match=r"\(Cannot operate on a closed database\., no code\); check the disk"):
        ledger.rows("SELECT 1")


def test_a_ledger_that_cannot_be_put_in_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite.new").mkdir()
    with pytest.raises(ArchiveError, match=rf"^{tmp_path}/ledger\.sqlite: Is a directory; nothing more is written"):
        Ledger.open_writing(tmp_path)


def test_what_is_committed_survives_a_power_cut_and_names_what_is_there(tmp_path: Path) -> None:
    with closing(Ledger.open_writing(tmp_path)) as opened:
        said = {name: opened.row(f"PRAGMA {name}") for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert said == {"journal_mode": ("wal",), "synchronous": (2,), "foreign_keys": (1,)}  # 2: FULL


def test_a_reader_changes_nothing(tmp_path: Path) -> None:
    Ledger.open_writing(tmp_path).close()
    with (
        closing(Ledger.open_reading(tmp_path)) as opened,
        pytest.raises(ArchiveError, match="attempt to write a readonly database"),
    ):
        opened.write("DELETE FROM runs")


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
