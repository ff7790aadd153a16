"""Purposes: what a sum goes to, what a length of time belongs to, where neither is the noun beside the number."""

from functools import cache, lru_cache

from pipelines.figures.classes import AUXILIARY, DETERMINER, PARTICIPLE
from pipelines.figures.governors import is_year
from pipelines.figures.mention import DURATION, MONEY, Mention, Sentence
from pipelines.figures.phrases import phrase_from
from pipelines.figures.verbs import (
    PARTICIPLES_IN_E,
    infinitive_of,
    is_adverb,
    is_finite_verb,
    is_infinitive,
    is_present_participle,
)
from pipelines.figures.vocabulary import Stems, changes, grammar

_OPENING_A_SUM = frozenset(("dont", "et", ";", ":", ",", "-", "–", ""))
_GIVING_REACH = 5
_GIVERS_REACH = 14
_TOWARDS = frozenset(("à", "aux", "au", "pour", "dans"))
_BETWEEN = frozenset(
    ("supplementaires", "supplementaire", "par", "an", "chaque", "annee", "annuels", "en", "plus", "de")
)
_OPENING_A_PURPOSE = frozenset(("le", "la", "l'", "les", "un", "une", "des", "ce", "cet", "cette", "ces", "son", "sa"))
_ENDING = frozenset((";", ":", ".", "qui", "que", "dont", "mais"))
_FOR_THE_GOOD = (["au", "benefice", "de"], ["au", "profit", "de"], ["en", "faveur", "de"], ["au", "titre", "de"])
_TAKING = frozenset(("sur", "en", "pendant", "durant"))
_LENGTH_REACH = 3
_BEFORE_LONE = frozenset((",", "et", "se", "s'"))
_ADVERBS = frozenset(("ainsi", "donc", "deja", "notamment"))


def is_length_of(sentence: Sentence, first: Mention, length: Mention) -> bool:
    """3 millions d'euros sur cinq ans, 30 agents en deux ans: how long what stands right before takes."""
    end = (
        sentence.words.index(")", first.end) + 1
        if sentence.words[first.end] == "(" and ")" in sentence.words[first.end :]
        else first.end
    )
    near = length.outer - end <= _LENGTH_REACH and sentence.folds[length.outer - 1] in _TAKING
    return near and length.kind == DURATION != first.kind and sentence.words[first.end] != ","


def meant_for(sentence: Sentence, mention: Mention) -> str | None:
    """What a share of a sum goes to: dont 4 millions d'euros consacrés aux haies; 2 millions sont pour les digues."""
    at = mention.end + (sentence.folds[mention.end] in _BETWEEN)
    if mention.kind == MONEY and sentence.keys[at : at + 3] in _FOR_THE_GOOD:
        return phrase_from(sentence, at + 3)
    if mention.kind == MONEY and (wanted := _paid_for(sentence, mention)) is not None:
        return wanted
    at = _past_auxiliaries(sentence, mention.end)
    opens = at > mention.end or sentence.folds[mention.outer - 1] in _OPENING_A_SUM
    opens = opens or sentence.folds[max(0, mention.outer - 2) : mention.outer] == ["ainsi", "que"]
    if sentence.folds[at : at + 2] == ["par", "an"]:
        at += 2  # et 15 millions d'euros par an pour les lignes
    if not opens or not (mention.kind == MONEY or mention.unit == "h"):
        return None
    at += is_participle(sentence, at) or (at > mention.end and is_done(sentence.words[at]))
    if sentence.folds[at] == "en" and at + 1 < sentence.size and is_year(sentence, at + 1):
        at += 2  # 3 millions d'euros ont été budgétés en 2019 pour les digues
    if sentence.keys[at : at + 3] in _FOR_THE_GOOD:
        return phrase_from(sentence, at + 3)
    if (supported := _supported(sentence, at)) is not None:
        return supported
    to = sentence.folds[at] == "pour" or (at > mention.end and sentence.keys[at] in ("a", "au"))
    at += 2 if sentence.folds[at + 1] in grammar().supporting else 1
    counted = sentence.classes[at] & DETERMINER > 0 and at + 1 < sentence.size and sentence.values[at + 1] is not None
    return phrase_from(sentence, at + 2 if counted else at) if to else None


