"""Texts taken out of data versions that were made before a question was taken down.

What goes: title, heading, both texts, their tables, figures and corrections, what sources disagree on, what the change
log tells of them, and what is set aside of the question. Its dates, ministries and asker stay. Files and versions are
the store's.
"""

from collections.abc import Callable, Collection
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dataset.manifest import DataFile, Manifest, Version
from pipelines.dataset.parquet import SCHEMAS, read_files

_BLANKED: Final = {
    "questions": ("title", "heading", "corrections"),
    "texts": ("question", "answer"),
    "changes": ("before", "after"),
}
"""Columns that are emptied in the rows of the question."""

_DROPPED: Final = {"tables": "id", "figures": "id", "disagreements": "id", "quarantine": "question"}
"""Tables whose rows of the question go, and the column that names it."""

_TEXT_FIELDS: Final = frozenset(
    {"title", "heading", "question", "answer", "tables", "figures", "corrections", "disagreements"}
)
"""Fields of the change log that tell texts."""

WITHOUT_TEXTS: Final = frozenset({"events", "attributions", "comparisons", "captures", "members", "mandates", "organs"})
"""Tables that hold no text of a question."""

WITH_TEXTS: Final = frozenset({*_BLANKED, *_DROPPED})
"""Tables that do."""


Write = Callable[[str, str | None, str, pa.Table], DataFile]
"""Writes the rows of a table and partition to a file whose name begins with the third argument."""


def redacted_manifest(version: Version, ids: Collection[str], write: Write, done: dict[str, DataFile]) -> Manifest:
    """The manifest of a version without the texts of these questions; `done` has the new file of each old path."""
    for file in version.all_files:
        if file.path not in done:
            table = read_files(version, [file], file.table)
            clean = redacted(file.table, table, ids)
            stem = file.path.rpartition("/")[2].rpartition("-")[0]
            done[file.path] = file if clean is table else write(file.table, file.partition, stem, clean)
    files = [done[file.path] for file in version.manifest.files]
    changes = [done[file.path] for file in version.manifest.changes]
    kept = tuple(sorted((file for file in files if file.rows), key=lambda file: file.path))
    return version.manifest.model_copy(update={"files": kept, "changes": tuple(changes)})


def redacted(name: str, table: pa.Table, ids: Collection[str]) -> pa.Table:
    """The table of that name without the texts of these questions; the very table where it has none."""
    wanted = pa.array(sorted(ids), pa.string())
    if name in _DROPPED:
        # A question that is null is no question of these.
        named = pc.fill_null(pc.is_in(table[_DROPPED[name]], value_set=wanted), fill_value=False)
        return table.filter(pc.invert(named)) if pc.any(named).as_py() else table
    if name not in _BLANKED:
        return table
    named = pc.is_in(table["id"], value_set=wanted)
    if name == "changes":
        fields = pa.array(sorted(_TEXT_FIELDS), pa.string())
        named = pc.and_(named, pc.fill_null(pc.is_in(table["field"], value_set=fields), fill_value=False))
    for column in _BLANKED[name]:
        told = pc.and_(named, pc.is_valid(table[column]))
        if pc.any(told).as_py():
            table = table.set_column(
                table.schema.get_field_index(column),
                SCHEMAS[name].field(column),
                pc.if_else(told, pa.scalar(None, SCHEMAS[name].field(column).type), table[column]),
            )
    return table
