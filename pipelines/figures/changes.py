"""Change: whether a figure is an amount of change (up, down) or one of its two levels (from, to).

Rules look at a sign, at the words after ("supplémentaires"), at the levels ("passer de A à B"), and at the verb or noun
that governs the number ("augmenté de", "suppression de").
"""

from functools import cache
from itertools import pairwise

from pipelines.figures.bounds import by_bound
from pipelines.figures.change_words import change_word
from pipelines.figures.classes import GOVERNING
from pipelines.figures.clauses import is_finite
from pipelines.figures.coordination import before_its_length, by_coordination, by_list
from pipelines.figures.elided import elided_item
from pipelines.figures.governors import (
    governing,
    governing_subject,
    is_change_noun,
    is_coordinated,
    is_fixed,
    is_negated,
)
from pipelines.figures.levels import by_arrival, by_contrast, by_earlier_state, by_level, is_now_against
from pipelines.figures.mention import (
    AMOUNTS,
    COUNT,
    DOWN,
    DURATION,
    FRACTION,
    FROM,
    MEASURE,
    MONEY,
    PERCENTAGE,
    RATE,
    RATIO,
    TO,
    UP,
    Mention,
    Sentence,
)
from pipelines.figures.pairs import mark_pairs
from pipelines.figures.passives import by_passive, is_of_no_post, share_a_passive
from pipelines.figures.phrases import is_noun_like
from pipelines.figures.vocabulary import Phrases, changes, contexts, grammar, number_words
from schemas.figure import Direction, FigureKind

_HIRING = ("embauch", "recrut")
_OF_WAGES = frozenset(("par", "brut", "bruts", "net", "nets", "mensuels", "annuels"))
_PLACING = frozenset(("dans", "pour", "chez", "sur", "par"))
_DEFINITE = frozenset(("les", "des", "ces", "leurs"))
_TOLD_AFTER = ("(", ":")
_NEARING = ("avoisin", "approch", "frol", "depass")
_ASIDE_END = 4  # tokens from a figure in an aside to the comma that ends it
_GRANTED = ("majoration", "supplement", "bonification")  # benefits, which have an amount
_BETTERING = ("valoris", "amelior")  # of what, and not by how many
_DENIAL_REACH = 4  # tokens from "ne" to the verb that it denies
_NEAR = 4  # tokens between a verb and the amount it surely governs
_BRACKETED_REACH = 14  # tokens from a bracket back to the noun of change that it is of
_OF_A_PHRASE = frozenset(("de", "le"))
_SIGNS_IN_WORDS = {"plus": UP, "moins": DOWN}
_SIGNED = frozenset((*_SIGNS_IN_WORDS, "+", "-", "−", "–"))
_COMPARED = {"superieur": UP, "inferieur": DOWN, "depass": UP, "exced": UP}
_BEFORE_SIGNED_COUNTS = ("(", ",", ":", ";", "soit", "", "–")
_WHILE = frozenset(("terme", "bout", "cours", "issue", "des"))
_GOING_ON = frozenset(("hausse", "baisse", "croissance"))
_SIGNED_KINDS = frozenset(FigureKind) - {DURATION, RATIO, RATE}


