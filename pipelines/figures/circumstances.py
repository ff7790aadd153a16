"""Circumstances: when, where and for whom, between a noun and its number: le taux de casse dans les ports (12 %)."""

from pipelines.figures.classes import AUXILIARY
from pipelines.figures.mention import DURATION, Mention, Sentence
from pipelines.figures.phrases import before_phrase, is_noun_like, is_verb_form
from pipelines.figures.purposes import is_participle
from pipelines.figures.vocabulary import grammar

_WHEN = frozenset(("sous", "durant", "pendant", "depuis"))
_PLACING_OR_FOR = frozenset(("dans", "pour", "chez", "parmi", "sur"))
_FOR_WHOM = frozenset(("pour", "dans", "en", "chez"))


def past_circumstances(sentence: Sentence, mention: Mention, floor: int, last: int) -> int:
    """The last token of the noun that a number is of, past what stands between the two.

    Args:
        sentence: The sentence.
        mention: The number.
        floor: The first token that may be part of the noun's phrase.
        last: The last token of the noun phrase right before the number.
    """
    last = _past_when(sentence, floor, _past_whom(sentence, mention, floor, last))
    return past_where(sentence, floor, last) if sentence.words[mention.outer - 1] == "(" else last


def _past_when(sentence: Sentence, floor: int, last: int) -> int:
    """Deux hausses sous le dernier mandat (+ 2 %): past when it was, to what was."""
    if sentence.folds[last] not in grammar().terms:
        return last
    at = before_phrase(sentence, last)
    timed = at > floor and sentence.folds[at] in _WHEN
    return at - 1 if timed and is_noun_like(sentence, at - 1) else last


def past_where(sentence: Sentence, floor: int, last: int) -> int:
    """La part des femmes dans les équipages (12 %): what is counted, past where or for whom."""
    at = before_phrase(sentence, last)
    if at <= floor or sentence.folds[at] not in _PLACING_OR_FOR or not is_noun_like(sentence, at - 1):
        return last
    name = at + 1 + (sentence.keys[at + 1] == "le")
    if sentence.folds[at] == "dans" and sentence.words[name][:1].isupper():
        return at - 1  # six fois plus de loups dans le Jura (90)
    head = before_phrase(sentence, at - 1)
    while head < at and not is_noun_like(sentence, head):
        head += 1
    return at - 1 if floor <= head < at - 1 and sentence.folds[head] in grammar().counting_nouns else last


def _past_whom(sentence: Sentence, mention: Mention, floor: int, last: int) -> int:
    """Un plafond fixé pour un couple à 3 euros: past for whom it is set, to what is set."""
    tied = sentence.folds[mention.outer - 1] == "à" and mention.kind != DURATION
    at = before_phrase(sentence, last)
    while at > floor and sentence.folds[at] in ("à", "sans", "avec", "un", "une") and is_noun_like(sentence, at - 1):
        at = before_phrase(sentence, at - 1)  # pour un couple sans enfant à charge
    while at > floor and sentence.folds[at] in ("un", "une"):
        at -= 1
    if sentence.folds[max(0, at - 3) : at] == ["à", "ce", "jour"]:
        at -= 3  # fixé à ce jour pour un couple
        if not tied or at <= floor or not is_participle(sentence, at - 1):
            return last
    elif not tied or at <= floor or sentence.folds[at] not in _FOR_WHOM or not is_participle(sentence, at - 1):
        return last
    at -= 1
    while at > floor and (is_participle(sentence, at) or sentence.classes[at] & AUXILIARY > 0):
        at -= 1
    return at if is_noun_like(sentence, at) and not is_verb_form(sentence, at) else last
