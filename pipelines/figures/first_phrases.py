"""The first noun phrase of a clause, past its figures, times, places and names."""

from pipelines.figures.classes import BEFORE_NOUN, DETERMINER, TIME
from pipelines.figures.mention import Sentence
from pipelines.figures.phrases import is_noun_like, is_verb_form, phrase_end, phrase_from
from pipelines.figures.purposes import is_lone_participle, is_participle
from pipelines.figures.tokens import fold
from pipelines.figures.verbs import PARTICIPLES_IN_E, infinitive_of, is_adverb
from pipelines.figures.vocabulary import grammar, number_words

_SHORTEST_CLAUSE = 4
_RELATING = frozenset(("relatif", "relative", "relatifs", "relatives"))
_COPULAS = frozenset(("est", "sont", "etait", "etaient", "sera", "seraient", "serait"))


def first_phrase(sentence: Sentence, start: int, end: int, taken: frozenset[int]) -> str | None:
    """The first noun phrase between two tokens, time and place phrases ("en 2018", "Dans le Nord,") left aside.

    Tokens of figures (`taken`) are no part of it: the "euros" of an amount before is not what this one is about.
    """
    words, at = grammar(), _past_opening(sentence, start)
    aside = actor = None
    while (at := _past_no_noun(sentence, at, end, taken)) < end:
        fold = sentence.folds[at]
        if fold in words.prepositions and fold not in ("de", "d'", "du", "des"):
            told = fold not in words.circumstances and not _is_place(sentence, at)
            aside = aside or (phrase_of_things(sentence, at + 1) if told else None)
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
                return aside or phrase if is_lone_carrier(phrase) else phrase  # pour les vélos la limite est portée à
            at = max(phrase_end(sentence, at), at + 1)
    return aside or actor


def _past_opening(sentence: Sentence, start: int) -> int:
    """Past "De mémoire," at the start of a sentence."""
    opens = start == 0 and sentence.keys[0] == "de" and "," in sentence.folds[1:_SHORTEST_CLAUSE]
    return sentence.folds.index(",") + 1 if opens else start


def _is_place(sentence: Sentence, at: int) -> bool:
    """En Guyane, à La Réunion, dans le Nord: where, and never what a figure is about."""
    name = at + 1 + (sentence.keys[at + 1] == "le" and sentence.words[at + 1].islower())
    word = sentence.words[name]
    named = word[:1].isupper() and not word.isupper()
    return named and sentence.folds[at] in ("en", "à", "au", "aux", "dans", "chez")


def _past_no_noun(sentence: Sentence, at: int, end: int, taken: frozenset[int]) -> int:
    """Past figures, signs, conjunctions, titled names, "près de" before a figure: where a phrase may open."""
    titles, conjunctions, prepositions = grammar().titles, grammar().conjunctions, grammar().prepositions
    inner = grammar().inner_adjectives  # les douze mois précédents
    while at < end:
        word = sentence.folds[at]
        if word in titles:
            at = _after_name(sentence, at + 1)
        elif (
            at in taken
            or (at - 1 in taken and word in inner)
            or word in conjunctions
            or not sentence.words[at][0].isalpha()
        ):
            at += 1
        elif word in prepositions and sentence.keys[at + 1] == "de" and at + 2 in taken:
            at += 2  # en dix ans, près de 300 emplois
        else:
            break
    return at


def _is_empty(phrase: str) -> bool:
    """C'est le cas pour l'autoroute, le fait que le prix baisse, une chose très simple: the noun names nothing."""
    return phrase in ("cas", "fait") or phrase.startswith("chose")


def is_lone_carrier(phrase: str | None) -> bool:
    """Le plafond, ce montant: what it carries is named elsewhere."""
    return phrase is not None and " " not in phrase and fold(phrase) in grammar().carriers


