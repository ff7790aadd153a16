"""Levels: an end of a change that is told alone ("porté à B", "contre A en 2016"), marked from or to."""

from functools import cache
from itertools import takewhile

from pipelines.figures.change_words import change_word, is_level_word
from pipelines.figures.clauses import is_finite
from pipelines.figures.governors import CLAUSE_ENDS, is_blocked, is_change_noun, is_negated, is_year, opening_comma
from pipelines.figures.mention import AMOUNTS, DURATION, FROM, MEASURE, MONEY, PERCENTAGE, RATIO, TO, Mention, Sentence
from pipelines.figures.moves import moved, moves_to
from pipelines.figures.verbs import is_finite_verb, is_infinitive
from pipelines.figures.vocabulary import Phrases, Stems, changes, contexts, exclusions, grammar
from schemas.figure import Direction

LIMITING = frozenset(("seulement", "desormais", "environ", "peine", "quelque"))
_TIES = frozenset(("à", "a"))
_LEVEL_REACH = 18  # tokens between the verb and the first level
_SHARE_REACH = 8  # tokens from a verb to the "à hauteur de" of its amount
_LASTING = frozenset(("temps", "duree", "delai", "age", "conge", "horaire"))
_NEW_SUBJECTS = frozenset(("le", "la", "l'", "les", "il", "elle", "ils", "elles", "ces", "cette"))
_RETURNED = frozenset(("revenu", "revenue", "revenus", "revenues"))  # le seuil est revenu à 300 euros
_EDGES = frozenset(("debut", "fin"))  # au début du mandat, à la fin de l'année
_PARTS_OF_YEARS = frozenset(("trimestre", "semestre"))
_BEFORE_YEARS = frozenset(
    ("en", "de", "fin", "debut", "periode", "annee", "saison", "exercice", "campagne", "rentree", "session")
)
_FROM_NOW_ON = frozenset(("desormais", "dorenavant"))
_PERIODS = _EDGES | _PARTS_OF_YEARS
_COMPARED_REACH = 20  # tokens from a year in brackets back to the "par rapport à" that it is of
_OPPOSED = frozenset(("contre", "alors"))
_NEAR_THAN = 3  # tokens from "plus que" to what is left
STATE_REACH, WAS_REACH = 9, 4  # tokens before a number that say that it was so at another time
_LAST_FIGURES = 3
_ARRIVING = frozenset(("pour", ",", "et"))
_RISE_REACH = 16
_RATED = (PERCENTAGE, MONEY, MEASURE)
_ARRIVAL_GAP = 5  # tokens between an amount of change and its level: (+ 0,3 point pour les femmes à 6 %)
_AGAIN_REACH = 16  # tokens between two passages that one verb tells
_JOINING = frozenset(("et", ","))
_TO_REACH = 15  # il passe à la rentrée 2025-2026 à 40 places
PAIR_REACH = 26  # tokens between the two levels
_MULTIPLYING = ("doubl", "tripl", "multipli")
_CHANGE_REACH = 10  # tokens between a change and the brackets or colon that detail it
DATE_REACH = 4  # tokens between a level and its year


def by_level(sentence: Sentence, mention: Mention) -> Direction | None:
    """Porté à 20 euros, tombé à 12 %: the level after a change."""
    if _remains(sentence, mention) or _arrives_after_rising(sentence, mention.outer):
        return TO
    return _after_a_tie(sentence, mention) if _is_tied(sentence, mention) else None


