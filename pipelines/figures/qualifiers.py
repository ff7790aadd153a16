"""Approximation: whether a figure is exact, about, at least or at most; said before, after or at a distance."""

from functools import cache
from typing import Literal

from pipelines.figures.bounds import limits
from pipelines.figures.change_words import change_word, is_level_word
from pipelines.figures.classes import VERB, WORD
from pipelines.figures.governors import governing, opening_comma
from pipelines.figures.mention import COLLECTIVE, DURATION, FRACTION, MAX, MIN, SIGNS, Mention, Sentence
from pipelines.figures.moves import moved
from pipelines.figures.phrases import phrase_end, set_object
from pipelines.figures.ranges import is_year_written
from pipelines.figures.verbs import PARTICIPLES_IN_E, is_finite_verb
from pipelines.figures.vocabulary import (
    Phrases,
    Stems,
    changes,
    exclusions,
    grammar,
    is_function_word,
    number_words,
    qualifiers,
)
from schemas.figure import Approximation

Bound = Approximation | Literal["neither"]
"""What a phrase before a figure says of it; "neither" where it only looks like a bound."""

_MOST_FILLERS = 3
_DISTANCE = 9
_OF_THE_LAST = 2  # 500 tonnes annuelles maximum (300 en moyenne): the cap is of the first
_ONE_BOUND = (["et"], ["ou"], ["voire"], [",", "voire"])
_TOLD_ASIDE = frozenset(
    ("(", ")", ",", "par", "an", "mois", "jour", "mensuels", "annuels", "bruts", "nets", "brut", "net")
)
_TIED_ON = frozenset(("et", "ou", "pres", "environ", "aux"))  # un euro aux plus de 60 ans
_NEGATIONS = frozenset(("ni", "ne", "n'", "sans", "jamais"))
_NEGATION_REACH = 4
_CHANGE_REACH = 6  # from "la hausse" to "maximal"
_MOVE_REACH = 2  # from "descendra" to "au-dessous de"
_LONG_UNITS = ("a", "mo", "wk", "d")
_ASIDES = ("mot", "maximum", "minimum", "plus", "moins", "mieux", "modo", "environ", "prou", "gros")
_PENALTY_GAP = 4  # tokens of "d'emprisonnement et"
_FAR = 18  # from the cap word to a level stated by "est fixé à"
_BEFORE_NOUNS = frozenset(("le", "du", "un", "ce"))
_BEFORE_CAPS = frozenset(("le", "les", "du", "des", "ce", "ces", "son", "leur"))
_CLAUSE_ENDS = frozenset((".", ";", "!", "?", "«", "»", ")"))


def mark_approximations(sentence: Sentence, mentions: list[Mention]) -> list[Mention]:
    """Give each mention its approximation; what stands before wins over what stands after or far."""
    capped = not _cap_words().isdisjoint(sentence.folds)  # in few sentences, and the far ones need a cap word
    for position, mention in enumerate(mentions):
        floor = mentions[position - 1].end if position else 0
        ceiling = mentions[position + 1].first if position + 1 < len(mentions) else sentence.size
        mention.outer = mention.first
        before = _before(sentence, mention, floor)
        before = before or (MAX if limits(sentence, mention.first) else _deadline(sentence, mention))
        sought = capped and not before
        far = _far(sentence, mention, floor) or _of_object(sentence, mention) if sought else None
        mention.approx = before or _after(sentence, mention, ceiling) or far or mention.approx
        if mention.approx is None and position and _is_bound_alike(sentence, mentions[position - 1], mention):
            mention.approx = mentions[position - 1].approx
    return mentions


def _deadline(sentence: Sentence, mention: Mention) -> Approximation | None:
    """Revoir le médecin avant trois mois: at most; "ne sera pas livré avant deux ans", "passé deux mois": at least."""
    before = sentence.folds[mention.first - 1]
    if before not in ("avant", "passe", "passes") or mention.kind != DURATION or mention.unit not in _LONG_UNITS:
        return None
    if before != "avant":
        opens = not sentence.is_word(mention.first - 2) and sentence.words[mention.first - 1].endswith(PARTICIPLES_IN_E)
        return MIN if opens else None
    return MIN if _is_negated(sentence, mention.first - 1) else MAX


