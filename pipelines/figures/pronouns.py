"""Pronouns: whether a phrase may be what "elle" stands for, by gender and number, and the last thing that may be.

The gender of a noun is told by the article before it, or, of a phrase that has lost it, by its ending.
"""

from functools import cache, lru_cache
from itertools import chain

from pipelines.figures.mention import Sentence
from pipelines.figures.phrases import is_noun_like, phrase_from
from pipelines.figures.tokens import fold
from pipelines.figures.verbs import is_plural_form
from pipelines.figures.vocabulary import grammar

_MASCULINE = frozenset(("il", "ils", "eux", "celui", "ceux", "dernier", "derniers"))
_PLURAL = frozenset(("les", "ils", "eux", "elles", "ceux", "celles", "derniers", "dernieres"))
_OWNERS = frozenset(("son", "sa", "ses", "leur", "leurs"))
_PRONOUNS = frozenset((*_MASCULINE, *_PLURAL, "elle", "celle", "derniere"))
PLURAL_ARTICLES = frozenset(("les", "des", "ces", "ses", "leurs", "nos", "aux"))
_ARTICLES = {
    "m": frozenset(("le", "un", "du", "au", "ce", "cet", "son")),
    "f": frozenset(("la", "une", "cette", "sa")),
}


def agrees(pronoun: str, phrase: str) -> bool:
    """Whether a phrase may be what a pronoun stands for: "elle" is no programme, "ils" are not one."""
    head = phrase.split()[0]
    plural = is_plural_form(head)
    if pronoun in _OWNERS:
        same_in_both = not plural and head.endswith(("s", "x"))
        return same_in_both or plural == (pronoun in ("leur", "leurs"))  # les aides … leur montant
    if pronoun not in _PRONOUNS:
        return True
    same_in_both = not plural and head.endswith(("s", "x"))  # le prix, les prix
    if plural != (pronoun in _PLURAL) and not same_in_both:
        return False
    return gender(head) in (None, _gender(pronoun))


def last_named(sentence: Sentence, end: int, pronoun: str, taken: frozenset[int] = frozenset()) -> str | None:
    """The last thing before a token that a pronoun may stand for, by its article: le prix d'un lit … celui-ci.

    Args:
        sentence: The sentence the thing stands in.
        end: The token before which it stands.
        pronoun: The pronoun, folded: il, celles, dernier; "les", an object, is of either gender.
        taken: The tokens of the sentence's figures, which are none of it.
    """
    articles = PLURAL_ARTICLES if pronoun in _PLURAL else _ARTICLES[_gender(pronoun)]
    fitting = (None, "m", "f") if pronoun == "les" else (None, _gender(pronoun))
    backwards = range(min(end, sentence.size) - 2, -1, -1)
    surely = (at for at in backwards if sentence.folds[at] in articles)
    elided = () if pronoun in _PLURAL else (at for at in backwards if sentence.folds[at] == "l'")  # of either gender
    for at in chain(surely, elided):
        if at + 1 in taken or not is_noun_like(sentence, at + 1):
            continue
        phrase = phrase_from(sentence, at + 1)
        if phrase is not None and gender(phrase.split()[0]) in fitting:
            return phrase
    return None


def _gender(pronoun: str) -> str:
    return "m" if pronoun in _MASCULINE else "f"


@lru_cache(maxsize=1 << 14)
def gender(noun: str) -> str | None:
    """The gender of a noun by itself: f of a version, m of a relèvement; None where neither list nor ending tells."""
    singular = fold(noun[:-1] if is_plural_form(noun) else noun)
    told = _known().get(singular)
    if told is not None:
        return told
    if singular.endswith(tuple(grammar().feminine_endings)):
        return "f"
    return "m" if singular.endswith(tuple(grammar().masculine_endings)) else None


@cache
def _known() -> dict[str, str]:
    return {
        **dict.fromkeys(grammar().masculine_nouns, "m"),
        **dict.fromkeys(grammar().feminine_nouns, "f"),
    }
