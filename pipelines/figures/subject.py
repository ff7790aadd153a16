"""Subject: the noun phrase a figure is about, its head first, with its first complements.

It stands right after the number ("250 agents", "30 % des jeunes"), or before ("un bénéfice net de 3 M€"), or is
the subject of the clause ("le taux de couverture … est passé de 90 %"); a figure that names none ("dont 3", "contre
63 %", "ce nombre sera abaissé à 20") takes it from the figure before.
"""

from typing import NamedTuple

from pipelines.figures.clauses import clause_subject, first_phrase
from pipelines.figures.governors import change_word
from pipelines.figures.mention import Mention, Sentence, Style
from pipelines.figures.phrases import is_noun_like, is_verb_form, phrase_end, phrase_from, phrase_until, set_object
from pipelines.figures.purposes import is_length_of, meant_for, participles
from pipelines.figures.tokens import fold
from pipelines.figures.vocabulary import grammar, qualifiers
from schemas.figure import Direction, FigureKind

_BEFORE_CARRIERS = frozenset(("de", "pour", "sur", "avec", "dans", "a"))
_BEFORE_TIMES = frozenset(("chaque", "cette", "l'", "par", "en", "l'"))
_SIGNS = frozenset(("(", "-", "–", "+"))
_OPENING_A_SHARE = frozenset(("dont", "et", "seulement", "seuls", "seules", ","))
_LINKS_TO_A_NOUN = frozenset(("à", "de", "d'", "est", "sont"))
_LISTING = frozenset((",", "et", "ou", "à", "puis", "voire"))
_MOMENTS = frozenset(("cours", "bout", "terme", "fin", "debut", "lors", "issue", "lendemain"))  # au cours de
_REACHING = frozenset(("atteint",))  # a verb more often than a participle: its subject is that of the clause
_PRESENT = ("se", "te", "me", "ne", "ue", "re", "ve", "he", "ent")  # il verse, il porte; not "versé", "versée"
_OVER = frozenset(("sur", "cours", "durant", "pendant", "lors"))
_NEEDING = frozenset(("faut", "faudra", "faudrait", "fallait"))
_RIGHT_REACH = 40  # tokens after a number in which its subject is looked for
_OPENING = 3  # tokens that may stand before a length of time at the start of its sentence
_LENGTHS = frozenset(("m", "km"))
_AMOUNTS = (Direction.UP, Direction.DOWN)


def find_subjects(sentence: Sentence, mentions: list[Mention], carried: str | None) -> list[Mention]:
    """Give each mention its subject.

    Args:
        sentence: The sentence the mentions stand in.
        mentions: Its quantities, in order.
        carried: The subject of the last figure of the sentences before, for "ce nombre", "il".
    """
    taken = frozenset(at for mention in mentions for at in range(mention.first, mention.end))
    _share_along_lists(sentence, mentions)
    for position, mention in enumerate(mentions):
        floor = mentions[position - 1].end if position else 0
        alike = next(
            (other for other in reversed(mentions[max(0, position - 3) : position]) if other.kind == mention.kind), None
        )
        inherited = alike or (mentions[position - 1] if position else None)
        clause = _Clause(sentence, taken, floor, inherited.subject if inherited else carried)
        if mention.subject is None and position and is_length_of(sentence, mentions[position - 1], mention):
            mention.subject = mentions[position - 1].subject
        mention.subject = mention.subject or _subject(clause, mention, alike)
    return mentions


class _Clause(NamedTuple):
    """What a subject is looked for in: the sentence, the tokens of its figures, where the last of them ended."""

    sentence: Sentence
    taken: frozenset[int]
    floor: int
    carried: str | None

    def first_phrase(self, start: int) -> str | None:
        """The first noun phrase from a token on."""
        return first_phrase(self.sentence, start, min(self.sentence.size, start + _RIGHT_REACH), self.taken)


