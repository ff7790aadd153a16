"""Elided: the items of an enumeration that leave out its verb: "les vols ont augmenté de 17 %, les refus de 23 %"."""

from collections.abc import Sequence

from pipelines.figures.change_words import change_word
from pipelines.figures.clauses import is_finite
from pipelines.figures.mention import AMOUNTS, PERCENTAGE, Mention, Sentence
from pipelines.figures.phrases import is_noun_like
from pipelines.figures.pronouns import agrees
from pipelines.figures.purposes import is_participle
from pipelines.figures.vocabulary import grammar

_REACH = 16  # tokens between two amounts of one verb
_OPENINGS = frozenset(("le", "la", "l'", "les"))
_TOWARDS = frozenset(("à", "au", "aux"))


def elided_item(sentence: Sentence, mention: Mention, previous: Mention | None) -> int:
    """Where an item starts that shares the verb of the amount before: the 23 % of the refus; 0 where there is none."""
    if previous is None or mention.kind != PERCENTAGE or previous.kind != PERCENTAGE:
        return 0
    opens, end = previous.end + 1, mention.outer - 1
    opens += sentence.folds[previous.end : opens + 1] == [",", "et"]
    if not 0 < end - opens <= _REACH or sentence.folds[opens - 1] not in (",", "et"):
        return 0
    opening = sentence.folds[opens]
    opened = opening in _OPENINGS or opening in grammar().demonstratives or opening in _TOWARDS
    led = sentence.keys[end] == "de" == sentence.keys[previous.outer - 1]
    if not opened or not led or previous.direction not in AMOUNTS:
        return 0
    return opens if all(_is_of_the_item(sentence, at) for at in range(opens, end)) else 0


def elided_subject(sentence: Sentence, mention: Mention, earlier: Sequence[Mention]) -> str | None:
    """What such an item is about where it names a part only: ceux liés à l'alcool, et à la drogue: of the délits."""
    previous = earlier[-1] if earlier else None
    opens = elided_item(sentence, mention, previous)
    if not opens or previous is None:
        return None
    opening = sentence.folds[opens]
    if opening in _TOWARDS:
        return previous.subject
    if opening not in grammar().demonstratives:
        return None
    named = next((each.subject for each in earlier if each.subject and agrees(opening, each.subject)), None)
    return None if named is None else f"{named.split()[0]} {sentence.slice(opens + 1, mention.outer - 1)}"


def _is_of_the_item(sentence: Sentence, at: int) -> bool:
    """Whether the token is of a noun phrase that brings no verb and no change of its own: des délits de fuite."""
    fold = sentence.folds[at]
    if sentence.keys[at] in ("de", "le") or fold == "non" or fold in _TOWARDS or fold in grammar().demonstratives:
        return True
    if fold.endswith("ant") and is_participle(sentence, at):
        return False
    if change_word(fold) is not None and sentence.keys[at - 1] != "de":
        return False
    return is_noun_like(sentence, at) and not is_finite(sentence, at)
