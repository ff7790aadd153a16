"""Pairs: two figures that are the two levels of one change ("passer de A à B", "était de A, n'est plus que de B")."""

from itertools import takewhile

from pipelines.figures.change_words import change_word, is_level_word
from pipelines.figures.clauses import is_finite
from pipelines.figures.governors import governing, is_change_noun, is_year
from pipelines.figures.levels import (
    DATE_REACH,
    LIMITING,
    PAIR_REACH,
    STATE_REACH,
    WAS_REACH,
    arrives,
    by_level,
    details_change,
    follows_change,
    is_dated,
    is_dated_soon,
    level_verb_before,
    moves_again,
)
from pipelines.figures.mention import COLLECTIVE, COUNT, DURATION, FROM, MONEY, PERCENTAGE, TO, UP, Mention, Sentence
from pipelines.figures.vocabulary import changes, contexts, grammar, is_function_word
from schemas.figure import Direction

_LEVELED = frozenset(("seuil", "plafond", "plancher", "montant", "tarif", "prix", "age", "duree", "limite", "delai"))
_ONE = frozenset(("la", "l'", "le", "ce", "cet", "cette", "son", "sa", "leur"))
_RAISING = ("revalori", "relev", "rehauss", "reeval")
_GRANTED = frozenset(
    ("montant", "seuil", "plafond", "indemnite", "prime", "allocation", "bourse", "aide", "dotation", "forfait")
)
_NAMED_REACH = 4  # tokens from a noun of change to the end of what it is of
_ASIDE_REACH = 7  # tokens from a level to the comma that ends its aside
_MOVE_REACH = 8  # tokens between a level and the one that it moves to
_LEFT = frozenset(("parti", "partie", "partis", "parties", "partant"))
_RESET = frozenset(
    ("est", "atteint", "evalue", "evaluee", "estime", "estimee", "fixe", "fixee", "chiffre", "chiffree", "depasse")
)
_SET = ("fixe", "etabli", "limite", "plafonne", "arrete")
_STOPS_A_MOVE = frozenset((",", ";", ":", "qui", "que", "dont", "et"))


def mark_pairs(sentence: Sentence, mentions: list[Mention]) -> None:
    """Mark "passer de A … à B" and "était de A …, n'est plus que de B" as the two levels of one change."""
    if len(mentions) < 2:
        return
    readings = _READINGS if changes().was.isdisjoint(sentence.folds) else (*_READINGS_OF_WAS, *_READINGS)
    for position, first in enumerate(mentions[:-1]):
        second = _alike(first, mentions[position + 1 : position + 3])
        if second is None or second.first - first.end > PAIR_REACH or first.high is not None:
            continue
        again = position > 1 and _is_passage_too(sentence, mentions[position - 2 : position], first, second)
        if again or any(read(sentence, first, second) for read in readings):
            first.direction, second.direction = FROM, TO
            if second.approx is None and first.outer == first.first:  # le montant maximum passe de 30 à 32 euros
                second.approx = first.approx
    for position, first in enumerate(mentions):
        if first.direction is None and _passes(sentence, first):
            _mark_lists(sentence, mentions[position:])


def _alike(first: Mention, later: list[Mention]) -> Mention | None:
    """The next of the same kind and unit."""
    for other in later:
        if other.kind == first.kind and other.unit == first.unit:
            return other
    return None


def _passes(sentence: Sentence, first: Mention) -> bool:
    if first.unit is not None or first.outer < 2:
        return False
    return sentence.folds[first.outer - 1 - (sentence.keys[first.outer - 1] == "de")].startswith("pass")


def _mark_lists(sentence: Sentence, mentions: list[Mention]) -> None:
    """Passant de 550 avions et 130 barques à 200 avions et 85 barques: all before "à" is left, all after is reached."""
    listed = list(takewhile(lambda mention: mention.is_bare, mentions))
    arrival = next((at for at, mention in enumerate(listed) if sentence.folds[mention.outer - 1] == "à"), 0)
    if arrival > 1:
        for at, mention in enumerate(listed[: 2 * arrival]):
            mention.direction = FROM if at < arrival else TO


