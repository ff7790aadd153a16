"""A query that is nothing but the name of a question, in any spelling people use, asks for that question.

`15-12526`, `QE 12526`, `n° 12 526`, `question écrite n° 12526 (XVe législature)`, `QANR5L15QE12526`, its address.
"""

import re
from dataclasses import dataclass

from pipelines.search.analysis import fold, lower
from pipelines.search.language import ranges, tree
from schemas.identity import QuestionType

_TERM = r"(?:[12][0-9]|[1-9])"  # 83-634 is a law, not a question of the 83rd term
_NUMBER = r"[1-9][0-9]{0,2}(?:[\s.][0-9]{3})+|[1-9][0-9]{0,5}"
_KIND = "|".join(QuestionType)
_DASH = r"\s?[-‐‑–]\s?"
_OF_TERM = re.compile(
    rf"(?:fr-)?(?:an-)?(?P<before>(?:{_KIND})\s)?(?P<term>{_TERM}){_DASH}(?:(?P<within>{_KIND}){_DASH})?"
    rf"(?P<number>{_NUMBER})\s?(?P<after>{_KIND})?",
    re.IGNORECASE,
)
_ALONE = re.compile(
    rf"(?P<question>question\s+(?:(?P<written>[ée]crite|orale(?:\s+sans\s+d[ée]bat)?|au\s+gouvernement)\s+)?)?"
    rf"(?P<before>(?:{_KIND})\s*)?"
    rf"(?P<sign>n\s?[°ºo]\.?|n\.|num[ée]ro\s|\#)?\s*(?P<number>{_NUMBER})\s?(?P<after>{_KIND})?"
    rf"(?:[\s,(]+(?:de\s+la\s+)?(?P<term>{_TERM}|[IVX]+)\s?(?:e|è|ème|eme)?\s+l[ée]gislature\)?)?",
    re.IGNORECASE,
)
_ID = re.compile(rf"([a-z]{{2}}(?:-[a-z]+)+-[0-9]{{1,3}})-({_KIND})-([0-9]{{1,7}})", re.IGNORECASE)  # fr-an-15-QE-12526
_SOURCE_ID = re.compile(r"qanr5l[0-9]+q[a-z]+[0-9]+", re.IGNORECASE)  # QANR5L15QE12526
_SENATE_ID = re.compile(r"qseq([0-9]+s?)", re.IGNORECASE)  # qSEQ220628479
_ADDRESS = re.compile(r"https?://\S*/(?P<name>[^\s/?#]+?)(?:\.html?)?", re.IGNORECASE)
_YEAR = re.compile(r"19[0-9]{2}|20[0-9]{2}")  # question 2018 is no number
_TYPES = {"ecrite": ("QE",), "orale": ("QOSD", "QG"), "orale sans debat": ("QOSD",), "au gouvernement": ("QG",)}
_SHORTEST = 100  # below, 15-20 is a range of anything


@dataclass(frozen=True)
class Name:
    """What a name says of its question: an id of ours or of the source, or a number with what stands beside it.

    `types` are those it may have, none told when there are none.
    """

    id: str | None = None
    source_id: str | None = None
    term: int | None = None
    number: int | None = None
    types: tuple[str, ...] = ()


def named(text: str) -> tree.Node | None:
    """The question that the text names; None when it is no name of one."""
    text = text.strip()
    found = read_name(text)
    return None if found is None else _node(found, (0, len(text)))


def read_name(text: str, *, certainly: bool = False) -> Name | None:
    """The name that the text is, None when it is none; where it is `certainly` one, a bare number is enough."""
    text = text.strip()
    if (address := _ADDRESS.fullmatch(text)) is not None:
        text = address["name"]
    if (ours := _ID.fullmatch(text)) is not None:
        return Name(id=f"{ours[1].lower()}-{ours[2].upper()}-{ours[3]}")
    if _SOURCE_ID.fullmatch(text) is not None:
        return Name(source_id=text.upper())
    if (senate := _SENATE_ID.fullmatch(text)) is not None:
        return Name(source_id=f"qSEQ{senate[1].upper()}")
    return _numbered(_OF_TERM.fullmatch(text) or _ALONE.fullmatch(text), certainly=certainly)


def _numbered(found: re.Match[str] | None, *, certainly: bool) -> Name | None:
    if found is None:
        return None
    parts = {name: (text or "").strip() for name, text in found.groupdict().items()}
    kind = parts["before"] or parts["after"] or parts.get("within", "")
    types = (kind.upper(),) if kind else _TYPES.get(" ".join(fold(lower(parts.get("written", ""))).split()), ())
    number = int(re.sub(r"\D", "", parts["number"]))
    told = bool(kind or parts.get("sign") or (parts.get("question") and not _YEAR.fullmatch(parts["number"])))
    if not (told or certainly) and ("sign" in parts or number < _SHORTEST):
        return None
    term = ranges.terms(parts["term"]) if parts["term"] else None
    return Name(term=term[0] if term else None, number=number, types=types)


def _node(name: Name, place: tree.Place) -> tree.Node:
    for scope, value in (("id", name.id), ("source_id", name.source_id)):
        if value is not None:
            return tree.Key(scope, value, place)
    numbers = (("term", name.term), ("number", name.number))
    nodes: list[tree.Node] = [tree.Numbers(scope, each, each, at=place) for scope, each in numbers if each is not None]
    if name.types:
        choices = tuple(tree.Choice("type", each, place) for each in name.types)
        nodes.append(tree.Any(choices) if len(choices) > 1 else choices[0])
    return tree.All(tuple(nodes)) if len(nodes) > 1 else nodes[0]
