"""Purposes: what a sum goes to, what a length of time belongs to, where neither is the noun beside the number."""

from functools import cache

from pipelines.figures.mention import Mention, Sentence
from pipelines.figures.phrases import phrase_from
from pipelines.figures.vocabulary import Stems, grammar
from schemas.figure import FigureKind

_OPENING_A_SUM = frozenset(("dont", "et", ";", ":", ",", "-", "–", ""))
_SUPPORTING = Stems(("soutenir", "financer", "aider", "accompagner", "renforcer", "développer", "favoriser"))
_TAKING = frozenset(("sur", "en", "pendant", "durant"))
_LENGTH_REACH = 3


def is_length_of(sentence: Sentence, first: Mention, length: Mention) -> bool:
    """3 millions d'euros sur cinq ans, 30 agents en deux ans: how long what stands right before takes."""
    near = length.outer - first.end <= _LENGTH_REACH and sentence.fold(length.outer - 1) in _TAKING
    return near and length.kind == FigureKind.DURATION != first.kind and sentence.words[first.end] != ","


def meant_for(sentence: Sentence, mention: Mention) -> str | None:
    """What a share of a sum goes to: dont 4 millions d'euros consacrés aux haies; 2 millions pour les digues."""
    if mention.kind != FigureKind.MONEY or sentence.fold(mention.outer - 1) not in _OPENING_A_SUM:
        return None
    at = mention.end + 1 if sentence.fold(mention.end) in participles() else mention.end
    to = sentence.fold(at) == "pour" or (at > mention.end and sentence.key(at) in ("a", "au"))
    at += 2 if sentence.fold(at + 1) in _SUPPORTING else 1
    return phrase_from(sentence, at) if to else None


@cache
def participles() -> Stems:
    """The participles that tie a figure to a noun: consacré à, fixé à, situé."""
    return Stems(grammar().participles)
