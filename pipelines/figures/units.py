"""Units: what stands after a number (or before it, "€ 300") and makes it money, a share, a duration or a measure."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from pipelines.figures.data import read_yaml
from pipelines.figures.governors import is_amount_of_change
from pipelines.figures.mention import (
    COLLECTIVE,
    COUNT,
    DIGITS,
    DURATION,
    FRACTION,
    MEASURE,
    MONEY,
    WORDS,
    Mention,
    Sentence,
)
from pipelines.figures.tokens import fold, words_of
from pipelines.figures.vocabulary import contexts, grammar
from schemas.figure import FigureKind
from schemas.record import Record

_PREFIX_CURRENCIES = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_PENSION_REACH = 24
_ISO_BEFORE = frozenset(("EUR", "USD", "GBP", "CHF", "FRF", "JPY", "CAD", "MXN", "XPF"))
_MOST_ADJECTIVES = 2
_MINUS = frozenset(("-", "−", "moins", "negatif", "negative"))
_SCALED = 1e6  # from here on the unit is joined by "de": 3 millions d'euros, mille euros


class UnitEntry(Record):
    """One line of `units.yaml`: a unit and the ways to write it."""

    code: str
    words: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    factor: float = 1.0


class UnitTable(Record):
    """`units.yaml`."""

    attached_scales: dict[str, float]
    money: tuple[UnitEntry, ...]
    percentage: tuple[UnitEntry, ...]
    percentage_point: tuple[UnitEntry, ...]
    rate: tuple[UnitEntry, ...]
    duration: tuple[UnitEntry, ...]
    measure: tuple[UnitEntry, ...]


class Unit(NamedTuple):
    """A unit as a figure carries it; `factor` turns the written number into it."""

    code: str
    kind: FigureKind
    factor: float
    end: int  # the token after it


class _Forms(NamedTuple):
    """Every way to write a unit: folded words, and symbols as written."""

    words: dict[tuple[str, ...], Unit]
    symbols: dict[tuple[str, ...], Unit]
    lengths: dict[str, tuple[int, ...]]  # by its first word, folded: how many words a form has, the longest first


def attach_units(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Give each number the unit written beside it; numbers without one stay bare."""
    apart: list[Mention] = []
    for mention in mentions:
        floor = apart[-1].end if apart else 0
        if mention.first < floor:  # "cents" is a unit in "50 cents", no number
            continue
        unit = _unit_after(sentence, mention)
        if unit is not None:
            _give(mention, unit)
        elif mention.style != FRACTION and mention.first > floor:
            _read_currency_before(sentence, mention, floor)
        if mention.first > floor or not floor:
            _read_minus(sentence, mention)
        apart.append(mention)
    return apart


def unit_at(sentence: Sentence, index: int) -> Unit | None:
    """The longest unit written from that token on."""
    forms = _forms()
    for length in forms.lengths.get(sentence.folds[index], ()):
        end = index + length
        if end > sentence.size:
            continue
        unit = forms.words.get(tuple(sentence.folds[index:end]))
        if unit is None:
            unit = forms.symbols.get(tuple(sentence.words[index:end]))
            if unit is not None and not _is_written_together(sentence, index, end):
                unit = None
        if unit is not None:
            return Unit(unit.code, unit.kind, unit.factor, end)
    return None


def _read_minus(sentence: Sentence, mention: Mention) -> None:
    """−10 °C, 5 degrés au-dessous de zéro; before money and shares the sign is a direction, read with the changes."""
    if mention.kind not in (COUNT, MEASURE) or mention.style == FRACTION:
        return
    if (under := _below_zero(sentence, mention.end)) > 0:
        mention.end += under
        mention.kind, mention.unit, mention.value = MEASURE, mention.unit or "deg", -mention.value
    elif sentence.folds[mention.first - 1] in _MINUS:
        _take_minus(sentence, mention)


def _take_minus(sentence: Sentence, mention: Mention) -> None:
    if sentence.words[mention.first - 1] in ("-", "−") and not sentence.touches(mention.first - 2):
        warm = mention.unit in ("Cel", "deg", "[degF]")
        if warm or (sentence.touches(mention.first - 1) and mention.style == DIGITS):
            mention.first, mention.value = mention.first - 1, -mention.value
    # par moins 5 degrés
    elif mention.unit in ("Cel", "deg", "[degF]") and sentence.folds[mention.first - 1] == "moins":
        if sentence.folds[mention.first - 2] not in ("au", "du", "ou", "en"):
            mention.first, mention.value = mention.first - 1, -mention.value
    elif sentence.folds[mention.first - 1] in ("negatif", "negative"):
        mention.first, mention.value = mention.first - 1, -mention.value


def _below_zero(sentence: Sentence, at: int) -> int:
    """How many tokens say "sous zéro" or "au-dessous de zéro" from there on."""
    below = sentence.folds[at : at + 4]
    if "zero" not in below:
        return 0
    if below[:2] == ["sous", "zero"]:
        return 2
    return len(below) if below[-1] == "zero" and "dessous" in below else 0


@cache
def unit_words() -> frozenset[str]:
    """The first words and signs of all units, folded."""
    return frozenset(_forms().lengths)


