"""Noun phrases: where one begins and ends, by the small words around it.

No parser: determiners, prepositions, pronouns and common verbs are closed classes (`grammar.yaml`); what is none of
them is taken for a noun or an adjective.
"""

from functools import lru_cache

from pipelines.figures.change_words import is_level_word
from pipelines.figures.classes import (
    ADVERBIAL,
    AFTER_ARTICLES,
    AUXILIARY,
    BEFORE_NOUN,
    BEFORE_VERB,
    DEFINITE,
    DEGREE,
    DEGREES,
    DETERMINER,
    IN_ANT,
    JOINING,
    LEADING_ON,
    MOVING,
    NOUN,
    NOUN_BY_PLACE,
    OF,
    PARTICIPLE_FORM,
    PERSON,
    PUT,
    SURELY_BEFORE_NOUN,
    SURELY_BEFORE_NOUNS,
    THE,
    TIE,
    TIME,
    VERB,
)
from pipelines.figures.mention import Sentence
from pipelines.figures.tokens import fold
from pipelines.figures.verbs import (
    PARTICIPLES_IN_E,
    infinitive_of,
    is_adverb,
)
from pipelines.figures.vocabulary import denominators, grammar, is_function_word, qualifiers

_LONGEST = 9  # tokens
_LONGEST_BACK = 14  # tokens of one read from its end, whose head comes last
_NAME_REACH = 6
_SETTER_REACH = 7
_PLACES = frozenset(("dessus", "dessous", "dela"))
_BEFORE_PHRASES = frozenset(
    (
        "",
        ",",
        "et",
        "ou",
        "que",
        "qu'",
        ";",
        ":",
        "(",
        "«",
        "car",
        "si",
        "de",
        "sur",
        "avec",
        "par",
        "dans",
        "contre",
        "malgre",
        "selon",
        "apres",
        "entre",
    )
)
_PERIODIC = ("mensuel", "annuel")
_ADJECTIVES = ("al", "ale", "aux", "ales", "el", "els", "elle", "elles", "oyen", "oyenne", "aire", "aires")
_PUT_INTO = frozenset(("place", "oeuvre", "service"))
_LOCUTIONS = frozenset(("fois", "particulier", "fait", "cause", "raison", "vu", "issue", "sein", "regard"))
_TAXED = {"hors": 2, "ht": 1, "ttc": 1}  # tokens of "hors taxes" and its like after a sum
_JOINS = frozenset(("et", "ou", "contre"))
_BEFORE_ARTICLES = frozenset(("à", "pour", "sur", "contre"))
_VOWELS = frozenset("aeiouy")
_TIES = frozenset(("pour", "en", "à", "au", "aux", "sans", "sur"))


def phrase_from(sentence: Sentence, at: int) -> str | None:
    """The noun phrase that starts at a token, articles before it skipped, carriers ("nombre de") left out."""
    while at < sentence.size and sentence.classes[at] & (DETERMINER | BEFORE_NOUN):
        at += 1
        joined = sentence.folds[at] == "et" and sentence.classes[at - 1] & BEFORE_NOUN
        at += 2 if joined and sentence.folds[at + 1] in ("moyens", "moyennes") else 0  # petites et moyennes entreprises
    end = phrase_end(sentence, at)
    return without_carrier(sentence, at, _with_short_name(sentence, at, end)) if end > at else None


def _with_short_name(sentence: Sentence, first: int, end: int) -> int:
    """Allocation aux adultes handicapés (AAH): the short name in brackets shows what is one name."""
    near = sentence.words[end : end + _NAME_REACH]
    if "(" not in near or "," in near[: near.index("(")]:
        return end
    at = end + near.index("(")
    short = sentence.words[at + 1]
    named = short.isupper() and len(short) > 1 and sentence.words[at + 2] == ")"
    return at + 3 if named and any(word[0] == fold(short)[0] for word in sentence.folds[first:end]) else end


