"""Numbers: digits, words, both mixed ("3,1 milliards"), fractions and round collectives ("une centaine").

A number becomes a mention without a unit; whether it is a quantity at all is decided later.
"""

from functools import cache

from pipelines.figures.cardinals import Cardinal, after_digits, read_cardinal
from pipelines.figures.classes import NUMBER
from pipelines.figures.mention import (
    ABOUT,
    ARTICLE,
    COLLECTIVE,
    DIGITS,
    FRACTION,
    RATIO,
    WORDS,
    Mention,
    Sentence,
)
from pipelines.figures.units import unit_words
from pipelines.figures.vocabulary import cardinal_words, exclusions, grammar, is_function_word, number_words, numbers

_BEFORE_SHARES = ("le", "du", "au", "ce", "de", "")
_EQUALLING = ("est", "etait", "sera", "serait", "soit", "vaut", "valait", "bien")  # soit le dixième de la pension
_ARTICLE_REACH = 4  # un Français sur quatre, une toute petite heure
_DAYS_IN_MONTH, _YEAR_DIGITS, _FIRST_YEAR, _LAST_YEAR = 31, 4, 1900, 2100
_REACHING = (
    "depass",
    "attei",
    "franchi",
    "approch",
    "avoisin",
    "frol",
    "exced",
    "superieur",
    "inferieur",
    "egal",
    "egaux",
    "proche",
)
_MARKS = frozenset(("barre", "cap", "seuil", "ordre"))
_ROUNDING = frozenset(("bons", "petits", "bon", "bonne", "petit", "petite", "gros", "grosse"))
_NUMBERING = frozenset(
    ("premiers", "derniers", "autres", "premier", "second", "dernier", "nouveau")
)  # un premier tiers des crédits
_BEFORE_SCALES = frozenset(("premiers", "premieres", "derniers", "dernieres", "nouveaux", "autres", "prochains"))
_STOPS = (",", ".", ";", ":", ")")
_NEGATIVE = ("negatif", "negative")
_NTH = ("e", "eme", "emes", "ieme", "iemes")
_LONGEST_NUMBER = 48  # number words in a row; a longer run is a recital, no quantity


def read_numbers(sentence: Sentence, *, names: bool = False) -> list[Mention]:
    """Every number of a sentence, in order, none overlapping another; plain names only where they are asked for."""
    mentions: list[Mention] = []
    end = 0
    for index in [at for at, own in enumerate(sentence.classes) if own & NUMBER]:
        value = sentence.values[index]
        if index < end or (value is None and _is_mere_article(sentence, index)):
            continue
        if value is not None and not names and (named := _name_end(sentence, index, value)) > index:
            end = named
            continue
        if (recited := _recital_end(sentence, index)) > index:
            end = recited
            continue
        mention = _read_at(sentence, index)
        if mention is not None:
            _take_scale_past_adjective(sentence, mention)
            mentions.append(mention)
            end = mention.end
    return mentions


def _take_scale_past_adjective(sentence: Sentence, mention: Mention) -> None:
    """Les 60 premiers millions de doses: an adjective may stand before the scale."""
    if sentence.folds[mention.end] not in _BEFORE_SCALES or mention.scale > 1:
        return
    scale = numbers().scales.get(sentence.folds[mention.end + 1])
    if scale is not None:
        mention.value, mention.scale, mention.end = mention.value * scale, scale, mention.end + 2


def _name_end(sentence: Sentence, index: int, value: float) -> int:
    """Where a date or a reference ends that is one whatever else stands there; the token itself where it is neither.

    `dates` and `names` know these and all others; this only spares reading the most frequent numbers of all.
    """
    if sentence.words[index - 1] == "°" and sentence.folds[index - 2] == "n":
        return _reference_end(sentence, index)
    return index + 1 if _is_plain_date(sentence, index, value) else index


def _reference_end(sentence: Sentence, first: int) -> int:
    """Where the number of a law ends: n° 2018-1021."""
    end = first + 1
    while sentence.words[end] == "-" and sentence.is_glued(end) and sentence.touches(end):
        if not _is_digits(sentence, end + 1):
            break
        end += 2
    return end


def _is_plain_date(sentence: Sentence, index: int, value: float) -> bool:
    """En 2018, juin 2018, 12 juin."""
    months, after = exclusions().months, sentence.folds[index + 1]
    if value <= _DAYS_IN_MONTH:
        dated = after in months
    elif len(sentence.words[index]) == _YEAR_DIGITS and _FIRST_YEAR <= value < _LAST_YEAR:
        before = sentence.folds[index - 1]
        ends = after in _STOPS or (not sentence.touches(index) and after not in unit_words())
        dated = ends and (before == "en" or before in months)
    else:
        return False
    return dated and value == int(value) and not sentence.touches(index - 1)