def _is_negated(sentence: Sentence, at: int) -> bool:
    """Whether a negation stands shortly before that token."""
    near = sentence.folds[max(0, at - _NEGATION_REACH) : at]
    return not _NEGATIONS.isdisjoint(near)


def _before(sentence: Sentence, mention: Mention, floor: int) -> Approximation | None:
    fillers, at, phrases = qualifiers().fillers, mention.first, _before_phrases()
    for _ in range(_MOST_FILLERS + 1):
        if sentence.words[at - 1] == "," and (opening := _past_aside(sentence, at, floor)) < at:
            at, floor = opening, 0
        closes = sentence.keys[at - 1] in phrases.endings
        found = (phrases.before(sentence.keys, at) if closes else None) or _interrupted(sentence, at)
        if found is not None and found[1] >= floor:
            label, start = _behind_hardly(sentence, found, at)
            if (
                (floor and start == floor and sentence.folds[mention.first - 1] == "des")  # la moitié à peine des 300
                or _is_remainder(sentence, start, at)
                or _is_gathering(sentence, mention, start)
                or _is_excess(sentence, mention, at)
                or _is_aside(sentence, start)
                or _is_moved_cap(sentence, mention, start)
            ):
                return None
            mention.outer = _past_boosters(sentence, start)
            if label == "neither":
                return MIN if _is_many(sentence, start, at) else None
            return _of_phrase(sentence, label, start, at)
        if at <= floor or (sentence.keys[at - 1] not in fillers and sentence.folds[at - 1] not in fillers):
            return None
        at -= 2 if sentence.keys[at - 1] == "de" and sentence.folds[at - 2] in qualifiers().carriers else 1
    return None


def _behind_hardly(sentence: Sentence, found: tuple[Bound, int], end: int) -> tuple[Bound, int]:
    """Dépasse à peine 3 %: the verb says more than its "à peine"."""
    return (sentence.folds[end - 1] == "peine" and _before_phrases().before(sentence.keys, found[1])) or found


def _of_phrase(sentence: Sentence, label: Approximation, start: int, end: int) -> Approximation:
    if sentence.folds[start] == "aux" and sentence.folds[start + 1] == "moins":
        return MAX  # réservé aux moins de 50 ans
    if sentence.folds[end - 1] == "mieux" and _is_dear(sentence, start):
        return MIN
    return _denied(label) if _is_denied(sentence, start, end) else label


def _is_dear(sentence: Sentence, start: int) -> bool:
    """Le loyer est, au mieux, de 900 euros: the best of a price is the least."""
    return any(fold in _dear() for fold in sentence.folds[max(0, start - _FAR) : start])


def _is_aside(sentence: Sentence, start: int) -> bool:
    """Le coût - de 3 euros - est lourd: a dash; "les - de 16 ans" is at most."""
    return sentence.words[start] in SIGNS and sentence.folds[start + 1] == "de" and _opens_aside(sentence, start)


def _opens_aside(sentence: Sentence, sign: int) -> bool:
    words, before = grammar(), sentence.folds[sign - 1]
    return sentence.words[sign] != "+" and before not in words.determiners and before not in words.prepositions


def _past_aside(sentence: Sentence, first: int, floor: int) -> int:
    """Vaudra, au bas mot, 8 milliards; ne peut dépasser, en un mois, 100 heures: where the bound may end."""
    if sentence.folds[first - 2] in _ASIDES:
        found = _before_phrases().before(sentence.keys, first - 1)
        of_the_last = found is not None and found[1] <= floor  # 10 % minimum, 20 % maximum
        return first if of_the_last and floor else first - 1
    opening = opening_comma(sentence, first - 1)
    found = _before_phrases().before(sentence.keys, opening) if opening else None
    return opening if found is not None and found[0] in (MIN, MAX) else first


def _is_many(sentence: Sentence, start: int, end: int) -> bool:
    """Accessible en plus de 200 langues; "en plus des 200 langues", "En plus de 200 euros, il reçoit" add to them."""
    plain = sentence.folds[start] == "en" and sentence.folds[end - 1] in ("de", "d'")
    return plain and sentence.is_word(start - 1) and not is_function_word(sentence.folds[start - 1])