def set_object(sentence: Sentence, first: int, end: int) -> int | None:
    """Where the phrase of what is set starts, after its level: fixe à 3 000 euros *le plafond de l'aide*.

    Args:
        sentence: The sentence.
        first: The first token of the level.
        end: The token after the level.
    """
    after = sentence.folds[end]
    at = end + 2 if after == "par" else end + (after in ("maximum", "minimum", "environ"))
    opening = sentence.folds[at]
    if opening in _TAXED:
        at += _TAXED[opening]
        opening = sentence.folds[at]
    if opening.startswith("consecuti"):  # étendre à six mois consécutifs la fermeture
        at, opening = at + 1, sentence.folds[at + 1]
    if opening not in DEFINITE or sentence.classes[at + 1] & TIME > 0 or _is_price_of_one(sentence, at):
        return None  # s'élève à 30 millions cette année
    near = sentence.folds[max(0, first - _SETTER_REACH) : first]
    near = near[len(near) - near[::-1].index(",") :] if "," in near[:-2] else near
    tie = "à" if "à" in near else "entre"
    tied = tie in near and "," not in near
    start = first - len(near)
    return (
        at
        if tied
        and any(is_setter(word) or is_level_word(word) for word in sentence.words[start : start + near.index(tie)])
        else None
    )


def _is_price_of_one(sentence: Sentence, article: int) -> bool:
    """Passé à 2 euros le litre: by what it is counted, and nothing that was set."""
    return sentence.folds[article + 1] in denominators().units and sentence.keys[article + 2] != "de"


@lru_cache(maxsize=1 << 14)
def is_setter(word: str) -> bool:
    """Whether a word is a verb that sets a level, in any of its forms: fixe, étendrait."""
    infinitive = infinitive_of(word)
    return fold(word) in qualifiers().setters or (infinitive is not None and fold(infinitive) in qualifiers().setters)


def phrase_until(sentence: Sentence, last: int, floor: int) -> str | None:
    """The noun phrase whose last token is `last`, not reaching before `floor`; None where it stands before all."""
    if last < 0:
        return None
    first = last
    while first > floor and last - first < _LONGEST_BACK and _continues_left(sentence, first - 1):
        first -= 1
    while first < last and not is_noun_like(sentence, first):
        first += 1
    if sentence.folds[first] in _LOCUTIONS and sentence.keys[first + 1] == "de" and first + 2 < last:
        return phrase_until(sentence, last, first + 2)  # en particulier du fait de la hausse des paris
    if sentence.folds[first] == "titre" and sentence.folds[first - 1] in ("ce", "au", "à") and first + 2 < last:
        return phrase_until(sentence, last, first + 2)  # dispose à ce titre de moyens rares
    if sentence.folds[first] in _PLACES and first + 1 < last:  # au-dessus du niveau des villes
        return phrase_until(sentence, last, first + 1)
    return without_carrier(sentence, first, last + 1)


def before_phrase(sentence: Sentence, last: int) -> int:
    """The token before the noun phrase that ends there, its article included."""
    at, classes = last, sentence.classes
    while at > 0 and (
        classes[at] & (NOUN | OF | THE)
        or (classes[at] & NOUN_BY_PLACE and _is_noun_there(sentence, at))
        or (classes[at] & JOINING and _joins_complements(sentence, at))
    ):
        at -= 1
    return at - 2 if sentence.folds[at - 1] == "rapport" and at > 1 else at  # par rapport aux habitations


def joined(head: str, complement: str) -> str:
    """One phrase of two: taux de casse, plafond d'aide."""
    return f"{head} d'{complement}" if fold(complement[:1]) in _VOWELS else f"{head} de {complement}"


def phrase_end(sentence: Sentence, first: int) -> int:
    """Where the noun phrase that starts there ends: nouns and adjectives, tied by de, d', en and hyphens."""
    at = last = first
    for own in sentence.classes[first : first + _LONGEST]:
        if (own & NOUN or (own & NOUN_BY_PLACE and _is_noun_there(sentence, at))) and not is_verb_form(sentence, at):
            if own & LEADING_ON and at > first and _leads_on(sentence, at):
                break
            at += 1
            last = at
        elif own & TIE and at > first and _ties(sentence, at):
            at += 1
        else:
            break
    return last


def _leads_on(sentence: Sentence, at: int) -> bool:
    """Des cales suite à la grève, la prime mise en place: no word of the noun; "des mis en cause" is one."""
    if is_level_word(sentence.words[at]) and sentence.keys[at + 1] == "le":
        return True  # cet amendement porte le seuil
    if sentence.folds[at] == "suite":
        return sentence.folds[at + 1] in ("à", "au", "aux")
    return sentence.folds[at] in PUT and sentence.folds[at + 2] in _PUT_INTO


