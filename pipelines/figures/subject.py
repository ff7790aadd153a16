"""Subject: the noun phrase a figure is about, its head first, with its first complements.

It stands right after the number ("250 agents", "30 % des jeunes"), or before ("un bénéfice net de 3 M€"), or is
the subject of the clause ("le taux de couverture … est passé de 90 %"); a figure that names none ("dont 3", "contre
63 %", "ce total sera ramené à 14") takes it from the figure before.
"""

from itertools import chain

from pipelines.figures.attachments import attached, moved_object
from pipelines.figures.by_clause import carries_only, of_its_clause
from pipelines.figures.carriers import is_new
from pipelines.figures.classes import TIME
from pipelines.figures.continuing import acts_on, tells_the_change
from pipelines.figures.elided import elided_subject
from pipelines.figures.following import PERIOD, what_follows, with_its_noun
from pipelines.figures.governors import opening_comma
from pipelines.figures.lasting import lasting
from pipelines.figures.mention import (
    AMOUNTS,
    COUNT,
    DURATION,
    FROM,
    MEASURE,
    MONEY,
    PERCENTAGE,
    RATIO,
    TO,
    Mention,
    Sentence,
)
from pipelines.figures.phrases import is_noun_like, phrase_from
from pipelines.figures.purposes import given_to, is_done, is_length_of, is_participle, meant_for
from pipelines.figures.spoken import Clause, gone_on_with, said_of
from pipelines.figures.tokens import fold
from pipelines.figures.topics import Told
from pipelines.figures.vocabulary import grammar

_LISTING = frozenset((",", "et", "ou", "à", "puis", "voire"))
_LISTED = (["mais"], [",", "mais"], [",", "voire"], [",", "puis"], [",", "et"], [",", "ou"], ["et", "même"])
_MOMENTS = frozenset(
    ("cours", "bout", "espace", "terme", "fin", "debut", "lors", "issue", "lendemain", "maniere", "facon")
)  # au cours de
_COMPARING = ("superieur", "inferieur", "plus", "moins", "moindre")
_AGES = range(3, 121)
_ASIDE_REACH = 12  # tokens of an aside between two commas
_BEFORE_PARTS = frozenset(("dont", "et", "contre", "des", "aux"))
_BRACKET_REACH = 2  # tokens from a bracket to the figure that opens it: (de 6 000
_AGE_REACH = 3  # tokens between a share and the age of those it is of: des moins de
_PLACE_REACH = 4  # tokens of a place between two shares: en France 72 % et en Europe 84 %
_OF_ANYTHING = (COUNT, DURATION, RATIO)
_SUMS = (MONEY, MEASURE)


def find_subjects(sentence: Sentence, mentions: list[Mention], told: Told) -> list[Mention]:
    """Give each mention its subject, where `share_along_lists` has given none.

    Args:
        sentence: The sentence the mentions stand in.
        mentions: Its quantities, in order.
        told: What the figures of the sentence before were about, for "ce nombre", "il".
    """
    taken = frozenset(chain.from_iterable([range(mention.first, mention.end) for mention in mentions]))
    for position, mention in enumerate(mentions):
        previous = mentions[position - 1] if position else None
        if mention.subject is not None:
            if previous is not None:
                mention.subject = _so_done(sentence, previous, mention) or mention.subject
            continue
        floor = previous.end if previous is not None else 0
        alike = previous if _restates(sentence, mention) else _alike(mentions, position)
        inherited = alike or (None if _is_sum_beside_count(sentence, mention, previous) else previous)
        recalled = mention.rule.startswith("contrast:") and sentence.words[mention.outer - 1] == "("
        if previous is not None and (recalled or tells_the_change(sentence, mention, previous)):
            mention.subject = _carried(mentions[:position], previous)
        before = next(iter(told.get(mention.kind) or told.get(None) or ()), None)
        strange = mention.kind not in _OF_ANYTHING and inherited is None and mention.kind not in told
        strange = strange and sentence.folds[0] not in ("cela", "ceci")  # Cela représente une hausse de 3 %
        if previous is not None and inherited is previous and _is_of_the_whole(sentence, mentions[:position], mention):
            inherited = mentions[position - 2]
        carried = _carried(mentions[:position], inherited) if inherited else before
        clause = Clause(sentence, taken, floor, carried, mentions[:position], told, strange=strange)
        mention.subject = mention.subject or elided_subject(sentence, mention, mentions[:position])
        if mention.subject is None and previous is not None and _goes_with(sentence, previous, mention):
            mention.subject = previous.subject
        mention.subject = mention.subject or _subject(clause, mention, alike, previous)
    return mentions


