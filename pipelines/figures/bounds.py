"""Bounds of a change: by how much at most ("limiter la hausse à 3 %", "a diminué jusqu'à 30 %"), which is no level."""

import re

from pipelines.figures.change_words import change_word
from pipelines.figures.governors import opening_comma
from pipelines.figures.mention import PERCENTAGE, Mention, Sentence
from pipelines.figures.verbs import PARTICIPLES_IN_E, is_finite_verb
from pipelines.figures.vocabulary import changes, grammar
from schemas.figure import Direction

_BEFORE_A_BOUND = ("limit", "plafonn", "port", "fix", "amen", "ramen", "evalu", "estim", "chiffr")
_LIMITING = (
    *_BEFORE_A_BOUND,
    "contenir",
    "contenu",
    "maintenir",
    "maintenu",
    "restreindre",
    "cantonn",
)
_LIMITS = ("limit", "restrei", "restric", "cantonn", "born", "plafonn", "circonscri")
_LIMIT_WORD = re.compile("|".join(_LIMITS))
_LIMIT_NOUNS = frozenset(
    ("le", "la", "les", "une", "des", "de", "cette", "ces", "dans", "sans", "leurs", "leur", "aux")
)
_OF_PLACES = frozenset(("de", "a", "au"))
_LIMIT_REACH = 10  # tokens from a verb of limiting to the bound of what it limits
_ASIDE_REACH = 7  # tokens of an aside between what is limited and its bound
_NEAR_A_BOUND = 3  # tokens from a change to the "jusqu'à" of its amount
_TIES = frozenset(("à", "sous"))
_ARTICLES = frozenset(("le", "la", "l'", "les", "une", "un", "cette", "ces", "toute"))


def by_bound(sentence: Sentence, mention: Mention) -> Direction | None:
    """The direction of an amount of change whose bound is told, and which "à" might make a level."""
    return _up_to(sentence, mention) or _limited(sentence, mention)


def _up_to(sentence: Sentence, mention: Mention) -> Direction | None:
    """Ont diminué jusqu'à 30 %, une baisse pouvant atteindre 3 euros."""
    opening = sentence.folds[mention.outer]
    if opening != "pouvant" and (opening != "jusqu'" or mention.kind != PERCENTAGE):
        return None
    near = sentence.folds[max(0, mention.outer - _NEAR_A_BOUND) : mention.outer]
    return next((found for fold in reversed(near) if (found := change_word(fold)) is not None), None)


def _limited(sentence: Sentence, mention: Mention) -> Direction | None:
    """Limiter la hausse des loyers à 3 %, porte à plus de 3 % la hausse, estime la perte à 3 millions."""
    last = mention.first - 1
    if mention.unit is None or last < 1:
        return None
    if sentence.folds[last] not in _TIES:
        last = mention.outer - (sentence.folds[mention.outer] != "à")
        if last < 1 or sentence.folds[last] not in _TIES:
            return None
    last = _past_aside(sentence, last)
    if sentence.folds[_verb_before(sentence, last)].startswith(_BEFORE_A_BOUND):
        return change_word(sentence.folds[mention.end + 1]) if sentence.folds[mention.end] in _ARTICLES else None
    for at in range(last - 1, max(0, last - _LIMIT_REACH), -1):
        if not sentence.is_word(at) or sentence.values[at] is not None:
            return None
        if sentence.folds[at - 1] in _ARTICLES and (found := change_word(sentence.folds[at])) is not None:
            verb = sentence.folds[at - 2] if at > 1 else ""
            return found if verb.startswith(_LIMITING) and not verb.startswith("limitation") else None
    return None


def _verb_before(sentence: Sentence, tie: int) -> int:
    """Évalue par ailleurs à 9 % la hausse: the verb before "à", past its adverb."""
    at = tie - 1
    while sentence.folds[at] in grammar().adverbs or sentence.folds[at] == "par":
        at -= 1
    return at


def _past_aside(sentence: Sentence, last: int) -> int:
    """Estime la perte, d'ici 2028, à 3 millions: the comma that opens the aside before "à"; without one, that token."""
    closes = sentence.words[last - 1] == ","
    return (closes and opening_comma(sentence, last - 1, _ASIDE_REACH)) or last


def limits(sentence: Sentence, first: int) -> bool:
    """Whether what is limited stands before "à": limite le prix à 3 euros, la limitation de la durée à."""
    if first < 1 or sentence.folds[first - 1] not in ("à", "aux"):
        return False
    reach = max(0, first - _LIMIT_REACH)
    if not _LIMIT_WORD.search(" ".join(sentence.folds[reach:first])):  # spares the walk back, which few numbers need
        return False
    commas = 0
    for at in range(first - 2, reach - 1, -1):
        if sentence.words[at] == ",":
            commas += 1
        elif not sentence.is_word(at) or sentence.values[at] is not None:
            return False
        if sentence.folds[at].startswith(_LIMITS):  # plafonnés, selon le décret, à 300 euros: an aside has two commas
            return (
                commas in (0, 2)
                and _is_limiting(sentence, at)
                and not any(map(is_finite_verb, sentence.words[at + 1 : first - 1]))
            )
        if sentence.folds[at] in ("qui", "que", "dont") or sentence.folds[at] in changes().equating:
            return False
    return False


def _is_limiting(sentence: Sentence, at: int) -> bool:
    """Whether that word limits; "la limite d'âge", "un nombre limité de places", "limitrophe" do not."""
    fold, before = sentence.folds[at], sentence.folds[at - 1]
    if fold.startswith("limitr") or (fold in ("limite", "limites", "borne", "bornes") and before in _LIMIT_NOUNS):
        return False
    if sentence.words[at].endswith(PARTICIPLES_IN_E) or fold.startswith("restreint"):
        active = before in grammar().auxiliaries or fold == "restreint"
        return active or sentence.keys[at + 1] not in _OF_PLACES  # un nombre limité de cales à 3 euros
    named = sentence.folds[at + 1] in ("de", "d'") and sentence.folds[at + 2] not in _ARTICLES
    return not (named and fold.endswith(("ation", "iction", "ement")))  # abaisser la limitation de vitesse à 80 km/h
