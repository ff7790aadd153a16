"""Figures across questions: those that meet a filter, or how many and how large they are by what they are about."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from pipelines.dataset.manifest import Version
from pipelines.dataset.read import connect
from pipelines.figures.rendering import readable
from questarium.queries.opened import current_version
from schemas.figure import Figure
from schemas.record import Record
from schemas.settings import Settings
from schemas.units import in_base


@dataclass(frozen=True)
class FigureFilter:
    """Conditions one figure must meet together; None is no condition. A range meets a bound when it overlaps it.

    With a unit the bounds are in it, whatever unit the text uses: 5 km finds 5 000 m. Without one they are bounds of
    the number as written.
    """

    kind: str | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    subject: str | None = None
    ministry: str | None = None
    section: str | None = None
    direction: str | None = None
    per: str | None = None


class Grouping(StrEnum):
    """What figures are counted by."""

    SUBJECT = "subject"
    MINISTRY = "ministry"
    KIND = "kind"
    UNIT = "unit"
    DIRECTION = "direction"


class FigureList(Record):
    """The figures found, largest value first; `total` counts those beyond the limit too."""

    data_version: str
    total: int
    figures: tuple[dict[str, Any], ...]


class FigureGroups(Record):
    """The figures found, by group, the largest group first; no sums, since texts repeat each other's figures."""

    data_version: str
    by: Grouping
    groups: tuple[dict[str, Any], ...]


_FOUND = """
FROM figures JOIN questions USING (id)
WHERE ($kind IS NULL OR kind = $kind)
  AND ($unit IS NULL OR base_unit = $unit)
  AND ($section IS NULL OR section = $section)
  AND ($direction IS NULL OR direction = $direction)
  AND ($per IS NULL OR lower(per) = lower($per))
  AND ($low IS NULL OR CASE WHEN $unit IS NULL THEN coalesce(value, high) ELSE base_high END >= $low)
  AND ($high IS NULL OR CASE WHEN $unit IS NULL THEN coalesce(value, low) ELSE base_low END <= $high)
  AND ($subject IS NULL OR contains(strip_accents(lower(subject)), strip_accents(lower($subject))))
  AND ($ministry IS NULL OR contains(strip_accents(lower(ministry_assigned)), strip_accents(lower($ministry))))
"""
_LIST = f"""
SELECT figures.*, questions.ministry_assigned AS ministry, questions.published_date, questions.title,
       count(*) OVER () AS total
{_FOUND}
ORDER BY base_high DESC, figures.id, section DESC, ordinal
LIMIT $limit
"""
_GROUPS = {
    Grouping.SUBJECT: "lower(subject)",
    Grouping.MINISTRY: "ministry_assigned",
    Grouping.KIND: "kind",
    Grouping.UNIT: "unit",
    Grouping.DIRECTION: "direction",
}


def find_figures(settings: Settings, wanted: FigureFilter, *, limit: int) -> FigureList:
    """The figures that meet the filter, each with its readings in French and English; raises NoDatasetError."""
    version = current_version(settings)
    rows = _ask(version, _LIST, wanted, limit)
    total = rows[0]["total"] if rows else 0
    hidden = {"partition", "total"}
    kept = tuple({name: value for name, value in row.items() if name not in hidden} | _readings(row) for row in rows)
    return FigureList(data_version=version.name, total=total, figures=kept)


def group_figures(settings: Settings, wanted: FigureFilter, by: Grouping, *, limit: int) -> FigureGroups:
    """How many figures meet the filter by group, in how many questions, from which to which value."""
    version = current_version(settings)
    statement = f"""
SELECT {_GROUPS[by]} AS name, count(*) AS figures, count(DISTINCT id) AS questions,
       {_when_alike("min(base_low)")} AS least, {_when_alike("median(base_low)")} AS median,
       {_when_alike("max(base_high)")} AS most, {_when_alike("min(base_unit)")} AS base_unit
{_FOUND}
GROUP BY 1 ORDER BY figures DESC, name NULLS LAST LIMIT $limit
"""
    return FigureGroups(data_version=version.name, by=by, groups=tuple(_ask(version, statement, wanted, limit)))


def _when_alike(expression: str) -> str:
    """The value where all figures of the group are of one unit: a least of days and euros means nothing."""
    return f"CASE WHEN count(DISTINCT coalesce(base_unit, '')) = 1 THEN {expression} END"


def _ask(version: Version, statement: str, wanted: FigureFilter, limit: int) -> list[dict[str, Any]]:
    unit, factor = in_base(wanted.unit)
    bounds = {
        name: None if bound is None else bound * factor for name, bound in (("low", wanted.low), ("high", wanted.high))
    }
    with connect(version) as connection:
        cursor = connection.execute(statement, {**asdict(wanted), **bounds, "unit": unit, "limit": limit})
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _readings(row: dict[str, Any]) -> dict[str, str]:
    figure = Figure.model_validate({name: row[name] for name in Figure.model_fields})
    return {"fr": readable(figure, "fr"), "en": readable(figure, "en")}
