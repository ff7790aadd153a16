"""Denominator: what a figure is counted by ("par an", "/km", "mensuels", "chaque semaine", "indemnité horaire de")."""

from pipelines.figures.mention import Mention, Sentence
from pipelines.figures.tokens import fold
from pipelines.figures.vocabulary import denominators
from schemas.figure import FigureKind

_REACH = 7
_ADJECTIVE_REACH = 11
_ENDS = frozenset((".", ";", ":", "!", "?", "«", "»", "("))
_CALENDAR = frozenset(("a", "mo", "wk", "d", "h", "min", "s", "trimestre", "semestre"))


def mark_denominators(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Give each mention what it is counted by, if the text says so beside it."""
    for position, mention in enumerate(mentions):
        if mention.per is not None or mention.kind == FigureKind.RATE:
            continue
        ceiling = mentions[position + 1].first if position + 1 < len(mentions) else len(sentence.tokens)
        mention.per = _beside(sentence, mention) or _after(sentence, mention, ceiling) or _before(sentence, mention)
    return mentions


def _beside(sentence: Sentence, mention: Mention) -> str | None:
    """20 €/km, 2 euros le kilo, 15 euros de l'heure, 1 200 euros bruts mensuels."""
    at = mention.end
    if sentence.word(at) == "/" and mention.unit is not None:
        symbol = "".join((sentence.word(at + 1), sentence.word(at + 2) if sentence.word(at + 2) in "23²³" else ""))
        return (
            denominators().units.get(fold(symbol))
            or denominators().units.get(fold(sentence.word(at + 1)))
            or sentence.word(at + 1)
            or None
        )
    while sentence.fold(at) in ("brut", "bruts", "brute", "net", "nets", "nette", "ttc", "ht", "hors", "taxes"):
        at += 1
    if sentence.fold(at) in denominators().adjectives and mention.unit is not None:
        return denominators().adjectives[sentence.fold(at)]
    if mention.kind == FigureKind.MONEY:
        at += 1 if sentence.fold(at) == "de" else 0
        if sentence.fold(at) in ("le", "la", "l'") and sentence.fold(at + 1) != "an":
            return denominators().units.get(sentence.fold(at + 1))
    return None


def _after(sentence: Sentence, mention: Mention, ceiling: int) -> str | None:
    """Par an, par nuit et par agent, chaque semaine, tous les mois; the counted noun may stand before it."""
    words = denominators()
    for at in range(mention.end, min(mention.end + _REACH, ceiling)):
        folded = sentence.folds[at]
        if sentence.tokens[at].text in _ENDS or folded in words.blockers:
            return None
        if folded == "," and at > mention.end:
            return None
        found = _stated(sentence, at)
        if found is not None:
            return found
    return None


def _stated(sentence: Sentence, at: int) -> str | None:
    """What is said from that token: par X, chaque X, tous les X."""
    folded = sentence.fold(at)
    if folded == "par":
        named = sentence.fold(at + 1)
        unit = denominators().units.get(named)
        noun = sentence.word(at + 1) if _is_counted_by(named) else None
        return unit or noun
    if folded == "chaque":
        return _calendar(sentence.fold(at + 1))
    if folded in ("tous", "toutes") and sentence.key(at + 1) == "le":
        return _calendar(sentence.fold(at + 2))
    return None


def _before(sentence: Sentence, mention: Mention) -> str | None:
    """Chaque année, 2 200 étudiants; une indemnité horaire de 3 euros."""
    first = mention.outer
    if sentence.fold(0) == "chaque" and first <= 4:
        return _calendar(sentence.fold(1))
    if mention.kind != FigureKind.MONEY:
        return None
    for at in range(first - 1, max(-1, first - _ADJECTIVE_REACH), -1):
        if sentence.word(at) in (",", *(_ENDS - {"("})) or sentence.tokens[at].value is not None:
            return None
        if sentence.folds[at] in denominators().adjectives:
            return denominators().adjectives[sentence.folds[at]]
    return None


def _is_counted_by(folded: str) -> bool:
    nouns = denominators().nouns
    return folded in nouns or folded.removesuffix("s") in nouns or folded.removesuffix("x") in nouns


def _calendar(folded: str) -> str | None:
    code = denominators().units.get(folded)
    return code if code in _CALENDAR else None
