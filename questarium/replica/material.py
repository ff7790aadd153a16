"""What the synthetic corpus is made of, read from `data/`: terms and ministries, askers, topics.

Only the reading of those files and the look-ups in them; what is drawn from them is in `history` and `prose`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from schemas.errors import UnknownTermError
from schemas.identity import TermKey
from schemas.yaml_text import load_yaml


@dataclass(frozen=True)
class Label:
    """The name of a ministry from one day on, and how a question addresses its minister."""

    since: date
    name: str
    minister: str


@dataclass(frozen=True)
class Term:
    """One term: its issues of the JO are weekly, from `first_issue` on."""

    levels: int  # 3: rubrique, tête d'analyse, analyse; 2: rubrique, titre
    first_issue: date
    last_day: date
    governments: tuple[date, ...]
    groups: tuple[str, ...]
    portfolios: Mapping[str, tuple[Label, ...]]

    def label(self, portfolio: str, day: date) -> Label:
        """The portfolio's label on that day."""
        labels = self.portfolios[portfolio]
        return next((label for label in reversed(labels) if label.since <= day), labels[0])

    def changes(self, portfolio: str, after: date, before: date) -> list[date]:
        """Days strictly between the two on which the portfolio changed hands or name, oldest first."""
        days = {*self.governments, *(label.since for label in self.portfolios[portfolio])}
        return sorted(day for day in days if after < day < before)


@dataclass(frozen=True)
class Topic:
    """One subject that deputies write about; sentences hold the slots that `prose` fills."""

    portfolio: str
    rubric: str
    heading: str
    titles: tuple[str, ...]
    about: str
    question: tuple[str, ...]
    answer: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """The parts from which askers and places are invented."""

    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    towns: tuple[str, ...]
    departements: tuple[str, ...]


def term_facts(key: TermKey) -> Term:
    """The facts of a term; raises UnknownTermError for a term the corpus cannot be set in."""
    terms = _terms()
    if key.parliament != "fr-an" or key.term not in terms:
        known = ", ".join(f"fr-an-{number}" for number in terms)
        raise UnknownTermError(f"no synthetic corpus for '{key}': choose one of {known}")
    return terms[key.term]


@cache
def topics() -> tuple[Topic, ...]:
    """All topics, in the order of the file."""
    return tuple(
        Topic(
            portfolio=entry["portfolio"],
            rubric=entry["rubric"],
            heading=entry["heading"],
            titles=tuple(entry["titles"]),
            about=entry["about"],
            question=tuple(entry["question"]),
            answer=tuple(entry["answer"]),
        )
        for entry in _load("topics.yaml")
    )


@cache
def people() -> People:
    """The parts of invented names."""
    return People(**{name: tuple(values) for name, values in _load("people.yaml").items()})


@cache
def _terms() -> dict[int, Term]:
    return {number: _term(entry) for number, entry in _load("terms.yaml").items()}


def _term(entry: dict[str, Any]) -> Term:
    return Term(
        levels=entry["levels"],
        first_issue=entry["first_issue"],
        last_day=entry["last_day"],
        governments=tuple(entry["governments"]),
        groups=tuple(entry["groups"]),
        portfolios={name: tuple(Label(*label) for label in labels) for name, labels in entry["portfolios"].items()},
    )


def _load(name: str) -> Any:
    text = resources.files("questarium.replica").joinpath("data", name).read_text(encoding="utf-8")
    return load_yaml(text)
