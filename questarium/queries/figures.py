"""Figures across questions, by what they measure."""

from dataclasses import asdict, dataclass
from typing import Any

from pipelines.dataset.read import connect
from questarium.queries.opened import current_version
from schemas.record import Record
from schemas.settings import Settings


@dataclass(frozen=True)
class FigureFilter:
    """Conditions one figure must meet together; None is no condition. A range meets a bound when it overlaps it."""

    kind: str | None = None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    subject: str | None = None
    ministry: str | None = None
    section: str | None = None


class FigureList(Record):
    """The figures found, largest value first; `total` counts those beyond the limit too."""

    data_version: str
    total: int
    figures: tuple[dict[str, Any], ...]


_SQL = """
SELECT figures.*, questions.ministry_assigned AS ministry, questions.published_date, questions.title,
       count(*) OVER () AS total
FROM figures JOIN questions USING (id)
WHERE ($kind IS NULL OR kind = $kind)
  AND ($unit IS NULL OR unit = $unit)
  AND ($section IS NULL OR section = $section)
  AND ($low IS NULL OR coalesce(value, high) >= $low)
  AND ($high IS NULL OR coalesce(value, low) <= $high)
  AND ($subject IS NULL OR contains(strip_accents(lower(subject)), strip_accents(lower($subject))))
  AND ($ministry IS NULL OR contains(strip_accents(lower(ministry_assigned)), strip_accents(lower($ministry))))
ORDER BY coalesce(value, high) DESC, figures.id, ordinal
LIMIT $limit
"""


def find_figures(settings: Settings, wanted: FigureFilter, *, limit: int) -> FigureList:
    """The figures that meet the filter; raises NoDatasetError."""
    version = current_version(settings)
    with connect(version) as connection:
        cursor = connection.execute(_SQL, {**asdict(wanted), "limit": limit})
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    total = rows[0]["total"] if rows else 0
    hidden = {"partition", "total"}
    kept = tuple({name: value for name, value in row.items() if name not in hidden} for row in rows)
    return FigureList(data_version=version.name, total=total, figures=kept)
