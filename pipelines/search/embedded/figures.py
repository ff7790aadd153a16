"""The figures beside the embedded index.

tantivy has no nested documents, so a condition on one figure is resolved to the ids of its questions in a small SQLite
table of the same versioned folder.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from pipelines.search.documents import Flat, FlatFigure
from pipelines.search.engine_query import FigureIs
from pipelines.search.matching import tokens_of
from schemas.errors import SearchError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS figures
    (question TEXT NOT NULL, low REAL, high REAL, base_low REAL, base_high REAL, base_unit TEXT, kind TEXT NOT NULL,
     subject TEXT NOT NULL);
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS figures_question ON figures (question);
CREATE INDEX IF NOT EXISTS figures_written ON figures (high, low, kind, question);
CREATE INDEX IF NOT EXISTS figures_value ON figures (base_unit, base_high, base_low, kind, question);
"""
_MANY = 200_000  # figures: so many are sooner read question by question than made distinct


class FiguresWriter:
    """One transaction over the table; nothing is kept before `commit`.

    A new table gets its indexes when all rows are there, which is quicker.
    """

    def __init__(self, file: Path, *, new: bool) -> None:
        self._new = new
        self._connection = sqlite3.connect(file, isolation_level=None)
        self._connection.executescript("PRAGMA synchronous=FULL;" + _SCHEMA + ("" if new else _INDEXES))
        self._connection.execute("BEGIN IMMEDIATE")

    def put(self, flat: Flat, *, replaces: bool) -> None:
        """Put the document's figures in the place of those it had; a killed update may have left some unknown ones."""
        if replaces or not self._new:
            self.remove(flat.id)
        if flat.figures:
            rows = [_row(flat.id, each) for each in flat.figures]
            self._connection.executemany("INSERT INTO figures VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def remove(self, question: str) -> None:
        """Forget the figures of a question."""
        self._connection.execute("DELETE FROM figures WHERE question = ?", (question,))

    def commit(self) -> None:
        """Keep what was written."""
        for statement in _INDEXES.split(";"):
            self._connection.execute(statement)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Drop what was not committed."""
        self._connection.close()


@contextmanager
def writing_figures(file: Path, *, new: bool = False) -> Iterator[FiguresWriter]:
    """The table open for writing; what is not committed at the end is dropped."""
    try:
        writer = FiguresWriter(file, new=new)
        try:
            yield writer
        finally:
            writer.close()
    except sqlite3.Error as error:
        raise SearchError(f"cannot write {file}: {error}; mend that, then run `questarium build` again") from error


def check_figures(file: Path) -> None:
    """Raise OSError where the table is not there or is none."""
    try:
        with _reading(file) as connection:
            connection.execute("SELECT 1 FROM figures LIMIT 1")
    except SearchError as error:
        raise OSError(str(error)) from error


@contextmanager
def _reading(file: Path) -> Iterator[sqlite3.Connection]:
    """The table open for reading; raises SearchError where it cannot be read."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise SearchError(
            f"the figures {file} cannot be read ({error}): remove that file, then run `questarium build`"
        ) from error


def _row(question: str, figure: FlatFigure) -> tuple[str | float | None, ...]:
    """The columns of one figure."""
    low, high, words = figure.low, figure.high, f" {' '.join(figure.subject)} "
    return question, low, high, figure.base_low, figure.base_high, figure.base_unit, figure.kind, words


def questions_with(file: Path, conditions: Sequence[FigureIs]) -> list[str]:
    """Ids of the questions with one figure that meets one of the conditions, the whole of it.

    They come as one text, which takes half the time of as many rows.
    """
    each = [_where(condition) for condition in conditions]
    where = " OR ".join(f"({words})" for words, _ in each)
    values = [value for _, held in each for value in held]
    some = f"SELECT count(*) FROM (SELECT 1 FROM figures WHERE {where} LIMIT {_MANY})"  # noqa: S608 (our own words only)
    with _reading(file) as connection:
        (count,) = connection.execute(some, values).fetchone()
        by = "INDEXED BY figures_question" if count == _MANY else ""
        found = f"SELECT DISTINCT question FROM figures {by} WHERE {where}"  # noqa: S608
        (together,) = connection.execute(f"SELECT group_concat(question, char(10)) FROM ({found})", values).fetchone()  # noqa: S608
    return together.split("\n") if together else []


def _where(condition: FigureIs) -> tuple[str, list[float | str]]:
    parts: list[tuple[str, Iterable[float | str]]] = []
    written = "" if condition.unit is None else "base_"
    if condition.low is not None:
        parts.append((f"{written}high >= ?", [condition.low]))
    if condition.high is not None:
        parts.append((f"{written}low <= ?", [condition.high]))
    if condition.unit is not None:
        parts.append(("base_unit = ?", [condition.unit]))
    if condition.kind is not None:
        parts.append(("kind = ?", [condition.kind]))
    if condition.subject_forms:
        forms = tokens_of(condition.subject_forms)
        parts.append((f"({' OR '.join(['instr(subject, ?)'] * len(forms))})", [f" {form} " for form in forms]))
    return " AND ".join(part for part, _ in parts) or "1", [value for _, values in parts for value in values]
