"""Clauses: where the clause of a number starts, and the noun phrase that is its subject."""

from collections.abc import Callable, Sequence
from functools import cache

from pipelines.figures.mention import SIGNS, Mention, Sentence
from pipelines.figures.numbers import number_words
from pipelines.figures.phrases import (
    before_phrase,
    is_noun_like,
    is_plural_noun,
    is_verb_form,
    phrase_end,
    phrase_from,
    phrase_until,
)
from pipelines.figures.tokens import fold
from pipelines.figures.verbs import PARTICIPLES_IN_E, is_adverb, is_finite_verb, is_infinitive, is_plural_form
from pipelines.figures.vocabulary import grammar

_LEFT_REACH = 40
_RELATIVE_REACH = 25
_BY_THE_WAY = frozenset(("malgre", "selon", "sans", "avec", "depuis", "apres", "avant", "lors", "durant", "pendant"))
_IMPERSONAL = frozenset(("y", "faut", "fallait", "faudra", "faudrait", "importe", "semble", "semblerait", "existe"))
_SUITING = frozenset(("convient", "conviendrait", "conviendra", "faut", "faudrait"))  # qu'il conviendrait de porter à
_CLOSING = {")": "(", "»": "«"}
_SHORTEST_CLAUSE = 4
_VERB_REACH = 30
_RELATIVES = frozenset(("qui", "que", "qu'", "dont"))
_NON_FINITE = frozenset(("avoir", "etre", "ayant", "etant", "ete", "n'", "s'", "se"))
_PRESENT = ("se", "te", "me", "ne", "ue", "re", "ve", "he", "ent", "ait", "it", "ont", "ra", "le")
POINTING = frozenset(("ce", "cet", "cette", "ces", "son", "sa", "ses", "leur", "leurs"))
"""What may point at something said before: ce montant, son coût."""
_TITLES = frozenset(("m", "mm", "mme", "mmes", "mlle"))
_PERIODIC = frozenset(
    ("mensuels", "mensuelles", "annuels", "annuelles", "supplementaires", "mensuel", "annuel", "annuelle")
)
_LAST = frozenset(("dernier", "derniere", "derniers", "dernieres"))
_SINGULAR, _PLURAL = frozenset(("il", "elle")), frozenset(("ils", "elles"))
_PLACES = frozenset(("où", "lequel", "laquelle", "lesquels", "lesquelles"))
_ASIDE_REACH = 12  # tokens between the comma that ends an aside and the number
_COPULAS = frozenset(("est", "sont", "etait", "etaient", "sera", "seraient", "serait"))


def clause_subject(
    sentence: Sentence, mention: Mention, told: Callable[[], Sequence[str]], taken: frozenset[int]
) -> str | None:
    """The first noun phrase of the clause the number stands in, or what its pronoun stands for.

    Args:
        sentence: The sentence.
        mention: The number.
        told: Says what has been spoken of, the likeliest first; few sentences need it.
        taken: The tokens of the sentence's figures.
    """
    start = _clause_start(sentence, sentence.with_sign(mention.first))
    antecedent = _before_aside(sentence, mention.outer, taken) or _antecedent(sentence, mention, start, taken)
    antecedent = antecedent or _before_object_clause(sentence, start, mention.outer, taken)
    if antecedent is not None:
        return antecedent
    if is_anaphor(sentence, start):
        spoken = told()
        said = _said_before(sentence, start, taken) or _agreeing(sentence, start, spoken)
        said = said or _said_before(sentence, start, frozenset()) or next(iter(spoken), None)
        if said is not None:
            return said
    phrase = first_phrase(sentence, start, mention.outer, taken)
    if phrase is None and sentence.fold(start - 1) in ("soit", ","):
        # un plan pour les collèges, soit 2 millions d'euros; le coût serait, la première année, de 3 millions
        phrase = first_phrase(sentence, _clause_start(sentence, start - 1), start - 1, taken)
    wanted = _wanted(sentence, start)
    if wanted is not None:
        return wanted
    if _is_lone_carrier(phrase):
        return _owner(sentence, start) or _topic(sentence, start) or phrase
    owner = _owner(sentence, start) if phrase is not None and " " not in phrase else None
    return phrase if owner is None else f"{phrase} de {owner}"  # les trains, dont le prix est de 30 euros


