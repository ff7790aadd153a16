"""Readers of one data version: SQL, questions by id, all questions in order.

A version never changes, so a reader sees it whole however many commits happen meanwhile.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dataset.changes import changed_since
from pipelines.dataset.manifest import Version
from pipelines.dataset.parquet import SCHEMAS, read_table, values
from pipelines.dataset.rows import QUESTION_TABLES, Row, to_question
from schemas.errors import DatasetError, UsageError
from schemas.identity import QuestionKey
from schemas.question import Question

__all__ = ["changed_since", "connect", "iter_questions", "query", "question", "questions"]

_BLOCK: Final = 2048  # questions in memory at a time

_SQL_TYPES: Final = {
    pa.string(): "VARCHAR",
    pa.date32(): "DATE",
    pa.timestamp("us", tz="UTC"): "TIMESTAMPTZ",
    pa.int32(): "INTEGER",
    pa.int64(): "BIGINT",
    pa.float64(): "DOUBLE",
    pa.list_(pa.string()): "VARCHAR[]",
    pa.list_(pa.list_(pa.string())): "VARCHAR[][]",
}


def connect(version: Version) -> duckdb.DuckDBPyConnection:
    """DuckDB with a view for each table and the change log; it reads no other file, in UTC; raises DatasetError.

    SQL that people write goes through `query`, which also refuses what is not a SELECT: DuckDB lets a COPY overwrite
    the very files it may read.
    """
    paths = [str(version.path(file).absolute()) for file in version.all_files]
    missing = next((file for file in version.all_files if not version.path(file).is_file()), None)
    if missing is not None:
        raise DatasetError(f"file {version.path(missing)} of data version {version.name} is missing: was it pruned?")
    connection = duckdb.connect(
        ":memory:", config={"autoload_known_extensions": "false", "autoinstall_known_extensions": "false"}
    )
    connection.execute("SET TimeZone = 'UTC'")
    connection.execute("SET temp_directory = ''")
    connection.execute(f"SET allowed_paths = {_literal(paths)}")
    for table in SCHEMAS:
        connection.execute(_view(version, table))
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def query(connection: duckdb.DuckDBPyConnection, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
    """Column names and rows of one SELECT; raises UsageError with the engine's message for anything else."""
    try:
        statements = connection.extract_statements(sql)
        if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
            raise UsageError("write one SELECT statement: the dataset is read-only")
        cursor = connection.execute(statements[0])
        return [column[0] for column in cursor.description or ()], cursor.fetchall()
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) or _lost(connection):
            raise DatasetError(f"the data version cannot be read (was it pruned?): {_one_line(error)}") from error
        raise UsageError(f"the SQL was refused: {_one_line(error)}") from error


def question(version: Version, id_: str) -> Question | None:
    """The question of that id, None when the version has none; raises UnknownQuestionError, DatasetError."""
    return next(iter(questions(version, [id_])), None)


def questions(version: Version, ids: Sequence[str], tables: Collection[str] = QUESTION_TABLES) -> list[Question]:
    """The questions of these ids in the order asked; ids that the version does not have are left out.

    Whoever needs less of them names the `tables` to read, the first two at least: the parts that others hold are empty.
    Raises UnknownQuestionError for what is no id, and DatasetError.
    """
    by_partition: dict[str, list[str]] = {}
    for each in ids:
        by_partition.setdefault(str(QuestionKey.parse(each).term_key), []).append(each)
    found: dict[str, Question] = {}
    for partition, wanted in by_partition.items():
        where = pc.field("id").isin(wanted) & (pc.field("id") >= min(wanted)) & (pc.field("id") <= max(wanted))
        found |= {each.id: each for each in _assemble(version, partition, where, tables)}
    return [found[each] for each in ids if each in found]


def iter_questions(version: Version, partition: str | None = None) -> Iterator[Question]:
    """All questions, of one partition or of all, by id, a block at a time; raises DatasetError."""
    for each in (partition,) if partition else version.partitions:
        ids = values(read_table(version, "questions", each, columns=["id"]), "id")
        for start in range(0, len(ids), _BLOCK):
            block = ids[start : start + _BLOCK]
            yield from _assemble(version, each, (pc.field("id") >= block[0]) & (pc.field("id") <= block[-1]))


def _assemble(
    version: Version, partition: str, where: pc.Expression, tables: Collection[str] = QUESTION_TABLES
) -> Iterator[Question]:
    """Questions from the rows of their tables, which are all in the order of ids."""
    rows = {name: _by_id(read_table(version, name, partition, where=where).to_pylist()) for name in tables}
    for each in rows["questions"]:
        yield to_question({name: rows.get(name, {}).get(each, []) for name in QUESTION_TABLES})


def _by_id(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    return {each: list(group) for each, group in groupby(rows, key=lambda row: str(row["id"]))}


def _view(version: Version, table: str) -> str:
    """The view of a table: its columns of today over files of any day, and no rows where there is no file."""
    columns = ", ".join(f'NULL::{_SQL_TYPES[field.type]} AS "{field.name}"' for field in SCHEMAS[table])
    sql = f'CREATE VIEW "{table}" AS SELECT {columns} WHERE false'
    paths = [str(version.path(file).absolute()) for file in version.files(table)]
    if paths:
        sql += f" UNION ALL BY NAME SELECT * FROM read_parquet({_literal(paths)}, union_by_name = true)"  # noqa: S608 - our own paths, quoted
    return sql


def _lost(connection: duckdb.DuckDBPyConnection) -> bool:
    """A file of the version is gone; DuckDB then complains of a folder that it may not read."""
    (paths,) = connection.execute("SELECT current_setting('allowed_paths')").fetchall()[0]
    return not all(Path(path).is_file() for path in paths)


def _literal(values: Iterable[str]) -> str:
    """A list of strings in SQL."""
    return "[" + ", ".join("'" + value.replace("'", "''") + "'" for value in values) + "]"


def _one_line(error: duckdb.Error) -> str:
    """DuckDB's message without the drawing of the place."""
    told = str(error).split("\n\nLINE ")[0].split("\nLINE ")[0]
    return " ".join(told.split())
