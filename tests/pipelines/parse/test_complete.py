"""What every page of a layout shows, and what is said where it is missing."""

from datetime import date
from typing import Any

import pytest

from pipelines.parse.complete import report_absent
from pipelines.parse.draft import Draft
from schemas.identity import QuestionType
from schemas.question import EventKind, PrintedAuthor, PrintedEvent

DAY = date(2019, 5, 14)


def draft(**changes: Any) -> Draft:
    """A page that shows what it must."""
    shown: dict[str, Any] = {
        "author": PrintedAuthor(name="Berthe Ozanne"),
        "ministry_asked": "Transports",
        "rubric": "voirie",
        "events": [PrintedEvent(kind=EventKind.PUBLISHED, date=DAY)],
    }
    return Draft(**shown | changes)


def absent(page: Draft) -> list[tuple[str, str]]:
    report_absent(page)
    return [(problem.reason, problem.part) for problem in page.problems]


def test_nothing_is_said_of_a_whole_page() -> None:
    assert absent(draft()) == []


@pytest.mark.parametrize("part", ["author", "ministry_asked", "rubric"])
def test_a_missing_part_is_named(part: str) -> None:
    page = draft(**{part: None})
    assert absent(page) == [("missing_field", part)]
    assert f"its {part}," in page.problems[0].detail


@pytest.mark.parametrize("kind", [EventKind.ANSWERED, EventKind.RENEWED])
def test_the_day_of_publication_is_missing_though_another_is_shown(kind: EventKind) -> None:
    assert absent(draft(events=[PrintedEvent(kind=kind, date=DAY)])) == [("missing_field", "events")]


def test_a_question_to_the_government_has_one_date() -> None:
    sitting = [PrintedEvent(kind=EventKind.ANSWERED, date=DAY)]
    assert absent(draft(type=QuestionType.QG, events=sitting)) == []
    assert absent(draft(type=QuestionType.QG, events=[])) == [("missing_field", "events")]


def test_an_empty_template_is_no_page_with_parts_missing() -> None:
    assert absent(Draft(number=7)) == []
