"""Subject: the noun phrase a figure is about, its head first, with its first complements.

It stands right after the number ("250 agents", "30 % des jeunes"), or before ("un bénéfice net de 3 M€"), or is
the subject of the clause ("le taux de couverture … est passé de 90 %"); a figure that names none ("dont 3", "contre
63 %", "ce total sera ramené à 14") takes it from the figure before.
"""

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple

from pipelines.figures.attachments import attached, is_new, lasting, moved_object, named_before, only_carries
from pipelines.figures.clause_subjects import clause_subject, is_anaphor, plural_before
from pipelines.figures.continuing import (
    acts_on,
    continues,
    is_bracketed_case,
    is_left_over,
    tells_the_change,
    with_purpose,
)
from pipelines.figures.first_phrases import first_phrase
from pipelines.figures.following import what_follows, with_its_noun
from pipelines.figures.governors import change_word
from pipelines.figures.mention import AMOUNTS, COUNT, DURATION, FROM, MEASURE, MONEY, RATIO, TO, Mention, Sentence
from pipelines.figures.moves import moved_pronoun
from pipelines.figures.openings import after_opening, main_clause, opening_topic, opens_clause, opens_sentence
from pipelines.figures.phrases import is_noun_like, joined, phrase_from
from pipelines.figures.pronouns import last_named
from pipelines.figures.purposes import given_to, is_length_of, is_participle, meant_for
from pipelines.figures.tokens import fold
from pipelines.figures.topics import Told
from pipelines.figures.vocabulary import grammar

_VERB_NEAR = 4
_LISTING = frozenset((",", "et", "ou", "à", "puis", "voire"))
_LISTED = (["mais"], [",", "mais"], [",", "voire"], [",", "puis"], [",", "et"], [",", "ou"], ["et", "même"])
_STANDS_FOR = {"le": "il", "la": "elle", "les": "les"}  # what an object pronoun stands for agrees with these
_MOMENTS = frozenset(
    ("cours", "bout", "terme", "fin", "debut", "lors", "issue", "lendemain", "maniere", "facon")
)  # au cours de
_RIGHT_REACH = 40  # tokens after a number in which its subject is looked for
_AGES = range(10, 121)
_ASIDE_REACH = 12  # tokens of an aside between two commas
_AGE_REACH = 3  # tokens between a share and the age of those it is of: des moins de
_PLACE_REACH = 4  # tokens of a place between two shares: en France 72 % et en Europe 84 %
_OF_ANYTHING = (COUNT, DURATION, RATIO)
_SUMS = (MONEY, MEASURE)


def find_subjects(sentence: Sentence, mentions: list[Mention], told: Told) -> list[Mention]:
    """Give each mention its subject.

    Args:
        sentence: The sentence the mentions stand in.
        mentions: Its quantities, in order.
        told: What the figures of the sentence before were about, for "ce nombre", "il".
    """
    taken = frozenset(at for mention in mentions for at in range(mention.first, mention.end))
    _share_along_lists(sentence, mentions)
    for position, mention in enumerate(mentions):
        floor = mentions[position - 1].end if position else 0
        alike = next(
            (other for other in reversed(mentions[max(0, position - 3) : position]) if other.kind == mention.kind), None
        )
        previous = mentions[position - 1] if position else None
        alike = previous if _restates(sentence, mention) else alike
        inherited = alike or (None if _is_sum_beside_count(sentence, mention, previous) else previous)
        if mention.subject is None and previous is not None and tells_the_change(sentence, mention, previous):
            mention.subject = previous.subject
        before = next(iter(told.get(mention.kind) or told.get(None) or ()), None)
        strange = mention.kind not in _OF_ANYTHING and inherited is None and mention.kind not in told
        carried = inherited.subject if inherited else before
        clause = _Clause(sentence, taken, floor, carried, mentions[:position], told, strange=strange)
        if mention.subject is None and position and is_length_of(sentence, mentions[position - 1], mention):
            mention.subject = mentions[position - 1].subject
        mention.subject = mention.subject or _subject(clause, mention, alike, previous)
    return mentions


