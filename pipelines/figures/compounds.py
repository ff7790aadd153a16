"""Compounds: one quantity written in two units or with a half ("1 h 30", "un an et demi", "7 euros 50")."""

from pipelines.figures.mention import ARTICLE, DIGITS, DURATION, MEASURE, MONEY, WORDS, Mention, Sentence

# How many of the smaller unit make one of the larger; only pairs that convert exactly, or by the calendar.
_PARTS = {("a", "mo"): 12.0, ("wk", "d"): 7.0, ("d", "h"): 24.0, ("h", "min"): 60.0, ("min", "s"): 60.0}
_NEXT_SMALLER = {"h": "min", "min": "s"}
_HALVES = {"demi": 0.5, "demie": 0.5, "quart": 0.25}
_CENTS = 100


def join_compounds(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Join the parts of each compound into one mention in the smaller unit."""
    joined: list[Mention] = []
    for mention in mentions:
        if joined and mention.first < joined[-1].end:  # the "cents" of "7 euros et 50 cents"
            continue
        _take_half(sentence, mention)
        if not (joined and (_join(sentence, joined[-1], mention) or _add_fraction(sentence, joined[-1], mention))):
            joined.append(mention)
    return joined


def _take_half(sentence: Sentence, mention: Mention) -> None:
    """Un an et demi, deux heures et quart."""
    half = _HALVES.get(sentence.folds[mention.end + 1]) if sentence.folds[mention.end] == "et" else None
    timed = mention.kind in (DURATION, MEASURE)
    if half is None or not (timed or (mention.is_bare and half == 0.5)):
        return
    mention.value += half * mention.factor
    mention.end += 2
    mention.rule += "+half"
    if mention.style == ARTICLE:
        mention.style = WORDS


def _add_fraction(sentence: Sentence, whole: Mention, part: Mention) -> bool:
    """Trois et un cinquième, deux et demi (as a bare number)."""
    fraction = part.rule == "fraction" and part.value < 1 and sentence.folds[part.first] != "moitie"
    if not (fraction and whole.is_bare and sentence.folds[whole.end : part.first] == ["et"]):
        return False
    whole.value, whole.end, whole.style = whole.value + part.value, part.end, WORDS
    whole.rule += "+fraction"
    return True


def _join(sentence: Sentence, large: Mention, small: Mention) -> bool:
    if large.kind not in (DURATION, MONEY) or not _is_next(sentence, large, small):
        return False
    if large.kind == MONEY:
        return _join_cents(sentence, large, small)
    unit = large.unit or ""
    bare = small.is_bare and small.style in (DIGITS, WORDS) and small.first == large.end
    if bare and unit in _NEXT_SMALLER and small.value < 60 and small.value == int(small.value):
        return _merge(large, small, _NEXT_SMALLER[unit], 60.0, small.value)
    parts = _PARTS.get((unit, small.unit or ""))
    if parts is None or not small.value < parts:
        return False
    return _merge(large, small, small.unit or "", parts, small.value)


def _join_cents(sentence: Sentence, large: Mention, small: Mention) -> bool:
    """7 euros 50, treize euros et quarante-cinq centimes."""
    if large.scale > 1 or large.value != int(large.value):
        return False
    written = small.factor == 1 / _CENTS and small.unit == large.unit
    named = small.is_bare and sentence.folds[small.end] in ("cents", "cent", "centimes")
    bare = small.is_bare and small.style == DIGITS and small.first == large.end and 10 <= small.value < _CENTS
    if written:
        large.value += small.value
    elif (named or bare) and small.value < _CENTS:
        large.value += small.value / _CENTS
    else:
        return False
    large.end = small.end + (1 if named else 0)
    large.rule += "+cents"
    return True


def _merge(large: Mention, small: Mention, unit: str, parts: float, value: float) -> bool:
    large.value = large.value * parts + value
    large.unit, large.end, large.factor = unit, small.end, 1.0
    large.style = small.style
    large.rule += "+compound"
    return True


def _is_next(sentence: Sentence, large: Mention, small: Mention) -> bool:
    if small.first == large.end:
        return True
    linked = small.first == large.end + 1 and sentence.folds[large.end] == "et"
    return linked and sentence.folds[large.first - 1] != "entre"
