"""Levels told in two sentences: la prime était de 6 000 euros; then: elle est aujourd'hui de 5 000 euros.

A sentence is read by itself; what stands beside it is looked at only where its own words leave a level open.
"""

from pipelines.figures.governors import is_level_word
from pipelines.figures.mention import FROM, TO, Mention, Sentence
from pipelines.figures.vocabulary import changes

_BESIDE = 160  # characters of the next sentence, or of the one before
_OPENING = 14  # tokens in which the next sentence says what became of it
_NEAR = 9  # tokens before a figure that say when it was so
_PAST = frozenset(("etait", "etaient", "elevait", "fixait", "comptait", "representait", "prevoyait", "initialement"))
_RESUMING = frozenset(("il", "elle", "ils", "elles", "on", "celui", "celle", "ce", "cet", "cette", "ces"))
_STATING = frozenset(("est", "sont", "n'", "atteint", "compte", "s'"))
_FILLED = 3  # tokens before the pronoun: Toutefois, depuis 2015,


def mark_retold(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Mark the last figure of a sentence as left, the first as reached, where its neighbour tells the other level."""
    if not mentions:
        return mentions
    first, last = mentions[0], mentions[-1]
    if last.direction is None and _was(sentence, last) and _moves_next(sentence, last):
        last.direction = FROM
    if first.direction is None and _is_now(sentence, first) and _was_before(sentence, first):
        first.direction = TO
    return mentions


def _was(sentence: Sentence, mention: Mention) -> bool:
    """Était de 300 euros, fixait à 300 euros, initialement autorisé pour 300 tonnes: so it was."""
    return not _PAST.isdisjoint(sentence.folds[max(0, mention.outer - _NEAR) : mention.outer])


def _moves_next(sentence: Sentence, mention: Mention) -> bool:
    """Whether the next sentence resumes it and says what it is now: Toutefois, ce montant a été porté à."""
    after = Sentence.read(sentence.text, sentence.end, min(sentence.end + _BESIDE, len(sentence.text)))
    opening = after.folds[:_OPENING]
    if _RESUMING.isdisjoint(opening[: _FILLED + 1]) or not _names_alike(sentence, mention, after):
        return False
    now = not changes().now.isdisjoint(opening) and not _STATING.isdisjoint(opening)
    return now or any(map(is_level_word, after.words[:_OPENING]))


def _is_now(sentence: Sentence, mention: Mention) -> bool:
    """Il est aujourd'hui de 300 euros, elle n'est plus que de 300 euros désormais."""
    opening = sentence.folds[: mention.outer]
    resumed = len(opening) <= _OPENING and not _RESUMING.isdisjoint(opening[: _FILLED + 1])
    return resumed and not changes().now.isdisjoint(opening) and not _STATING.isdisjoint(opening)


def _was_before(sentence: Sentence, mention: Mention) -> bool:
    """Whether the sentence before ends with what it was."""
    before = Sentence.read(sentence.text, max(0, sentence.start - _BESIDE), sentence.start)
    return not _PAST.isdisjoint(before.folds[-_OPENING:]) and _names_alike(sentence, mention, before)


def _names_alike(sentence: Sentence, mention: Mention, other: Sentence) -> bool:
    """Whether the neighbour has a number, and one of the same unit."""
    numbered = any(value is not None for value in other.values)
    return numbered and (mention.unit is None or sentence.folds[mention.end - 1] in other.folds)
