"""The table of delays on any day, and the questions behind each of its numbers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pipelines.dataset.manifest import Version
from pipelines.dataset.read import connect
from pipelines.delays.ministers import InCharge, Ministers
from pipelines.delays.statistics import DEFINITION, DEFINITION_ID, NUMBERS, DelayRow, Standing, cells, tally
from questarium.queries.opened import Known, opened
from questarium.queries.people import ministers
from schemas.errors import UsageError
from schemas.identity import TermKey
from schemas.question import CLOSING, Status
from schemas.record import Record
from schemas.settings import Settings


class Grouping(StrEnum):
    """What the questions are counted by.

    `ministry` is the one in charge on the day, `minister` the person who held it when the question was closed, or
    holds it on the day.
    """

    MINISTRY = "ministry"
    MINISTER = "minister"
    MINISTRY_ASKED = "ministry_asked"
    GROUP = "group"
    AUTHOR = "author"
    RUBRIC = "rubric"
    TERM = "term"


class Since(StrEnum):
    """From when on questions are counted."""

    APPOINTMENT = "appointment"  # of the minister: published since, or assigned to the ministry since


_COLUMN: Final = {
    Grouping.MINISTRY: "charge.ministry",
    Grouping.MINISTER: "charge.ministry_id",
    Grouping.MINISTRY_ASKED: "questions.ministry_asked",
    Grouping.GROUP: "questions.author_group",
    Grouping.AUTHOR: "questions.author_name",
    Grouping.RUBRIC: "questions.rubric",
    Grouping.TERM: "questions.partition",
}

_COUNTED_UNDER: Final = {
    Grouping.MINISTRY: "the ministry in charge on the day",
    Grouping.MINISTER: "the person who held the ministry in charge at the closing, or holds it on the day",
    Grouping.MINISTRY_ASKED: "the ministry asked",
    Grouping.GROUP: "the asker's group on the day of publication",
    Grouping.AUTHOR: "the asker",
    Grouping.RUBRIC: "the rubric",
    Grouping.TERM: "the term",
}

_CASES: Final = " ".join(f"WHEN bool_or(kind = '{kind}') THEN '{status}'" for kind, status in CLOSING.items())
_CLOSED: Final = " ".join(f"WHEN bool_or(kind = '{kind}') THEN min(date) FILTER (kind = '{kind}')" for kind in CLOSING)

AS_OF: Final = """
WITH seen AS (
    SELECT * FROM events
    WHERE date <= $day OR (date IS NULL AND (kind = 'published' OR known_at::DATE <= $day))
), standing AS (
    SELECT id,
           CASE /*cases*/ ELSE 'pending' END AS status,
           CASE /*closed*/ END AS closed_date,
           min(date) FILTER (kind = 'answered') AS answered_date
    FROM seen GROUP BY id
), captured AS (
    SELECT id, min(known_at)::DATE AS day FROM events GROUP BY id
), charge AS (
    SELECT id, last(ministry ORDER BY ordinal) AS ministry, last(ministry_id ORDER BY ordinal) AS ministry_id,
           max(date) AS received_date
    FROM attributions LEFT JOIN captured USING (id)
    WHERE ordinal = 0 OR coalesce(date, captured.day) <= $day
    GROUP BY id
)
""".replace("/*cases*/", _CASES).replace("/*closed*/", _CLOSED)
"""The state of every question at the end of a day, by the rules of `pipelines.delays.as_of`; a test compares both."""


class DelayTable(Record):
    """The table with what one must know to quote it."""

    by: Grouping
    since: Since | None = None
    as_of: date
    known_at: date | None
    data_version: str
    definition: str
    definition_text: str
    rows: tuple[DelayRow, ...]
    excluded: dict[str, int]

    def as_json(self) -> dict[str, Any]:
        """The rows with their group under its own name."""
        table = self.model_dump(mode="json")
        table["rows"] = [{self.by.value: row.pop("group"), **row} for row in table["rows"]]
        return table


class DelayList(Record):
    """The questions behind one number of the table, by id; `group` None is the row of those without one."""

    by: Grouping
    since: Since | None
    as_of: date
    known_at: date | None
    data_version: str
    group: str | None
    cell: str
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """One written question as it stood; `group` is its value in the database."""

    id: str
    group: str | None
    status: Status
    due_date: date | None
    answered_date: date | None
    closed_date: date | None
    published_date: date | None
    received_date: date | None

    def standing(self, group: str | None) -> Standing:
        return Standing(group, self.status, self.due_date, self.answered_date)


_Counted = Iterator[tuple[str, Standing]]


def delay_table(
    settings: Settings,
    *,
    by: Grouping,
    term: str | None,
    day: date,
    since: Since | None = None,
    known: Known | None = None,
) -> DelayTable:
    """Counts over the written questions published up to that day; each left-out question is counted with its reason.

    Raises NoDatasetError, UnknownTermError, UsageError.
    """
    version = opened(settings, known)
    excluded: dict[str, int] = {}
    standings = [standing for _, standing in _counted(version, by, term, day, since, excluded)]
    return DelayTable(
        by=by,
        since=since,
        as_of=day,
        known_at=known.day if known else None,
        data_version=version.name,
        definition=DEFINITION_ID,
        definition_text=f"{DEFINITION} Counted under {_COUNTED_UNDER[by]}.",
        rows=tuple(tally(standings, day)),
        excluded=excluded,
    )


def delay_list(
    settings: Settings,
    *,
    by: Grouping,
    term: str | None,
    day: date,
    group: str | None,
    cell: str,
    since: Since | None = None,
    known: Known | None = None,
) -> DelayList:
    """The questions behind one number of that table; raises UsageError for a column that counts no questions."""
    if cell not in NUMBERS:
        raise UsageError(f"'{cell}' counts no questions; the columns are: {', '.join(NUMBERS)}")
    version = opened(settings, known)
    counted = _counted(version, by, term, day, since, {})
    found = sorted(id_ for id_, standing in counted if standing.group == group and cell in cells(standing, day))
    return DelayList(
        by=by,
        since=since,
        as_of=day,
        known_at=known.day if known else None,
        data_version=version.name,
        group=group,
        cell=cell,
        questions=tuple(found),
    )


def _counted(
    version: Version, by: Grouping, term: str | None, day: date, since: Since | None, excluded: dict[str, int]
) -> _Counted:
    """The written questions that count, each under its group; those that do not are added to `excluded`."""
    if since is not None and by != Grouping.MINISTER:
        raise UsageError("`--since appointment` counts by person: give `--by minister` with it")
    partition = str(TermKey.parse(term)) if term else None
    dated = _published(_rows(version, by, partition, day), excluded)
    if by != Grouping.MINISTER:
        return ((row.id, row.standing(row.group)) for row in dated)
    return _by_minister(dated, ministers(version), day, since, excluded)


def _rows(version: Version, by: Grouping, partition: str | None, day: date) -> list[_Row]:
    sql = AS_OF + (
        f"SELECT questions.id, {_COLUMN[by]}, standing.status, questions.due_date, standing.answered_date, "  # noqa: S608 - from a closed list
        "standing.closed_date, questions.published_date, charge.received_date "
        "FROM questions LEFT JOIN standing USING (id) LEFT JOIN charge USING (id) "
        "WHERE questions.type = 'QE' AND ($partition IS NULL OR questions.partition = $partition) "
        "AND (questions.published_date IS NULL OR questions.published_date <= $day)"
    )
    with connect(version) as connection:
        rows = connection.execute(sql, {"day": day, "partition": partition}).fetchall()
    return [_Row(id_, group, Status(status), *days) for id_, group, status, *days in rows]


def _published(rows: Iterable[_Row], excluded: dict[str, int]) -> Iterator[_Row]:
    for row in rows:
        if row.published_date is not None:
            yield row
        else:
            _exclude(excluded, "the source shows no day of publication")


def _by_minister(
    rows: Iterable[_Row], people: Ministers, day: date, since: Since | None, excluded: dict[str, int]
) -> _Counted:
    """Under the person in charge at the end; nobody is known for some, which are counted without a group."""
    for row in rows:
        minister = people.in_charge(row.group, row.closed_date or day)
        if since is None or _received_since(row, minister):
            yield row.id, row.standing(minister.person if minister else None)
        else:
            _exclude(excluded, _reason(minister))


def _received_since(row: _Row, minister: InCharge | None) -> bool:
    received = row.received_date or row.published_date
    return minister is not None and received is not None and received >= minister.since


def _reason(minister: InCharge | None) -> str:
    return "received before the minister's appointment" if minister else "the registry knows no minister in charge"


def _exclude(excluded: dict[str, int], reason: str) -> None:
    excluded[reason] = excluded.get(reason, 0) + 1
