"""Questions, updates and looks at a dataset, made for the tests of the data versions."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from pipelines.dataset.read import connect, iter_questions
from pipelines.dataset.rows import Row, question_rows
from pipelines.dataset.store import Commit, Dataset, PartitionUpdate, Version
from schemas.figure import Figure
from schemas.identity import QuestionKey
from schemas.question import Attribution, Author, Event, EventKind, Question
from schemas.text_table import TextTable
from tests.records import KNOWN_AT, a_question, event

TERM = "fr-an-15"
NOW = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
DUE = date(2018, 12, 2)
PUBLISHED = event(EventKind.PUBLISHED, date(2018, 10, 2), page=8678)
ANSWERED = event(EventKind.ANSWERED, date(2020, 9, 8), page=6092)


def numbered(*numbers: int, **more: Any) -> list[Question]:
    """Published questions of the term with these numbers."""
    return [a_question(number, PUBLISHED, **more) for number in numbers]


def a_capture(number: int, partition: str = TERM, **more: Any) -> Row:
    """The row of one capture."""
    row: Row = {
        "capture_id": f"{number:020d}",
        "partition": partition,
        "question": f"{TERM}-QE-{number}" if partition == TERM else None,
        "source": "import",
        "url": f"https://example.org/{number}",
        "digest": f"{number:064d}",
        "media_type": "text/html",
        "status": 200,
        "first_seen": KNOWN_AT,
        "warc_file": "import.warc.gz",
        "offset": number,
    }
    return row | more


def set_aside(number: int, partition: str = TERM, **more: Any) -> Row:
    """The row of one capture in quarantine."""
    row: Row = {
        "capture_id": f"{number:020d}",
        "partition": partition,
        "url": f"https://example.org/{number}",
        "question": None,
        "part": None,
        "reason": "empty",
        "detail": "no bytes",
    }
    return row | more


def updated(questions: Sequence[Question], **more: Any) -> PartitionUpdate:
    """An update that gives these questions, and no captures unless told."""
    fields: dict[str, Any] = {"captures": [], "quarantine": []} | more
    return PartitionUpdate(changed=[question_rows(each, due_date=DUE) for each in questions], **fields)


def commit(dataset: Dataset, *questions: Question, **more: Any) -> Commit:
    """Commit these questions to the term."""
    return dataset.commit({TERM: updated(questions, **more)}, now=NOW)


def current(dataset: Dataset) -> Version:
    """The current version, which must be there."""
    version = dataset.current
    assert version is not None
    return version


def rows_of(version: Version, sql: str) -> list[tuple[Any, ...]]:
    """The rows of a SELECT over the version."""
    with connect(version) as connection:
        return connection.execute(sql).fetchall()


def log_of(version: Version) -> list[tuple[Any, ...]]:
    """The change log in short: id, change, field, before, after."""
    return rows_of(version, "SELECT id, change, field, before, after FROM changes ORDER BY sequence")


def content(version: Version | None) -> list[Question]:
    """Every question of the version."""
    return list(iter_questions(version)) if version else []


def files_on_disk(root: Path) -> set[str]:
    """Names below the dataset folder, the lock aside."""
    return {str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and path.name != "LOCK"}


def files_named(dataset: Dataset) -> set[str]:
    """What the versions and the pointer say there should be."""
    versions = dataset.versions()
    named = {f"files/{file.path}" for version in versions for file in version.all_files}
    beside = {"CURRENT", "datapackage.json", "data-dictionary.md"} if versions else set[str]()
    return named | {f"versions/{version.number:06d}.json" for version in versions} | beside


_TEXTS = st.text(max_size=30)
_DAYS = st.dates()
_PAGES = st.none() | st.integers(0, 2**31 - 1)
_FLOATS = st.none() | st.floats(allow_nan=False)
_EVENTS = st.builds(
    Event,
    date=st.none() | _DAYS,
    page=_PAGES,
    reason=st.none() | _TEXTS,
    capture_id=_TEXTS,
    known_at=st.datetimes(timezones=st.just(UTC)),
)
_SMALL = st.integers(0, 10**6)
_FIGURES = st.builds(Figure, start=_SMALL, end=_SMALL, value=_FLOATS, low=_FLOATS, high=_FLOATS)
_GRIDS = st.lists(st.lists(_TEXTS, max_size=3).map(tuple), max_size=3).map(tuple)
_TABLES = st.builds(
    TextTable,
    start=_SMALL,
    end=_SMALL,
    header_rows=_SMALL,
    header_columns=_SMALL,
    rows=_GRIDS,
)


def some_questions() -> st.SearchStrategy[Question]:
    """Any question that the record allows, however odd."""
    return st.builds(
        Question,
        key=st.builds(
            QuestionKey, parliament=st.just("fr-an"), term=st.integers(1, 99), number=st.integers(1, 9_999_999)
        ),
        author=st.none() | st.builds(Author).filter(lambda author: author != Author(name=None)),
        attributions=st.lists(st.builds(Attribution, date=st.none() | _DAYS), max_size=3).map(tuple),
        events=st.lists(_EVENTS, max_size=6).map(tuple),
        tables=st.lists(_TABLES, max_size=3).map(tuple),
        figures=st.lists(_FIGURES, max_size=3).map(tuple),
        flags=st.lists(_TEXTS, max_size=3).map(tuple),
        captures=st.lists(_TEXTS, max_size=3).map(tuple),
    )
