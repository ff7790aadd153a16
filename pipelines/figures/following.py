"""What stands after a number: the things counted, or what the share, length or sum is of."""

from pipelines.figures.attachments import attached, moved_object
from pipelines.figures.carriers import only_carries
from pipelines.figures.change_words import change_word
from pipelines.figures.changes import further
from pipelines.figures.classes import BEFORE_NOUN, DETERMINER, TIME
from pipelines.figures.clauses import is_finite
from pipelines.figures.governors import is_year
from pipelines.figures.mention import (
    AMOUNTS,
    COLLECTIVE,
    COUNT,
    DURATION,
    MONEY,
    PERCENTAGE,
    RATE,
    TO,
    Mention,
    Sentence,
)
from pipelines.figures.phrases import (
    is_noun_like,
    is_verb_form,
    joined,
    phrase_end,
    phrase_from,
    phrase_until,
    set_object,
)
from pipelines.figures.purposes import is_participle
from pipelines.figures.tokens import fold
from pipelines.figures.verbs import PARTICIPLES_IN_E, is_infinitive
from pipelines.figures.vocabulary import changes, exclusions, grammar

PERIOD = "période"
"""What "au cours des deux derniers mois" is: a period, and nothing that a text speaks of."""
_VERB_NEAR = 4
_HOURS = frozenset(("minuit", "midi"))
_OPENING_A_SHARE = frozenset(("dont", "et", "seulement", "seuls", "seules", ","))
_POSSESSIVES = frozenset(("son", "sa", "nos", "notre", "vos", "ses", "leur", "leurs"))
_ASIDE_REACH = 8
_MAKING = frozenset(("sont", "seront", "seraient", "etaient", "constituent", "constitueront", "constituaient"))
_IN_A_ROW = frozenset(("affilee", "suite", "rang"))
_OVER = frozenset(("sur", "cours", "durant", "pendant", "lors", "dans", "sous"))
_AROUND_EVENTS = frozenset(("avant", "apres", "suivant", "precedant"))
_ARTICLES = frozenset(
    ("au", "aux", "fin", "debut", "le", "la", "l'", "les", "un", "une", "ce", "cet", "cette", "ces", "chaque")
)
_LENGTHS = frozenset(("m", "km", "min"))
_EXCEEDING = ("depass", "exced")
_PERIODIC = frozenset(
    ("hebdomadaires", "quotidiennes", "quotidiens", "mensuels", "mensuelles", "annuels", "annuelles", "supplementaires")
)
_OBJECTS = frozenset(("à", "au", "aux", "le", "la", "l'", "les", "ce", "cette", "ces"))
_YOUTH = range(3, 31)  # years of age
_OLDEST = 110
_RATE_REACH = 9  # tokens from "le taux de" to the share that it is
_DEFINITE = frozenset(("le", "la", "l'", "les", "leur", "leurs", "son", "sa", "ses"))


def with_its_noun(sentence: Sentence, mention: Mention, floor: int, right: str | None) -> str | None:
    """Un recul de six mois du projet, une aide de 100 euros de la ville: the noun that the figure measures leads."""
    if mention.direction == TO and mention.unit == "%" and moved_object(sentence, mention) is not None:
        return None  # porter l'effort à 3 % du PIB
    tied = sentence.keys[mention.outer - 1] == "de" or sentence.folds[mention.outer - 2].startswith(("egal", "equival"))
    between = tied and sentence.keys[mention.end] == "de"
    changes = mention.direction in AMOUNTS and mention.kind != DURATION
    if right is None or not between or changes or mention.kind == COUNT:
        return right
    noun = attached(sentence, mention, floor)
    if noun is None or only_carries(noun) or fold(noun.split()[0]) in grammar().carriers | grammar().time_nouns:
        return right
    return joined(noun, right)


def _told_after(sentence: Sentence, mention: Mention) -> str | None:
    """22 %, c'est le taux d'emploi; 300 euros, tel est le prix."""
    at = mention.end + (sentence.words[mention.end] in (",", ":"))
    told = sentence.folds[at] in ("c'", "tel", "telle") and sentence.folds[at + 1] == "est"
    return phrase_from(sentence, at + 2) if told and sentence.keys[at + 2] == "le" else None


