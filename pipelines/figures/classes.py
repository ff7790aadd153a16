"""Classes: what a word is by itself, whatever stands around it, as bits of one number, told once of each form.

Rules test them with `&`, several at once: `classes[at] & (DETERMINER | BEFORE_NOUN)`. Of what a word may be only at
some places a bit says that it may (`NOUN_BY_PLACE`); the rule that looks around it is elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from pipelines.figures.change_words import change_word, is_level_word, may_govern
from pipelines.figures.verbs import (
    infinitive_of,
    is_adverb,
    is_finite_verb,
    is_infinitive,
    is_present_participle,
)
from pipelines.figures.vocabulary import first_words, function_words, grammar, number_words

# The first nine are asked most: the interpreter keeps the small numbers that they are tested to.
NOUN = 1 << 0  # a noun or an adjective, wherever it stands
NOUN_BY_PLACE = 1 << 1  # at some places: pouvoir d'achat, un reste, la moyenne
OF = 1 << 2  # its key is "de"
THE = 1 << 3  # its key is "le"
WORD = 1 << 4  # of letters
FINITE = 1 << 5  # a conjugated verb, an auxiliary
DETERMINER = 1 << 6
ADVERBIAL = 1 << 7  # an adverb that may part an auxiliary from its participle
TIE = 1 << 8  # a noun phrase may go on over it
BEFORE_NOUN = 1 << 9  # an adjective that stands before its noun
BEFORE_VERB = 1 << 10  # a word after which a verb stands
PERSON = 1 << 11  # le, les, en, nous: may be the object of a verb
DEGREE = 1 << 12  # plus, moins, très
SURELY_BEFORE_NOUN = 1 << 13
PARTICIPLE_FORM = 1 << 14  # ends as a participle may, after an auxiliary
IN_ANT = 1 << 15
MOVING = 1 << 16  # a verb of change or of levels by its form
LEADING_ON = 1 << 17  # may lead out of the phrase it stands in: porte, suite à, mis en place
PARTICIPLE = 1 << 18  # one that ties a figure to a noun
AUXILIARY = 1 << 19
VERB = 1 << 20  # a common verb of the list
FUNCTION_WORD = 1 << 21
NOUN_BY_HYPHEN = 1 << 22  # contre-allées, outre-mer
JOINING = 1 << 23  # et, ou
TIME = 1 << 24
NUMBER = 1 << 25  # a number may start with it
GOVERNING = 1 << 26  # a word of change, which a number may hang on
ANAPHORIC = 1 << 27  # may stand for something said before: il, celle-ci, ce montant, la plupart
POINTING = 1 << 28  # may point at it: ce montant, son coût
POINTED = 1 << 29  # a carrier, that may be pointed at

DEFINITE = frozenset(
    ("l'", "la", "le", "les", "ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs", "nos", "notre")
)
"""Articles, demonstratives and possessives before what is known."""
DEGREES = frozenset(("plus", "moins", "tres"))
SURELY_BEFORE_NOUNS = frozenset(("l'", "du", "des", "un", "une", "cet", "cette", "ces", "son", "sa", "ses", "au"))
AFTER_ARTICLES = {"moyenne": ("la", "une", "cette"), "point": ("du", "le")}
"""Nouns after these articles, and else other words."""
PUT = frozenset(("mis", "mise", "mises"))
POINTERS = frozenset(("ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs"))
"""What may point at something said before: ce montant, son coût."""
SUBJECT_PRONOUNS = frozenset(("il", "elle", "ils", "elles"))
_PERSONS = frozenset(("le", "la", "l'", "les", "en", "y", "lui", "leur", "nous", "vous"))
_ADVERBS = frozenset(("ainsi", "donc"))
_TIES = DEFINITE | {"non", "en", "-", "à", "plus", "moins"}
_PARTICIPLE_FORMS = ("e", "es", "ee", "ees", "i", "is", "ie", "ies", "it", "u", "us", "ue", "ues", "ert", "erts")
_FUTURES = ("raient", "erait", "irait", "eront", "iront", "aient")
_PRESENT = ("se", "te", "me", "ne", "ue", "re", "ve", "he", "ent", "ait", "it", "ont", "ra", "le")
_NON_FINITE = frozenset(("avoir", "etre", "ayant", "etant", "ete", "n'", "s'", "se"))
_SHORTEST_FUTURE = 7


def classes_of(word: str, folded: str, key: str) -> int:
    """What a word is.

    Args:
        word: The word as written, or a number or a sign.
        folded: Its folded form.
        key: Its key.
    """
    found = _listed().get(folded, 0) | _of_key(key) | (GOVERNING if may_govern(folded) else 0)
    if not word[0].isalpha():
        return found
    found |= WORD | _noun(word, folded, found) | _by_ending(folded)
    found |= FINITE if _is_finite(word, folded, found) else 0
    found |= ADVERBIAL if is_adverb(word) else 0
    found |= MOVING if _is_moving(word, folded) else 0
    found |= LEADING_ON if is_level_word(word) else 0
    return found | (PARTICIPLE if _is_participle(word, folded) else 0)


def mark_hyphened(words: list[str], folds: list[str], starts: list[int], classes: list[int]) -> None:
    """Tell which words beside a hyphen are nouns: contre-allées, outre-mer, rendez-vous; not nord-est."""
    for at in [at for at, word in enumerate(words) if word == "-"]:
        before, after = at - 1, at + 1
        if not (0 < at < len(words) - 1 and starts[before] + len(words[before]) == starts[at] == starts[after] - 1):
            continue
        if classes[before] & NOUN_BY_HYPHEN:
            classes[before] |= NOUN
        if words[before][-1].isalnum():
            own = classes[after] & ~(NOUN | NOUN_BY_PLACE | NOUN_BY_HYPHEN)
            plain = len(folds[after]) > 1 and not own & (FUNCTION_WORD | VERB)
            named = own & WORD and (plain or folds[before : after + 1] == ["rendez", "-", "vous"])
            classes[after] = own | NOUN if named else own


def _of_key(key: str) -> int:
    if key == "de":
        return OF | TIE
    return THE | TIE if key == "le" else 0


def _by_ending(folded: str) -> int:
    return (PARTICIPLE_FORM if folded.endswith(_PARTICIPLE_FORMS) else 0) | (IN_ANT if folded.endswith("ant") else 0)


def _noun(word: str, folded: str, listed: int) -> int:
    """Whether a word of letters is a noun or an adjective, surely or at some places."""
    if _may_be_noun(folded, listed):
        if not _is_other_than_noun(word):
            return NOUN
        return NOUN_BY_PLACE if folded in grammar().nouns_like_infinitives else 0
    if listed & VERB:
        return 0 if listed & AUXILIARY else NOUN_BY_PLACE
    if folded in AFTER_ARTICLES:
        return NOUN_BY_PLACE
    opens = (folded in grammar().prepositions or folded == "non") and len(folded) > 1
    return NOUN_BY_HYPHEN if opens else 0


def _may_be_noun(folded: str, listed: int) -> bool:
    words = grammar()
    if len(folded) < 2 or listed & (FUNCTION_WORD | VERB) or folded in number_words() or folded in words.introductions:
        return False
    future = len(folded) >= _SHORTEST_FUTURE and folded.endswith(_FUTURES)
    imperfect = folded.endswith("ait") and folded not in words.nouns_in_ait
    return not (future or imperfect)


def _is_other_than_noun(word: str) -> bool:
    we_or_you = word.endswith(("ons", "ez")) and infinitive_of(word) is not None  # prenons, souhaitez
    return we_or_you or is_present_participle(word) or is_finite_verb(word) or is_infinitive(word) or is_adverb(word)


def _is_finite(word: str, folded: str, listed: int) -> bool:
    """A conjugated verb: its form, an auxiliary, or a common verb that is no participle."""
    if listed & AUXILIARY:
        return folded not in _NON_FINITE
    common = listed & VERB and word.endswith(_PRESENT)
    return (bool(common) and not is_infinitive(word)) or is_finite_verb(word)


def _is_moving(word: str, folded: str) -> bool:
    moves = change_word(folded) is not None or is_level_word(word)
    return moves and (is_infinitive(word) or is_finite_verb(word) or word.endswith(("ant", "é")))


def _is_participle(word: str, folded: str) -> bool:
    """Consacré à, fixés à, située, percevant 1 500 euros; not "la porte"."""
    if folded.endswith("ant") and is_present_participle(word):
        return True
    return folded in _plain_forms() or (folded in _accented_forms() and word.lower().endswith(("é", "és")))


@cache
def _listed() -> dict[str, int]:
    """By the folded word, the classes that are lists of words."""
    words, listed = grammar(), defaultdict[str, int](int)
    lists: tuple[tuple[int, Iterable[str]], ...] = (
        (DETERMINER, words.determiners),
        (ADVERBIAL, words.adverbs | _ADVERBS),
        (TIE, words.adverbs | _TIES),
        (BEFORE_NOUN, words.before_noun_adjectives),
        (BEFORE_VERB, words.before_verbs),
        (PERSON, _PERSONS),
        (DEGREE, DEGREES),
        (SURELY_BEFORE_NOUN, SURELY_BEFORE_NOUNS),
        (LEADING_ON, PUT | {"suite"}),
        (AUXILIARY, words.auxiliaries),
        (VERB, words.verbs),
        (FUNCTION_WORD, function_words()),
        (JOINING, ("et", "ou")),
        (TIME, words.time_nouns),
        (NUMBER, first_words()),
        (ANAPHORIC, words.demonstratives | POINTERS | SUBJECT_PRONOUNS | {"la"}),
        (POINTING, POINTERS),
        (POINTED, words.carriers - words.telling_carriers),
    )
    for bit, members in lists:
        for word in members:
            listed[word] |= bit
    return dict(listed)


@cache
def _plain_forms() -> frozenset[str]:
    """Participles in the forms that no noun has without its accent: située, prévus, ouverte."""
    whole = {word for word in grammar().participles if not word.endswith("*")}
    return frozenset(whole | {f"{stem}{ending}" for stem in _stems() for ending in _endings(stem)})


@cache
def _accented_forms() -> frozenset[str]:
    """Situé, portés: without the accent "porte" and "portes" are nouns."""
    return frozenset(f"{stem}{ending}" for stem in _stems() if stem.endswith("e") for ending in ("", "s"))


def _stems() -> list[str]:
    return [word[:-1] for word in grammar().participles if word.endswith("*")]


def _endings(stem: str) -> tuple[str, ...]:
    return ("e", "es") if stem.endswith("e") else ("", "s", "e", "es")