def _after_a_tie(sentence: Sentence, mention: Mention) -> Direction | None:
    first = mention.outer
    while sentence.folds[first - 1] in LIMITING:
        first -= 1
    first += sentence.folds[first] == "à"  # passer à plus de 300
    if sentence.folds[first - 2] == "hauteur" and sentence.keys[first - 1] == "de" and sentence.folds[first - 3] == "à":
        first -= 2 * (not _is_by_share(sentence, mention, first - 3))  # porter l'aide à hauteur de 50 %
    within = first < mention.first and sentence.folds[mention.first - 1] == "à"  # porter au minimum à 3 mètres
    within = within and not sentence.folds[first].startswith(("inferieur", "superieur", "egal"))
    if not within and (sentence.keys[first - 1 : first] != ["a"] or sentence.words[first - 1] == "au"):
        return None
    if sentence.folds[mention.end] == "reprises":
        return None
    first += within
    if mention.kind == DURATION and sentence.folds[first - 2].startswith("remont"):
        return None  # les premiers dossiers remontent à une quinzaine d'années
    if sentence.folds[first - 2] in changes().level_nouns:
        bounded = sentence.folds[first] == "hauteur" or (within and sentence.folds[mention.outer].startswith("limit"))
        return None if bounded else TO  # une réduction limitée à 5 % is no level
    found = moved(sentence, mention)
    moves = found is not None and moves_to(sentence, found[0]) and not is_blocked(sentence, found[0])
    returned = sentence.folds[first - 2] in _RETURNED and sentence.folds[first - 3] in grammar().auxiliaries
    return TO if moves or returned else _moved_to(sentence, mention, first)


def _is_tied(sentence: Sentence, mention: Mention) -> bool:
    """Whether "à" may stand before a number, past its bound: most numbers have none, and are no level."""
    first = mention.outer
    if first < mention.first and (sentence.folds[first] == "à" or sentence.folds[mention.first - 1] == "à"):
        return True
    before = sentence.folds[first - 1]
    return before in _TIES or before in LIMITING or sentence.folds[first - 2] == "hauteur"


def _remains(sentence: Sentence, mention: Mention) -> bool:
    """Ne représente plus que 20 % du budget contre 30 % en 2010: what is left, beside what it was."""
    near = sentence.keys[max(0, mention.outer - _NEAR_THAN) : mention.outer]
    left = (
        "plus" in near and "que" in near and "ne" in sentence.keys[max(0, mention.outer - STATE_REACH) : mention.outer]
    )
    return left and not _OPPOSED.isdisjoint(sentence.folds[mention.end : mention.end + STATE_REACH])


def _is_by_share(sentence: Sentence, mention: Mention, end: int) -> bool:
    """La bourse est revalorisée à hauteur de 2 %: by how much; not "augmenter le taux de la bourse à hauteur de"."""
    near = sentence.folds[max(0, end - _SHARE_REACH) : end]
    share = mention.kind == PERCENTAGE and contexts().shares.isdisjoint(near)
    return share and any(fold in _by_share() for fold in near)


def arrives(sentence: Sentence, first: int) -> bool:
    """Whether "pour atteindre" and the like stand before that token."""
    return _arrival(sentence, first) is not None


def _arrival(sentence: Sentence, first: int) -> tuple[bool, int] | None:
    """Pour atteindre 12 %, pour atteindre aujourd'hui 12 %, pour atteindre en 2019 12 %; where it starts."""
    if sentence.folds[first - 1] in changes().now:
        first -= 1
    elif first > 1 and sentence.folds[first - 2] == "en" and is_year(sentence, first - 1):
        first -= 2
    return _arrival_phrases().before(sentence.keys, first)


def _arrives_after_rising(sentence: Sentence, first: int) -> bool:
    past = first + (sentence.folds[first - 1] == "pour")  # a grimpé pour dépasser 300 euros
    return arrives(sentence, past) and _rises_before(sentence, past)


def _rises_before(sentence: Sentence, first: int) -> bool:
    """A continué d'augmenter pour atteindre 12 %, ont bondi, atteignant 3 millions: a change, then its level."""
    arrival = _arrival(sentence, first)
    start = first if arrival is None else arrival[1]
    near = range(max(0, first - _RISE_REACH), start)
    rising = (
        at
        for at in near
        if (change_word(sentence.folds[at]) is not None or sentence.folds[at].startswith("evolue"))
        and (is_infinitive(sentence.words[at]) or not is_change_noun(sentence, at))
    )
    opens = sentence.folds[start] in _ARRIVING or "pour" in sentence.folds[max(0, first - _RISE_REACH) : first]
    end = start - (sentence.folds[start] == "pour" and sentence.words[start - 1] == ",")  # a augmenté, pour atteindre
    return opens and any("," not in sentence.folds[at:end] for at in rising)


