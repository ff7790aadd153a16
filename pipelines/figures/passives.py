"""Passives: what became of an amount is said after it: 12 lavoirs ont été fermés, 3 millions ont été annulés."""

from functools import cache
from itertools import chain

from pipelines.figures.change_words import change_word
from pipelines.figures.governors import is_negated
from pipelines.figures.mention import COUNT, DOWN, MEASURE, MONEY, PERCENTAGE, UP, Mention, Sentence
from pipelines.figures.phrases import is_noun_like
from pipelines.figures.vocabulary import changes
from schemas.figure import Direction

LISTED = frozenset((",", "et", "de", "d'", "du", "des", "en", "a", "la", "le", "l'", "les", "ses", "leurs"))
"""What may stand between the things of a list, beside the things."""
_ADDED = frozenset(("ajoute", "ajoutee", "ajoutes", "ajoutees"))
_PASSIVE_REACH = 11  # tokens from an amount to the participle that tells what became of it
_LISTED_REACH = 12  # tokens between two amounts of one passive


def by_passive(sentence: Sentence, mention: Mention) -> Direction | None:
    """What a passive after an amount says became of it."""
    if mention.kind == MONEY:
        return _withdrawn(sentence, mention)
    if mention.kind in (COUNT, MEASURE):
        untold = _told().isdisjoint(sentence.folds[mention.end : mention.end + _PASSIVE_REACH])
        return None if untold else _made_or_ended(sentence, mention)
    shared = mention.kind == PERCENTAGE or mention.unit == "1"  # un tiers des quais a été supprimé
    ended = shared and not changes().passive[DOWN].isdisjoint(
        sentence.folds[mention.end : mention.end + _PASSIVE_REACH]
    )
    return DOWN if ended and _made_or_ended(sentence, mention) == DOWN else None


def _made_or_ended(sentence: Sentence, mention: Mention) -> Direction | None:
    """12 lavoirs ont été fermés, 12 lavoirs disparaissent."""
    auxiliary = False
    for at in range(mention.end, min(mention.end + _PASSIVE_REACH, sentence.size)):
        fold = sentence.folds[at]
        whole = at == mention.end + 1 and sentence.folds[at - 1] == "des"  # 12 des 30 lavoirs ont été fermés
        if (sentence.values[at] is not None and not whole) or fold in (",", ";", "."):
            return None
        if fold == ")" and sentence.words[at - 2] != "(":  # 40 guichets uniques (GU) ont été fermés
            return None
        if _ends(sentence, at):
            return None if "morts" in sentence.folds[mention.end : at] or is_negated(sentence, at) else DOWN
        auxiliary = auxiliary or fold in changes().passive_auxiliaries
        noun = at - 1 - (sentence.folds[at - 1] == "deja")  # 300 places déjà supprimées
        added = noun >= mention.end and fold in changes().reduced_passive and is_noun_like(sentence, noun)
        if added and sentence.words[at].endswith(("és", "ées", "us", "ues", "its", "ites", "lis", "lies")):
            return change_word(fold) or DOWN  # les 300 postes de gardes créés depuis
        for direction, participles in changes().passive.items():
            if auxiliary and fold in participles and not _is_state(sentence, at):
                burnt = fold.startswith("detrui") and is_of_no_post(sentence, mention)
                return None if burnt or is_negated(sentence, at) else direction
    return None


@cache
def _told() -> frozenset[str]:
    """The words that may say what became of things; most sentences hold none."""
    words = changes()
    return words.ending | words.reduced_passive | {"disparu"} | frozenset(chain(*words.passive.values()))


def is_of_no_post(sentence: Sentence, mention: Mention) -> bool:
    """40 granges, 3 000 hangars: things that are gone when destroyed, and no amount by which something falls."""
    counted = mention.end + (sentence.keys[mention.end] == "de")
    return sentence.folds[counted] not in changes().posts


def _withdrawn(sentence: Sentence, mention: Mention) -> Direction | None:
    """3 millions d'euros qui viennent d'être annulés: of money, only what is taken back, or what is added."""
    near = sentence.folds[mention.end : mention.end + _PASSIVE_REACH]
    if changes().withdrawn.isdisjoint(near) and _ADDED.isdisjoint(near):
        return None
    auxiliary = False
    for at in range(mention.end, min(mention.end + _PASSIVE_REACH, sentence.size)):
        if sentence.values[at] is not None or not sentence.is_word(at):
            return None
        auxiliary = auxiliary or sentence.folds[at] in changes().passive_auxiliaries
        ended = sentence.folds[at] in changes().withdrawn
        if auxiliary and (ended or sentence.folds[at] in _ADDED):
            return None if is_negated(sentence, at) else (DOWN if ended else UP)
    return None


def share_a_passive(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """8 lavoirs et 12 fontaines ont été fermés: one passive tells of both."""
    gap = range(first.end, second.outer)
    plain = all(is_noun_like(sentence, at) or sentence.folds[at] in LISTED for at in gap)
    joined = first.is_bare and second.is_bare and len(gap) and sentence.folds[second.outer - 1] == "et"
    return bool(joined) and plain and len(gap) <= _LISTED_REACH and by_passive(sentence, second) is not None


def _ends(sentence: Sentence, verb: int) -> bool:
    """Ont disparu, disparaissent; a place that closes by itself is no change."""
    gone = sentence.folds[verb] == "disparu" and sentence.folds[verb - 1] in ("a", "ont", "aient", "avaient")
    return gone or sentence.folds[verb] in changes().ending


def _is_state(sentence: Sentence, participle: int) -> bool:
    """Cinq commissariats sont fermés le soir: how they are, and no change."""
    return sentence.folds[participle].startswith("ferm") and sentence.folds[participle - 1] in (
        "sont",
        "est",
        "maintenant",
    )
