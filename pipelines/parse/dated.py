"""Dated labels: date, page of the JO and motive, read into events.

A date that is printed but impossible leaves an event without a date and a report; it is never guessed.
"""

import re

from pipelines.parse.closing import closing_kind
from pipelines.parse.dates import last_date, leading_date
from pipelines.parse.draft import Draft
from pipelines.parse.labels import DATED, Field
from schemas.question import EventKind, PrintedEvent

# page : 8678
_PAGE = re.compile(r"[-,–(]? ?(?:pages?|p\.) ?(?:n°)? ?:? ?(\d{1,6})(?: ?[-–] ?\d{1,6})?\)?", re.IGNORECASE)
_ALSO = re.compile(r"(?:[,;|]|et)? ?(?=\d)")  # 28/05/2019, 22/10/2019 et 07/04/2020
_ASKED_AND_ANSWERED = (Field.SITTING, Field.DEBATED)
_CLOSINGS = (Field.WITHDRAWN, Field.CLOSED)
_CORRECTS = {Field.QUESTION_CORRECTED: "question", Field.ANSWER_CORRECTED: "answer"}


def add_dated(draft: Draft, field: Field, value: str) -> None:
    """Read the value of a dated label, such as `21/06/2022 page : 3 (fin de mandat)`; an empty one says nothing.

    Several dates after one label are as many events.
    """
    rest: str | None = value
    while rest:
        rest = _add_one(draft, field, rest)


def _add_one(draft: Draft, field: Field, value: str) -> str | None:
    """Add the event of the first date of a value; what follows it, when that is a further date."""
    found = last_date(value) if field == Field.SITTING else leading_date(value)
    if found is None or found.day is None:
        draft.report("bad_date", "events", f"'{value[:80]}' after '{field}' is no date")
    event = PrintedEvent(kind=DATED[field], date=found.day if found else None, corrects=_CORRECTS.get(field))
    event, rest = _with_page(event, found.rest if found else "")
    if field in _ASKED_AND_ANSWERED:
        draft.add(event.model_copy(update={"kind": EventKind.PUBLISHED}))
    if field in _CLOSINGS:
        add_closing(draft, event, rest if field == Field.WITHDRAWN or rest else None)
        return None
    draft.add(event)
    if (also := _ALSO.match(rest)) and leading_date(rest[also.end() :]):
        return rest[also.end() :]
    if rest:
        draft.report("unknown_value", "events", f"'{rest[:80]}' after the date of '{field}'")
    return None


def add_closing(draft: Draft, event: PrintedEvent, motive: str | None) -> None:
    """Add a closing; what it is depends on its motive. None: no motive is shown where one is due."""
    printed = (motive or "").strip(" ()")
    kind = EventKind.CLOSED_OTHER if motive is None else closing_kind(printed)
    if kind == EventKind.ANSWERED and draft.shows(EventKind.ANSWERED):
        return
    bare = event.model_copy(update={"kind": kind, "reason": None})
    if printed and bare in draft.events:  # the same closing, whose motive was not printed where it was told first
        draft.events.remove(bare)
    draft.add(bare.model_copy(update={"reason": printed or None}))


def add_continuation(draft: Draft, line: str) -> bool:
    """Take a line that goes on with the last event: its page, or the motive of a closing. False if it does not."""
    if not draft.events:
        return False
    last = draft.events[-1]
    found = _PAGE.fullmatch(line)
    if found and last.page is None:
        draft.amend(last.model_copy(update={"page": int(found[1])}))
        return True
    if last.kind in (EventKind.WITHDRAWN, EventKind.CLOSED_OTHER) and last.reason is None:
        draft.events.pop()
        add_closing(draft, last, line)
        return True
    return False


def _with_page(event: PrintedEvent, rest: str) -> tuple[PrintedEvent, str]:
    found = _PAGE.match(rest)
    if found is None:
        return event, rest.strip()
    return event.model_copy(update={"page": int(found[1])}), rest[found.end() :].strip()
