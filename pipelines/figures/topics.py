"""Topics: what "il", "ce montant" or "son coût" stands for when the sentence before says it and holds no figure."""

from pipelines.figures.clauses import closes_formula, first_phrase, is_anaphor
from pipelines.figures.mention import Sentence
from pipelines.figures.sentences import sentences

_REACH = 700  # characters before a sentence in which its topic is looked for
_OPENING = 14  # tokens in which a pronoun makes a sentence one about what was said before
_PRONOUNS = frozenset(("il", "elle", "ils", "elles"))
_NO_FIGURES: frozenset[int] = frozenset()


def speaks_of_before(sentence: Sentence) -> bool:
    """Whether a sentence opens with "il", "ce montant", "son coût", or with an aside and then a pronoun."""
    if is_anaphor(sentence, 0):
        return True
    return any(
        sentence.words[at] == "," and sentence.fold(at + 1) in _PRONOUNS for at in range(min(_OPENING, sentence.size))
    )


def topic_before(text: str, start: int, first: int) -> str | None:
    """The subject of the nearest sentence before that is not itself about what was said earlier.

    Args:
        text: The text.
        start: Where the sentence starts whose pronoun is read.
        first: Where the prose starts that it stands in.
    """
    near = list(sentences(text, max(first, start - _REACH), start))
    for begins, ends in reversed(near):
        sentence = Sentence.read(text, begins, ends)
        if sentence.size and not speaks_of_before(sentence):
            return first_phrase(sentence, _after_formula(sentence), sentence.size, _NO_FIGURES)
    return None


def _after_formula(sentence: Sentence) -> int:
    """Past "M. X attire l'attention de M. le ministre … sur"."""
    return next((at + 1 for at, fold in enumerate(sentence.folds) if fold == "sur" and closes_formula(sentence, at)), 0)