def _is_passage(sentence: Sentence, first: Mention, second: Mention) -> bool:
    start, arrival = first.outer, second.outer
    arrival += arrival < second.first and sentence.words[arrival] == "à"  # de 16 à plus de 40
    while sentence.folds[arrival - 1] in LIMITING:  # de 484 à seulement 468
        arrival -= 1
    start += start < first.first and sentence.keys[start] == "de"  # passant d'environ douze à treize jours
    if sentence.keys[start - 1] != "de" == sentence.keys[first.first - 1]:
        start = first.first  # la hausse du tarif maximum de 20 euros à 30 euros
    if sentence.keys[arrival - 1] == "de" and sentence.folds[arrival - 3] in ("un", "une"):
        arrival -= 3  # passé d'un gain de 3 millions à une perte de 5 millions
    leaves = sentence.keys[start - 1] == "de" or (
        sentence.keys[max(0, start - 2) : start] == ["de", "un"] and first.style == COLLECTIVE
    )
    between = sentence.words[first.end : arrival]
    against = sentence.folds[arrival - 1] == "contre" and is_level_word(
        sentence.words[start - 2]
    )  # passant de 9 contre 4
    if not leaves or not (against or sentence.keys[arrival - 1] == "a") or between.count("(") != between.count(")"):
        return False
    if _is_amount_then_level(sentence, start, range(first.end, arrival)):
        return False
    if details_change(sentence, start - 1) or level_verb_before(sentence, start - 1):
        return True
    if "," in between[:-2]:
        return False
    falls = first.value > second.value and governing(sentence, start, needs_de=True) is not None  # réduire de 5 à 3
    return falls or is_rise(sentence, first, second) or _both_dated(sentence, first, second)


def _is_amount_then_level(sentence: Sentence, start: int, gap: range) -> bool:
    """Augmente de 3 millions pour s'élever, et s'établit à 20 millions; recule de deux ans, à 67 ans."""
    between, verb = sentence.words[gap.start : gap.stop], sentence.folds[start - 2]
    if "pour" in between and change_word(verb) is not None:
        return True
    if between == [",", "à"]:
        return not verb.startswith(("pass", "evolu"))
    return {",", "("}.isdisjoint(between) and any(is_finite(sentence, at) for at in gap)


def _is_passage_too(sentence: Sentence, before: list[Mention], first: Mention, second: Mention) -> bool:
    """Passe de 5 % à 10 % pour l'un et de 10 % à 20 % pour l'autre: the second pair is read as the first."""
    passed = before[0].direction == FROM and before[1].direction == TO
    direct = sentence.folds[first.end : second.first][:1] == ["à"]
    return passed and direct and moves_again(sentence, before[1], first)


def is_rise(sentence: Sentence, first: Mention, second: Mention | None = None) -> bool:
    """Augmenter une aide de 100 euros à 150 euros, la hausse du seuil d'accès de 300 euros à 400 euros: two levels.

    "Une hausse de 10 à 15 %" is a range: there the change itself is measured. `second` is given where the two may
    share its unit: "la revalorisation de la prime de 300 à 450 euros".
    """
    found = governing(sentence, first.first, needs_de=True)
    if found is not None and second is not None and second.kind == DURATION and found[1] == UP:
        return _is_length_moved(sentence, found[0], first, second)
    if found is None or first.unit is None:
        return found is not None and second is not None and _is_raise_of_one(sentence, found, second)
    if first.kind == MONEY and not is_change_noun(sentence, found[0]):
        return True
    of = sentence.folds[found[0] + 1 : found[0] + _NAMED_REACH]
    if first.kind == PERCENTAGE:
        return not contexts().shares.isdisjoint(of)
    return of[:1] in (["du"], ["de"], ["des"]) and (first.kind == MONEY or not _LEVELED.isdisjoint(of))


def _is_length_moved(sentence: Sentence, verb: int, first: Mention, second: Mention) -> bool:
    """Augmenter de 15 à 18 mois la durée, augmenter la durée de 15 à 18 mois: how long it was, and will be."""
    named = {*sentence.folds[verb + 1 : first.first], sentence.folds[second.end + 1]}
    return not is_change_noun(sentence, verb) and not grammar().lasting_nouns.isdisjoint(named)


def _is_raise_of_one(sentence: Sentence, found: tuple[int, Direction], second: Mention) -> bool:
    """Le relèvement de l'indemnité de 300 à 450 euros: one sum that is granted; not "des loyers", "de la facture"."""
    at, direction = found
    of = sentence.folds[at + 1 : at + _NAMED_REACH]
    one = of[:1] == ["du"] or (sentence.keys[at + 1] == "de" and sentence.folds[at + 2] in _ONE)
    if second.kind != MONEY or direction != UP or not one:
        return False
    return sentence.folds[at].startswith(_RAISING) or not _GRANTED.isdisjoint(of)