def _agreeing(sentence: Sentence, pronoun: int, spoken: Sequence[str]) -> str | None:
    """What a pronoun stands for: "il" is none of several things, "ils" are not one."""
    word = sentence.fold(pronoun)
    if word in _SINGULAR or word in _PLURAL:
        return next((each for each in spoken if is_plural_form(each.split()[0]) == (word in _PLURAL)), None)
    return next(iter(spoken), None)


def _before_aside(sentence: Sentence, first: int, taken: frozenset[int]) -> str | None:
    """Le tarif, dont dépendent 3 foyers, a augmenté de 4 %: what the verb after the second comma has as its subject."""
    near = range(first - 2, max(0, first - _ASIDE_REACH), -1)
    comma = next((at for at in near if sentence.words[at] == "," and _acts_next(sentence, at + 1)), 0)
    for at in range(max(1, comma - _LEFT_REACH), comma):
        opens = sentence.words[at] == "," and sentence.folds[at + 1] in _RELATIVES | _PLACES
        if opens and at - 1 not in taken and is_noun_like(sentence, at - 1):
            return phrase_until(sentence, at - 1, 0)
    return None


def _acts_next(sentence: Sentence, at: int) -> bool:
    return is_finite(sentence, at + 1 if sentence.fold(at) in ("s'", "se", "n'", "ne") else at)


def plural_before(sentence: Sentence, first: int, taken: frozenset[int]) -> str | None:
    """What "d'entre eux" stands for: the first plural of the sentence, past its formula."""
    at = next((at + 1 for at in range(first) if sentence.folds[at] == "sur" and closes_formula(sentence, at)), 0)
    while at < first:
        if at not in taken and is_plural_noun(sentence, at) and is_noun_like(sentence, at):
            return phrase_from(sentence, at)
        at += 1
    return None


def _said_before(sentence: Sentence, start: int, taken: frozenset[int]) -> str | None:
    """The subject of the clause before, where that holds no figure: l'aide baisse, elle est à 3 euros."""
    if sentence.fold(start) in ("leur", "leurs") and sentence.fold(start - 1) in (",", "car", "puisque", "et"):
        return None if any(at < start for at in taken) else plural_before(sentence, start, taken)
    apart = (
        sentence.fold(start - 1) in (",", ":", "que", "qu'", "car", "puisque", "puisqu'")
        and sentence.fold(start) not in POINTING
    )
    if start < _SHORTEST_CLAUSE or not apart or any(at < start for at in taken):
        return None
    said = first_phrase(sentence, _clause_start(sentence, start - 1), start - 1, taken)
    agrees = None if said is None else _agreeing(sentence, start, (said,))
    return None if agrees is None or fold(agrees.split()[0]) in grammar().actors else agrees


def _owner(sentence: Sentence, start: int) -> str | None:
    """What "dont" stands for, before a clause about its share: le bio, dont la part est passée de 4 à 12 %."""
    last = start - 3 if sentence.word(start - 2) == "," else start - 2
    owned = sentence.fold(start - 1) == "dont" and last >= 0 and is_noun_like(sentence, last)
    return phrase_until(sentence, last, 0) if owned else None


def _wanted(sentence: Sentence, start: int) -> str | None:
    """La hausse de l'indice, qu'il conviendrait de porter à 48: what "que" stands for before "il faut"."""
    impersonal = sentence.fold(start) == "il" and sentence.fold(start + 1) in _SUITING
    last = start - 3 if sentence.word(start - 2) == "," else start - 2
    named = sentence.fold(start - 1) in ("que", "qu'") and last >= 0 and is_noun_like(sentence, last)
    return phrase_until(sentence, last, 0) if impersonal and named and sentence.key(start + 2) == "de" else None


def _topic(sentence: Sentence, start: int) -> str | None:
    """What "pour" before the clause says it is about: Pour les vélos, la limite est portée à 700 euros."""
    opening = _clause_start(sentence, start - 1) if sentence.word(start - 1) == "," else start
    opening += sentence.fold(opening) in ("s'", "en")  # S'agissant du gaz, la hausse est de 3 euros
    if opening < start and sentence.fold(opening) in grammar().introductions:
        return _phrase_of_things(sentence, opening + 1)
    return _phrase_of_things(sentence, opening + 1) if opening < start and sentence.fold(opening) == "pour" else None


