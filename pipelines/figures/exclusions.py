"""Exclusions: numbers that are no quantity; `dates` has those of time, `names` the numbers that name things.

Each rule is a small predicate over one mention and what stands around it; `drop_excluded` applies them all.
"""

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from pipelines.figures.dates import is_clock_time, is_date, is_round_the_clock, is_year
from pipelines.figures.mention import (
    ARTICLE,
    COLLECTIVE,
    DIGITS,
    DURATION,
    FRACTION,
    MEASURE,
    MONEY,
    WORDS,
    Mention,
    Sentence,
    Style,
)
from pipelines.figures.names import QUOTES, is_item, is_named, is_naming, is_number_of_a_question, is_title, list_start
from pipelines.figures.phrases import is_plural_noun
from pipelines.figures.units import unit_words
from pipelines.figures.vocabulary import Phrases, exclusions, grammar, is_function_word

_MEASURED_BY_ONE = frozenset(
    ("mm", "cm", "m", "km", "m2", "har", "km2", "L", "hL", "m3", "g", "kg", "t", "kW", "MW", "GW", "kWh", "MWh", "TWh")
)  # fmt: skip
_WHOLE = frozenset(("entier", "entiere", "complet", "complete", "plein", "pleine", "supplementaire"))
_POSTAL_DIGITS = 5
_PAIR = 2
_IN_ADDRESSES = frozenset(("www", "http", "https", "@"))
_LONGEST_ADDRESS = 400
_IDIOM_REACH = 4
_TIMES = ("x", "×")


