"""Saved queries run over the change log: what is new about the questions they match.

An alert is a question that matches for the first time, an event of one that is followed (answered, renewed, …), or its
due date passed unanswered. A change that only our reading made (a better parser, another registry) is none.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

import orjson
import pyarrow as pa
import pyarrow.compute as pc

from pipelines.dataset.compare import ChangeKind
from pipelines.dataset.parquet import read_table
from pipelines.dataset.rows import Row
from pipelines.dataset.store import Dataset, Version
from pipelines.flow.companions import Companions
from pipelines.flow.indexing import indexed_version, live_state
from pipelines.search.backend import SearchBackend
from pipelines.search.engine_query import And, EngineQuery, Ids
from pipelines.search.engines import open_backend
from pipelines.search.language.understand import understand
from pipelines.search.saved import NewAlert, SavedQueries, SavedQuery, saved_queries
from schemas.question import Status
from schemas.search import Alert, Sort
from schemas.settings import Settings

MATCHED: Final = "matched"
OVERDUE: Final = "overdue"
_NEWS: Final = frozenset({"source", "correction"})
_EVENT: Final = "events."
_LINE: Final = ("sequence", "id", "change", "field", "before", "after", "valid_date", "known_at", "cause")
_IDS: Final = 5_000  # asked of the engine at a time


@dataclass(frozen=True)
class _Indexed:
    """What the queries are run against: the live index and the data version it was made from."""

    settings: Settings
    backend: SearchBackend
    version: Version

    def engine_query(self, query: str, today: date) -> EngineQuery:
        """The query as the index's vocabulary understands it today."""
        vocabulary = Companions.of(self.settings, self.version.content).vocabulary(self.version)
        return understand(query, vocabulary, today=today).engine


def add_query(settings: Settings, name: str, query: str, *, today: date) -> SavedQuery:
    """Save a query; what it matches already is followed and no news. Raises UsageError, NoDatasetError, SearchError."""
    indexed = _indexed(settings)
    version = indexed.version
    saved = SavedQuery(name, query, today, *_reached(version), today)
    matches = set(indexed.backend.scan(indexed.engine_query(query, today), sort=Sort.NUMBER))
    with saved_queries(_file(settings)) as kept:
        kept.add(saved, matches)
    return saved


def queries(settings: Settings) -> list[SavedQuery]:
    """The saved queries, by name."""
    with saved_queries(_file(settings)) as kept:
        return kept.all()


def remove_query(settings: Settings, name: str) -> None:
    """Forget a saved query and its alerts; raises UsageError when there is none of that name."""
    with saved_queries(_file(settings)) as kept:
        kept.remove(name)


def alerts(settings: Settings, *, after: int = 0, name: str | None = None) -> list[Alert]:
    """The alerts made so far, by number."""
    with saved_queries(_file(settings)) as kept:
        found = kept.alerts(after=after, name=name)
    return _titled(settings, found)


def run_queries(settings: Settings, *, today: date, name: str | None = None) -> list[Alert]:
    """Bring the saved queries, or one of them, to the data version of the index; gives the alerts this made.

    Each alert is made once, whatever is killed and run again. Raises UsageError, NoDatasetError, SearchError.
    """
    indexed = _indexed(settings)
    with saved_queries(_file(settings)) as kept:
        last = kept.last_number()
        for saved in kept.all() if name is None else [kept.get(name)]:
            _run(indexed, kept, saved, today)
        made = kept.alerts(after=last)
    return _titled(settings, made)


def _run(indexed: _Indexed, kept: SavedQueries, saved: SavedQuery, today: date) -> None:
    version = indexed.version
    lines = _news(version, saved)
    followed = kept.followed(saved.name)
    matching = set(_matching(indexed, indexed.engine_query(saved.query, today), sorted(lines)))
    made = [
        *_matches(lines, matching - followed),
        *_events(lines, followed),
        *_overdue(version, followed, saved, today),
    ]
    kept.follow(saved.name, matching)
    reached = (*_reached(version), max(saved.day, today))
    kept.advance(SavedQuery(saved.name, saved.query, saved.created, *reached), made, today)


