"""Moves: verbs that carry what stands after them to a level: porter ce plafond à 300 euros, ce qui le ramène à 30."""

from pipelines.figures.change_words import is_level_word
from pipelines.figures.classes import TIME
from pipelines.figures.governors import opening_comma
from pipelines.figures.mention import FROM, Mention, Sentence
from pipelines.figures.phrases import is_noun_like, is_setter
from pipelines.figures.verbs import is_infinitive
from pipelines.figures.vocabulary import changes, grammar

_REACH = 18
_ASIDE_REACH = 8  # tokens of an aside between what moves and its level
_ARTICLES = frozenset(("le", "la", "l'", "les", "ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs"))
_PRONOUNS = frozenset(("le", "la", "l'", "les"))


def moved(sentence: Sentence, mention: Mention) -> tuple[int, int] | None:
    """The verb whose object stands before its level, and where that starts: *porter* cette année *ce plafond* à 300."""
    last = _object_end(sentence, mention)
    if last is None or not (is_noun_like(sentence, last) or _is_complement(sentence, last)):
        return None
    opens = last + 1
    for at in range(last - 1, max(-1, last - _REACH), -1):
        word = sentence.words[at]
        if sentence.values[at] is not None or not (word[0].isalpha() or word in ("-", "(", ")")):
            return None
        if sentence.folds[at + 1] in _ARTICLES:
            opens = opens if sentence.classes[at + 2] & TIME > 0 else at + 1
            if opens <= last and (moves_to(sentence, at) or is_setter(word)):
                return at, opens
    return None


def _is_complement(sentence: Sentence, at: int) -> bool:
    """Le permis de conduire: an infinitive after "de" is part of the phrase."""
    return sentence.keys[at - 1] == "de" and is_infinitive(sentence.words[at]) and is_noun_like(sentence, at - 2)


def _object_end(sentence: Sentence, mention: Mention) -> int | None:
    """The last token of what may move, past an aside and "annuel": estimer la perte, d'ici 2028, à 4 millions."""
    last = _to(sentence, mention)
    if last is None:
        return None
    if sentence.words[last] == ",":
        last = (opening_comma(sentence, last, _ASIDE_REACH) or last + 1) - 1
    while last > 0 and sentence.folds[last] in grammar().adverbs:
        last -= 1
    return last


def moves_to(sentence: Sentence, verb: int) -> bool:
    """Whether that word moves to a level: porter, ramène, augmenter; not "fixer"."""
    return sentence.folds[verb] in changes().raising or is_level_word(sentence.words[verb])


def moved_pronoun(sentence: Sentence, mention: Mention) -> int | None:
    """Ce qui *le* porte à 300 euros, pour *la* relever de 3 %: what moves was named before."""
    verb = _to(sentence, mention)
    if verb is None and sentence.keys[mention.outer - 1] == "de" and is_infinitive(sentence.words[mention.outer - 2]):
        verb = mention.outer - 2
    moves = verb is not None and sentence.folds[verb - 1] in _PRONOUNS and moves_to(sentence, verb)
    return verb - 1 if moves and verb is not None else None


def _to(sentence: Sentence, mention: Mention) -> int | None:
    """The token before the "à" of a level, its approximation left out: à près de 300 euros, plafond à 300 euros."""
    first = mention.first if sentence.folds[mention.first - 1] == "à" else mention.outer
    if sentence.folds[first - 2] == "hauteur" and sentence.folds[first - 3] == "à":
        first -= 2  # réduire le plafond à hauteur de 300 euros
    leaves = mention.direction == FROM and sentence.keys[first - 1] == "de"  # porter la taxe de 2 à 3 %
    return first - 2 if first > 1 and (leaves or sentence.folds[first - 1] in ("à", "au")) else None