def _is_mere_article(sentence: Sentence, index: int) -> bool:
    """Whether "un" or "une" has nothing near that would make it a number: a unit, another number, "sur"."""
    if sentence.folds[index] not in ("un", "une") or sentence.folds[index - 1] in _NEGATIVE:
        return False
    near = sentence.folds[index + 1 : index + 1 + _ARTICLE_REACH]
    if not _beside_one().isdisjoint(near) or any(sentence.values[index + 1 : index + 3]):
        return False
    adjectives = grammar().inner_adjectives
    for word in near:
        if word not in adjectives:
            return word not in unit_words()
    return True


@cache
def _beside_one() -> frozenset[str]:
    words = numbers()
    named = (*words.denominators, *words.ordinals, "sur", "virgule", "pour")
    return number_words() | frozenset(named)


def _recital_end(sentence: Sentence, first: int) -> int:
    """Where too many number words in a row for one number end; the token itself where they are not too many."""
    last = first + _LONGEST_NUMBER
    if last >= sentence.size or not (sentence.values[last] is not None or sentence.folds[last] in number_words()):
        return first
    end = max(_run_end(sentence, first), _chain_end(sentence, first))
    return end if end > last else first


def _run_end(sentence: Sentence, first: int) -> int:
    words, index = number_words(), first
    while index < sentence.size and (sentence.folds[index] in words or sentence.values[index] is not None):
        index += 1
    return index


def _chain_end(sentence: Sentence, first: int) -> int:
    """Where digits joined by hyphens end, 1-2-3-4: a long chain of them is an identifier or a score."""
    index = first
    while index + 2 < sentence.size and sentence.words[index + 1] == "-" and sentence.values[index + 2] is not None:
        index += 2
    return index + 1


def _read_at(sentence: Sentence, index: int) -> Mention | None:
    after = index + 1
    if sentence.folds[after] not in _continuing() and not _is_digits(sentence, after):
        alone = _read_alone(sentence, index)
        if alone is not None:
            return alone
    number = read_cardinal(sentence, index)
    for read in (_read_mixed, _read_fraction, _read_collective, _read_half_noun):
        mention = read(sentence, index, number)
        if mention is not None:
            return _of_a_scale(sentence, mention)
    return _read_plain(sentence, index, number) if number is not None else _read_lone_scale(sentence, index)


def _read_alone(sentence: Sentence, index: int) -> Mention | None:
    """A number of one token: 1 200, deux, trente."""
    value, folded = sentence.values[index], sentence.folds[index]
    if value is not None:
        return Mention(index, index + 1, value, DIGITS, rule="cardinal")
    part, value = cardinal_words().get(folded, ("", 0.0))
    if part not in ("unit", "ten"):
        return None
    return Mention(index, index + 1, value, ARTICLE if folded in ("un", "une") else WORDS, rule="cardinal")


def _read_lone_scale(sentence: Sentence, index: int) -> Mention | None:
    """Dépasse le million d'euros, la barre du milliard, supérieur au million: one of a scale that is reached."""
    scale = numbers().scales.get(sentence.folds[index])
    if scale is None or sentence.keys[index - 1] not in ("le", "de", "a", "au"):
        return None
    reached = sentence.folds[index - 2].startswith(_REACHING) or sentence.folds[index - 2] in _MARKS
    return Mention(index, index + 1, scale, WORDS, scale, rule="lone scale") if reached else None


def _is_digits(sentence: Sentence, index: int) -> bool:
    return index < sentence.size and sentence.values[index] is not None


@cache
def _continuing() -> frozenset[str]:
    """What may follow a token and still be of its number: millions, dizaines, cinquièmes, /; most stand alone."""
    words = numbers()
    named = (*words.collectives, *words.small_adjectives, *words.denominators, "/", "demi", "demie", "virgule")
    return after_digits() | _ROUNDING | _NUMBERING | frozenset(named)


def _read_mixed(sentence: Sentence, index: int, number: Cardinal | None) -> Mention | None:
    """10 1/2: a whole number and a fraction."""
    if number is None or number.end != index + 1 or number.style != DIGITS or sentence.touches(index):
        return None
    if sentence.values[number.end] is None if number.end < sentence.size else True:
        return None
    part = _slashed_fraction(sentence, number.end) if sentence.words[number.end + 1] == "/" else None
    if part is None or number.value != int(number.value):
        return None
    return Mention(index, part.end, number.value + part.value, DIGITS, rule="mixed")


