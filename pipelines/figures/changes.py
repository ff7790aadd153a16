"""Change: whether a figure is an amount of change (up, down) or one of its two levels (from, to).

Rules look at the verb or noun that governs the number ("augmenté de", "suppression de"), at a sign, at the words after
("supplémentaires"), and at the frame "passer de A à B" or "contre A en 2016".
"""

from functools import cache, lru_cache

from pipelines.figures.mention import Mention, Sentence
from pipelines.figures.vocabulary import Phrases, Stems, changes, exclusions
from schemas.figure import Direction, FigureKind

_REACH = 12  # tokens between the word of change and its amount
_LEVEL_REACH = 14
_PAIR_REACH = 26
_CLAUSE_ENDS = frozenset((";", ":", "!", "?", "»", "«"))
_SIGNED_KINDS = (FigureKind.PERCENTAGE, FigureKind.MONEY, FigureKind.PERCENTAGE_POINT, FigureKind.COUNT)


def is_amount_of_change(sentence: Sentence, first: int) -> bool:
    """Whether a word of change governs the number that starts there, with "de" or directly."""
    return _governing(sentence, first, needs_de=False) is not None


def mark_changes(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Give each mention its direction, if it has one."""
    _mark_pairs(sentence, mentions)
    for position, mention in enumerate(mentions):
        if mention.direction is None and not _is_age(sentence, mention):
            mention.direction = _direction(sentence, mentions, position)
    return mentions


def level_verb_before(sentence: Sentence, index: int) -> bool:
    """Whether a verb that goes from one level to another governs the "de A à B" that starts at that token."""
    words = changes()
    for at in range(index - 1, max(-1, index - _LEVEL_REACH), -1):
        fold = sentence.folds[at]
        if fold in words.spans or sentence.tokens[at].text in _CLAUSE_ENDS or sentence.tokens[at].value is not None:
            return False
        if fold in words.levels:
            return not _is_blocked(sentence, at)
    return False


def _direction(sentence: Sentence, mentions: list[Mention], position: int) -> Direction | None:
    mention = mentions[position]
    previous = mentions[position - 1] if position else None
    return (
        _by_sign(sentence, mention)
        or _by_words_after(sentence, mention)
        or _by_level(sentence, mention)
        or _by_contrast(sentence, mention)
        or _by_governor(sentence, mention, previous)
        or _by_passive(sentence, mention)
        or _by_coordination(sentence, mention, previous)
    )


def _by_sign(sentence: Sentence, mention: Mention) -> Direction | None:
    """+ 3 %, −4 %: the sign is the direction, the value stays positive."""
    sign = sentence.word(mention.first - 1)
    if mention.unit is None or mention.kind not in _SIGNED_KINDS or sentence.touches(mention.first - 2):
        return None
    return {"+": Direction.UP, "-": Direction.DOWN, "−": Direction.DOWN, "–": Direction.DOWN}.get(sign)


def _by_words_after(sentence: Sentence, mention: Mention) -> Direction | None:
    """3,6 % de plus, 200 postes supplémentaires (the words may follow the noun)."""
    for at in range(mention.end, min(mention.end + 3, len(sentence.tokens))):
        found = _after_phrases().at(sentence.keys, at)
        if found is not None:
            label, end = found
            compared = (
                sentence.key(end) == "de"
                and end + 1 < len(sentence.tokens)
                and sentence.tokens[end + 1].value is not None
            )
            return None if compared or sentence.key(end) == "en" else label
        if sentence.word(at) in (",", ".", ";"):
            return None
    return None


def _by_level(sentence: Sentence, mention: Mention) -> Direction | None:
    """Porté à 20 euros, tombé à 12 %: the level after a change."""
    first = _anchor(mention)
    if sentence.keys[first - 1 : first] != ["a"] or sentence.word(first - 1) == "au":
        return None
    words = changes()
    for at in range(first - 2, max(-1, first - 6), -1):
        fold = sentence.folds[at]
        if fold in words.levels and not _is_blocked(sentence, at) and not _is_negated(sentence, at):
            return Direction.TO
        if sentence.tokens[at].value is not None or sentence.word(at) in (",", *_CLAUSE_ENDS):
            return None
    return None


def _by_contrast(sentence: Sentence, mention: Mention) -> Direction | None:
    """Contre 45 % en 2016: the level before; "contre 42 % dans l'Hexagone" compares places."""
    first = _anchor(mention)
    if sentence.key(first - 1) != "contre" and sentence.keys[max(0, first - 2) : first] != ["contre", "un"]:
        return None
    for at in range(mention.end, min(mention.end + 5, len(sentence.tokens))):
        if _earlier_phrases().at(sentence.keys, at) is not None:
            return Direction.FROM
        if sentence.key(at) in ("en", "de", "fin", "debut") and _is_time(sentence, at + 1):
            return Direction.FROM
        if sentence.word(at) in (",", ";", ")") and at > mention.end:
            return None
    return None


def _by_governor(sentence: Sentence, mention: Mention, previous: Mention | None) -> Direction | None:
    first = _anchor(mention)
    if sentence.word(first - 1) == "(":
        return _in_parentheses(sentence, first)
    needs_de = sentence.key(first - 1) == "de"
    found = _governing(sentence, first, needs_de=needs_de)
    if found is None:
        return None
    at, direction = found
    crosses = previous is not None and previous.first > at
    if crosses and not (previous and previous.kind == mention.kind and _is_coordinated(sentence, first)):
        return None
    return None if _is_negated(sentence, at) and not needs_de else direction


def _in_parentheses(sentence: Sentence, first: int) -> Direction | None:
    """Auraient fortement baissé (41 %)."""
    for at in range(first - 2, max(-1, first - 5), -1):
        direction = change_word(sentence.folds[at])
        if direction is not None:
            return direction
    return None


def _governing(sentence: Sentence, first: int, *, needs_de: bool) -> tuple[int, Direction] | None:
    """The word of change whose amount starts at that token, and where it stands.

    With "de" it may be far ("hausse de la pension des agents de 3 %"); as an object it stands right before.
    """
    if sentence.key(first - 1) == "de":
        commas = 0  # a pair of them is an aside: "a augmenté, en 2018, de 4 %"
        for at in range(first - 2, max(-1, first - 2 - _REACH), -1):
            if sentence.tokens[at].text in _CLAUSE_ENDS or sentence.folds[at] in ("que", "qui", "qu'", "dont"):
                return None
            commas += sentence.word(at) == ","
            direction = change_word(sentence.folds[at])
            if direction is not None:
                return (at, direction) if commas % 2 == 0 or _is_coordinated(sentence, first) else None
        return None
    if needs_de:
        return None
    for at in range(first - 1, max(-1, first - 4), -1):
        direction = _transitive_word(sentence.folds[at])
        if direction is not None:
            return None if _is_blocked(sentence, at) else (at, direction)
        if sentence.key(at) not in (
            "le",
            "de",
            "de",
            "ce",
            "ainsi",
            "deja",
            "pres",
            "plus",
            "environ",
            "moins",
            "jusqu'",
        ):
            return None
    return None


def _by_passive(sentence: Sentence, mention: Mention) -> Direction | None:
    """43 centres ont été fermés."""
    if mention.kind not in (FigureKind.COUNT, FigureKind.MEASURE):
        return None
    auxiliary = False
    for at in range(mention.end, min(mention.end + 8, len(sentence.tokens))):
        fold = sentence.folds[at]
        if sentence.tokens[at].value is not None or sentence.word(at) in (",", ";", ")", "."):
            return None
        auxiliary = auxiliary or fold in ("ete", "seront", "seraient", "disparu", "etre")
        for direction, participles in changes().passive.items():
            if auxiliary and fold in participles:
                return None if _is_negated(sentence, at) else direction
    return None


def _by_coordination(sentence: Sentence, mention: Mention, previous: Mention | None) -> Direction | None:
    """Chuté de 17 % et 27 %: the second shares the direction of the first."""
    if previous is None or previous.direction not in (Direction.UP, Direction.DOWN):
        return None
    same = previous.kind == mention.kind and previous.unit == mention.unit and mention.unit is not None
    near = mention.first - previous.end <= _REACH
    return previous.direction if same and near and _is_coordinated(sentence, _anchor(mention)) else None


def _mark_pairs(sentence: Sentence, mentions: list[Mention]) -> None:
    """Mark "passer de A … à B" and "était de A …, n'est plus que de B" as the two levels of one change."""
    for position, first in enumerate(mentions[:-1]):
        second = mentions[position + 1]
        near = second.first - first.end <= _PAIR_REACH
        if not near or first.kind != second.kind or first.unit != second.unit or first.high is not None:
            continue
        if _is_passage(sentence, first, second) or _is_remainder(sentence, first, second):
            first.direction, second.direction = Direction.FROM, Direction.TO


def _is_passage(sentence: Sentence, first: Mention, second: Mention) -> bool:
    start, arrival = _anchor(first), _anchor(second)
    leaves = sentence.key(start - 1) == "de" or (
        sentence.keys[max(0, start - 2) : start] == ["de", "un"] and first.style == "collective"
    )
    if not leaves or sentence.key(arrival - 1) != "a":
        return False
    falls = first.value > second.value and _governing(sentence, start, needs_de=True) is not None  # réduire de 5 à 3
    return falls or level_verb_before(sentence, start - 1)


def _is_remainder(sentence: Sentence, first: Mention, second: Mention) -> bool:
    start, arrival = _anchor(first), _anchor(second)
    remains = (
        "plus" in sentence.folds[max(0, arrival - 4) : arrival]
        and "que" in sentence.keys[max(0, arrival - 3) : arrival]
    )
    was = changes().was.intersection(sentence.folds[max(0, start - 4) : start])
    return remains and bool(was)


def _anchor(mention: Mention) -> int:
    return mention.anchor if mention.anchor >= 0 else mention.first


def _is_coordinated(sentence: Sentence, first: int) -> bool:
    before = sentence.folds[max(0, first - 2) : first]
    return before[-1:] in (["et"], [","], ["puis"]) or (
        len(before) == 2 and before[0] in ("et", ",", "puis", "voire") and before[1] == "de"
    )


def _is_age(sentence: Sentence, mention: Mention) -> bool:
    """Whether a duration in years is somebody's age or a period, not an amount: des enfants de 3 ans."""
    if mention.kind != FigureKind.DURATION:
        return False
    first = _anchor(mention)
    governor = sentence.fold(first - 2) if sentence.key(first - 1) == "de" else sentence.fold(first - 1)
    return change_word(governor) is None and sentence.key(first - 1) != "a"


def _is_blocked(sentence: Sentence, verb: int) -> bool:
    """S'élève à, se porte à state a level without a change."""
    return sentence.fold(verb - 1) in changes().level_blockers or sentence.fold(verb - 2) in changes().level_blockers


def _is_negated(sentence: Sentence, verb: int) -> bool:
    around = sentence.folds[max(0, verb - 2) : verb + 2]
    return not changes().negations.isdisjoint(around)


def _is_time(sentence: Sentence, index: int) -> bool:
    value = sentence.tokens[index].value if index < len(sentence.tokens) else None
    return (value is not None and 1700 <= value <= 2100) or sentence.fold(index) in exclusions().months


@lru_cache(maxsize=1 << 15)
def change_word(fold: str) -> Direction | None:
    """The direction a word of change gives to its amount."""
    return next((direction for direction, stems in _amounts().items() if fold in stems), None)


@lru_cache(maxsize=1 << 15)
def _transitive_word(fold: str) -> Direction | None:
    return next((direction for direction, stems in _transitives().items() if fold in stems), None)


@cache
def _amounts() -> dict[Direction, Stems]:
    return {direction: Stems(words) for direction, words in changes().amount.items()}


@cache
def _transitives() -> dict[Direction, Stems]:
    return {direction: Stems(words) for direction, words in changes().transitive.items()}


@cache
def _after_phrases() -> Phrases[Direction]:
    return Phrases(changes().after)


@cache
def _earlier_phrases() -> Phrases[bool]:
    return Phrases({True: changes().earlier})
