"""Who a member was on a day: name, group and constituency, from the Assemblée's files of members.

A member is found by the source's id, or by the whole name where exactly one member of the term bears it.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipelines.normalise.labels import words
from schemas.identity import TermKey
from schemas.people import Mandate, Member, Organ, People

_GROUP: Final = "GP"
_SEAT: Final = "ASSEMBLEE"
KINDS: Final = frozenset({_GROUP, _SEAT})
"""The types of mandates that tell of a member as an asker."""
_PARLIAMENT: Final = "fr-an"  # whose files these are


@dataclass(frozen=True)
class Asker:
    """One member on one day; what the files do not say is None. `group` is the organ, with its labels."""

    member: Member
    group: Organ | None
    constituency: str | None


class Members:
    """Members with their groups and seats, found by id or name."""

    def __init__(self, people: People) -> None:
        self._members = {member.id: member for member in people.members}
        self._organs = {organ.id: organ for organ in people.organs if organ.kind == _GROUP}
        self._mandates: defaultdict[str, list[Mandate]] = defaultdict(list)
        self._by_name: defaultdict[tuple[int, tuple[str, ...]], set[str]] = defaultdict(set)
        for mandate in people.mandates:
            if mandate.kind in KINDS:
                self._mandates[mandate.member].append(mandate)
                member = self._members.get(mandate.member)
                if member is not None and mandate.term is not None:
                    self._by_name[mandate.term, words(member.name)].add(member.id)

    def version(self, term: TermKey) -> str:
        """What identifies all that is known of the members of a term; empty where nothing is."""
        if term.parliament != _PARLIAMENT:
            return ""
        known = sorted(
            f"{self._members.get(mandate.member)}{mandate}{self._organs.get(mandate.organ)}"
            for mandates in self._mandates.values()
            for mandate in mandates
            if mandate.term == term.term
        )
        return hashlib.sha256("\n".join(known).encode()).hexdigest()[:12] if known else ""

    def asker(self, term: TermKey, source_id: str | None, name: str | None, day: date | None) -> Asker | None:
        """The member of that id, or else of that name in the term, as on that day; None for an unknown one."""
        if term.parliament != _PARLIAMENT:
            return None
        named = self._by_name.get((term.term, words(name or "")), set())
        id_ = source_id if source_id in self._members else next(iter(named)) if len(named) == 1 else None
        if id_ is None:
            return None
        return Asker(self._members[id_], self._group(id_, term, day), self._constituency(id_, term, day))

    def _group(self, id_: str, term: TermKey, day: date | None) -> Organ | None:
        """The group on the day; a member who has left one and not joined another is in none."""
        found = [each for each in self._of(id_, _GROUP, term) if day is not None and _covers(each, day)]
        latest = max(found, key=lambda each: each.first_day or date.min, default=None)
        return self._organs.get(latest.organ) if latest else None

    def _constituency(self, id_: str, term: TermKey, day: date | None) -> str | None:
        """The seat on the day, or the only one of the term."""
        seats = [each for each in self._of(id_, _SEAT, term) if each.departement]
        found = [each for each in seats if day is not None and _covers(each, day)]
        places = {_place(each) for each in (found or seats)}
        return next(iter(places)) if len(places) == 1 else None

    def _of(self, id_: str, kind: str, term: TermKey) -> Iterable[Mandate]:
        return (each for each in self._mandates[id_] if each.kind == kind and each.term == term.term)


def _covers(mandate: Mandate, day: date) -> bool:
    return (mandate.first_day or date.min) <= day and (mandate.last_day is None or day <= mandate.last_day)


def _place(mandate: Mandate) -> str:
    """As the Assemblée's pages print it: `Vaucluse (4e circonscription)`."""
    if mandate.constituency is None:
        return mandate.departement or ""
    ordinal = "1re" if mandate.constituency == 1 else f"{mandate.constituency}e"
    return f"{mandate.departement} ({ordinal} circonscription)"
