"""What a participle or an event says how long it lasts: "les pénalités supportées depuis trois ans"."""

from pipelines.figures.clauses import is_finite
from pipelines.figures.mention import DURATION, Mention, Sentence
from pipelines.figures.phrases import before_phrase, is_noun_like, is_verb_form, phrase_until
from pipelines.figures.pronouns import last_named
from pipelines.figures.purposes import is_participle
from pipelines.figures.verbs import PARTICIPLES_IN_E
from pipelines.figures.vocabulary import grammar

_AFTER_PARTICIPLES = frozenset(("par", "à", "au", "aux", "dans", "en"))
_LASTING = frozenset(("pendant", "durant", "sur", "depuis", "à"))
_EVENTS = ("tion", "sion", "age", "ance")
_ACTING_REACH = 8  # tokens from a present participle to the length of time it is told of


def lasting(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    """What a participle says something of, for so long: les pénalités supportées par la ville depuis trois ans."""
    if mention.rule == "multiplied" and sentence.words[mention.first].endswith(PARTICIPLES_IN_E):
        before = mention.first - 1  # une production divisée par quatre
        auxiliary = is_verb_form(sentence, mention.first) or not is_noun_like(sentence, before)
        return None if auxiliary or before < floor else phrase_until(sentence, before, floor)
    acting = _acting(sentence, mention, floor)
    if acting is not None:
        return acting
    at = mention.outer - 2
    if mention.kind == DURATION and _is_event(sentence, at) and sentence.folds[at + 1] in _LASTING:
        return phrase_until(sentence, at, floor) if at >= floor else None
    if mention.kind != DURATION or sentence.folds[at + 1] not in grammar().before_lengths_of_time:
        return None
    until = sentence.folds[at + 1] == "ici"  # les postes prévus d'ici dix ans
    at -= until
    if is_noun_like(sentence, at) and not (until and is_participle(sentence, at)):
        by = before_phrase(sentence, at)
        at = by - 1 if sentence.folds[by] in _AFTER_PARTICIPLES else at
    done = sentence.words[at].endswith(PARTICIPLES_IN_E) or (until and is_participle(sentence, at))
    holds = done and not is_verb_form(sentence, at)
    if holds and (sentence.folds[at - 1] in grammar().adverbs or sentence.words[at - 1] == ","):
        at -= sentence.folds[at - 1] in grammar().adverbs  # une digue, jamais refaite depuis dix ans
        at -= sentence.words[at - 1] == ","
    if holds and sentence.folds[at - 1] in grammar().demonstratives:
        return last_named(sentence, at - 1, sentence.folds[at - 1])  # celles restées à 39 heures
    return phrase_until(sentence, at - 1, floor) if holds and at > floor and is_noun_like(sentence, at - 1) else None


def _acting(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    """Des agents ayant débuté leur carrière avant 20 ans: whose the participle is that a length of time tells of."""
    if mention.kind != DURATION:
        return None
    for at in range(mention.outer - 2, max(floor, mention.outer - _ACTING_REACH), -1):
        if not sentence.is_word(at) or is_finite(sentence, at):
            return None
        if sentence.folds[at] == "ayant" or (sentence.folds[at].endswith("ant") and is_participle(sentence, at)):
            at -= sentence.words[at - 1] == "," and sentence.folds[at] == "pouvant"  # une pause longue, pouvant durer
            noun = is_noun_like(sentence, at - 1) and sentence.folds[at - 1] not in grammar().rule_texts
            floor = max(floor, before_phrase(sentence, at - 1) + 1)
            return phrase_until(sentence, at - 1, floor) if noun and at - 1 >= floor else None
    return None


def _is_event(sentence: Sentence, at: int) -> bool:
    """Whether what stands there happens or lasts by its form: arrachage, planification; not: pris en considération."""
    return sentence.folds[at - 1] != "en" and sentence.words[at].endswith(_EVENTS) and is_noun_like(sentence, at)
