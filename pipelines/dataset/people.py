"""People in the dataset: records to rows and back, and the rows of new files over those of old ones."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import pyarrow.compute as pc

from pipelines.dataset.manifest import Version
from pipelines.dataset.parquet import read_table
from pipelines.dataset.rows import Row
from schemas.people import People
from schemas.record import Record
from schemas.tables import PEOPLE_TABLES, UNPLACED

_KEYS: Final = {"members": ("id",), "mandates": ("id", "organ"), "organs": ("id",)}


def stored_people(version: Version | None, kinds: Collection[str] | None = None) -> People:
    """Whom a data version knows; raises DatasetError.

    Args:
        version: the data version; None knows nobody.
        kinds: only the mandates and organs of these types, and the members with such a mandate.
    """
    of_kind = pc.field("kind").isin(list(kinds)) if kinds is not None else None
    rows = {name: _stored(version, name, of_kind) for name in ("mandates", "organs")}
    named = pc.field("id").isin([row["member"] for row in rows["mandates"]]) if kinds is not None else None
    rows["members"] = _stored(version, "members", named)
    return People.model_validate({name: [_record(row) for row in found] for name, found in rows.items()})


def people_rows(before: People, read: Iterable[People]) -> dict[str, list[Row]]:
    """The rows after new files were read: a later file says of an id what holds."""
    found: dict[str, dict[tuple[Any, ...], Row]] = {name: {} for name in PEOPLE_TABLES}
    for people in (before, *read):
        for name in PEOPLE_TABLES:
            records: Iterable[Record] = getattr(people, name)
            for record in records:
                row = record.model_dump() | {"partition": UNPLACED}
                found[name][tuple(row[key] for key in _KEYS[name])] = row
    return {name: list(rows.values()) for name, rows in found.items()}


def _stored(version: Version | None, name: str, where: pc.Expression | None) -> list[Row]:
    return read_table(version, name, UNPLACED, where=where).to_pylist() if version else []


def _record(row: Mapping[str, Any]) -> Row:
    return {name: value for name, value in row.items() if name != "partition"}
