"""Denominator: what a figure is counted by ("par an", "/km", "mensuels", "chaque semaine", "indemnité horaire de")."""

from functools import cache

from pipelines.figures.changes import further
from pipelines.figures.clauses import is_finite
from pipelines.figures.mention import (
    AMOUNTS,
    COLLECTIVE,
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
from pipelines.figures.vocabulary import changes, denominators, grammar

_REACH = 7
_LISTED_GAP = 4  # tokens between two counts of one list
_OPENING = 4
_OPENING_TAXES = ("T", "C", "H", "(")
_AGENTS = ("teur", "seur", "iste")
_TURNS = frozenset(("et", "chaque"))
_EACH_REACH = 6
_OF_A_NOUN = 6  # tokens from a verb back to the period of its subject
_OPENED = 6  # tokens of an opening with its place: Chaque année dans le monde,
_FAR_REACH = 14  # 300 départs de feu sont comptés par les services chaque année
_FIRST_REACH = 12
_ADJECTIVE_REACH = 17
_PAID_REACH = 4
_ENDS = frozenset((".", ";", ":", "!", "?", "«", "»", "("))
_ENDS_BEFORE = (_ENDS - {"("}) | {","}
_BEFORE_PERIODS = (",", ";", ":")
_AT_A_TIME = (["en", "horaire"], ["en", "horaires"], ["en", "annuel"], ["en", "mensuel"])  # en horaire de pointe
_NEIGHBOURING = ("dernier", "pass", "prochain", "precedent")
_STATES = (DURATION, PERCENTAGE, RATIO)
_WORKED = ("h", "min", "d")  # durations of work, care or rest, which recur
_CALENDAR = frozenset(("a", "mo", "wk", "d", "h", "min", "s", "trimestre", "semestre"))


def mark_denominators(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Give each mention what it is counted by, if the text says so beside it."""
    said_after = False
    recurs = not _recurring_words().isdisjoint(sentence.folds)  # in few sentences
    for position, mention in enumerate(mentions):
        if mention.per is not None or mention.kind == RATE:
            continue
        ceiling = mentions[position + 1].first if position + 1 < len(mentions) else sentence.size
        floor = mentions[position - 1].end if position else 0
        said = _beside(sentence, mention) or _after(sentence, mention, ceiling)
        sought = recurs or (mention.kind == MONEY and "par" in sentence.folds)
        mention.per = said or (_before(sentence, mention, floor) if sought else None)
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
    counts = first.kind == second.kind == COUNT and first.per is None and first.direction is second.direction
    if not counts or sentence.folds[second.outer - 1] != "et":
        return False
    gap = sentence.folds[first.end : second.outer]
    return 0 < len(gap) <= _LISTED_GAP and grammar().verbs.isdisjoint(gap)


def _beside(sentence: Sentence, mention: Mention) -> str | None:
    """20 €/km, 150 hab/km², 2 euros le kilo, 15 euros de l'heure, 1 200 euros bruts mensuels, 15 habitants au km²."""
    at = _past_taxes(sentence, mention.end)
    after, words = sentence.folds[at], denominators()
    if mention.is_bare and sentence.is_word(at) and sentence.words[at + 1] == "/":
        return _unit_code(sentence, at + 2)
    if after == "/" and mention.unit is not None:
        return _unit_code(sentence, at + 1) or sentence.words[at + 1] or None
    if mention.unit == "%" and mention.direction is None and after == "en":
        return None  # un taux de 50 % en moyenne annuelle
    while after in words.inner and sentence.folds[at : at + 2] not in _AT_A_TIME:
        at, after = at + 1, sentence.folds[at + 1]
    if after in words.adjectives and mention.unit is not None:
        return words.adjectives[after]
    if mention.kind == MONEY and (priced := _priced_by(sentence, at) or _for_one(sentence, at)) is not None:
        return priced
    return _at_the_unit(sentence, at)


def _priced_by(sentence: Sentence, at: int) -> str | None:
    """2 euros le kilo, 15 euros de l'heure, 3 euros du litre; not "3 euros le mois dernier"."""
    if sentence.folds[at] == "du":
        code = _unit_code(sentence, at + 1)
        return None if code in _CALENDAR else code
    at += sentence.folds[at] == "de"
    past = sentence.folds[at + 2].startswith(_NEIGHBOURING)
    priced = sentence.folds[at] in ("le", "la", "l'") and sentence.folds[at + 1] != "an" and not past
    return _unit_code(sentence, at + 1) if priced else None


def _for_one(sentence: Sentence, at: int) -> str | None:
    """9 millions d'euros pour 1 MW: by one of a unit."""
    one = sentence.folds[at] == "pour" and at + 1 < sentence.size and sentence.values[at + 1] == 1
    return _unit_code(sentence, at + 2) if one else None


def _past_taxes(sentence: Sentence, at: int) -> int:
    """Past "T.T.C." and a unit in brackets: 4,50 francs T.T.C. par minute."""
    if sentence.words[at] not in _OPENING_TAXES:
        return at
    while sentence.words[at] in ("T", "C", "H") and sentence.words[at + 1] == ".":
        at += 2
    if sentence.words[at] == "(" and (unit := unit_at(sentence, at + 1)) is not None:
        return unit.end + 1 if sentence.words[unit.end] == ")" else at  # 70 millions d'euros (M€) par an
    return at


def _at_the_unit(sentence: Sentence, at: int) -> str | None:
    """80 quintaux à l'hectare, 15 habitants au km², 3 euros à l'unité."""
    for link in (at, at + 1):
        word = sentence.folds[link]
        if word == "au":
            past = sentence.folds[link + 2].startswith(_NEIGHBOURING)  # contre 78 % au semestre précédent
            dated = sentence.folds[link + 1] == "mois" and sentence.keys[link + 2] == "de"  # au mois de mai
            unit = None if dated or past else _unit_code(sentence, link + 1)
        elif word == "à" and sentence.folds[link + 1] in ("l'", "la"):
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
    return denominators().units.get(sentence.folds[at]) or (unit.code if unit is not None and measured else None)


def _after(sentence: Sentence, mention: Mention, ceiling: int) -> str | None:
    """Par an, par garde et par marin, chaque semaine, tous les mois; the counted noun may stand before it."""
    words = denominators()
    start, measured = _past_taxes(sentence, mention.end), mention.unit is not None
    end = min(start + _FAR_REACH, ceiling)
    says = not _saying().isdisjoint(sentence.folds[start:end])  # spares the walk, which few figures need
    for at in range(start, end) if says else ():
        folded = sentence.folds[at]
        if at >= start + _REACH and (folded not in _said_far() or mention.kind in _STATES):
            continue
        blocked = folded in words.blockers and not _recurs(sentence, mention, at, ceiling)
        blocked = blocked or (folded in _TURNS and _is_of_the_next(sentence, start, at, ceiling))
        if blocked or sentence.words[at] in _ENDS:
            return None
        recurs = sentence.folds[at + 1] == "chaque" and sentence.folds[at - 1] != "et"  # consacrés, chaque année, aux
        aged = mention.kind == DURATION and at == mention.end  # les jeunes de 16 à 25 ans, chaque année
        if folded == "," and (at > mention.end or aged) and not recurs:
            return None
        if folded == "par" and mention.style == FRACTION and at > mention.end:
            return None  # la moitié du revenu par ménage
        if folded in _saying():
            beside = measured and at <= start + 1 and sentence.words[at - 1] != ","
            found = _stated(sentence, at, beside=beside) or _of_period(sentence, mention, at)
            if found is not None:
                return found
    return None


def _is_of_the_next(sentence: Sentence, start: int, at: int, ceiling: int) -> bool:
    """Emploie 300 agents et verse chaque année 4 millions, avait 3 000 francs et en remboursait chaque mois 900."""
    if sentence.folds[at] == "et":
        return at + 1 < ceiling and is_finite(sentence, at + 1)
    beside = ceiling < sentence.size and at + 2 == ceiling
    return beside and any(is_finite(sentence, before) for before in range(start, at))


@cache
def _recurring_words() -> frozenset[str]:
    """The words of which one stands in every sentence that says before a figure how often it recurs."""
    return frozenset(("chaque", "tous", "toutes", *denominators().adjectives))


@cache
def _saying() -> frozenset[str]:
    """The words that may say what a figure is counted by; most say nothing of it."""
    words = denominators()
    return frozenset(("par", "pour", "chaque", "tous", "toutes", *words.adjectives, *words.adverbs))


@cache
def _said_far() -> frozenset[str]:
    """Those of them that say so of a figure whose verb stands between."""
    return frozenset(("chaque", *denominators().adverbs))


def _recurs(sentence: Sentence, mention: Mention, at: int, ceiling: int) -> bool:
    """50 000 contrôles que le fisc effectue chaque année: the clause says how often what is counted happens."""
    counted = mention.kind in (COUNT, MONEY) and sentence.folds[at] in ("que", "qui")
    return counted and "chaque" in sentence.folds[at:ceiling]


def _of_period(sentence: Sentence, mention: Mention, at: int) -> str | None:
    """600 euros de pension mensuelle, 3 francs de chiffre d'affaires annuel, 36 heures de garde hebdomadaires."""
    often = denominators().adverbs.get(sentence.folds[at])
    if often is not None and (mention.kind == MONEY or _recurs_so(sentence, mention, at)):
        return often  # 100 euros versés mensuellement, 300 séjours annuellement
    period = denominators().adjectives.get(sentence.folds[at])
    if period is None:
        return None
    noun = at - 1 - (sentence.folds[at - 1] in further())  # 300 bourses supplémentaires annuelles
    first = mention.end + (sentence.folds[mention.end] in grammar().before_noun_adjectives)  # 280 nouveaux élus annuels
    first += 2 * (sentence.words[first + 1] == "-")  # 12 allers-retours quotidiens
    counted = mention.kind == COUNT and noun == first and is_plural_noun(sentence, noun)
    measured = mention.kind in (MONEY, MEASURE) or mention.unit in _WORKED
    reach = _PAID_REACH + (sentence.folds[at - 1] == "affaires")
    of_a_noun = measured and sentence.keys[mention.end] == "de" and at <= mention.end + reach
    return period if of_a_noun or counted else None


def _recurs_so(sentence: Sentence, mention: Mention, end: int) -> bool:
    """300 séjours annuellement, 300 litres sont bus annuellement: what is counted, and its verb, stand before."""
    between = range(mention.end, end)
    counted = mention.kind == COUNT and all(is_noun_like(sentence, at) for at in between)
    return counted or (mention.kind in (COUNT, MEASURE) and any(is_finite(sentence, at) for at in between))


def _stated(sentence: Sentence, at: int, *, beside: bool) -> str | None:
    """What is said from that token: par X, chaque X, tous les X."""
    folded = sentence.folds[at]
    if folded == "par":
        named = sentence.folds[at + 1]
        unit = _unit_code(sentence, at + 1)
        noun = (
            sentence.words[at + 1]
            if _is_counted_by(named) or (beside and _may_be_counted_by(sentence, at + 1))
            else None
        )
        return unit or noun
    if folded == "pour" and beside and sentence.folds[at + 1] == "chaque" and is_noun_like(sentence, at + 2):
        return _calendar(sentence.folds[at + 2]) or sentence.words[at + 2]  # 3 euros pour chaque repas servi
    if folded == "chaque" and sentence.keys[at - 1] != "de":  # à la fin de chaque trimestre
        return _calendar(sentence.folds[at + 1])
    if folded in ("tous", "toutes") and sentence.keys[at + 1] == "le":
        return _calendar(sentence.folds[at + 2])
    return None


def _before(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    """Chaque année, 900 apprentis; une indemnité horaire de 3 euros."""
    first = mention.outer - (sentence.folds[mention.outer - 1] == "entre")
    every = 1 if sentence.folds[0] == "chaque" else 2 * (sentence.folds[:2] in (["tous", "les"], ["toutes", "les"]))
    if every and (first <= _OPENING + every - 1 or _is_first_amount(sentence, first)):
        return _calendar(sentence.folds[every])
    near = sentence.folds[max(0, first - 4) : first]
    if near[1:2] == ["chaque"] and near[-1] == "," and near[0] in _BEFORE_PERIODS:
        return _calendar(near[2])  # on déplore, chaque année, 300 morts
    if mention.kind != MONEY:
        return _each_time(sentence, mention) or _each_counted(sentence, mention) or _recurring(sentence, mention)
    if (each := _each_before(sentence, first, floor)) is not None:
        return each
    bound = (denominators().adjectives.get(fold) for fold in sentence.folds[first : mention.first])
    said = next((period for period in bound if period is not None), None)  # dans la limite annuelle de 300 euros
    return said or _by_words_of_money(sentence, first, floor) or _on_average(sentence, first, floor)


def _each_before(sentence: Sentence, first: int, floor: int) -> str | None:
    """Verse chaque année 80 millions d'euros, verse chaque année à la ville 3 millions d'euros."""
    for at in range(first - 2, max(floor, first - _EACH_REACH) - 1, -1):
        if sentence.folds[at] == "chaque":
            return _calendar(sentence.folds[at + 1])
        if not sentence.is_word(at) or is_finite(sentence, at):
            return None
    return None


def _each_time(sentence: Sentence, mention: Mention) -> str | None:
    """Travaille chaque mois une dizaine d'heures, progresse chaque année de 3 %."""
    changes = mention.kind == PERCENTAGE and mention.direction in AMOUNTS
    if not changes and mention.unit not in _WORKED:
        return None
    last = mention.outer - 1 - (sentence.keys[mention.outer - 1] == "de")
    last -= sentence.folds[last] == "une" and mention.style == COLLECTIVE
    if sentence.folds[last - 1] == "chaque":
        return _calendar(sentence.folds[last])
    while sentence.folds[last] in ("moyen", "moyenne"):
        last -= 1
    return denominators().adjectives.get(sentence.folds[last]) if changes else None  # une hausse annuelle de 3 %


def _each_counted(sentence: Sentence, mention: Mention) -> str | None:
    """Le port reçoit chaque mois près de 300 navires: after the verb whose object is counted or measured.

    "Une fête rassemblant chaque année 300 barques" says how often there is a fête.
    """
    each = mention.kind in (COUNT, MEASURE) and sentence.folds[mention.outer - 2] == "chaque"
    acts = each and not sentence.folds[mention.outer - 3].endswith("ant")
    return _calendar(sentence.folds[mention.outer - 1]) if acts else None


def _on_average(sentence: Sentence, first: int, floor: int) -> str | None:
    """S'élèveront, en moyenne annuelle, sur la durée du plan, à 3 milliards d'euros."""
    for at in range(first - 2, max(floor, first - _ADJECTIVE_REACH) - 1, -1):
        if sentence.folds[at] == "moyenne" and sentence.folds[at - 1] == "en":
            return denominators().adjectives.get(sentence.folds[at + 1])
    return None


def _by_words_of_money(sentence: Sentence, first: int, floor: int) -> str | None:
    """Une indemnité horaire de 3 euros, un coût par élève de 1 200 euros."""
    tie = sentence.keys[first - 1]
    tied = tie in ("de", "a", ":") or sentence.folds[first] == "entre"
    tied = tied or sentence.folds[first - 1] in changes().equating
    for at in range(first - 1, max(-1, first - _ADJECTIVE_REACH), -1):
        word, folded = sentence.words[at], sentence.folds[at]
        aside = (word == "," and at == first - 2 and tie == "de") or (word == ":" and at == first - 1)  # annuel, de 3 €
        if (word in _ENDS_BEFORE and not aside) or sentence.values[at] is not None:
            return None
        if folded in denominators().adjectives:
            return denominators().adjectives[folded]
        if folded == "par" and at > floor and tied and _is_counted_by(sentence.folds[at + 1]):
            return _unit_code(sentence, at + 1) or sentence.words[at + 1]  # un coût moyen par élève de 1 200 euros
    return None


def _recurring(sentence: Sentence, mention: Mention) -> str | None:
    """Une production annuelle de 30 000 tonnes, en total annuel 8 000 heures: the adjective right before."""
    if mention.kind not in (COUNT, MEASURE) and mention.unit not in _WORKED[:2]:
        return None
    at = mention.outer - 2 if sentence.keys[mention.outer - 1] == "de" else mention.outer - 1
    said = denominators().adjectives.get(sentence.folds[at])
    if said is not None or sentence.folds[at] not in changes().equating:
        return said
    while sentence.folds[at] in changes().equating or sentence.folds[at] in changes().equating_ties:
        at -= 1
    for noun in range(at, max(-1, at - _OF_A_NOUN), -1):  # la durée annuelle du travail est de 1 607 heures
        if sentence.folds[noun] in denominators().adjectives:
            return denominators().adjectives[sentence.folds[noun]]
        if not is_noun_like(sentence, noun) and sentence.keys[noun] not in ("de", "le"):
            return None
    return None


def _is_first_amount(sentence: Sentence, first: int) -> bool:
    """Chaque année, en moyenne, 20 000 enfants; Chaque année, l'État verse 3 millions d'euros."""
    alone = all(value is None for value in sentence.values[:first]) and "," not in sentence.folds[_OPENED : first - 1]
    opened = "," in sentence.words[2:_OPENED]  # Chaque année en France, 300 enfants
    return opened and first <= _FIRST_REACH and alone


def _is_counted_by(folded: str) -> bool:
    nouns = denominators().nouns
    if folded.endswith(_AGENTS):  # 300 dossiers par enquêteur
        return folded not in denominators().not_by
    return folded in nouns or folded.removesuffix("s") in nouns or folded.removesuffix("x") in nouns


def _may_be_counted_by(sentence: Sentence, at: int) -> bool:
    """Whether the noun after "par", right beside an amount, is what it is counted by: 300 euros par tonne de blé."""
    return (
        is_noun_like(sentence, at)
        and sentence.words[at][:1].islower()
        and sentence.folds[at] not in denominators().not_by
    )


def _calendar(folded: str) -> str | None:
    code = denominators().units.get(folded)
    return code if code in _CALENDAR else None
