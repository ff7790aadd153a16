"""Leaves of the tree out of what was typed: values of fields, patterns, nearness."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from pipelines.search.analysis import folded_tokens, lower, tokens
from pipelines.search.language import fields, ranges, tree
from pipelines.search.language.lexer import Token
from pipelines.search.language.messages import warning
from pipelines.search.language.tidy import all_of, any_of, without
from pipelines.search.words import content_of
from schemas.search import QueryWarning

MAX_BETWEEN = 100
MAX_BETWEEN_PHRASES = 10  # tantivy is asked once for each distance (embedded/compile.py)
COUNTED = {"figure": "figures_count", "figures_count": "figures_count", "tables": "tables", "renewals": "renewals"}
_ALTERNATIVES = re.compile(r"\s+(?:OU|OR)\s+|\s*\|+\s*")
_FUZZY = re.compile(r"([^\W_]{3,})~[0-9.]*")
_KEY = re.compile(r"[\w.\-]+")
_QUESTION_ID = re.compile(r"([a-z]{2}(?:-[a-z]+)+-\d{1,3})-([a-z]{2,5})-(\d{1,7})")
_COMPARISON = re.compile(r"[<>=≤≥]")
_EVENTS_AS_STATUS = frozenset({"signalled", "renewed", "corrected", "reassigned"})


@dataclass(frozen=True)
class Read:
    """A value that was read, or None with the reason in the warnings."""

    node: tree.Node | None
    warnings: tuple[QueryWarning, ...] = ()


def read(token: Token, today: date) -> Read:
    """Read the value of a choice, key, number, date or figure field; `(a OU b)` holds alternatives."""
    field = token.field
    if field is None:
        return Read(None)
    readers: dict[fields.Kind, Callable[[fields.Field, str, Token], tree.Node | None]] = {
        fields.Kind.CHOICE: _choice,
        fields.Kind.KEY: _key,
        fields.Kind.NUMBER: _numbers,
        fields.Kind.DATE: lambda field, text, token: _dates(field, text, token, today),
    }
    if field.kind is fields.Kind.FIGURE:
        return _figures(field, token)
    parts = [readers[field.kind](field, text.strip(), token) for text in _ALTERNATIVES.split(token.text.strip())]
    if None in parts:
        nearest = fields.nearest_choice(field.target, token.text) if field.kind is fields.Kind.CHOICE else None
        return Read(None, (_bad_value(field, token, nearest),))
    return Read(any_of([part for part in parts if part is not None]))


def presence(scope: fields.Field, token: Token) -> tree.Node | None:
    """What a value asks that says only whether there is something: `aucune`, `*`, and `oui` for what is counted."""
    place = (token.start, token.end)
    some, none = fields.means_some(token.text), fields.means_none(token.text)
    counted = COUNTED.get(scope.target)
    if counted is not None:
        some, none = some or fields.means_yes(token.text), none or fields.means_no(token.text)
        return tree.Numbers(counted, 1, None, place) if some else tree.Numbers(counted, 0, 0, place) if none else None
    present = tree.Present(scope.target, at=place)
    return without(present) if none else present if some else None


def pattern(text: str) -> str | None:
    """The pattern of a word with `*`, inner `?` or final `~`, its parts joined by hyphens; None for a plain word."""
    fuzzy = _FUZZY.fullmatch(text)
    if fuzzy is not None:
        return f"{fuzzy[1]}~"
    if "*" not in text:
        text = text.rstrip("?")
        if not re.search(r"\?[^\W_]", text):
            return None
    pieces = re.split(r"[^\w*?]+|_+", re.sub(r"\*+", "*", text))
    kept = [piece for piece in pieces if any(character.isalnum() for character in piece)]
    if not any("*" in piece for piece in kept):  # a mark at the end of a part is no wildcard either
        kept = [piece.rstrip("?") for piece in kept]
    found = "-".join(kept)
    return found if "*" in found or "?" in found else None


def changed_forms(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms that `-hopital,+hospices` drops and adds; a form without a sign is dropped."""
    dropped: set[str] = set()
    added: set[str] = set()
    for each in re.split(r"[\s,;]+", lower(text)):
        words = {token.plain for token in tokens(each)}
        (added if each.startswith("+") else dropped).update(words)
    return tuple(sorted(dropped - added)), tuple(sorted(added))


def proximity(left: tree.Node | None, right: tree.Node | None, operator: Token) -> tree.Proximity | None:
    """Both sides near each other; None when a side is not a word, words side by side, or alternatives of these."""
    before, after = _singles(left), _singles(right)
    if not before or not after or operator.distance is None:
        return None
    scopes = {part.scope for part in (*before, *after)} - {None}
    scope = next(iter(scopes), None)
    if len(scopes) > 1 or (scope is not None and fields.fields()[scope].kind is not fields.Kind.TEXT):
        return None
    return tree.Proximity(
        tuple(dict.fromkeys(replace(part, scope=None) for part in before)),
        tuple(dict.fromkeys(replace(part, scope=None) for part in after)),
        min(operator.distance, farthest(left, right)),
        ordered=operator.strict,
        scope=scope,
        at=(operator.start, operator.end),
    )


def farthest(*sides: tree.Node | None) -> int:
    """How many words may stand between these sides at the most."""
    several = any(len(tokens(_text(leaf))) > 1 for side in sides for leaf in _singles(side))
    return MAX_BETWEEN_PHRASES if several else MAX_BETWEEN