def _restates(sentence: Sentence, mention: Mention) -> bool:
    """3 % du total, soit 2 millions; soit, pour la région, 2 millions: the figure before is said again."""
    at = mention.outer - 1
    if sentence.word(at) == ",":
        near = range(at - 1, max(0, at - _ASIDE_REACH), -1)
        at = next((comma for comma in near if sentence.words[comma] == ","), at) - 1
    return sentence.fold(at) == "soit"


def _is_sum_beside_count(sentence: Sentence, mention: Mention, previous: Mention | None) -> bool:
    """L'aide va à 3 000 foyers, de 20 euros par mois: a sum is not about what was counted, but where it says so."""
    if previous is None or previous.kind != COUNT or mention.kind not in _SUMS:
        return False
    return sentence.fold(mention.outer - 1) not in ("soit", "(")


class _Clause(NamedTuple):
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
        comma = next((at for at in range(start, self.sentence.size) if self.sentence.words[at] in (",", ";", ":")), 0)
        near = first_phrase(self.sentence, start, comma, self.taken) if comma else None
        return near or self.first_phrase(start)

    def first_phrase(self, start: int) -> str | None:
        """The first noun phrase from a token on."""
        return first_phrase(self.sentence, start, min(self.sentence.size, start + _RIGHT_REACH), self.taken)


def _share_along_lists(sentence: Sentence, mentions: list[Mention]) -> None:
    """What stands after the last of a list is counted by all: 20 % ou 25 % de ses nuits."""
    for position, mention in enumerate(mentions):
        floor = mentions[position - 1].end if position else 0
        mention.subject = mention.subject or with_its_noun(sentence, mention, floor, what_follows(sentence, mention))
    for first, second in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        if first.subject is None and second.kind == DURATION and (first.direction, second.direction) == (FROM, TO):
            second.subject = _lasting_moved(sentence, first) or second.subject
        gap = sentence.folds[first.end : second.outer]
        placed = gap[:1] and gap[0] in _LISTING and (len(gap) == 1 or _is_placed(sentence, first, second))
        listed = placed or gap in _LISTED
        if first.subject is None and listed and first.kind == second.kind:
            first.subject = second.subject
        if not gap and first.kind == DURATION and sentence.fold(first.outer - 1) == "en":
            first.subject = second.subject or first.subject  # on a perdu en dix ans 300 bancs
        if second.unit == "a" and gap[:1] == ["des"] and second.first - first.end <= _AGE_REACH:
            first.subject = second.subject or first.subject  # 20 % des 6-13 ans, des moins de vingt ans


def _lasting_moved(sentence: Sentence, mention: Mention) -> str | None:
    """La loi allonge le délai de douze à quatorze semaines de garde: what lasts, and not what it is spent on."""
    what = moved_object(sentence, mention)
    return what if what is not None and fold(what.split()[0]) in grammar().lasting_nouns else None


