"""Who held which ministry by the Assemblée's files (MINISTERE mandates), and how they overrule the bundled registry."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from pipelines.normalise.labels import words
from pipelines.normalise.registry import Registry
from schemas.people import Organ, People, PeopleSource, Tenure

_MINISTRY: Final = "MINISTERE"
KINDS: Final = frozenset({_MINISTRY})
"""The types of mandates that tell of a member as a minister."""
_RANKS = frozenset({"ministre", "premier", "premiere", "secretaire", "garde", "haut", "haute"})
"""How the quality of somebody in office begins; a deputy on a mission in a ministry (`en mission`) holds none."""


def tenures_of(people: People, registry: Registry) -> list[Tenure]:
    """The tenures that the files know."""
    organs = {organ.id: organ for organ in people.organs if organ.kind == _MINISTRY}
    names = {member.id: member.name for member in people.members}
    return [
        _tenure(names[mandate.member], organs[mandate.organ], mandate.first_day, mandate.last_day, registry)
        for mandate in people.mandates
        if mandate.kind == _MINISTRY
        and mandate.first_day is not None
        and mandate.member in names
        and mandate.organ in organs
        and words(mandate.quality or "")[:1] in {(rank,) for rank in _RANKS}
    ]


def overruled(bundled: Sequence[Tenure], known: Iterable[Tenure]) -> list[Tenure]:
    """The bundled tenures with those of the files in their places.

    A tenure of the files takes the place of every bundled one of that ministry whose days it meets. Where both name the
    same person the later end holds: the files end a tenure with the resignation, and offices are held until the next
    government's are filled.
    """
    result = list(bundled)
    for tenure in known:
        met = [each for each in result if each.ministry_id == tenure.ministry_id and _meet(each, tenure)]
        same = [each for each in met if words(each.person) == words(tenure.person)]
        result = [each for each in result if each not in met]
        result.append(_until_later(tenure, same))
    return result


def _tenure(person: str, organ: Organ, first: date, last: date | None, registry: Registry) -> Tenure:
    label = organ.short_label or organ.label
    ministry = registry.ministry(label) or registry.ministry(organ.label)
    return Tenure(
        person=person,
        office=label,
        ministry_id=ministry.id if ministry else None,
        portfolio=ministry.portfolio if ministry else None,
        first_day=first,
        last_day=last,
        source=PeopleSource.AMO,
    )


def _meet(one: Tenure, other: Tenure) -> bool:
    begins = other.last_day is None or one.first_day <= other.last_day
    return begins and (one.last_day is None or other.first_day <= one.last_day)


def _until_later(tenure: Tenure, same: Sequence[Tenure]) -> Tenure:
    ends = [tenure.last_day, *(each.last_day for each in same)]
    last = None if None in ends else max(end for end in ends if end is not None)
    return tenure.model_copy(update={"last_day": last})
