"""Revisions of one question for the tests: what one capture printed on one day."""

from datetime import UTC, date, datetime
from typing import Any

from schemas.identity import QuestionKey
from schemas.question import EventKind, PrintedAuthor, PrintedEvent, RawQuestion

PUBLISHED = date(2018, 10, 2)
ANSWERED = date(2020, 9, 8)


def printed(kind: EventKind, day: date | None = None, **more: Any) -> PrintedEvent:
    """An event as printed."""
    return PrintedEvent(kind=kind, date=day, **more)


def a_revision(day: int = 1, *events: PrintedEvent, **more: Any) -> RawQuestion:
    """A revision captured on that day of March 2021, with these events (or the publication alone)."""
    fields: dict[str, Any] = {
        "key": QuestionKey.parse("fr-an-15-QE-4321"),
        "capture_id": f"capture-{day:02}",
        "captured_at": datetime(2021, 3, day, 6, 30, tzinfo=UTC),
        "url": f"https://x.example/{day}",
        "format": "an_html_c",
        "author": PrintedAuthor(name="Ada Martin", civility="Mme", group="Groupe du Lac", constituency="Savoie"),
        "ministry_asked": "Intérieur",
        "ministry_assigned": "Intérieur",
        "rubric": "eau",
        "title": "Sources taries",
        "events": events or (printed(EventKind.PUBLISHED, PUBLISHED, page=12),),
        "question": "Elle demande combien de sources ont tari.",
    }
    return RawQuestion(**(fields | more))