def _alike(mentions: list[Mention], position: int) -> Mention | None:
    """The last of the three mentions before that is of the same kind."""
    for at in range(position - 1, max(-1, position - 4), -1):
        if _are_alike(mentions[at], mentions[position]):
            return mentions[at]
    return None


def _so_done(sentence: Sentence, previous: Mention, mention: Mention) -> str | None:
    """90 cas de gale, dont 12 importés: the things before, and what became of so many of them: cas importés."""
    word, opener = sentence.words[mention.end], sentence.folds[mention.outer - 1]
    counted = mention.is_bare and previous.is_bare and opener in _BEFORE_PARTS
    done = counted and word.endswith(("és", "ées", "us", "ues")) and sentence.keys[mention.end + 1] != "de"
    if not done or mention.subject != word or previous.subject is None or not is_done(word):
        return None
    return f"{previous.subject.split()[0]} {word}"


def _is_of_the_whole(sentence: Sentence, earlier: list[Mention], mention: Mention) -> bool:
    """90 cas, dont 12 graves, soit une hausse de 3 %: the change is of the whole, not of the part told in the aside."""
    part = len(earlier) > 1 and sentence.folds[earlier[-1].outer - 1] == "dont"
    return part and mention.direction in AMOUNTS and sentence.folds[earlier[-1].end : mention.outer].count("soit") == 1


def _carried(earlier: list[Mention], inherited: Mention) -> str | None:
    """800 heures au cours des douze derniers mois, dont 200 heures: what is carried on is no mere period."""
    if inherited.subject != PERIOD:
        return inherited.subject
    return next((each.subject for each in reversed(earlier) if each.subject != PERIOD), PERIOD)


def _are_alike(other: Mention, mention: Mention) -> bool:
    """Whether two figures are of one kind; un tiers and 36 % are both shares."""
    return other.kind == mention.kind or (other.kind == RATIO and other.unit == "1" and mention.kind == PERCENTAGE)


def _goes_with(sentence: Sentence, previous: Mention, mention: Mention) -> bool:
    """Un agent sur trois (34 %), réduire de 25 % (de 6 000 à 4 500 euros) l'aide: the same in brackets, or how long."""
    bracketed = sentence.words[previous.end] == "(" and mention.outer - previous.end <= _BRACKET_REACH
    return bracketed or is_length_of(sentence, previous, mention)


def _restates(sentence: Sentence, mention: Mention) -> bool:
    """3 % du total, soit 2 millions; soit, pour la région, 2 millions: the figure before is said again."""
    at = mention.outer - 1
    if sentence.words[at] == "," and "soit" in sentence.folds[max(0, at - _ASIDE_REACH) : at]:
        at = (opening_comma(sentence, at, _ASIDE_REACH) or at) - 1
    return sentence.folds[at] == "soit"


def _is_sum_beside_count(sentence: Sentence, mention: Mention, previous: Mention | None) -> bool:
    """L'aide va à 3 000 foyers, de 20 euros par mois: a sum is not about what was counted, but where it says so."""
    if previous is None or previous.kind != COUNT or mention.kind not in _SUMS:
        return False
    return sentence.folds[mention.outer - 1] not in ("soit", "(")