def what_follows(sentence: Sentence, mention: Mention) -> str | None:
    """After the number: what is counted, or what the share, length or sum is "of"."""
    if (told := _told_after(sentence, mention) or _are(sentence, mention)) is not None:
        return told
    if mention.kind in (COUNT, RATE):
        return _counted(sentence, mention)
    if mention.rule.endswith("times") and sentence.keys[mention.end] == "le":
        restates = sentence.folds[mention.outer - 1] == "soit" and _is_unit(sentence, mention.outer - 2)
        if restates or sentence.folds[mention.outer - 1] in changes().equating:
            return None  # une teneur de 3 g, soit deux fois la limite; not: payés bac + 2, soit deux fois le SMIC
        return phrase_from(sentence, mention.end)  # trois fois la population
    if _is_span(sentence, mention):
        return PERIOD
    if (aged := _of_an_age_group(sentence, mention)) is not None:
        return aged
    before = sentence.folds[max(0, mention.first - 2) : mention.first]
    if mention.kind == DURATION and before == ["tous", "les"]:
        after = mention.end + (sentence.words[mention.end] == ",")
        return phrase_from(sentence, after)  # tous les deux jours, un agent démissionne
    governed = _object_or_event(sentence, mention)
    return _of(sentence, mention) if governed is None else phrase_from(sentence, governed)


def _is_unit(sentence: Sentence, at: int) -> bool:
    """Whether a word, that may be a unit, ends before "soit", past a comma: 3 g, soit; not: bac + 2, soit."""
    at -= sentence.words[at] == ","
    return at > 0 and sentence.values[at] is None


def _are(sentence: Sentence, mention: Mention) -> str | None:
    """3 millions constituent des aides, 3 millions sur les 9 seront des avances: what a sum is."""
    if mention.kind != MONEY or sentence.folds[mention.end] not in _MAKING or sentence.keys[mention.end + 1] != "de":
        return None
    governed = sentence.folds[mention.outer - 1] in grammar().prepositions
    return None if governed else phrase_from(sentence, mention.end + 1)


def _of(sentence: Sentence, mention: Mention) -> str | None:
    """What the share, length or sum is "of": 30 % des jeunes, réduire de 3 % les gaz."""
    at = _past_words_of_change(sentence, mention)
    owned = sentence.folds[at] in _POSSESSIVES and sentence.folds[at + 1] not in grammar().carriers
    definite = owned or sentence.keys[at] == "le"
    if mention.direction in AMOUNTS and definite and not sentence.classes[at + 1] & TIME:
        return phrase_from(sentence, at)
    at = _past_asides(sentence, mention, at)
    if sentence.keys[at] != "de" or sentence.folds[at + 1] in ("plus", "moins", "entre"):
        return _of_an_age(sentence, at)
    if sentence.folds[at + 1] in _IN_A_ROW:
        return None  # huit heures d'affilée
    changes = mention.direction in AMOUNTS and change_word(sentence.folds[at + 1]) is not None
    if changes and "de" not in (sentence.keys[at + 2], sentence.keys[at + 3]):
        return None  # soit 3 % d'augmentation
    if _says_a_time(sentence, mention, at + 1):
        return None
    if mention.unit == "%" and _is_of_a_rate(sentence, mention.outer):
        return None
    number = at + 2 if sentence.folds[at + 1] in ("ces", "ses", "leurs", "nos") else at + 1
    if mention.unit in ("%", "1") and number < sentence.size and sentence.values[number] is not None:
        return _of_so_many(sentence, number)
    return _named_after(sentence, mention, at + 1)


def _named_after(sentence: Sentence, mention: Mention, at: int) -> str | None:
    """The phrase after "de"; of a length of time also a change that has no article: après dix ans de baisse."""
    phrase = phrase_from(sentence, at)
    if phrase is None:
        changes_ = mention.kind == DURATION and change_word(sentence.folds[at]) is not None
        return sentence.words[at] if changes_ else None
    return f"distance de {phrase}" if _is_distance(sentence, mention) else phrase


def _is_of_a_rate(sentence: Sentence, first: int) -> bool:
    """Le taux de remise est de 60 % du tarif: the rate is what the share is said of."""
    if sentence.keys[first - 1] not in ("de", "a") or sentence.folds[first - 2] not in changes().equating:
        return False
    near = range(first - 3, max(0, first - _RATE_REACH), -1)
    return any(sentence.folds[at] == "taux" and sentence.keys[at + 1] == "de" for at in near)


def _past_asides(sentence: Sentence, mention: Mention, at: int) -> int:
    """La moitié au moins des murs, 40 % en moyenne des prêts, deux heures hebdomadaires de chant."""
    at += 2 * (mention.kind == MONEY and sentence.words[at] == "/")  # 90 euros/mois de loyer
    if mention.kind == MONEY and sentence.folds[at] == "par" and sentence.folds[at + 1] in ("an", "mois"):
        at += 2  # 3 millions d'euros par an de travaux
    if sentence.words[at] == "(" and ")" in sentence.words[at + 2 : at + 4]:
        at = sentence.words.index(")", at) + 1  # 3 millions d'euros (M€) d'aide
    while sentence.folds[at] in _PERIODIC or sentence.folds[at] in ("seulement", "environ"):
        at += 1
    start = at + (sentence.words[at] == ",")
    if sentence.folds[start : start + 2] in (["au", "moins"], ["en", "moyenne"]):
        return start + 2 + (sentence.words[start + 2] == ",")
    return at + sentence.folds[at].startswith("consecuti")