@cache
def written_units() -> frozenset[str]:
    """The units of one word in lower case, as they are written and without accents."""
    words = {form.lower() for kind in FigureKind for entry in _entries(kind) for form in entry.words if " " not in form}
    words |= {fold(word) for word in words}
    return frozenset(words | {f"{word}s" for word in words})


def _entries(kind: FigureKind) -> tuple[UnitEntry, ...]:
    return getattr(_table(), kind, ())


@cache
def currency_codes() -> frozenset[str]:
    """The codes of all currencies: EUR, JPY."""
    return frozenset(entry.code for entry in _table().money)


@cache
def attached_scales() -> dict[str, float]:
    """Multipliers written against the digits: 100k, 10M."""
    return _table().attached_scales


def _give(mention: Mention, unit: Unit) -> None:
    if mention.style == FRACTION:
        mention.style = COLLECTIVE
    mention.kind, mention.unit, mention.factor = unit.kind, unit.code, unit.factor
    mention.value *= unit.factor
    mention.end, mention.rule = unit.end, f"{mention.rule}+{unit.kind}"


def _unit_after(sentence: Sentence, mention: Mention) -> Unit | None:
    at = mention.end
    if mention.style == FRACTION:
        return _unit_of_fraction(sentence, mention)
    if mention.style == DIGITS and sentence.words[at] == "-" and sentence.touches(at - 1) and sentence.touches(at):
        unit = unit_at(sentence, at + 1)  # 30-minutes
        return unit if unit and unit.kind == DURATION else None
    joined = max(mention.scale, mention.value) >= _SCALED or mention.style == COLLECTIVE
    if joined and sentence.keys[at] == "de":
        at += 1
    adjectives, farthest = grammar().inner_adjectives, at + _MOST_ADJECTIVES
    while at < farthest and sentence.folds[at] in adjectives:
        at += 1
    unit = unit_at(sentence, at)
    if unit is None or (unit.code == "pp" and not _is_share_of_change(sentence, mention, unit)):
        return None
    return unit


def _unit_of_fraction(sentence: Sentence, mention: Mention) -> Unit | None:
    """Trois quarts d'heure, 1/4 de litre, ½ tonne; "un tiers des heures" is a share of them."""
    at = mention.end
    if sentence.folds[at] in ("d'", "de"):
        at += 1
    elif sentence.is_word(mention.end - 1) and not sentence.folds[mention.end - 1].startswith("demi"):
        return None  # un demi litre
    unit = unit_at(sentence, at)
    return unit if unit and unit.kind in (DURATION, MEASURE) else None


def _is_share_of_change(sentence: Sentence, mention: Mention, unit: Unit) -> bool:
    """Whether "points" are percentage points: written so, or the amount of a change (a gagné 4 points, 0,5 point)."""
    after = unit.end + (sentence.keys[unit.end] == "de")
    after += sentence.keys[after] == "le"  # deux points de la retraite
    if sentence.folds[after] in contexts().counted_points:
        return False  # relever de deux points d'indice
    near = sentence.folds[max(0, mention.first - _PENSION_REACH) : unit.end + 4]
    if not contexts().indexed.isdisjoint(near) and contexts().rated.isdisjoint(near):
        return False  # la pension est relevée de 30 points
    if unit.end - mention.end > 1 or mention.value != int(mention.value):
        return True
    return mention.style in (DIGITS, WORDS) and is_amount_of_change(sentence, mention.first)


def _read_currency_before(sentence: Sentence, mention: Mention, floor: int) -> None:
    """€ 300, EUR 1000, usd$ 15."""
    before = sentence.words[mention.first - 1]
    code = _PREFIX_CURRENCIES.get(before) or (before if before in _ISO_BEFORE else None)
    if code is None or mention.style != DIGITS:
        return
    mention.first -= 1
    if before == "$" and mention.first > floor and (named := sentence.words[mention.first - 1].upper()) in _ISO_BEFORE:
        code, mention.first = named, mention.first - 1
    mention.kind, mention.unit, mention.rule = MONEY, code, "cardinal+money_before"


def _is_written_together(sentence: Sentence, first: int, end: int) -> bool:
    """Whether a digit inside a symbol touches its letters: m2, not "m 2"; "p. 100" may have its space."""
    digits = (at for at in range(first + 1, end) if sentence.values[at] is not None)
    return all(sentence.touches(at - 1) or not sentence.is_word(at - 1) for at in digits)


@cache
def _table() -> UnitTable:
    return UnitTable.model_validate(read_yaml("units"))


@cache
def _forms() -> _Forms:
    words: dict[tuple[str, ...], Unit] = {}
    symbols: dict[tuple[str, ...], Unit] = {}
    for kind in FigureKind:
        for entry in _entries(kind):
            unit = Unit(entry.code, kind, entry.factor, 0)
            for form in entry.words:
                folded = tuple(map(fold, words_of(form)))
                words[folded] = unit
                words.setdefault((*folded[:-1], f"{folded[-1]}s"), unit)
            symbols |= {tuple(words_of(form)): unit for form in entry.symbols}
    lengths: defaultdict[str, set[int]] = defaultdict(set)
    for written in (*words, *symbols):
        lengths[fold(written[0])].add(len(written))
    return _Forms(words, symbols, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})