def _is_change_of_rate(sentence: Sentence, mention: Mention, noun: int) -> bool:
    """La baisse du taux de la taxe à 5 %, la hausse récente du seuil à 300 euros: the level of what the noun is of."""
    of = noun + 1 if sentence.keys[noun + 1] == "de" else noun + 2
    lasts = mention.kind == DURATION and not _LASTING.isdisjoint(sentence.folds[of : of + 3])
    placed = not lasts and (mention.kind not in _RATED or mention.unit in ("m", "km"))  # la hausse à 300 mètres du quai
    return sentence.keys[of] == "de" and not placed and is_change_noun(sentence, noun)


def _is_measured(sentence: Sentence, noun: int, first: int) -> bool:
    """La réduction des gaz est fixée à 30 %, une hausse des prix estimée à 3 %: how large a change is, and no level."""
    told = sentence.folds[first] == "hauteur" or sentence.folds[first - 2] in (
        "estimee",
        "evaluee",
        "chiffree",
        "estime",
        "evalue",
        "chiffre",
    )
    return told or any(is_finite(sentence, at) for at in range(noun + 1, first - 1))


def _moved_to(sentence: Sentence, mention: Mention, first: int) -> Direction | None:
    if sentence.folds[first - 2] in ("y", "grace", "face"):  # il y a un an; augmente grâce à 3 mécènes
        return None
    for at in range(first - 2, max(-1, first - _TO_REACH), -1):
        if sentence.folds[at] == "passage" and at != first - 2:
            of = "de" in sentence.keys[at + 1 : at + 3]  # le passage progressif de la durée à 40 ans
            return TO if of else None  # le passage aux soins à trente jours
        if sentence.folds[at] in changes().level_nouns and _is_change_of_rate(sentence, mention, at):
            return None if _is_measured(sentence, at, first) else TO
        raises = sentence.folds[at] in changes().raising
        if (
            (raises or is_level_word(sentence.words[at]))
            and not is_blocked(sentence, at)
            and not is_negated(sentence, at)
        ):
            return TO
        dated = sentence.values[at] is not None and is_year(sentence, at)
        # réduire un déficit qui est à
        parted = sentence.folds[at] == "qui" or sentence.words[at] in (",", *CLAUSE_ENDS)
        if (sentence.values[at] is not None and not dated) or parted:
            return TO if sentence.words[at] == "," and _moves_past_an_aside(sentence, at) else None
    return None


def _moves_past_an_aside(sentence: Sentence, closing: int) -> bool:
    """Le tarif passe, au 1er mai, à 3 euros; ramène, dans ce cas, le coût à 200 euros."""
    verb = opening_comma(sentence, closing) - 1
    return verb > 0 and is_level_word(sentence.words[verb]) and not is_blocked(sentence, verb)


def by_arrival(sentence: Sentence, mentions: list[Mention], position: int) -> Direction | None:
    """Recule de 0,4 point à 6,4 %, augmente de 80 pour atteindre 200: a change, then its level."""
    mention, before = mentions[position], mentions[max(0, position - _LAST_FIGURES) : position]
    previous = next((other for other in reversed(before) if other.kind != DURATION), None)
    start = mention.outer
    if previous is not None and previous.direction == TO and previous.unit == mention.unit:
        return TO if arrives(sentence, start) else None
    if previous is None or not _is_amount(previous, mention):
        return None
    if arrives(sentence, start):
        return TO  # a doublé en dix ans, pour atteindre 300 tonnes
    gap = sentence.folds[previous.end : start]
    if previous.kind == RATIO:
        return TO if gap == [",", "à"] else None  # a doublé, à 300 tonnes
    if any(is_finite(sentence, at) for at in range(previous.end, start)):
        return None  # une hausse de 4 % des aides bénéficie à 3 millions de foyers
    differs = (previous.kind, previous.unit) != (mention.kind, mention.unit)
    if gap == [",", "à"]:
        return TO
    return TO if differs and gap[-1:] == ["à"] and len(gap) <= _ARRIVAL_GAP and "," not in gap else None


