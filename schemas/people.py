"""People: who governs and who asks, each with the days it is true for."""

from datetime import date
from enum import StrEnum

from schemas.record import Record


class PeopleSource(StrEnum):
    """Where a line about people comes from."""

    BUNDLED = "bundled"  # the registry that comes with the project
    AMO = "amo"  # the Assemblée's files of members, mandates and organs


class Government(Record):
    """One government; `composition` is the first day of the ministers its decree names."""

    id: str
    name: str
    premier: str
    appointed: date
    composition: date


class Group(Record):
    """One parliamentary group of one term, under one label; days are the first and the last, None where not known.

    `term` is None for a group that may be of any term.
    """

    parliament: str
    term: int | None
    abbreviation: str
    label: str
    first_day: date | None = None
    last_day: date | None = None


class Tenure(Record):
    """One person in charge of one ministry; days are the first and the last, None while it lasts.

    `beside` is the office of the minister that a delegate or secretary of State is beside; None for a full minister.
    `office` is a label; its ministry and its portfolio are those of the registry.
    """

    person: str
    office: str
    ministry_id: str | None
    portfolio: str | None
    first_day: date
    last_day: date | None
    beside: str | None = None
    government: str | None = None
    source: PeopleSource = PeopleSource.BUNDLED

    def covers(self, day: date) -> bool:
        """Whether the person was in charge that day."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)