def _antecedent(sentence: Sentence, mention: Mention, start: int, taken: frozenset[int]) -> str | None:
    """What the "qui" before the number stands for: des péages qui valaient 2,6 milliards."""
    for at in range(mention.first - 1, max(start, mention.first - _RELATIVE_REACH), -1):
        if sentence.words[at] in (",", ")") or sentence.values[at] is not None:
            return None
        if sentence.folds[at] != "qui":
            continue
        noun = at - 2 if sentence.word(at - 1) == "," else at - 1
        noun -= noun > start and sentence.fold(noun) in _PERIODIC  # les frais mensuels qui passent à
        if _is_closed(sentence, at, mention.outer):
            return None
        if noun in taken or sentence.fold(noun) in grammar().time_nouns:
            return None  # la rupture après un an, qui est de 18 %
        if noun >= 0 and is_noun_like(sentence, noun):
            by = before_phrase(sentence, noun)  # l'aide versée par la région, qui atteint 3 euros
            noun = by - 1 if sentence.fold(by) == "par" and is_noun_like(sentence, by - 1) else noun
            return phrase_until(sentence, noun, min(start, noun))
    return None


def _before_object_clause(sentence: Sentence, start: int, end: int, taken: frozenset[int]) -> str | None:
    """La somme que vous citez représente 3 euros: what the second verb says something of stands before "que"."""
    noun = start - 2
    if noun < 0 or sentence.fold(start - 1) not in ("que", "qu'") or noun in taken or not is_noun_like(sentence, noun):
        return None
    if not _RELATIVES.isdisjoint(sentence.folds[start:end]) or "," in sentence.words[start:end]:
        return None
    verbs = sum(is_finite(sentence, at) for at in range(start, end))
    return phrase_until(sentence, noun, 0) if verbs > 1 else None


def _is_closed(sentence: Sentence, relative: int, end: int) -> bool:
    """Le maire qui a eu une carrière longue touche 900 euros: a second verb ends the clause of "qui"."""
    verbs = [at for at in range(relative + 1, end) if is_finite(sentence, at)]
    return len(verbs) > 1 and any(is_noun_like(sentence, at) for at in range(verbs[0] + 1, verbs[-1]))


def is_anaphor(sentence: Sentence, at: int) -> bool:
    """Il, celle-ci, ce montant, son coût: the clause speaks of what was said before."""
    word, after = sentence.fold(at), sentence.fold(at + 1)
    if word in ("il", "ils", "elle", "elles") and after not in _IMPERSONAL | _SUITING:
        return True
    if word in grammar().demonstratives and sentence.fold(at + 2) == "ci":
        return True
    if word == "ce" and after == "qui":
        return True
    if word in POINTING and after in _LAST:  # ces derniers
        return True
    return is_pointing(sentence, at)


def is_pointing(sentence: Sentence, at: int) -> bool:
    """Ce montant, leur nombre; "leur taux d'occupation" says what it is."""
    pointed = sentence.fold(at) in POINTING and sentence.fold(at + 1) in grammar().carriers - grammar().telling_carriers
    return pointed and not _has_complement(sentence, at + 2)


def _has_complement(sentence: Sentence, at: int) -> bool:
    """Leur taux d'occupation says what it is; ce montant, ce total de 300 euros do not."""
    return sentence.key(at) == "de" and is_noun_like(sentence, at + 1 + (sentence.key(at + 1) == "le"))


def _clause_start(sentence: Sentence, index: int) -> int:
    at = index - 1
    floor = max(-1, index - _LEFT_REACH)
    while at > floor:
        word = sentence.words[at]
        if sentence.folds[at] not in _boundaries():
            at -= 1
        elif word in _CLOSING:
            opening = _opening(sentence, at, floor)
            floor, at = max(-1, floor - (at - opening)), opening - 1  # an aside is no part of the reach
        elif word in ("(", ":") and _is_beside(sentence, at, index):  # (41 %) belongs to the clause before the bracket
            at -= 1
        elif _opens_clause(sentence, at, index):
            return at + 1
        else:
            at -= 1
    return max(0, at + 1)


def _is_beside(sentence: Sentence, at: int, index: int) -> bool:
    """Whether nothing but a sign stands between two tokens: (41 %), (+ 3 %)."""
    return at == index - 1 or (at == index - 2 and sentence.word(at + 1) in SIGNS)