def drop_excluded(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """The mentions that are quantities."""
    return [mention for mention in mentions if _excluding(sentence, mention) is None]


def _excluding(sentence: Sentence, mention: Mention) -> Callable[[Sentence, Mention], bool] | None:
    for rule in _RULES_OF[mention.style, mention.unit is not None, sentence.is_word(mention.first - 1)]:
        if rule(sentence, mention):
            return rule
    return None


def exclusion(sentence: Sentence, mention: Mention) -> str | None:
    """The rule that makes a mention no quantity, by its name and its examples; None when it is one."""
    rule = _excluding(sentence, mention)
    if rule is None:
        return None
    return f"{rule.__name__.removeprefix('_is_').removeprefix('is_').replace('_', ' ')}: {(rule.__doc__ or '').strip()}"


def _is_article(sentence: Sentence, mention: Mention) -> bool:
    """Un rapport, un pourcentage; "un an" only where the words around measure a length; "un euro" always."""
    if mention.is_bare or mention.unit == "pp" or sentence.folds[mention.end - 1] == "pourcentage":
        return True
    if mention.kind == MONEY:  # avec un euro fort
        return _of_currencies().at(sentence.keys, mention.end) is not None
    if mention.kind != DURATION:
        return mention.kind == MEASURE and mention.unit not in _MEASURED_BY_ONE  # un nœud, une once
    return _is_point_in_time(sentence, mention)


def _is_point_in_time(sentence: Sentence, mention: Mention) -> bool:
    """Un an plus tard, une heure creuse; "depuis un an", "une année entière" are lengths."""
    if sentence.words[mention.end - 1][-1:] == "s" and sentence.folds[mention.end - 1] != "mois":
        return False
    before, after = sentence.folds[mention.first - 1], sentence.folds[mention.end]
    alone = mention.first == 0 and not any(map(sentence.is_word, range(mention.end, sentence.size)))
    if after in _WHOLE or sentence.folds[mention.end : mention.end + 2] == ["de", "plus"]:  # voire une année entière
        return sentence.folds[mention.end - 1] == "journee"
    plain = mention.unit in ("a", "mo", "h", "wk") and sentence.folds[mention.end - 1] not in ("annee", "journee")
    ago = sentence.folds[max(0, mention.first - 2) : mention.first] == ["y", "a"]
    if after in ("plus", "auparavant", "apres", "avant", "durant") or alone or ago:
        return after == "plus" and sentence.folds[mention.end + 1] not in ("tard", "tot")
    if before in ("est", "faut") and (not sentence.is_word(mention.end) or after in ("pour", "de", "d'", "en")):
        return False  # un rendez-vous, c'est un an
    if mention.unit == "h" and sentence.folds[mention.first - 2] == "faut":  # il faut parfois une heure
        return False
    plain = plain or (before == "sur" and mention.unit == "a")  # 4 % sur une année
    return not (
        before in exclusions().spans_of_time
        and (plain or before in ("pendant", "durant", "depuis", "contre", "plus", "moins", "presque", "environ"))
    )


def _is_ordinal(sentence: Sentence, mention: Mention) -> bool:
    """3e, 2ème, 74 ème."""
    ending = sentence.folds[mention.end]
    if ending not in exclusions().ordinal_endings:
        return False
    return sentence.touches(mention.end - 1) or ending.endswith(("eme", "emes", "bis", "ter", "quater"))


def _is_glued_to_letters(sentence: Sentence, mention: Mention) -> bool:
    """A13, H1N1, Covid-19, 4G, 3DS, loi n° 2018-1021: letters or digits stuck to the number make it a name."""
    first, last = mention.first, mention.end - 1
    if sentence.touches(first - 1):
        before = sentence.words[first - 1]
        letters = before[-1:].isalpha()
        linked = before in ("-", "–", "_", "/", "+") and sentence.is_glued(first - 1) and mention.unit is None
        if letters or linked:
            return True
    if not sentence.touches(last) or mention.unit is not None:
        return False
    after = sentence.words[mention.end]
    tied = after in ("-", "–", "_", "/", ".", ":") and sentence.touches(mention.end)
    return after[:1].isalpha() or (tied and sentence.words[mention.end + 1] != ".")  # Ils sont 13 millions...


def _is_spelled_name(sentence: Sentence, mention: Mention) -> bool:
    """Deux-Sèvres, Les Quinze-Vingts: a spelled number in a name."""
    return mention.is_bare and (_is_in_a_name(sentence, mention) or _is_capital_name(sentence, mention))


def _is_in_a_name(sentence: Sentence, mention: Mention) -> bool:
    """Deux-Sèvres, Trois-Rivières, Vingt-Sept, demi-mesure: a spelled number hyphened to a word."""
    hyphened = sentence.words[mention.end] in ("-", "‑") and sentence.touches(mention.end - 1)
    if mention.style == WORDS and hyphened:
        return True
    before = sentence.words[mention.first - 1] in ("-", "‑") and sentence.touches(mention.first - 1)
    return before and sentence.is_word(mention.first - 2)


def _is_capital_name(sentence: Sentence, mention: Mention) -> bool:
    """Les Quinze-Vingts: a spelled number with a capital inside a sentence."""
    capital = sentence.words[mention.first][:1].isupper() and sentence.is_word(mention.first - 1)
    return mention.style == WORDS and capital and not sentence.words[mention.first].isupper()


def _is_long_identifier(sentence: Sentence, mention: Mention) -> bool:
    """01 23 45 67 89, 0800, 75007 Paris: leading zeros, pairs of digits, codes."""
    written = sentence.words[mention.first]
    if len(written) > 1 and written.startswith("0") and written[1].isdecimal():
        return True
    before = sentence.words[mention.first - 1]
    if before.startswith("0") and len(before) > 1 and before.isdecimal():
        return True
    postal = len(written) == _POSTAL_DIGITS and written.isdecimal() and sentence.words[mention.end][:1].isupper()
    return postal or _is_pair_of_digits(sentence, mention)


def _is_pair_of_digits(sentence: Sentence, mention: Mention) -> bool:
    def is_pair(index: int) -> bool:
        word = sentence.words[index]
        return len(word) == 2 and word.isdecimal()

    here = mention.first
    if not is_pair(here):
        return False
    steps = (1, 2) if sentence.words[here + 1] in (".", "-") or sentence.words[here - 1] in (".", "-") else (1,)
    return any(
        (is_pair(here + step * way) and is_pair(here + 2 * step * way))
        or (is_pair(here - step) and is_pair(here + step))
        for step in steps
        for way in (1, -1)
    )


def _is_in_an_address(sentence: Sentence, mention: Mention) -> bool:
    """Part of an address of the web or of mail: every sign back to its start touches the next."""
    at = mention.first
    if not sentence.touches(at - 1) or _IN_ADDRESSES.isdisjoint(sentence.folds[max(0, at - _LONGEST_ADDRESS) : at]):
        return False
    while at > 0 and mention.first - at < _LONGEST_ADDRESS and sentence.touches(at - 1):
        at -= 1
        if sentence.folds[at] in _IN_ADDRESSES:
            return True
    return False


def _is_code_in_brackets(sentence: Sentence, mention: Mention) -> bool:
    """Issoire (63): the number of a département after a name."""
    if sentence.words[mention.first - 1] != "(" or sentence.words[mention.end] != ")":
        return False
    return mention.is_bare and mention.value < 1000 and sentence.words[mention.first - 2][:1].isupper()


def _is_numbered_item(sentence: Sentence, mention: Mention) -> bool:
    """Le 13° de l'article 1, "; 2° Le décret": an item of a list, no angle."""
    if mention.unit != "deg" or sentence.words[mention.end - 1] != "°":
        return False
    before = sentence.folds[mention.first - 1]
    item = sentence.words[mention.end][:1].isalpha() or sentence.words[mention.end] == ")"  # 2°) le décret
    opens = before in ("", ":", ";", "-", ",", ".", "(") and item
    return opens or before in ("le", "du", "au", "les", "aux", "et")


def _is_empty_percent(sentence: Sentence, mention: Mention) -> bool:
    """The words "pour cent" without a number before it."""
    before, word = sentence.folds[mention.first - 1], sentence.folds[mention.first]
    return mention.is_bare and word == "cent" and before in ("pour", "-")


def _is_designated(sentence: Sentence, mention: Mention) -> bool:
    """Le 15, au 115, la 4: a bare number after a singular article is a day or a name."""
    if not mention.is_bare or mention.scale > 1:
        return False
    if sentence.words[mention.first - 1] in QUOTES and sentence.words[mention.end] in QUOTES:  # le « 15 »
        return True
    at = mention.first - 1
    if sentence.values[at] is not None and len(sentence.words[at]) == len(sentence.words[mention.first]) == _PAIR:
        at -= 1  # le 36 46
    article = sentence.folds[at]
    return article in exclusions().singular_articles and not is_plural_noun(sentence, mention.end)


def _is_anaphoric(sentence: Sentence, mention: Mention) -> bool:
    """Les deux, tous deux, à deux: a spelled number that counts nothing named; "neuf" after its noun is "new"."""
    if not mention.is_bare or mention.value > 10:
        return False
    before, after = sentence.folds[mention.first - 1], sentence.folds[mention.end]
    if mention.value == 2 and before in ("tous", "toutes"):
        return True
    counts_nothing = not sentence.is_word(mention.end) or is_function_word(after) or after in grammar().verbs
    if mention.value == 9 and sentence.is_word(mention.first - 1) and (before == "à" or not is_function_word(before)):
        return counts_nothing
    if before == "à" and sentence.folds[mention.first - 2].startswith(("limit", "redui", "ramen")):
        return False  # les fermetures devraient se limiter à deux
    return mention.value == 2 and before in ("les", "des", "ces", "à", "entre", "en", "par") and counts_nothing


def _is_unread_fraction(sentence: Sentence, mention: Mention) -> bool:
    """1/2 without a unit is a date, a squadron, a part."""
    if sentence.words[mention.first + 1] != "/":
        return False
    if is_naming(sentence.folds[list_start(sentence, mention)]):  # bac + 2/3
        return True
    counted = sentence.keys[mention.end] == "de" or sentence.folds[mention.end] in ("restant", "restants")
    return mention.end == mention.first + 3 and mention.unit == "1" and not counted


def _is_road_width(sentence: Sentence, mention: Mention) -> bool:
    """Une route à 2 x 2 voies, les 4 x 4: a kind of road, of car."""
    for at in (mention.first, mention.first - 2):
        if sentence.folds[at + 1] not in _TIMES:
            continue
        car = sentence.words[at] == sentence.words[at + 2] == "4" and sentence.folds[at + 3] not in unit_words()
        if car or sentence.folds[at + 3].startswith("voie"):
            return True
    return False


def _is_half_of_nothing(sentence: Sentence, mention: Mention) -> bool:
    """Un demi-échec, demi-tour: half of no unit; a "demi-part" of the income tax is counted."""
    return mention.rule == "half" and mention.is_bare and not sentence.folds[mention.end].startswith("part")


def _is_idiom(sentence: Sentence, mention: Mention) -> bool:
    """Entre deux feux, remise à zéro, deux poids deux mesures."""
    if mention.high is not None or not _idioms().covers(sentence.keys, mention.first, _IDIOM_REACH):
        return False
    return sentence.folds[mention.first - 1] != "a"  # il y a zéro médecin, not "à zéro"


@cache
def _of_currencies() -> Phrases[bool]:
    return Phrases({True: exclusions().of_currencies})


@cache
def _idioms() -> Phrases[bool]:
    return Phrases({True: exclusions().idioms})


class _Rule(NamedTuple):
    """A rule and the numbers it is asked of: how written, with or without a unit, where only no word stands before."""

    excludes: Callable[[Sentence, Mention], bool]
    styles: frozenset[Style] = frozenset(Style)
    unit: bool | None = None
    opening: bool = False


_IN_DIGITS, _NOT_IN_DIGITS, _SPELLED = frozenset((DIGITS,)), frozenset(Style) - {DIGITS}, frozenset((WORDS,))
_RULES = (
    _Rule(_is_article, frozenset((ARTICLE,))),
    _Rule(_is_ordinal, unit=False),
    _Rule(_is_glued_to_letters, _IN_DIGITS),
    _Rule(_is_spelled_name, _NOT_IN_DIGITS),
    _Rule(_is_long_identifier, _IN_DIGITS, unit=False),
    _Rule(is_date, frozenset(Style) - {COLLECTIVE}, unit=False),
    _Rule(is_year, _IN_DIGITS, unit=False),
    _Rule(is_named, _IN_DIGITS),
    _Rule(_is_in_an_address),
    _Rule(_is_empty_percent, _NOT_IN_DIGITS, unit=False),
    _Rule(_is_code_in_brackets, unit=False, opening=True),
    _Rule(_is_numbered_item, unit=True),
    _Rule(_is_designated, frozenset(Style) - {COLLECTIVE}, unit=False),
    _Rule(is_clock_time, unit=True),
    _Rule(is_round_the_clock),
    _Rule(_is_anaphoric, _SPELLED, unit=False),
    _Rule(_is_unread_fraction, frozenset((FRACTION,)), unit=True),
    _Rule(is_title, unit=False, opening=True),
    _Rule(is_number_of_a_question, _IN_DIGITS, unit=False, opening=True),
    _Rule(is_item, _IN_DIGITS, unit=False, opening=True),
    _Rule(_is_road_width),
    _Rule(_is_half_of_nothing, frozenset((COLLECTIVE,)), unit=False),
    _Rule(_is_idiom),
)
_RULES_OF = {
    (style, unit, after_a_word): tuple(
        rule.excludes
        for rule in _RULES
        if style in rule.styles and rule.unit in (None, unit) and not (after_a_word and rule.opening)
    )
    for style in Style
    for unit in (True, False)
    for after_a_word in (True, False)
}
"""The rules to ask of a number, by how it is written, whether it has a unit, and whether a word stands before it."""
