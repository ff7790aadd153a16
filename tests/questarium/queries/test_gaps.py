"""Every number has one state, with its reason and its evidence; and the sources are compared number by number."""

import re
from datetime import UTC, datetime
from pathlib import Path

from pipelines.archive.archive import Archive
from pipelines.flow.building import refresh_questions
from questarium.queries.gaps import account, gaps, ranges, reconcile
from questarium.replica.corpus import Corpus
from questarium.replica.layouts import question_page
from schemas.capture import BulkFile, Fetched, NumberRecord, NumberState
from schemas.identity import QuestionKey, TermKey
from schemas.question import EventKind
from schemas.settings import Settings

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TERM = TermKey.parse("fr-an-15")


def key(number: int) -> QuestionKey:
    return QuestionKey.parse(f"fr-an-15-QE-{number}")


def fetched(number: int, source: str) -> Fetched:
    address = f"https://{source}.example/{number}"
    body = f"{number}".encode()
    return Fetched(
        source=source, url=address, fetched_at=NOW, status=200, media_type="text/html", body=body, question=key(number)
    )


def record(number: int, state: NumberState, reason: str | None, *evidence: str) -> NumberRecord:
    return NumberRecord(question=key(number), state=state, reason=reason, updated=NOW, evidence=evidence)


def test_every_number_up_to_the_highest_known_has_one_state() -> None:
    records = {
        1: record(1, NumberState.ARCHIVED, None),
        2: record(2, NumberState.NOT_FOUND, "http_404", "capture"),
        3: record(3, NumberState.NEVER_PUBLISHED, "not_in_list", "list"),
        4: record(4, NumberState.ARCHIVED, None),
        5: record(5, NumberState.PENDING, "http_503"),
        6: record(6, NumberState.FAILED, "no_question", "page"),
    }
    report = account("fr-an-15", {"ledger": 6, "JO": 8}, records, {4: "withdrawal"})
    assert report.highest == 8
    assert sum(report.states.values()) == 8
    assert report.states == {
        "archived": 1,
        "not_found": 1,
        "never_published": 1,
        "taken_down": 0,
        "withdrawn": 1,
        "failed": 1,
        "pending": 3,
    }
    assert report.not_fetched == 4
    told = {gap.number: (str(gap.state), gap.reason, gap.evidence) for gap in report.gaps}
    assert told == {
        2: ("not_found", "http_404", ("capture",)),
        3: ("never_published", "not_in_list", ("list",)),
        4: ("withdrawn", "before_publication", ("withdrawal",)),
        5: ("pending", "http_503", ()),
        6: ("failed", "no_question", ("page",)),
        7: ("pending", "never_asked", ()),
        8: ("pending", "never_asked", ()),
    }
    assert report.archived == ("1",)


def test_the_highest_number_is_the_highest_that_anyone_knows_of(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with Archive.open_for_writing(settings.archive_dir, source="test", now=NOW) as archive:
        archive.append_many([fetched(1, "assemblee"), fetched(3, "dila")])
        archive.expect([key(2)])
        file = {"source": "opendata", "sha256": "0", "size": 1, "members": 2, "read_at": NOW, "seen": NOW}
        archive.note_bulk_file(BulkFile.model_validate({"url": "u", "term": TERM, "highest": 5, **file}))
    report = gaps(settings, TERM)
    assert report.highest_by == {"pages": 1, "open data": 5, "JO": 3, "other": 0, "ledger": 3}
    assert (report.highest, report.not_fetched, report.archived) == (5, 3, ("1", "3"))


def test_a_question_withdrawn_before_its_publication_is_no_published_question(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path, workers=1)
    withdrawn = next(each for each in Corpus(300, 4) if EventKind.WITHDRAWN in {event.kind for event in each.events})
    page = re.sub(r"<div>Question publiée.*?</div>", "", question_page(withdrawn).decode())
    number = withdrawn.key.number
    with Archive.open_for_writing(settings.archive_dir, source="assemblee", now=NOW) as archive:
        answer = fetched(number, "assemblee").model_copy(update={"body": page.encode()})
        capture = archive.append(answer).ref.capture_id
    refresh_questions(settings, "fr-an-15", now=NOW)
    (gap,) = [each for each in gaps(settings, TERM).gaps if each.number == number]
    assert (gap.state, gap.reason, gap.evidence) == (NumberState.WITHDRAWN, "before_publication", (capture,))


def test_what_one_source_has_and_another_lacks(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    with Archive.open_for_writing(settings.archive_dir, source="test", now=NOW) as archive:
        archive.append_many([fetched(number, "assemblee") for number in (1, 2, 3)])
        archive.append_many([fetched(number, "opendata") for number in (1, 2, 4)])
    two = reconcile(settings, TERM)
    assert two.counts == {"pages": 3, "open data": 3, "JO": 0}
    assert (two.in_all, [each.number for each in two.differences]) == (2, [3, 4])
    assert two.differences[0].has == {"pages": True, "open data": False, "JO": None}
    with Archive.open_for_writing(settings.archive_dir, source="test", now=NOW) as archive:
        weekly = archive.append(fetched(2, "dila").model_copy(update={"question": None}))
        archive.assign_many([(weekly.ref.capture_id, [key(number) for number in (2, 3, 4)])])
    three = reconcile(settings, TERM)
    assert (three.in_all, [each.number for each in three.differences]) == (1, [1, 3, 4])


def test_ranges() -> None:
    assert list(ranges([1, 2, 3, 5, 7, 8])) == ["1-3", "5", "7-8"]
    assert list(ranges([])) == []


def test_nothing_collected(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    assert (gaps(settings, TERM).highest, gaps(settings, TERM).gaps) == (0, ())
    assert reconcile(settings, TERM).in_all == 0
