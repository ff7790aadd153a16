"""Carriers: nouns that only bring a figure ("nombre", "montant", "hausse") and say nothing of what it is about."""

from functools import cache, lru_cache

from pipelines.figures.change_words import change_word
from pipelines.figures.mention import Mention, Sentence
from pipelines.figures.phrases import phrase_from
from pipelines.figures.tokens import fold
from pipelines.figures.vocabulary import Stems, grammar

_WITH_AN_ADJECTIVE = 2


def named_before(sentence: Sentence, mention: Mention, carrier: str) -> str | None:
    """Le nombre de lits baisse; porter ce nombre à 130: what the carrier was said of earlier in the sentence."""
    folded, before = fold(carrier), mention.outer - 3
    named = (at for at in range(before, -1, -1) if sentence.folds[at] == folded and sentence.keys[at + 1] == "de")
    return next((phrase_from(sentence, at) for at in named), None)


def is_bare_carrier(phrase: str) -> bool:
    """Whether a phrase is a carrier with an adjective at most: montant forfaitaire."""
    words = phrase.split()
    return len(words) <= 2 and only_carries(words[0])


def is_only_sized(phrase: str) -> bool:
    """Les dons atteignent le montant vertigineux de 3 millions: the adjective says no more than the montant."""
    words = phrase.split()
    return len(words) == _WITH_AN_ADJECTIVE and fold(words[0]) in grammar().counters and "'" not in phrase


def is_new(sentence: Sentence, mention: Mention, noun: str) -> bool:
    """Un seuil pouvant aller de 15 à 20 euros: a carrier that a text brings in is what the figure is about."""
    folded, near = fold(noun), sentence.folds[: mention.outer]
    at = len(near) - 1 - near[::-1].index(folded) if folded in near else 0
    if sentence.folds[at - 2] == "soit":
        return False  # 300 dossiers, soit une majoration de 12 %
    return folded in grammar().limit_nouns and sentence.folds[at - 1] in ("un", "une")


@cache
def _telling() -> Stems:
    """Adjectives that say what changes: une revalorisation salariale."""
    return Stems(grammar().telling_adjectives)


@lru_cache(maxsize=1 << 14)
def only_carries(phrase: str) -> bool:
    """Whether a phrase is nothing but "nombre", "montant", "hausse"."""
    folded = [fold(word) for word in phrase.split()]
    if folded[0] in grammar().telling_carriers:
        return False
    if folded[0] == "moyenne" and len(folded) == _WITH_AN_ADJECTIVE:
        return True  # la moyenne nationale
    if len(folded) == 1 and folded[0] in grammar().ordinal_pronouns:
        return True  # la première, de 30 millions d'euros
    if folded[-1] == "record":
        folded = folded[:-1]  # le chiffre record de 5 millions
    if len(folded) == _WITH_AN_ADJECTIVE and folded[0] in grammar().before_noun_adjectives:
        folded = folded[1:]  # une forte hausse
    if len(folded) == 2 and change_word(folded[0]) is not None:
        return "'" not in phrase and folded[1] not in _telling()  # en hausse vertigineuse
    return len(folded) == 1 and (folded[0] in grammar().carriers or change_word(folded[0]) is not None)
