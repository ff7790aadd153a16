"""Which values of a field a typed name means: `intérieur`, `"Ugo Bernalicis"`, `Bern*`, `LFI`."""

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import partial

from pipelines.search.analysis import fold, folded_tokens
from pipelines.search.language import fields, tree
from pipelines.search.vocabulary import Vocabulary, one_letter_away, singular
from pipelines.search.words import group_names

_NEAR_ENOUGH = 0.6

Test = Callable[[str, tuple[str, ...]], bool]
"""Whether a label, with its folded tokens, is meant."""


def meant(vocabulary: Vocabulary, field: str, leaf: tree.Single) -> tuple[str, ...]:
    """The labels that a word, a pattern or a quote means, in order.

    A word means every label that has it (a plural has its singular, names of persons aside), several parts and quotes
    stand side by side in the label, `="…"` is the whole label, and a group answers to its abbreviation.
    """
    tests = [_test(field, leaf)]
    if field == "group" and not isinstance(leaf, tree.Wildcard):
        tests += [_has_run(names, _same) for names in group_names().get("".join(folded_tokens(tree.typed(leaf))), ())]
    first = next(iter(_without_civility(field, folded_tokens(tree.typed(leaf)))), "")
    looked_up = len(tests) == 1 and not isinstance(leaf, tree.Wildcard)
    candidates = vocabulary.labels_with(field, first) if looked_up else vocabulary.folded_labels(field)
    return tuple(label for label, tokens in candidates if any(test(label, tokens) for test in tests))


def nearest(vocabulary: Vocabulary, field: str, leaf: tree.Single) -> str | None:
    """The label that looks most like what was typed, or one of whose words does."""
    labels = vocabulary.folded_labels(field)
    by_look: dict[str, str] = {}
    for label, tokens in labels:
        for look in (" ".join(tokens), *tokens):
            by_look.setdefault(look, label)
    close = get_close_matches(" ".join(folded_tokens(tree.typed(leaf))), by_look, n=1, cutoff=_NEAR_ENOUGH)
    return by_look[close[0]] if close else None


def _test(field: str, leaf: tree.Single) -> Test:
    match leaf:
        case tree.Wildcard(pattern) if pattern.endswith("~"):
            near = one_letter_away(fold(pattern[:-1]))
            return lambda _, tokens: not near.isdisjoint(tokens)
        case tree.Wildcard(pattern):
            parts = [_pattern(part) for part in pattern.split("-")]
            return lambda _, tokens: _any_run(tokens, [part.fullmatch for part in parts])
        case tree.Quoted(text, accents) if accents:
            whole = folded_tokens(text)
            return lambda _, tokens: tokens == whole
        case tree.Quoted(text):
            return _has_run(_without_civility(field, folded_tokens(text)), _same)
        case tree.Word(text):
            return _has_run(folded_tokens(text), _same if field == "author" else _same_but_plural)


def _without_civility(field: str, name: tuple[str, ...]) -> tuple[str, ...]:
    """Names of members are kept without Mme and M."""
    return name[1:] if field == "author" and len(name) > 1 and name[0] in fields.civilities() else name


def _has_run(wanted: tuple[str, ...], same: Callable[[str, str], bool]) -> Test:
    """The label has these tokens side by side."""
    checks = [partial(same, word) for word in wanted]
    return lambda _, tokens: bool(wanted) and _any_run(tokens, checks)


def _any_run(tokens: tuple[str, ...], checks: Sequence[Callable[[str], object]]) -> bool:
    starts = range(len(tokens) - len(checks) + 1)
    return any(all(check(tokens[start + step]) for step, check in enumerate(checks)) for start in starts)


def _same(typed: str, token: str) -> bool:
    return typed == token


def _same_but_plural(typed: str, token: str) -> bool:
    return singular(typed) == singular(token)


def _pattern(part: str) -> re.Pattern[str]:
    folded = "".join(letter if letter in "*?" else "".join(folded_tokens(letter)) for letter in part)
    pieces = (re.escape(piece).replace(r"\?", ".") for piece in folded.split("*"))
    return re.compile(".*".join(pieces))
