"""Governors: the word of change that a number hangs on ("augmenté de", "suppression de", "gagner")."""

from collections.abc import Iterator
from functools import cache

from pipelines.figures.change_words import change_word, is_level_word, transitive_word
from pipelines.figures.mention import Sentence
from pipelines.figures.verbs import is_finite_verb
from pipelines.figures.vocabulary import Phrases, Stems, changes, grammar
from schemas.figure import Direction

_REACH = 16  # tokens between the word of change and its amount
_OBJECT_REACH = 5
_NAME_REACH = 10
_YEARS = (1700, 2100)
_NEW_PHRASES = frozenset(("le", "la", "l'", "les", "un", "une", "son", "sa", "ses", "leur", "leurs"))
_OWN_NOUNS_AFTER = frozenset(("pour", "avec", "sur", "dans", "soit", "par", "sous"))
_CLAUSE_WORDS = frozenset(
    (
        ",",
        ".",
        ")",
        ";",
        ":",
        "!",
        "?",
        "»",
        "«",
        "que",
        "qu'",
        "qui",
        "dont",
        "alors",
        "il",
        "elle",
        "ils",
        "elles",
        "un",
        "une",
        "à",
    )
)
_BEFORE_NOUNS = frozenset(
    (
        "la",
        "le",
        "l'",
        "les",
        "une",
        "un",
        "cette",
        "ce",
        "ces",
        "cet",
        "forte",
        "sa",
        "son",
        "leur",
        "de",
        "d'",
        "des",
        "du",
        "telle",
    )
)
_CLAUSE_OPENINGS = frozenset(("que", "qui", "qu'", "dont", "lorsqu'", "lorsque", "quand"))
_COMPARING = ("inferieur", "superieur", "pouvant", "compris", "allant")
_BOUNDING = (
    *_COMPARING,
    "oscill",
    "vari",
    "ne",
    "n'",
    "pourra",
    "exced",
    "depass",
    "limit",
    "plafonn",
    "avoisin",
    "approch",
    "frol",
)
_MEASURED = frozenset(("ete", "estime", "estimee", "evalue", "evaluee", "chiffre", "chiffree"))
_ASIDE_OPENINGS = frozenset(
    ("que", "qu'", "qui", "dont", "en", "selon", "hors", "depuis", "entre", "pour", "sur", "apres")
)
_MEETING = ("compens", "financ", "couvr", "indemnis", "rembours", "support", "absorb", "attenu")
_AMIDST = frozenset(("milieu", "sein", "cours", "terme", "bout", "profit"))  # un ralentissement au milieu de deux plans
_REACHING = frozenset(("atteint", "atteindra", "atteindrait", "atteignait", "depasse", "avoisine", "represente", "s'"))
_ASIDE_REACH = 16
_ENDING = ("suppr", "ferm", "dispar", "detrui", "destruction")
CLAUSE_ENDS = frozenset((";", ":", "!", "?", "»", "«"))


def is_amount_of_change(sentence: Sentence, first: int) -> bool:
    """Whether a word of change governs the number that starts there, with "de" or directly."""
    return governing(sentence, first, needs_de=False) is not None


def governing(sentence: Sentence, first: int, *, needs_de: bool) -> tuple[int, Direction] | None:
    """The word of change whose amount starts at that token, and where it stands.

    With "de" it may be far ("hausse de la pension des agents de 3 %"); as an object it stands right before.
    """
    if sentence.keys[first - 1] == "de":
        return None if sentence.folds[first - 2] in _AMIDST else _governing_with_de(sentence, first)
    if sentence.keys[first] == "de":  # une baisse du nombre de lits de l'ordre de 15 %: the approximation has the "de"
        found = _governing_with_de(sentence, first + 1)
        if found is not None:
            return found
    return None if needs_de else _governing_object(sentence, first)