def _matches(lines: dict[str, list[Row]], new: Iterable[str]) -> Iterator[NewAlert]:
    """Questions that match for the first time, unless only our reading of them changed."""
    for question in new:
        news = [line for line in lines[question] if line["cause"] in _NEWS or line["change"] == ChangeKind.ADDED]
        if news:
            yield NewAlert(question, MATCHED, "", news[-1]["valid_date"])


def _events(lines: dict[str, list[Row]], followed: set[str]) -> Iterator[NewAlert]:
    """Events that came to questions that were followed before."""
    for question in lines.keys() & followed:
        for line in lines[question]:
            field = line["field"] or ""
            if field.startswith(_EVENT) and line["before"] is None and line["cause"] in _NEWS:
                day = orjson.loads(line["after"]).get("date")
                kind = field.removeprefix(_EVENT)
                yield NewAlert(question, kind, line["after"], date.fromisoformat(day) if day else None)


def _overdue(version: Version, followed: set[str], saved: SavedQuery, today: date) -> Iterator[NewAlert]:
    """Waiting questions whose last day to answer in time passed since the last run: late from the next day."""
    due = pc.field("due_date")
    where = (pc.field("status") == Status.PENDING.value) & (due >= saved.day) & (due < today)
    for row in read_table(version, "questions", columns=["id", "due_date"], where=where).to_pylist():
        if row["id"] in followed:
            late_from = row["due_date"] + timedelta(days=1)
            yield NewAlert(row["id"], OVERDUE, row["due_date"].isoformat(), late_from)


def _titled(settings: Settings, made: list[Alert]) -> list[Alert]:
    """With the titles of the current data version: what is taken down is shown nowhere."""
    version = Dataset.open(settings.dataset_dir).current
    if version is None:
        return made
    ids = pa.array([each.question for each in made], pa.string())
    rows = read_table(version, "questions", columns=["id", "title"], where=pc.field("id").isin(ids)).to_pylist()
    titles = {row["id"]: row["title"] for row in rows}
    return [each.model_copy(update={"title": titles.get(each.question)}) for each in made]


def _matching(indexed: _Indexed, query: EngineQuery, ids: list[str]) -> Iterator[str]:
    """Those of these questions that match now."""
    for start in range(0, len(ids), _IDS):
        block = Ids(tuple(ids[start : start + _IDS]))
        yield from indexed.backend.scan(And((query, block)), sort=Sort.NUMBER)


def _news(version: Version, saved: SavedQuery) -> dict[str, list[Row]]:
    """The lines of the change log that the query has not seen, by question.

    A log that began anew, in a dataset that was removed and built again, tells what was captured since.
    """
    same_log = _digest(version, saved.sequence) == saved.line
    where = pc.field("sequence") > saved.sequence if same_log else pc.field("known_at") > saved.built
    by_question: defaultdict[str, list[Row]] = defaultdict(list)
    for line in read_table(version, "changes", columns=_LINE, where=where).to_pylist():
        by_question[line["id"]].append(line)
    return dict(by_question)


def _reached(version: Version) -> tuple[int, str, str, datetime]:
    """Where a query is that has seen this data version."""
    return version.sequence, _digest(version, version.sequence), version.name, version.manifest.created


def _digest(version: Version, sequence: int) -> str:
    """A digest of one line of the change log; of no line, that of nothing."""
    lines = read_table(version, "changes", columns=_LINE, where=pc.field("sequence") == sequence).to_pylist()
    return hashlib.sha256(orjson.dumps(lines)).hexdigest()[:16]


def _indexed(settings: Settings) -> _Indexed:
    backend = open_backend(settings)
    return _Indexed(settings, backend, indexed_version(settings, live_state(settings, backend)))


def _file(settings: Settings) -> Path:
    return settings.home / "alerts.sqlite"
