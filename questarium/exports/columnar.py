"""Parquet and JSON lines: typed values, written in batches."""

from collections.abc import Iterable
from datetime import date
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Final

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from questarium.exports.rows import COLUMNS, Row

_BATCH: Final = 2_000
_TYPES: Final = {str: pa.string(), int: pa.int64(), date: pa.date32()}


def write_parquet(path: Path, rows: Iterable[Row], about: dict[str, str]) -> int:
    """Write the rows, with `about` as the file's own metadata; returns how many there were."""
    schema = pa.schema([pa.field(name, _TYPES[kind]) for name, kind in COLUMNS.items()], metadata=about)
    remaining = iter(rows)
    written = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(remaining, _BATCH)):
            writer.write_table(pa.Table.from_pylist(batch, schema=schema))
            written += len(batch)
    return written


def write_json_lines(target: BinaryIO, rows: Iterable[Row]) -> int:
    """Write one JSON object a line; returns how many there were."""
    written = 0
    for row in rows:
        target.write(orjson.dumps(row) + b"\n")
        written += 1
    return written
