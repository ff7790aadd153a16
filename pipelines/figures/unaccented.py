"""Texts without accents, as the Journal officiel gave them until 1997: which "a" is the preposition "à"."""

import re
from functools import lru_cache

from pipelines.figures.tokens import fold
from pipelines.figures.vocabulary import grammar

_ACCENT = re.compile("[àâçéèêëîïôûùÀÂÇÉÈÊÎÔ]")
_FEWEST = 200  # characters; a shorter text may have no accent by chance
_PARTICIPLES = ("e", "ee", "es", "ees", "i", "is", "ie", "it", "u", "us", "ue", "ert", "int", "fait")


@lru_cache(maxsize=4)
def is_unaccented(text: str) -> bool:
    """Whether a text was written without any accent."""
    return len(text) >= _FEWEST and _ACCENT.search(text) is None


def with_prepositions(folds: list[str]) -> list[str]:
    """The folded words of such a text, with "à" where "a" is no verb: estimee a 3 francs; not: il a 3 francs, a ete."""
    return ["à" if word == "a" and not _is_verb(folds, at) else word for at, word in enumerate(folds)]


def _is_verb(folds: list[str], at: int) -> bool:
    before, after = folds[at - 1] if at else "", folds[at + 1] if at + 1 < len(folds) else ""
    if before in grammar().before_verbs or before in _subjects():
        return True
    opens_phrase = after in grammar().determiners or after[:1].isdecimal()
    return not opens_phrase and after.endswith(_PARTICIPLES)


@lru_cache(maxsize=1)
def _subjects() -> frozenset[str]:
    return frozenset(map(fold, ("l'", "ce", "cela", "ceci", "lui", "leur", "me", "m'", "nous", "en")))
