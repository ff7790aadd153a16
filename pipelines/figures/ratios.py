"""Ratios: shares ("un sur cinq"), rates ("12 pour 100 000 habitants"), factors ("multiplié par 8", "2 fois plus")."""

from pipelines.figures.classes import FUNCTION_WORD
from pipelines.figures.mention import (
    ARTICLE,
    DIGITS,
    DOWN,
    FRACTION,
    MEASURE,
    MONEY,
    PERCENTAGE,
    RATE,
    RATIO,
    UP,
    WORDS,
    Mention,
    Sentence,
)
from pipelines.figures.phrases import is_noun_like, is_plural_noun
from pipelines.figures.ranges import is_year_written
from pipelines.figures.vocabulary import grammar, number_words
from schemas.figure import Direction

_RATE_BASES = (100.0, 1000.0, 10_000.0, 100_000.0, 1_000_000.0)
_PERCENT = 100
_PLAIN_RATE_BASES = (10_000.0, 100_000.0, 1_000_000.0)
_SHARE_BASES = (2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 50, 100, 1000, 10_000)
_COUNTED_BASES = frozenset((7, 9, 12, 15))  # huit matchs sur neuf: two counts, as "un match sur neuf" is not
_CONSUMPTION_BASE = 100
_LINKS_OF_RATES = ("aux", "/", "pour", "par", "les")
_NOUN_REACH = 3
_MORE = frozenset(("plus", "superieur", "superieure", "superieurs", "superieures", "davantage"))
_LESS = frozenset(("moindre", "moindres", "moins", "inferieur", "inferieure", "inferieurs", "inferieures"))
_DOUBLING = (
    ("doubl", 2.0), ("tripl", 3.0), ("quadrupl", 4.0), ("quintupl", 5.0), ("sextupl", 6.0), ("decupl", 10.0),
    ("centupl", 100.0),
)  # fmt: skip
_STEMS = tuple(stem for stem, _ in _DOUBLING)
_BETWEEN = frozenset(("plus", "de", "pres", "moins", "environ", "simplement", "seulement", "presque", "un", "quelque"))
_COMPARED = frozenset(("le", "celui", "celle", "ceux", "celles", "ce"))
_VERB_ENDINGS = frozenset(
    ("er", "ee", "ees", "es", "era", "eront", "ent", "erait", "eraient", "ement", "aient", "ait", "ant")
)


