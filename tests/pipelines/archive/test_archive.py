"""What goes into the archive comes out of it, once, in order, with its numbers."""

import contextlib
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.archive.archive import Archive, ArchiveWriter
from pipelines.archive.tables import MIGRATIONS
from pipelines.archive.visits import capture_id
from schemas.capture import NumberRecord, NumberState, Validators
from schemas.errors import ArchiveDamagedError, ArchiveError
from schemas.identity import TermKey
from tests.pipelines.archive.pages import START, TERM, body, imported, page, question, url


def writer(root: Path, source: str = "assemblee", now: datetime = START) -> ArchiveWriter:
    return Archive.open_for_writing(root, source=source, now=now)


def state(number: int, state: NumberState, **fields: object) -> NumberRecord:
    return NumberRecord.model_validate({"question": question(number), "state": state, "updated": START} | fields)


def test_an_archive_that_does_not_exist_is_empty_and_stays_away(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "none") as archive:
        assert list(archive.captures()) == []
        assert archive.terms() == []
        assert archive.last_sequence() == archive.last_sequence(None) == archive.last_sequence(TERM) == 0
        assert archive.revisions(question(1)) == []
        assert archive.number(question(1)) is None
        assert archive.validators(url(1)) is None
    assert not (tmp_path / "none").exists()


