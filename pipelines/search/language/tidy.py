"""Trees in their simplest form: flat, without repeats, without stop words that say nothing.

A tidied tree stays as it is when it is tidied again, and when it is written out and read back.
"""

import re
from collections.abc import Iterable
from dataclasses import fields as attributes
from dataclasses import replace

from pipelines.search.language import tree
from pipelines.search.words import stop_words

_DOTTED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")  # 18.000
_FIRST_GROUP = re.compile(r"[1-9][0-9]{0,2}")
_NEXT_GROUP = re.compile(r"[0-9]{3}")
_SIGNED_NUMBER = re.compile(r"n[°ºo]\.?(\d{1,6})")  # n°12526
_SHORT_ID = re.compile(r"([1-9][0-9]?)-([1-9][0-9]{2,5})(qe|qg|qosd)?")  # 15-12526, 15-12526QE
_NUMBER_TYPE = re.compile(r"([1-9][0-9]{0,5})(qe|qg|qosd)")  # 12526QE
_ID = re.compile(r"([a-z]{2}(?:-[a-z]+)+-[0-9]{1,3})-(qe|qg|qosd)-([0-9]{1,7})")  # fr-an-15-QE-12526
_SOURCE_ID = re.compile(r"qanr5l[0-9]+q[a-z]+[0-9]+")  # QANR5L15QE12526
_SENATE_ID = re.compile(r"qseq([0-9]+s?)")  # qSEQ220628479


def all_of(parts: Iterable[tree.Node]) -> tree.Node | None:
    """All of them in one node; None of nothing."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, tree.All) else (part,))]
    return tree.All(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def any_of(parts: Iterable[tree.Node]) -> tree.Node | None:
    """Any of them in one node; None of nothing."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, tree.Any) else (part,))]
    return tree.Any(tuple(flat)) if len(flat) > 1 else next(iter(flat), None)


def without(part: tree.Node) -> tree.Node:
    """Not that part; twice is the part itself."""
    return part.part if isinstance(part, tree.Without) else tree.Without(part)


def tidied(node: tree.Node) -> tree.Node:
    """The same query in its simplest form."""
    if isinstance(node, tree.All):
        flat = all_of([tidied(part) for part in node.parts]) or node
        return _tidied_all(flat.parts) if isinstance(flat, tree.All) else flat
    if isinstance(node, tree.Any):
        flat = any_of([tidied(part) for part in node.parts]) or node
        return (any_of(dict.fromkeys(flat.parts)) or node) if isinstance(flat, tree.Any) else flat
    if isinstance(node, tree.Without):
        return without(tidied(node.part))
    if isinstance(node, tree.Word) and _DOTTED.fullmatch(node.text):
        return replace(node, text=node.text.replace(".", ""))
    return node


def jump(root: tree.Node) -> tree.Node:
    """A query that is nothing but the name of a question asks for that question."""
    if not isinstance(root, tree.Word) or root.scope is not None:
        return root
    if (short := _SHORT_ID.fullmatch(root.text)) is not None:
        return _numbered(root.at, short[3], term=short[1], number=short[2])
    if (typed := _NUMBER_TYPE.fullmatch(root.text)) is not None:
        return _numbered(root.at, typed[2], number=typed[1])
    if (signed := _SIGNED_NUMBER.fullmatch(root.text)) is not None:
        return _numbered(root.at, None, number=signed[1])
    if (ours := _ID.fullmatch(root.text)) is not None:
        return tree.Key("id", f"{ours[1]}-{ours[2].upper()}-{ours[3]}", root.at)
    if _SOURCE_ID.fullmatch(root.text) is not None:
        return tree.Key("source_id", root.text.upper(), root.at)
    if (senate := _SENATE_ID.fullmatch(root.text)) is not None:
        return tree.Key("source_id", f"qSEQ{senate[1].upper()}", root.at)
    return root


def _numbered(at: tree.Place, kind: str | None, **numbers: str) -> tree.Node:
    parts: list[tree.Node] = [tree.Numbers(scope, int(text), int(text), at) for scope, text in numbers.items()]
    if kind is not None:
        parts.append(tree.Choice("type", kind.upper(), at))
    return all_of(parts) or tree.Everything(at=at)


def _tidied_all(parts: tuple[tree.Node, ...]) -> tree.Node:
    kept: list[tree.Node] = [part for part in parts if part != tree.Everything()] or list(parts)
    kept = list(dict.fromkeys(_without_stop_words(kept)))
    kept = list(dict.fromkeys(_with_joined_numbers(kept)))
    return all_of(_with_joined_figures(kept)) or tree.Everything()


def _is_stop_word(node: tree.Node) -> bool:
    return isinstance(node, tree.Word) and node.text in stop_words()


def _without_stop_words(parts: list[tree.Node]) -> list[tree.Node]:
    """Drop a stop word when something else is asked beside it (in the same field, if it is asked in one)."""
    says = [part for part in parts if not isinstance(part, tree.Without) and not _is_stop_word(part)]
    scopes = {getattr(part, "scope", None) for part in says}

    def is_idle(part: tree.Node) -> bool:
        return (
            isinstance(part, tree.Word) and _is_stop_word(part) and (part.scope in scopes if part.scope else bool(says))
        )

    return [part for part in parts if not is_idle(part)]


def _with_joined_numbers(parts: list[tree.Node]) -> list[tree.Node]:
    """`18 000` is one number."""
    found: list[tree.Node] = []
    is_open = False
    for part in parts:
        last = found[-1] if found else None
        if (
            is_open
            and isinstance(part, tree.Word)
            and isinstance(last, tree.Word)
            and _NEXT_GROUP.fullmatch(part.text)
            and part.scope == last.scope
        ):
            found[-1] = replace(last, text=last.text + part.text, at=(last.at[0], part.at[1]))
            continue
        found.append(part)
        is_open = isinstance(part, tree.Word) and _FIRST_GROUP.fullmatch(part.text) is not None
    return found


def _with_joined_figures(parts: list[tree.Node]) -> list[tree.Node]:
    """Conditions on different sides of a figure (its value, its unit, its subject) are about one figure."""
    found: list[tree.Node] = []
    for part in parts:
        place = _last_that_takes(found, part) if isinstance(part, tree.FigureTest) else None
        if place is None:
            found.append(part)
        else:
            found[place] = _joined(found[place], part)
    return found


def _last_that_takes(found: list[tree.Node], part: tree.FigureTest) -> int | None:
    places = (
        place
        for place in range(len(found) - 1, -1, -1)
        if isinstance(other := found[place], tree.FigureTest) and not _sides(other) & _sides(part)
    )
    return next(places, None)


def _sides(test: tree.FigureTest) -> set[str]:
    given = {name for name in _FIGURE_SIDES if getattr(test, name) is not None}
    return {"value" if name in ("low", "high") else name for name in given}


def _joined(first: tree.Node, second: tree.Node) -> tree.Node:
    given = {name: value for name in _FIGURE_SIDES if (value := getattr(second, name)) is not None}
    return replace(first, **given) if isinstance(first, tree.FigureTest) else first


_FIGURE_SIDES = tuple(attribute.name for attribute in attributes(tree.FigureTest) if attribute.name != "at")
