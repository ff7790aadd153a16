"""What structured sources say of the Journal officiel: a day, a page, an issue, and which edition it is.

`JO_QUESTION` is the edition of questions, `JO_LOI_DECRET` the one of decrees (a new government, a renamed ministry),
`JO_DEBAT` that of debates.
"""

import re
from dataclasses import dataclass

from pipelines.parse.dates import leading_date
from pipelines.parse.draft import Draft
from pipelines.parse.structured.tree import Branch
from schemas.question import Day, EventKind, PrintedEvent

_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)?")  # 2025-12-15+01:00: the day is the one printed
_NUMBER = re.compile(r"(?:n° ?)?(\d{1,6})")


@dataclass(frozen=True)
class Issue:
    """Where something was published."""

    date: Day | None = None
    page: int | None = None
    number: int | None = None
    type: str | None = None
    nor: str | None = None

    def event(self, kind: EventKind, **more: object) -> PrintedEvent:
        """An event that was published there; `more` are its other fields, and overrule."""
        told = {
            "date": self.date,
            "page": self.page,
            "issue": self.number,
            "issue_type": self.type,
            "nor": self.nor,
        }
        return PrintedEvent.model_validate({"kind": kind, **told, **more})


def read_day(text: str | None, part: str, draft: Draft) -> Day | None:
    """The day of a value, in any form of dates; one that is none is reported."""
    if text is None:
        return None
    found = leading_date(text)
    if found is None or found.day is None or not _ZONE.fullmatch(found.rest):
        draft.report("bad_date", part, f"'{text[:80]}' is no date")
        return None
    return found.day


def read_number(text: str | None, part: str, draft: Draft) -> int | None:
    """A page or an issue; a value that is no number is reported."""
    if text is None:
        return None
    found = _NUMBER.fullmatch(text)
    if found is None:
        draft.report("bad_number", part, f"'{text[:80]}' is no number")
        return None
    return int(found[1])


def read_issue(text: str | None, part: str, draft: Draft) -> int | None:
    """The issue of a number that begins with its year, `20260010`; a value that is no number is reported."""
    if not text:
        return None
    if not text.isdecimal():
        draft.report("bad_number", part, f"'{text[:80]}' is no number of an issue")
        return None
    return int(text[-4:])


def read_info_jo(branch: Branch, draft: Draft) -> Issue:
    """The `infoJO` of the open data."""
    branch.ignore("urlLegifrance")  # an address made of the reference
    path = branch.path
    return Issue(
        date=read_day(branch.text("dateJO"), path, draft),
        page=read_number(branch.text("pageJO"), path, draft),
        number=read_number(branch.text("numJO"), path, draft),
        type=branch.text("typeJO"),
        nor=branch.text("referenceNOR"),
    )
