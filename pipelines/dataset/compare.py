"""Two states of one question, compared field by field; pure.

Where a reading comes from (`PROVENANCE`) is no news about the question: a change of it alone is no line. Numbering,
versions and files of the log are elsewhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

import orjson

from pipelines.dataset.rows import Row, Rows

PROVENANCE: Final = frozenset({"source_url", "captures", "capture_id", "known_at"})
"""Columns of a question's tables that tell where and when it was read."""

_IDENTITY: Final = frozenset({"id", "partition", "ordinal", "parliament", "term", "type", "number"})


class ChangeKind(StrEnum):
    """What happened to a question between two versions."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Line:
    """One line of the change log, before it has a number; `before` and `after` are JSON, None for nothing."""

    change: ChangeKind
    field: str | None = None
    before: str | None = None
    after: str | None = None
    valid_date: date | None = None
    known_at: datetime | None = None


def compare(before: Rows | None, after: Rows | None, seen: Mapping[str, datetime]) -> list[Line]:
    """What changed, in the order of the columns; empty when only provenance did.

    Args:
        before: rows of the question in the old version, None when it is new.
        after: rows in the new version, None when it is gone; of an added question only `questions` and `events` count.
            Tables other than `questions` may be empty in both where they are known to be the same.
        seen: capture id → time of the capture.
    """
    if after is None:
        return [Line(ChangeKind.REMOVED)]
    known = _known_at(after, seen)
    if before is None:
        return [Line(ChangeKind.ADDED, valid_date=_newest(after["events"]), known_at=known)]
    events, newest = _events(before["events"], after["events"], known)
    fields = [*_columns("questions", before, after), *_columns("texts", before, after)]
    fields += [line for table in ("attributions", "tables", "figures") for line in _list(table, before, after)]
    return [Line(ChangeKind.CHANGED, *field, newest, known) for field in fields] + events


def _columns(table: str, before: Rows, after: Rows) -> list[tuple[str, str | None, str | None]]:
    if not before[table] and not after[table]:
        return []
    (old,), (new,) = before[table], after[table]
    names = [name for name in new if name not in PROVENANCE | _IDENTITY]
    return [(name, _json(old[name]), _json(new[name])) for name in names if old[name] != new[name]]


def _list(table: str, before: Rows, after: Rows) -> list[tuple[str, str | None, str | None]]:
    """The whole list is one field."""
    old, new = [_bare(row) for row in before[table]], [_bare(row) for row in after[table]]
    return [(table, _json(old), _json(new))] if old != new else []


def _events(before: list[Row], after: list[Row], known: datetime | None) -> tuple[list[Line], date | None]:
    """One line for each event that came, went or changed, and the newest day among them."""
    times = {_json(_bare(row)): row["known_at"] for row in after}
    gone, came = _difference([_bare(row) for row in before], [_bare(row) for row in after])
    lines = [
        Line(
            ChangeKind.CHANGED,
            f"events.{(new or old)['kind']}",
            _json(old),
            _json(new),
            (new or old).get("date"),
            times.get(_json(new), known),
        )
        for old, new in _pairs(gone, came)
    ]
    return lines, max((line.valid_date for line in lines if line.valid_date), default=None)


def _difference(before: list[Row], after: list[Row]) -> tuple[list[Row], list[Row]]:
    """What each list has more than the other; an event that stands twice counts twice."""
    gone, came = list(before), []
    for each in after:
        if each in gone:
            gone.remove(each)
        else:
            came.append(each)
    return gone, came


def _pairs(gone: list[Row], came: list[Row]) -> list[tuple[Row, Row]]:
    """An event and what became of it: of the same kind and day first, then of the same kind; {} stands for none."""
    pairs: list[tuple[Row, Row]] = []
    for same in (("kind", "date"), ("kind",)):
        for old in list(gone):
            new = next((each for each in came if all(each.get(name) == old.get(name) for name in same)), None)
            if new is not None:
                gone.remove(old)
                came.remove(new)
                pairs.append((old, new))
    nothing: Row = {}
    return pairs + [(old, nothing) for old in gone] + [(nothing, new) for new in came]


def _bare(row: Row) -> Row:
    """What the row says, without place, provenance and empty columns."""
    hidden = PROVENANCE | _IDENTITY
    return {name: value for name, value in row.items() if name not in hidden and value is not None}


def _json(value: Any) -> str | None:
    if value is None or value == {}:
        return None
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def _newest(events: Sequence[Row]) -> date | None:
    return max((row["date"] for row in events if row["date"]), default=None)


def _known_at(after: Rows, seen: Mapping[str, datetime]) -> datetime | None:
    """When the newest capture was made that the question was read from."""
    captures: list[str] = after["questions"][0]["captures"]
    newest = next((seen[each] for each in captures if each in seen), None)
    return newest or max((row["known_at"] for row in after["events"]), default=None)
