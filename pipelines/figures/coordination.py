"""Coordination: a figure that shares the direction of the one before ("chuté de 17 % et 27 %")."""

from pipelines.figures.clauses import is_finite
from pipelines.figures.governors import governing, is_coordinated, is_year
from pipelines.figures.levels import is_earlier_too
from pipelines.figures.mention import AMOUNTS, COUNT, DURATION, FROM, MONEY, PERCENTAGE, RATIO, TO, Mention, Sentence
from pipelines.figures.passives import LISTED
from pipelines.figures.phrases import is_noun_like
from pipelines.figures.vocabulary import changes, grammar
from schemas.figure import Direction

_RESUMING = (["et", "à"], [",", "à"], ["puis", "à"], [",", "voire"], [",", "puis"])
_AGAIN_REACH = 4  # tokens between an amount and the same said again
_CASES = frozenset(("pour", "par", "dans", "chez", "en", "au", "à"))  # how a case of a level opens
_PLACES = frozenset(("dans", "chez", "en", "au"))
_TIMES = frozenset(("rentree", "an", "ans", "janvier", "juillet"))
_COUNTED_GAP = 6  # tokens of "par enfant à charge, soit"
_COORDINATION_REACH = 12  # tokens between two amounts of one change


def by_coordination(sentence: Sentence, mention: Mention, previous: Mention | None) -> Direction | None:
    """Chuté de 17 % et 27 %, portés à 20 agents et à 30 agents: the second shares the direction of the first."""
    if previous is None or previous.direction is None or mention.rule.endswith("times"):
        return None
    if _is_level_again(sentence, mention, previous):
        return previous.direction
    if previous.direction == FROM:
        return FROM if is_earlier_too(sentence, previous, mention) else None
    if previous.direction == TO:
        return _resumes(sentence, mention, previous)
    if _says_again(sentence, mention, previous):
        return previous.direction
    same = previous.kind == mention.kind and previous.unit == mention.unit and mention.unit is not None
    beyond = sentence.folds[mention.outer] == "en" and mention.outer < mention.first  # en plus des 10 milliards
    near = mention.first - previous.end <= _COORDINATION_REACH and not beyond
    again = (
        sentence.folds[mention.outer - 1] == "soit" and mention.outer - previous.end <= _AGAIN_REACH
    )  # soit 3 euros par mois
    restated = _is_restated(sentence, mention, previous)
    again = again or sentence.folds[mention.outer - 1] == "contre" or _follows(sentence, mention, previous)
    again = again or sentence.keys[max(0, mention.outer - 3) : mention.outer] == ["au", "lieu", "de"]
    linked = again or is_coordinated(sentence, mention.outer) or _of_another(sentence, mention, previous)
    return previous.direction if restated or (same and near and linked) else None


def _resumes(sentence: Sentence, mention: Mention, previous: Mention) -> Direction | None:
    """Porté à 20 agents et à 30 agents: a level beside the one reached; "au lieu de 10" is the one left."""
    if previous.kind != mention.kind:
        return None
    if sentence.keys[max(0, mention.outer - 3) : mention.outer] == ["au", "lieu", "de"]:
        return FROM  # porté à 50 % au lieu de 35 %
    resumed = (
        sentence.folds[mention.outer - 2 : mention.outer] in _RESUMING
        or sentence.folds[previous.end : mention.outer] == ["et"]
        or _is_elided(sentence, mention)
        or _of_another_level(sentence, mention, previous)
        or _of_another_case(sentence, mention, previous)
    )
    return TO if resumed else None


def _is_level_again(sentence: Sentence, mention: Mention, level: Mention) -> bool:
    """Représentaient 9 % des mousses, soit 300 marins, et en représentent 12 %: the share of a level as a number."""
    if level.direction in AMOUNTS or level.kind != PERCENTAGE or sentence.folds[mention.outer - 1] != "soit":
        return False
    gap = range(level.end, mention.outer - 1)
    near = mention.kind in (COUNT, MONEY) and len(gap) <= _COORDINATION_REACH
    return near and not any(is_finite(sentence, at) for at in gap)


def _is_elided(sentence: Sentence, mention: Mention) -> bool:
    """Abaissé à 5 000, et pourrait l'être à 3 500: "l'être" stands for the verb before."""
    at = mention.outer - 1
    passive = sentence.folds[at - 1] in changes().passive_auxiliaries and sentence.folds[at - 2] in ("l'", "le")
    return passive and sentence.folds[at] == "à"


def _follows(sentence: Sentence, mention: Mention, previous: Mention) -> bool:
    """Une hausse de 5 %, après 2 % en 2021: the change before that one, where no verb says else."""
    after = sentence.folds[mention.outer - 1] == "apres" and mention.kind in (PERCENTAGE, MONEY)
    return after and not any(is_finite(sentence, at) for at in range(previous.end, mention.outer))


def _is_restated(sentence: Sentence, mention: Mention, previous: Mention) -> bool:
    """Une baisse de 4 %, majoré de 4 % par enfant, soit 3 euros: the change again; not "soit 3 % de ses recettes"."""
    if sentence.folds[mention.outer - 1] != "soit" or previous.kind == RATIO:
        return False
    gap = sentence.folds[previous.end : mention.outer]
    counted = gap[:1] == ["par"] and gap[-2] == "," and "," not in gap[:-2] and len(gap) <= _COUNTED_GAP
    whole = mention.kind in (MONEY, PERCENTAGE) and sentence.keys[mention.end] != "de"
    dated = mention.kind == MONEY and previous.kind == PERCENTAGE and _is_only_dated(sentence, previous.end, len(gap))
    return whole and (dated or gap in (["soit"], [",", "soit"]) or (counted and mention.kind == MONEY))