def _of_a_scale(sentence: Sentence, mention: Mention) -> Mention:
    """Un quart de million, un demi-milliard: a part of a scale is a number like any other."""
    at = mention.end + (1 if sentence.keys[mention.end] == "de" and mention.style == FRACTION else 0)
    words = numbers()
    scale = words.scales.get(sentence.folds[at]) or words.collectives.get(sentence.folds[at])
    part = mention.style == FRACTION or mention.rule == "half"
    if scale is None or not part:
        return mention
    whole = Mention(mention.first, at + 1, mention.value * scale, WORDS, scale, rule="part of a scale")
    if sentence.folds[at] in words.collectives:  # une demi-douzaine
        whole.style, whole.approx = COLLECTIVE, ABOUT
    return whole


def _read_plain(sentence: Sentence, index: int, number: Cardinal) -> Mention:
    """A cardinal: 1 200, deux cents, 3,1 milliards, un million et demi, cinq virgule deux."""
    if number.style == WORDS and sentence.folds[number.end] == "virgule":
        number = _with_spelled_decimals(sentence, number)
    elif number.scale >= 1e6 and sentence.folds[number.end : number.end + 2] in (["et", "demi"], ["et", "demie"]):
        number = number._replace(value=number.value + number.scale / 2, end=number.end + 2)
    return Mention(index, number.end, number.value, number.style, number.scale, rule="cardinal")


def _with_spelled_decimals(sentence: Sentence, whole: Cardinal) -> Cardinal:
    index, zeros = whole.end + 1, 0
    while sentence.folds[index] == "zero":
        index, zeros = index + 1, zeros + 1
    decimals = read_cardinal(sentence, index)
    if decimals is None or decimals.style not in (WORDS, ARTICLE):
        return whole
    places = zeros + len(str(int(decimals.value)))
    value = whole.value + decimals.value / 10**places
    return whole._replace(value=value, end=decimals.end, scale=1.0)


def _read_fraction(sentence: Sentence, index: int, numerator: Cardinal | None) -> Mention | None:
    """Un tiers, deux tiers, le quart de, la moitié, ½, 3/4 (the last only means something beside a unit)."""
    words, folded = numbers(), sentence.folds[index]
    if folded in words.fraction_signs:
        return _fraction(index, index + 1, words.fraction_signs[folded])
    if folded in words.halves:
        return _half(sentence, index)
    if folded in words.denominators and sentence.folds[index - 1] in _BEFORE_SHARES:
        return _definite_fraction(sentence, index)
    if sentence.values[index] is not None and sentence.words[index + 1] == "/":
        return _slashed_fraction(sentence, index)
    return _spelled_fraction(sentence, index, numerator) if numerator is not None and numerator.scale <= 1 else None


def _spelled_fraction(sentence: Sentence, index: int, numerator: Cardinal) -> Mention | None:
    if sentence.words[numerator.end] == "-" and sentence.touches(numerator.end):
        numerator = numerator._replace(end=numerator.end + 1)  # cinq-huitièmes
    adjective = sentence.folds[numerator.end]
    rounded = adjective in _ROUNDING  # un bon tiers, un petit quart
    numerator = numerator._replace(end=numerator.end + (rounded or adjective in _NUMBERING))
    if sentence.folds[numerator.end] in ("autres", "derniers", "premiers"):  # les deux autres tiers
        numerator = numerator._replace(end=numerator.end + 1)
    denominator = numbers().denominators.get(sentence.folds[numerator.end])
    if denominator is None or not _is_share(sentence, numerator):
        return None
    fraction = _fraction(index, numerator.end + 1, numerator.value / denominator)
    fraction.approx = ABOUT if rounded else None
    return fraction


def _half(sentence: Sentence, index: int) -> Mention | None:
    no_share = sentence.folds[index - 1] in ("à", "par", "-") or sentence.words[index + 1] == "-"
    if no_share:
        return None
    half = _fraction(index, index + 1, 0.5)
    half.approx = ABOUT if sentence.folds[index - 1] in _ROUNDING else None
    return half


def _definite_fraction(sentence: Sentence, index: int) -> Mention | None:
    """Le quart des communes, plus du tiers a moins de 25 ans, près du dixième; not "le tiers payant", "le dixième"."""
    words, folded, counted = numbers(), sentence.folds[index], sentence.keys[index + 1] == "de"
    named = sentence.folds[index + 2 if counted else index + 1] in words.not_fractions_before
    stated = sentence.folds[index - 1] == "le" and sentence.folds[index - 2] in _EQUALLING
    share = counted and (folded in ("tiers", "quart") or stated)
    limited = sentence.folds[index - 1] != "de" and sentence.folds[index - 2] in words.before_fractions
    plural = folded.endswith("s") and folded != "tiers"
    if named or plural or not (share or limited):
        return None
    return _fraction(index, index + 1, 1 / words.denominators[folded])


