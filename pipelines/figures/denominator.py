"""Denominator: what a figure is counted by ("par an", "/km", "mensuels", "chaque semaine", "indemnité horaire de")."""

from pipelines.figures.changes import further
from pipelines.figures.clauses import is_finite
from pipelines.figures.mention import (
    COUNT,
    DURATION,
    FRACTION,
    FROM,
    MEASURE,
    MONEY,
    PERCENTAGE,
    RATE,
    RATIO,
    TO,
    Mention,
    Sentence,
)
from pipelines.figures.phrases import is_noun_like, is_plural_noun
from pipelines.figures.units import unit_at
from pipelines.figures.vocabulary import denominators, grammar

_REACH = 7
_LISTED_GAP = 4  # tokens between two counts of one list
_OPENING = 4
_FAR_REACH = 14  # 300 départs de feu sont comptés par les services chaque année
_FIRST_REACH = 12
_ADJECTIVE_REACH = 15
_PAID_REACH = 4
_ENDS = frozenset((".", ";", ":", "!", "?", "«", "»", "("))
_ENDS_BEFORE = (_ENDS - {"("}) | {","}
_BEFORE_PERIODS = (",", ";", ":")
_AT_A_TIME = (["en", "horaire"], ["en", "horaires"], ["en", "annuel"], ["en", "mensuel"])  # en horaire de pointe
_STATES = (DURATION, PERCENTAGE, RATIO)
_WORKED = ("h", "min", "d")  # durations of work, care or rest, which recur
_CALENDAR = frozenset(("a", "mo", "wk", "d", "h", "min", "s", "trimestre", "semestre"))


