"""Units left unsaid, taken from the words around: a currency, degrees of temperature, percentage points.

"Le dispositif coûte 13 milliards" is money, "un réchauffement de 1,5 degré" is in degrees Celsius, "dix points
au-dessus de la moyenne" are percentage points.
"""

from functools import cache

from pipelines.figures.mention import (
    DIGITS,
    DURATION,
    MEASURE,
    MONEY,
    PERCENTAGE_POINT,
    RATIO,
    WORDS,
    Mention,
    Sentence,
)
from pipelines.figures.phrases import is_noun_like, is_plural_noun
from pipelines.figures.ranges import looks_like_year
from pipelines.figures.units import unit_at
from pipelines.figures.verbs import PARTICIPLES
from pipelines.figures.vocabulary import Stems, contexts, grammar, is_function_word
from schemas.figure import FigureKind

_LARGE = 1e6
_HUGE = 1e9  # so many of nothing named are money
_REACH = 8
_GREATEST_RATIO = 10
_MORE_OR_LESS = ("plus", "moins", "hausse", "baisse", "marge", "croissance", "ecart", "retard", "avance", "difference")
_MODAL = ("devr", "doi", "pourr", "peuvent", "vont")
_SPENT_REACH = 5  # tokens from "ont" to the participle
_COUNT_REACH = 12  # tokens from "contingent" to what it is fixed at
_BEFORE_LEVELS = frozenset(("à", "de", "est", "sont", "atteint"))
_COUNTERS = frozenset(("nombre", "contingent", "quota", "volume", "total"))
_ENDS = frozenset((".", ";", ":", "!", "?", "(", ")"))