def _is_only_dated(sentence: Sentence, first: int, size: int) -> bool:
    """A augmenté de 3 % à la rentrée 2024, soit 14 euros: only when, between an amount and the same again."""
    when = sentence.folds[first : first + size - 2]
    timed = 1 < len(when) <= _COUNTED_GAP and when[0] in ("en", "à", "au", "sur", "depuis") and "," not in when
    return timed and any(is_year(sentence, first + at) or fold in _TIMES for at, fold in enumerate(when))


def _says_again(sentence: Sentence, mention: Mention, previous: Mention) -> bool:
    """Une hausse de 8 euros, soit 12 %: the share of the change; "soit 12 % des agents" is of something else."""
    again = sentence.folds[previous.end : mention.outer] in ([",", "soit"], ["(", "soit"], ["soit"])
    share = mention.kind == PERCENTAGE != previous.kind and previous.kind != COUNT
    return again and share and sentence.keys[mention.end] != "de"


def _of_another(sentence: Sentence, mention: Mention, previous: Mention) -> bool:
    """A augmenté de 42 % et celui de poires de 66 %: the verb holds for both, as none comes between."""
    at, last = previous.end, mention.outer - 1
    again = sentence.folds[at] in ("et", ",") and sentence.folds[at + 1] in grammar().demonstratives
    led = sentence.keys[last] == sentence.keys[previous.outer - 1] == "de"
    return again and led and not any(is_finite(sentence, word) for word in range(at, last))


def _of_another_level(sentence: Sentence, mention: Mention, previous: Mention) -> bool:
    """Porte la taxe à 5 euros et le coût total à 105 euros: the verb moves both."""
    gap = range(previous.end, mention.outer)
    opens = sentence.folds[previous.end] == "et" and sentence.keys[previous.end + 1] == "le"
    return opens and sentence.folds[mention.outer - 1] == "à" and not any(is_finite(sentence, at) for at in gap)


def _of_another_case(sentence: Sentence, mention: Mention, previous: Mention) -> bool:
    """Ramenée à 30 euros pour les adultes, 20 euros pour les enfants et 10 euros par groupe: one verb, case by case."""
    gap = range(previous.end, mention.outer - (sentence.folds[mention.outer - 1] == "à"))
    if not 1 < len(gap) <= _COORDINATION_REACH or sentence.folds[gap[-1]] not in (",", "et"):
        return False
    told = sentence.folds[gap[0]] in _CASES and mention.unit == previous.unit
    return told and not any(sentence.words[at] == "," or is_finite(sentence, at) for at in gap[:-1])


def before_its_length(mentions: list[Mention], position: int) -> Mention | None:
    """The amount before, past how long it took: une hausse de 26 % en trois ans et de 40 % en dix ans."""
    past = position > 1 and mentions[position - 1].kind == DURATION != mentions[position].kind
    return mentions[position - 1 - past] if position else None


def by_list(sentence: Sentence, mention: Mention, previous: Mention | None) -> Direction | None:
    """Créer 140 emplois de juges, 36 de greffiers en 2020 et 12 bureaux: one verb governs all the things of a list."""
    if previous is None or previous.direction not in AMOUNTS or not mention.is_bare:
        return None
    if _is_another_year(sentence, mention, previous) or _is_another_place(sentence, mention, previous):
        return previous.direction
    between = range(previous.end, mention.outer)
    object_ = previous.is_bare or _is_object(sentence, previous)
    if not object_ or not between or len(between) > _COORDINATION_REACH:
        return None
    last = sentence.folds[mention.outer - 1 - (sentence.keys[mention.outer - 1] == "de")]
    plain = all(is_noun_like(sentence, at) or sentence.folds[at] in LISTED or is_year(sentence, at) for at in between)
    governed = sentence.keys[mention.outer - 1] == "de"  # la création de 30 postes et de 12 emplois est votée
    alone = governed or not _acts(sentence, mention.end)
    return previous.direction if last in ("et", ",") and plain and alone else None


def _is_another_year(sentence: Sentence, mention: Mention, previous: Mention) -> bool:
    """340 lits ont été fermés en 2019, 400 en 2018: what became of so many in another year."""
    end = mention.end + 1
    dated = sentence.folds[mention.end] == "en" and end < sentence.size and is_year(sentence, end)
    last = mention.outer - 2
    told = dated and last > previous.end and sentence.words[last + 1] in (",", "et") and is_year(sentence, last)
    return told and previous.is_bare


def _is_another_place(sentence: Sentence, mention: Mention, previous: Mention) -> bool:
    """37 postes supprimés (15 dans les ports et 22 dans les gares): so many of them in another place."""
    gap = range(previous.end, mention.outer)
    if not 1 < len(gap) <= _COORDINATION_REACH or sentence.folds[gap[-1]] not in (",", "et"):
        return False
    placed = sentence.folds[gap[0]] in _PLACES and sentence.folds[mention.end] in _PLACES and previous.is_bare
    return placed and not any(is_finite(sentence, at) for at in gap)


def _is_object(sentence: Sentence, mention: Mention) -> bool:
    """A perdu 18 % de ses marins et 40 bacs: an amount that is the object of its verb."""
    found = governing(sentence, mention.outer, needs_de=False)
    return found is not None and found[0] == mention.outer - 1 and mention.kind != DURATION


def _acts(sentence: Sentence, at: int) -> bool:
    """Whether a verb follows the things counted there: … et 12 agents y travaillent."""
    while is_noun_like(sentence, at) or sentence.folds[at] in LISTED:
        at += 1
    return sentence.is_word(at) and (sentence.folds[at] in grammar().before_verbs or is_finite(sentence, at))
