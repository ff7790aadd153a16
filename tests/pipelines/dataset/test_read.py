"""Readers: SQL that reads the data version and nothing else, questions by id, all questions in order."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import duckdb
import pytest

from pipelines.dataset import read
from pipelines.dataset.read import connect, iter_questions, query, question, questions
from pipelines.dataset.store import Dataset
from schemas.errors import DatasetError, UnknownQuestionError, UsageError
from schemas.tables import CHANGES, TABLES
from tests.pipelines.dataset.made import (
    ANSWERED,
    DUE,
    NOW,
    PUBLISHED,
    TERM,
    a_capture,
    commit,
    current,
    files_on_disk,
    numbered,
    set_aside,
    updated,
)
from tests.records import KNOWN_AT, a_question


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """A term with answered and open questions; the folder's name is awkward on purpose."""
    made = Dataset.open(tmp_path_factory.mktemp("it's [a] folder*") / "dataset é")
    answered = a_question(12526, PUBLISHED, ANSWERED, answer="Oui.", flags=("partial",))
    commit(made, *numbered(1, 2, 10), answered, captures=[a_capture(1)], quarantine=[set_aside(9)])
    return made


@pytest.fixture
def connection(dataset: Dataset) -> Iterator[duckdb.DuckDBPyConnection]:
    """SQL over it."""
    with connect(current(dataset)) as opened:
        yield opened


def test_every_table_is_there_with_its_columns(connection: duckdb.DuckDBPyConnection) -> None:
    for name, schema in (TABLES | {"changes": CHANGES}).items():
        columns, _ = query(connection, f"SELECT * FROM {name}")
        assert columns == schema.names, name


def test_tables_of_an_empty_version_are_empty(tmp_path: Path) -> None:
    empty = Dataset.open(tmp_path)
    commit(empty)
    with connect(current(empty)) as opened:
        for name, schema in (TABLES | {"changes": CHANGES}).items():
            assert query(opened, f"SELECT * FROM {name}") == (schema.names, [])


def test_values_have_the_types_of_the_schema(connection: duckdb.DuckDBPyConnection) -> None:
    columns, rows = query(
        connection,
        "SELECT id, term, published_date, due_date, delay_days, flags, known_at, known_at::DATE AS day "
        "FROM questions JOIN events USING (id) WHERE number = 12526 AND kind = 'answered'",
    )
    assert columns[-1] == "day"
    expected = ("fr-an-15-QE-12526", 15, date(2018, 10, 2), DUE, 707, ["partial"], KNOWN_AT, date(2021, 3, 1))
    assert rows == [expected]


