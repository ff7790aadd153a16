"""What an exported question consists of: the columns, in order, with their kinds; the same in every format."""

from datetime import date
from typing import Any, Final

Row = dict[str, Any]
"""Column → value: text, whole number, day or None."""

COLUMNS: Final[dict[str, type]] = {
    "id": str,
    "url": str,
    "parliament": str,
    "term": int,
    "type": str,
    "number": int,
    "source_id": str,
    "source_url": str,
    "author": str,
    "group": str,
    "constituency": str,
    "ministry_asked": str,
    "ministry_assigned": str,
    "ministry_answered": str,
    "rubric": str,
    "heading": str,
    "title": str,
    "status": str,
    "published_date": date,
    "due_date": date,
    "answered_date": date,
    "closed_date": date,
    "delay_days": int,
    "renewals": int,
    "question": str,
    "answer": str,
}
TEXTS: Final = ("question", "answer")