def share_along_lists(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """What stands after the last of a list is counted by all: 20 % ou 25 % de ses nuits."""
    for position, mention in enumerate(mentions):
        floor = mentions[position - 1].end if position else 0
        mention.subject = mention.subject or with_its_noun(sentence, mention, floor, what_follows(sentence, mention))
    for at in range(len(mentions) - 2, -1, -1):
        _share(sentence, mentions[at], mentions[at + 1])
    return mentions


def _share(sentence: Sentence, first: Mention, second: Mention) -> None:
    """20 % ou 25 % de ses nuits: one counts what the next does, or the next what the one before does."""
    if first.subject is None and second.kind == DURATION and (first.direction, second.direction) == (FROM, TO):
        second.subject = _lasting_moved(sentence, first) or second.subject
    gap = sentence.folds[first.end : second.outer]
    placed = gap[:1] and gap[0] in _LISTING and (len(gap) == 1 or _is_placed(sentence, first, second))
    listed = placed or gap in _LISTED
    if first.subject is None and listed and first.kind == second.kind:
        first.subject = second.subject
    if not gap and first.kind == DURATION and sentence.folds[first.outer - 1] == "en":
        first.subject = second.subject or first.subject  # on a perdu en dix ans 300 bancs
    if second.unit == "a" and gap[:1] == ["des"] and second.first - first.end <= _AGE_REACH:
        first.subject = second.subject or first.subject  # 20 % des 6-13 ans, des moins de vingt ans
    if first.subject is None and gap == ["des"]:
        first.subject = second.subject  # 0,4 % des 19 milliards d'euros d'aides


def _lasting_moved(sentence: Sentence, mention: Mention) -> str | None:
    """La loi allonge le délai de douze à quatorze semaines de garde: what lasts, and not what it is spent on."""
    if sentence.folds[mention.outer - 2] in grammar().lasting_nouns:
        return phrase_from(sentence, mention.outer - 2)  # le passage du délai de douze à quatorze semaines
    what = moved_object(sentence, mention)
    return what if what is not None and fold(what.split()[0]) in grammar().lasting_nouns else None


def _is_placed(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """En France 72 % et en Europe 84 % des terres: only where stands between the two."""
    placed = sentence.folds[first.end + 1] in ("en", "dans", "à", "au", "aux")
    return placed and second.outer - first.end <= _PLACE_REACH


def _subject(clause: Clause, mention: Mention, alike: Mention | None, previous: Mention | None) -> str | None:
    gone_on = gone_on_with(clause, mention, alike, previous)
    if gone_on is not None:
        return gone_on
    sentence, carried = clause.sentence, clause.carried
    reading = lasting if _is_apart(sentence, mention) else attached
    noun = reading(sentence, mention, clause.floor)
    says = noun is not None and (not carries_only(mention, noun) or is_new(sentence, mention, noun))
    if noun is not None and says and not _tells_when(mention, noun):
        return noun
    if noun is not None and carried is not None and fold(noun) == fold(carried.split()[0]):
        return carried  # des taux de 10 %, where what went before is a rate
    if noun == "somme" and mention.kind == MONEY and sentence.keys[mention.outer - 3] == "le":
        return noun  # la somme de 300 euros pèse
    if (whole := _total_for(sentence, mention)) is not None:
        return whole
    if noun is not None and carried is None and _is_known(sentence, mention):
        return noun  # plafonner l'abattement de 3 %
    found = _beside(sentence, mention, noun, previous) or of_its_clause(clause, mention, noun)
    return found if noun is None or found is None else said_of(noun, found)  # la taxe est au taux de 5 %


def _total_for(sentence: Sentence, mention: Mention) -> str | None:
    """Un total de 9 millions d'euros pour l'ensemble des quais: what so much in all is for."""
    noun = mention.outer - 1 - (sentence.keys[mention.outer - 1] == "de")
    total = mention.kind in _SUMS and sentence.folds[noun] == "total"
    return phrase_from(sentence, mention.end + 1) if total and sentence.folds[mention.end] == "pour" else None


def _is_known(sentence: Sentence, mention: Mention) -> bool:
    """L'abattement de 3 %: a noun with its article, and nothing that it would be of was spoken of."""
    return sentence.keys[mention.outer - 1] == "de" and sentence.keys[mention.outer - 3] == "le"


def _beside(sentence: Sentence, mention: Mention, noun: str | None, previous: Mention | None) -> str | None:
    """What a sum is meant for or given to, whose change it is, or what the figure before counts that acts here."""
    meant = meant_for(sentence, mention) or given_to(sentence, mention)
    if meant is None and noun is not None and _changes_for(sentence, mention):
        meant = phrase_from(sentence, mention.end + 2)
    if meant is not None or previous is None:
        return meant
    # 900 guides suivent un cours, à raison de huit jours par guide
    per_each = sentence.folds[max(0, mention.outer - 3) : mention.outer] == ["à", "raison", "de"]
    return previous.subject if per_each or acts_on(sentence, previous, mention) else None


def _changes_for(sentence: Sentence, mention: Mention) -> bool:
    """Une hausse de 4 % pour la pêche: whose change it is, where nothing else says so."""
    for_whom = sentence.folds[mention.end] == "pour" and sentence.keys[mention.end + 1] == "le"
    return for_whom and mention.direction in AMOUNTS and not sentence.classes[mention.end + 2] & TIME


def _tells_when(mention: Mention, noun: str) -> bool:
    """Au cours de, a baissé au dernier trimestre (3 %): a noun of time is what only a length of time is of."""
    words = [fold(word) for word in noun.split()]
    head = next((word for word in words if word not in grammar().before_noun_adjectives), None)
    if head is None or head in grammar().inner_adjectives:
        return True  # une prime jugée trop faible (30 euros)
    return head in _MOMENTS or (head in grammar().time_nouns and mention.kind != DURATION)


def _is_apart(sentence: Sentence, mention: Mention) -> bool:
    """Whether the noun before is not what the figure is of: depuis trois ans, multiplié par deux, tourne autour de."""
    first = mention.outer
    states = sentence.folds[first].endswith("ant") or sentence.folds[first - 1] == "pouvant"  # pouvant atteindre 15 ans
    if mention.unit == "x" and not _is_factor_of(sentence, mention):
        return True
    if not (states or grammar().verbs.isdisjoint(sentence.folds[first : mention.first])):
        return True
    before = sentence.folds[first - 1]
    adverbial = mention.kind == DURATION and first == mention.first and _says_when(sentence, mention.end)
    if adverbial and is_noun_like(sentence, first - 1):
        return True  # il reste au bureau huit heures d'affilée
    while before in grammar().determiners and before not in ("de", "d'", "du", "des", "au", "aux"):
        first -= 1
        before = sentence.folds[first - 1]
    aged = before == "à" and mention.unit == "a" and mention.value in _AGES and sentence.keys[mention.end] != "de"
    stated = aged or (before == "à" and is_participle(sentence, first - 2))  # un effort estimé à 37 jours
    return mention.kind == DURATION and before in grammar().before_lengths_of_time and not stated


def _is_factor_of(sentence: Sentence, mention: Mention) -> bool:
    """Une distance égale à dix fois la hauteur, une teneur dix fois supérieure."""
    before = mention.outer - 1
    compared = sentence.folds[mention.end - 1].startswith(_COMPARING) and is_noun_like(sentence, before)
    return sentence.folds[before] == "à" or compared


def _says_when(sentence: Sentence, at: int) -> bool:
    """Huit heures d'affilée, six jours avant, deux heures par jour, deux ans durant."""
    after = sentence.folds[at + 1 if sentence.keys[at] == "de" else at]
    return after in ("affilee", "suite", "rang", "avant", "apres", "durant", "precedant", "par", "plus")