def _is_amount(first: Mention, second: Mention) -> bool:
    return first.direction in AMOUNTS and second.first - first.end <= PAIR_REACH


def by_contrast(sentence: Sentence, mention: Mention) -> Direction | None:
    """Contre 45 % en 2016, 35 % pour la période 2015-2018: the level before; "contre 51 % en plaine" compares."""
    first = mention.outer
    if sentence.folds[first - 2] == "lieu" and sentence.folds[first - 3] == "au":  # au lieu de 30 actuellement
        ago = _earlier_phrases().at(sentence.keys, mention.end) is not None
        return FROM if ago or is_dated(sentence, mention.end) or _is_now_else(sentence, first - 3) else None
    if sentence.folds[first - (2 if sentence.folds[first - 1] == "un" else 1)] != "contre":
        return None
    for at in range(mention.end, min(mention.end + 5, sentence.size)):
        if _earlier_phrases().at(sentence.keys, at) is not None:
            return FROM
        if sentence.folds[at] == "au" and sentence.folds[at + 2] in _PARTS_OF_YEARS:
            return FROM
        if sentence.keys[at] in _BEFORE_YEARS and _is_time(sentence, at + 1):
            return FROM
        if sentence.words[at] in (",", ";", ")") and at > mention.end:
            return None
    return None