def places(pair: tree.Proximity) -> int:
    """How many places an engine compares for it: those of every choice on the left with every one on the right."""
    left, right = ([len(tokens(_text(leaf))) for leaf in side] for side in (pair.left, pair.right))
    return sum(left) * len(right) + sum(right) * len(left)


def side_by_side(text: str) -> str:
    """The words of a quote as they are told: a blank between them, or the apostrophe that stood there."""
    found = tokens(text)
    joints = ("'" if text[one.end : other.start] == "'" else " " for one, other in pairwise(found))
    return found[0].plain + "".join(f"{joint}{part.plain}" for joint, part in zip(joints, found[1:], strict=True))


def pairs(quoted: tree.Quoted, between: int) -> tree.Node:
    """`"a b c"~5`: a near b, and b near c."""
    words = [tree.Quoted(each.plain, accents=quoted.accents) for each in tokens(quoted.text)]
    near = [
        tree.Proximity((left,), (right,), min(between, MAX_BETWEEN), scope=quoted.scope, at=quoted.at)
        for left, right in pairwise(words)
    ]
    return all_of(near) or quoted


def _singles(node: tree.Node | None) -> tuple[tree.Single, ...]:
    """The alternatives of one side, none when it is anything else."""
    parts: Iterable[tree.Node | None] = node.parts if isinstance(node, tree.Any) else (node,)
    found: list[tree.Single] = []
    for part in parts:
        if not isinstance(part, tree.Word | tree.Wildcard | tree.Quoted):
            return ()
        if not tokens(_text(part)):
            return ()
        found.append(part)
    return tuple(found)


def _text(leaf: tree.Single) -> str:
    return re.sub(r"[*?]", "x", leaf.pattern).rstrip("~") if isinstance(leaf, tree.Wildcard) else leaf.text


def _choice(field: fields.Field, text: str, token: Token) -> tree.Node | None:
    value = fields.choice(field.target, re.sub(r"\s+", "-", text))
    place = (token.start, token.end)
    if value is None:
        return None
    if field.target == "status" and value == "overdue":
        return tree.Numbers("overdue", 1, None, at=place)
    if field.target == "status" and value in _EVENTS_AS_STATUS:
        return tree.Choice("ever", value, at=place)
    return tree.Choice(field.target, value, at=place)


def _key(field: fields.Field, text: str, token: Token) -> tree.Node | None:
    if _KEY.fullmatch(text) is None:
        return None
    ours = _QUESTION_ID.fullmatch(lower(text))
    if ours is not None and field.target == "id":
        text = f"{ours[1]}-{ours[2].upper()}-{ours[3]}"
    return tree.Key(field.target, text, at=(token.start, token.end))


def _numbers(field: fields.Field, text: str, token: Token) -> tree.Node | None:
    if field.target == "overdue" and fields.simplified(text) in ("oui", "yes"):
        return tree.Numbers("overdue", 1, None, at=(token.start, token.end))
    readers = {"overdue": ranges.day_counts, "delay_days": ranges.day_counts, "term": ranges.terms}
    bounds = readers.get(field.target, ranges.integers)(text)
    return None if bounds is None else tree.Numbers(field.target, *bounds, at=(token.start, token.end))


def _dates(field: fields.Field, text: str, token: Token, today: date) -> tree.Node | None:
    bounds = ranges.dates(text, today)
    return None if bounds is None else tree.Dates(field.target, *bounds, at=(token.start, token.end))


def _figures(field: fields.Field, token: Token) -> Read:
    """One condition, or alternatives of which each is of a figure of its own."""
    read = [_figure(field, replace(token, text=text)) for text in _ALTERNATIVES.split(token.text)]
    told = tuple(odd for each in read for odd in each.warnings)
    if any(each.node is None for each in read):
        return Read(None, told if len(read) == 1 else (_bad_value(field, token),))
    return Read(any_of([each.node for each in read if each.node is not None]), told)


def _figure(field: fields.Field, token: Token) -> Read:
    place = (token.start, token.end)
    if field.target == "unit":
        unit = fields.unit(token.text)
        return Read(tree.FigureTest(unit=unit, at=place)) if unit else Read(None, (_bad_value(field, token),))
    if field.target == "subject":
        return _with_subject(tree.FigureTest(at=place), token.text.split(), field, token)
    found = ranges.figure(token.text)
    if found is None:
        return Read(None, (_bad_value(field, token),))
    return _with_subject(replace(found[0], at=place), list(found[1]), field, token)


def _with_subject(test: tree.FigureTest, words: list[str], field: fields.Field, token: Token) -> Read:
    """The test with its subject, one word: the first that says something. A second comparison is none."""
    if any(_COMPARISON.match(word) for word in words):
        return Read(None, (_bad_value(field, token),))
    content = content_of(folded_tokens(" ".join(words)))
    plain = [part.plain for word in words for part in tokens(lower(word)) if part.folded in content]
    if plain:
        told = (warning("subject_words", (token.start, token.end), kept=plain[0]),) if len(plain) > 1 else ()
        return Read(replace(test, subject=plain[0]), told)
    if test == tree.FigureTest():
        return Read(None, (_bad_value(field, token),))
    return Read(test)


def _bad_value(field: fields.Field, token: Token, suggestion: str | None = None) -> QueryWarning:
    french, english = fields.expected(field)
    place = (token.start, token.end)
    values = {"value": token.text, "name": field.names[0], "expected_fr": french, "expected_en": english}
    return warning("bad_value", place, suggestion, **values)
