"""Where every term stands: collected, missing, set aside, built, indexed."""

from collections import Counter
from contextlib import suppress
from datetime import date
from typing import Any

from pipelines.archive.archive import Archive
from pipelines.dataset.read import connect
from pipelines.dataset.store import Dataset, Version
from pipelines.flow.watching import MINISTRY_LABELS
from pipelines.search.backend import SearchBackend
from pipelines.search.engine_query import And, Keyword, NumberRange
from pipelines.search.engines import open_backend
from schemas.capture import TermCounts
from schemas.errors import SearchUnavailableError
from schemas.identity import TermKey
from schemas.record import Record
from schemas.search import Sort
from schemas.settings import Settings
from schemas.tables import UNPLACED


class TermStatus(Record):
    """One term, in numbers of questions.

    `quarantined` counts captures and parts of captures set aside; `indexed` is None when the engine cannot be asked.
    `unknown_labels` are those of ministries that the registry does not know: `questarium registries` names them.
    """

    term: str
    archived: int
    pending: int
    not_found: int
    never_published: int
    taken_down: int
    failed: int
    quarantined: int
    questions: int
    indexed: int | None
    unknown_labels: int
    last_issue: date | None


class StatusReport(Record):
    """The whole archive; `index_version` differs from `data_version` while the index lags."""

    data_version: str | None
    index_version: str | None
    terms: tuple[TermStatus, ...]

    @property
    def complete(self) -> bool:
        """Nothing is missing, set aside or behind."""
        whole = all(
            not (term.pending or term.failed or term.quarantined or term.unknown_labels)
            and term.indexed == term.questions
            for term in self.terms
        )
        return whole and self.index_version == self.data_version


def status(settings: Settings, term: TermKey | None = None) -> StatusReport:
    """Read from the ledger, the data version and the index, never from a scheduler's memory; `term`: only that one."""
    version = Dataset.open(settings.dataset_dir).current
    with Archive.open(settings.archive_dir) as archive:
        counts = {str(term): archive.counts(term) for term in archive.terms()}
    built = _built(version) if version else {}
    backend, state = open_backend(settings), None
    with suppress(SearchUnavailableError):  # then the numbers of the index are unknown, and the rest still stands
        state = backend.state()
    names = [str(term)] if term else sorted(counts.keys() | built.keys())
    return StatusReport(
        data_version=version.name if version else None,
        index_version=state.data_version if state else None,
        terms=tuple(
            _term(name, counts.get(name), built.get(name, {}), _indexed(backend, name) if state else None)
            for name in names
        ),
    )


def _term(name: str, counts: TermCounts | None, built: dict[str, Any], indexed: int | None) -> TermStatus:
    seen = counts or TermCounts()
    return TermStatus(
        term=name,
        archived=seen.archived,
        pending=seen.pending,
        not_found=seen.not_found,
        never_published=seen.never_published,
        taken_down=seen.taken_down,
        failed=seen.failed,
        quarantined=built.get("quarantined", 0),
        questions=built.get("questions", 0),
        indexed=indexed,
        unknown_labels=built.get("unknown_labels", 0),
        last_issue=built.get("last_issue"),
    )


_BUILT = """
WITH q AS (
    SELECT partition, count(*) AS questions, max(greatest(published_date, answered_date)) AS last_issue
    FROM questions GROUP BY partition
), s AS (
    SELECT partition, count(*) AS quarantined FROM quarantine GROUP BY partition
)
SELECT coalesce(q.partition, s.partition), coalesce(questions, 0), coalesce(quarantined, 0), last_issue
FROM q FULL JOIN s USING (partition)
"""


def _built(version: Version) -> dict[str, dict[str, Any]]:
    with connect(version) as connection:
        rows = connection.execute(_BUILT).fetchall()
        labels = connection.execute(MINISTRY_LABELS).fetchall()
    unknown = Counter(partition for partition, *_, known in labels if not known)
    return {
        partition: {
            "questions": questions,
            "quarantined": quarantined,
            "last_issue": last,
            "unknown_labels": unknown[partition],
        }
        for partition, questions, quarantined, last in rows
    }


def _indexed(backend: SearchBackend, name: str) -> int:
    if name == UNPLACED:
        return 0
    term = TermKey.parse(name)
    query = And((Keyword("parliament", (term.parliament,)), NumberRange("term", term.term, term.term)))
    return backend.search(query, sort=Sort.NUMBER, offset=0, limit=1).total
