"""Attachments: the noun that stands before a number and is tied to it: "une prime de froid fixée à 9 euros"."""

from pipelines.figures.carriers import is_bare_carrier, is_only_sized
from pipelines.figures.change_words import change_word, is_level_word
from pipelines.figures.circumstances import past_circumstances
from pipelines.figures.classes import AUXILIARY, DETERMINER
from pipelines.figures.clauses import clause_start, is_finite
from pipelines.figures.first_phrases import first_phrase
from pipelines.figures.governors import governing
from pipelines.figures.links import before_links, by_the_way, phrase_opening
from pipelines.figures.mention import AMOUNTS, COUNT, DURATION, FROM, MEASURE, MONEY, Mention, Sentence
from pipelines.figures.moves import moved
from pipelines.figures.phrases import (
    before_phrase,
    is_noun_like,
    is_plural_noun,
    is_verb_form,
    phrase_from,
    phrase_until,
)
from pipelines.figures.pronouns import last_named
from pipelines.figures.purposes import is_done, is_lone_participle, is_participle
from pipelines.figures.tokens import fold
from pipelines.figures.verbs import PARTICIPLES_IN_E, is_adverb, is_infinitive
from pipelines.figures.vocabulary import changes, grammar

_BEFORE_CARRIERS = frozenset(("de", "pour", "sur", "avec", "dans", "a"))
_SHORT_NAME = 5  # tokens in the brackets after a name: (AESH-i)
_NOT_LASTING = frozenset(("par", "à"))
_MOVED_REACH = 18
_NUMBERED_REACH = 28
_ENDS = frozenset((";", ":", "(", ")"))
_COUNTED_BY = frozenset(("en", "à", "de", "avec"))
_AFTER_APPOSED = frozenset((",", ")", ".", "fin", "en", "au", "debut"))
_BEFORE_ITEMS = frozenset((";", ":", "•", "-", "–"))
_BEFORE_LABELS = frozenset((".", ";", ":", "(", "•"))
_PERSONS = frozenset(("je", "j'", "nous", "vous", "on", "il", "ils", "elle", "elles", "qui", "que", "qu'"))
_ONE_OF = (["un", "des"], ["une", "des"])
_PLACES = frozenset(("dans", "en", "sur", "chez"))
_DEFINITE = frozenset(("le", "la", "l'", "les"))
_DEGREES = frozenset(("bien", "tres", "trop", "assez", "peu", "si", "tout"))