def _says_a_time(sentence: Sentence, mention: Mention, at: int) -> bool:
    """3 000 tonnes de mai à juin, 2 degrés de minuit à midi, 10 euros de l'heure."""
    hourly = mention.kind == MONEY and sentence.classes[at + 1] & TIME > 0
    return hourly or sentence.folds[at] in exclusions().months or sentence.folds[at] in _HOURS


def _of_so_many(sentence: Sentence, number: int) -> str | None:
    """20 % des 300 postes, 36 % des 16-29 ans."""
    if sentence.words[number + 1] == "-" and sentence.folds[number + 3] == "ans":
        return sentence.slice(number, number + 4)
    end = phrase_end(sentence, number + 1)
    return sentence.slice(number, end) if end > number + 1 else None


def _of_an_age(sentence: Sentence, at: int) -> str | None:
    """50 % des plus de 75 ans."""
    aged = sentence.folds[at] == "des" and sentence.keys[at + 2] == "de" and sentence.folds[at + 4] == "ans"
    return sentence.slice(at + 1, at + 5) if aged else None


def _past_words_of_change(sentence: Sentence, mention: Mention) -> int:
    """The token after a number and "de plus", "supplémentaires", "en trois ans": 2,4 % de plus de sable."""
    at = mention.end
    if mention.direction not in AMOUNTS:
        return at
    if sentence.words[at] == "(" and ")" in sentence.words[at : at + _ASIDE_REACH]:
        return sentence.words.index(")", at) + 1  # réduire de 25 % (de 6 000 à 4 500 euros) l'aide
    if sentence.folds[at : at + 2] in (["en", "moyenne"], ["d'", "ici"]):
        at += 2 + (sentence.folds[at + 2] == "à")
        return at + (at < sentence.size and is_year(sentence, at))  # réduire de 3 % d'ici 2030 les rejets
    timed = sentence.folds[at] == "en" and sentence.folds[at + 2] in ("ans", "mois", "jours")
    if timed and sentence.keys[at + 3] == "de":
        return at + 3
    if sentence.keys[at] == "de" and sentence.folds[at + 1] in ("plus", "moins"):
        return at + 2
    return at + (sentence.folds[at] in further())


def _of_an_age_group(sentence: Sentence, mention: Mention) -> str | None:
    """Les 6-13 ans, les moins de 20 ans, les plus de 65 ans: an age that stands for those who have it."""
    oldest = mention.value if mention.high is None else mention.high
    if mention.unit != "a" or not _YOUTH.start <= oldest <= _OLDEST:
        return None
    at = mention.first - 1
    at -= 2 * (sentence.keys[at] == "de" and sentence.folds[at - 1] in ("moins", "plus"))
    of_them = sentence.folds[at] in ("les", "des", "aux") and sentence.folds[at - 1] not in _OVER
    alone = at != mention.first - 1 or mention.high is not None
    if not of_them or not alone:
        return None
    if sentence.folds[at] == "des" and is_noun_like(sentence, at - 1):
        return (
            f"{phrase_until(sentence, at - 1, 0)} {sentence.slice(at, mention.end)}"  # la population des plus de 85 ans
        )
    return f"{'jeunes' if oldest in _YOUTH else 'personnes'} de {sentence.slice(at + 1, mention.end)}"


def _is_span(sentence: Sentence, mention: Mention) -> bool:
    """Sur les quatre dernières saisons, au cours des deux prochains mois: a period, named or not."""
    if mention.kind != DURATION or sentence.folds[mention.first - 1] not in ("les", "des"):
        return False
    return sentence.folds[mention.first - 2] in _OVER and any(
        fold.startswith(("dernier", "premier", "prochain", "precedent", "ecoule")) or fold == "passees"
        for fold in sentence.folds[mention.first : mention.end + 1]
    )


def _object_or_event(sentence: Sentence, mention: Mention) -> int | None:
    """Where what is set or waited for starts: fixe à 3 000 euros le plafond, trois mois avant l'échéance."""
    among = mention.direction in AMOUNTS and sentence.folds[mention.end] in ("chez", "parmi")
    if among and not _has_verb_before(sentence, mention):
        return mention.end + 1  # + 9 % chez les cyclistes
    if mention.kind == DURATION and _opens_an_event(sentence, mention):
        return mention.end + 1
    if mention.kind == DURATION and _is_done_within(sentence, mention):
        return mention.end + (sentence.folds[mention.end] == "à")
    if sentence.folds[mention.end] in ("à", "au", "aux") and sentence.folds[mention.outer - 2].startswith("ajout"):
        return mention.end + (sentence.folds[mention.end] == "à")  # l'ajout de deux semaines au délai
    exceeds = sentence.keys[mention.outer - 1] == "de" and sentence.folds[mention.outer - 2].startswith(_EXCEEDING)
    exceeds = exceeds and sentence.folds[mention.end] in _DEFINITE
    if exceeds and sentence.folds[mention.end + 1] not in grammar().carriers:
        return mention.end  # les fermes ayant dépassé de 300 litres leur quota
    if mention.kind == PERCENTAGE and _touches_its_object(sentence, mention):
        return mention.end
    return set_object(sentence, mention.first, mention.end)