@cache
def _boundaries() -> frozenset[str]:
    """Every word and sign at which a clause may start; most are none, and passed over at once."""
    return grammar().clause_words | {",", "et", "sur", "-", "–", "que", "qu'", ";", ":", "«", "(", *_CLOSING}


def _opens_clause(sentence: Sentence, at: int, index: int) -> bool:
    """Whether a clause starts after that token; "ne … que de 3 %" and "plus que 6" go on."""
    word, opened = sentence.folds[at], sentence.fold(at + 1)
    if word == ",":
        return opened in grammar().clause_openers and at + 3 < index
    if word in ("-", "–"):  # a dash, no hyphen
        return not sentence.touches(at) and not sentence.touches(at - 1) and at + 1 < index
    if word == "et":
        return opened in grammar().clause_openers and _joins_clauses(sentence, at, index)
    if word == "sur":
        return closes_formula(sentence, at)
    if word in ("que", "qu'"):
        limits = sentence.fold(at - 1) in ("plus", "moins", "ne", "pas") or opened in ("de", "d'")
        compares = opened in grammar().demonstratives  # plus vite que celui des actifs
        return not limits and not compares and at + 1 < index
    if word == "soit" and not {"que", "qu'"}.isdisjoint(sentence.folds[max(0, at - _VERB_REACH) : at]):
        return "," in sentence.folds[max(0, at - 2) : at]  # il semble que le dossier soit à l'étude
    return word in (";", ":", "«", "(") or word in grammar().clause_words


def _joins_clauses(sentence: Sentence, at: int, index: int) -> bool:
    """Whether "et" stands between two clauses, each with a verb: la prime baisse et le solde se monte à 3 €."""
    if not any(is_finite(sentence, before) for before in range(at - 1, max(-1, at - _VERB_REACH), -1)):
        return False
    for after in range(at + 2, min(index, at + _VERB_REACH)):
        if sentence.folds[after] in _RELATIVES:
            return False
        if is_finite(sentence, after):
            return True
    return False


def is_finite(sentence: Sentence, at: int) -> bool:
    """Whether a conjugated verb stands there: its form, an auxiliary, or a common verb that is no participle."""
    folded = sentence.folds[at]
    if folded in grammar().auxiliaries:
        return folded not in _NON_FINITE
    common = folded in grammar().verbs and sentence.words[at].endswith(_PRESENT)
    return (common and not is_infinitive(sentence.words[at])) or is_finite_verb(sentence.words[at])


def closes_formula(sentence: Sentence, at: int) -> bool:
    """Whether "sur" ends "M. X attire l'attention de M. le ministre …": what follows is what the sentence is about."""
    before = sentence.folds[max(0, at - _LEFT_REACH) : at]
    return "sur" not in before and not grammar().addressing.isdisjoint(before)


def _opening(sentence: Sentence, closing: int, floor: int) -> int:
    opening = _CLOSING[sentence.word(closing)]
    for at in range(closing - 1, floor, -1):
        if sentence.word(at) == opening:
            return at
    return closing


def first_phrase(sentence: Sentence, start: int, end: int, taken: frozenset[int]) -> str | None:
    """The first noun phrase between two tokens, time and place phrases ("en 2018", "Dans le Nord,") left aside.

    Tokens of figures (`taken`) are no part of it: the "euros" of an amount before is not what this one is about.
    """
    words, at = grammar(), _past_opening(sentence, start)
    aside = actor = None
    while (at := _past_no_noun(sentence, at, end, taken)) < end:
        fold = sentence.folds[at]
        if fold in words.prepositions and fold not in ("de", "d'", "du", "des"):
            told = fold not in _BY_THE_WAY and not _is_place(sentence, at)
            aside = aside or (_phrase_of_things(sentence, at + 1) if told else None)
            at = _after_phrase(sentence, at + 1, end)
        elif not _opens_phrase(sentence, at):
            at += 1
        elif fold in words.rule_texts:
            at = max(phrase_end(sentence, at), at + 1)
        elif fold in words.actors:
            actor = actor or phrase_from(sentence, at)
            at = _after_actor(sentence, at)
        else:
            phrase = phrase_from(sentence, at)
            if phrase is None or not _is_empty(phrase):
                return aside or phrase if _is_lone_carrier(phrase) else phrase  # pour les vélos la limite est portée à
            at = max(phrase_end(sentence, at), at + 1)
    return aside or actor