def _governing_with_de(sentence: Sentence, first: int) -> tuple[int, Direction] | None:
    commas = 0  # a pair of them is an aside: "a augmenté, en 2018, de 4 %"
    by_steps = sentence.folds[max(0, first - 3) : first - 1] == ["à", "raison"]  # relevé à raison de 3 mois
    for at in _without_names(sentence, first - 2 - 2 * by_steps):
        direction = change_word(sentence.folds[at])
        if at == first - 2 and sentence.folds[at] == "que":
            continue  # un budget qui ne progresse que de 2 %
        if _ends_reach(sentence, at) or (direction is None and sentence.folds[at] in _other_verbs()):
            return None
        commas += sentence.words[at] == "," and sentence.folds[at + 1] != "mais"  # augmente, mais seulement de 3 %
        if direction is None and commas % 2 == 0 and is_finite_verb(sentence.words[at]) and not _ties(sentence, at):
            return None  # la hausse des tarifs pénalise les foyers de 5 personnes
        if direction is not None and not is_fixed(sentence, at) and not _is_manner(sentence, at, first):
            distant = sentence.folds[first - 1] == "des" or sentence.folds[at].startswith("cre")
            if (
                (distant and at < first - 3)
                or _is_of_a_thing(sentence, at, first)
                or _is_apart(sentence, at, first)
                or _is_made_good(sentence, at, first)
            ):
                return None  # cette hausse nous place au rang des 28 régions; créer une tranche à hauteur de 1 %
            beside = commas % 2 == 0 or is_coordinated(sentence, first) or _is_apposed(sentence, at, first)
            return (at, _signed(sentence, at, direction)) if beside else None
        if direction is not None and at == first - 2:
            return None  # la suppression du régime au profit du taux réduit de 5,5 %
    return None


def _is_apart(sentence: Sentence, at: int, first: int) -> bool:
    """L'enquête relève un retard de 9 mois: it only notes; le trafic baisse – le taux est de 8 %: in an aside."""
    signs = (sign for sign in range(at, first) if sentence.words[sign] in ("-", "–"))
    dashes = sum(not (sentence.touches(sign) or sentence.touches(sign - 1)) for sign in signs)
    return dashes % 2 == 1 or _notes(sentence, at, first)


def _notes(sentence: Sentence, at: int, first: int) -> bool:
    """Whether "relève" says what is noted; "relève de 9 mois le délai" does change."""
    return sentence.words[at] in ("relève", "relèvent") and at < first - 2 and sentence.folds[at + 1] in ("un", "une")


def _signed(sentence: Sentence, change: int, direction: Direction) -> Direction:
    """Une évolution négative, une croissance négative: down."""
    return Direction.DOWN if sentence.folds[change + 1].startswith("negati") else direction


def _is_apposed(sentence: Sentence, change: int, first: int) -> bool:
    """La réduction des crédits, d'un montant de 3 millions; une baisse des aides, à hauteur de 3 %: said of it."""
    comma = first - 1 - sentence.folds[change:first][::-1].index(",") if "," in sentence.folds[change:first] else 0
    opens = sentence.folds[comma + 1 : comma + 3]
    return comma > 0 and opens in (["d'", "un"], ["d'", "une"], ["à", "hauteur"], ["pour", "un"])


def _ties(sentence: Sentence, at: int) -> bool:
    """Whether a verb ties a change to its amount: la hausse atteint, la baisse passe."""
    folded = sentence.folds[at]
    tied = folded in changes().equating or folded in changes().equating_ties or folded in grammar().auxiliaries
    return tied or is_level_word(sentence.words[at])


def _is_of_a_thing(sentence: Sentence, change: int, first: int) -> bool:
    """La suppression du seuil de 300 euros, supprimer la limite des 3 ans: what ends is a thing with a size."""
    ends = sentence.folds[change].startswith(_ENDING)
    return ends and "de" in sentence.keys[change + 1 : first - 1] and "," not in sentence.folds[change:first]


def _is_made_good(sentence: Sentence, change: int, first: int) -> bool:
    """Compense la perte à hauteur de 75 %, finance cette hausse à hauteur de 3 euros: how much of the change is met."""
    return sentence.folds[first - 2] == "hauteur" and sentence.folds[change - 2].startswith(_MEETING)


