"""The registry of parliamentary groups (`registries/groups.yaml`): labels, abbreviations and the days they existed."""

import hashlib
import re
from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from pipelines.normalise.labels import words
from schemas.identity import TermKey
from schemas.people import Group
from schemas.yaml_text import load_yaml

_Line = tuple[str, str] | tuple[str, str, date] | tuple[str, str, date, date]
_SENAT_RANK = re.compile(r"-[AR]$")  # apparenté, rattaché
_ANY_TERM = 0


class Groups:
    """Groups, found by term and label or abbreviation."""

    def __init__(self, groups: Iterable[Group], version: str) -> None:
        self.version = version
        self._known: dict[tuple[str, int | None], dict[tuple[str, ...], list[Group]]] = {}
        for group in groups:
            named = self._known.setdefault((group.parliament, group.term), {})
            for name in {words(group.label), words(group.abbreviation)}:
                named.setdefault(name, []).append(group)

    def __len__(self) -> int:
        return len({group for named in self._known.values() for found in named.values() for group in found})

    def groups(self, term: TermKey, label: str) -> tuple[Group, ...]:
        """The groups of the term with that label or abbreviation; empty for an unknown one."""
        name = words(_SENAT_RANK.sub("", label.strip()))
        own = self._known.get((term.parliament, term.term), {}).get(name, [])
        return (*own, *self._known.get((term.parliament, None), {}).get(name, []))

    def came_later(self, term: TermKey, label: str, day: date) -> bool:
        """Whether every group of that label was formed after the day; not for an unknown label."""
        found = self.groups(term, label)
        return bool(found) and all(group.first_day is not None and group.first_day > day for group in found)


@cache
def bundled_groups() -> Groups:
    """The groups that come with the project; the version is the digest of their file."""
    content = files("pipelines.normalise").joinpath("registries/groups.yaml").read_bytes()
    table = TypeAdapter(dict[str, dict[int, list[_Line]]]).validate_python(load_yaml(content))
    groups = [
        Group(
            parliament=parliament,
            term=None if term == _ANY_TERM else term,
            abbreviation=line[0],
            label=line[1],
            first_day=line[2] if len(line) > 2 else None,
            last_day=line[3] if len(line) > 3 else None,
        )
        for parliament, terms in table.items()
        for term, lines in terms.items()
        for line in lines
    ]
    return Groups(groups, hashlib.sha256(content).hexdigest()[:12])