def _opens_an_event(sentence: Sentence, mention: Mention) -> bool:
    """Trois mois avant l'échéance; not: clos dans les deux mois suivant la demande, cela dure un an après la loi."""
    if sentence.folds[mention.end] not in _AROUND_EVENTS or sentence.folds[mention.end + 1] not in _DEFINITE:
        return False
    before = mention.outer - 1  # le délai est de deux mois après la demande
    verb = mention.outer > 0 and (is_finite(sentence, before) or sentence.words[before].endswith(PARTICIPLES_IN_E))
    return not verb and sentence.keys[before] != "de" and sentence.folds[before] != "les"


def _is_done_within(sentence: Sentence, mention: Mention) -> bool:
    """Réparer en trois mois la digue, remédier en un an à la casse: what is done comes after the time it takes."""
    verb = mention.outer - 2
    return (
        sentence.folds[mention.outer - 1] in ("en", "pendant")
        and sentence.folds[mention.end] in _OBJECTS
        and is_infinitive(sentence.words[verb])
    )


def _has_verb_before(sentence: Sentence, mention: Mention) -> bool:
    """Les prix ont monté de 5 % chez les grossistes: what moves is the subject of the verb."""
    at = mention.outer - 1 - (sentence.keys[mention.outer - 1] == "de")
    return at >= 0 and (is_finite(sentence, at) or is_verb_form(sentence, at))


def _touches_its_object(sentence: Sentence, mention: Mention) -> bool:
    """Ce phénomène touche à 75 % les petites villes."""
    near = range(max(0, mention.outer - _VERB_NEAR), mention.outer)
    tied = sentence.folds[mention.outer - 1] == "à" and sentence.folds[mention.end] in ("le", "la", "les", "l'")
    return tied and any(is_finite(sentence, at) for at in near)


def _is_distance(sentence: Sentence, mention: Mention) -> bool:
    """À 23 kilomètres de Paris, à 100 km de leur tribunal; not "500 mètres de profondeur"."""
    place = sentence.words[mention.end + 1]
    named = (
        place[:1].isupper()
        or sentence.classes[mention.end + 1] & DETERMINER > 0
        or sentence.folds[mention.end] in ("du", "des")
    )
    return mention.unit in _LENGTHS and named and "à" in sentence.folds[max(0, mention.outer - 2) : mention.first]


def _counted(sentence: Sentence, mention: Mention) -> str | None:
    """The things counted, right after the number: 250 agents, 3 millions de visiteurs, 16 minimum d'agents."""
    at, placed = mention.end, set_object(sentence, mention.first, mention.end)
    if placed is not None:
        return phrase_from(sentence, placed)  # estime à 6 000 le nombre de granges
    if sentence.folds[at] == "des" and at + 1 < sentence.size and sentence.values[at + 1] is not None:
        return _of_so_many(sentence, at + 1)  # 7 des 8 ponts sont fermés
    if mention.style == COLLECTIVE and sentence.keys[at] != "de":
        return None  # une quinzaine remplit les conditions
    joined = mention.scale > 1 or mention.style == COLLECTIVE
    if sentence.folds[at] in ("plus", "moins") and sentence.classes[at + 1] & BEFORE_NOUN > 0:
        at += 1  # les 120 plus grandes fermes
    if (joined and sentence.keys[at] == "de") or sentence.folds[at] in ("minimum", "maximum", "environ"):
        at += 1
    if (
        sentence.folds[at] == "fois"
        or (sentence.keys[at] == "de" and sentence.folds[at + 1] == "entre")  # 25 d'entre-elles
        or _is_participle(sentence, mention, at)
        or (at == mention.end and sentence.folds[at] in _ARTICLES)
    ):
        return None  # trois trains en semaine et deux le samedi
    return phrase_from(sentence, at)


def _is_participle(sentence: Sentence, mention: Mention, at: int) -> bool:
    """Trente gares, dont douze placées en plaine; 3 millions prévus pour: it says nothing of what is counted."""
    opens = sentence.folds[mention.outer - 1] in _OPENING_A_SHARE or sentence.folds[at + 1] == "pour"
    return opens and is_participle(sentence, at)