def test_times_are_in_utc_wherever_it_runs(dataset: Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    with connect(current(dataset)) as opened:
        _, rows = query(opened, "SELECT first_seen, first_seen::DATE, current_setting('TimeZone') FROM captures")
    assert rows == [(datetime(2021, 3, 1, 6, 30, tzinfo=UTC), date(2021, 3, 1), "UTC")]


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT count(*) FROM questions",
        "  select 1 ;",
        "WITH q AS (SELECT * FROM questions) SELECT count(*) FROM q -- and a remark",
        "FROM questions LIMIT 1",
        "VALUES (1)",
        "DESCRIBE questions",
        "SUMMARIZE questions",
        "SHOW TABLES",
        "SELECT regexp_extract(title, 'G[a-z]+') FROM questions",
        "SELECT before::JSON FROM changes",
        "SELECT * FROM (SELECT status, term FROM questions) PIVOT (count(*) FOR status IN ('pending', 'answered'))",
    ],
)
def test_what_only_reads_is_answered(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    columns, rows = query(connection, sql)
    assert columns
    assert rows


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT nothing FROM questions", r'Referenced column "nothing" not found'),
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM question", "Did you mean"),
        ("SELECT 'a'::INT", "Could not convert"),
        ("SELECT 1; SELECT 2", "write one SELECT"),
        ("", "write one SELECT"),
        ("-- nothing", "write one SELECT"),
        ("SELECT '\x00", "refused"),
        ("SELECT $1", "refused"),
    ],
)
def test_wrong_sql_is_told_in_one_line(connection: duckdb.DuckDBPyConnection, sql: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        query(connection, sql)
    assert "\n" not in str(caught.value)


FORBIDDEN = [
    "COPY questions TO '{out}'",
    "COPY (SELECT 1) TO '{data}' (FORMAT parquet, USE_TMP_FILE false)",
    "EXPLAIN ANALYZE COPY (SELECT 1) TO '{data}' (FORMAT parquet, USE_TMP_FILE false)",
    "COPY (PIVOT (SELECT 1 AS x) ON x) TO '{data}' (FORMAT parquet, USE_TMP_FILE false)",
    "PREPARE p AS COPY (SELECT 1) TO '{data}' (FORMAT parquet, USE_TMP_FILE false)",
    "EXPORT DATABASE '{out}'",
    "ATTACH '{out}'",
    "CREATE TABLE t AS SELECT 1",
    "CREATE SECRET s (TYPE s3)",
    "DROP VIEW questions",
    "INSERT INTO questions SELECT * FROM questions",
    "UPDATE questions SET title = 'x'",
    "DELETE FROM questions",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET allowed_paths",
    "PRAGMA enable_profiling",
    "CALL enable_logging(storage = 'file', storage_path = '{out}')",
    "CHECKPOINT",
    "IMPORT DATABASE '{secret}'",
    "SELECT * FROM read_text('{secret}')",
    "SELECT * FROM read_blob('{secret}')",
    "SELECT * FROM read_csv('{secret}')",
    "SELECT * FROM read_json('{secret}')",
    "SELECT * FROM read_parquet('{secret}')",
    "SELECT * FROM parquet_metadata('{secret}')",
    "SELECT * FROM sniff_csv('{secret}')",
    "SELECT * FROM '{secret}'",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM read_text('{folder}/**')",
    "SELECT * FROM read_text('{data}/../../../../secret.csv')",
    "SELECT * FROM query('SELECT * FROM read_text(''{secret}'')')",
    "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT * FROM read_text(''{secret}'')'))",
    "SELECT * FROM enable_logging(storage = 'file', storage_path = '{out}')",
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "SELECT getenv('HOME')",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_sql_reads_no_other_file_and_writes_nowhere(sql: str, dataset: Dataset, tmp_path: Path) -> None:
    secret = dataset.root.parent / "secret.csv"
    secret.write_text("hidden\nsecret\n")
    version = current(dataset)
    data = version.path(version.files("questions")[0])
    places = {"out": tmp_path / "out", "data": data, "secret": secret, "folder": dataset.root.parent}
    before = {path: (dataset.root / path).read_bytes() for path in files_on_disk(dataset.root)}
    with connect(version) as opened, pytest.raises(UsageError):
        query(opened, sql.format(**{name: str(path).replace("'", "''") for name, path in places.items()}))
    assert {path: (dataset.root / path).read_bytes() for path in files_on_disk(dataset.root)} == before
    assert list(tmp_path.iterdir()) == []


def test_a_big_query_leaves_nothing_in_the_working_folder(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with connect(current(dataset)) as opened:
        query(opened, "SELECT range, repeat('x', 100) FROM range(300000) ORDER BY hash(range) LIMIT 1")
    assert list(tmp_path.iterdir()) == []


def test_a_version_pruned_under_a_reader_is_told(tmp_path: Path) -> None:
    dataset = Dataset.open(tmp_path)
    old = commit(dataset, *numbered(1, title="un")).version
    with connect(old) as opened:
        commit(dataset, *numbered(1, title="deux"))
        assert query(opened, "SELECT title FROM questions")[1] == [("un",)]
        dataset.prune(keep=1)
        with pytest.raises(DatasetError, match="cannot be read"):
            query(opened, "SELECT author_name FROM questions")
    with pytest.raises(DatasetError, match="pruned"):
        connect(old)


def test_questions_come_in_the_order_asked(dataset: Dataset) -> None:
    asked = [f"{TERM}-QE-{number}" for number in (10, 12526, 1, 10, 999)] + ["fr-an-9-QE-1"]
    assert [each.key.number for each in questions(current(dataset), asked)] == [10, 12526, 1, 10]
    assert questions(current(dataset), []) == []


def test_one_question(dataset: Dataset) -> None:
    found = question(current(dataset), f"{TERM}-QE-12526")
    assert found == a_question(12526, PUBLISHED, ANSWERED, answer="Oui.", flags=("partial",))
    assert question(current(dataset), f"{TERM}-QE-12527") is None
    with pytest.raises(UnknownQuestionError):
        question(current(dataset), "' OR 1=1")


def test_all_questions_come_once_over_blocks_and_partitions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "_BLOCK", 7)
    dataset = Dataset.open(tmp_path)
    asked = numbered(*range(1, 51))
    sixteenth = [each.model_copy(update={"key": each.key.model_copy(update={"term": 16})}) for each in asked[:9]]
    dataset.commit({TERM: updated(asked), "fr-an-16": updated(sixteenth)}, now=NOW)
    version = current(dataset)
    assert sorted(iter_questions(version), key=lambda each: (each.key.term, each.key.number)) == asked + sixteenth
    assert list(iter_questions(version, "fr-an-16")) == sixteenth
    assert list(iter_questions(version, "fr-an-17")) == []


def test_readers_in_many_threads(dataset: Dataset) -> None:
    version, found = current(dataset), list[object]()
    readers = [threading.Thread(target=lambda: found.append(len(list(iter_questions(version))))) for _ in range(8)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert found == [4] * 8