def attached(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    """Before the number: a noun tied to it by "de" or by a participle ("une prime de froid fixée à 9 euros")."""
    if sentence.words[mention.outer - 1] == ":":
        if (acting := _detailed(sentence, mention)) is not None:
            return acting
        counted = _numbered(sentence, mention)
        if counted is not None or is_label(sentence, mention.outer - 1):
            return counted
    if sentence.folds[max(0, mention.outer - 3) : mention.outer] == ["au", "nombre", "de"]:
        last = mention.outer - 5 if sentence.words[mention.outer - 4] == "," else mention.outer - 4
        return phrase_until(sentence, last, floor) if last >= floor and is_noun_like(sentence, last) else None
    placed = _placed(sentence, mention, floor)
    return placed or _changed(sentence, mention, floor) or _tied(sentence, mention, floor)


def _detailed(sentence: Sentence, mention: Mention) -> str | None:
    """Les mousses sont proches du port : 12 % ont 20 ans; 40 dans une école: what the clause before the colon is of."""
    acts = mention.unit in ("%", "1") and mention.end < sentence.size and is_finite(sentence, mention.end)
    placed = mention.is_bare and sentence.folds[mention.end] in _PLACES
    if not (acts or placed):
        return None
    colon = mention.outer - 1
    start = clause_start(sentence, colon)
    verb = any(is_finite(sentence, at) for at in range(start, colon))
    return first_phrase(sentence, start, colon, frozenset()) if verb else None


def _placed(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    """By the place of the number: in a bracket, at the end of an item, after a comma, between two levels."""
    before = sentence.folds[mention.outer - 1]
    if mention.kind == DURATION and before == "(":
        return _what_lasts(sentence, mention.outer - 1, floor)
    if mention.kind == MONEY and before == "pour":
        return _item(sentence, mention.outer - 1, floor)
    if before == "," and not floor:
        return _apposed(sentence, mention)
    if before == "dont" and not floor:
        return _of_whom(sentence, mention)
    return _moved(sentence, mention, floor) if mention.direction == FROM else None


def _apposed(sentence: Sentence, mention: Mention) -> str | None:
    """Les guides, plus de 300 en 2022, attendent: the plural that a first count says again."""
    last = mention.outer - 2
    if not mention.is_bare or sentence.words[last + 1] != "," or sentence.folds[mention.end] not in _AFTER_APPOSED:
        return None
    noun = is_plural_noun(sentence, last) and is_noun_like(sentence, last) and not is_verb_form(sentence, last)
    return phrase_until(sentence, last, 0) if noun else None


def _of_whom(sentence: Sentence, mention: Mention) -> str | None:
    """Les guides, dont 18 % partent: a share that acts is of what stands before "dont"."""
    last = mention.outer - 2 - (sentence.words[mention.outer - 2] == ",")
    last = _before_marks(sentence, last)  # les crédits (3 %), dont 60 % sont gelés
    acts = mention.unit in ("%", "1") and mention.end < sentence.size and is_finite(sentence, mention.end)
    return phrase_until(sentence, last, 0) if acts and last >= 0 and is_noun_like(sentence, last) else None


def _item(sentence: Sentence, end: int, floor: int) -> str | None:
    """– les achats de bancs, de tables et le lustrage du parquet pour 300 euros: an item without a verb is its head."""
    start = next((at + 1 for at in range(end - 1, floor - 1, -1) if sentence.words[at] in _BEFORE_ITEMS), None)
    if start is None or sentence.keys[start] != "le" or any(is_finite(sentence, at) for at in range(start, end)):
        return None
    return phrase_from(sentence, start)


def _what_lasts(sentence: Sentence, bracket: int, floor: int) -> str | None:
    """Ce délai dépasse celui des voisins (51 jours): a length of time in brackets is of the noun of what lasts."""
    for at in range(bracket - 1, max(floor, bracket - _MOVED_REACH), -1):
        if sentence.words[at] in _ENDS:
            return None
        determined = sentence.classes[at - 1] & DETERMINER > 0 and sentence.keys[at - 1] != "de"
        if sentence.folds[at] in grammar().lasting_nouns and determined:
            return phrase_from(sentence, at)
    return None


def _levelled(sentence: Sentence, mention: Mention) -> str | None:
    """La réduction du temps de garde à 35 heures: what the noun of change before "à" is of."""
    if sentence.folds[mention.outer - 1] not in ("à", "au") or not is_noun_like(sentence, mention.outer - 2):
        return None
    if "passage" not in sentence.folds and changes().level_nouns.isdisjoint(sentence.folds):
        return None
    for at in range(mention.outer - 3, max(-1, mention.outer - _MOVED_REACH), -1):
        word = sentence.folds[at]
        if not sentence.is_word(at) or sentence.values[at] is not None or is_finite(sentence, at):
            return None
        if (
            (word in changes().level_nouns or word == "passage")
            and sentence.keys[at + 1] == "de"
            and is_noun_like(sentence, at)
        ):
            return phrase_from(sentence, at + 1)
    return None


def _changed(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    """L'augmentation des tarifs de vente du gaz et du fioul de 15 %: what the noun of change is of."""
    apposed = sentence.words[mention.outer - 1] == "," and sentence.keys[mention.outer] == "de"  # , de l'ordre de 3 %
    apposed = apposed or (sentence.keys[mention.outer - 1] == "de" and sentence.words[mention.outer - 2] == ",")
    if mention.direction not in AMOUNTS or not (apposed or sentence.keys[mention.outer - 1] == "de"):
        return None
    found = governing(sentence, mention.outer, needs_de=True)
    at = found[0] + 1 if found is not None else 0
    if apposed and at > floor and is_infinitive(sentence.words[at - 1]) and sentence.folds[at] in _DEFINITE:
        return phrase_from(sentence, at)  # réduire les frais, notamment de garde, de plus de 3 %
    at += sentence.keys[at] != "de" and is_noun_like(sentence, at)  # une chute brutale des ventes vers le port de 3 %
    if at <= floor or at >= mention.outer - 2 or sentence.keys[at] != "de":
        return None
    return phrase_from(sentence, at)


def _numbered(sentence: Sentence, mention: Mention) -> str | None:
    """Le plus grand nombre de dossiers jamais vu dans ce service : 836."""
    if mention.kind != COUNT or not mention.is_bare:
        return None
    near = range(mention.outer - 2, max(-1, mention.outer - _NUMBERED_REACH), -1)
    ends = next((at for at in near if sentence.words[at] in (";", ":")), -1)
    named = (at + 2 for at in near if sentence.folds[at] == "nombre" and sentence.folds[at + 1] in ("de", "d'"))
    return next((phrase_from(sentence, at) for at in named if at > ends), None)


def _tied(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    if sentence.folds[max(0, mention.outer - 2) : mention.outer] == ["que", "de"]:
        return None  # n'est supérieur à l'inflation que de 3 points
    last = before_links(sentence, mention, floor)
    last = None if last is None or last < floor else _before_marks(sentence, last)
    if last is None or last < floor or sentence.folds[max(0, last - 2) : last + 1] == ["à", "l'", "age"]:
        return None  # il part à l'âge de 62 ans
    if sentence.folds[last] in grammar().demonstratives:
        return last_named(sentence, last, sentence.folds[last])  # les gares, et surtout celles situées à 3 km
    if not is_noun_like(sentence, last) or is_verb_form(sentence, last) or _is_of_the_verb(sentence, mention, last):
        return None
    if is_lone_participle(sentence, last) or _is_one_of_the_most(sentence, last):
        return None
    last = past_circumstances(sentence, mention, floor, _before_participle(sentence, last))
    by = _by(sentence, mention, last)
    by = None if by == floor and floor else by  # 150 francs par tranche de 1 000 francs
    if by is None and _is_compared(sentence, last):
        return None
    if _is_in_change(sentence, last):
        last = before_phrase(sentence, last) - 1
        last -= sentence.words[last] == "("
        return phrase_until(sentence, last, floor) if last >= floor and is_noun_like(sentence, last) else None
    return _phrase_or_owner(sentence, last, floor) if by is None else _before_by(sentence, by, floor)


def _is_one_of_the_most(sentence: Sentence, last: int) -> bool:
    """Le taux est l'un des plus élevés (8 %): no noun stands before the figure, but how the subject is."""
    return sentence.folds[last - 1] in ("plus", "moins") and sentence.folds[max(0, last - 3) : last - 1] in _ONE_OF


def _before_participle(sentence: Sentence, last: int) -> int:
    """Des taxes, représentant pour la ville 3 millions: what the participle is said of, and not for whom."""
    at = before_phrase(sentence, last)
    if sentence.folds[at] != "pour" or not (sentence.folds[at - 1].endswith("ant") and is_participle(sentence, at - 1)):
        return last
    return at - 2 - (sentence.words[at - 2] == ",")


def _before_by(sentence: Sentence, by: int, floor: int) -> str | None:
    """Des besoins estimés par la Cour à 3 millions, les gains faits depuis 2016 par le tri (3 euros)."""
    while not is_noun_like(sentence, by - 1) and (
        is_participle(sentence, by - 1) or sentence.folds[by - 1] in grammar().adverbs
    ):
        by -= 1
    by -= by_the_way(sentence, by - 1, floor)
    if by <= floor or not is_noun_like(sentence, by - 1) or is_verb_form(sentence, by - 1):
        return None  # le taux est porté par le maire à 3 %
    return phrase_until(sentence, by - 1, floor)


def _before_marks(sentence: Sentence, last: int) -> int:
    """Les « jeunes » de 15-25 ans, le projet Alba (tri), financé à 3 euros: the noun before the quote or bracket."""
    if sentence.words[last] == ")" and sentence.words[last - 2] == "(" and sentence.words[last + 1] == "(":
        return last - 3  # l'aide aux ports (AP) (3 %)
    if sentence.words[last] == ")" and sentence.words[last + 1] == ",":
        near = sentence.words[max(0, last - _MOVED_REACH) : last]
        last = last - 1 - near[::-1].index("(") - 1 if "(" in near else last
        return last - (sentence.values[last] is not None)  # en loi de finances 2024 (…),
    at = before_phrase(sentence, last)
    if sentence.folds[at] in ("plus", "moins") and sentence.folds[at - 2] == "parmi" and sentence.keys[at - 1] == "le":
        return at - 3  # des aides parmi les plus basses d'Europe (3 euros)
    return last - (sentence.words[last] == "»")


def _phrase_or_owner(sentence: Sentence, last: int, floor: int) -> str | None:
    """The phrase that ends there, or what it is of where it only carries: une taxe d'un montant de 300 euros."""
    phrase = phrase_until(sentence, last, floor)
    opens = last - len((phrase or "").split())
    if _is_said_of(sentence, opens, last):
        return None
    if floor and opens + 1 == floor and sentence.words[last + 1] == "," and sentence.folds[floor - 2] in _COUNTED_BY:
        # un plan en deux phases, estimé à 3 millions
        return phrase_until(sentence, floor - 3, 0) if is_noun_like(sentence, floor - 3) else phrase
    if phrase is not None and sentence.keys[opens] == "le" and is_only_sized(phrase):
        return phrase.split()[0]
    owner = _owner(sentence, opens)
    carries = phrase is not None and is_bare_carrier(phrase) and sentence.folds[opens] in ("un", "une")
    noun = is_noun_like(sentence, owner) and not is_verb_form(sentence, owner) and not is_participle(sentence, owner)
    noun = noun and not is_lone_participle(sentence, owner)
    named = noun and sentence.folds[owner - 1] not in ("en", "à")  # not: prendre en charge
    named = named and sentence.folds[before_phrase(sentence, owner)] not in _NOT_LASTING  # fixé par la loi pour
    if carries and sentence.keys[opens - 1] in _BEFORE_CARRIERS and named and owner >= floor:
        owned = phrase_until(sentence, owner, floor)
        return phrase if owned is None or fold(owned.split()[0]) in grammar().rule_texts else owned
    return phrase


def _is_of_the_verb(sentence: Sentence, mention: Mention, last: int) -> bool:
    """Les dégâts font état de 300 hectares, la région verse au port 3 millions: the noun is the verb's."""
    if sentence.folds[last] in grammar().set_objects and (
        is_finite(sentence, last - 1) or (sentence.folds[last - 1] == "en" and is_verb_form(sentence, last - 2))
    ):
        return True  # les frais seront pris en charge à hauteur de 60 %
    if sentence.folds[mention.outer - 1] == "à" and sentence.folds[before_phrase(sentence, last)] in changes().spans:
        return True  # le prix varie de la gratuité à 184 euros
    if (
        mention.kind == MONEY
        and sentence.folds[mention.outer - 1] == "à"
        and _is_with(sentence, before_phrase(sentence, last))
    ):
        return True  # la dépense s'élève avec la taxe à 3 euros
    return last == mention.outer - 1 and sentence.folds[phrase_opening(sentence, last)] in ("à", "au", "aux")


def _is_with(sentence: Sentence, at: int) -> bool:
    return sentence.folds[at] == "avec" and sentence.keys[at + 1] == "le"


def _owner(sentence: Sentence, opens: int) -> int:
    """The last token of what a carrier is of: le chantier, d'un coût de 3 millions; une aide (AXP) d'une durée de."""
    at = opens - 2
    done = sentence.folds[at + 1] == "pour" and not sentence.classes[at - 1] & DETERMINER
    at -= done and (is_participle(sentence, at) or is_done(sentence.words[at]))  # des bacs, loués pour une durée de
    at -= sentence.words[at] == ","
    near = sentence.words[max(0, at - _SHORT_NAME) : max(0, at)]
    return at - near[::-1].index("(") - 2 if sentence.words[at] == ")" and "(" in near else at


def is_label(sentence: Sentence, colon: int) -> bool:
    """Moyenne des communes de même taille : 590 euros; what stands before the colon has no verb, and is a label."""
    start = next((at for at in range(colon - 1, -1, -1) if sentence.words[at] in _BEFORE_LABELS), -1)
    clause = range(start + 1, colon)
    return not any(is_finite(sentence, at) or sentence.folds[at] in _PERSONS for at in clause)


def _by(sentence: Sentence, mention: Mention, last: int) -> int | None:
    """The "par" before the noun phrase that ends there, after a noun or a participle."""
    at = before_phrase(sentence, last)
    at -= sentence.folds[at] == "chaque"
    if sentence.folds[at] in ("au", "aux"):  # les aides versées par la région aux ports
        giver = before_phrase(sentence, at - 1)
        at = giver if sentence.folds[giver] == "par" else at
    whole = sentence.folds[at + 1] in ("la", "l'", "une", "un", "les") and sentence.keys[mention.first - 1] == "de"
    bare = mention.kind == MEASURE and is_noun_like(sentence, at + 1) and sentence.keys[mention.first - 1] == "de"
    whole = whole or bare  # le transport par camions de 48 tonnes
    whole = whole or (sentence.folds[at + 1] == "rapport" and sentence.words[mention.outer - 1] == "(")
    whole = whole and "allant" not in sentence.folds[last + 1 : mention.first]  # payée par les bateliers, allant de
    if sentence.folds[at] != "par" or whole:
        return None
    changes_it = mention.direction in AMOUNTS and sentence.keys[at + 1] == "le"  # aggravé par la perte de valeur (3 %)
    return None if changes_it and change_word(sentence.folds[at + 2]) is not None else at


def _moved(sentence: Sentence, mention: Mention, floor: int) -> str | None:
    """La hausse du nombre de lynx sur le massif, passé en dix ans de 13 à 25: what is counted, past where."""
    near = range(mention.outer - 1, max(floor, mention.outer - _MOVED_REACH), -1)
    comma = next(
        (at for at in near if sentence.words[at] == "," and sentence.words[at + 1].endswith(PARTICIPLES_IN_E)), None
    )
    if comma is None or not is_level_word(sentence.words[comma + 1]):
        return None
    counters = range(comma - 1, max(floor, comma - _MOVED_REACH), -1)
    return next((phrase_from(sentence, at) for at in counters if sentence.folds[at] in grammar().counting_nouns), None)


def moved_object(sentence: Sentence, mention: Mention) -> str | None:
    """Porter ce plafond à 300 euros, ramener le taux de la taxe sur les quais à 3 %: what stands before its level."""
    found = moved(sentence, mention)
    phrase = _levelled(sentence, mention) if found is None else phrase_from(sentence, found[1])
    return None if phrase is None or fold(phrase.split()[0]) in grammar().time_nouns else phrase


def _is_said_of(sentence: Sentence, at: int, last: int) -> bool:
    """Les écarts sont très importants : + 28 %, et bien réels (3 km): no noun of the figure stands there."""
    adjective = sentence.folds[at] in _DEGREES and sentence.folds[at - 1] in ("et", ",", "mais")
    adjective = adjective or sentence.folds[at] == "voire"  # un tour massif, voire complet : 5 %
    while sentence.folds[at] in grammar().adverbs or is_adverb(sentence.words[at]):
        at -= 1
    reflexive = at == last - 1 and sentence.folds[at - 1] in ("s'", "se")  # la rentabilité s'annonce négative (- 2 %)
    return adjective or reflexive or sentence.classes[at] & AUXILIARY > 0


def _is_in_change(sentence: Sentence, last: int) -> bool:
    """Une aide en hausse de 60 %, est en constante augmentation, atteignant 3 millions: what changes is before."""
    return change_word(sentence.folds[last]) is not None and sentence.folds[before_phrase(sentence, last)] == "en"


def _is_compared(sentence: Sentence, last: int) -> bool:
    """Plus vite que celui des actifs (+ 7 %): the noun phrase that ends there is only compared with."""
    return sentence.folds[before_phrase(sentence, last)] in grammar().demonstratives