def _supported(sentence: Sentence, at: int) -> str | None:
    """30 millions d'euros seront mobilisés sur six ans afin de soutenir les ports: what so much is to help."""
    for to in range(at, min(at + _GIVERS_REACH, sentence.size - 2)):
        if sentence.folds[to] in _ENDING or sentence.words[to] == ",":
            return None
        if sentence.folds[to] == "afin" and sentence.folds[to + 2] in grammar().supporting:
            return phrase_from(sentence, to + 3)
    return None


def _paid_for(sentence: Sentence, mention: Mention) -> str | None:
    """La ville verse 400 000 euros pour l'achat de bus: what someone pays a sum for; not "cela coûte 3 euros pour"."""
    at = _past_periods(sentence, mention.end)
    at += sentence.folds[at] == "pour" and sentence.folds[at + 1] in grammar().supporting
    noun = "pour" in sentence.folds[max(0, at - 1) : at + 1] and sentence.folds[at + 1] in _OPENING_A_PURPOSE
    if not noun or sentence.folds[mention.outer - 1] in grammar().prepositions:
        return None
    for verb in range(mention.outer - 1, max(-1, mention.outer - _GIVERS_REACH), -1):
        word, folded = sentence.words[verb], sentence.folds[verb]
        if folded in grammar().stating or folded in changes().equating or folded.startswith("cout"):
            return None
        if is_finite_verb(word) or is_infinitive(word) or folded in grammar().verbs:
            return phrase_from(sentence, at + 1)
        if not word[0].isalpha() or folded in _ENDING:
            return None
    return None


def _past_periods(sentence: Sentence, at: int) -> int:
    """Past "par an", "chaque année", "en 2019", "supplémentaires" after a sum."""
    while sentence.folds[at] in _BETWEEN or (at < sentence.size and is_year(sentence, at)):
        at += 1
    return at


def _past_auxiliaries(sentence: Sentence, at: int) -> int:
    while sentence.classes[at] & AUXILIARY > 0 or (at and sentence.folds[at] in _ADVERBS):
        at += 1
    return at


def is_participle(sentence: Sentence, at: int) -> bool:
    """Whether a participle that ties a figure to a noun stands there: consacré à, fixés à, située; not "la porte"."""
    return sentence.classes[at] & PARTICIPLE > 0


def is_lone_participle(sentence: Sentence, at: int) -> bool:
    """A brûlé 3 granges, parcouru 90 hectares; longue et bordant 3 km: a verb that is of a noun said before."""
    before = sentence.folds[at - 1]
    if before not in _BEFORE_LONE and not is_adverb(sentence.words[at - 1]) and before not in grammar().auxiliaries:
        return False
    word = sentence.words[at]
    if word.endswith("ant"):
        return is_infinitive(f"{word[:-3]}er") or is_present_participle(word)
    return word.islower() and is_done(word)


@lru_cache(maxsize=1 << 14)
def is_done(word: str) -> bool:
    """Whether a word is a participle by its verb: parcouru, stabilisée."""
    if infinitive_of(word) is not None:
        return True
    stem = next((word.removesuffix(ending) for ending in PARTICIPLES_IN_E if word.endswith(ending)), None)
    return stem is not None and is_infinitive(f"{stem}er")


def given_to(sentence: Sentence, mention: Mention) -> str | None:
    """Consacre 3 millions d'euros aux haies; 50 millions sont ainsi consacrés, chaque année, aux haies."""
    if mention.kind != MONEY:
        return None
    if any(fold in _giving() for fold in sentence.folds[max(0, mention.outer - _GIVING_REACH) : mention.outer]):
        at = _past_periods(sentence, mention.end)
        return phrase_from(sentence, at + 1) if sentence.folds[at] in _TOWARDS else None
    for at in range(mention.end, min(mention.end + _GIVING_REACH, sentence.size)):
        if sentence.folds[at] in _giving():
            return _after_givers(sentence, at + 1)
    return None


def _after_givers(sentence: Sentence, at: int) -> str | None:
    """Past when and by whom something is given, to what it is given to."""
    if sentence.keys[at : at + 3] in _FOR_THE_GOOD:
        return phrase_from(sentence, at + 3)
    for to in range(at, min(at + _GIVERS_REACH, sentence.size)):
        if sentence.values[to] is not None or sentence.folds[to] in _ENDING:
            return None
        if sentence.folds[to] in _TOWARDS and not sentence.folds[to + 1].startswith("hauteur"):
            return phrase_from(sentence, to + 1 + is_infinitive(sentence.words[to + 1]))  # destinés à refaire le quai
    return None


@cache
def _giving() -> Stems:
    return Stems(grammar().giving)
