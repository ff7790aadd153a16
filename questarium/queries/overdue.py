"""The questions past their due date and still waiting."""

from datetime import date

from pipelines.dataset.read import connect
from questarium.queries.delays import AS_OF
from questarium.queries.opened import Known, opened
from schemas.identity import TermKey
from schemas.record import Record
from schemas.settings import Settings


class OverdueQuestion(Record):
    """One overdue question; `days_late` counts from the day after the due date."""

    id: str
    title: str | None
    author: str | None
    group: str | None
    ministry: str | None
    published_date: date
    due_date: date
    days_late: int
    renewals: int


class OverdueList(Record):
    """The list, oldest due date first; `total` counts those beyond the limit too."""

    as_of: date
    known_at: date | None
    data_version: str
    total: int
    questions: tuple[OverdueQuestion, ...]


_SQL = """
SELECT questions.id, title, author_name, author_group, charge.ministry, published_date, due_date,
       ($day - due_date)::INTEGER AS days_late,
       (SELECT count(*) FROM seen WHERE seen.id = questions.id AND kind = 'renewed')::INTEGER AS renewals
FROM questions JOIN standing USING (id) LEFT JOIN charge USING (id)
WHERE type = 'QE' AND standing.status = 'pending' AND due_date < $day AND published_date <= $day
  AND ($partition IS NULL OR partition = $partition)
  AND ($ministry IS NULL OR contains(strip_accents(lower(charge.ministry)), strip_accents(lower($ministry))))
ORDER BY due_date, partition, number
"""


def overdue_list(
    settings: Settings,
    *,
    term: str | None,
    ministry: str | None,
    day: date,
    limit: int | None,
    known: Known | None = None,
) -> OverdueList:
    """Unanswered, not withdrawn or lapsed, due before that day; raises NoDatasetError, UnknownTermError."""
    version = opened(settings, known)
    values = {"day": day, "partition": str(TermKey.parse(term)) if term else None, "ministry": ministry}
    with connect(version) as connection:
        rows = connection.execute(AS_OF + _SQL, values).fetchall()
    names = OverdueQuestion.model_fields
    found = tuple(OverdueQuestion.model_validate(dict(zip(names, row, strict=True))) for row in rows[:limit])
    return OverdueList(
        as_of=day,
        known_at=known.day if known else None,
        data_version=version.name,
        total=len(rows),
        questions=found,
    )
