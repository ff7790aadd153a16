"""Labels of ministries, taken apart: the office they speak of, whatever the rank and the form of address around it.

    Ministère d'État, ministère de la transition écologique et solidaire    → transition écologique solidaire
    Secrétariat d'État, auprès du Premier ministre, chargé du numérique     → numérique
    Ministère auprès de la garde des sceaux, ministre de la justice         → justice, beside its minister
    Armées (Mme la SE auprès de la ministre)                                → armées, beside its minister

What ministry an office is, is in the registry.
"""

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files

from pydantic import TypeAdapter

from schemas.yaml_text import load_yaml

Office = tuple[str, ...]
"""The words a label is compared by; the last is `BESIDE` for an office that is only beside another."""

BESIDE = "+"

_SMALL_WORDS = frozenset({"a", "au", "aux", "d", "de", "des", "du", "et", "l", "la", "le", "les"})
_WORD = re.compile(r"\w+")
_RANK = (
    r"(?:(?:m\.?|mme|mlle|monsieur|madame) ?)?(?:(?:le|la) )?"
    r"(?:ministere|ministre|secretariat|secretaire|haut-commissariat|haut-commissaire)"
    r"(?: delegue?e?)?(?: d'etat)?(?: delegue?e?)?"
)
_RANKS = re.compile(rf"^(?:(?:{_RANK}|garde des sceaux)(?:,| )* ?(?=\S|$))+")
_CHARGED = re.compile(r"(?:\ben )?\bchargee? (?=d)")
_SPOKESPERSON = re.compile(r"\bporte-parole.*$")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*$")
_RANK_IN_BRACKETS = re.compile(rf"^(?:{_RANK}|se|md|(?:m\.?|mme|mlle) (?:le |la )?(?:se|md))\b")
_PERSON_IN_BRACKETS = re.compile(r"^(?:m\.?|mme|mlle) (?!le\b|la\b)([^,]+), ?(?:se|md|secretaire|ministre)\b")


@lru_cache(maxsize=1 << 14)
def words(label: str) -> Office:
    """The words of a label as it is written, without case, accents, punctuation and articles."""
    return tuple(word for word in _WORD.findall(_plain(label)) if word not in _SMALL_WORDS)


@lru_cache(maxsize=1 << 14)  # ministries come back with every question
def office(label: str) -> Office:
    """The words of the office that a label names; empty when it names none."""
    text = _WORD.sub(lambda word: _spellings().get(word[0], word[0]), _plain(label))
    if brackets := _BRACKETS.search(text):
        rank = _in_brackets(brackets[1].replace(".", ""))
        if rank is not None:
            return (*_named(text[: brackets.start()]), BESIDE, *rank)
    before, beside, superior = text.partition("aupres ")
    return _beside(before, superior) if beside else _named(text)


def parts(label: str) -> list[str]:
    """The fields that a label lists: `Solidarités et santé` → `Solidarités`, `santé`."""
    return [part for part in re.split(r",\s*|\s+et\s+", label) if part.strip()]


def several_in(label: str) -> list[str]:
    """The ministries of a label that names more than one: `Travail / Santé` → `Travail`, `Santé`."""
    return [each.strip() for each in label.split(" / ") if each.strip()]


def _in_brackets(text: str) -> Office | None:
    """The person that brackets with a rank name besides, mostly nobody; None when they hold no rank."""
    if person := _PERSON_IN_BRACKETS.match(text):
        return _named(person[1])
    return () if _RANK_IN_BRACKETS.match(text) else None


def _beside(before: str, superior: str) -> Office:
    """The office of somebody beside another: what it is charged with, or else the superior's."""
    if own := _named(before):
        return own
    if charged := _CHARGED.search(superior):
        return _named(superior[charged.end() :])
    if spokesperson := _SPOKESPERSON.search(superior):
        return _named(spokesperson[0])
    found = _named(re.sub(r"^(?:du|de la|de l'|de) ?", "", superior))
    return (*found, BESIDE) if found else ()


def _named(text: str) -> Office:
    stripped = _RANKS.sub("", text.strip(" ,"))
    return words(_CHARGED.sub("", stripped, count=1) if _CHARGED.match(stripped) else stripped)


@lru_cache(maxsize=1 << 14)
def _plain(label: str) -> str:
    plain = unicodedata.normalize("NFKD", label.casefold()).replace("’", "'").replace("œ", "oe")
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())


@cache
def _spellings() -> dict[str, str]:
    text = files("pipelines.normalise").joinpath("registries/spellings.yaml").read_text("utf-8")
    return TypeAdapter(dict[str, str]).validate_python(load_yaml(text))