def read_ratios(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Turn pairs of numbers into shares and rates, numbers of times into factors, and read the verbs of doubling."""
    read: list[Mention] = []
    position = 0
    while position < len(mentions):
        mention = mentions[position]
        following = mentions[position + 1] if position + 1 < len(mentions) else None
        near = following is not None and following.first - mention.end <= _NOUN_REACH + 1
        if (
            following is not None
            and near
            and (_join_consumption(sentence, mention, following) or _join_pair(sentence, mention, following))
        ):
            position += 1
            _share_rate(sentence, mention, read)
        elif mention.is_bare:
            _read_factor(sentence, mention)
            if read and read[-1].rule == "multiplied":
                _share_factor(sentence, mention, read[-1])
        read.append(mention)
        position += 1
    written = sentence.text[sentence.start : sentence.end].lower()
    may_double = "oubl" in written or "ripl" in written or "upl" in written  # what every verb of doubling has in it
    doublings = _read_doublings(sentence) if may_double else []
    if not doublings:
        return read
    taken = {at for mention in read for at in range(mention.first, mention.end)}
    apart = (mention for mention in doublings if mention.first not in taken)
    return sorted([*read, *apart], key=lambda mention: mention.first)


def _join_pair(sentence: Sentence, first: Mention, second: Mention) -> bool:
    gap = second.first - first.end - 1
    of_units = first.style == ARTICLE and gap == 0 and sentence.folds[first.end] == "sur"  # un euro sur quatre
    if gap < 0 or not (first.is_bare or of_units) or not second.is_bare:
        return False
    if not all(sentence.is_word(at) or sentence.words[at] == "-" for at in range(first.end, second.first - 1)):
        return False
    link = sentence.folds[second.first - 1]
    counted = sentence.slice(first.end, second.first - 1) if gap and sentence.folds[first.end] != "par" else None
    beside = gap == 0 and first.style == ARTICLE and second.value > 1  # un sur vingt et un
    if first.style == ARTICLE and gap and link != "pour" and _counts(sentence, second):
        return False  # une enquête sur 100 services
    if link == "sur" and (beside or _is_share(first, second)):
        first.kind, first.unit, first.value = RATIO, "1", first.value / second.value
        first.style, first.rule = FRACTION, "share"
    elif link == "pour" and second.value == _PERCENT and not gap and not is_noun_like(sentence, second.end):
        first.kind, first.unit, first.rule = PERCENTAGE, "%", "percentage"  # 50 pour 100 du prix
    elif _is_rate(first, second, link) and _is_counted_by(sentence, second.end):
        first.kind, first.unit, first.rule = RATE, f"/{int(second.value)}", "rate"
        first.per = sentence.words[second.end]
        second = Mention(second.first, second.end + 1, 0, DIGITS)
    elif link == "/" and second.value in _PLAIN_RATE_BASES and first.style == second.style == DIGITS:
        first.kind, first.unit, first.rule = RATE, f"/{int(second.value)}", "rate"  # 377/100 000
    else:
        return False
    first.end, first.subject = second.end, counted
    return True


def _share_rate(sentence: Sentence, rate: Mention, earlier: list[Mention]) -> None:
    """Le taux passe de 49 à 89 pour 100 000 habitants: the first of two levels is a rate too."""
    first = earlier[-1] if earlier else None
    if first is None or rate.kind != RATE or not first.is_bare or sentence.folds[first.end : rate.first] != ["à"]:
        return
    if sentence.keys[first.first - 1] == "de":
        first.kind, first.unit, first.per, first.rule = rate.kind, rate.unit, rate.per, f"list:{rate.rule}"


def _is_rate(first: Mention, second: Mention, link: str) -> bool:
    """12 pour 100 000 habitants, une infirmière pour 2 500 élèves: one for so many is a rate too."""
    one = link == "pour" and first.value == 1 and second.value >= _PERCENT
    return one or (link in ("pour", "/") and second.value in _RATE_BASES)


def _counts(sentence: Sentence, number: Mention) -> bool:
    """Whether a noun in the plural follows a number: 100 services; not "une ferme sur 100 vend du lait"."""
    return is_plural_noun(sentence, number.end) and is_noun_like(sentence, number.end)


def _join_consumption(sentence: Sentence, volume: Mention, distance: Mention) -> bool:
    """6 litres aux 100 km, 18 kWh/100 km, 400 euros les mille litres: the round measure is what it is counted by."""
    linked = distance.first == volume.end + 1 and sentence.folds[volume.end] in _LINKS_OF_RATES
    consumed = volume.kind == MEASURE and distance.unit == "km" and distance.value == _CONSUMPTION_BASE
    priced = volume.kind == MONEY and distance.kind == MEASURE and distance.value in _RATE_BASES
    if not linked or not (consumed or priced):
        return False
    volume.end, volume.per = distance.end, f"{distance.value:.0f} {distance.unit}"
    return True


def _is_counted_by(sentence: Sentence, at: int) -> bool:
    of_a_year = is_year_written(sentence.words[at - 1]) and sentence.classes[at] & FUNCTION_WORD  # pour 2025 de
    return not of_a_year and sentence.is_word(at) and sentence.folds[at] not in number_words()


def _is_share(first: Mention, second: Mention) -> bool:
    whole = second.style in (DIGITS, WORDS) and second.value in _SHARE_BASES
    counted = first.value > 1 and second.value in _COUNTED_BASES
    return whole and not counted and 0 < first.value < second.value and first.high is None


def _read_factor(sentence: Sentence, mention: Mention) -> None:
    """Multiplié par 8, deux fois plus, un facteur 10."""
    before, after = sentence.folds[mention.first - 1], sentence.folds[mention.end]
    governor = sentence.folds[mention.first - 2]
    if _is_multiplied(sentence, mention.first):
        mention.kind, mention.unit, mention.rule = RATIO, "x", "multiplied"
        negated = (
            "pas" in sentence.folds[max(0, mention.first - 4) : mention.first]
            or "mais" in sentence.folds[max(0, mention.first - 4) : mention.first]
        )
        shrinks = governor.startswith("divis")
        mention.direction = None if negated else (DOWN if shrinks else UP)
        if before == "par" and governor.startswith(("multipl", "divis")) and not negated:
            mention.first -= 2
    elif before == "facteur" or (before == "de" and governor == "facteur"):
        mention.kind, mention.unit, mention.rule = RATIO, "x", "factor"
    elif after == "fois":
        _read_times(sentence, mention)


def _read_times(sentence: Sentence, mention: Mention) -> None:
    """Deux fois et demie plus, trois fois plus, trois fois le salaire, deux fois celui de."""
    after = sentence.folds[mention.end + 1]
    if after == "et" and sentence.folds[mention.end + 2] in ("demi", "demie"):
        mention.value, length = mention.value + 0.5, 3
    elif after in _MORE or after in _LESS:
        length = 2
    elif mention.value > 1 and sentence.keys[mention.end + 1] in _COMPARED:
        length = 1
    else:
        return
    mention.kind, mention.unit, mention.rule = RATIO, "x", "times"
    mention.end += length


def _share_factor(sentence: Sentence, mention: Mention, first: Mention) -> None:
    """Multiplié par 2 ou 3, multipliés par 2 et ceux de plaine par 3: the second is a factor too."""
    if not mention.is_bare:
        return
    gap = sentence.folds[first.end : mention.first]
    of_another = gap[:1] == ["et"] and gap[-1] == "par" and not is_noun_like(sentence, mention.end)
    if gap in (["ou"], ["à"], ["voire"]) or (of_another and grammar().verbs.isdisjoint(gap)):
        mention.kind, mention.unit, mention.rule, mention.direction = (
            first.kind,
            first.unit,
            first.rule,
            first.direction,
        )


def _is_multiplied(sentence: Sentence, first: int) -> bool:
    """Multipliée par trois, par plus de six, par trois mais simplement par 1,2: a verb of multiplication and "par"."""
    at = first - 1
    while at > first - 5 and sentence.keys[at] in _BETWEEN:
        at -= 1
    if sentence.folds[at] != "par":
        return False
    return any(fold.startswith(("multipl", "divis")) for fold in sentence.folds[max(0, first - 7) : first])


def _read_doublings(sentence: Sentence) -> list[Mention]:
    found: list[Mention] = []
    for index, word in enumerate(sentence.folds):
        if not word.startswith(_STEMS):
            continue
        for stem, value in _DOUBLING:
            ending = word.removeprefix(stem)
            accented = sentence.words[index].endswith("é")
            if ending == "ement" and not _is_noun_here(sentence, index):
                continue
            if ending == "e" and sentence.folds[index - 1] in ("le", "du", "au") and sentence.keys[index + 1] == "de":
                found.append(_multiple(index, value))  # le double de la moyenne
            elif word.startswith(stem) and (ending in _VERB_ENDINGS or accented) and ending != "es":
                found.append(_multiple(index, value, UP))
    return found


def _multiple(index: int, value: float, direction: Direction | None = None) -> Mention:
    multiple = Mention(index, index + 1, value, WORDS, kind=RATIO, unit="x", rule="doubling")
    multiple.direction = direction
    return multiple


def _is_noun_here(sentence: Sentence, index: int) -> bool:
    """Le doublement des classes; "doublement restrictif" is an adverb."""
    before = sentence.folds[index - 1]
    return before in grammar().determiners or not sentence.is_word(index - 1)
