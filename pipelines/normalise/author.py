"""The asker: what the revisions print, completed by what the files of members say of that person on that day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.normalise.groups import Groups
from pipelines.normalise.labels import words
from pipelines.normalise.names import reading_order
from pipelines.normalise.people import Asker, Members
from schemas.identity import TermKey
from schemas.people import Organ
from schemas.question import Author, PrintedAuthor


@dataclass(frozen=True)
class Asked:
    """The asker, and whether a source shows a group that the asker joined, or that was formed, later."""

    author: Author | None
    later_group: bool = False


def asked_by(
    printed: Sequence[PrintedAuthor], term: TermKey, published: date | None, members: Members, groups: Groups
) -> Asked:
    """The asker by the most trusted revision, completed by the others and by the files of members.

    The group is that of the day of publication: where the files know it, it overrules what a source shows.

    Args:
        printed: what the revisions print, in the order of trust.
        term: the question's term.
        published: the day the group and the seat are told for.
        members: the files of members.
        groups: the registry of groups.
    """
    if not printed:
        return Asked(None)
    shown = _joined(printed)
    known = members.asker(term, shown.source_id, shown.name, published)
    group, later = _group(shown.group, known.group if known else None, term, published, groups)
    author = shown.model_copy(update=_completed(shown, known) | {"group": group})
    return Asked(author, later)


def _joined(printed: Sequence[PrintedAuthor]) -> Author:
    return Author(
        name=_name(printed),
        civility=next((each.civility for each in printed if each.civility), None),
        group=next((each.group for each in printed if each.group), None),
        constituency=next((each.constituency for each in printed if each.constituency), None),
        source_id=next((each.source_id for each in printed if each.source_id), None),
    )


def _name(printed: Sequence[PrintedAuthor]) -> str | None:
    """The name by the most trusted revision that has one; some have the person's id alone."""
    named = next((each for each in printed if each.name), None)
    return reading_order(named.name, surname_first=named.surname_first) if named and named.name else None


def _completed(shown: Author, known: Asker | None) -> dict[str, str | None]:
    if known is None:
        return {}
    return {
        "name": shown.name or known.member.name,
        "civility": shown.civility or known.member.civility,
        "constituency": shown.constituency or known.constituency,
        "source_id": shown.source_id or known.member.id,
    }


def _group(
    shown: str | None, known: Organ | None, term: TermKey, published: date | None, groups: Groups
) -> tuple[str | None, bool]:
    """The group on the day, and whether the one that is shown is of a later day."""
    if shown is not None and known is not None and not _is(known, shown, term, groups):
        return known.label, True
    if shown is None:
        return (known.label if known else None), False
    return shown, known is None and published is not None and groups.came_later(term, shown, published)


def _is(organ: Organ, shown: str, term: TermKey, groups: Groups) -> bool:
    """Whether a printed group is that organ, by its labels, or by another label of the registry's."""
    names = {words(name) for name in (organ.label, organ.short_label, organ.abbreviation) if name}
    listed = groups.groups(term, shown)
    return words(shown) in names or any(words(group.label) in names for group in listed)