def _without_names(sentence: Sentence, last: int) -> Iterator[int]:
    """The tokens before an amount, without names in quotes: la hausse des crédits du plan « Emploi » de 3 %."""
    at, left = last, _REACH
    while at >= 0 and left > 0:
        if sentence.words[at] == "»" and "«" in sentence.words[max(0, at - _NAME_REACH) : at]:
            at = max(0, at - _NAME_REACH) + sentence.words[max(0, at - _NAME_REACH) : at].index("«") - 1
            continue
        yield at
        at, left = at - 1, left - 1


def _is_manner(sentence: Sentence, at: int, first: int) -> bool:
    """S'il évolue à la hausse, il n'est que de 55 %: how something moves, and no amount of it."""
    return sentence.folds[at - 1] == "la" and sentence.folds[at - 2] == "à" and at < first - 2


def _ends_reach(sentence: Sentence, at: int) -> bool:
    """Whether a word of change before that token governs nothing after it."""
    fold = sentence.folds[at]
    if sentence.words[at] in CLAUSE_ENDS or fold in _CLAUSE_OPENINGS or fold.startswith("passible"):
        return True
    if fold in ("un", "une") and sentence.folds[at - 1] in _OWN_NOUNS_AFTER:
        return True  # création de citernes pour un volume de 300 m3
    if fold in ("un", "une") and sentence.folds[at - 1] in changes().equating:
        return sentence.folds[at + 1] not in grammar().counters  # la majoration représente un coût de 3 millions
    # la fermeture de voies et le rétrécissement de huit autres
    return fold == "et" and sentence.folds[at + 1] in _NEW_PHRASES


@cache
def _other_verbs() -> frozenset[str]:
    """La création d'emplois se fait dans des entreprises de moins de 500 salariés: the verb parts the two."""
    return grammar().verbs - grammar().auxiliaries - changes().equating - changes().equating_ties - changes().levels


def is_fixed(sentence: Sentence, at: int) -> bool:
    """Whether the word belongs to a phrase that names no change: manque à gagner, crédit d'impôt."""
    return _fixed_phrases().covers(sentence.keys, at, 2)


def governing_subject(sentence: Sentence, first: int) -> tuple[int, Direction] | None:
    """The noun of change that a verb of being or reaching ties to the number: cette baisse atteindrait 50 %."""
    first = _before_a_span(sentence, first)
    at, linked = _before_the_ties(sentence, first)
    if not linked or sentence.folds[at] == "pour":  # une amélioration pour atteindre 85 %
        return None
    if sentence.words[at] == ")" and sentence.words[at - 2] == "(":  # la baisse de la dotation (DGF) atteint 3 %
        at -= 3
    at = _past_aside(sentence, at, first)
    bracketed = 0
    for noun in range(at, max(-1, at - _REACH * 2), -1):
        bracketed += {")": 1, "(": -1}.get(sentence.words[noun], 0)
        if bracketed > 0 or sentence.words[noun] == "(":
            continue
        if sentence.folds[noun] in _CLAUSE_WORDS or (sentence.values[noun] is not None and not is_year(sentence, noun)):
            return None
        direction = change_word(sentence.folds[noun])
        if direction is not None:
            compared = sentence.folds[first].startswith(_COMPARING)
            levels = sentence.folds[noun].removesuffix("s") in changes().level_nouns
            plural = levels and sentence.folds[noun].endswith("s")  # (hausses supérieures à 4 %)
            fits = (plural or is_change_noun(sentence, noun)) and not is_fixed(sentence, noun)
            named = not compared or levels
            return (noun, direction) if fits and named else None
    return None