def _interrupted(sentence: Sentence, end: int) -> tuple[Bound, int] | None:
    """Supérieur en moyenne à 3 %, dépassait en 2019 les 2 euros: the phrase without the adverb or date in it."""
    if end > 0 and sentence.values[end - 1] is not None and is_year_written(sentence.words[end - 1]):
        at = _before_date(sentence, end)
        return (
            None if sentence.keys[at - 1] == "de" else _before_phrases().before(sentence.keys, at)
        )  # à compter de 2025
    if end < 4 or sentence.folds[end - 2] != "moyenne" or sentence.folds[end - 3] != "en":
        return None
    return _before_phrases().before([*sentence.keys[: end - 3], sentence.keys[end - 1]], end - 2)


def _before_date(sentence: Sentence, end: int) -> int:
    """Where a date that ends there starts."""
    at = end
    while is_year_written(sentence.words[at - 1]) or sentence.folds[at - 1] in exclusions().months:
        at -= 1
    return at - 1 if at < end and sentence.folds[at - 1] in ("en", "fin", "debut", "mi") else at


def _is_bound_alike(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Plafonné à 8 000 euros pour les uns et à 16 000 euros pour les autres, les plus de 50 et 60 ans: one bound."""
    if _is_bound_again(sentence, first, second):
        return True
    same = (first.kind, first.unit) == (second.kind, second.unit)
    if not same or first.approx not in (MIN, MAX):
        return False
    gap = [fold for fold in sentence.folds[first.end : second.first] if fold not in _TOLD_ASIDE]
    if gap == ["soit"] or (gap == ["et"] and ")" in sentence.folds[first.end : second.first]):
        return True  # plus de 1 200 euros, soit 100 euros par mois
    listed = first.rule.startswith("list:") and sentence.folds[first.end : second.first] in _ONE_BOUND
    resumed = sentence.folds[max(0, second.first - 2) : second.first] == ["et", "à"]
    return listed or (resumed and sentence.folds[first.first - 1] == "à") or _is_case_by_case(sentence, first, second)


def _is_bound_again(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Ne peut dépasser le tiers de la durée légale, soit 500 heures: the same bound in another unit."""
    if first.approx is MAX and _is_joined_penalty(sentence, first, second):
        return True
    if first.approx is not MAX or sentence.folds[second.outer - 1] != "soit":
        return False
    bound = any(fold.startswith(("depass", "exced")) for fold in sentence.folds[first.outer : first.first])
    return bound and grammar().verbs.isdisjoint(sentence.folds[first.end : second.outer - 1])


def _is_joined_penalty(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Jusqu'à deux ans de prison et 9 000 euros d'amende: one maximum in two units, each "of" something."""
    gap = sentence.keys[first.end : second.outer]
    joined = 1 < len(gap) <= _PENALTY_GAP and gap[0] == "de" and gap[-1] == "et" and second.outer == second.first
    return joined and first.kind != second.kind and sentence.keys[second.end] == "de"


def _is_case_by_case(sentence: Sentence, first: Mention, second: Mention) -> bool:
    """Ne dépassent pas 20 euros pour l'un, 30 euros pour l'autre et 40 euros pour le reste: one bound for each case."""
    before, gap = sentence.folds[second.outer - 1], sentence.folds[first.end : second.outer]
    if before == "à":
        before = sentence.folds[second.outer - 2]
    plain = grammar().verbs.isdisjoint(gap) and "dont" not in gap
    return second.outer == second.first and before in (",", "et") and gap[0] in ("pour", "(") and plain


def _is_denied(sentence: Sentence, start: int, end: int) -> bool:
    """Ne saurait excéder 30 jours, sans pouvoir dépasser: a bound under a negation is the other bound."""
    moved = sentence.folds[max(0, start - _MOVE_REACH) : end]  # ne descendra pas au-dessous de
    if not any(fold in _bounds() for fold in moved) or "pas" in sentence.folds[start : end - 1]:
        return False
    near = sentence.folds[max(0, start - _NEGATION_REACH) : start]
    if near[-3:-1] == ["en", "aucun"] or "aucun" in near[:-1]:
        return True  # ne doit en aucun cas dépasser
    far = sentence.folds[max(0, start - _DISTANCE) : start]  # sans que cette aide puisse être supérieure à 50 %
    return not _NEGATIONS.isdisjoint(near) or ("sans" in far and "que" in far and any("puiss" in word for word in near))


def _denied(label: Approximation) -> Approximation:
    return {MIN: MAX, MAX: MIN}.get(label, label)


def _is_remainder(sentence: Sentence, first: int, end: int) -> bool:
    """Il n'en reste plus que 6: exactly six are left; "plus que 10 euros" is at least."""
    return sentence.keys[first:end] == ["plus", "que"] and "ne" in sentence.keys[max(0, first - 6) : first]


def _is_excess(sentence: Sentence, mention: Mention, end: int) -> bool:
    """Ils ont dépassé de 300 litres leur quota: by how much, and no bound."""
    exceeds = sentence.folds[end - 1].startswith(("depass", "exced"))
    return end < mention.first and sentence.keys[end] == "de" and exceeds


def _is_gathering(sentence: Sentence, mention: Mention, start: int) -> bool:
    """Articulé autour de quatre chantiers, une équipe autour de deux médecins: the words are of place."""
    near = sentence.folds[max(0, start - 3) : start]
    if sentence.folds[start] != "autour" or ("se" in near and "situe" in near):  # le taux se situe autour de 3 %
        return False
    gathered = sentence.folds[mention.end] in _centres()  # tourne autour de trois axes
    return gathered or any(word in _gathering() for word in near)


def _past_boosters(sentence: Sentence, anchor: int) -> int:
    """To the left of "un peu", "bien", "à peine" in "un peu plus de 6 %"."""
    while sentence.folds[anchor - 1] in ("peu", "un", "bien", "nettement", "largement", "tres", "peine", "beaucoup"):
        if sentence.folds[anchor - 1] == "peine" and sentence.folds[anchor - 2] != "à":
            break  # une peine pouvant atteindre dix ans
        anchor -= 1
    return anchor


def _after(sentence: Sentence, mention: Mention, ceiling: int) -> Approximation | None:
    """12 mois minimum, 300 agents environ, 16 ans et plus."""
    # douze heures d'ouverture minimum, 3 euros par jour au plus
    of_a_noun = sentence.keys[mention.end] in ("de", "par")
    reach, phrases = 3 if mention.is_bare or of_a_noun else 2, _after_phrases()
    for at in range(mention.end, min(mention.end + reach, ceiling)):
        found = phrases.at(sentence.keys, at) if sentence.keys[at] in phrases.openings else None
        if found is not None and found[1] <= ceiling:
            if found[1] < sentence.size and (
                sentence.values[found[1]] is not None or sentence.folds[found[1]] in number_words()
            ):
                return None  # donnent au moins un avis
            if sentence.folds[at - 1] in _BEFORE_NOUNS:
                return None  # 300 touchent le minimum vieillesse
            tied = sentence.keys[found[1]] in ("de", "que") and sentence.folds[at] in _TIED_ON
            tied = tied and (mention.style != FRACTION or sentence.folds[at] != "environ")  # la moitié environ des cas
            return None if tied else found[0]
        own = sentence.classes[at]
        if not own & WORD or own & VERB or is_finite_verb(sentence.words[at]):
            return None
    return None


def _far(sentence: Sentence, mention: Mention, floor: int) -> Approximation | None:
    """Une limite fixée à 800 euros, un taux maximal de hausse des tarifs de 4 %."""
    words, last = qualifiers(), sentence.folds[mention.first - 1]
    if mention.style == COLLECTIVE or last not in words.distant_links:
        return None
    near = sentence.folds[max(0, mention.first - _FAR) : mention.first]
    stated = near[-2:-1] and near[-2] in changes().equating  # le plafond des prix pour un lot s'élève à 3 euros
    reach = _FAR if stated or not words.setting.isdisjoint(near) else _DISTANCE
    for at in range(mention.first - 1, max(floor, mention.first - reach) - 1, -1):
        fold = sentence.folds[at]
        if sentence.words[at] in _CLAUSE_ENDS and not _is_acronym(sentence, at):
            return None
        states = at == mention.first - 2 and (fold in words.setting or fold in changes().equating)
        if is_level_word(sentence.words[at]) and not states:
            return None
        approx = _caps().get(fold)
        if fold == "limite" and not _is_set_limit(sentence, at, mention.first):
            continue
        if approx is not None and sentence.folds[at + 1] not in words.after_names:
            of_the_last = floor and at < floor + _OF_THE_LAST
            moves = _is_changed(sentence, mention, at) or _is_moved_cap(sentence, mention, at)
            return None if of_the_last or moves else approx
        if change_word(fold) is not None and last == "de" and at < mention.first - 2:
            return None
    return None


def _is_set_limit(sentence: Sentence, limit: int, first: int) -> bool:
    """La limite d'âge est fixée à 67 ans, la vitesse limite est de 50 km/h; not the verb nor a border."""
    verb = sentence.words[limit] != "limite" or (
        sentence.folds[limit + 1] in grammar().determiners and sentence.keys[limit + 1] != "de"
    )
    told = sentence.folds[first - 2] in qualifiers().setting or sentence.folds[first - 2] in changes().equating
    return not verb and (told or sentence.folds[first - 1] in ("est", ":"))


def _is_changed(sentence: Sentence, mention: Mention, cap: int) -> bool:
    """Revaloriser le plafond de 12 %, ce plafond est relevé de 30 euros: by how much a cap changes is no bound."""
    if sentence.keys[mention.first - 1] != "de":
        return False
    found = governing(sentence, mention.first, needs_de=True)
    return found is not None and (found[0] > cap or sentence.folds[cap - 1] in _BEFORE_CAPS)


def _is_moved_cap(sentence: Sentence, mention: Mention, cap: int) -> bool:
    """La hausse du seuil maximal de 300 à 400 euros: the cap moves between two levels, which are no bounds."""
    if sentence.folds[mention.end] != "à" or sentence.folds[cap] not in _caps():
        return False
    return any(map(change_word, sentence.folds[max(0, cap - _CHANGE_REACH) : cap]))


def _is_acronym(sentence: Sentence, closing: int) -> bool:
    """Whether a bracket closes after one word: le montant maximum de l'allocation (APX) est de 3 euros."""
    return sentence.words[closing] == ")" and sentence.words[closing - 2] == "("


def _of_object(sentence: Sentence, mention: Mention) -> Approximation | None:
    """Fixe à 3 000 euros le plafond de l'aide, à 12 mois la durée maximale: what is set is a bound."""
    at = set_object(sentence, mention.first, mention.end)
    if at is None and (found := moved(sentence, mention)) is not None:
        at = found[1]
    if at is None:
        return None
    phrase = sentence.folds[at + 1 : min(phrase_end(sentence, at + 1) + 1, at + _DISTANCE)]
    if not qualifiers().after_names.isdisjoint(phrase):
        return None
    return next((approx for approx, caps in qualifiers().distant.items() if not caps.isdisjoint(phrase)), None)


@cache
def _caps() -> dict[str, Approximation]:
    """What a cap word anywhere before a figure says of it: plafond, seuil."""
    return {word: approx for approx, words in reversed(qualifiers().distant.items()) for word in words}


@cache
def _cap_words() -> frozenset[str]:
    return frozenset(_caps())


@cache
def _bounds() -> Stems:
    return Stems(qualifiers().bounds)


@cache
def _centres() -> Stems:
    return Stems(qualifiers().centres)


@cache
def _dear() -> Stems:
    return Stems(qualifiers().dear)


@cache
def _gathering() -> Stems:
    return Stems(qualifiers().gathering)


@cache
def _before_phrases() -> Phrases[Bound]:
    return Phrases({**qualifiers().before, "neither": qualifiers().neither})


@cache
def _after_phrases() -> Phrases[Approximation]:
    return Phrases(qualifiers().after)
