"""The registry of ministries: from a label as published to a stable id and a portfolio (`registries/ministries.yaml`).

A label that is not in the registry has no id; it is never guessed from a likeness. Which person held a ministry, and
when, is not here.
"""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from pydantic import TypeAdapter

_SMALL_WORDS = frozenset({"a", "au", "aux", "d", "de", "des", "du", "et", "l", "la", "le", "les"})
_WORD = re.compile(r"\w+")
# "Ministère d'État, ministère de …", "Secrétariat d'État aux …", "Ministère délégué auprès du …, chargé de …"
_OFFICE = re.compile(
    r"^(?:(?:ministere|ministre|secretariat|secretaire|haut-commissariat|haut-commissaire)"
    r"(?: delegue?e?)?(?: d'etat)?,? (?=\S))+"
)
_BESIDE = re.compile(r"^(?:(?:delegue?e? )?aupres .{3,200}?[, ])?(?:delegue?e?,? )?chargee? (?=d)")


@dataclass(frozen=True)
class Ministry:
    """One ministry: its stable id, its label and the portfolio it belongs to."""

    id: str
    label: str
    portfolio: str


class Registry:
    """Ministries by the words of their labels.

    Args:
        ministries: each with all the labels it is known by.
        version: what identifies this state of the registry.

    Raises:
        ValueError: two ministries claim one label.
    """

    def __init__(self, ministries: Mapping[Ministry, Iterable[str]], version: str) -> None:
        self.version = version
        self._by_words: dict[tuple[str, ...], Ministry] = {}
        for ministry, label in [(ministry, label) for ministry, labels in ministries.items() for label in labels]:
            claimed = self._by_words.setdefault(_words(label), ministry)
            if claimed != ministry:
                raise ValueError(f"'{label}' names two ministries, {claimed.id} and {ministry.id}: keep one of them")

    def __len__(self) -> int:
        return len(set(self._by_words.values()))

    def ministry(self, label: str) -> Ministry | None:
        """The ministry of that label, or None when the registry does not know it."""
        return self._by_words.get(_words(label))

    def ministry_id(self, label: str | None) -> str | None:
        """The id of the ministry of that label; None for no label and for an unknown one."""
        ministry = self.ministry(label) if label else None
        return ministry.id if ministry else None

    def same(self, one: str | None, other: str | None) -> bool:
        """Whether two labels name the same ministry, known or not."""
        if one is None or other is None:
            return one is other
        return _words(one) == _words(other) or (
            self.ministry(one) is not None and self.ministry(one) == self.ministry(other)
        )


@cache
def bundled_registry() -> Registry:
    """The registry that comes with the project; its version is the digest of its file."""
    content = files("pipelines.normalise").joinpath("registries/ministries.yaml").read_bytes()
    table = TypeAdapter(dict[str, list[str | list[str]]]).validate_python(yaml.safe_load(content))
    ministries: dict[Ministry, list[str]] = {}
    for portfolio, lines in table.items():
        for line in lines:
            labels = [line] if isinstance(line, str) else line
            ministries[Ministry("-".join(_words(labels[0])), labels[0], portfolio)] = labels
    return Registry(ministries, hashlib.sha256(content).hexdigest()[:12])


def _words(label: str) -> tuple[str, ...]:
    """The words a label is compared by: no case, accents, punctuation, small words, nor the kind of office."""
    plain = unicodedata.normalize("NFKD", label.casefold()).replace("’", "'").replace("œ", "oe")
    plain = " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())
    named = _BESIDE.sub("", _OFFICE.sub("", plain))
    return tuple(word for word in _WORD.findall(named) if word not in _SMALL_WORDS)
