"""Spoken of: the clause a subject is looked for in, and what was said before that a figure goes on speaking of."""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from pipelines.figures.attachments import moved_object
from pipelines.figures.carriers import named_before, only_carries
from pipelines.figures.change_words import change_word
from pipelines.figures.clause_subjects import plural_before
from pipelines.figures.continuing import continues, is_bracketed_case, is_left_over, with_purpose
from pipelines.figures.first_phrases import first_phrase
from pipelines.figures.mention import COUNT, Mention, Sentence
from pipelines.figures.moves import moved_pronoun
from pipelines.figures.phrases import joined
from pipelines.figures.pronouns import last_named
from pipelines.figures.purposes import meant_for
from pipelines.figures.tokens import fold
from pipelines.figures.topics import Told
from pipelines.figures.verbs import PARTICIPLES_IN_E
from pipelines.figures.vocabulary import grammar

_VERB_NEAR = 4
_RIGHT_REACH = 40  # tokens after a number in which its subject is looked for
_STANDS_FOR = {"le": "il", "la": "elle", "les": "les"}  # what an object pronoun stands for agrees with these


class Clause(NamedTuple):
    """What a subject is looked for in: the sentence, the tokens of its figures, where the last of them ended."""

    sentence: Sentence
    taken: frozenset[int]
    floor: int
    carried: str | None
    earlier: Sequence[Mention]
    told: Told
    strange: bool = False  # what is carried on is counted, and no sum

    def spoken(self) -> list[str]:
        """What has been spoken of, the likeliest first."""
        others = (self.carried, *(each.subject for each in reversed(self.earlier)), *chain(*self.told.values()))
        return [each for each in others if each is not None]

    def beside(self, start: int) -> str | None:
        """The first noun phrase from a token on, those after a comma only where none stands before it."""
        words = enumerate(self.sentence.words[start:], start)
        comma = next((at for at, word in words if word in (",", ";", ":")), 0)
        near = first_phrase(self.sentence, start, comma, self.taken) if comma else None
        return near or self.first_phrase(start)

    def first_phrase(self, start: int) -> str | None:
        """The first noun phrase from a token on."""
        return first_phrase(self.sentence, start, min(self.sentence.size, start + _RIGHT_REACH), self.taken)


def gone_on_with(clause: Clause, mention: Mention, alike: Mention | None, previous: Mention | None) -> str | None:
    """What the figure goes on speaking of: what "en" or "le" stands for, a list, a change or a carrier said again.

    Args:
        clause: Where the figure stands.
        mention: The figure.
        alike: The figure of its kind before it in the sentence.
        previous: The figure right before it.
    """
    sentence, carried = clause.sentence, clause.carried
    of_them = _of_them(clause, mention) if alike is None else None
    if of_them is not None:
        return of_them
    listed = continues(sentence, mention, alike) or is_bracketed_case(sentence, mention, alike)
    listed = listed or (previous is not None and is_left_over(sentence, mention))
    if carried is not None and (listed or (alike is not None and mention.rule == "share")):
        beside = meant_for(sentence, mention) if alike is not None and meant_for(sentence, alike) == carried else None
        return beside or with_purpose(sentence, mention, carried)
    pronoun = moved_pronoun(sentence, mention)
    if pronoun is not None and (what := carried if clause.earlier else _moved_before(clause, pronoun)) is not None:
        return what
    if carried is not None and (
        _resumes_change(sentence, mention) or (clause.earlier and _changes_too(sentence, mention))
    ):
        return carried
    moved = moved_object(sentence, mention)
    return None if moved is None else _whole(sentence, mention, moved, carried)


def _of_them(clause: Clause, mention: Mention) -> str | None:
    """Les écluses ferment : il y en a eu 70; les élèves arrivent, 10 % d'entre eux: what "en" or "eux" stands for."""
    sentence, carried = clause.sentence, clause.carried
    among = sentence.keys[mention.end] == "de" and sentence.folds[mention.end + 1] == "entre"
    near = range(max(1, mention.outer - _VERB_NEAR), mention.outer)
    some = any(sentence.folds[at] == "en" and sentence.folds[at - 1] in ("y", "on", "n'") for at in near)
    if not among and not (some and mention.kind == COUNT):
        return None
    pronoun = sentence.folds[mention.end + 2] if among else "les"
    plural = plural_before(sentence, mention.outer, clause.taken, pronoun)
    apart = among or not {":", ";"}.isdisjoint(sentence.words[: mention.outer])
    return (plural or carried) if apart else (carried or plural)


def _moved_before(clause: Clause, pronoun: int) -> str | None:
    """On gèle les primes, tout en parlant de les réduire de 3 euros: the object before, where no figure says it."""
    article = clause.sentence.folds[pronoun]
    named = None
    if article in _STANDS_FOR:
        named = last_named(clause.sentence, pronoun, _STANDS_FOR[article], clause.taken)
    return named or clause.carried


def _resumes_change(sentence: Sentence, mention: Mention) -> bool:
    """On plaide pour cette hausse de 3 %, cet allongement de deux à trois ans: of what was spoken of."""
    at = mention.outer - 2
    pointed = sentence.keys[at + 1] == "de" and sentence.folds[at - 1] in ("ce", "cet", "cette")
    return pointed and change_word(sentence.folds[at]) is not None and mention.direction is not None


def _changes_too(sentence: Sentence, mention: Mention) -> bool:
    """Le tarif est de 3 euros pour les voiliers et majoré de 20 % pour les barques: what the figure before is of."""
    at = mention.outer - 2
    linked = sentence.keys[at + 1] == "de" and sentence.folds[at - 1] in ("et", "puis")
    done = linked and (sentence.words[at].endswith(PARTICIPLES_IN_E) or sentence.folds[at].startswith("reduit"))
    return done and change_word(sentence.folds[at]) is not None


def _whole(sentence: Sentence, mention: Mention, moved: str, carried: str | None) -> str:
    """Ce nombre, this ceiling: what was said of it before, with the ceiling itself where it is one."""
    named = named_before(sentence, mention, moved) if only_carries(moved) else moved
    if named is None and carried is None:
        named = owned(sentence, mention, moved)
    if named is None and carried is not None and fold(moved) in grammar().limit_nouns:
        return joined(moved, carried)  # porter ce plafond à 30 euros
    return named or carried or moved


def owned(sentence: Sentence, mention: Mention, carrier: str) -> str | None:
    """Les loups reviennent : on estime leur nombre à 90: what "leur" stands for."""
    near = sentence.words[: mention.outer]
    at = len(near) - 1 - near[::-1].index(carrier) if carrier in near else 0
    return last_named(sentence, at - 1, "les") if sentence.folds[at - 1] == "leur" else None


def said_of(carrier: str, carried: str) -> str:
    """Le taux atteint 5 % ici: a rate of what was spoken of; "le nombre" and "la hausse" say nothing more."""
    folded = fold(carrier.split()[0])
    if fold(carried.split()[0]) in grammar().rule_texts:
        return carrier  # une loi votée pour une durée de deux ans
    says = folded in grammar().measuring_carriers and only_carries(carrier) and folded not in fold(carried)
    return joined(carrier, carried) if says else carried