def is_now_against(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Atteint désormais 3 euros, contre 2 euros auparavant: the level of now is the one reached."""
    if (first.kind, first.unit) != (second.kind, second.unit) or sentence.folds[second.outer - 1] != "contre":
        return False
    return "desormais" in sentence.folds[max(0, first.outer - WAS_REACH) : first.outer]


def _is_now_else(sentence: Sentence, end: int) -> bool:
    """Cotisera désormais 43 ans au lieu de 42: what is so from now on was not before."""
    return not _FROM_NOW_ON.isdisjoint(sentence.folds[max(0, end - _TO_REACH) : end])


def _is_bracketed_before(sentence: Sentence, mention: Mention) -> bool:
    """En recul par rapport à 2017 (20 %) et à la saison 2016-2017 (21 %): what it was in the year said before."""
    opening = mention.outer - 1
    if (
        opening < 1
        or sentence.words[opening] != "("
        or sentence.words[mention.end] != ")"
        or not _is_time(sentence, opening - 1)
    ):
        return False
    near = sentence.folds[max(0, opening - _COMPARED_REACH) : opening]
    return "rapport" in near and "par" in near


def by_earlier_state(sentence: Sentence, mention: Mention, previous: Mention | None) -> Direction | None:
    """20 agents, alors que l'effectif était de 30 en 2016; que fin 2016, où ils étaient 30: the level before."""
    if _is_bracketed_before(sentence, mention):
        return FROM
    if previous is None or previous.kind != mention.kind or previous.unit != mention.unit:
        return None
    near = sentence.folds[max(0, mention.outer - STATE_REACH) : mention.outer]
    if changes().was.isdisjoint(near[-WAS_REACH:]):
        return None
    place = mention.outer - len(near) + near.index("où") - 1 if "où" in near else -1
    placed = place >= 0 and _is_time(sentence, place - (sentence.words[place] == ","))
    now = not changes().now.isdisjoint(sentence.folds[max(0, previous.outer - WAS_REACH) : previous.outer])
    earlier = now or previous.direction == TO or _earlier_phrases().at(sentence.keys, mention.end) is not None
    opposed = "alors" in near and (earlier or is_dated_soon(sentence, mention.end))
    return FROM if placed or opposed else None


def is_earlier_too(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Contre 85 % en 2016 et 88 % en 2015: two earlier levels."""
    alike = (first.kind, first.unit) == (second.kind, second.unit) and sentence.folds[first.outer - 1] == "contre"
    gap = sentence.folds[first.end : second.outer]
    near = 0 < len(gap) <= DATE_REACH and gap[-1] == "et"
    return alike and near and is_dated(sentence, first.end) and is_dated(sentence, second.end)


def level_verb_before(sentence: Sentence, index: int) -> bool:
    """Whether a verb that goes from one level to another governs the "de A à B" that starts at that token."""
    words = changes()
    if sentence.words[index - 1] == "(":
        return False  # passera à deux ans (de 18 à 20 ans)
    for at in range(index - 1, max(-1, index - _LEVEL_REACH), -1):
        numbered = sentence.values[at] is not None and not _is_part_of_date(sentence, at)
        subject = sentence.words[at] == "," and _opens_clause(sentence, at + 1, index)
        if sentence.folds[at] in ("selon", "suivant"):
            return False  # les prix évoluent selon les villes de 42 à 368 euros
        if sentence.folds[at] in words.spans or sentence.words[at] in CLAUSE_ENDS or numbered or subject:
            return False
        if is_level_word(sentence.words[at]):
            return not is_blocked(sentence, at)
    return False


def moves_again(sentence: Sentence, reached: Mention, left: Mention) -> bool:
    """Whether the verb of the levels before holds for "de A" too: passe de 5 à 10 % ici et *de 10* à 20 % là."""
    gap = range(reached.end, left.first - 1)
    if sentence.keys[left.first - 1] != "de" or not 0 < len(gap) <= _AGAIN_REACH:
        return False
    if reached.kind != left.kind and not left.is_bare:
        return False
    joined = not _JOINING.isdisjoint(sentence.folds[gap[0] : left.first - 1])
    return joined and not any(is_finite(sentence, at) for at in gap)


def details_change(sentence: Sentence, index: int) -> bool:
    """Whether the "de A à B" from that token on stands in brackets after a change: en baisse de 4 % (de 50 à 48)."""
    return sentence.words[index - 1] == "(" and follows_change(sentence, index - 1)


def follows_change(sentence: Sentence, end: int) -> bool:
    """Whether a word of change stands shortly before that token."""
    near = sentence.folds[max(0, end - _CHANGE_REACH) : end]
    return any(change_word(fold) is not None or fold.startswith(_MULTIPLYING) for fold in near)


def _opens_clause(sentence: Sentence, at: int, index: int) -> bool:
    """Whether a new subject and its verb stand between a comma and the levels: …, les indemnités restent de 2 à 3."""
    verbs = grammar().verbs
    return sentence.folds[at] in _NEW_SUBJECTS and any(
        word in verbs or is_finite_verb(word) for word in sentence.words[at + 2 : index]
    )


def _is_part_of_date(sentence: Sentence, at: int) -> bool:
    """A day or a year: passé, entre le 1er mars 2009 et le 1er mars 2010, de 700 à 900."""
    return _is_time(sentence, at) or sentence.folds[at + 1] in exclusions().months


def is_dated(sentence: Sentence, at: int) -> bool:
    """Whether a date starts at that token: en 2016, au premier trimestre, actuellement."""
    named = sentence.folds[at] in ("au", "à") and not _PERIODS.isdisjoint(sentence.folds[at + 1 : at + 3])
    return named or _is_told(sentence, at) or (sentence.folds[at] in ("en", "fin", "(") and _is_time(sentence, at + 1))


def _is_told(sentence: Sentence, at: int) -> bool:
    """Actuellement, initialement: the date in a word."""
    return sentence.folds[at] in changes().then or sentence.folds[at] in changes().now


def is_dated_soon(sentence: Sentence, at: int) -> bool:
    """Whether a year follows within a few words, before a comma."""
    near = range(at, min(at + DATE_REACH, sentence.size))
    return any(is_dated(sentence, place) for place in takewhile(lambda place: sentence.words[place] != ",", near))


def _is_time(sentence: Sentence, index: int) -> bool:
    dated = index < sentence.size and is_year(sentence, index)
    return dated or sentence.folds[index] in exclusions().months


@cache
def _by_share() -> Stems:
    return Stems(changes().by_share)


@cache
def _arrival_phrases() -> Phrases[bool]:
    return Phrases({True: changes().arrivals})


@cache
def _earlier_phrases() -> Phrases[bool]:
    return Phrases({True: changes().earlier})
