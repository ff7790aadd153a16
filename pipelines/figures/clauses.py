"""Clauses: where the clause of a number starts, and what verb it has."""

from functools import cache
from itertools import takewhile

from pipelines.figures.classes import AUXILIARY, FINITE, SUBJECT_PRONOUNS
from pipelines.figures.mention import SIGNS, Sentence
from pipelines.figures.verbs import infinitive_of
from pipelines.figures.vocabulary import grammar

_LEFT_REACH = 60
RELATIVES = frozenset(("qui", "que", "qu'", "dont"))
_RELATIVE_OPENINGS = frozenset(("où", "dont", "lequel", "laquelle", "lesquels", "lesquelles"))
_ANY_OF = frozenset(("tel", "telle", "tels", "telles", "quel", "quelle", "quels", "quelles"))
_PERSONS = frozenset(("nous", "vous", "j'", "il", "elle", "ils", "elles", "on"))
_BEFORE_DASHES = frozenset((";", ":", ")", ""))
_ARTICLES = frozenset(("le", "la", "l'", "les", "un", "une", "ce", "cet", "cette", "ces"))
_STARTS = frozenset((";", ":", "«"))
_STOPS = _STARTS | {",", "(", ")", "»", "-", "–"}
_AFTER_ONLY = frozenset(("de", "d'", "à", "au", "aux"))  # ils ne sont là qu'à 60 %
_CLOSING = {")": "(", "»": "«"}
_VERB_REACH = 30
_ASIDE_REACH = 9  # tokens of an aside between a verb and its object


def clause_start(sentence: Sentence, index: int) -> int:
    """The token at which the clause of a token starts."""
    at, closed = index - 1, False
    floor, boundaries = max(-1, index - _LEFT_REACH), _boundaries()
    while at > floor:
        word = sentence.words[at]
        if sentence.folds[at] not in boundaries or (closed and _is_relative(sentence, at)):
            at -= 1
        elif word in _CLOSING:
            opening = _opening(sentence, at, floor)
            floor, at = max(-1, floor - (at - opening)), opening - 1  # an aside is no part of the reach
        elif word in ("(", ":") and _is_beside(sentence, at, index):  # (41 %) belongs to the clause before the bracket
            at -= 1
        elif _opens_clause(sentence, at, index):
            return at + 1
        else:
            closed = closed or (word == "," and at + 1 < index and _goes_on(sentence, at + 1))
            at -= 1
    return max(0, at + 1)


def _goes_on(sentence: Sentence, at: int) -> bool:
    """Whether a verb, or "pour une durée", stands there, after the comma that ends an aside; not "compte tenu de"."""
    if sentence.folds[at] == "pour":
        return sentence.folds[at + 1] == "une" and sentence.folds[at + 2] in grammar().lasting_nouns
    return is_finite(sentence, at) and sentence.folds[at + 1] != "tenu"


def _is_relative(sentence: Sentence, at: int) -> bool:
    """Le bac que la ville a acheté, …, coûte 3 euros: the clause that a comma before a verb closes is an aside."""
    if sentence.folds[at] not in ("que", "qu'"):
        return sentence.folds[at] in _RELATIVE_OPENINGS
    if sentence.folds[at - 1] in _ANY_OF:
        return True  # quelle que soit leur taille
    return sentence.folds[at + 1] in _PERSONS and sentence.is_word(at - 1) and not is_finite(sentence, at - 1)


def _is_beside(sentence: Sentence, at: int, index: int) -> bool:
    """Whether nothing but a sign or "entre" stands between two tokens: (41 %), (+ 3 %), : entre 6 et 9 mois."""
    after = sentence.folds[at + 1]
    return at == index - 1 or (at == index - 2 and (after in SIGNS or after == "entre"))


@cache
def _boundaries() -> frozenset[str]:
    """Every word and sign at which a clause may start; most are none, and passed over at once."""
    return grammar().clause_words | {",", "et", "sur", "-", "–", "que", "qu'", ";", ":", "«", "(", *_CLOSING}


