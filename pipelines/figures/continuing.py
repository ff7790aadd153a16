"""Continuing: when a figure goes on speaking of what the one before was about, and what it adds to it."""

from pipelines.figures.change_words import change_word, is_level_word
from pipelines.figures.classes import AUXILIARY, DETERMINER, VERB
from pipelines.figures.clauses import is_finite
from pipelines.figures.mention import AMOUNTS, COUNT, FROM, MONEY, PERCENTAGE, TO, Mention, Sentence
from pipelines.figures.phrases import phrase_from
from pipelines.figures.vocabulary import grammar

_LINKS_TO_A_NOUN = frozenset(("à", "de", "d'", "est", "sont"))
_LEFT_OVER = frozenset(("restant", "restants", "restante", "restantes"))
_PLACING = frozenset(("en", "dans", "a", "au", "aux", "chez", "pour"))
_BRACKET_REACH = 3
_ACT_REACH = 14
_ACT_ENDS = frozenset((",", ";", ":", "(", ")", "que", "qu'", "qui", "dont", "ou", "et", "mais", "-", "–"))
_ACT_OPENINGS = frozenset(
    ("", ",", ";", ":", "que", "qu'", "et", "mais", "seuls", "seules", "les", "ces", "car", "ou", "-", "–", "«")
)


def continues(sentence: Sentence, mention: Mention, previous: Mention | None) -> bool:
    """Whether the figure goes on speaking of what the one before was about."""
    first = sentence.with_sign(mention.outer)
    before = sentence.folds[first - 1]
    whole = sentence.folds[previous.end : mention.outer] if previous is not None else []
    listed = whole in ([";"], [";", "+"], [";", "-"]) and mention.kind != MONEY
    if listed or whole in (["sur"], ["sur", "les"]):  # 40 hectares sur les 90
        return True
    if mention.is_bare and sentence.folds[first - 3] == "en" and sentence.classes[first - 2] & AUXILIARY > 0:
        return True  # la mairie en a recensé 443
    if previous is None:
        return False
    if _is_another_share(sentence, previous, mention) or _is_another_case(sentence, previous, mention):
        return True
    if mention.kind == COUNT and mention.is_bare and before not in _LINKS_TO_A_NOUN:
        return True
    if sentence.folds[first - 2] == "en" and sentence.classes[first - 1] & VERB > 0:  # elle en compte 10 %
        return True
    if mention.direction == TO and mention.unit == previous.unit and _moves_it(sentence, previous, mention):
        return True
    return (
        before in grammar().contrasts
        or sentence.folds[max(0, first - 4) : first] == ["contre", "une", "moyenne", "de"]
        or (before in ("à", "de", "un", "une") and sentence.folds[first - 2] in ("contre", "et", "voire", "soit"))
        or (mention.direction == TO and previous.direction == FROM)
        or (mention.direction in AMOUNTS and mention.direction == previous.direction and whole[-2:] == [",", "de"])
        or (whole == ["à"] and sentence.keys[previous.outer - 1] == "de")  # ramener le délai de 3 mois à 45 jours
    )


def _moves_it(sentence: Sentence, previous: Mention, mention: Mention) -> bool:
    """Fixées à 500 mètres, pour les porter à 1 000 mètres: what moves is what the level before is of."""
    return any(
        is_level_word(sentence.words[at]) and sentence.folds[at - 1] in ("le", "la", "les", "l'")
        for at in range(previous.end, mention.outer)
    )


def _is_another_share(sentence: Sentence, previous: Mention, mention: Mention) -> bool:
    """Un tiers d'entre eux partent et 36 % disent hésiter: a share that acts is of those that the one before is of."""
    shares = mention.kind == PERCENTAGE and previous.unit in ("%", "1") and mention.end < sentence.size
    joined = shares and sentence.folds[mention.outer - 1] in ("et", ",", "que")
    return joined and is_finite(sentence, mention.end)


def _is_another_case(sentence: Sentence, previous: Mention, mention: Mention) -> bool:
    """La prime est de 740 euros – 550 euros pour un stagiaire: for whom it is another amount."""
    apart = sentence.words[mention.outer - 1] in ("–", "-", ",") and previous.kind == mention.kind
    return apart and sentence.folds[mention.end] == "pour" and sentence.folds[mention.end + 1] in ("un", "une")


def is_left_over(sentence: Sentence, mention: Mention) -> bool:
    """8 guides sur 10 partent; les 20 % restants: of what the share before is of."""
    return sentence.folds[mention.end] in _LEFT_OVER


def is_bracketed_case(sentence: Sentence, mention: Mention, previous: Mention | None) -> bool:
    """Le tarif en plaine (2 euros) et en montagne (3 euros): the noun before says where, the one before that what."""
    if previous is None or sentence.words[sentence.with_sign(mention.first) - 1] != "(":
        return False
    closing = previous.end + 2 * (sentence.folds[previous.end : previous.end + 2] == ["en", "moyenne"])
    if sentence.words[sentence.with_sign(previous.first) - 1] != "(" or sentence.words[closing] != ")":
        return False
    return sentence.folds[closing + 1] in ("et", ",") and sentence.folds[closing + 2] in _PLACING


def with_purpose(sentence: Sentence, mention: Mention, carried: str) -> str:
    """Contre 6 millions pour une école neuve: what is carried on, and what it is for there."""
    at = mention.end + (sentence.folds[mention.end] == "seulement")
    if sentence.folds[at] != "pour" or not sentence.classes[at + 1] & DETERMINER:
        return carried
    phrase = phrase_from(sentence, at + 1)
    return carried if phrase is None or " pour " in carried else f"{carried} pour {phrase}"


def tells_the_change(sentence: Sentence, mention: Mention, previous: Mention) -> bool:
    """3 milliards d'euros, en hausse de 200 millions (+ 4 %): how what the figure before is about has changed."""
    first, between = mention.outer, sentence.folds[previous.end : mention.outer]
    if "(" in between[-2:] and ")" not in between and len(between) <= _BRACKET_REACH:
        return True
    changed = sentence.keys[first - 1] == "de" and change_word(sentence.folds[first - 2]) is not None
    opening = first - 5 if sentence.folds[first - 4] in grammar().adverbs else first - 4  # encore en hausse de 3 %
    return changed and sentence.folds[first - 3] == "en" and sentence.words[opening] == ","


def acts_on(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """30 % des agents vivent avec 900 euros: what the figure before counts is the subject of the verb between."""
    end = sentence.with_sign(second.outer)
    end -= sentence.words[end - 1] == "(" and end < second.outer  # 300 renvois ont été prononcés (+ 30 %)
    between = range(first.end, end)
    opener = sentence.folds[first.outer - 1]
    governed = opener in ("les", "ces") and sentence.folds[first.outer - 2] in grammar().prepositions
    if opener not in _ACT_OPENINGS or governed:  # le taux dans les trois écoles reste de 4 %
        return False
    if not 0 < len(between) <= _ACT_REACH or not _ACT_ENDS.isdisjoint(sentence.folds[first.end : end]):
        return False
    return sentence.folds[first.end].endswith("ant") or any(is_finite(sentence, at) for at in between)
