"""Rows ↔ Arrow tables ↔ Parquet files, in one canonical order, so that equal content makes equal bytes.

Which files make a version is said by the manifest; nothing here chooses.
"""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from pipelines.dataset.manifest import DataFile, Version
from pipelines.dataset.rows import QUESTION_TABLES, Row, Rows
from schemas.errors import DatasetError
from schemas.tables import CHANGES, TABLES

SCHEMAS: Final[dict[str, pa.Schema]] = TABLES | {"changes": CHANGES}

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "questions": ("id",),
    "texts": ("id",),
    "events": ("id", "ordinal"),
    "attributions": ("id", "ordinal"),
    "tables": ("id", "ordinal"),
    "figures": ("id", "ordinal"),
    "comparisons": ("id", "ordinal"),
    "disagreements": ("id", "ordinal"),
    "captures": ("capture_id", "question", "url"),
    "quarantine": ("capture_id", "question", "part", "reason", "detail"),
    "members": ("id",),
    "mandates": ("id", "organ"),
    "organs": ("id",),
    "changes": ("sequence",),
}
"""Order of the rows in a file; also what makes a row the same row in two versions."""

_TEXTS_TOGETHER: Final = 2048  # rows of a group: one question is found without reading the others' texts
_ROWS_TOGETHER: Final = 8192  # of all other tables, whose many columns cost more than their rows: half the time
_SCANNED: Final = ds.ParquetFragmentScanOptions(pre_buffer=False)
_AS_THEY_COME: Final = ds.ParquetFileFormat(default_fragment_scan_options=_SCANNED)


def table_of(name: str, rows: Sequence[Row]) -> pa.Table:
    """Rows as an Arrow table of the named table's schema; raises DatasetError for a value that does not fit."""
    try:
        return pa.Table.from_pylist(rows, schema=SCHEMAS[name])
    except (pa.ArrowException, OverflowError, UnicodeEncodeError) as error:
        raise DatasetError(f"{_misfit(name, rows)} does not fit the table '{name}': {error}") from error


def question_tables(questions: Iterable[Rows]) -> dict[str, pa.Table]:
    """The tables of many questions from the rows of each; raises DatasetError for a value that does not fit."""
    given = list(questions)
    return {name: table_of(name, [row for rows in given for row in rows[name]]) for name in QUESTION_TABLES}


def canonical(name: str, parts: Sequence[pa.Table]) -> pa.Table:
    """The parts as one table in canonical order."""
    whole = pa.concat_tables([SCHEMAS[name].empty_table(), *parts])
    return whole.sort_by([(column, "ascending") for column in KEYS[name]])


def values(table: pa.Table, column: str) -> list[Any]:
    """A column as Python values."""
    return list(table[column].to_pylist())


def encode(name: str, table: pa.Table) -> bytes:
    """A canonical table of that name as the bytes of a Parquet file."""
    sink = pa.BufferOutputStream()
    together = _TEXTS_TOGETHER if name == "texts" else _ROWS_TOGETHER
    whole = table.combine_chunks()  # where chunks end would show in the bytes
    pq.write_table(whole, sink, compression="zstd", row_group_size=together, use_content_defined_chunking=False)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def data_file(table: str, partition: str | None, stem: str, content: bytes, rows: int) -> DataFile:
    """The file these bytes make, named by its content."""
    digest = hashlib.sha256(content).hexdigest()
    return DataFile(
        table=table,
        partition=partition,
        path=f"{table}/{stem}-{digest[:16]}.parquet",
        sha256=digest,
        bytes=len(content),
        rows=rows,
    )


def read_files(
    version: Version,
    files: Iterable[DataFile],
    name: str,
    *,
    columns: Sequence[str] | None = None,
    where: pc.Expression | None = None,
) -> pa.Table:
    """Rows of these files, in their order; a column that did not exist yet is null; raises DatasetError."""
    schema = SCHEMAS[name]
    if columns is not None:
        schema = pa.schema([schema.field(column) for column in columns])
    return pa.concat_tables([schema.empty_table(), *(_read(version, file, schema, where) for file in files)])


def read_table(
    version: Version,
    name: str,
    partition: str | None = None,
    *,
    columns: Sequence[str] | None = None,
    where: pc.Expression | None = None,
) -> pa.Table:
    """Rows of one table, of one partition or of all; all columns or some; raises DatasetError."""
    return read_files(version, version.files(name, partition), name, columns=columns, where=where)


def _read(version: Version, file: DataFile, schema: pa.Schema, where: pc.Expression | None) -> pa.Table:
    path = version.path(file)
    try:
        stored = ds.dataset(path, format=_AS_THEY_COME)
        columns = [name for name in schema.names if name in stored.schema.names]
        if where is None:
            table = stored.to_table(columns=columns)
        else:  # few rows of many: no more than two row groups are in memory at a time
            table = stored.to_table(columns=columns, filter=where, use_threads=False, batch_readahead=1)
    except (OSError, pa.ArrowException) as error:
        state = "damaged" if path.exists() else "missing (was the version pruned meanwhile?)"
        raise DatasetError(
            f"file {path} of data version {version.name} is {state}: restore the dataset folder from a copy, "
            "or remove it and build again from the archive"
        ) from error
    return _conform(table, schema)


def _conform(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The table in today's schema."""
    columns = [
        table[field.name].cast(field.type) if field.name in table.column_names else pa.nulls(table.num_rows, field.type)
        for field in schema
    ]
    return pa.table(columns, schema=schema)


def _misfit(name: str, rows: Sequence[Row]) -> str:
    """Which row it was, for the message."""
    for row in rows:
        try:
            pa.Table.from_pylist([row], schema=SCHEMAS[name])
        except (pa.ArrowException, OverflowError, UnicodeEncodeError):
            return " ".join(str(row.get(column)) for column in KEYS[name][:2])
    return "a value"
