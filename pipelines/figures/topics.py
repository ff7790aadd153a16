"""Topics: what "il", "ce montant" or "son coût" stands for when the sentence before says it and holds no figure."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from pipelines.figures.carriers import only_carries
from pipelines.figures.change_words import change_word
from pipelines.figures.classes import ANAPHORIC, POINTERS, POINTING, SUBJECT_PRONOUNS
from pipelines.figures.clause_subjects import LAST, is_anaphor, is_pointing
from pipelines.figures.clauses import closes_formula
from pipelines.figures.first_phrases import first_phrase
from pipelines.figures.mention import AMOUNTS, COUNT, MONEY, Mention, Sentence
from pipelines.figures.phrases import is_plural_noun, phrase_from
from pipelines.figures.pronouns import PLURAL_ARTICLES, agrees, last_named
from pipelines.figures.sentences import sentences
from pipelines.figures.tokens import fold
from pipelines.figures.vocabulary import grammar
from schemas.figure import FigureKind

_REACH = 700  # characters before a sentence in which its topic is looked for
_OPENING = 14  # tokens in which a pronoun makes a sentence one about what was said before
_OPENING_POINTED = 24  # tokens in which "ce taux" may point at what was said before
_OF_THEM = frozenset(("leur", "leurs"))
_AGREEING = SUBJECT_PRONOUNS | _OF_THEM
_RESUMING = POINTERS | {"les"}  # ces six mois, les 150 euros prévus
_BEFORE_ANAPHORS = frozenset((",", "que", "qu'"))
_CLAUSES = 4  # of a sentence before, in which a pronoun may find its noun
_NO_FIGURES: frozenset[int] = frozenset()

Told = Mapping[FigureKind | None, Sequence[str]]
"""What the figures of each kind were about, and under None what all were, the last one first."""


class Thread:
    """What a text has spoken of so far, from one sentence with figures to the next."""

    def __init__(self, first: int = 0) -> None:
        self._first = self._end = first
        self._told: Told = {}
        self._said: dict[tuple[FigureKind, float], str] = {}

    def told(self, sentence: Sentence, mentions: list[Mention]) -> Told:
        """What that sentence may go on speaking of: the figures before, or the sentence without figures before it."""
        if mentions and _is_of_them(sentence, mentions[0]):
            pronoun = sentence.folds[mentions[0].end + 2]
            those = those_before(sentence.text, sentence.start, self._first, pronoun)
            return self._told if those is None else {None: [those]}
        latter = _latter(sentence) if mentions else None
        if latter is not None:
            before = next(_sentences_before(sentence.text, sentence.start, self._first), None)
            last = None if before is None else last_named(before, before.size, latter)
            return self._told if last is None else {None: [last], mentions[0].kind: [last]}
        again = self._said.get((mentions[0].kind, mentions[0].value)) if mentions else None
        if again is not None and _says_again(sentence, mentions[0]):
            return {None: [again], mentions[0].kind: [again]}
        led = bool(mentions) and mentions[0].outer == 0 and mentions[0].kind == MONEY
        pointed = _pointed(sentence, mentions[0].outer) if mentions else None
        if pointed is None and mentions and mentions[0].direction in AMOUNTS:
            pointed = _change_resumed(sentence, mentions[0])
        named = None if pointed is None else named_earlier(sentence.text, sentence.start, self._first, pointed)
        if named is not None:
            return {None: [named], mentions[0].kind: [named]}
        if sentence.start > self._end and (led or pointed is not None or speaks_of_before(sentence)):
            topics = self._topics(sentence)
            self._told = {None: topics} if topics else self._told
        return self._told

    def _topics(self, sentence: Sentence) -> list[str]:
        """What the sentence before speaks of, the subjects that agree with a pronoun first, or else what it names."""
        topics = topics_before(sentence.text, sentence.start, self._first)
        near = enumerate(sentence.folds[:_OPENING])
        pronoun = next((word for at, word in near if word in _AGREEING and is_anaphor(sentence, at)), None)
        if pronoun is None or not topics:
            return topics
        fitting = [topic for topic in topics if agrees(pronoun, topic)]
        before = next(_sentences_before(sentence.text, sentence.start, self._first), None)
        of_them = "les" if pronoun in _OF_THEM else pronoun
        named = None if fitting or before is None else last_named(before, before.size, of_them)
        return [*fitting, *([] if named is None else [named]), *topics]

    def add(self, sentence: Sentence, mentions: list[Mention]) -> None:
        """Remember what the figures of a sentence are about."""
        if not mentions:
            return
        said: list[str] = []
        kinds: dict[FigureKind | None, list[str]] = {}
        for each in reversed(mentions):
            if each.subject is not None:
                said.append(each.subject)
                kinds.setdefault(each.kind, []).append(each.subject)
        for each in mentions:
            if each.subject is not None:
                self._said[each.kind, each.value] = each.subject
        self._told, self._end = {**kinds, None: said}, sentence.end


def _says_again(sentence: Sentence, mention: Mention) -> bool:
    """Ce chiffre de 6 600 euros, la somme de 9 millions, ces six mois: what was said of it is said of it again."""
    if sentence.folds[mention.outer - 1] in _RESUMING and mention.kind != COUNT:
        return True
    carrier = mention.outer - 2
    pointed = sentence.keys[mention.outer - 1] == "de" and sentence.folds[carrier] in grammar().carriers
    return pointed and (sentence.folds[carrier - 1] in POINTERS or sentence.keys[carrier - 1] == "le")


def _pointed(sentence: Sentence, end: int) -> str | None:
    """The carrier that a sentence points at before its first figure: ce taux, leur montant."""
    if POINTERS.isdisjoint(sentence.folds[: min(end, _OPENING_POINTED)]):
        return None
    for at, own in enumerate(sentence.classes[: min(end, _OPENING_POINTED)]):
        if own & POINTING and is_pointing(sentence, at):
            return sentence.folds[at + 1]
    return None


def _change_resumed(sentence: Sentence, mention: Mention) -> str | None:
    """La baisse de 20 % inquiète: the noun of a change of which the sentence does not say what changes."""
    noun = mention.outer - 1 - (sentence.keys[mention.outer - 1] == "de")
    resumed = noun > 0 and sentence.keys[noun - 1] == "le" and change_word(sentence.folds[noun]) is not None
    return sentence.folds[noun] if resumed else None


def _names_no_more(phrase: str, carrier: str) -> bool:
    """Whether a phrase says nothing beside the carrier: ce taux, la suppression."""
    return fold(phrase) == carrier or (fold(phrase.split()[0]) != carrier and only_carries(phrase))


def _sentences_before(text: str, start: int, first: int) -> Iterator[Sentence]:
    """The sentences before that place, the nearest first; none reaches before `first`."""
    near = list(sentences(text, max(first, start - _REACH), start))
    return (_read(text, begins, ends) for begins, ends in reversed(near))


_read = lru_cache(maxsize=64)(Sentence.read)  # sentences in a row look back at the same ones


def named_earlier(text: str, start: int, first: int, carrier: str) -> str | None:
    """What the carrier was said of in the sentences before: le taux d'emploi baisse. Ce taux est de 60 %.

    A noun speaks of what the carrier does where it is the same word, or a change of the same direction.
    """
    change = change_word(carrier)
    for sentence in _sentences_before(text, start, first):
        words = enumerate(sentence.folds)
        named = [at for at, word in words if word == carrier or (change is not None and change_word(word) == change)]
        phrases = (phrase_from(sentence, at) for at in reversed(named) if not is_pointing(sentence, at - 1))
        found = next((phrase for phrase in phrases if phrase is not None and not _names_no_more(phrase, carrier)), None)
        if found is not None:
            return found
    return None


def _is_of_them(sentence: Sentence, mention: Mention) -> bool:
    """12 % d'entre eux renoncent: what is counted was named before."""
    return sentence.keys[mention.end] == "de" and sentence.folds[mention.end + 1] == "entre"


