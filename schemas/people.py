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


class Member(Record):
    """One person of the Assemblée's files: a deputy, a minister; `id` is the source's, such as PA842279."""

    id: str
    civility: str | None
    first_name: str | None
    last_name: str

    @property
    def name(self) -> str:
        """First name before surname."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)


class Mandate(Record):
    """One person in one organ for some time: in a group (GP), a seat (ASSEMBLEE), an office (MINISTERE) and others.

    `kind` is the organ's type as published; `quality` what the person is there (Membre, Ministre, Président).
    `departement` and `constituency` are those of the election, for a seat.
    """

    id: str
    member: str
    organ: str
    kind: str
    term: int | None
    quality: str | None
    first_day: date | None
    last_day: date | None
    departement: str | None = None
    constituency: int | None = None


class Organ(Record):
    """One organ: a group, a ministry, a government, a committee; `kind` is its type as published."""

    id: str
    kind: str
    label: str
    short_label: str | None
    abbreviation: str | None
    term: int | None
    first_day: date | None
    last_day: date | None


class People(Record):
    """What one or many files of the Assemblée say of people."""

    members: tuple[Member, ...] = ()
    mandates: tuple[Mandate, ...] = ()
    organs: tuple[Organ, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.members or self.mandates or self.organs)