def _past_opening(sentence: Sentence, start: int) -> int:
    """Past "De mémoire," at the start of a sentence."""
    opens = start == 0 and sentence.key(0) == "de" and "," in sentence.folds[1:_SHORTEST_CLAUSE]
    return sentence.folds.index(",") + 1 if opens else start


def _is_place(sentence: Sentence, at: int) -> bool:
    """En Guyane, à La Réunion, dans le Nord: where, and never what a figure is about."""
    name = at + 1 + (sentence.key(at + 1) == "le" and sentence.word(at + 1).islower())
    word = sentence.word(name)
    named = word[:1].isupper() and not word.isupper()
    return named and sentence.folds[at] in ("en", "à", "au", "aux", "dans", "chez")


def _past_no_noun(sentence: Sentence, at: int, end: int, taken: frozenset[int]) -> int:
    """Past figures, signs, conjunctions, titled names, "près de" before a figure: where a phrase may open."""
    words = grammar()
    while at < end:
        word = sentence.folds[at]
        if word in _TITLES:
            at = _after_name(sentence, at + 1)
        elif at in taken or word in words.conjunctions or not sentence.words[at][0].isalpha():
            at += 1
        elif word in words.prepositions and sentence.key(at + 1) == "de" and at + 2 in taken:
            at += 2  # en dix ans, près de 300 emplois
        else:
            break
    return at


def _is_empty(phrase: str) -> bool:
    """C'est le cas pour l'autoroute, une chose très simple: the noun names nothing."""
    return phrase == "cas" or phrase.startswith("chose")


def _is_lone_carrier(phrase: str | None) -> bool:
    """Le plafond, ce montant: what it carries is named elsewhere."""
    return phrase is not None and " " not in phrase and fold(phrase) in grammar().carriers


def _after_actor(sentence: Sentence, at: int) -> int:
    """Past an authority and all its fields: le ministre de la Mer et des pêches côtières."""
    end = max(phrase_end(sentence, at), at + 1)
    while sentence.fold(end) in ("et", ",") and sentence.key(end + 1) == "de":
        end = max(phrase_end(sentence, end + 2), end + 2)
    return end


def _after_name(sentence: Sentence, at: int) -> int:
    """Past the name after a title: M. Jean-Yves Duval, Mmes Roy et Petit."""
    while sentence.word(at)[:1] in (".", "-") or sentence.word(at)[:1].isupper():
        at += 1
    return at


def _phrase_of_things(sentence: Sentence, at: int) -> str | None:
    words, phrase = grammar(), phrase_from(sentence, at)
    head = fold(phrase.split()[0]) if phrase is not None else ""
    words_in = [] if phrase is None else phrase.split()
    lone = len(words_in) == 1 or (len(words_in) == 2 and "'" not in words_in[1])  # dans le cas présent
    leads = head in words.time_nouns or (lone and (head in words.leading_nouns or head in words.set_objects))
    return None if leads else phrase


def _opens_phrase(sentence: Sentence, at: int) -> bool:
    head = at
    while sentence.fold(head) in grammar().before_noun_adjectives:  # au troisième trimestre
        head += 1
    if not is_noun_like(sentence, at) or sentence.fold(head) in grammar().time_nouns:
        return False
    if sentence.words[at].endswith(PARTICIPLES_IN_E) and sentence.fold(at - 1) not in grammar().determiners:
        return False  # 34 millions d'euros dédiés à
    if at == 1 and is_adverb(sentence.words[0]):  # Actuellement obligatoire, le stage
        return False
    introduces = at == 0 and sentence.word(1) == ","
    before = at - 1
    while sentence.fold(before) in grammar().adverbs:
        before -= 1
    judged = sentence.fold(before) in _COPULAS  # il est fondamental que, il ne serait pas opportun de
    return not (introduces or judged or is_verb_form(sentence, at))


def _after_phrase(sentence: Sentence, at: int, end: int) -> int:
    """Past the noun phrase that a preposition governs."""
    words = grammar()
    while at < end and (
        (fold := sentence.folds[at]) in words.determiners
        or fold in words.before_noun_adjectives
        or _is_number(sentence, at)
    ):
        at += 1
    return max(phrase_end(sentence, at), at)


def _is_number(sentence: Sentence, at: int) -> bool:
    return sentence.values[at] is not None or sentence.folds[at] in number_words()