def _share_along_lists(sentence: Sentence, mentions: list[Mention]) -> None:
    """What stands after the last of a list is counted by all: 30 % ou 40 % de son temps."""
    for mention in mentions:
        mention.subject = mention.subject or _right(sentence, mention)
    for first, second in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        listed = second.outer - first.end == 1 and sentence.fold(first.end) in _LISTING
        if first.subject is None and listed and first.kind == second.kind:
            first.subject = second.subject


def _subject(clause: _Clause, mention: Mention, alike: Mention | None) -> str | None:
    sentence, carried = clause.sentence, clause.carried
    if _continues(sentence, mention, alike) and carried is not None:
        return carried
    attached = None if _is_apart(sentence, mention) else _attached(sentence, mention, clause.floor)
    if attached is not None and not _only_carries(attached) and fold(attached.split()[0]) not in _MOMENTS:
        return attached
    meant = meant_for(sentence, mention)
    if meant is not None:
        return meant
    own = clause_subject(sentence, mention, carried, clause.taken)
    acts = own is not None and fold(own.split()[0]) in grammar().actors
    if own is not None and not acts and not _only_carries(own):
        return own
    following = clause.first_phrase(mention.end) if acts or _opens_sentence(sentence, mention) else None
    following = None if following is not None and _only_carries(following) else following
    return following or carried or own or attached or clause.first_phrase(mention.end)


def _opens_sentence(sentence: Sentence, mention: Mention) -> bool:
    """Ces trois dernières années, les effectifs …; Depuis dix ans le projet …: the subject comes after."""
    if sentence.fold(mention.outer - 1) in _NEEDING:  # il faut six mois pour ouvrir une classe
        return True
    lasts, comma = mention.kind == FigureKind.DURATION, "," in sentence.folds[mention.end : mention.end + 4]
    leads = lasts and mention.outer <= _OPENING
    share = mention.outer == 1 and sentence.folds[0] == "à"  # À 92 %, ce budget est de la paie
    return (comma and (lasts or share)) or (
        leads and sentence.fold(mention.outer - 1) in grammar().before_lengths_of_time
    )


def _right(sentence: Sentence, mention: Mention) -> str | None:
    """After the number: what is counted, or what the share, length or sum is "of"."""
    if mention.kind in (FigureKind.COUNT, FigureKind.RATE):
        return _counted(sentence, mention)
    if _is_span(sentence, mention):
        return "période"
    governed = _object_or_event(sentence, mention)
    return _of(sentence, mention) if governed is None else phrase_from(sentence, governed)


def _of(sentence: Sentence, mention: Mention) -> str | None:
    """What the share, length or sum is "of": 30 % des jeunes, réduire de 3 % les gaz."""
    at = mention.end
    if mention.direction in _AMOUNTS:
        if sentence.key(at) == "de" and sentence.fold(at + 1) in ("plus", "moins"):
            at += 2  # 3,6 % de plus de gaz
        if sentence.key(at) == "le":
            return phrase_from(sentence, at)
    if sentence.key(at) != "de" or sentence.fold(at + 1) in ("plus", "moins", "entre"):
        return None
    if sentence.fold(at + 1) == "affilee":
        return None  # huit heures d'affilée
    if mention.kind == FigureKind.MONEY and sentence.fold(at + 2) in grammar().time_nouns:
        return None  # 10 euros de l'heure
    if mention.unit in ("%", "1") and at + 1 < sentence.size and sentence.values[at + 1] is not None:
        end = phrase_end(sentence, at + 2)  # 20 % des 300 postes
        return sentence.slice(at + 1, end) if end > at + 2 else None
    phrase = phrase_from(sentence, at + 1)
    return f"distance de {phrase}" if phrase is not None and _is_distance(sentence, mention) else phrase


