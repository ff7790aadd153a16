"""Ministers: who was in charge of a ministry on a day, and since when.

The tenures are given; where they come from is the business of `normalise` and of the dataset.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schemas.people import PeopleSource, Tenure

_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class InCharge:
    """One person in charge of a ministry; `since` is the appointment to its portfolio, held without a break."""

    person: str
    since: date
    source: PeopleSource


class Ministers:
    """Tenures, found by ministry and day."""

    def __init__(self, tenures: Iterable[Tenure]) -> None:
        self._by_ministry: defaultdict[str, list[Tenure]] = defaultdict(list)
        self._by_person: defaultdict[tuple[str, str | None], list[Tenure]] = defaultdict(list)
        for each in sorted(tenures, key=lambda tenure: tenure.first_day):
            if each.ministry_id is not None:
                self._by_ministry[each.ministry_id].append(each)
            self._by_person[each.person, each.portfolio].append(each)

    def in_charge(self, ministry_id: str | None, day: date) -> InCharge | None:
        """Who held that ministry that day; None where nobody is known, or two share the label of their offices."""
        found = [each for each in self._by_ministry.get(ministry_id or "", ()) if each.covers(day)]
        if len({each.person for each in found}) != 1:
            return None
        return InCharge(found[0].person, self._since(found[0]), found[0].source)

    def _since(self, tenure: Tenure) -> date:
        """The first day of the unbroken run of that person's tenures in the portfolio, whatever the names of it."""
        since = tenure.first_day
        for each in reversed(self._by_person[tenure.person, tenure.portfolio]):
            if each.first_day < since and each.last_day is not None and each.last_day + _A_DAY >= since:
                since = each.first_day
        return since
