"""Governments and who held which office in them, from day to day (`registries/governments/*.yaml`).

A government's offices last until the next one's are filled: a resigned government deals with current affairs. Labels
and portfolios of ministries are in `registry`.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise

from pydantic import BaseModel, ConfigDict

from pipelines.normalise.registry import Registry, bundled_registry
from schemas.people import Government, Tenure
from schemas.yaml_text import load_yaml

_A_DAY = timedelta(days=1)
_EVE = timedelta(days=1)  # a decree is signed the day before it is published
_AFTER = timedelta(days=9)  # the Assemblée's next weekly issue may date a change that a decree brought

Line = tuple[str, str] | tuple[str, str, date] | tuple[str, str, date, date]


class _Written(BaseModel):
    """One government as the file has it."""

    model_config = ConfigDict(extra="forbid")

    id: str
    name: str
    premier: str
    premier_office: str = "Premier ministre"
    appointed: date
    composition: date
    ministers: list[Line] = []
    delegates: dict[str, list[Line]] = {}


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: str
    governments: list[_Written]


class Governments:
    """The governments in order, and the tenures in them.

    Raises:
        ValueError: governments or days out of order.
    """

    def __init__(self, governments: Sequence[Government], tenures: Sequence[Tenure], version: str) -> None:
        for one, following in pairwise(governments):
            if not one.appointed < following.appointed or not one.composition < following.composition:
                raise ValueError(f"governments {one.id} and {following.id} are not in the order of their days")
        for each in tenures:
            if each.last_day is not None and each.last_day < each.first_day:
                raise ValueError(f"{each.person}, {each.office}: {each.last_day} is before {each.first_day}")
        self.governments = tuple(governments)
        self.tenures = tuple(tenures)
        self.version = version
        self._formed = frozenset(each.composition for each in governments)
        self._begun: defaultdict[str, set[date]] = defaultdict(set)
        for each in tenures:
            self._begun[each.ministry_id or ""].add(each.first_day)

    def on(self, day: date) -> Government | None:
        """The government in office that day: the last whose ministers were named by then; None before the first."""
        return next((each for each in reversed(self.governments) if each.composition <= day), None)

    def changed_on(self, day: date, ministries: Iterable[str | None]) -> bool:
        """Whether a government was formed about that day, or somebody was named to one of these ministries (ids).

        A decree is signed on the eve of its publication, and the next weekly issue may date what it brought.
        """
        return self.changed_between(day - _AFTER, day, ministries)

    def changed_between(self, after: date, until: date, ministries: Iterable[str | None]) -> bool:
        """Whether that happened after one day and until another, the eve of the publication included."""
        days = self._formed.union(*(self._begun.get(each, ()) for each in ministries if each is not None))
        return any(after < change <= until + _EVE for change in days)

    def existed(self, ministry_id: str, day: date) -> bool:
        """Whether somebody held that ministry that day."""
        return any(each.ministry_id == ministry_id and each.covers(day) for each in self.tenures)

    def knows(self, ministry_id: str) -> bool:
        """Whether any tenure is known of that ministry."""
        return any(each.ministry_id == ministry_id for each in self.tenures)


@cache
def bundled_governments() -> Governments:
    """The governments that come with the project; the version is the digest of their files."""
    folder = files("pipelines.normalise").joinpath("registries/governments")
    contents = [each.read_bytes() for each in sorted(folder.iterdir(), key=lambda each: each.name)]
    written = [each for content in contents for each in _File.model_validate(load_yaml(content)).governments]
    governments = [Government.model_validate(each.model_dump(include=set(Government.model_fields))) for each in written]
    tenures = list(_tenures(written, bundled_registry()))
    return Governments(governments, tenures, hashlib.sha256(b"".join(contents)).hexdigest()[:12])


def _tenures(written: Sequence[_Written], registry: Registry) -> Iterator[Tenure]:
    following = [*written[1:], None]
    for each, successor in zip(written, following, strict=True):
        last = successor.composition - _A_DAY if successor else None
        out = successor.appointed - _A_DAY if successor else None
        yield _tenure(registry, each, (each.premier, each.premier_office, each.appointed), out, None)
        for beside, lines in _lists(each):
            for line in lines:
                yield _tenure(registry, each, line, last, beside)


def _lists(written: _Written) -> Iterable[tuple[str | None, list[Line]]]:
    return [(None, written.ministers), *written.delegates.items()]


def _tenure(registry: Registry, government: _Written, line: Line, last: date | None, beside: str | None) -> Tenure:
    ministry = registry.ministry(line[1])
    return Tenure(
        person=line[0],
        office=line[1],
        ministry_id=ministry.id if ministry else None,
        portfolio=ministry.portfolio if ministry else None,
        first_day=line[2] if len(line) > 2 else government.composition,
        last_day=line[3] if len(line) > 3 else last,
        beside=beside,
        government=government.id,
    )
