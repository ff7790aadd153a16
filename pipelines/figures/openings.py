"""Openings: sentences that start with a length of time or a size; what these are about comes after."""

from pipelines.figures.change_words import change_word
from pipelines.figures.clauses import is_finite
from pipelines.figures.mention import DURATION, Mention, Sentence
from pipelines.figures.purposes import is_participle
from pipelines.figures.verbs import is_adverb
from pipelines.figures.vocabulary import grammar

_OPENINGS = frozenset((",", "(", ";", ":"))
_MAIN_REACH = 14
_DASHES = frozenset(("-", "–"))
_TOPICS = (
    ["en", "ce", "qui", "concerne"],
    ["pour", "ce", "qui", "concerne"],
    ["pour", "ce", "qui", "est"],
    ["s'", "agissant"],
    ["concernant"],
    ["quant", "à"],
    ["quant", "aux"],
    ["quant", "au"],
)
_TOPIC_WORDS = frozenset(topic[0] for topic in _TOPICS)
_OPENING = 3  # tokens that may stand before a length of time at the start of its sentence


def main_clause(sentence: Sentence, mention: Mention) -> int | None:
    """Where the clause starts after an opening that only tells a size: D'une durée de 30 heures, le stage …."""
    # En atteignant 13 jours, le retard …
    acting = sentence.folds[0] in ("en", "s'") and sentence.words[1].endswith("ant")
    acting = acting or (sentence.folds[0] == "en" and change_word(sentence.folds[1]) is not None)  # En hausse de 4 %, …
    # Actuellement de 30 heures, il …
    first = int(sentence.folds[0] in grammar().adverbs or is_adverb(sentence.words[0]))
    acting = acting or is_participle(sentence, first)  # Fixée à 300 euros, l'aide …
    if mention.outer > _OPENING + 2 or not (acting or sentence.keys[first] in ("de", "avec")):
        return None
    near = sentence.folds[mention.end : mention.end + _MAIN_REACH]
    closing = near.index(")") if "(" in near[:3] and ")" in near else 0
    reach = closing + (_MAIN_REACH if acting else 4)  # En baisse de 3 % par rapport à 2022, le prix
    return mention.end + near.index(",", closing) + 1 if "," in near[closing:reach] else None


def opening_topic(sentence: Sentence) -> int | None:
    """Where what a sentence says it is about starts: En ce qui concerne les gares, nous y consacrons 3 millions."""
    if sentence.folds[0] not in _TOPIC_WORDS:
        return None
    return next((len(topic) for topic in _TOPICS if sentence.folds[: len(topic)] == topic), None)


def opens_sentence(sentence: Sentence, mention: Mention) -> bool:
    """Ces cinq derniers mois, les ventes …; Depuis dix ans le projet …: the subject comes after."""
    if sentence.folds[mention.outer - 1] in grammar().needing:  # il faut six mois pour ouvrir une classe
        return True
    lasts, comma = mention.kind == DURATION, "," in sentence.folds[mention.end : mention.end + 4]
    leads = lasts and (mention.outer <= _OPENING or sentence.folds[mention.outer - 2] in ("que", "qu'"))
    ago = sentence.folds[max(0, mention.outer - _OPENING) : mention.outer] == ["il", "y", "a"]
    near = sentence.folds[max(0, mention.outer - _OPENING - ago) : mention.outer]
    comma = comma and (mention.outer <= _OPENING * 2 or not _OPENINGS.isdisjoint(near))
    share = mention.outer == 1 and sentence.folds[0] == "à"  # À 92 %, ce budget est de la paie
    return (comma and (lasts or share)) or (
        leads and sentence.folds[mention.outer - 1] in grammar().before_lengths_of_time
    )


def opens_clause(sentence: Sentence, mention: Mention) -> bool:
    """Le prix dure et, depuis deux ans, un autre prix s'ajoute: after "et" or a comma, a noun and its verb follow."""
    end = mention.end
    timed = mention.kind == DURATION and sentence.folds[mention.outer - 1] in grammar().before_lengths_of_time
    if not timed or sentence.folds[mention.outer - 2] not in ("et", ",") or sentence.words[end] != ",":
        return False
    return sentence.folds[end + 1] in grammar().clause_openers and any(
        is_finite(sentence, at) for at in range(end + 2, min(end + _MAIN_REACH, sentence.size))
    )


def after_opening(sentence: Sentence, mention: Mention) -> int:
    """Where the clause starts after such an opening, past an aside: Depuis dix ans – voire plus – , les ventes …."""
    at = mention.end + (sentence.folds[mention.end] in grammar().inner_adjectives)
    at += 2 * (sentence.folds[at : at + 2] in (["plus", "tot"], ["plus", "tard"]))
    at += sentence.folds[at] in ("apres", "avant", "durant")  # Dix ans après, la loi …
    if sentence.words[at] in _DASHES:
        near = sentence.words[at + 1 : at + _MAIN_REACH]
        at += 2 + next((place for place, word in enumerate(near) if word in _DASHES), -2)
    return at + (sentence.words[at] == ",")
