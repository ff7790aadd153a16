"""Words of change ("hausse", "augmente", "gagner") and of levels ("passe", "porté"), by themselves."""

from functools import cache, lru_cache

from pipelines.figures.tokens import fold
from pipelines.figures.verbs import infinitive_of
from pipelines.figures.vocabulary import Stems, changes
from schemas.figure import Direction


@lru_cache(maxsize=1 << 15)
def change_word(folded: str) -> Direction | None:
    """The direction a word of change gives to its amount."""
    return next((direction for direction, stems in _amounts().items() if folded in stems), None)


def may_govern(folded: str) -> bool:
    """Whether a word may be the word of change that a number hangs on; few sentences hold one."""
    return change_word(folded) is not None or transitive_word(folded) is not None


@lru_cache(maxsize=1 << 15)
def is_level_word(word: str) -> bool:
    """Whether a word goes from one level to another: one of the list, or a form of a verb of the list."""
    if fold(word) in changes().levels:
        return word.lower() != "élève"  # un coût par élève
    infinitive = infinitive_of(word)
    return infinitive is not None and fold(infinitive) in changes().levels


@lru_cache(maxsize=1 << 15)
def transitive_word(folded: str) -> Direction | None:
    """The direction a verb of change gives to an amount that is its object."""
    return next((direction for direction, stems in _transitives().items() if folded in stems), None)


@cache
def _amounts() -> dict[Direction, Stems]:
    return {direction: Stems(words) for direction, words in changes().amount.items()}


@cache
def _transitives() -> dict[Direction, Stems]:
    return {direction: Stems(words) for direction, words in changes().transitive.items()}