def _is_share(sentence: Sentence, numerator: Cardinal) -> bool:
    """Whether the denominator after that numerator is one: "un tiers" may be a person, "un cinquième" an ordinal."""
    after, denominator = numerator.end + 1, sentence.folds[numerator.end]
    named = sentence.folds[after + 1 if sentence.folds[after] in ("de", "d'") else after]  # un tiers de confiance
    if denominator.startswith("demi") or named in numbers().not_fractions_before:
        return False
    if sentence.words[after] == "-" and denominator != "tiers":
        return False
    if numerator.value >= 2:
        plural = denominator.endswith("s") or denominator == "quart"
        hyphened = sentence.words[numerator.end - 1] == "-"  # vingt-cinquième is an ordinal
        return plural or (numerator.value < 10 and not hyphened and not sentence.is_word(after))
    first = numerator.end - 1
    if sentence.keys[after] == "de" or sentence.folds[first - 1] in numbers().before_fractions:
        return True
    shared = sentence.folds[first - 1] in ("pour", ",", "et") and sentence.folds[after + 1] in ("le", "la", "l'", "les")
    led = sentence.folds[first - 1] in ("pour", ",", "et", "à") and sentence.folds[after] in ("en", "dans")
    if led or (sentence.folds[after] == "par" and (shared or sentence.folds[first - 1] == "pour")):
        return True  # s'explique pour un quart par le loyer
    if denominator == "tiers" and sentence.folds[after] in grammar().verbs and sentence.folds[after].endswith("nt"):
        return True  # un tiers sont partis; "un tiers est intervenu" is a person
    if denominator == "quart" and sentence.folds[after] in ("et", "ou"):
        return True
    noun_follows = sentence.is_word(after) and not is_function_word(sentence.folds[after])
    counts = denominator.endswith("ieme") and noun_follows  # l'instauration d'un dixième mois
    of = sentence.keys[numerator.end - 2] == "de" and not counts
    return of or (denominator != "tiers" and not sentence.is_word(after))


def _slashed_fraction(sentence: Sentence, index: int) -> Mention | None:
    top, bottom = sentence.values[index], None
    if sentence.touches(index) and sentence.touches(index + 1):
        bottom = sentence.values[index + 2]
    if top is None or bottom is None or not 0 < top < bottom or sentence.words[index + 3] == "/":
        return None
    if sentence.touches(index + 2) and sentence.folds[index + 3] in _NTH:  # 1/6ème
        return _fraction(index, index + 4, top / bottom)
    return _fraction(index, index + 3, top / bottom) if bottom <= 10 else None


def _fraction(first: int, end: int, value: float) -> Mention:
    return Mention(first, end, value, FRACTION, kind=RATIO, unit="1", rule="fraction")


def _read_collective(sentence: Sentence, index: int, number: Cardinal | None) -> Mention | None:
    """Une centaine, deux douzaines, une bonne dizaine de milliers: about so many."""
    words, at, factor = numbers(), index, 1.0
    if number is not None:
        at, factor = number.end, number.value
        while sentence.folds[at] in words.small_adjectives:
            at += 1
    size = words.collectives.get(sentence.folds[at])
    if size is None or (number is None and sentence.folds[at].endswith("s")):
        return None
    value, end, scale = size * factor, at + 1, 1.0
    if sentence.keys[end] == "de" and (bigger := _scale_noun(sentence.folds[end + 1])) is not None:
        value, end, scale = value * bigger, end + 2, bigger
    exact = sentence.values[index] is not None and sentence.folds[at] == "milliers"  # 1 438 milliers de tonnes
    approx = None if exact else ABOUT
    return Mention(index, end, value, COLLECTIVE, scale, approx=approx, rule="collective")


def _scale_noun(word: str) -> float | None:
    return numbers().scales.get(word) or (1000.0 if word == "milliers" else None)


def _read_half_noun(sentence: Sentence, index: int, number: Cardinal | None) -> Mention | None:
    """Demi-heure, trois demi-journées: so many halves of the unit that follows."""
    at = number.end if number else index
    if sentence.folds[at] not in ("demi", "demie"):
        return None
    hyphened = sentence.words[at + 1] in ("-", "‑")
    if not hyphened and sentence.folds[at + 1] not in numbers().scales:  # un demi million
        return None
    return Mention(index, at + (2 if hyphened else 1), 0.5 * (number.value if number else 1), COLLECTIVE, rule="half")
