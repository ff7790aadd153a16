"""The registry of ministries: from a label as published to a stable id and a portfolio (`registries/ministries.yaml`).

A label that is not in the registry has no id; it is never guessed from a likeness. Who held a ministry, and when, is
in `governments`.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pydantic import TypeAdapter

from pipelines.normalise.labels import BESIDE, Office, office, parts, several_in, words
from schemas.yaml_text import load_yaml


@dataclass(frozen=True)
class Ministry:
    """One ministry: its stable id, its label and the portfolio it belongs to."""

    id: str
    label: str
    portfolio: str


class Registry:
    """Ministries by the office their labels name.

    Args:
        ministries: each with all the labels it is known by.
        version: what identifies this state of the registry.

    Raises:
        ValueError: two ministries claim one label, or a label names no office.
    """

    def __init__(self, ministries: Mapping[Ministry, Iterable[str]], version: str) -> None:
        self.version = version
        self._by_office: dict[Office, Ministry] = {}
        for ministry, label in [(ministry, label) for ministry, labels in ministries.items() for label in labels]:
            named = office(label)
            if not named:
                raise ValueError(f"'{label}' of {ministry.id} names no office: write its label as published")
            claimed = self._by_office.setdefault(named, ministry)
            if claimed != ministry:
                raise ValueError(f"'{label}' names two ministries, {claimed.id} and {ministry.id}: keep one of them")

    def __len__(self) -> int:
        return len(set(self._by_office.values()))

    def ministry(self, label: str) -> Ministry | None:
        """The ministry of that label, or None when the registry does not know it.

        An office beside a known ministry that no line names is told from that ministry by `-aupres` in its id. Of two
        ministries in one string, `Travail / Santé`, both must be known, and the first counts.
        """
        named = office(label)
        return self._by_office.get(named) or self._beside(label, named) or self._first(label)

    def ministry_id(self, label: str | None) -> str | None:
        """The id of the ministry of that label; None for no label and for an unknown one."""
        ministry = self.ministry(label) if label else None
        return ministry.id if ministry else None

    def same(self, one: str | None, other: str | None) -> bool:
        """Whether two labels name the same ministry, known or not."""
        if one is None or other is None:
            return one is other
        if office(one) == office(other):
            return True
        ones, others = several_in(one), several_in(other)
        if len(ones) > 1 or len(others) > 1:
            return len(ones) == len(others) and all(map(self.same, ones, others))
        known = self.ministry_id(one)
        return known is not None and known == self.ministry_id(other)

    def _first(self, label: str) -> Ministry | None:
        several = several_in(label)
        known = [self.ministry(each) for each in several] if len(several) > 1 else []
        return known[0] if known and all(known) else None

    def _beside(self, label: str, named: Office) -> Ministry | None:
        if BESIDE not in named:
            return None
        place = named.index(BESIDE)
        superior = self._by_office.get(named[:place])
        return superior and Ministry("-".join((superior.id, "aupres", *named[place + 1 :])), label, superior.portfolio)

    def portfolios(self, label: str) -> frozenset[str]:
        """The portfolios of a ministry: its own, and those of the fields that its label lists besides.

        `Solidarités et santé` holds the portfolios of `Solidarités` and of `Santé`; empty for an unknown label.
        """
        if len(several := several_in(label)) > 1 and self._first(label):
            return frozenset[str]().union(*map(self.portfolios, several))
        ministry = self.ministry(label)
        if ministry is None:
            return frozenset()
        listed = (self._by_office.get(office(part)) for part in parts(ministry.label))
        return frozenset({ministry.portfolio} | {each.portfolio for each in listed if each})


@cache
def bundled_registry() -> Registry:
    """The registry that comes with the project; its version is the digest of its file."""
    content = files("pipelines.normalise").joinpath("registries/ministries.yaml").read_bytes()
    table = TypeAdapter(dict[str, list[str | list[str]]]).validate_python(load_yaml(content))
    ministries: dict[Ministry, list[str]] = {}
    for portfolio, lines in table.items():
        for line in lines:
            labels = [line] if isinstance(line, str) else line
            ministries[Ministry("-".join(words(labels[0])), labels[0], portfolio)] = labels
    return Registry(ministries, hashlib.sha256(content).hexdigest()[:12])
