"""One partition brought up to date: the old tables, what was given, and so the new tables and what changed.

Arrow tables in, Arrow tables out. Locks, files, version numbers are the store's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from typing import Any, Final, TypeVar

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dataset.compare import PROVENANCE, ChangeKind, Line, compare
from pipelines.dataset.parquet import KEYS, canonical, question_tables, table_of, values
from pipelines.dataset.rows import QUESTION_TABLES, Row, Rows
from schemas.errors import DatasetError
from schemas.tables import TABLES

_BLOCK: Final = 2000  # questions held as Python rows at a time
_OF_ADDED: Final = {"questions": ["id", "captures"], "events": ["id", "date", "known_at"]}
"""The columns that `compare` asks of a question that was added."""
_CAUSES: Final = frozenset({"source", "parser", "registry", "correction"})
_ANY = TypeVar("_ANY")


@dataclass(frozen=True)
class PartitionUpdate:
    """What a build found for one partition.

    Attributes:
        changed: rows of each question that was read again, as `question_rows` makes them; they replace the old ones.
            Questions that are not given stay as they are.
        captures: all rows of the partition's captures.
        quarantine: all rows of what is set aside in the partition.
        inputs: what the partition is now brought up to, in the caller's words; given back by `Dataset.inputs`.
        removed: ids of questions that are to go.
        causes: question id → why it may have changed (source, parser, registry, correction); `source` when absent.
        tables: more questions that were read again, as `question_tables` makes them of many.
        people: all rows of the tables of people, by table; None leaves them as they are.
    """

    changed: Iterable[Rows]
    captures: Sequence[Row]
    quarantine: Sequence[Row]
    inputs: Mapping[str, str] = field(default_factory=dict[str, str])
    removed: Iterable[str] = ()
    causes: Mapping[str, str] = field(default_factory=dict[str, str])
    tables: Iterable[Mapping[str, pa.Table]] = ()
    people: Mapping[str, Sequence[Row]] | None = None


@dataclass(frozen=True)
class Tally:
    """How many came, changed, stayed and went."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0


@dataclass(frozen=True)
class Merged:
    """A partition after the update.

    Attributes:
        tables: the tables whose content differs from before, in canonical order.
        rows: table → tally of its rows, changes of provenance aside.
        questions: tally of the questions; changed is what the log tells.
        log: lines of the change log, still without sequence and version.
    """

    tables: Mapping[str, pa.Table]
    rows: Mapping[str, Tally]
    questions: Tally
    log: pa.Table


@dataclass(frozen=True)
class _Part:
    """One table of the partition: rows that stay, rows that were, rows that take their place."""

    name: str
    kept: pa.Table
    old: pa.Table
    new: pa.Table


def merge(old: Callable[[str], pa.Table], update: PartitionUpdate, partition: str) -> Merged:
    """Bring the partition up to date; raises DatasetError when the update contradicts itself.

    `old` reads a table of the partition as it is; it is asked once for each, since few copies of a term's texts should
    be in memory together.
    """
    parts = _parts(old, update, partition)
    differing = [name for name, part in parts.items() if not part.old.equals(part.new)]
    rows = {name: Tally(unchanged=part.kept.num_rows + part.new.num_rows) for name, part in parts.items()}
    touched: dict[str, set[str]] = {}
    for name in differing:
        rows[name], ids = _difference(parts[name])
        if name in QUESTION_TABLES:
            touched[name] = ids
    log, questions = _log(parts, touched, update, partition)
    tables = {name: _joined(parts.pop(name)) for name in differing}
    return Merged(tables, rows, questions, log)


def _parts(old: Callable[[str], pa.Table], update: PartitionUpdate, partition: str) -> dict[str, _Part]:
    given = _given(update, partition)
    ids = pa.array(sorted({*values(given["questions"], "id"), *update.removed}), pa.string())
    parts: dict[str, _Part] = {}
    for name in TABLES:
        table = old(name)
        if name in QUESTION_TABLES:
            named = pc.is_in(table["id"], value_set=ids)
            parts[name] = _Part(name, table.filter(pc.invert(named)), table.filter(named), given.pop(name))
        else:
            parts[name] = _Part(name, table.slice(0, 0), table, given.pop(name, table))
    return parts


def _joined(part: _Part) -> pa.Table:
    return canonical(part.name, [part.kept, part.new]) if part.kept.num_rows else part.new


def _given(update: PartitionUpdate, partition: str) -> dict[str, pa.Table]:
    """What was given, as canonical tables; questions are taken in blocks, so that a generator stays cheap."""
    blocks: dict[str, list[pa.Table]] = {name: [] for name in QUESTION_TABLES}
    for tables in chain(update.tables, map(question_tables, _blocks(update.changed))):
        for name in QUESTION_TABLES:
            blocks[name].append(tables[name])
    blocks |= {
        "captures": [table_of("captures", update.captures)],
        "quarantine": [table_of("quarantine", update.quarantine)],
    }
    blocks |= {name: [table_of(name, rows)] for name, rows in (update.people or {}).items()}
    given = {name: canonical(name, blocks.pop(name)) for name in list(blocks)}
    _check(given, update, partition)
    return given


