"""The table of delays on any day: who answers, who is late."""

from datetime import date
from enum import StrEnum
from typing import Any, Final

from pipelines.dataset.read import connect
from pipelines.delays.statistics import DEFINITION, DEFINITION_ID, DelayRow, Standing, tally
from questarium.queries.opened import current_version
from schemas.identity import TermKey
from schemas.question import CLOSING, Status
from schemas.record import Record
from schemas.settings import Settings


class Grouping(StrEnum):
    """What the questions are counted by; `ministry` is the one in charge on the day."""

    MINISTRY = "ministry"
    MINISTRY_ASKED = "ministry_asked"
    GROUP = "group"
    AUTHOR = "author"
    RUBRIC = "rubric"
    TERM = "term"


_COLUMN: Final = {
    Grouping.MINISTRY: "charge.ministry",
    Grouping.MINISTRY_ASKED: "questions.ministry_asked",
    Grouping.GROUP: "questions.author_group",
    Grouping.AUTHOR: "questions.author_name",
    Grouping.RUBRIC: "questions.rubric",
    Grouping.TERM: "questions.partition",
}

_CASES: Final = " ".join(f"WHEN bool_or(kind = '{kind}') THEN '{status}'" for kind, status in CLOSING.items())

AS_OF: Final = """
WITH seen AS (
    SELECT * FROM events
    WHERE date <= $day OR (date IS NULL AND (kind = 'published' OR known_at::DATE <= $day))
), standing AS (
    SELECT id,
           CASE /*cases*/ ELSE 'pending' END AS status,
           min(date) FILTER (kind = 'answered') AS answered_date
    FROM seen GROUP BY id
), captured AS (
    SELECT id, min(known_at)::DATE AS day FROM events GROUP BY id
), charge AS (
    SELECT id, last(ministry ORDER BY ordinal) AS ministry, last(ministry_id ORDER BY ordinal) AS ministry_id
    FROM attributions LEFT JOIN captured USING (id)
    WHERE ordinal = 0 OR coalesce(date, captured.day) <= $day
    GROUP BY id
)
""".replace("/*cases*/", _CASES)
"""The state of every question at the end of a day, by the rules of `pipelines.delays.as_of`; a test compares both."""


class DelayTable(Record):
    """The table with what one must know to quote it."""

    by: Grouping
    as_of: date
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


def delay_table(settings: Settings, *, by: Grouping, term: str | None, day: date) -> DelayTable:
    """Counts over the written questions published up to that day; each left-out question is counted with its reason.

    Raises NoDatasetError, UnknownTermError.
    """
    partition = str(TermKey.parse(term)) if term else None
    version = current_version(settings)
    sql = AS_OF + (
        f"SELECT {_COLUMN[by]}, standing.status, questions.due_date, standing.answered_date, questions.published_date "  # noqa: S608 - from a closed list
        "FROM questions LEFT JOIN standing USING (id) LEFT JOIN charge USING (id) "
        "WHERE questions.type = 'QE' AND ($partition IS NULL OR questions.partition = $partition) "
        "AND (questions.published_date IS NULL OR questions.published_date <= $day)"
    )
    with connect(version) as connection:
        rows = connection.execute(sql, {"day": day, "partition": partition}).fetchall()
    dated = [row for row in rows if row[4] is not None]
    standings = (Standing(group, Status(status), due, answered) for group, status, due, answered, _ in dated)
    undated = len(rows) - len(dated)
    return DelayTable(
        by=by,
        as_of=day,
        data_version=version.name,
        definition=DEFINITION_ID,
        definition_text=DEFINITION,
        rows=tuple(tally(standings, day)),
        excluded={"the source shows no day of publication": undated} if undated else {},
    )