def those_before(text: str, start: int, first: int, pronoun: str) -> str | None:
    """The last plural of the sentence before that fits: … frappe surtout les étudiants. 12 % d'entre eux …."""
    sentence = next(_sentences_before(text, start, first), None)
    if sentence is None:
        return None
    backwards = range(sentence.size - 1, 0, -1)
    named = (at for at in backwards if sentence.folds[at - 1] in PLURAL_ARTICLES and is_plural_noun(sentence, at))
    phrases = [phrase for at in named if (phrase := phrase_from(sentence, at)) is not None]
    fitting = (phrase for phrase in phrases if agrees(pronoun, phrase))
    return next(fitting, next(iter(phrases), None))


def _latter(sentence: Sentence) -> str | None:
    """The pronoun of a sentence that opens with "cette dernière" or "celui-ci", folded."""
    if sentence.folds[1] in LAST and sentence.folds[0] in POINTERS:
        return sentence.folds[1]
    return sentence.folds[0] if sentence.folds[0] in grammar().demonstratives and sentence.folds[2] == "ci" else None


def speaks_of_before(sentence: Sentence) -> bool:
    """Whether a sentence opens with "il", "ce montant", "son coût", or with an aside and then a pronoun."""
    for at, own in enumerate(sentence.classes[: _OPENING + 1]):
        if own & ANAPHORIC and (at == 0 or sentence.folds[at - 1] in _BEFORE_ANAPHORS) and is_anaphor(sentence, at):
            return True
    return False


def topics_before(text: str, start: int, first: int) -> list[str]:
    """The subjects of the nearest sentence before that is not itself about what was said earlier, clause by clause.

    Args:
        text: The text.
        start: Where the sentence starts whose pronoun is read.
        first: Where the prose starts that it stands in.
    """
    for sentence in _sentences_before(text, start, first):
        if sentence.size and not speaks_of_before(sentence):
            opens = _after_formula(sentence)
            clauses = [at + 1 for at in range(opens, sentence.size - 1) if sentence.words[at] in (",", ";", ":")]
            phrases = (first_phrase(sentence, at, sentence.size, _NO_FIGURES) for at in (opens, *clauses[:_CLAUSES]))
            return [phrase for phrase in phrases if phrase is not None and not only_carries(phrase)]
    return []


def _after_formula(sentence: Sentence) -> int:
    """Past "M. X attire l'attention de M. le ministre … sur"."""
    return next((at + 1 for at, fold in enumerate(sentence.folds) if fold == "sur" and closes_formula(sentence, at)), 0)