def _is_span(sentence: Sentence, mention: Mention) -> bool:
    """Sur les cinq dernières années, au cours des deux prochains mois: a period, named or not."""
    if mention.kind != FigureKind.DURATION or sentence.fold(mention.first - 1) not in ("les", "des"):
        return False
    return sentence.fold(mention.first - 2) in _OVER and any(
        fold.startswith(("dernier", "prochain", "precedent")) for fold in sentence.folds[mention.first : mention.end]
    )


def _object_or_event(sentence: Sentence, mention: Mention) -> int | None:
    """Where what is set or waited for starts: fixe à 3 000 euros le plafond, trois mois avant l'échéance."""
    if sentence.fold(mention.end) in ("chez", "parmi"):  # 9 % chez les cyclistes
        return mention.end + 1
    after = sentence.fold(mention.end) in ("avant", "apres") and sentence.key(mention.end + 1) == "le"
    if mention.kind == FigureKind.DURATION and after:
        return mention.end + 1
    return set_object(sentence, mention.first, mention.end)


def _is_distance(sentence: Sentence, mention: Mention) -> bool:
    """À 23 kilomètres de Paris, à 100 km de leur tribunal; not "500 mètres de profondeur"."""
    place = sentence.word(mention.end + 1)
    named = (
        place[:1].isupper()
        or sentence.fold(mention.end + 1) in grammar().determiners
        or sentence.fold(mention.end) in ("du", "des")
    )
    return mention.unit in _LENGTHS and named and "à" in sentence.folds[max(0, mention.outer - 2) : mention.outer]


def _counted(sentence: Sentence, mention: Mention) -> str | None:
    """The things counted, right after the number: 250 agents, 3 millions de visiteurs, 16 minimum d'agents."""
    at = mention.end
    if mention.style == Style.COLLECTIVE and sentence.key(at) != "de":
        return None  # une quinzaine remplit les conditions
    joined = mention.scale > 1 or mention.style == Style.COLLECTIVE
    if (joined and sentence.key(at) == "de") or sentence.fold(at) in ("minimum", "maximum", "environ"):
        at += 1
    if sentence.fold(at) == "fois" or _is_participle(sentence, mention, at):
        return None
    return phrase_from(sentence, at)


def _is_participle(sentence: Sentence, mention: Mention, at: int) -> bool:
    """Vingt-deux communes, dont vingt situées dans le Tarn: the participle says nothing of what is counted."""
    opens = sentence.fold(mention.outer - 1) in _OPENING_A_SHARE
    return opens and sentence.fold(at) in participles()


def _continues(sentence: Sentence, mention: Mention, previous: Mention | None) -> bool:
    """Whether the figure goes on speaking of what the one before was about."""
    first = mention.outer
    before = sentence.fold(first - 1)
    if mention.is_bare and sentence.fold(first - 3) == "en" and sentence.fold(first - 2) in grammar().auxiliaries:
        return True  # la mairie en a recensé 443
    if previous is None:
        return False
    if mention.kind == FigureKind.COUNT and mention.is_bare and before not in _LINKS_TO_A_NOUN:
        return True
    if sentence.fold(first - 2) == "en" and sentence.fold(first - 1) in grammar().verbs:  # elle en compte 10 %
        return True
    return (
        before in grammar().contrasts
        or (before in ("à", "de", "un", "une") and sentence.fold(first - 2) in ("contre", "et", "voire", "soit"))
        or (mention.direction == Direction.TO and previous.direction == Direction.FROM)
    )


def _is_apart(sentence: Sentence, mention: Mention) -> bool:
    """Whether the noun before is not what the figure is of: depuis trois ans, multiplié par deux, tourne autour de."""
    first = mention.outer
    states = sentence.fold(first).endswith("ant")  # une amende pouvant atteindre 15 000 euros
    if mention.unit == "x" or not (states or grammar().verbs.isdisjoint(sentence.folds[first : mention.first])):
        return True
    before = sentence.fold(first - 1)
    adverbial = mention.kind == FigureKind.DURATION and first == mention.first and _says_when(sentence, mention.end)
    if adverbial and is_noun_like(sentence, first - 1):
        return True  # il reste au bureau huit heures d'affilée
    while before in grammar().determiners and before not in ("de", "d'", "du", "des", "au", "aux"):
        first -= 1
        before = sentence.fold(first - 1)
    return mention.kind == FigureKind.DURATION and before in grammar().before_lengths_of_time