def test_a_capture_is_read_back_with_all_it_says(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        visit = archive.append(page(1))
        assert visit.outcome == "new"
    with Archive.open(tmp_path) as archive:
        (ref,) = archive.captures()
        assert ref == visit.ref == archive.capture(ref.capture_id)
        assert (ref.url, ref.status, ref.source, ref.question) == (url(1), 200, "assemblee", question(1))
        assert ref.media_type == "text/html; charset=UTF-8"
        assert ref.first_seen == ref.last_seen == START
        assert archive.read(ref).body == body(1)
        assert archive.read(ref).ref == ref


def test_an_id_depends_on_address_and_payload_only(tmp_path: Path) -> None:
    with writer(tmp_path / "a") as one, writer(tmp_path / "b", "import", START + timedelta(days=9)) as other:
        one.append(page(2))
        first = one.append(page(1)).ref
        second = other.append(page(1, day=9, source="import", question=None)).ref
    assert first.capture_id == second.capture_id
    assert first.sequence != second.sequence


def test_the_same_payload_again_is_a_visit(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        first = archive.append(page(1)).ref
        again = archive.append(page(1, day=3))
        assert again.outcome == "unchanged"
        assert again.ref.sequence == first.sequence
        assert (again.ref.first_seen, again.ref.last_seen) == (START, START + timedelta(days=3))
        assert archive.count_captures() == 1
        assert archive.append(page(1, day=3)).outcome == "unchanged"
    size = (tmp_path / "warc" / first.warc_file).stat().st_size
    with writer(tmp_path) as archive:
        assert archive.append(page(1, day=3)).outcome == "unchanged"  # this very fetch, handed in twice
    assert [each.stat().st_size for each in (tmp_path / "warc").iterdir()] == [size]


def test_a_payload_that_returns_is_current_again(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        visits = [archive.append(page(1, version, day=day)) for day, version in enumerate([1, 2, 1, 1])]
        assert [visit.outcome for visit in visits] == ["new", "new", "returned", "unchanged"]
        assert [visit.ref.sequence for visit in visits] == [1, 2, 3, 3]
        assert [archive.read(ref).body for ref in archive.revisions(question(1))] == [body(1, 2), body(1, 1)]
        assert [ref.sequence for ref in archive.captures(after=1)] == [2, 3]
        assert archive.last_sequence() == 3


def test_a_304_is_a_visit_of_the_current_capture(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        archive.append(page(1, 1, etag='"a"'))
        archive.append(page(1, 2, day=1, etag='"b"'))
        visit = archive.not_modified(url(1), START + timedelta(days=2))
        assert (visit.outcome, visit.ref.digest) == ("unchanged", archive.revisions(question(1))[-1].digest)
        assert visit.ref.last_seen == START + timedelta(days=2)
        assert visit.ref.media_type == "text/html; charset=UTF-8"
        assert archive.validators(url(1)) == Validators(etag='"b"', last_modified=None)
        assert archive.append(page(1, 1, day=3)).outcome == "returned"


def test_a_304_without_a_capture_is_refused(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        with pytest.raises(ArchiveError, match=f"^{url(1)}: answered 304, but the archive holds no capture of it$"):
            archive.append_many([page(2), page(1, status=304, body=b"")])
        assert archive.count_captures() == 0  # all or none
        assert archive.append(page(1)).outcome == "new"  # and a refusal stops nothing


def test_validators_are_those_of_the_last_answer(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        archive.append(page(1, etag='"a"', last_modified="Mon, 23 Nov 2026 10:00:00 GMT"))
        archive.append(page(1, day=1))
        assert archive.validators(url(1)) is None
        archive.append(page(2, etag='"gone"', status=404))
        assert archive.validators(url(2)) is None


def test_another_media_type_is_another_reading(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        archive.append(page(1))
        visit = archive.append(page(1, day=1, media_type="text/html; charset=ISO-8859-1"))
        assert (visit.outcome, visit.ref.sequence) == ("returned", 2)
        assert visit.ref.media_type == "text/html; charset=ISO-8859-1"


def test_a_group_may_hold_the_same_payload_twice(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        visits = archive.append_many([page(1), page(1, day=1), page(1, 2, day=2), page(1, day=3)])
        assert [visit.outcome for visit in visits] == ["new", "unchanged", "new", "returned"]
        assert archive.append_many([]) == []


def test_captures_by_term(tmp_path: Path) -> None:
    other = TermKey.parse("fr-an-16")
    with writer(tmp_path) as archive:
        later = question(1).model_copy(update={"term": 16})
        archive.append_many([page(1), page(2, question=later), imported("a.txt", b"a"), page(3)])
        assert [ref.url for ref in archive.captures(term=TERM)] == [url(1), url(3)]
        assert [ref.url for ref in archive.captures(term=other)] == [url(2)]
        assert [ref.url for ref in archive.captures(term=None)] == ["file:a.txt"]
        assert len(list(archive.captures())) == 4
        assert archive.terms() == [TERM, other]
        assert (archive.last_sequence(TERM), archive.last_sequence(other), archive.last_sequence(None)) == (4, 2, 3)
        assert (archive.count_captures(TERM), archive.count_captures(None), archive.count_captures()) == (2, 1, 4)


def test_captures_are_paged_and_end_where_they_stood(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        archive.append_many([page(number) for number in range(2500)])
        seen = []
        for ref in archive.captures():
            seen.append(ref.sequence)
            if ref.sequence <= 3:  # what is bumped meanwhile belongs to the next reading
                archive.append(page(ref.sequence, 2, day=1))
        assert seen == list(range(1, 2501))


def test_an_identity_learnt_later(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        ref = archive.append(imported("a.txt", b"a")).ref
        archive.append(imported("b.txt", b"b"))
        archive.assign(ref.capture_id, question(7))
        assert [each.sequence for each in archive.revisions(question(7))] == [3]
        assert archive.count_captures(None) == 1
        archive.assign(ref.capture_id, question(7))
        assert archive.last_sequence() == 3
        found = archive.number(question(7))
        assert found is not None
        assert (found.state, found.url) == (NumberState.ARCHIVED, "file:a.txt")
        named = "to be given fr-an-15-QE-7, fr-an-15-QE-8"
        with pytest.raises(ArchiveError, match=f"^{tmp_path}: holds no capture 0123 {named}$"):
            archive.assign_many([("0123", [question(7), question(8)])])


def test_a_page_of_another_question_leaves_its_number_failed(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        first, other = archive.append(page(1)).ref, archive.append(page(2)).ref
        archive.assign_many([(first.capture_id, [question(5)])])
        found = archive.number(question(1))
        assert found is not None
        assert (found.state, found.reason) == (NumberState.FAILED, "other_question")
        archive.append(page(2, 2, day=1))
        archive.assign(other.capture_id, question(6))
        assert archive.counts(TERM).archived == 3  # 2 keeps its second capture; 5; 6
        archive.append(page(1, day=2))
        assert archive.revisions(question(1)) == []  # what parsing has learnt stands


def test_a_capture_makes_its_number_archived_for_good(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        assert archive.expect([question(1), question(2), question(3)]) == 3
        assert archive.expect([question(1), question(4)]) == 1
        archive.append(page(1))
        archive.append(page(2, status=404))
        retry = START + timedelta(hours=1)
        archive.set_numbers(
            [
                state(1, NumberState.FAILED, reason="http_503"),
                state(2, NumberState.NOT_FOUND, url=url(2)),
                state(3, NumberState.PENDING, reason="timeout", tries=2, next_try=retry),
            ]
        )
        assert archive.expect([question(1), question(2)]) == 0
        states = [(each.question.number, str(each.state), each.reason) for each in archive.numbers(TERM)]
        assert states == [
            (1, "archived", None),
            (2, "not_found", None),
            (3, "pending", "timeout"),
            (4, "pending", None),
        ]
        counts = archive.counts(TERM)
        assert (counts.archived, counts.not_found, counts.failed, counts.pending) == (1, 1, 0, 2)
        assert [each.question.number for each in archive.due(TERM, START)] == [4]
        assert [each.question.number for each in archive.due(TERM, retry)] == [3, 4]
        archive.append(page(3, day=1))
        assert archive.number(question(3)) == state(
            3, NumberState.ARCHIVED, url=url(3), tries=2, updated=START + timedelta(days=1)
        )


def test_an_archive_is_read_while_it_is_written(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        archive.append(page(1))
        with Archive.open(tmp_path) as reader:
            assert [reader.read(ref).body for ref in reader.captures()] == [body(1)]
            archive.append(page(2))
            assert [reader.read(ref).body for ref in reader.captures()] == [body(1), body(2)]


def test_a_time_without_zone_is_refused(tmp_path: Path) -> None:
    with writer(tmp_path) as archive, pytest.raises(ArchiveError, match="time zone"):
        archive.append(page(1, fetched_at=START.replace(tzinfo=None)))


def test_damaged_bytes_are_never_given_out(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        ref = archive.append(page(1)).ref
    path = tmp_path / "warc" / ref.warc_file
    data = bytearray(path.read_bytes())
    data[ref.offset + 40] ^= 1
    path.write_bytes(data)
    with (
        Archive.open(tmp_path) as archive,
        pytest.raises(
            ArchiveDamagedError,
            match=f"^{path} at byte {ref.offset}: capture {ref.capture_id} is damaged; restore it from a backup$",
        ),
    ):
        archive.read(ref)
    path.unlink()
    with Archive.open(tmp_path) as archive, pytest.raises(ArchiveDamagedError, match=ref.warc_file):
        archive.read(ref)


def test_a_payload_of_another_capture_is_never_given_out(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        ref = archive.append(page(1)).ref
        other = ref.model_copy(update={"digest": "00"})
        with pytest.raises(ArchiveDamagedError, match=f"byte {ref.offset}: holds another payload than capture"):
            archive.read(other)


def test_a_capture_of_this_very_run_is_not_taken_down(tmp_path: Path) -> None:
    """Its file is still being written."""
    with writer(tmp_path) as archive:
        ref = archive.append(page(1)).ref
        with pytest.raises(ArchiveError, match=f"^{tmp_path}: fr-an-15-QE-1 was saved by this very run; take it down"):
            archive.take_down(question(1), [ref], page(1, url="takedown:1", question=None), "private")
        assert archive.read(ref).body == body(1)


def test_an_id_is_the_same_in_every_archive_for_good() -> None:
    """Twenty hexadecimal digits of a sha256, as in other archives' ledgers, tombstones and in the datasets."""
    assert capture_id("https://a.example/q", "0" * 64) == "19c681180817398b8138"


@given(order=st.permutations(range(6)), versions=st.lists(st.integers(1, 3), min_size=6, max_size=6))
@settings(max_examples=30, deadline=None)
def test_the_order_of_entry_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, order: list[int], versions: list[int]
) -> None:
    """Old web archives may come after new pages: what is current, and since when, is the same."""

    def final(days: list[int]) -> list[tuple[bytes, datetime, datetime]]:
        with writer(tmp_path_factory.mktemp("archive")) as archive:
            for day in days:
                archive.append(page(1, versions[day], day=day))
            found = archive.revisions(question(1))
            return [(archive.read(ref).body, ref.first_seen, ref.last_seen) for ref in found]

    assert final(order) == final(sorted(order))
    assert final(order)[-1][0] == body(1, versions[-1])


def test_a_capture_of_several_questions(tmp_path: Path) -> None:
    with writer(tmp_path) as archive:
        weekly = archive.append(imported("weekly.xml", b"three")).ref
        archive.append(page(2))
        archive.assign_many([(weekly.capture_id, [question(3), question(1), question(2)])])
        found = archive.capture(weekly.capture_id)
        assert found is not None
        assert found.questions == (question(1), question(2), question(3))
        assert found.question is None  # only one of one question can be said to be of it
        assert {ref.url for ref in archive.revisions(question(2))} == {url(2), "file:weekly.xml"}
        assert archive.counts(TERM).archived == 3
        assert archive.count_captures(TERM) == 2
        assert [ref.url for ref in archive.captures(term=TERM)] == [url(2), "file:weekly.xml"]
        assert list(archive.captures(term=None)) == []
        archive.assign_many([(weekly.capture_id, [question(1)])])
        lost = archive.number(question(3))
        assert lost is not None
        assert (lost.state, lost.reason) == (NumberState.FAILED, "other_question")
        assert archive.counts(TERM).archived == 2


def test_a_ledger_of_the_first_shape_is_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as old:
        old.executescript(f"{MIGRATIONS[0]} PRAGMA user_version = 1;")
        old.execute("INSERT INTO runs VALUES (1, 'assemblee', '', 'a.warc.gz', 'closed', NULL)")
        old.execute("INSERT INTO warc_files VALUES ('a.warc.gz', 0)")
        old.execute("INSERT INTO records VALUES (1, 'a.warc.gz', 0, 9, '', 'response')")
        at = START.isoformat(timespec="microseconds")
        for name, key in (("c1", ("fr-an", 15, "QE", 1)), ("c2", (None, None, None, None))):
            columns = (name, int(name[1]), "assemblee", name, "d", "text/html", 200, at, at, at, *key, 1)
            old.execute(f"INSERT INTO captures VALUES ({', '.join('?' * len(columns))})", columns)
    told = rf"^{path}: has the tables of an earlier version; any collect or import brings it up$"
    with pytest.raises(ArchiveError, match=told):
        Archive.open(tmp_path)
    (tmp_path / "warc").mkdir()
    (tmp_path / "warc" / "a.warc.gz").touch()
    with writer(tmp_path) as archive:
        assert [(ref.capture_id, ref.questions) for ref in archive.captures()] == [("c1", (question(1),)), ("c2", ())]
        assert archive.terms() == [TERM]
