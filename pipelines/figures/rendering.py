"""Figures in readable French and English: "environ 3,1 milliards d'euros par an", "about 3.1 billion euros"."""

from functools import cache
from typing import Literal

from pipelines.figures.data import read_yaml
from schemas.figure import Figure, FigureKind
from schemas.record import Record

Language = Literal["fr", "en"]
Said = dict[Language, str]
Numbered = dict[Language, tuple[str, str]]

_NARROW_SPACE = "\u202f"
_WHOLE_FROM = 1000  # from here on decimals say nothing to a reader
_VOWELS = "aeiouyéèêhà"


class Names(Record):
    """`names.yaml`."""

    units: dict[str, Numbered]
    scales: dict[float, Numbered]
    approximations: dict[str, Said]
    directions: dict[str, Said]
    per: dict[str, Said]
    words: dict[str, Said]


def readable(figure: Figure, language: Language) -> str:
    """The figure as a reader says it, with its approximation, its direction and what it is counted by."""
    names = _names()
    parts = [
        names.directions[figure.direction][language] if figure.direction else "",
        names.approximations[figure.approx][language] if figure.approx else "",
        _amount(figure, language),
        _per(figure.per, language) if figure.per and figure.kind != FigureKind.RATE else "",
    ]
    return " ".join(part for part in parts if part).replace("de environ", "d'environ")


def _amount(figure: Figure, language: Language) -> str:
    if figure.value is not None:
        return _with_unit(figure.value, figure, language)
    low, high = figure.low or 0.0, figure.high or 0.0
    between = _names().words["between"][language]
    return between.format(_number(low, language), _with_unit(high, figure, language))


def _with_unit(value: float, figure: Figure, language: Language) -> str:
    words, unit = _names().words, figure.unit
    if unit == "x":
        return words["times"][language].format(_number(value, language))
    if unit == "1":
        return _number(round(100 * value, 1), language) + (f"{_NARROW_SPACE}%" if language == "fr" else "%")
    if unit is not None and unit.startswith("/"):
        base = f"{_number(float(unit[1:]), language)} {figure.per or ''}".strip()
        return words["rate"][language].format(_number(value, language), base)
    number = _number(value, language)
    if unit is None:
        return number
    named = _names().units.get(unit)
    name = unit if named is None else named[language][abs(value) >= (2 if language == "fr" else 1.0000001)]
    return _joined(number, name, language, scaled=not number[-1].isdigit())


def _joined(number: str, name: str, language: Language, *, scaled: bool) -> str:
    if name in ("%", "°C"):
        return number + (f"{_NARROW_SPACE}{name}" if language == "fr" else name)
    if scaled and language == "fr":
        return f"{number} d'{name}" if name[:1].lower() in _VOWELS else f"{number} de {name}"
    return f"{number} {name}"


def _number(value: float, language: Language) -> str:
    for scale, names in _names().scales.items():
        if abs(value) >= scale:
            said = value / scale
            plural = abs(said) >= (2 if language == "fr" else 1.0000001)
            return f"{_digits(round(said, 3), language)} {names[language][plural]}"
    return _digits(round(value) if abs(value) >= _WHOLE_FROM else _short(value), language)


def _short(value: float) -> float:
    """Three digits after the last leading zero are enough to read."""
    return float(f"{value:.4g}") if abs(value) < 1 else round(value, 3)


def _digits(value: float, language: Language) -> str:
    written = f"{value:,.6f}".rstrip("0").rstrip(".") if value != int(value) else f"{value:,.0f}"
    return written.replace(",", _NARROW_SPACE).replace(".", ",") if language == "fr" else written


def _per(per: str, language: Language) -> str:
    named = _names().per.get(per)
    return named[language] if named is not None else _names().words["per"][language].format(per)


@cache
def _names() -> Names:
    return Names.model_validate(read_yaml("names"))