def mark_changes(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Give each mention its direction, if it has one."""
    mark_pairs(sentence, mentions)
    governed = any(map(GOVERNING.__and__, sentence.classes))
    for position, mention in enumerate(mentions):
        if mention.direction is None and mention.kind == DURATION and _is_age(sentence, mention, governed=governed):
            mention.direction = _by_words_after(sentence, mention) or by_contrast(sentence, mention)
            if mention.direction is None and position and mentions[position - 1].direction == TO:
                mention.direction = by_coordination(sentence, mention, mentions[position - 1])
        elif mention.direction is None:
            mention.direction = _direction(sentence, mentions, position, governed=governed)
    for first, second in zip(reversed(mentions[:-1]), reversed(mentions[1:]), strict=True):
        if first.direction is None and second.direction in AMOUNTS and share_a_passive(sentence, first, second):
            first.direction = second.direction
        if second.direction == FROM and first.direction is None and is_now_against(sentence, first, second):
            first.direction = TO
    return mentions


def _direction(sentence: Sentence, mentions: list[Mention], position: int, *, governed: bool) -> Direction | None:
    """The direction of a figure; `governed` where a word of change stands in its sentence."""
    mention = mentions[position]
    previous = mentions[position - 1] if position else None
    return (
        _by_sign(sentence, mention, previous)
        or (_by_ellipsis(sentence, mention, previous) if previous is not None else None)
        or _by_loss(sentence, mention, previous)
        or _by_counted(sentence, mention, previous)
        or _by_comparison(sentence, mention)
        or _by_times(sentence, mention)
        or _by_words_after(sentence, mention)
        or (by_bound(sentence, mention) if governed else None)
        or by_level(sentence, mention)
        or (by_arrival(sentence, mentions, position) if position else None)
        or by_contrast(sentence, mention)
        or by_earlier_state(sentence, mention, previous)
        or (_by_governor(sentence, mention, previous) if governed else None)
        or (None if previous is not None and _is_whole(sentence, previous, mention) else by_passive(sentence, mention))
        or (by_coordination(sentence, mention, before_its_length(mentions, position)) if position else None)
        or (by_list(sentence, mention, previous) if position else None)
    )


def _is_whole(sentence: Sentence, share: Mention, mention: Mention) -> bool:
    """Un tiers des 50 hectares a été détruit: what was, is the third."""
    return mention.outer == share.end + 1 and sentence.folds[share.end] in ("des", "sur")


def _by_sign(sentence: Sentence, mention: Mention, previous: Mention | None) -> Direction | None:
    """+ 3 %, −4 %: the sign is the direction, the value stays positive."""
    sign = sentence.words[mention.first - 1]
    if sign not in _SIGNED:
        return None
    if (
        sign in _SIGNS_IN_WORDS
        and mention.unit is not None
        and (
            sentence.words[mention.first - 2] in _BEFORE_SIGNED_COUNTS
            or (sentence.folds[mention.first - 2] == "à" and mention.kind == PERCENTAGE)
        )
    ):
        return _SIGNS_IN_WORDS[sign]  # soit plus 6 % par an, un solde à moins 30 %
    glued = sentence.is_glued(mention.first - 1)
    apart = sign == "+" and sentence.words[mention.first - 2] in (*_BEFORE_SIGNED_COUNTS, "de", "à")
    apart = apart or (sign in ("-", "−") and sentence.words[mention.first - 2] == "(")  # 45 lits (-6)
    dash = sign in ("-", "–") and not sentence.touches(mention.first - 1) and sentence.is_word(mention.first - 2)
    dash = dash and sentence.folds[mention.first - 2] != "dont" and not _is_listed_sign(sentence, mention, previous)
    if (mention.unit is None and not apart) or mention.kind not in _SIGNED_KINDS or glued or dash:
        return None
    return {"+": UP, "-": DOWN, "−": DOWN, "–": DOWN}.get(sign)


def _is_listed_sign(sentence: Sentence, mention: Mention, previous: Mention | None) -> bool:
    """(respectivement - 7 % et - 10 %): a sign after a space, and no dash of an aside."""
    before = sentence.folds[mention.first - 2]
    alike = previous is not None and previous.direction in AMOUNTS and previous.end == mention.first - 2
    signed = alike and previous is not None and sentence.words[previous.first - 1] == sentence.words[mention.first - 1]
    return before == "respectivement" or (signed and before in ("et", "puis"))


def _by_ellipsis(sentence: Sentence, mention: Mention, previous: Mention | None) -> Direction | None:
    """Huit lavoirs ont été fermés ; sept le seront: "le" stands for the verb before."""
    if elided_item(sentence, mention, previous) and previous is not None:
        return previous.direction  # les vols ont augmenté de 17 %, les refus de 23 %
    if previous is not None and _is_estimated_too(sentence, mention, previous):
        return previous.direction
    if sentence.folds[mention.end] != "le" or previous is None or previous.direction not in AMOUNTS:
        return None
    return previous.direction if sentence.folds[mention.end + 1] in changes().passive_auxiliaries else None


def _is_estimated_too(sentence: Sentence, mention: Mention, previous: Mention) -> bool:
    """Évalue à 4 % la hausse des vols d'ici 2050 et à 6 % celle des délits: a second amount that one verb tells."""
    told = previous.direction in AMOUNTS and previous.unit == mention.unit and sentence.folds[previous.outer - 1] == "à"
    if not told or sentence.folds[max(0, mention.outer - 2) : mention.outer] != ["et", "à"]:
        return False
    return not any(is_finite(sentence, at) for at in range(previous.end, mention.outer))


def _by_words_after(sentence: Sentence, mention: Mention) -> Direction | None:
    """3,6 % de plus, 200 postes supplémentaires (the words may follow the noun)."""
    phrases, verbs = _after_phrases(), grammar().verbs
    for at in range(mention.end, min(mention.end + 5, sentence.size)):
        found = phrases.at(sentence.keys, at) if sentence.keys[at] in phrases.openings else None
        if found is not None:
            label, end = found
            if (
                at > mention.end + 1
                and end == at + 2
                and sentence.folds[at + 1] not in _SIGNS_IN_WORDS
                and sentence.keys[at] == "de"
            ):
                return None  # le salaire minimum de croissance
            if sentence.folds[at] == "des":  # en faveur des plus fragiles
                return None
            if mention.kind == DURATION and end == mention.end + 2 and _says_how_long(sentence, mention):
                return None
            compared = sentence.keys[end] == "de" and _is_number(sentence, end + 1)  # joueurs de moins de 13 ans
            ever_more = sentence.keys[end] == "en" and sentence.folds[end + 1] in ("plus", "moins")
            return None if compared or ever_more else label
        if not sentence.words[at][0].isalpha() or sentence.folds[at] in verbs:
            return None
    return None


def _says_how_long(sentence: Sentence, mention: Mention) -> bool:
    """Après dix ans de baisse: how long a change took; "trois mois de réduction" is by how much."""
    before = mention.outer - 1 - (sentence.keys[mention.outer - 1] == "de")
    timed = sentence.folds[before] in grammar().before_lengths_of_time or sentence.folds[before] in _WHILE
    return timed or sentence.folds[mention.end + 1] in _GOING_ON


def _by_loss(sentence: Sentence, mention: Mention, previous: Mention | None) -> Direction | None:
    """1 200 postes supplémentaires seront supprimés, perdre 30 autres emplois supplémentaires: the verb wins."""
    if further().isdisjoint(sentence.folds[mention.end : mention.end + 5]):
        return None
    again = previous is not None and previous.direction == DOWN and previous.unit == mention.unit is not None
    if again and sentence.keys[mention.outer - 1] == "de" and is_coordinated(sentence, mention.outer):
        return DOWN  # abaissé de 3 points, puis de 2 points supplémentaires
    near = governing(sentence, mention.outer, needs_de=sentence.keys[mention.outer - 1] == "de")
    verb = near[1] if near is not None and mention.outer - near[0] <= _NEAR else by_passive(sentence, mention)
    return verb if verb == DOWN else None


def _by_counted(sentence: Sentence, mention: Mention, previous: Mention | None) -> Direction | None:
    """50 fermetures de classes, 300 suppressions de postes: what is counted is the change."""
    if mention.kind != COUNT:
        return None
    at = mention.end + (mention.scale > 1)
    if sentence.folds[at] in changes().balanced and (previous is None or previous.direction not in AMOUNTS):
        return None
    return next((way for way, words in changes().counted.items() if sentence.folds[at] in words), None)


def _by_times(sentence: Sentence, mention: Mention) -> Direction | None:
    """Deux fois plus de vols: more of them; "deux fois plus long" only compares."""
    if mention.unit != "x" or not mention.rule.endswith("times") or sentence.keys[mention.end] != "de":
        return None
    return _SIGNS_IN_WORDS.get(sentence.folds[mention.end - 1])


def _by_comparison(sentence: Sentence, mention: Mention) -> Direction | None:
    """Inférieur de 20 % à la moyenne, plus élevé de 3 points, dépasse de 3 %: how far one level is from another."""
    first = mention.outer + (sentence.keys[mention.outer] == "de")  # inférieur d'environ 20 %
    if first < 2 or sentence.keys[first - 1] != "de" or mention.unit == "x":
        return None
    compared = sentence.folds[first - 2]
    if compared.startswith(("elev", "cher", "fort", "haut", "bas", "faible", "import", "nombreu")):
        return _SIGNS_IN_WORDS.get(sentence.folds[first - 3])
    return next((way for stem, way in _COMPARED.items() if compared.startswith(stem)), None)


def _is_number(sentence: Sentence, at: int) -> bool:
    return sentence.words[at][:1].isdecimal() or sentence.folds[at] in number_words()


def _by_governor(sentence: Sentence, mention: Mention, previous: Mention | None) -> Direction | None:
    first = mention.outer
    if sentence.words[first - 1] in _TOLD_AFTER:
        of_a_noun = mention.kind == COUNT and sentence.keys[first - 3] == "de"  # un plan d'embauche : 300 guides
        return None if of_a_noun else _in_parentheses(sentence, first)
    if mention.rule.endswith("times") or _is_earned(sentence, mention):
        return None
    first -= _only(sentence, first) or _in_all(sentence, first)
    half = mention.style == FRACTION and sentence.folds[first - 1] in ("la", "le", "les")
    first -= half and sentence.keys[first - 2] == "de"  # la fermeture de la moitié des classes
    needs_de = sentence.keys[first - 1] == "de"
    found = governing(sentence, first, needs_de=needs_de) or governing_subject(sentence, first)
    if found is None and previous is not None and previous.end == first and _is_its_length(sentence, previous):
        found = governing(sentence, previous.outer - 1, needs_de=False)  # a perdu en dix ans 300 agents
    if found is None and first < mention.first and sentence.keys[mention.first - 1] == "de":
        found, needs_de = governing(sentence, mention.first, needs_de=True), True  # une hausse maximale de 3 %
    if found is None or _is_of_another_noun(sentence, mention, found[0]):
        return None
    at, direction = found
    if mention.kind == PERCENTAGE and sentence.folds[at].startswith(_HIRING):
        return None  # l'obligation d'embaucher 6 % de jeunes
    crosses = previous is not None and previous.first > at and not _is_aside(sentence, previous, first)
    if crosses and not (previous and previous.kind == mention.kind and is_coordinated(sentence, first)):
        return None
    denied = is_negated(sentence, at) and (not needs_de or (mention.approx is None and _is_denied_verb(sentence, at)))
    return None if denied else direction


def _is_denied_verb(sentence: Sentence, at: int) -> bool:
    """Les crédits n'augmenteront pas de 3 %: no change; "n'ont pas seulement baissé" is one."""
    denied = "ne" in sentence.keys[max(0, at - _DENIAL_REACH) : at] and sentence.keys[at - 1] != "de"
    return denied and "seulement" not in sentence.folds[at - 1 : at + 2] and not is_change_noun(sentence, at)


def _is_of_another_noun(sentence: Sentence, mention: Mention, change: int) -> bool:
    """La fermeture de classes dans les communes de 3 000 habitants, d'une unité de douze lits: the size of those."""
    if mention.kind in (COUNT, MEASURE) and sentence.folds[change].startswith(_BETTERING):
        return change != mention.outer - 2 or is_change_noun(sentence, change)  # valoriser la production de 300 fermes
    if mention.kind == MEASURE:
        return _has_an_object(sentence, change)
    if mention.kind == MONEY and sentence.folds[change].startswith(_GRANTED):
        return "montant" in sentence.folds[change : mention.outer]  # la majoration d'un montant de 100 euros
    if mention.kind == COUNT and sentence.folds[change].startswith("detrui"):
        return is_of_no_post(sentence, mention)  # la crue a détruit 40 granges
    if mention.kind != COUNT or not is_change_noun(sentence, change):
        return False
    gap = sentence.folds[change + 1 : mention.outer - 1]
    placed = any(fold in _PLACING and after in _DEFINITE for fold, after in pairwise(gap))
    article = sentence.folds[mention.outer - 3]
    one = article in ("un", "une") and sentence.keys[mention.outer - 4] == "de"
    return placed or (one and sentence.folds[mention.outer - 2] not in grammar().carriers)


def _is_aside(sentence: Sentence, previous: Mention, first: int) -> bool:
    """Whether the figure before only says how long a change took, or stands in an aside before the verb.

    "Ces fermetures, que l'on craint depuis dix ans, avoisinent les 350 postes."
    """
    closed = sentence.folds[previous.end : first][:_ASIDE_END]
    return _is_its_length(sentence, previous) or ("," in closed and sentence.folds[first].startswith(_NEARING))


def _is_its_length(sentence: Sentence, length: Mention) -> bool:
    """Les ventes ont baissé en dix mois de 3 %: how long it took stands between; not "un prêt de dix mois de 3 %"."""
    at = length.outer - 1
    timed = sentence.folds[at] in ("en", "depuis", "pendant", "durant", "sur") or sentence.folds[at - 1] in (
        "cours",
        "espace",
    )
    return timed and length.kind == DURATION


def _has_an_object(sentence: Sentence, verb: int) -> bool:
    """Prolonger un quai de 40 mètres: the verb takes a new thing whose size is told."""
    at = verb + 1 + (sentence.keys[verb + 1] == "de")
    new = sentence.folds[at] in ("un", "une") and sentence.folds[at + 1] not in grammar().carriers
    return new and is_noun_like(sentence, at + 1) and not is_change_noun(sentence, verb)


def _only(sentence: Sentence, first: int) -> int:
    """The tokens of "seulement", "à peine" between "de" and an amount: en baisse de seulement 8 %."""
    if sentence.folds[first - 1] == "seulement" and sentence.keys[first - 2] == "de":
        return 1
    return 2 if sentence.folds[max(0, first - 2) : first] == ["à", "peine"] else 0


def _in_all(sentence: Sentence, first: int) -> int:
    """The tokens of "un total de" before an amount: créer un total de 300 places."""
    return 3 * (sentence.folds[max(0, first - 3) : first - 1] == ["un", "total"] and sentence.keys[first - 1] == "de")


def _is_earned(sentence: Sentence, mention: Mention) -> bool:
    """Qui gagne 1 600 euros par mois: a wage, no rise of it."""
    earns = sentence.folds[mention.outer - 1].startswith("gagn") and mention.kind == MONEY
    return earns and sentence.folds[mention.end] in _OF_WAGES


def _in_parentheses(sentence: Sentence, first: int) -> Direction | None:
    """Auraient fortement baissé (41 %), une forte progression : 30 %."""
    if sentence.words[first - 1] == ":":
        return change_word(sentence.folds[first - 2])
    for at in range(first - 2, max(-1, first - 5), -1):
        direction = change_word(sentence.folds[at])
        if direction is not None:
            return None if is_fixed(sentence, at) else direction
    return _of_a_noun_of_change(sentence, first - 2)


def _of_a_noun_of_change(sentence: Sentence, last: int) -> Direction | None:
    """La perte de valeur du point de l'indice (10 %): what stands in brackets after the phrase of the noun."""
    for at in range(last, max(-1, last - _BRACKETED_REACH), -1):
        direction = change_word(sentence.folds[at]) if sentence.keys[at + 1] == "de" else None
        if direction is not None:
            rate = not contexts().shares.isdisjoint(sentence.folds[at:last])  # la hausse de la part du gaz (40 %)
            return None if rate or is_fixed(sentence, at) or not is_change_noun(sentence, at) else direction
        if not is_noun_like(sentence, at) and not _OF_A_PHRASE.intersection(sentence.keys[max(0, at - 1) : at + 1]):
            return None  # "point" of "du point" is no adverb
    return None


def _is_age(sentence: Sentence, mention: Mention, *, governed: bool) -> bool:
    """Whether a duration in years is somebody's age or a period, not an amount: des enfants de 3 ans."""
    first = mention.outer
    governor = sentence.folds[first - 2] if sentence.keys[first - 1] == "de" else sentence.folds[first - 1]
    if governor == "raison":
        governor = sentence.folds[first - 4]  # diminue à raison de trois mois par an
    found = governing(sentence, first, needs_de=True) if governed else None
    if found is not None and not grammar().lasting_nouns.isdisjoint(sentence.folds[found[0] : first]):
        return False  # une réduction du délai de jugement d'un mois
    return change_word(governor) is None and "à" not in sentence.folds[max(0, first - 1) : first + 1]


@cache
def further() -> frozenset[str]:
    """The adjectives of what is added: supplémentaires, additionnels."""
    return frozenset(phrase for phrase in changes().after[UP] if " " not in phrase)


@cache
def _after_phrases() -> Phrases[Direction]:
    return Phrases(changes().after)
