"""What the archive knows of numbers without a page, and on what evidence."""

import sqlite3
from datetime import timedelta
from pathlib import Path

from pipelines.archive.archive import Archive
from pipelines.archive.ledger import LEDGER
from pipelines.archive.numbers import merged
from pipelines.archive.tables import MIGRATIONS
from schemas.capture import BulkFile, NumberRecord, NumberState
from schemas.identity import TermKey
from tests.pipelines.archive.pages import START, TERM, page, question

LIST = "https://open.example/q.zip sha256:00"


def record(state: NumberState, reason: str | None, *evidence: str) -> NumberRecord:
    return NumberRecord(question=question(5), state=state, reason=reason, updated=START, evidence=evidence)


MISSING = record(NumberState.NOT_FOUND, "http_404", "capture")
UNLISTED = record(NumberState.NEVER_PUBLISHED, "not_in_list", LIST)
TROUBLE = record(NumberState.PENDING, "http_503")


def test_the_site_and_the_list_together_say_that_it_was_never_published() -> None:
    for first, second in ((MISSING, UNLISTED), (UNLISTED, MISSING)):
        both = merged(first, second)
        assert (both.state, both.reason) == (NumberState.NEVER_PUBLISHED, "http_404, not_in_list")
        assert set(both.evidence) == {"capture", LIST}


def test_a_reason_that_is_not_known_is_not_said() -> None:
    for first, second in (
        (MISSING.model_copy(update={"reason": None}), UNLISTED),
        (UNLISTED, record(NumberState.NOT_FOUND, None)),
    ):
        assert merged(first, second).reason == "not_in_list"


def test_a_newer_list_takes_the_place_of_the_older() -> None:
    both = merged(merged(MISSING, UNLISTED), record(NumberState.NEVER_PUBLISHED, "not_in_list", LIST[:-1] + "1"))
    assert (both.reason, both.evidence) == ("http_404, not_in_list", ("capture", LIST[:-1] + "1"))


def test_trouble_on_the_way_says_nothing_of_the_number() -> None:
    assert merged(MISSING, TROUBLE) == MISSING
    assert merged(TROUBLE, MISSING) == MISSING
    strange = record(NumberState.FAILED, "wrong_number")
    assert merged(MISSING, strange) == strange


def test_evidence_is_kept_until_the_page_comes(tmp_path: Path) -> None:
    with Archive.open_for_writing(tmp_path, source="test", now=START) as archive:
        archive.set_numbers([MISSING])
        archive.set_numbers([UNLISTED])
        kept = archive.number(question(5))
        assert kept is not None
        assert (kept.state, kept.evidence) == (NumberState.NEVER_PUBLISHED, ("capture", LIST))
        archive.append(page(5))
        found = archive.number(question(5))
        assert found is not None
        assert (found.state, found.evidence) == (NumberState.ARCHIVED, ())


def test_an_archive_of_the_first_version_is_brought_up(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / LEDGER) as connection:
        connection.executescript(MIGRATIONS[0])
        row = ("fr-an", 15, "QE", 5, "not_found", "http_404", "u", 1, None, START.isoformat())
        connection.execute("INSERT INTO numbers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        connection.execute("PRAGMA user_version = 1")
    with Archive.open_for_writing(tmp_path, source="test", now=START) as archive:
        (number,) = archive.numbers(TERM)
        assert (number.state, number.reason, number.evidence) == (NumberState.NOT_FOUND, "http_404", ())


def test_bulk_files_are_known_by_their_address(tmp_path: Path) -> None:
    file = BulkFile(
        url="https://open.example/q.zip",
        source="opendata",
        term=TERM,
        sha256="00",
        size=10,
        members=3,
        highest=4,
        etag='"a"',
        last_modified="Mon, 23 Nov 2026 10:00:00 GMT",
        read_at=START,
        seen=START,
    )
    later = file.model_copy(update={"seen": START + timedelta(days=1)})
    next_term = file.model_copy(update={"url": "https://open.example/16.zip", "term": TermKey.parse("fr-an-16")})
    elsewhere = file.model_copy(update={"url": "https://open.example/15.zip", "term": TermKey.parse("fr-senat-15")})
    members = file.model_copy(update={"url": "https://open.example/amo.zip", "source": "members", "term": None})
    with Archive.open_for_writing(tmp_path, source="test", now=START) as archive:
        for each in (file, later, next_term, elsewhere, members):
            archive.note_bulk_file(each)
    with Archive.open(tmp_path) as archive:
        assert archive.bulk_file(file.url) == later
        assert archive.bulk_files("opendata") == [elsewhere, next_term, later]
        assert archive.bulk_files("opendata", TERM) == [later]
        assert archive.bulk_files("members") == [members]
        assert archive.bulk_file("https://open.example/other.zip") is None
    assert file.citation == LIST
