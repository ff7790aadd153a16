"""Trees in their simplest form: flat, without repeats, without stop words that say nothing.

A tidied tree stays as it is when it is tidied again, and when it is written out and read back.
"""

import re
from collections.abc import Iterable
from dataclasses import fields as attributes
from dataclasses import replace

from pipelines.search.language import tree
from pipelines.search.words import stop_words

_DOTTED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+(?:,[0-9]+)?")  # 18.000,50


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


def _tidied_all(parts: tuple[tree.Node, ...]) -> tree.Node:
    kept: list[tree.Node] = [part for part in parts if part != tree.Everything()] or list(parts)
    kept = _with_joined_figures(list(dict.fromkeys(_without_stop_words(kept))))
    return all_of(kept) or tree.Everything()


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