def _both_dated(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """De 84 000 en 2009 à 3 000 euros en 2015, de 5 millions en 2009 à 27 millions."""
    directly = is_dated(sentence, first.end) and second.outer - first.end <= DATE_REACH
    return directly or all(is_dated(sentence, mention.end) for mention in (first, second))


def _is_remainder(sentence: Sentence, first: Mention, second: Mention) -> bool:
    start, arrival = first.outer, second.outer
    remains = (
        "plus" in sentence.folds[max(0, arrival - 4) : arrival]
        and "que" in sentence.keys[max(0, arrival - 3) : arrival]
    )
    reach = STATE_REACH if remains else WAS_REACH  # s'il y avait, jadis, 204 agents, il n'y en a plus que 190
    if changes().was.isdisjoint(sentence.folds[max(0, start - reach) : start]):
        return False
    reached = remains or arrives(sentence, arrival) or by_level(sentence, second) == TO
    return reached and _counts_alike(sentence, second)


def _is_moved(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Ce plafond de 1 000 euros devrait passer à 1 200 euros: the level before is part of what moves."""
    between = sentence.folds[first.end : second.outer - 1]
    direct = 0 < len(between) <= _MOVE_REACH and _STOPS_A_MOVE.isdisjoint(between)
    if sentence.words[first.first - 2] == sentence.words[first.end] == "," and sentence.keys[first.first - 1] == "de":
        told = between[1:] and len(between) <= _MOVE_REACH and _STOPS_A_MOVE.isdisjoint(between[1:])
        return bool(told) and by_level(sentence, second) == TO  # le délai, de deux mois, est porté à trois
    # le tarif de 4 euros est passé à 1 euro
    if not direct or sentence.keys[first.first - 1] != "de":
        return False
    passes = first.kind != DURATION and between[-1].startswith("passe")
    named = passes or sentence.folds[first.first - 2] in grammar().carriers or _is_at_once(sentence, first, second)
    return named and by_level(sentence, second) == TO


def _is_at_once(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """La dotation de 3 millions d'euros sera ensuite portée à 5 millions: nothing but the verb stands between."""
    verb, words = second.outer - 2, grammar()
    return is_level_word(sentence.words[verb]) and all(
        fold in words.auxiliaries or fold in words.adverbs for fold in sentence.folds[first.end : verb]
    )


def _was_aside(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Le prix, autrefois de 2 euros, atteint désormais 3 euros; l'effectif, de 45 en 2015, n'est plus que de 31."""
    start = first.outer - (sentence.keys[first.outer - 1] in ("de", "a"))
    told = sentence.folds[start - 1] in changes().then or sentence.folds[start - 1] in changes().now
    if sentence.words[start - 1 - told] != ",":
        return False
    after = range(first.end, min(first.end + _ASIDE_REACH, second.outer))
    closing = next((at for at in after if sentence.words[at] == ","), second.outer)
    later = sentence.folds[closing + 1 : second.outer]
    if not 0 < len(later) <= _MOVE_REACH or not (told or is_dated_soon(sentence, first.end)):
        return False
    reaches = not changes().now.isdisjoint(later) and not changes().equating.isdisjoint(later)
    return reaches or ("plus" in later and "que" in later[-2:]) or by_level(sentence, second) == TO


def _are_states(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Ils étaient 490 en 2010 … et sont 380 en 2020: one thing at two dates."""
    words = changes()
    if words.was.isdisjoint(sentence.folds[max(0, first.outer - 4) : first.outer]):
        return False
    later = sentence.folds[max(first.end, second.outer - 4) : second.outer]
    now = not words.now.isdisjoint(sentence.folds[max(first.end, second.outer - 4) : second.first])
    still = sentence.folds[max(0, second.outer - 2) : second.outer] == ["en", "a"]  # il y en a 200 aujourd'hui
    if still or sentence.folds[second.outer - 1] in ("et", "compte", "recense", "denombre"):
        return is_dated(sentence, first.end + 1) and _counts_alike(sentence, second) and is_dated(sentence, second.end)
    again = later[-2:] == ["et", "de"] and is_dated(sentence, first.end) and is_dated(sentence, second.end)
    if again or later[-2:] == ["puis", "de"] or (now and _counts_alike(sentence, second)):
        return True  # le taux était de 9 %, puis de 8 %; l'effectif était de 56, il serait aujourd'hui de 80
    stated = not (words.was | words.equating).isdisjoint(later)
    return stated and is_dated_soon(sentence, first.end) and is_dated_soon(sentence, second.end)


def _counts_alike(sentence: Sentence, mention: Mention) -> bool:
    """Whether a count names nothing that the sentence has not named before: il y a aujourd'hui 167 gardes."""
    after = sentence.folds[mention.end]
    named = mention.kind == COUNT and sentence.is_word(mention.end) and not is_function_word(after)
    return not named or after in sentence.folds[: mention.outer]


def _was_set(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Initialement fixé à 3 euros, il a été porté à 5 euros: what was set at first, and what it became."""
    before = sentence.folds[max(0, first.first - STATE_REACH) : first.first]
    if before[-1:] not in (["à"], ["de"], ["d'"]):
        return False
    until_now = "jusqu'" in before and before[before.index("jusqu'") + 1] in ("ici", "alors", "present")
    until_now = until_now or ("jusque" in before and before[-2:-1] == ["là"])  # fixé jusque-là à 3 euros
    if not changes().now.isdisjoint(before):  # actuellement fixé à 3 euros, il passera à 5 euros
        return "mais" not in sentence.folds[first.end : second.first] and by_level(sentence, second) == TO
    if not (until_now or changes().then.intersection(before)):
        return False
    later = sentence.folds[max(first.end, second.first - WAS_REACH) : second.first]
    now = not changes().now.isdisjoint(later) and bool(_RESET.intersection(later))
    return now or by_level(sentence, second) == TO


def _was_fixed(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Ce seuil, fixé à 3 mètres par la loi, a été abaissé à 2 mètres: what is told in an aside was so before."""
    set_ = (first.first if sentence.folds[first.first - 1] == "à" else first.outer) - 2
    if sentence.folds[set_ + 1] != "à" or not sentence.folds[set_].startswith(_SET) or sentence.words[set_ - 1] != ",":
        return False
    return "," in sentence.words[first.end : second.outer] and by_level(sentence, second) == TO


def _is_then_and_now(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """On comptait 45 lavoirs en 1980 contre 12 aujourd'hui: the second is the level of now."""
    if sentence.folds[second.outer - 1] != "contre":
        return False
    if changes().was.isdisjoint(sentence.folds[max(0, first.outer - WAS_REACH) : first.outer]):
        return False
    ago = sentence.folds[first.end : first.end + 3] == ["il", "y", "a"] and is_dated(sentence, second.end)
    return ago or not changes().now.isdisjoint(sentence.folds[second.end : second.end + 3])


def _are_bracketed(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """La part recule (60 % en 2010, 40 % en 2020): after a change, its levels at two dates, in brackets or not."""
    opening, linked = first.outer - 1, sentence.folds[second.outer - 1] in (",", "contre", "puis")
    if not linked or sentence.words[opening] not in ("(", ":") or not _both_dated(sentence, first, second):
        return False
    return follows_change(sentence, opening)


def _are_by_year(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """La part recule entre 2010 (60 %) et 2020 (40 %): each year has its level."""
    years = (first.outer - 2, second.outer - 2)
    if sentence.folds[first.end : second.outer - 2] != [")", "et"] or sentence.words[second.outer - 1] != "(":
        return False
    return sentence.folds[years[0] - 1] == "entre" and all(is_year(sentence, year) for year in years)


def _starts_from(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Partie de 2 % en 2008, elle atteint 5 %; de 80 000 euros en 2015, elle est tombée à 30 000: what it left."""
    if sentence.keys[first.outer - 1] != "de":
        return False
    leaves = sentence.folds[first.outer - 2]
    left = leaves in _LEFT
    opens = leaves == "" or (
        leaves in (":", ";") and (is_dated(sentence, first.end) or is_dated(sentence, first.end + 1))
    )
    if not (left or opens) or "," not in sentence.folds[first.end : second.outer]:
        return False
    arrives = sentence.folds[second.outer - 1] in ("atteint", "atteindre", "atteignait", "atteignent")
    return (left and arrives) or by_level(sentence, second) == TO


_READINGS_OF_WAS = (_is_remainder, _are_states, _is_then_and_now)
_READINGS = (_is_passage, _is_moved, _was_set, _was_fixed, _starts_from, _are_bracketed, _are_by_year, _was_aside)
"""How two figures of one kind are read as the two levels of one change; the first three only beside "était"."""