def take_context_units(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Give numbers without a unit, or with a vague one, the unit that the words around them imply."""
    for position, mention in enumerate(mentions):
        if mention.is_bare and (mention.style in (DIGITS, WORDS) or mention.scale >= _LARGE):
            _take_currency(sentence, mention, mentions[max(0, position - 1) : position + 3])
            _take_points(sentence, mention)
            _take_ratio(sentence, mention)
            _take_unit_counted(sentence, mention)
            _take_scale(sentence, mention, mentions[position - 1] if position else None)
        elif mention.unit == "deg":
            _take_celsius(sentence, mention)
    return mentions


def _take_currency(sentence: Sentence, mention: Mention, near: list[Mention]) -> None:
    """5 milliards d'euros au lieu des 4 milliards votés; un coût de 13 milliards; `near` are its neighbours."""
    if mention.scale < _LARGE:
        return
    if sentence.keys[mention.end] == "de" and sentence.folds[mention.end + 1] not in (
        "plus",
        "moins",
    ):  # 2,3 milliards d'argent frais, 3 milliards d'économies
        if sentence.folds[mention.end + 1] in _stems(contexts().sums) or _is_mass(sentence, mention.end + 1):
            _give(mention, MONEY, "EUR", "money counted")
        return
    alone = mention.rule == "lone scale"  # de 400 000 euros, mais peut dépasser le million
    large = (other for other in near if other.kind == MONEY and (alone or other.scale > 1))
    beside = next(large, None)
    if beside is not None and not (is_plural_noun(sentence, mention.end) and not _is_done(sentence, mention.end)):
        _give(mention, MONEY, beside.unit, "same money")
    elif mention.scale >= _HUGE and not any(_is_named(sentence, other) for other in near if other is not mention):
        _give(mention, MONEY, "EUR", "billions of nothing named")  # vous en rendez vingt milliards
    elif (
        _is_about(sentence, mention, contexts().money)
        or _is_before_money(sentence, mention.end)
        or _is_spent(sentence, mention.end)
    ):
        _give(mention, MONEY, "EUR", "money understood")


def _is_done(sentence: Sentence, at: int) -> bool:
    """27 millions prévus, 3 millions votés: what was done with the money, and no noun."""
    return sentence.words[at].endswith(("és", "ées", "us", "ues", "its", "ites"))


def _is_named(sentence: Sentence, mention: Mention) -> bool:
    """Whether a large number counts something: 3 milliards d'habitants; not: 31 milliards, puis 15 milliards."""
    countless = mention.is_bare and mention.scale >= _HUGE and sentence.keys[mention.end] != "de"
    return mention.scale > 1 and not (countless and not is_plural_noun(sentence, mention.end))


def _is_mass(sentence: Sentence, at: int) -> bool:
    """3 milliards de recouvrement: so many of a singular that is no unit are money."""
    word = sentence.words[at]
    return (
        word[:1].islower()
        and is_noun_like(sentence, at)
        and not word.endswith(("s", "x"))
        and sentence.words[at + 1] != "-"
    )


def _is_before_money(sentence: Sentence, at: int) -> bool:
    """Réduire de 300 millions les crédits, 15 milliards investis: the money, or what was done with it, comes after."""
    return sentence.folds[at + 1 if sentence.keys[at] == "le" else at] in _stems(contexts().money)


def _is_spent(sentence: Sentence, at: int) -> bool:
    """200 millions ont été investis, 60 millions sont déjà prélevés: what is done with money is said by a passive."""
    fold, words = sentence.folds[at], grammar()
    if fold not in words.auxiliaries and fold not in words.verbs and not fold.startswith(_MODAL):
        return False
    money = _stems(contexts().money)
    ahead = range(at + 1, min(at + _SPENT_REACH, sentence.size))
    spent = next((place for place in ahead if sentence.words[place].endswith(PARTICIPLES)), None)
    while spent is not None and sentence.folds[spent] == "ete":
        spent = spent + 1 + (sentence.folds[spent + 1] in grammar().adverbs)
    return spent is not None and sentence.folds[spent] in money


def _take_unit_counted(sentence: Sentence, mention: Mention) -> None:
    """Le contingent d'heures est fixé à 220, le nombre de jours est de 25: so many of what is counted."""
    opens = max(0, mention.first - _COUNT_REACH)
    if sentence.folds[mention.first - 1] not in _BEFORE_LEVELS or _COUNTERS.isdisjoint(
        sentence.folds[opens : mention.first]
    ):
        return
    named = sentence.is_word(mention.end) and not is_function_word(sentence.folds[mention.end])
    if not mention.is_bare or named or looks_like_year(sentence, mention):
        return
    for at in range(mention.first - 1, opens - 1, -1):
        if sentence.words[at] in _ENDS or sentence.values[at] is not None:
            return
        if sentence.folds[at] in _COUNTERS and sentence.keys[at + 1] == "de":
            unit = unit_at(sentence, at + 2)
            if unit is not None and unit.kind in (DURATION, MEASURE) and sentence.words[unit.end - 1][-1] in "sx":
                mention.value, mention.factor = mention.value * unit.factor, unit.factor
                _give(mention, unit.kind, unit.code, "unit counted")
            return


def _take_points(sentence: Sentence, mention: Mention) -> None:
    """Dix points au-dessus de la moyenne, un écart de 5 points."""
    if sentence.folds[mention.end] not in ("point", "points"):
        return
    after = sentence.folds[mention.end + 1]
    of = sentence.keys[mention.end + 1] == "de" and sentence.folds[mention.end + 2] in _MORE_OR_LESS
    below = after == "en" and sentence.folds[mention.end + 2] in ("dessous", "deca")
    compared = after in contexts().compared or of or below
    if compared or _is_about(sentence, mention, contexts().shares):
        _give(mention, PERCENTAGE_POINT, "pp", "points")
        mention.end += 1


def _take_ratio(sentence: Sentence, mention: Mention) -> None:
    """Un taux de fécondité de 1,87, un coefficient de 0,8: a decimal that counts nothing; not "à l'indice 62,8"."""
    if mention.value >= _GREATEST_RATIO or mention.value == int(mention.value) or not mention.is_bare:
        return
    countless = not sentence.is_word(mention.end) or is_function_word(sentence.folds[mention.end])
    if (countless or not is_noun_like(sentence, mention.end)) and _is_about(sentence, mention, contexts().ratios):
        _give(mention, RATIO, "1", "ratio understood")


def _take_scale(sentence: Sentence, mention: Mention, whole: Mention | None) -> None:
    """250 millions d'euros, dont 150 destinés aux ports: a share of a sum has its scale and unit."""
    if whole is None or whole.kind != MONEY or whole.scale < _LARGE or whole.high is not None:
        return
    listed = sentence.folds[whole.end : mention.first] in (["dont"], [",", "dont"])
    written = whole.value / (whole.scale * whole.factor)
    counts = sentence.is_word(mention.end) and not _ends_share(sentence, mention.end)
    if listed and not counts and mention.is_bare and mention.scale == 1 and mention.value < written:
        mention.value, mention.scale = mention.value * whole.scale * whole.factor, whole.scale
        _give(mention, MONEY, whole.unit, "share of money")


def _ends_share(sentence: Sentence, at: int) -> bool:
    """Whether what follows a number is no counted noun: destinés aux ports, pour la mer."""
    return sentence.words[at].endswith(("és", "ées")) or is_function_word(sentence.folds[at])


def _take_celsius(sentence: Sentence, mention: Mention) -> None:
    """Degrees are of temperature where the sentence speaks of heat."""
    warm = _stems(contexts().heat)
    if any(fold in warm for fold in sentence.folds):
        mention.unit = "Cel"


def _is_about(sentence: Sentence, mention: Mention, words: frozenset[str]) -> bool:
    """Whether one of those words stands in the same clause before the number."""
    stems = _stems(words)
    for at in range(mention.first - 1, max(-1, mention.first - _REACH), -1):
        if sentence.folds[at] in stems:
            return True
        if sentence.words[at] in _ENDS or sentence.values[at] is not None:
            return False
    return False


def _give(mention: Mention, kind: FigureKind, unit: str | None, rule: str) -> None:
    mention.kind, mention.unit, mention.rule = kind, unit, f"{mention.rule}+{rule}"


@cache
def _stems(words: frozenset[str]) -> Stems:
    return Stems(words)
