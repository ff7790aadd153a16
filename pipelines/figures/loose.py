"""Figures of loose phrases: a cell, a search box, a line of a test corpus, where there is no prose around the number.

Everything with a value is wanted here: ordinals, fractions of any denominator, powers, an open range in two halves. No
unit is understood from a context. Texts are read by `extract`.
"""

from itertools import pairwise

from pipelines.figures.cardinals import read_cardinal
from pipelines.figures.changes import mark_changes
from pipelines.figures.compounds import join_compounds
from pipelines.figures.denominator import mark_denominators
from pipelines.figures.exclusions import drop_excluded
from pipelines.figures.figure import as_figure
from pipelines.figures.mention import (
    ARTICLE,
    DIGITS,
    DURATION,
    FRACTION,
    MAX,
    MEASURE,
    MIN,
    MONEY,
    ORDINAL,
    RATIO,
    WORDS,
    Mention,
    Sentence,
)
from pipelines.figures.numbers import read_numbers
from pipelines.figures.ordinals import ordinal_words, read_ordinal
from pipelines.figures.qualifiers import mark_approximations
from pipelines.figures.ranges import join_ranges
from pipelines.figures.ratios import read_ratios
from pipelines.figures.sentences import sentences
from pipelines.figures.units import attach_units, attached_scales, currency_codes
from pipelines.figures.vocabulary import cardinal_words, contexts
from schemas.figure import Figure

_GREATEST_POWER = 64
_HALVES = ("demi", "demie", "demis")
_SECOND = 2.0
_BOUNDS_APART = 7  # tokens between "supérieur à 30" and "inférieur à 40"


def extract_loose(text: str) -> tuple[Figure, ...]:
    """The figures of a loose phrase, its ordinals among them (kind `ordinal`); they may overlap the fractions."""
    return tuple(figure for start, end in sentences(text) for figure in _figures(Sentence.read(text, start, end)))


def _figures(sentence: Sentence) -> list[Figure]:
    mentions = _read_signs(sentence, _read_powers(sentence, _read_fractions(sentence, read_numbers(sentence))))
    mentions = join_ranges(sentence, read_ratios(sentence, join_compounds(sentence, attach_units(sentence, mentions))))
    mentions = _read_shares(sentence, _read_loose_units(sentence, _keep_articles(sentence, mentions)))
    mentions = mark_approximations(sentence, drop_excluded(sentence, mentions))
    mentions = mark_denominators(sentence, mark_changes(sentence, _join_bounds(sentence, mentions)))
    written = sentence.text[sentence.start : sentence.end].strip()
    found = [as_figure(sentence, mention, written) for mention in (*mentions, *_ordinals(sentence))]
    return sorted(found, key=lambda figure: figure.start)


