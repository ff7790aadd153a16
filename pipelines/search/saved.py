"""Saved queries and the alerts they made: one SQLite file, where an alert can be made once only.

What is an alert is decided by the flow (`pipelines/flow/alerting.py`). How far a query has followed the change log,
which questions it follows and the alerts of that stretch are kept in one transaction: killed at any point, a run has
made them all or none, and the next one makes the same.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from schemas.errors import UsageError
from schemas.search import Alert

_WAIT_S: Final = 30.0
_COLUMNS: Final = ("number", "name", "question", "kind", "day", "data_version", "made")
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS saved (
    name TEXT PRIMARY KEY, query TEXT NOT NULL, created TEXT NOT NULL,
    sequence INTEGER NOT NULL, line TEXT NOT NULL, data_version TEXT NOT NULL, built TEXT NOT NULL, day TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS followed (
    name TEXT NOT NULL REFERENCES saved ON DELETE CASCADE, question TEXT NOT NULL, PRIMARY KEY (name, question)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS alerts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL REFERENCES saved ON DELETE CASCADE,
    question TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL,
    day TEXT, data_version TEXT NOT NULL, made TEXT NOT NULL,
    UNIQUE (name, question, kind, key)
);
"""


@dataclass(frozen=True)
class SavedQuery:
    """A saved query, and up to where it was run.

    Attributes:
        name: how people call it.
        query: as typed.
        created: the day it was saved.
        sequence: the last line of the change log it has seen.
        line: digest of that line, by which a log that began anew is noticed.
        data_version: the one it was run against.
        built: when that version was made.
        day: the day of the run.
    """

    name: str
    query: str
    created: date
    sequence: int
    line: str
    data_version: str
    built: datetime
    day: date


@dataclass(frozen=True)
class NewAlert:
    """An alert before it has a number; `key` tells two of one kind about one question apart."""

    question: str
    kind: str
    key: str
    day: date | None


class SavedQueries:
    """The saved queries of one data folder, within one transaction (`saved_queries`)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def all(self) -> list[SavedQuery]:
        """Every saved query, by name."""
        columns = ", ".join(field.name for field in fields(SavedQuery))
        rows = self._connection.execute(f"SELECT {columns} FROM saved ORDER BY name")  # noqa: S608 (our own words)
        return [_saved(row) for row in rows]

    def get(self, name: str) -> SavedQuery:
        """The query of that name; raises UsageError when there is none."""
        found = next((each for each in self.all() if each.name == name), None)
        if found is None:
            raise UsageError(f"there is no saved query '{name}': questarium alerts list")
        return found

    def add(self, saved: SavedQuery, followed: Iterable[str]) -> None:
        """Save a query that follows these questions from now on; raises UsageError when the name is taken or empty."""
        if not saved.name.strip():
            raise UsageError("a saved query needs a name")
        try:
            self._connection.execute("INSERT INTO saved VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _row(saved))
        except sqlite3.IntegrityError as error:
            raise UsageError(f"there is a saved query '{saved.name}' already: remove it first") from error
        self.follow(saved.name, followed)

    def remove(self, name: str) -> None:
        """Forget a query with its alerts; raises UsageError when there is none of that name."""
        self.get(name)
        self._connection.execute("DELETE FROM saved WHERE name = ?", (name,))

    def followed(self, name: str) -> set[str]:
        """Ids of the questions that the query has matched so far."""
        rows = self._connection.execute("SELECT question FROM followed WHERE name = ?", (name,))
        return {question for (question,) in rows}

    def follow(self, name: str, questions: Iterable[str]) -> None:
        """Follow these questions too."""
        rows = ((name, question) for question in questions)
        self._connection.executemany("INSERT OR IGNORE INTO followed VALUES (?, ?)", rows)

    def advance(self, saved: SavedQuery, made: Iterable[NewAlert], today: date) -> None:
        """Note how far the query was run, with the alerts of that stretch; none is made a second time."""
        self._connection.execute(
            "UPDATE saved SET sequence = ?, line = ?, data_version = ?, built = ?, day = ? WHERE name = ?",
            [*_row(saved)[3:], saved.name],
        )
        self._connection.executemany(
            "INSERT OR IGNORE INTO alerts (name, question, kind, key, day, data_version, made)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (saved.name, *_texts(astuple(each)), saved.data_version, today.isoformat())
                for each in sorted(made, key=lambda each: (each.day or date.max, each.question, each.kind))
            ),
        )

    def alerts(self, *, after: int = 0, name: str | None = None) -> list[Alert]:
        """The alerts with a higher number, in the order they were made, of one query or of all.

        Raises UsageError when there is no query of that name.
        """
        if name is not None:
            self.get(name)
        rows = self._connection.execute(
            "SELECT number, name, question, kind, day, data_version, made FROM alerts"
            " WHERE number > ? AND (? IS NULL OR name = ?) ORDER BY number",
            (after, name, name),
        )
        return [Alert.model_validate(dict(zip(_COLUMNS, row, strict=True)), strict=False) for row in rows]

    def last_number(self) -> int:
        """The number of the newest alert ever made, 0 before the first."""
        row = self._connection.execute("SELECT seq FROM sqlite_sequence WHERE name = 'alerts'").fetchone()
        return int(row[0]) if row else 0


@contextmanager
def saved_queries(file: Path) -> Iterator[SavedQueries]:
    """The saved queries, in one transaction that is kept whole when the block ends well, and else not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(file, timeout=_WAIT_S, isolation_level=None)) as connection:
        connection.executescript(f"PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; {_SCHEMA}")
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield SavedQueries(connection)
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")


def _saved(row: tuple[Any, ...]) -> SavedQuery:
    name, query, created, sequence, line, data_version, built, day = row
    run = (sequence, line, data_version, datetime.fromisoformat(built), date.fromisoformat(day))
    return SavedQuery(name, query, date.fromisoformat(created), *run)


def _row(saved: SavedQuery) -> list[Any]:
    return _texts(astuple(saved))


def _texts(values: Iterable[Any]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in values]
