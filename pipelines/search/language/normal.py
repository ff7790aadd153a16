"""The normal form of a query: one French spelling for each tree, that reads back as the same tree."""

import re
from functools import cache, reduce

from pipelines.search.language import fields, ranges, tree
from pipelines.search.language.days import UNIT_OF_TIME
from pipelines.search.language.lexer import DURATIONS, END_OF_GROUP

_NEXT_DIGITS = re.compile(rf"[0-9]{{3}}{END_OF_GROUP}")
_GOES_ON_IN_A_FIELD = re.compile(rf"[0-9]{{3}}(?![0-9])|{UNIT_OF_TIME}")


def written(node: tree.Node) -> str:
    """The tree as a query."""
    if isinstance(node, tree.All):
        return reduce(_beside, (_inner(part, tree.Any) for part in node.parts))
    if isinstance(node, tree.Any):
        return " OU ".join(_inner(part, tree.All) for part in node.parts)
    if isinstance(node, tree.Without):
        return f"SAUF {_inner(node.part, tree.Any, tree.All)}"
    if isinstance(node, tree.Everything):
        return "*" if node.extent is tree.Extent.ALL else "()"
    return _leaf(node)


@cache
def _ends_in_number() -> re.Pattern[str]:
    durations = "|".join(map(_name, DURATIONS))
    return re.compile(rf"(?:^|[\s(:=<>])(?:(?:{durations}):\S*)?[0-9]+$")


def _beside(before: str, after: str) -> str:
    """Two parts of a query; ET stands where the second would be read as the rest of a number or its unit."""
    number = _ends_in_number().search(before)
    goes_on = _GOES_ON_IN_A_FIELD if number and ":" in number[0] else _NEXT_DIGITS
    return f"{before} ET {after}" if number and goes_on.match(after) else f"{before} {after}"


def _inner(node: tree.Node, *enclosed: type[tree.Any] | type[tree.All]) -> str:
    return f"({written(node)})" if isinstance(node, enclosed) else written(node)


def _leaf(node: tree.Node) -> str:
    match node:
        case tree.Word() | tree.Wildcard() | tree.Quoted():
            return _single(node)
        case tree.Proximity():
            return _proximity(node)
        case tree.FigureTest():
            return f"{_name('figure')}:({figure_words(node)})"
        case tree.Choice(scope, value):
            return f"{_name(scope)}:{fields.choice_name(scope, value)}"
        case tree.Key(scope, value):
            return f"{_name(scope)}:{value}"
        case tree.Numbers(scope, low, high) | tree.Dates(scope, low, high):
            return f"{_name(scope)}:{ranges.printed(low, high)}"
        case tree.Present(scope):
            return f"{_name(scope)}:*"
        case _:
            return written(node)


def figure_words(test: tree.FigureTest) -> str:
    """The conditions on a figure, as they are written between its parentheses."""
    subject = test.subject and f"sujet:{test.subject}"
    parts = (ranges.printed_floats(test.low, test.high), test.unit, test.kind, subject)
    return " ".join(part for part in parts if part)


def _single(node: tree.Single) -> str:
    match node:
        case tree.Word(_, scope):
            plain = node.written
        case tree.Wildcard(pattern, scope):
            plain = pattern
        case tree.Quoted(text, accents, scope):
            plain = f'="{text}"' if accents else f'"{text}"'
    if scope is None:
        return plain
    if isinstance(node, tree.Word) and _means_more(node.text, scope):
        plain = f"({plain})"
    return f"{_name(scope)}:{plain}"


def _means_more(word: str, scope: str) -> bool:
    """Whether a word right behind the name of its field would be read as none or some, or as the Mme of a name."""
    civility = scope == "author" and word in fields.civilities()
    return civility or fields.means_none(word) or fields.means_some(word)


def _proximity(node: tree.Proximity) -> str:
    sides = (" OU ".join(_single(part) for part in side) for side in (node.left, node.right))
    left, right = (f"({side})" if " OU " in side else side for side in sides)
    operator = "AVANT" if node.ordered else "PROCHE"
    text = f"{left} {operator}/{node.between} {right}"
    return text if node.scope is None else f"{_name(node.scope)}:({text})"


def _name(target: str) -> str:
    return fields.fields()[target].names[0]