def _read_fractions(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Vingt vingt-cinquièmes, trois vingt et unièmes; trente 3; 2,33 k."""
    read: list[Mention] = []
    for mention in mentions:
        if read and mention.first < read[-1].end:
            continue
        fraction = _any_fraction(sentence, mention.first)
        last = read[-1] if read else None
        if fraction is not None and fraction.end >= mention.end:
            read.append(fraction)
        elif last is not None and _is_unit_of_tens(last, mention):
            last.value, last.end = last.value + mention.value, mention.end
        else:
            _take_scale_letter(sentence, mention)
            read.append(mention)
    return read


def _any_fraction(sentence: Sentence, first: int) -> Mention | None:
    """A cardinal over an ordinal; a ten before the last unit is the ordinal's: cent trente-cinquièmes is 100/35."""
    last = first
    while sentence.folds[last] in cardinal_words() or (last > first and sentence.folds[last] in ("et", "-")):
        last += 1
    halved = sentence.folds[last] in _HALVES and sentence.folds[last - 1] != "et"
    if last == first or not (halved or sentence.folds[last] in ordinal_words()):
        return None
    over = _start_of_ordinal(sentence, last)
    number = read_cardinal(sentence.until(over), first)
    if number is None or number.end < over - 1 or not number.value:
        return None
    ordinal = read_ordinal(sentence, over)
    below = ordinal.value if ordinal is not None else _SECOND
    if (ordinal is None) != halved or (below == _SECOND and not halved):
        return None
    end = ordinal.end if ordinal is not None else last + 1
    value = number.value / below
    return Mention(first, end, value, FRACTION, kind=RATIO, unit="1", rule="fraction")


def _start_of_ordinal(sentence: Sentence, last: int) -> int:
    """Where the ordinal begins whose last word is there: vingt-cinquième, vingt et unième."""
    kind = ordinal_words().get(sentence.folds[last], ("", 0.0))[0]
    at = last - 1
    while sentence.folds[at] in ("et", "-"):
        at -= 1
    joins_a_ten = kind == "unit" and cardinal_words().get(sentence.folds[at], ("", 0.0))[0] == "ten"
    return at if joins_a_ten and at > 0 else last


def _is_unit_of_tens(tens: Mention, unit: Mention) -> bool:
    words = tens.style == WORDS and unit.style == DIGITS and unit.first == tens.end
    return words and 20 <= tens.value < 100 and tens.value % 10 == 0 and unit.value in range(1, 10)


def _take_scale_letter(sentence: Sentence, mention: Mention) -> None:
    scale = attached_scales().get(sentence.words[mention.end])
    if scale is not None and mention.style == DIGITS and mention.end + 1 == sentence.size:
        mention.value, mention.end = mention.value * scale, mention.end + 1


def _read_powers(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """1,1^23, 2,5^-1."""
    read: list[Mention] = []
    for mention in mentions:
        base = read[-1] if read else None
        between = sentence.folds[base.end : mention.first] if base is not None else []
        if base is None or between not in (["^"], ["^", "-"], ["^", "+"]) or abs(mention.value) > _GREATEST_POWER:
            read.append(mention)
        elif 0 < base.value < _GREATEST_POWER:
            base.value **= -mention.value if between[-1] == "-" else mention.value
            base.end = mention.end
    return read


def _read_signs(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Négatif un, - 1 4/5, moins deux; ,75."""
    for mention in mentions:
        before = sentence.folds[mention.first - 1]
        _take_decimal_comma(sentence, mention)
        if before.startswith("negati"):
            mention.style = WORDS if mention.style == ARTICLE else mention.style
            if mention.style == FRACTION:
                mention.first, mention.value = mention.first - 1, -mention.value
        elif mention.first == 1 and (before == "moins" or (before in ("-", "−") and not sentence.touches(0))):
            mention.first, mention.value = 0, -mention.value
    return mentions


def _take_decimal_comma(sentence: Sentence, mention: Mention) -> None:
    """,75 at the start of a phrase is 0,75."""
    digits = sentence.words[mention.first]
    if mention.first == 1 and sentence.words[0] in (",", ".") and sentence.touches(0) and digits.isdecimal():
        mention.first, mention.value = 0, mention.value / 10 ** len(digits)


def _keep_articles(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Pour un mois, et une semaine: lengths, whatever stands before them."""
    for mention in mentions:
        if mention.style == ARTICLE and mention.kind == DURATION:
            mention.style = WORDS
    taken = {at for mention in mentions for at in range(mention.first, mention.end)}
    lengths = (_whole_length(sentence, at) for at in range(sentence.size) if at not in taken)
    return sorted([*mentions, *(length for length in lengths if length)], key=lambda mention: mention.first)


def _whole_length(sentence: Sentence, at: int) -> Mention | None:
    """Toute la semaine, une pleine année."""
    unit = contexts().lengths.get(sentence.folds[at])
    before = sentence.folds[max(0, at - 3) : at]
    if unit is None or not any(word.startswith(("tout", "plein")) for word in before):
        return None
    return Mention(at, at + 1, 1.0, WORDS, kind=DURATION, unit=unit, rule="whole length")


def _read_loose_units(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Neuf livres, six pieds, 8 jpy: words and codes that in prose are more often something else."""
    for mention in mentions:
        _take_currency_code(sentence, mention)
        at = mention.end + (1 if sentence.keys[mention.end] == "de" else 0)
        unit = contexts().loose_units.get(sentence.folds[at])
        if unit is not None and mention.is_bare:
            mention.kind = MONEY if unit.isalpha() and unit.isupper() else MEASURE
            mention.unit, mention.end = unit, at + 1
    return mentions


def _take_currency_code(sentence: Sentence, mention: Mention) -> None:
    """SAR 43, INR33, 8 jpy: the code of a currency on either side of a number."""
    before, after = sentence.words[mention.first - 1].upper(), sentence.words[mention.end].upper()
    code = before if before in currency_codes() else after if after in currency_codes() else None
    if code is not None and mention.is_bare and mention.style == DIGITS:
        mention.kind, mention.unit, mention.rule = MONEY, code, "currency code"
        mention.first, mention.end = mention.first - (code == before), mention.end + (code != before)


def _read_shares(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Deux mille sur trois, 1 sur cent vingt et un: whatever the numbers."""
    read: list[Mention] = []
    for mention in mentions:
        part = read[-1] if read else None
        over = part is not None and sentence.folds[part.end : mention.first] == ["sur"] and mention.value
        if part is not None and over and part.is_bare and mention.is_bare and mention.high is part.high is None:
            part.value, part.end, part.rule = part.value / mention.value, mention.end, "share"
            part.kind, part.unit, part.style = RATIO, "1", FRACTION
        else:
            read.append(mention)
    return read


def _join_bounds(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Supérieur à 30 et inférieur à 40: one range."""
    for first, second in pairwise(mentions):
        both = {first.approx, second.approx} == {MIN, MAX}
        alike = (first.kind, first.unit) == (second.kind, second.unit) and first.high is second.high is None
        low, high = sorted((first, second), key=lambda mention: mention.approx != MIN)
        linked = not {"et", ","}.isdisjoint(sentence.folds[first.end : second.first])
        if both and alike and linked and low.value < high.value and second.first - first.end <= _BOUNDS_APART:
            first.value, first.high, first.approx, first.end = low.value, high.value, None, second.end
            return _join_bounds(sentence, [mention for mention in mentions if mention is not second])
    return mentions


def _ordinals(sentence: Sentence) -> list[Mention]:
    found: list[Mention] = []
    at = 0
    while at < sentence.size:
        ordinal = None if sentence.folds[at] in ("un", "une") else read_ordinal(sentence, at)
        if ordinal is not None:
            found.append(Mention(at, ordinal.end, ordinal.value, WORDS, kind=ORDINAL, rule="ordinal"))
        at = ordinal.end if ordinal is not None else at + 1
    return found