def _is_placed(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """En France 72 % et en Europe 84 % des terres: only where stands between the two."""
    placed = sentence.fold(first.end + 1) in ("en", "dans", "à", "au", "aux")
    return placed and second.outer - first.end <= _PLACE_REACH


def _subject(clause: _Clause, mention: Mention, alike: Mention | None, previous: Mention | None) -> str | None:
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
    moved = moved_object(sentence, mention)
    if moved is not None:
        return _whole(sentence, mention, moved, carried)
    reading = lasting if _is_apart(sentence, mention) else attached
    noun = reading(sentence, mention, clause.floor)
    says = noun is not None and (not _only_carries(mention, noun) or is_new(sentence, mention, noun))
    if noun is not None and says and not _tells_when(mention, noun):
        return noun
    if noun is not None and carried is not None and fold(noun) == fold(carried.split()[0]):
        return carried  # des taux de 10 %, where what went before is a rate
    meant = meant_for(sentence, mention) or given_to(sentence, mention)
    if meant is None and noun is not None and _changes_for(sentence, mention):
        meant = phrase_from(sentence, mention.end + 2)
    acting = previous.subject if previous is not None and acts_on(sentence, previous, mention) else None
    if previous is not None and sentence.folds[max(0, mention.outer - 3) : mention.outer] == ["à", "raison", "de"]:
        acting = previous.subject  # 900 guides suivent un cours, à raison de huit jours par guide
    found = meant or acting or _of_its_clause(clause, mention, noun)
    return found if noun is None or found is None else _said_of(noun, found)  # la taxe est au taux de 5 %


def _moved_before(clause: _Clause, pronoun: int) -> str | None:
    """On gèle les primes, tout en parlant de les réduire de 3 euros: the object before, where no figure says it."""
    article = clause.sentence.folds[pronoun]
    named = None
    if article in _STANDS_FOR:
        named = last_named(clause.sentence, pronoun, _STANDS_FOR[article], clause.taken)
    return named or clause.carried


def _changes_for(sentence: Sentence, mention: Mention) -> bool:
    """Une hausse de 4 % pour la pêche: whose change it is, where nothing else says so."""
    for_whom = sentence.fold(mention.end) == "pour" and sentence.key(mention.end + 1) == "le"
    return for_whom and mention.direction in AMOUNTS and sentence.fold(mention.end + 2) not in grammar().time_nouns


def _of_them(clause: _Clause, mention: Mention) -> str | None:
    """Les écluses ferment : il y en a eu 70; les élèves arrivent, 10 % d'entre eux: what "en" or "eux" stands for."""
    sentence, carried = clause.sentence, clause.carried
    among = sentence.key(mention.end) == "de" and sentence.fold(mention.end + 1) == "entre"
    near = range(max(1, mention.outer - _VERB_NEAR), mention.outer)
    some = any(sentence.folds[at] == "en" and sentence.folds[at - 1] in ("y", "on", "n'") for at in near)
    if not among and not (some and mention.kind == COUNT):
        return None
    plural = plural_before(sentence, mention.outer, clause.taken)
    apart = among or not {":", ";"}.isdisjoint(sentence.words[: mention.outer])
    return (plural or carried) if apart else (carried or plural)


def _whole(sentence: Sentence, mention: Mention, moved: str, carried: str | None) -> str:
    """Ce nombre, this ceiling: what was said of it before, with the ceiling itself where it is one."""
    named = named_before(sentence, mention, moved) if only_carries(moved) else moved
    if named is None and carried is None:
        named = _owned(sentence, mention, moved)
    if named is None and carried is not None and fold(moved) in grammar().limit_nouns:
        return joined(moved, carried)  # porter ce plafond à 30 euros
    return named or carried or moved


def _owned(sentence: Sentence, mention: Mention, carrier: str) -> str | None:
    """Les loups reviennent : on estime leur nombre à 90: what "leur" stands for."""
    near = sentence.words[: mention.outer]
    at = len(near) - 1 - near[::-1].index(carrier) if carrier in near else 0
    return last_named(sentence, at - 1, "les") if sentence.fold(at - 1) == "leur" else None


def _tells_when(mention: Mention, noun: str) -> bool:
    """Au cours de, a baissé au dernier trimestre (3 %): a noun of time is what only a length of time is of."""
    words = [fold(word) for word in noun.split()]
    head = next((word for word in words if word not in grammar().before_noun_adjectives), None)
    if head is None:
        return True  # une prime jugée trop faible (30 euros)
    return head in _MOMENTS or (head in grammar().time_nouns and mention.kind != DURATION)


def _of_its_clause(clause: _Clause, mention: Mention, noun: str | None) -> str | None:
    """The subject of its clause, or what comes after where that is someone who decides, or else what went before."""
    sentence, carried = clause.sentence, clause.carried
    if sentence.fold(mention.outer - 1) in grammar().needing and sentence.fold(mention.end) == "pour":
        return clause.first_phrase(mention.end + 1)  # il faut six mois pour obtenir un rendez-vous
    if opens_clause(sentence, mention) and (said := clause.first_phrase(after_opening(sentence, mention))) is not None:
        return said
    own = clause_subject(sentence, mention, clause.spoken, clause.taken)
    about = opening_topic(sentence)
    if about is not None and (own is None or _speakers(sentence, mention.outer)):
        own = phrase_from(sentence, about) or own
    acts = own is not None and fold(own.split()[0]) in grammar().actors
    if own is not None and not acts and not _only_carries(mention, own):
        return own
    following = None
    if acts and mention.kind != DURATION:
        wanted = clause.first_phrase(1) if sentence.fold(0) == "pour" else None  # Pour financer ce plan, l'État a prévu
        following = clause.beside(mention.end) or wanted
    elif (main := main_clause(sentence, mention)) is not None:
        following = carried if is_anaphor(sentence, main) else clause.first_phrase(main)
    elif opens_sentence(sentence, mention):
        after = after_opening(sentence, mention)
        following = carried if is_anaphor(sentence, after) else clause.first_phrase(after)
    change = following if following is not None and only_carries(following) else None
    following = following if change is None else None
    carried = None if clause.strange and (own or noun) is not None and not _is_ordinal(own or noun) else carried
    if following is None and carried is not None and own is not None and not acts:
        return with_purpose(sentence, mention, _said_of(own, carried))  # la hausse est de 3 % pour les fermes
    owned = _owned(sentence, mention, own) if own is not None and carried is None else None
    return following or carried or owned or own or noun or change or clause.beside(mention.end) or clause.first_phrase(0)


def _is_ordinal(phrase: str | None) -> bool:
    """Deux mesures suivent. La première coûte 3 euros: what is counted before is what the ordinal stands for."""
    return phrase is not None and fold(phrase) in grammar().ordinal_pronouns


def _said_of(carrier: str, carried: str) -> str:
    """Le taux atteint 5 % ici: a rate of what was spoken of; "le nombre" and "la hausse" say nothing more."""
    folded = fold(carrier.split()[0])
    says = folded in grammar().measuring_carriers and only_carries(carrier) and folded not in fold(carried)
    return joined(carrier, carried) if says else carried


def _only_carries(mention: Mention, phrase: str) -> bool:
    """Whether a phrase says nothing; a noun of change does where the figure is no amount of it: des pertes de 3 %."""
    if not only_carries(phrase):
        return False
    head = fold(phrase.split()[0])
    return mention.direction is not None or head in grammar().counters or change_word(head) is None


def _speakers(sentence: Sentence, end: int) -> bool:
    """Whether we, or someone, act in a sentence before a figure: nous avons choisi d'y consacrer 3 millions."""
    return not {"nous", "j'", "je", "on", "vous"}.isdisjoint(sentence.folds[:end])


def _is_apart(sentence: Sentence, mention: Mention) -> bool:
    """Whether the noun before is not what the figure is of: depuis trois ans, multiplié par deux, tourne autour de."""
    first = mention.outer
    states = sentence.fold(first).endswith("ant") or sentence.fold(first - 1) == "pouvant"  # pouvant atteindre 15 ans
    equalled = mention.unit == "x" and sentence.fold(first - 1) == "à"  # une distance égale à dix fois la hauteur
    if (mention.unit == "x" and not equalled) or not (
        states or grammar().verbs.isdisjoint(sentence.folds[first : mention.first])
    ):
        return True
    before = sentence.fold(first - 1)
    adverbial = mention.kind == DURATION and first == mention.first and _says_when(sentence, mention.end)
    if adverbial and is_noun_like(sentence, first - 1):
        return True  # il reste au bureau huit heures d'affilée
    while before in grammar().determiners and before not in ("de", "d'", "du", "des", "au", "aux"):
        first -= 1
        before = sentence.fold(first - 1)
    aged = before == "à" and mention.unit == "a" and mention.value in _AGES and sentence.key(mention.end) != "de"
    stated = aged or (before == "à" and is_participle(sentence, first - 2))  # un effort estimé à 37 jours
    return mention.kind == DURATION and before in grammar().before_lengths_of_time and not stated


def _says_when(sentence: Sentence, at: int) -> bool:
    """Huit heures d'affilée, six jours avant, deux heures par jour, deux ans durant."""
    after = sentence.fold(at + 1 if sentence.key(at) == "de" else at)
    return after in ("affilee", "suite", "rang", "avant", "apres", "durant", "precedant", "par", "plus")