def _check(given: Mapping[str, pa.Table], update: PartitionUpdate, partition: str) -> None:
    for name, table in given.items():
        strays = set(pc.unique(table["partition"]).to_pylist()) - {partition}
        if strays:
            raise DatasetError(f"rows of {', '.join(map(str, strays))} were given for '{name}' of {partition}")
    ids = values(given["questions"], "id")
    twice = next((one for one, next_one in pairwise(ids) if one == next_one), None)
    if twice is not None:
        raise DatasetError(f"question {twice} was given twice in one update of {partition}")
    unknown = set(update.causes.values()) - _CAUSES
    if unknown:
        raise DatasetError(f"no such cause of a change: {', '.join(sorted(unknown))}")


def _difference(part: _Part) -> tuple[Tally, set[str]]:
    """Tally of the rows, and the keys' first columns (ids) of those that differ; provenance aside."""
    came, gone = _beyond(part.new, part.old, part.name), _beyond(part.old, part.new, part.name)
    changed = len(set(came) & set(gone))
    tally = Tally(
        added=len(came) - changed,
        changed=changed,
        unchanged=part.kept.num_rows + part.new.num_rows - len(came),
        removed=len(gone) - changed,
    )
    return tally, {key[0] for key in (*came, *gone)}


def _beyond(table: pa.Table, other: pa.Table, name: str) -> list[tuple[Any, ...]]:
    """Keys of the rows that `table` has more often than `other`."""
    if not table.num_rows or not other.num_rows:
        return list(zip(*(values(table, column) for column in KEYS[name]), strict=True))
    told = PROVENANCE if name in QUESTION_TABLES else frozenset[str]()
    columns = ", ".join(f'"{column}"' for column in table.column_names if column not in told)
    keys = ", ".join(f'"{column}"' for column in KEYS[name])
    with duckdb.connect(":memory:") as connection:
        connection.register("these", table)
        connection.register("those", other)
        return connection.execute(
            f"SELECT {keys} FROM (SELECT {columns} FROM these EXCEPT ALL SELECT {columns} FROM those)"  # noqa: S608 - names of our schema
        ).fetchall()


def _log(
    parts: Mapping[str, _Part], touched: Mapping[str, set[str]], update: PartitionUpdate, partition: str
) -> tuple[pa.Table, Tally]:
    """Lines of the change log; `touched` are the ids whose rows differ, by table."""
    seen = {row["capture_id"]: row["first_seen"] for row in update.captures}
    before, after = _ids(parts["questions"].old), _ids(parts["questions"].new)
    blocks: list[pa.Table] = []
    counted = dict.fromkeys(ChangeKind, 0)
    for ids in _blocks(sorted(set[str]().union(*touched.values()))):
        both, added = before.intersection(after, ids), after.intersection(ids) - before
        # Tables that are the same before and after are left out: to compare their rows would say nothing.
        wanted = {name: both & touched.get(name, set()) for name in QUESTION_TABLES} | {"questions": both}
        old = _rows_by_id({name: (parts[name].old, wanted[name]) for name in QUESTION_TABLES}, both)
        new = _rows_by_id({name: (parts[name].new, wanted[name]) for name in QUESTION_TABLES}, both)
        new |= _rows_by_id({name: (parts[name].new.select(of), added) for name, of in _OF_ADDED.items()}, added)
        lines = {each: compare(old.get(each), new.get(each), seen) for each in ids}
        for told in lines.values():
            if told:
                counted[told[0].change] += 1
        blocks.append(_log_table(lines, update.causes, partition))
    total = parts["questions"].kept.num_rows + len(after)
    unchanged = total - counted[ChangeKind.ADDED] - counted[ChangeKind.CHANGED]
    tally = Tally(counted[ChangeKind.ADDED], counted[ChangeKind.CHANGED], unchanged, counted[ChangeKind.REMOVED])
    return pa.concat_tables([table_of("changes", []), *blocks]), tally


def _log_table(lines: Mapping[str, Sequence[Line]], causes: Mapping[str, str], partition: str) -> pa.Table:
    rows: list[Row] = [
        vars(line) | {"id": each, "partition": partition, "cause": causes.get(each, "source")}
        for each, told in lines.items()
        for line in told
    ]
    return table_of("changes", rows)


def _ids(table: pa.Table) -> set[str]:
    return set(values(table, "id"))


def _rows_by_id(tables: Mapping[str, tuple[pa.Table, set[str]]], ids: Iterable[str]) -> dict[str, Rows]:
    """The rows of each id; of each table those of the ids that are wanted of it."""
    found: dict[str, Rows] = {each: {name: [] for name in tables} for each in ids}
    for name, (table, wanted) in tables.items():
        if wanted:
            named = pc.is_in(table["id"], value_set=pa.array(sorted(wanted), pa.string()))
            for row in table.filter(named).to_pylist():
                found[row["id"]][name].append(row)
    return found


def _blocks(items: Iterable[_ANY]) -> Iterator[list[_ANY]]:
    remaining = iter(items)
    while block := list(islice(remaining, _BLOCK)):
        yield block
