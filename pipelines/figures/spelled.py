"""Spelled numbers written in digits: "vingt-cinq vaches" becomes "25 vaches", "la dixième" "la 10ème".

A number said digit by digit stays so ("zéro six douze" is 06 12); an isolated small number stays a word, since "un" is
an article more often than a number; numbers side by side are all written in digits.
"""

from collections.abc import Iterator
from typing import NamedTuple

from pipelines.figures.cardinals import Reading, skip_joint
from pipelines.figures.mention import Sentence
from pipelines.figures.ordinals import read_ordinal
from pipelines.figures.vocabulary import cardinal_words, is_function_word

_SMALLEST_ALONE = 3.0
_BESIDE = frozenset((",", "+", "=", "×", "/"))  # between numbers of one sequence
_ONE = ("un", "une")
_TENS_WITH_ET = (20, 30, 40, 50, 60)
_SIGNS = {"moins": "-", "plus": "+"}
_BEFORE_COMPARISONS = frozenset((
    "au", "du", "de", "d'", "non", "ou", "le", "la", "les", "pas", "bien", "beaucoup", "peu", "en", "moins", "plus",
))  # fmt: skip
_PLACES = {"premier": "er", "premiere": "ère", "second": "nd", "seconde": "nde"}


class _Item(NamedTuple):
    """A number in words: its tokens, what is written for it, its value."""

    first: int
    end: int
    digits: str
    value: float
    is_place: bool = False


def write_digits(text: str, *, smallest_alone: float = _SMALLEST_ALONE) -> str:
    """The text with its spelled numbers in digits.

    Args:
        text: Any text.
        smallest_alone: Numbers below this stay words where no other number stands beside them.
    """
    sentence = Sentence.read(text, 0, len(text))
    parts, at = [], 0
    for run in _runs(sentence, list(_items(sentence))):
        for item in run:
            sign = _sign(sentence, item, len(run))
            smallest = smallest_alone if sign != "-" else 2.0  # moins deux
            if len(run) > 1 or _is_written_alone(sentence, item, smallest):
                parts += [text[at : sentence.starts[item.first - bool(sign)]], sign, item.digits]
                at = sentence.end_of(item.end - 1)
    return "".join((*parts, text[at:]))


def _sign(sentence: Sentence, item: _Item, beside: int) -> str:
    """Il fait moins quinze: a sign; "au moins quinze", "non plus", "trois de moins" compare."""
    compares = sentence.folds[item.first - 2] in _BEFORE_COMPARISONS
    return "" if compares or beside > 1 or item.is_place else _SIGNS.get(sentence.folds[item.first - 1], "")


def _is_written_alone(sentence: Sentence, item: _Item, smallest: float) -> bool:
    if item.value < smallest:
        return False
    if sentence.folds[item.first : item.end] != ["neuf"]:
        return True
    before, counted = sentence.folds[item.first - 1], sentence.folds[item.end][-1:] in ("s", "x")
    return counted or before in ("", "numero") or is_function_word(before)  # "un logement neuf" is a new one


def _runs(sentence: Sentence, items: list[_Item]) -> Iterator[list[_Item]]:
    """The items, those side by side together."""
    run: list[_Item] = []
    for item in items:
        between = sentence.folds[run[-1].end : item.first] if run else []
        beside = run and (not between or (len(between) == 1 and between[0] in _BESIDE))
        if run and not (beside and run[-1].is_place == item.is_place):
            yield run
            run = []
        run.append(item)
    if run:
        yield run


def _items(sentence: Sentence) -> Iterator[_Item]:
    index, last_end = 0, -1
    while index < sentence.size:
        item = _place(sentence, index) or _cardinal(sentence, index, in_sequence=index == last_end)
        if item is None:
            index += 1
            continue
        index = last_end = item.end
        joins = sentence.words[index] == "-" and sentence.touches(index - 1)
        if joins and sentence.folds[index + 1] in cardinal_words():
            index = _end_of_compound(sentence, index)  # vingt-un is no number
        elif sentence.folds[item.first - 1] != "virgule":
            yield _with_decimals(sentence, item)
            index = max(index, _with_decimals(sentence, item).end)


def _place(sentence: Sentence, index: int) -> _Item | None:
    if sentence.folds[index] in _ONE or sentence.values[index] is not None:
        return None
    ordinal = read_ordinal(sentence, index)
    if ordinal is None:
        return None
    folded = sentence.folds[ordinal.end - 1]
    plural = "s" if folded.endswith("s") else ""
    ending = _PLACES.get(folded.removesuffix("s"), "ème") + plural
    return _Item(index, ordinal.end, f"{ordinal.value:.0f}{ending}", ordinal.value, is_place=True)


def _cardinal(sentence: Sentence, first: int, *, in_sequence: bool) -> _Item | None:
    """One number, its leading zeros kept: "zéro huit" is 08."""
    index = first
    while sentence.folds[index] == "zero":
        index += 1
    zeros = index - first
    end, value = _whole(sentence, index, in_sequence=in_sequence)
    if end == index:
        return _Item(first, index, "0" * zeros, 0.0) if zeros else None
    return _Item(first, end, "0" * zeros + f"{value:.0f}", value if not zeros else max(value, 10.0))


def _whole(sentence: Sentence, first: int, *, in_sequence: bool) -> tuple[int, float]:
    """The end and the value of the whole number read from a token on; the end is `first` where there is none."""
    reading, index, words = Reading(), first, cardinal_words()
    while index < sentence.size:
        at = skip_joint(sentence, index, reading) if index > first else index
        word = words.get(sentence.folds[at])
        if word is None or word[1] == 0 or _breaks(sentence, reading, at, index, in_sequence=in_sequence):
            break
        if not reading.take(*word):
            break
        index = at + 1
    return index, reading.value


def _breaks(sentence: Sentence, reading: Reading, at: int, index: int, *, in_sequence: bool) -> bool:
    """Whether a word starts the next number: "vingt un" is 20 1, "un mille" 1 1000, "trois quatre vingt" 3 4 20."""
    fold, joined = sentence.folds[at], at > index
    if fold in _ONE:
        return (
            reading.rest % 100 in _TENS_WITH_ET
            and sentence.folds[at - 1] != "et"
            and "et" not in sentence.folds[index:at]
        )
    if fold.startswith("mil") and len(fold) < len("million"):
        return reading.rest == 1 and sentence.folds[index - 1] in _ONE
    return fold.startswith("vingt") and reading.rest % 100 == 4 and in_sequence and not joined


def _with_decimals(sentence: Sentence, item: _Item) -> _Item:
    """Cent vingt virgule zéro cinq is 120,05."""
    if item.is_place or sentence.folds[item.end] != "virgule":
        return item
    part = _cardinal(sentence, item.end + 1, in_sequence=False) if item.end + 1 < sentence.size else None
    if part is None:
        return item
    return item._replace(end=part.end, digits=f"{item.digits},{part.digits}", value=max(item.value, _SMALLEST_ALONE))


def _end_of_compound(sentence: Sentence, index: int) -> int:
    while sentence.words[index] == "-" and sentence.touches(index - 1) and sentence.touches(index):
        index += 2
    return index