def _after_actor(sentence: Sentence, at: int) -> int:
    """Past an authority and all its fields: le ministre de la Mer et des pêches côtières."""
    end = max(phrase_end(sentence, at), at + 1)
    while sentence.folds[end] in ("et", ",") and sentence.keys[end + 1] == "de":
        end = max(phrase_end(sentence, end + 2), end + 2)
    return end


def _after_name(sentence: Sentence, at: int) -> int:
    """Past the name after a title: M. Jean-Yves Duval, Mmes Roy et Petit."""
    while sentence.words[at][:1] in (".", "-") or sentence.words[at][:1].isupper():
        at += 1
    return at


def phrase_of_things(sentence: Sentence, at: int) -> str | None:
    """The noun phrase from a token on, where it names more than a time or a point of view."""
    words, phrase = grammar(), phrase_from(sentence, at)
    head = fold(phrase.split()[0]) if phrase is not None else ""
    words_in = [] if phrase is None else phrase.split()
    lone = len(words_in) == 1 or (len(words_in) == 2 and "'" not in words_in[1])  # dans le cas présent
    leads = head in words.time_nouns or (lone and (head in words.leading_nouns or head in words.set_objects))
    return None if leads else phrase


def _opens_phrase(sentence: Sentence, at: int) -> bool:
    head = at
    while sentence.classes[head] & BEFORE_NOUN > 0:  # au troisième trimestre
        head += 1
    if not is_noun_like(sentence, at) or (sentence.classes[head] & TIME > 0 and not _is_price(sentence, at)):
        return False
    if not sentence.classes[at - 1] & DETERMINER and _is_no_head(sentence, at):
        return False
    if at == 1 and is_adverb(sentence.words[0]):  # Actuellement obligatoire, le stage
        return False
    if sentence.folds[at] == "suite" and sentence.folds[at + 1] in ("à", "au", "aux"):
        return False  # Suite à la crue du quai, il y a dix ans
    introduces = at == 0 and sentence.words[1] == ","
    before = at - 1
    while sentence.folds[before] in grammar().adverbs or sentence.folds[before] in ("donc", "ainsi"):
        before -= 1
    before -= 2 * (sentence.folds[before] in ("il", "elle") and sentence.words[before - 1] == "-")
    judged = sentence.folds[before] in _COPULAS  # il est fondamental que, il ne serait pas opportun de
    return not (introduces or judged or is_verb_form(sentence, at))


def _is_no_head(sentence: Sentence, at: int) -> bool:
    """34 millions dédiés à, le maire, lundi, interdit les feux, la loi relative à l'eau, bien que connues."""
    word = sentence.words[at]
    if word.endswith(PARTICIPLES_IN_E) or infinitive_of(word) is not None or is_participle(sentence, at):
        return True
    if is_lone_participle(sentence, at):
        return True
    if sentence.folds[at] in grammar().inner_adjectives and sentence.classes[at - 1] & TIME > 0:
        return True  # l'année précédente
    return sentence.folds[at] in _RELATING or (sentence.folds[at - 1] in ("que", "qu'") and word.islower())


def _is_price(sentence: Sentence, at: int) -> bool:
    """Le cours du blé, les cours: a price; "au cours de" says when."""
    return sentence.folds[at] == "cours" and sentence.keys[at - 1] == "le"


def _after_phrase(sentence: Sentence, at: int, end: int) -> int:
    """Past the noun phrase that a preposition governs."""
    words = grammar()
    while at < end and (
        (fold := sentence.folds[at]) in words.determiners
        or (fold in words.before_noun_adjectives and sentence.words[at].islower())  # not: en Haute-Saône
        or _is_number(sentence, at)
    ):
        at += 1
        if sentence.values[at - 1] is not None and sentence.classes[at] & DETERMINER > 0:
            return at  # de 2018 à 2023 le taux
    return max(phrase_end(sentence, at), at)


def _is_number(sentence: Sentence, at: int) -> bool:
    return sentence.values[at] is not None or sentence.folds[at] in number_words()