def mark_denominators(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Give each mention what it is counted by, if the text says so beside it."""
    said_after = False
    for position, mention in enumerate(mentions):
        if mention.per is not None or mention.kind == RATE:
            continue
        ceiling = mentions[position + 1].first if position + 1 < len(mentions) else sentence.size
        floor = mentions[position - 1].end if position else 0
        said = _beside(sentence, mention) or _after(sentence, mention, ceiling)
        mention.per = said or _before(sentence, mention, floor)
        if position and (mentions[position - 1].direction, mention.direction) == (FROM, TO):
            first = mentions[position - 1]
            if said is None and not said_after:
                mention.per = mention.per or first.per  # le prix mensuel passe de 30 à 32 euros
            first.per = first.per or mention.per  # passer de 300 à 800 lots par an
        if position and _is_listed_before(sentence, mentions[position - 1], mention):
            mentions[position - 1].per = _after(sentence, mention, ceiling)  # 50 cas et 3 décès chaque année
        said_after = said is not None
    return mentions


def _is_listed_before(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Whether only a counted noun and "et" stand between two counts, the first without a denominator of its own."""
    gap = sentence.folds[first.end : second.outer]
    counts = first.kind == second.kind == COUNT and first.per is None and first.direction is second.direction
    return counts and gap[-1:] == ["et"] and len(gap) <= _LISTED_GAP and grammar().verbs.isdisjoint(gap)


def _beside(sentence: Sentence, mention: Mention) -> str | None:
    """20 €/km, 150 hab/km², 2 euros le kilo, 15 euros de l'heure, 1 200 euros bruts mensuels, 15 habitants au km²."""
    at = _past_taxes(sentence, mention.end)
    after, words = sentence.fold(at), denominators()
    if mention.is_bare and sentence.is_word(at) and sentence.word(at + 1) == "/":
        return _unit_code(sentence, at + 2)
    if after == "/" and mention.unit is not None:
        return _unit_code(sentence, at + 1) or sentence.word(at + 1) or None
    if mention.unit == "%" and mention.direction is None and after == "en":
        return None  # un taux de 50 % en moyenne annuelle
    while after in words.inner and sentence.folds[at : at + 2] not in _AT_A_TIME:
        at, after = at + 1, sentence.fold(at + 1)
    if after in words.adjectives and mention.unit is not None:
        return words.adjectives[after]
    if mention.kind == MONEY:
        at += after == "de"
        past = sentence.fold(at + 2).startswith(("dernier", "pass", "prochain", "precedent"))
        if sentence.fold(at) in ("le", "la", "l'") and sentence.fold(at + 1) != "an" and not past:
            return _unit_code(sentence, at + 1)
    return _at_the_unit(sentence, at)


def _past_taxes(sentence: Sentence, at: int) -> int:
    """Past "T.T.C." and a unit in brackets: 4,50 francs T.T.C. par minute."""
    while sentence.word(at) in ("T", "C", "H") and sentence.word(at + 1) == ".":
        at += 2
    if sentence.word(at) == "(" and (unit := unit_at(sentence, at + 1)) is not None:
        return unit.end + 1 if sentence.word(unit.end) == ")" else at  # 70 millions d'euros (M€) par an
    return at


def _at_the_unit(sentence: Sentence, at: int) -> str | None:
    """80 quintaux à l'hectare, 15 habitants au km², 3 euros à l'unité."""
    for link in (at, at + 1):
        word = sentence.fold(link)
        if word == "au":
            unit = _unit_code(sentence, link + 1)
        elif word == "à" and sentence.fold(link + 1) in ("l'", "la"):
            unit = _unit_code(sentence, link + 2)
        else:
            continue
        if unit is not None:
            return unit
    return None


def _unit_code(sentence: Sentence, at: int) -> str | None:
    """The unit written there as what a figure is counted by: km², mètre carré, MWh, an, trimestre."""
    unit = unit_at(sentence, at)
    measured = unit is not None and unit.kind in (DURATION, MEASURE) and unit.factor == 1
    if unit is not None and measured and unit.end > at + 1:
        return unit.code
    return denominators().units.get(sentence.fold(at)) or (unit.code if unit is not None and measured else None)


def _after(sentence: Sentence, mention: Mention, ceiling: int) -> str | None:
    """Par an, par garde et par marin, chaque semaine, tous les mois; the counted noun may stand before it."""
    words = denominators()
    start = _past_taxes(sentence, mention.end)
    for at in range(start, min(start + _FAR_REACH, ceiling)):
        folded = sentence.folds[at]
        if at >= start + _REACH and (folded != "chaque" or mention.kind in _STATES):
            continue
        if sentence.words[at] in _ENDS or (folded in words.blockers and not _recurs(sentence, mention, at, ceiling)):
            return None
        if folded == "et" and at + 1 < ceiling and is_finite(sentence, at + 1):
            return None  # emploie 300 agents et verse chaque année 4 millions
        recurs = sentence.fold(at + 1) == "chaque" and sentence.fold(at - 1) != "et"  # consacrés, chaque année, aux
        aged = mention.kind == DURATION and at == mention.end  # les jeunes de 16 à 25 ans, chaque année
        if folded == "," and (at > mention.end or aged) and not recurs:
            return None
        if folded == "par" and mention.style == FRACTION and at > mention.end:
            return None  # la moitié du revenu par ménage
        found = _stated(sentence, at, beside=mention.unit is not None and at <= start + 1) or _of_period(
            sentence, mention, at
        )
        if found is not None:
            return found
    return None


def _recurs(sentence: Sentence, mention: Mention, at: int, ceiling: int) -> bool:
    """50 000 contrôles que le fisc effectue chaque année: the clause says how often what is counted happens."""
    counted = mention.kind in (COUNT, MONEY) and sentence.folds[at] in ("que", "qui")
    return counted and "chaque" in sentence.folds[at:ceiling]


def _of_period(sentence: Sentence, mention: Mention, at: int) -> str | None:
    """600 euros de pension mensuelle, 3 francs de chiffre d'affaires annuel, 36 heures de garde hebdomadaires."""
    period = denominators().adjectives.get(sentence.folds[at])
    if period is None:
        return None
    noun = at - 1 - (sentence.folds[at - 1] in further())  # 300 bourses supplémentaires annuelles
    counted = mention.kind == COUNT and noun == mention.end and is_plural_noun(sentence, noun)
    measured = mention.kind in (MONEY, MEASURE) or mention.unit in _WORKED
    reach = _PAID_REACH + (sentence.folds[at - 1] == "affaires")
    of_a_noun = measured and sentence.key(mention.end) == "de" and at <= mention.end + reach
    return period if of_a_noun or counted else None


def _stated(sentence: Sentence, at: int, *, beside: bool) -> str | None:
    """What is said from that token: par X, chaque X, tous les X."""
    folded = sentence.fold(at)
    if folded == "par":
        named = sentence.fold(at + 1)
        unit = _unit_code(sentence, at + 1)
        noun = (
            sentence.word(at + 1)
            if _is_counted_by(named) or (beside and _may_be_counted_by(sentence, at + 1))
            else None
        )
        return unit or noun
    if folded == "pour" and beside and sentence.fold(at + 1) == "chaque" and is_noun_like(sentence, at + 2):
        return _calendar(sentence.fold(at + 2)) or sentence.word(at + 2)  # 3 euros pour chaque repas servi
    if folded == "chaque" and sentence.key(at - 1) != "de":  # à la fin de chaque trimestre
        return _calendar(sentence.fold(at + 1))
    if folded in ("tous", "toutes") and sentence.key(at + 1) == "le":
        return _calendar(sentence.fold(at + 2))
    return None


def _before(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    """Chaque année, 900 apprentis; une indemnité horaire de 3 euros."""
    first = mention.outer - (sentence.fold(mention.outer - 1) == "entre")
    if sentence.fold(0) == "chaque" and (first <= _OPENING or _is_first_amount(sentence, first)):
        return _calendar(sentence.fold(1))
    near = sentence.folds[max(0, first - 4) : first]
    if near[1:2] == ["chaque"] and near[-1] == "," and near[0] in _BEFORE_PERIODS:
        return _calendar(near[2])  # on déplore, chaque année, 300 morts
    if mention.kind != MONEY:
        return _recurring(sentence, mention)
    if near[-2:-1] == ["chaque"]:
        return _calendar(near[-1])  # verse chaque année 80 millions d'euros
    return _by_words_of_money(sentence, first, floor)


def _by_words_of_money(sentence: Sentence, first: int, floor: int) -> str | None:
    """Une indemnité horaire de 3 euros, un coût par élève de 1 200 euros."""
    tie = sentence.key(first - 1)
    for at in range(first - 1, max(-1, first - _ADJECTIVE_REACH), -1):
        word, folded = sentence.words[at], sentence.folds[at]
        aside = (word == "," and at == first - 2 and tie == "de") or (word == ":" and at == first - 1)  # annuel, de 3 €
        if (word in _ENDS_BEFORE and not aside) or sentence.values[at] is not None:
            return None
        if folded in denominators().adjectives:
            return denominators().adjectives[folded]
        if folded == "par" and at > floor and tie in ("de", ":") and _is_counted_by(sentence.fold(at + 1)):
            return _unit_code(sentence, at + 1) or sentence.word(at + 1)  # un coût moyen par élève de 1 200 euros
    return None


def _recurring(sentence: Sentence, mention: Mention) -> str | None:
    """Une production annuelle de 30 000 tonnes, en total annuel 8 000 heures: the adjective right before."""
    at = mention.outer - 2 if sentence.key(mention.outer - 1) == "de" else mention.outer - 1
    recurs = mention.kind in (COUNT, MEASURE) or mention.unit in _WORKED[:2]
    return denominators().adjectives.get(sentence.fold(at)) if recurs else None


def _is_first_amount(sentence: Sentence, first: int) -> bool:
    """Chaque année, en moyenne, 20 000 enfants; Chaque année, l'État verse 3 millions d'euros."""
    alone = (
        all(value is None for value in sentence.values[:first]) and "," not in sentence.folds[_OPENING - 1 : first - 1]
    )
    return sentence.word(2) == "," and first <= _FIRST_REACH and alone


def _is_counted_by(folded: str) -> bool:
    nouns = denominators().nouns
    return folded in nouns or folded.removesuffix("s") in nouns or folded.removesuffix("x") in nouns


def _may_be_counted_by(sentence: Sentence, at: int) -> bool:
    """Whether the noun after "par", right beside an amount, is what it is counted by: 300 euros par tonne de blé."""
    return (
        is_noun_like(sentence, at)
        and sentence.word(at)[:1].islower()
        and sentence.fold(at) not in denominators().not_by
    )


def _calendar(folded: str) -> str | None:
    code = denominators().units.get(folded)
    return code if code in _CALENDAR else None
