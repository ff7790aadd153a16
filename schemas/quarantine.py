"""Quarantine: what could not be read, with its reason; nothing disappears."""

from schemas.identity import QuestionKey
from schemas.record import Record


class Quarantined(Record):
    """A capture, or a part of one, that was set aside.

    `reason` is a short stable code (`empty`, `truncated`, `unknown_format`, `unknown_label`, `bad_date`, …); `detail`
    says what was met and where. `part` names the field when the rest of the record stands, None when nothing does.
    """

    capture_id: str
    url: str
    reason: str
    detail: str
    part: str | None = None
    question: QuestionKey | None = None
