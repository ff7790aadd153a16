"""The ledger: a SQLite database that knows every record, capture, visit and number of the archive.

Here are its transactions, its migrations, and how SQLite's errors read to a person. Its tables are in `tables`, what
their rows mean in `visits` (captures) and `numbers`. The ledger runs in WAL mode, so that readers need no lock, and
with `synchronous=FULL`, so that a committed row survives a power cut
(https://www.sqlite.org/pragma.html#pragma_synchronous).
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeAlias

from pipelines.archive import files
from pipelines.archive.tables import MIGRATIONS
from schemas.errors import ArchiveDamagedError, ArchiveError, ArchiveFullError, ArchiveLockedError

LEDGER = "ledger.sqlite"

SqlValue: TypeAlias = str | int | None


def stamp(at: datetime) -> str:
    """A moment as the ledger keeps it: UTC, of fixed width, so that text order is time order."""
    if at.tzinfo is None:
        raise ArchiveError(f"the time {at.isoformat()} has no time zone: the archive keeps moments in UTC")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def moment(text: str) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.fromisoformat(text)


class Ledger:
    """One connection to the ledger; every error it raises is an ArchiveError that names the file."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open_reading(cls, folder: Path) -> Self:
        """Open to read; an archive that does not exist yet reads as an empty one."""
        path = folder / LEDGER
        if not path.exists():
            return cls._empty(path)
        with _explained(path):
            # Where we may write, SQLite may first have to undo what a killed process left half done.
            mode = "rw" if os.access(path, os.W_OK) and os.access(folder, os.W_OK) else "ro"
            connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None)
            connection.execute("PRAGMA query_only = ON")
            version = _version(connection, path)
        if version < len(MIGRATIONS):
            connection.close()
            raise ArchiveError(f"{path}: has the tables of an earlier version; any collect or import brings it up")
        return cls(path, connection)

    @classmethod
    def open_writing(cls, folder: Path) -> Self:
        """Open to write, creating or migrating the tables; the caller holds the archive's lock."""
        path = folder / LEDGER
        if not path.exists():
            _create(path)
        return cls(path, _connect_writing(path))

    @classmethod
    def _empty(cls, path: Path) -> Self:
        connection = sqlite3.connect(":memory:", isolation_level=None)
        _migrate(connection, path)
        return cls(path, connection)

    def rows(self, sql: str, values: Sequence[SqlValue] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    def row(self, sql: str, values: Sequence[SqlValue] = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        try:
            found: tuple[Any, ...] | None = self._connection.execute(sql, values).fetchone()
        except sqlite3.Error as error:
            raise explain(error, self.path) from error
        return found

    def write(self, sql: str, values: Sequence[SqlValue] = ()) -> int:
        """Change rows inside a `transaction`; returns the id of the last row inserted."""
        try:
            return self._connection.execute(sql, values).lastrowid or 0
        except sqlite3.Error as error:
            raise explain(error, self.path) from error

    def changes(self) -> int:
        """Rows changed since the connection was opened."""
        return self._connection.total_changes

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; durable when the block is left without an error."""
        self.write("BEGIN IMMEDIATE")
        try:
            yield
            self.write("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self.write("ROLLBACK")
            raise

    def close(self) -> None:
        """Close the connection; the last one to close folds the WAL into the database."""
        with _explained(self.path):
            self._connection.close()


def explain(error: sqlite3.Error, path: Path) -> ArchiveError:
    """The archive's error for one of SQLite's: what, where, what to do."""
    name = getattr(error, "sqlite_errorname", "no code")
    if name == "SQLITE_FULL" or (name.startswith("SQLITE_IOERR") and _is_full(path)):
        return ArchiveFullError(f"{path}: no room left on the disk; free some and run the command again")
    if name.startswith("SQLITE_CORRUPT") or name == "SQLITE_NOTADB":
        return ArchiveDamagedError(f"{path}: the ledger is damaged ({error}); restore it from a backup")
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ArchiveLockedError(f"{path}: another process writes to the ledger; wait until it has ended")
    return ArchiveError(f"{path}: the ledger cannot be used ({error}, {name}); check the disk and run it again")


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise explain(error, path) from error


def _create(path: Path) -> None:
    """Make the tables apart and put them in place at once: a reader meets a whole ledger or none."""
    apart = path.with_name(f"{path.name}.new")
    try:
        for leftover in path.parent.glob(f"{apart.name}*"):
            leftover.unlink()
        with _explained(apart), closing(sqlite3.connect(apart, isolation_level=None)) as connection:
            _migrate(connection, apart)
            # Last, so that nothing stands in a WAL: closing on a full disk leaves one behind without a word.
            connection.execute("PRAGMA journal_mode = WAL")
        apart.rename(path)
    except OSError as error:
        raise files.explain(error, path) from error
    files.sync_folder(path.parent)


def _connect_writing(path: Path) -> sqlite3.Connection:
    with _explained(path):
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        _migrate(connection, path)
    return connection


def _is_full(path: Path) -> bool:
    return shutil.disk_usage(path.parent).free < 1 << 16  # less than SQLite needs for one step


def _version(connection: sqlite3.Connection, path: Path) -> int:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > len(MIGRATIONS):
        raise ArchiveError(f"{path}: was written by a later version of questarium; use that version")
    return version


def _migrate(connection: sqlite3.Connection, path: Path) -> None:
    for number, script in enumerate(MIGRATIONS[_version(connection, path) :], start=_version(connection, path) + 1):
        connection.executescript(f"BEGIN; {script} PRAGMA user_version = {number}; COMMIT;")