def _opens_clause(sentence: Sentence, at: int, index: int) -> bool:
    """Whether a clause starts after that token; "ne … que de 3 %" and "plus que 6" go on."""
    word, opened = sentence.folds[at], sentence.folds[at + 1]
    if word == ",":
        if opened in _ARTICLES and (_is_listed(sentence, at) or _is_past_aside(sentence, at)):
            return False
        return opened in grammar().clause_openers and at + (2 if opened in SUBJECT_PRONOUNS else 3) < index
    if word in ("-", "–"):  # a dash, no hyphen
        apart = not sentence.touches(at) and not sentence.touches(at - 1) and at + 1 < index
        return apart and (opened in grammar().clause_openers or _has_verb(sentence, at))
    if word == "et":
        return opened in grammar().clause_openers and _joins_clauses(sentence, at, index)
    if word == "sur":
        return closes_formula(sentence, at)
    if word in ("que", "qu'"):
        limits = sentence.folds[at - 1] in ("plus", "moins", "ne", "pas") or opened in _AFTER_ONLY
        compares = opened in grammar().demonstratives  # plus vite que celui des actifs
        return not limits and not compares and at + 1 < index
    if word == "soit" and not {"que", "qu'"}.isdisjoint(sentence.folds[max(0, at - _VERB_REACH) : at]):
        return "," in sentence.folds[max(0, at - 2) : at]  # il semble que le dossier soit à l'étude
    return word in (";", ":", "«", "(") or word in grammar().clause_words


def _is_listed(sentence: Sentence, comma: int) -> bool:
    """Les crédits voués à la pêche, la chasse et le tir atteignent 3 euros: no verb yet after the first article."""
    for at in range(comma - 1, max(-1, comma - _VERB_REACH), -1):
        word = sentence.words[at]
        if word in _STOPS or sentence.values[at] is not None or is_finite(sentence, at):
            return word in _STARTS and sentence.folds[at + 1] in _ARTICLES and not is_finite(sentence, at)
    return comma <= _VERB_REACH and sentence.folds[0] in _ARTICLES


def _is_past_aside(sentence: Sentence, comma: int) -> bool:
    """Le stock a connu, en 2025, une chute de 9 %: the object of the verb before the aside, and no new clause."""
    near = range(comma - 2, max(0, comma - _ASIDE_REACH), -1)
    verb = next((at for at in near if sentence.words[at] == ","), 0) - 1
    if verb < 1:
        return False
    done = sentence.classes[verb - 1] & AUXILIARY > 0 and infinitive_of(sentence.words[verb]) is not None
    return done or is_finite(sentence, verb)


def _has_verb(sentence: Sentence, end: int) -> bool:
    """Whether a verb stands before a dash; "les achats de quais – pontons se montent à" is one clause."""
    near = range(end - 1, max(-1, end - _VERB_REACH), -1)
    return sentence.words[end - 1] in _BEFORE_DASHES or any(is_finite(sentence, at) for at in near)


def _joins_clauses(sentence: Sentence, at: int, index: int) -> bool:
    """Whether "et" stands between two clauses, each with a verb: la prime baisse et le solde se monte à 3 €."""
    near = takewhile(lambda before: sentence.keys[before] != "que", range(at - 1, max(-1, at - _VERB_REACH), -1))
    if not any(is_finite(sentence, before) for before in near):
        return False
    for after in range(at + 2, min(index, at + _VERB_REACH)):
        if sentence.folds[after] in RELATIVES:
            return False
        if is_finite(sentence, after):
            return True
    return False


def is_finite(sentence: Sentence, at: int) -> bool:
    """Whether a conjugated verb stands there: its form, an auxiliary, or a common verb that is no participle."""
    return sentence.classes[at] & FINITE > 0


def closes_formula(sentence: Sentence, at: int) -> bool:
    """Whether "sur" ends "M. X attire l'attention de M. le ministre …": what follows is what the sentence is about."""
    before = sentence.folds[max(0, at - _LEFT_REACH) : at]
    return "sur" not in before and not grammar().addressing.isdisjoint(before)


def _opening(sentence: Sentence, closing: int, floor: int) -> int:
    opening = _CLOSING[sentence.words[closing]]
    for at in range(closing - 1, floor, -1):
        if sentence.words[at] == opening:
            return at
    return closing