def _says_when(sentence: Sentence, at: int) -> bool:
    """Huit heures d'affilée, six jours avant, deux heures par jour, deux ans durant."""
    after = sentence.fold(at + 1 if sentence.key(at) == "de" else at)
    return after in ("affilee", "suite", "rang", "avant", "apres", "durant", "precedant", "par", "plus")


def _attached(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    """Before the number: a noun tied to it by "de" or by a participle ("une indemnité de nuit fixée à 17 euros")."""
    last = _before_links(sentence, mention, floor)
    if last is None or last < floor or not is_noun_like(sentence, last) or is_verb_form(sentence, last):
        return None
    by = _by(sentence, last)
    if by is not None:  # estimé par la Cour à 3 millions d'euros; un coût par élève de 1 200 euros
        return phrase_until(sentence, by - 1, floor) if is_noun_like(sentence, by - 1) and by > floor else None
    phrase = phrase_until(sentence, last, floor)
    opens = last - len((phrase or "").split())
    owner = opens - 3 if sentence.word(opens - 2) == "," else opens - 2  # le chantier, d'un coût de 3 millions
    carries = phrase is not None and _carries(phrase) and sentence.fold(opens) in ("un", "une")
    noun = is_noun_like(sentence, owner) and not is_verb_form(sentence, owner)
    named = noun and sentence.fold(owner - 1) not in ("en", "à")  # not: prendre en charge
    if carries and sentence.key(opens - 1) in _BEFORE_CARRIERS and named:
        return phrase_until(sentence, owner, floor) or phrase  # une taxe d'un montant de 300 euros
    return phrase


def _before_links(sentence: Sentence, mention: Mention, floor: int) -> int | None:
    """The token before "de", "inférieur à", "fixé à", ", âgée de", "(": where an attached noun would end."""
    words, at = grammar(), mention.outer - 1
    while at >= floor:
        word = sentence.folds[at]
        linked = word in qualifiers().distant_links or word in participles()
        finite = word in _REACHING or (word in words.verbs and sentence.words[at].endswith(_PRESENT))
        if word in words.auxiliaries or finite or (word in words.verbs and not linked):
            return None
        aside = word == "," and sentence.fold(at + 1) in participles()
        if word in words.time_nouns and sentence.fold(at - 1) in _BEFORE_TIMES:
            at -= 2  # s'élève chaque année à
            continue
        if not (linked or aside or word in _SIGNS or _is_small(word)):
            return at
        at -= 1
    return None


def _by(sentence: Sentence, last: int) -> int | None:
    """The "par" before the noun phrase that ends there, after a noun or a participle."""
    at = last
    while at > 0 and (is_noun_like(sentence, at) or sentence.key(at) in ("de", "le")):
        at -= 1
    return at if sentence.folds[at] == "par" else None


def _is_small(word: str) -> bool:
    words = grammar()
    return word in words.prepositions or word in words.adverbs or word in words.determiners


def _carries(phrase: str) -> bool:
    """Whether a phrase is a carrier with an adjective at most: montant forfaitaire."""
    words = phrase.split()
    return len(words) <= 2 and _only_carries(words[0])


def _only_carries(phrase: str) -> bool:
    """Whether a phrase is nothing but "nombre", "montant", "hausse"."""
    folded = [fold(word) for word in phrase.split()]
    if folded[0] in grammar().telling_carriers:
        return False
    return len(folded) == 1 and (folded[0] in grammar().carriers or change_word(folded[0]) is not None)