def _ties(sentence: Sentence, at: int) -> bool:
    """Whether a phrase may go on after that token: "-", "de", "en", "de la", "nombre annuel d'entrées"."""
    fold, before = sentence.folds[at], at - 1
    if sentence.keys[at] == "de" or fold == "non":
        return True
    if fold == "en":
        return not sentence.words[at + 1].endswith("ant")  # la remise, en prévoyant
    if fold == "-":  # a hyphen, not the dash of an aside
        return sentence.touches(before) or sentence.touches(at)
    if fold == "à":
        return sentence.words[before] == sentence.words[at + 1] == "-"  # un reste-à-vivre
    if sentence.keys[before] == "de" and fold in DEFINITE:
        return True
    article = at if sentence.keys[at] == "le" else before
    if sentence.keys[article] == "le" and sentence.folds[article + 1] in ("plus", "moins"):
        return is_noun_like(sentence, article - 1) and is_noun_like(sentence, article + 2)  # le tarif le plus bas
    if fold not in grammar().adverbs:
        return False
    after = at + 2 if sentence.folds[at + 1] in grammar().adverbs else at + 1  # le montant mensuel maximum de la prime
    return sentence.keys[after] == "de"


def without_carrier(sentence: Sentence, first: int, end: int) -> str | None:
    """The phrase without "nombre de", "hausse de", "total de" before what it is about."""
    words, start = grammar(), first
    start += sentence.classes[first] & BEFORE_NOUN > 0 and sentence.folds[first + 1] in words.counters
    while start < end:
        at = start + 1
        while at < end and at - start < 4 and sentence.keys[at] != "de" and sentence.folds[at] not in _TIES:
            at += 1
        carries = sentence.folds[start] in words.counters and sentence.folds[start + 2 : start + 3] != ["affaires"]
        if not carries or at >= end or sentence.keys[at] != "de":
            break
        opened, start = start, at + 1
        while start < end and sentence.classes[start] & DETERMINER > 0:
            start += 1
        if start == end - 1 and sentence.folds[start] in words.carriers - words.time_nouns:
            start = opened  # la baisse des taux
            break
    start = start if start < end else first
    return sentence.slice(start, end) if start < end else None


def is_noun_like(sentence: Sentence, at: int) -> bool:
    """Whether a token may belong to a noun phrase as noun or adjective."""
    own = sentence.classes[at]
    return own & NOUN > 0 or (own & NOUN_BY_PLACE > 0 and _is_noun_there(sentence, at))


def _is_noun_there(sentence: Sentence, at: int) -> bool:
    """Le pouvoir d'achat, un reste, la moyenne nationale, la valeur du point: nouns by what stands beside them."""
    fold = sentence.folds[at]
    if sentence.classes[at] & VERB:
        return _is_after_an_article(sentence, at)
    if fold in AFTER_ARTICLES:
        return sentence.folds[at - 1] in AFTER_ARTICLES[fold]
    return sentence.keys[at + 1] in ("de", "-")


def _is_after_an_article(sentence: Sentence, at: int) -> bool:
    """Du produit, un reste, sa cinquième baisse: the article opens a phrase, and is no pronoun (il le demande)."""
    at -= sentence.classes[at - 1] & BEFORE_NOUN > 0
    article, before = sentence.folds[at - 1], sentence.folds[at - 2]
    opens = before in _BEFORE_PHRASES or sentence.keys[at + 1] == "de"
    return article in SURELY_BEFORE_NOUNS or (article in ("le", "la", "les") and opens)


def is_verb_form(sentence: Sentence, at: int) -> bool:
    """Whether a token that looks like a noun is a verb: a participle after its auxiliary, an infinitive of change."""
    own, before = sentence.classes[at], sentence.classes[at - 1]
    if before & BEFORE_VERB or (before & PERSON and _has_pronoun_object(sentence, at)):
        return True
    if before & DEGREE:
        return False  # le tarif le plus élevé
    if own & PARTICIPLE_FORM and _has_auxiliary(sentence, at):
        return True
    if own & IN_ANT and _is_present_participle(sentence, at):
        return True
    if not own & MOVING or before & SURELY_BEFORE_NOUN:
        return False
    return (
        sentence.folds[at - 1] != "à" or sentence.folds[at] not in grammar().nouns_like_infinitives
    )  # un manque à gagner


def _has_auxiliary(sentence: Sentence, at: int) -> bool:
    """Whether an auxiliary stands before that token, past adverbs: a ainsi promis, nous sommes."""
    place = at - 1
    while sentence.classes[place] & ADVERBIAL:
        place -= 1
    if sentence.classes[place] & AUXILIARY:
        return True
    return sentence.folds[place] == "sommes" and sentence.folds[place - 1] == "nous"