def _before_the_ties(sentence: Sentence, first: int) -> tuple[int, bool]:
    """The token before the verb that says how large a change is, and whether there is one."""
    at, linked = first - 1, sentence.folds[first].startswith(_BOUNDING)  # une réduction supérieure à 5 %
    if sentence.folds[first - 3] == "pour" and sentence.folds[first - 4] in changes().equating:
        at = first - 4  # cette baisse représente pour la ville 3 millions d'euros
    while at >= 0 and (sentence.folds[at] in changes().equating or sentence.folds[at] in changes().equating_ties):
        linked = linked or sentence.folds[at] in changes().equating or sentence.folds[at] in _MEASURED
        at -= 1
    return at, linked


def _before_a_span(sentence: Sentence, first: int) -> int:
    """The start of "comprise entre", "allant de" before the bounds of an amount."""
    if first < 2 or sentence.folds[first - 1] not in ("entre", "de"):
        return first
    return first - 2 if sentence.folds[first - 2].startswith(("compris", "allant", "oscillant", "variant")) else first


def _past_aside(sentence: Sentence, at: int, first: int) -> int:
    """La hausse des prix, estimée à 3 %; ces fermetures, que l'on craignait depuis dix ans, atteignent 300 postes."""
    told = sentence.folds[at + 1] in _REACHING or sentence.folds[at + 1] in changes().equating_ties
    if sentence.folds[at] == "qui" and told:
        return at - 1 - (sentence.words[at - 1] == ",")  # la baisse, qui atteint 3 %
    if sentence.words[at] != ",":
        return at
    if sentence.folds[at + 1] in _MEASURED or sentence.folds[first].startswith("limit"):
        return at - 1
    opening = opening_comma(sentence, at)
    return opening - 1 if opening and sentence.folds[opening + 1] in _ASIDE_OPENINGS else at


def opening_comma(sentence: Sentence, closing: int, reach: int = _ASIDE_REACH) -> int:
    """The comma that opens the aside which that comma closes; 0 where none is within so many tokens."""
    for opening in range(closing - 2, max(0, closing - reach), -1):
        if sentence.words[opening] == ",":
            return opening
    return 0


def is_year(sentence: Sentence, at: int) -> bool:
    """Whether a number in digits may be a year: la baisse attendue pour 2005."""
    value = sentence.values[at]
    return value is not None and _YEARS[0] <= value <= _YEARS[1]


def _governing_object(sentence: Sentence, first: int) -> tuple[int, Direction] | None:
    for at in range(first - 1, max(-1, first - 1 - _OBJECT_REACH), -1):
        direction = transitive_word(sentence.folds[at])
        if direction is not None:
            return None if is_blocked(sentence, at) or is_fixed(sentence, at) else (at, direction)
        if sentence.folds[at] not in changes().before_objects:
            return None
    return None


def is_change_noun(sentence: Sentence, at: int) -> bool:
    """Whether the word of change is a noun: une hausse, cette forte baisse; not "a augmenté"."""
    return sentence.folds[at - 1] in _BEFORE_NOUNS


def is_coordinated(sentence: Sentence, first: int) -> bool:
    """Whether "et", "puis" or a comma stands before that token: de 17 % et 27 %, et de 33 %."""
    before = sentence.folds[max(0, first - 2) : first]
    return before[-1:] in (["et"], ["ou"], [","], ["puis"], ["voire"]) or (
        len(before) == 2 and before[0] in ("et", ",", "puis", "voire") and before[1] == "de"
    )


def is_blocked(sentence: Sentence, verb: int) -> bool:
    """S'élève à, se porte à state a level without a change."""
    blockers = changes().level_blockers
    blocked = sentence.folds[verb - 1] in blockers or sentence.folds[verb - 2] in blockers
    return blocked and sentence.folds[verb] not in _reflexives()


def is_negated(sentence: Sentence, verb: int) -> bool:
    """Whether the verb is denied: n'est pas multipliée."""
    around = sentence.folds[max(0, verb - 2) : verb + 2]
    return not changes().negations.isdisjoint(around)


@cache
def _reflexives() -> Stems:
    return Stems(changes().reflexive_levels)


@cache
def _fixed_phrases() -> Phrases[bool]:
    return Phrases({True: changes().fixed})
