"""Subject: the noun phrase a figure is about, its head first, with its first complements.

It stands right after the number ("250 téléconseillers", "30 % des jeunes"), right before ("un bénéfice net de 3 M€"), or
is the subject of the clause ("le taux de couverture … est passé de 90 %"). No parser: the small words, which are a
closed class, show where a noun phrase begins and ends.
"""

from functools import lru_cache

from pipelines.figures.changes import change_word
from pipelines.figures.mention import Mention, Sentence
from pipelines.figures.vocabulary import grammar, qualifiers
from schemas.figure import Direction, FigureKind

_LONGEST_PHRASE = 9  # tokens
_LEFT_REACH = 40
_AMOUNTS = (Direction.UP, Direction.DOWN)
_BREAKS = frozenset((",", ";", ":", "(", ")", "«", "»", ".", "!", "?"))


def find_subjects(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Give each mention its subject; one that names none takes it from the figure before."""
    for position, mention in enumerate(mentions):
        previous = mentions[position - 1] if position else None
        mention.subject = _subject(sentence, mention, previous)
    return mentions


def _subject(sentence: Sentence, mention: Mention, previous: Mention | None) -> str | None:
    right = _right(sentence, mention)
    if right is not None:
        return right
    floor = previous.end if previous else 0
    attached = _attached(sentence, mention, floor)
    if attached is not None:
        return attached
    clause = _clause_subject(sentence, mention)
    if clause is not None:
        return clause
    if previous is not None and previous.subject is not None:
        return previous.subject
    return _first_phrase(sentence, 0, mention.first) or _first_phrase(sentence, mention.end, len(sentence.tokens))


def _right(sentence: Sentence, mention: Mention) -> str | None:
    """After the number: what is counted, or what the share, length or sum is "of"."""
    at = mention.end
    if mention.kind in (FigureKind.COUNT, FigureKind.RATE):
        if sentence.key(at) == "de" and (mention.scale > 1 or mention.style == "collective"):
            at += 1
        return _phrase(sentence, at) if sentence.fold(at) != "fois" else None
    if mention.direction in _AMOUNTS and sentence.key(at) == "le":
        return _phrase(sentence, at)
    if sentence.key(at) != "de" or sentence.fold(at + 1) in ("plus", "moins", "entre"):
        return None
    return _phrase(sentence, at + 1)


def _attached(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    """Before the number: a noun tied to it by "de" or by a participle ("une indemnité de nuit fixée à 17 euros")."""
    at = _before_links(sentence, mention, floor)
    if at is None or at < floor or not _is_noun_like(sentence, at):
        return None
    first = at
    while first > floor and at - first < _LONGEST_PHRASE and _continues(sentence, first - 1):
        first -= 1
    while first < at and not _is_noun_like(sentence, first):
        first += 1
    return _without_carrier(sentence, first, at + 1)


def _before_links(sentence: Sentence, mention: Mention, floor: int) -> int | None:
    """The token before "de", "inférieur à", "fixé à", "moyen est de": where an attached noun would end."""
    at = (mention.anchor if mention.anchor >= 0 else mention.first) - 1
    words = grammar()
    start = at
    while at >= floor:
        fold = sentence.folds[at]
        if fold in words.verbs:
            return None
        linked = fold in words.prepositions or fold in words.adverbs or fold in qualifiers().distant_links
        if not (linked or fold in words.determiners or fold in ("s'", "qui") or sentence.word(at) in (":", "(")):
            return at if at < start or sentence.key(at) else None
        at -= 1
    return None


def _continues(sentence: Sentence, at: int) -> bool:
    """Whether a noun phrase read from its end goes on leftwards over that token."""
    fold = sentence.folds[at]
    if sentence.key(at) == "de" or fold in ("-", "'"):
        return True
    if fold in ("l'", "la", "le", "les") and sentence.key(at - 1) == "de":
        return True
    return _is_noun_like(sentence, at)


def _clause_subject(sentence: Sentence, mention: Mention) -> str | None:
    """The first noun phrase of the clause the number stands in."""
    first = mention.first
    start = _clause_start(sentence, first)
    return _first_phrase(sentence, start, first)


def _clause_start(sentence: Sentence, index: int) -> int:
    for at in range(index - 1, max(-1, index - _LEFT_REACH), -1):
        if sentence.tokens[at].text in (";", ":", "«", "(", ".") or (
            sentence.folds[at] in ("que", "qu'", "dont", "mais", "tandis", "alors", "quand", "soit")
            and sentence.fold(at - 1) not in ("plus", "moins", "ne", "n'")
        ):
            return at + 1
    return max(0, index - _LEFT_REACH)


def _first_phrase(sentence: Sentence, start: int, end: int) -> str | None:
    """The first noun phrase between two tokens, time and place phrases ("en 2018", "Dans le Nord,") left aside."""
    at = start
    words = grammar()
    while at < end:
        fold = sentence.folds[at]
        if fold in words.prepositions and fold not in ("de", "d'", "du", "des"):
            at = _after_phrase(sentence, at + 1, end)
            continue
        if _is_noun_like(sentence, at) and fold not in words.time_nouns and sentence.tokens[at].value is None:
            return _phrase(sentence, at)
        at += 1
    return None


def _after_phrase(sentence: Sentence, at: int, end: int) -> int:
    """Past the noun phrase that a preposition governs."""
    words = grammar()
    while at < end and (sentence.folds[at] in words.determiners or sentence.tokens[at].value is not None):
        at += 1
    phrase_end = _phrase_end(sentence, at)
    return max(phrase_end, at + 1) if phrase_end > at else at


def _phrase(sentence: Sentence, at: int) -> str | None:
    """The noun phrase that starts at a token, articles before it skipped, carriers ("nombre de") left out."""
    words = grammar()
    while sentence.fold(at) in words.determiners or sentence.fold(at) in words.before_noun_adjectives:
        at += 1
    end = _phrase_end(sentence, at)
    return _without_carrier(sentence, at, end) if end > at else None


def _phrase_end(sentence: Sentence, first: int) -> int:
    """Where the noun phrase that starts there ends: nouns and adjectives, tied by de, d', à, en and hyphens."""
    at = first
    last = first
    while at < len(sentence.tokens) and at - first < _LONGEST_PHRASE:
        if _is_noun_like(sentence, at):
            at += 1
            last = at
        elif at > first and (sentence.word(at) == "-" or sentence.key(at) == "de" or sentence.fold(at) in ("en",)):
            at += 1
        elif at > first and sentence.key(at) == "le" and sentence.key(at - 1) == "de":
            at += 1
        else:
            break
    return last


def _without_carrier(sentence: Sentence, first: int, end: int) -> str | None:
    """The phrase without "nombre de", "hausse de", "total de" before what it is about."""
    words, start = grammar(), first
    while start < end:
        fold = sentence.folds[start]
        at = start + 1
        while at < end and at - start < 4 and sentence.key(at) != "de":  # noqa: PLR2004
            at += 1
        carries = fold in words.carriers or (change_word(fold) is not None and start == first)
        if not carries or at >= end or sentence.key(at) != "de":
            break
        start = at + 1
        while start < end and sentence.folds[start] in words.determiners:
            start += 1
    start = start if start < end else first
    return sentence.slice(start, end) if start < end else None


def _is_noun_like(sentence: Sentence, at: int) -> bool:
    """Whether a token may belong to a noun phrase as noun or adjective."""
    return sentence.is_word(at) and _may_be_noun(sentence.folds[at])


@lru_cache(maxsize=1 << 16)
def _may_be_noun(fold: str) -> bool:
    words = grammar()
    closed = (words.determiners, words.prepositions, words.pronouns, words.conjunctions, words.adverbs, words.verbs)
    conditional = fold.endswith(("raient", "erait", "irait", "eront", "iront", "aient")) and len(fold) > 6  # noqa: PLR2004
    adverb = fold.endswith("ement") and len(fold) > 9 and fold.endswith(("alement", "ivement", "ellement"))  # noqa: PLR2004
    return len(fold) > 1 and not conditional and not adverb and not any(fold in group for group in closed)
