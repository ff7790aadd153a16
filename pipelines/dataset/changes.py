"""The change log of a version, read: which questions changed since when.

The lines are made by `compare` and numbered by `store`.
"""

from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dataset.compare import ChangeKind
from pipelines.dataset.manifest import Version
from pipelines.dataset.parquet import read_table, values


def sequences(version: Version, ids: Sequence[str] | None = None) -> dict[str, int]:
    """Question id → sequence of its newest line, removed questions included, of all or of some; raises DatasetError."""
    where = None if ids is None else pc.field("id").isin(pa.array(ids, pa.string()))
    log = read_table(version, "changes", columns=["id", "sequence"], where=where)
    newest = log.group_by("id").aggregate([("sequence", "max")])
    return dict(zip(values(newest, "id"), values(newest, "sequence_max"), strict=True))


def changed_since(version: Version, since: Version | int) -> tuple[set[str], set[str]]:
    """Ids that changed (or came) and ids that are gone after a version, or after a sequence; raises DatasetError."""
    sequence = since if isinstance(since, int) else since.sequence
    log = read_table(version, "changes", columns=["id", "change"], where=pc.field("sequence") > sequence)
    last = dict(zip(values(log, "id"), values(log, "change"), strict=True))
    gone = {each for each, change in last.items() if change == ChangeKind.REMOVED}
    return last.keys() - gone, gone
