"""What must hold between the stages, read from the stages themselves: the ground of the checks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from pipelines.archive.archive import Archive
from pipelines.dataset.read import connect
from pipelines.dataset.store import Dataset
from pipelines.flow.drift import alarms_noted
from schemas.capture import NumberState, TermCounts
from schemas.identity import TermKey
from schemas.settings import Settings
from schemas.terms import term as known_term

MINISTRY_LABELS: Final = """
SELECT partition, label, count(DISTINCT id) AS questions, bool_or(known) AS known FROM (
    SELECT partition, id, ministry_asked AS label, ministry_asked_id IS NOT NULL AS known FROM questions
    UNION ALL SELECT partition, id, ministry_answered, ministry_answered_id IS NOT NULL FROM questions
    UNION ALL SELECT partition, id, ministry, ministry_id IS NOT NULL FROM attributions
) WHERE label IS NOT NULL GROUP BY ALL ORDER BY partition, questions DESC, label
"""
"""Every label of a ministry that the questions of a term show, with their number and whether the registry knows it."""

_OUT_OF_ORDER: Final = """
SELECT DISTINCT events.id FROM events JOIN questions USING (id)
WHERE events.partition = $1 AND (
    events.date < published_date OR (events.kind IN ('renewed', 'signalled') AND events.date > answered_date)
) ORDER BY 1
"""
_PARIS: Final = ZoneInfo("Europe/Paris")
_BULK_SOURCES: Final = ("opendata", "dila")
_WEEK: Final = 7
_LONGEST_PAUSE: Final = 4  # weeks: the JO prints questions every week, summers included; elections stop it for some
_NEVER_FEWER: Final = ("questions", "texts", "captures")


def number_states(settings: Settings, term: TermKey) -> TermCounts:
    """How many numbers of the term are in each state of the ledger."""
    with Archive.open(settings.archive_dir) as archive:
        return archive.counts(term)


def missing_from_dataset(settings: Settings, term: TermKey) -> list[str]:
    """Archived questions that are neither in the current data version nor in its quarantine; none, when all is well."""
    with Archive.open(settings.archive_dir) as archive:
        archived = {str(each.question) for each in archive.numbers(term) if each.state == NumberState.ARCHIVED}
    version = Dataset.open(settings.dataset_dir).current
    if version is None:
        return sorted(archived)
    sql = "SELECT id FROM questions WHERE partition = $1 UNION SELECT question FROM quarantine WHERE partition = $1"
    with connect(version) as connection:
        known = {id_ for (id_,) in connection.execute(sql, [str(term)]).fetchall()}
    return sorted(archived - known)


def out_of_order(settings: Settings, term: TermKey) -> list[str]:
    """Questions with an event before their publication, or a renewal or a signalling after their answer."""
    version = Dataset.open(settings.dataset_dir).current
    if version is None:
        return []
    with connect(version) as connection:
        return [id_ for (id_,) in connection.execute(_OUT_OF_ORDER, [str(term)]).fetchall()]


def layout_alarms(settings: Settings, partition: str) -> list[str]:
    """What the pages last read of a partition show less often than those before, and how much was set aside."""
    return alarms_noted(Dataset.open(settings.dataset_dir).inputs(partition))


def unknown_labels(settings: Settings, term: TermKey) -> dict[str, int]:
    """The ministries' labels that the registry does not know, with the number of questions that show each."""
    version = Dataset.open(settings.dataset_dir).current
    if version is None:
        return {}
    with connect(version) as connection:
        rows = connection.execute(MINISTRY_LABELS).fetchall()
    return {label: questions for found, label, questions, known in rows if found == str(term) and not known}


def fallen_counts(settings: Settings, term: TermKey) -> dict[str, tuple[int, int]]:
    """Tables that have fewer rows of the term than the data version before had: rows before, rows now.

    Questions that a takedown removed are in the change log as removed, and do not count as missing.
    """
    *_, before, now = [None, None, *Dataset.open(settings.dataset_dir).versions()]
    if before is None or now is None:
        return {}
    had, has = before.partition_counts(str(term)), now.partition_counts(str(term))
    return {name: (had[name], has[name]) for name in _NEVER_FEWER if has[name] < had[name]}


@dataclass(frozen=True)
class Issues:
    """The JO's weekly issues of a term: the last that questions show, the last expected, and whether anybody looked.

    `looked` is the last day the source was asked.
    """

    last: date | None
    expected: date | None
    looked: date | None

    @property
    def missed(self) -> int:
        """Weeks without an issue since the last one."""
        return (self.expected - self.last).days // _WEEK if self.expected and self.last else 0

    @property
    def on_time(self) -> bool:
        """Whether the source was asked since the expected issue; a week without an issue is one with nothing new.

        More than `_LONGEST_PAUSE` of them in a row mean that something broke without a sound. A closed term has no
        issue to expect.
        """
        if self.expected is None:
            return True
        return self.looked is not None and self.looked >= self.expected and self.missed <= _LONGEST_PAUSE


def issues(settings: Settings, term: TermKey, today: date) -> Issues:
    """What is known of the term's issues by that day, which is one in Paris."""
    version = Dataset.open(settings.dataset_dir).current
    last = None
    if version is not None:
        sql = "SELECT max(greatest(published_date, answered_date)) FROM questions WHERE partition = $1"
        with connect(version) as connection:
            last = connection.execute(sql, [str(term)]).fetchall()[0][0]
    with Archive.open(settings.archive_dir) as archive:
        seen = [ref.last_seen for ref in archive.captures(term=term)]
        seen += [number.updated for number in archive.numbers(term)]
        seen += [file.seen for source in _BULK_SOURCES for file in archive.bulk_files(source, term)]
    looked = max(seen, default=None)
    return Issues(last, expected_issue(term, today), looked.astimezone(_PARIS).date() if looked else None)


def expected_issue(term: TermKey, today: date) -> date | None:
    """The last day by then that the JO prints the term's questions on; None for an unknown or a closed term."""
    known = known_term(term)
    if known is None or known.closed is not None:
        return None
    day = today - timedelta(days=(today.weekday() - known.weekday) % _WEEK)
    return day if day >= known.opened else None