def _has_pronoun_object(sentence: Sentence, at: int) -> bool:
    """Nous les porterons à 60 %, ce qui le porte à 30 euros, nous en étions à: no article, but a pronoun."""
    if not sentence.classes[at - 2] & BEFORE_VERB:
        return False
    verb = infinitive_of(sentence.words[at]) is not None or is_level_word(sentence.words[at])
    relative = sentence.folds[at - 2] == "qui"  # qui les finance
    return verb or relative or sentence.folds[at].endswith(("ons", "ez"))


def _is_present_participle(sentence: Sentence, at: int) -> bool:
    """Des élèves vivant avec, 3 agents sur 4 gagnant: in the singular after a plural, it does not agree."""
    if sentence.classes[at - 1] & DETERMINER > 0:
        return False
    counted = at > 0 and sentence.values[at - 1] is not None
    return counted or (is_plural_noun(sentence, at - 1) and at > 0)


def is_plural_noun(sentence: Sentence, at: int) -> bool:
    """Whether a word that looks like a counted noun stands there: 300 agents, 88 élèves."""
    folded = sentence.folds[at]
    return sentence.is_word(at) and folded[-1:] in ("s", "x") and not is_function_word(folded)


def _continues_left(sentence: Sentence, at: int) -> bool:
    """Whether a noun phrase read from its end goes on leftwards over that token."""
    fold = sentence.folds[at]
    if sentence.keys[at] == "de" and sentence.folds[at - 1] in grammar().adverbs:  # une distance minimale d'éloignement
        return is_noun_like(sentence, at - 2) and sentence.words[at - 1].endswith(_ADJECTIVES)
    if fold in ("-", "non") or (fold == "à" and sentence.words[at - 1] == "-"):  # le réseau non concédé, reste-à-vivre
        return True
    if sentence.keys[at] == "de" or fold in _TIES or (fold in _JOINS and sentence.words[at + 1] != "-"):
        return _joins_complements(sentence, at) or _ties_left(sentence, at)
    if fold in DEGREES:  # des ménages plus modestes, les ménages les plus modestes
        return is_noun_like(sentence, at - 1) or (sentence.folds[at - 1] in DEFINITE and is_noun_like(sentence, at - 2))
    if fold in DEFINITE and sentence.folds[at + 1] in DEGREES:
        return is_noun_like(sentence, at - 1)
    if fold in DEFINITE and (sentence.keys[at - 1] == "de" or sentence.folds[at - 1] in _BEFORE_ARTICLES):
        return True
    if is_noun_like(sentence, at):
        return not is_verb_form(sentence, at)
    return _is_inner_adverb(sentence, at)


def _ties_left(sentence: Sentence, at: int) -> bool:
    """Whether "de", "pour" or "et" ties what follows to a noun: bouteilles de gaz et pétrole; not "et le pétrole"."""
    if sentence.folds[at] in ("et", "ou") and sentence.classes[at + 1] & DETERMINER > 0:
        return False
    return is_noun_like(sentence, at - 1) and not is_verb_form(sentence, at - 1)


def _joins_complements(sentence: Sentence, at: int) -> bool:
    """Whether "et de", of which one stands there, joins two complements: le prix du pain et du sel."""
    join = at - 1 if sentence.keys[at] == "de" else at
    joins = sentence.classes[join] & JOINING > 0 and sentence.classes[join + 1] & OF > 0
    return joins and _is_complement(sentence, join - 1)


def _is_complement(sentence: Sentence, last: int) -> bool:
    """Whether the noun that ends there hangs on another by "de": (le prix) du pain."""
    at = last
    while is_noun_like(sentence, at):
        at -= 1
    at -= sentence.folds[at] in DEFINITE and sentence.keys[at - 1] == "de"
    return at < last and sentence.keys[at] == "de" and is_noun_like(sentence, at - 1)


def _is_inner_adverb(sentence: Sentence, at: int) -> bool:
    """Whether an adverb stands inside a phrase: un revenu relativement bas, la hausse déjà observée."""
    listed = sentence.folds[at] in grammar().adverbs
    if listed and sentence.keys[at + 1] == "de":
        return True  # let in by its "de"
    listed = listed and sentence.words[at + 1].endswith(PARTICIPLES_IN_E) and not is_verb_form(sentence, at + 1)
    listed = listed or sentence.folds[at].startswith(_PERIODIC)  # la rémunération mensuelle nette
    qualifies = listed or is_adverb(sentence.words[at])
    return qualifies and is_noun_like(sentence, at - 1) and not is_verb_form(sentence, at - 1)
