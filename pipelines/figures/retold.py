"""Levels told in two sentences: la prime était de 6 000 euros; then: elle est aujourd'hui de 5 000 euros.

A sentence is read by itself; what stands beside it is looked at only where its own words leave a level open.
"""

from pipelines.figures.change_words import is_level_word
from pipelines.figures.mention import FROM, TO, Mention, Sentence
from pipelines.figures.phrases import is_noun_like
from pipelines.figures.vocabulary import changes

_BESIDE = 160  # characters of the next sentence, or of the one before
_OPENING = 14  # tokens in which the next sentence says what became of it
_NEAR = 9  # tokens before a figure that say when it was so
_PAST = frozenset(
    (
        "etait",
        "etaient",
        "elevait",
        "fixait",
        "comptait",
        "denombrait",
        "recensait",
        "representait",
        "prevoyait",
        "initialement",
    )
)
_RESUMING = frozenset(("il", "elle", "ils", "elles", "on", "celui", "celle", "ce", "cet", "cette", "ces"))
_STATING = frozenset(("est", "sont", "n'", "atteint", "compte", "s'"))
_DENYING = frozenset(("ne", "n'"))
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
    now = _tells_now(after, _OPENING)
    return now or any(map(is_level_word, after.words[:_OPENING]))


def _is_now(sentence: Sentence, mention: Mention) -> bool:
    """Il est aujourd'hui de 300 euros, elle n'est plus que de 300 euros désormais."""
    opening = sentence.folds[: mention.outer]
    resumed = len(opening) <= _OPENING and not _RESUMING.isdisjoint(opening[: _FILLED + 1])
    return resumed and _tells_now(sentence, mention.outer)


def _tells_now(sentence: Sentence, end: int) -> bool:
    """Est aujourd'hui, atteint désormais, ne sont plus que: whether a sentence opens with what is so now."""
    opening = sentence.folds[:end]
    if "plus" in opening and sentence.folds[opening.index("plus") + 1] in ("que", "qu'"):
        return not _DENYING.isdisjoint(opening)
    return not changes().now.isdisjoint(opening) and not _STATING.isdisjoint(opening)


def _was_before(sentence: Sentence, mention: Mention) -> bool:
    """Whether the sentence before ends with what it was."""
    before = Sentence.read(sentence.text, max(0, sentence.start - _BESIDE), sentence.start)
    near = before.folds[max(0, before.size - _OPENING) : before.size]
    return not _PAST.isdisjoint(near) and _names_alike(sentence, mention, before)


def _names_alike(sentence: Sentence, mention: Mention, other: Sentence) -> bool:
    """Whether the neighbour has a number, and one of the same unit or of the same things."""
    numbers = [at for at, value in enumerate(other.values) if value is not None]
    if mention.unit is not None:
        return bool(numbers) and sentence.folds[mention.end - 1] in other.folds
    counted = _counted(sentence, mention.end)
    return any(not counted or _counted(other, at + 1) in ("", counted) for at in numbers)


def _counted(sentence: Sentence, at: int) -> str:
    """The noun that a number counts, empty where it names none: ils n'étaient que 300."""
    return sentence.folds[at] if sentence.is_word(at) and is_noun_like(sentence, at) else ""
