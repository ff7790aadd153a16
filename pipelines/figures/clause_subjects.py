"""The subject of the clause a number stands in, and what its pronouns and relatives stand for."""

from collections.abc import Callable, Sequence

from pipelines.figures.circumstances import past_where
from pipelines.figures.classes import (
    ANAPHORIC,
    POINTED,
    POINTERS,
    POINTING,
    SUBJECT_PRONOUNS,
    TIME,
)
from pipelines.figures.clauses import RELATIVES, clause_start, closes_formula, is_finite
from pipelines.figures.first_phrases import first_phrase, is_lone_carrier, phrase_of_things
from pipelines.figures.mention import Mention, Sentence
from pipelines.figures.phrases import (
    before_phrase,
    is_noun_like,
    is_plural_noun,
    joined,
    phrase_end,
    phrase_from,
    phrase_until,
)
from pipelines.figures.pronouns import PLURAL_ARTICLES, agrees, gender, last_named
from pipelines.figures.tokens import fold
from pipelines.figures.verbs import is_infinitive
from pipelines.figures.vocabulary import grammar

_GENDERS = {"eux": (None, "m"), "elles": (None, "f")}
_LEFT_REACH = 40
_SHORTEST_CLAUSE = 4
_RELATIVE_REACH = 25
_PERIODIC = frozenset(
    ("mensuels", "mensuelles", "annuels", "annuelles", "supplementaires", "mensuel", "annuel", "annuelle")
)
_SEEING = frozenset(("voit", "voient", "voyait", "voyaient", "verra", "verront", "verrait", "verraient", "vu", "voir"))
_ADVERBS = frozenset(("ainsi", "donc", "aussi", "alors"))
_OBJECTS = POINTERS | {"le", "la", "l'", "les"}
LAST = frozenset(("dernier", "derniere", "derniers", "dernieres"))
_OPENING_ASIDES = RELATIVES | {"où", "lequel", "laquelle", "lesquels", "lesquelles"}
_BEFORE_THEIRS = frozenset((",", "car", "puisque", "et", "que"))
_IMPERSONAL_BE = frozenset(("est", "serait", "sera", "etait", "fut"))
_JUDGED_REACH = 4
_ASIDE_REACH = 12  # tokens between the comma that ends an aside and the number


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
    start = clause_start(sentence, sentence.with_sign(mention.first))
    antecedent = _before_aside(sentence, start, mention.outer, taken) or _antecedent(sentence, mention, start, taken)
    antecedent = antecedent or _before_object_clause(sentence, start, mention.outer, taken)
    if antecedent is not None:
        return antecedent
    if is_anaphor(sentence, start):
        spoken = told()
        said = _latter(sentence, start, taken) or _said_before(sentence, start, taken)
        said = said or _agreeing(sentence, start, spoken) or _said_before(sentence, start, frozenset())
        said = said or _named_before(sentence, start, taken) or next(iter(spoken), None)
        if said is not None:
            return said
    wanted = _wanted(sentence, start) or _seen(sentence, start, mention.outer)
    if wanted is not None:
        return wanted
    phrase = first_phrase(sentence, start, mention.outer, taken)
    if phrase is None and sentence.folds[start - 1] in ("soit", ",", "mais"):
        # un plan pour les collèges, soit 2 millions d'euros; le coût serait, la première année, de 3 millions
        phrase = first_phrase(sentence, clause_start(sentence, start - 1), start - 1, taken)
    if (
        phrase is not None
        and sentence.folds[start - 1] in ("que", "qu'")
        and fold(phrase.split()[0]) in grammar().actors
    ):
        phrase = _before_relative(sentence, start) or phrase  # des taxes, que l'État prévoit d'augmenter de 3 euros
    if is_lone_carrier(phrase):
        return _owner(sentence, start) or _topic(sentence, start) or phrase
    owner = _owner(sentence, start) if phrase is not None and " " not in phrase else None
    return (
        phrase if owner is None or phrase is None else joined(phrase, owner)
    )  # les trains, dont le prix est de 30 euros


def _latter(sentence: Sentence, start: int, taken: frozenset[int]) -> str | None:
    """Le prix d'un lit baisse, et celui-ci dure dix ans: the last thing named of its gender."""
    points = sentence.folds[start] in grammar().demonstratives and sentence.folds[start + 2] == "ci"
    return last_named(sentence, start, sentence.folds[start], taken) if points else None


def _named_before(sentence: Sentence, start: int, taken: frozenset[int]) -> str | None:
    """Where nothing spoken of agrees: on compare le prix d'un panier de 30 fruits : il revient à 90 euros."""
    pronoun = sentence.folds[start]
    if pronoun in ("son", "sa"):  # cette aide va aux moins de 30 ans, et son montant est de 300 euros
        owner = first_phrase(sentence, 0, start, taken)
        return owner if owner is not None and agrees(pronoun, owner) else None
    return last_named(sentence, start, pronoun, taken) if pronoun in SUBJECT_PRONOUNS else None


def _agreeing(sentence: Sentence, pronoun: int, spoken: Sequence[str]) -> str | None:
    """What a pronoun stands for: "il" is none of several things, "ils" are not one, "elle" is no programme."""
    return next((each for each in spoken if agrees(sentence.folds[pronoun], each)), None)


def _before_aside(sentence: Sentence, start: int, first: int, taken: frozenset[int]) -> str | None:
    """Le tarif, dont dépendent 3 foyers, a augmenté de 4 %: what the verb after the second comma has as its subject."""
    near = range(first - 2, max(0, start - 2, first - _ASIDE_REACH), -1)
    comma = next((at for at in near if sentence.words[at] == "," and _acts_next(sentence, at + 1)), 0)
    for at in range(max(1, comma - _LEFT_REACH), comma):
        opens = sentence.words[at] == "," and sentence.folds[at + 1] in _OPENING_ASIDES
        if opens and at - 1 not in taken and is_noun_like(sentence, at - 1):
            return phrase_until(sentence, at - 1, 0)
    return None


def _acts_next(sentence: Sentence, at: int) -> bool:
    return is_finite(sentence, at + 1 if sentence.folds[at] in ("s'", "se", "n'", "ne") else at)


def plural_before(sentence: Sentence, first: int, taken: frozenset[int], pronoun: str = "les") -> str | None:
    """What "d'entre eux" stands for: the first plural of the sentence that fits, past its formula."""
    fitting, others = _GENDERS.get(pronoun, (None, "m", "f")), None
    at = next((at + 1 for at in range(first) if sentence.folds[at] == "sur" and closes_formula(sentence, at)), 0)
    while at < first:
        if at not in taken and _is_plural(sentence, at) and is_noun_like(sentence, at):
            phrase = phrase_from(sentence, at)
            if phrase is None or gender(phrase.split()[0]) in fitting:
                return phrase
            others = others or phrase
        at += 1
    return others


def _is_plural(sentence: Sentence, at: int) -> bool:
    """A plural by its ending, or a short name by its article: les agents, les DPO."""
    named = len(sentence.words[at]) > 1 and sentence.words[at].isupper()
    return is_plural_noun(sentence, at) or (named and sentence.folds[at - 1] in PLURAL_ARTICLES)


def _said_before(sentence: Sentence, start: int, taken: frozenset[int]) -> str | None:
    """The subject of the clause before, where that holds no figure: l'aide baisse, elle est à 3 euros."""
    if sentence.folds[start] in ("leur", "leurs") and sentence.folds[start - 1] in _BEFORE_THEIRS:
        return None if any(at < start for at in taken) else plural_before(sentence, start, taken)
    apart = (
        sentence.folds[start - 1] in (",", ":", "que", "qu'", "car", "puisque", "puisqu'")
        and sentence.folds[start] not in POINTERS
    )
    if start < _SHORTEST_CLAUSE or not apart or any(at < start for at in taken):
        return None
    end, said = start - 1, None
    while said is None and end > 0:  # l'aide baisse : en 2022, elle est à 3 euros
        opens = clause_start(sentence, end)
        said, end = first_phrase(sentence, opens, end, taken), opens - 1
    acts = said is None or fold(said.split()[0]) in grammar().actors
    return None if acts or said is None else _agreeing(sentence, start, (said,))


def _owner(sentence: Sentence, start: int) -> str | None:
    """What "dont" stands for, before a clause about its share: le bio, dont la part est passée de 4 à 12 %."""
    return _before_relative(sentence, start) if sentence.folds[start - 1] == "dont" else None


def _wanted(sentence: Sentence, start: int) -> str | None:
    """La hausse de l'indice, qu'il conviendrait de porter à 48: what "que" stands for before "il faut"."""
    impersonal = sentence.folds[start] == "il" and sentence.folds[start + 1] in grammar().suiting
    wanted = impersonal and sentence.folds[start - 1] in ("que", "qu'") and sentence.keys[start + 2] == "de"
    return _before_relative(sentence, start) if wanted else None


def _seen(sentence: Sentence, start: int, first: int) -> str | None:
    """Les marins verront leur prime augmenter pour atteindre 30 euros: what they see move."""
    verb = next((at for at in range(start, first - 2) if sentence.folds[at] in _SEEING), None)
    if verb is None:
        return None
    object_ = verb + 1 + (sentence.folds[verb + 1] in _ADVERBS)
    moves = sentence.folds[object_] in _OBJECTS and is_infinitive(sentence.words[phrase_end(sentence, object_ + 1)])
    return phrase_from(sentence, object_) if moves else None


def _before_relative(sentence: Sentence, start: int) -> str | None:
    """The noun phrase before the relative that opens the clause, past a comma between the two."""
    last = start - 3 if sentence.words[start - 2] in (",", "(") else start - 2
    return phrase_until(sentence, last, 0) if last >= 0 and is_noun_like(sentence, last) else None


def _topic(sentence: Sentence, start: int) -> str | None:
    """What "pour" before the clause says it is about: Pour les vélos, la limite est portée à 700 euros."""
    opening = clause_start(sentence, start - 1) if sentence.words[start - 1] == "," else start
    opening += sentence.folds[opening] in ("s'", "en")  # S'agissant du gaz, la hausse est de 3 euros
    leads = sentence.folds[opening] == "pour" or sentence.folds[opening] in grammar().introductions
    return phrase_of_things(sentence, opening + 1) if opening < start and leads else None


def _antecedent(sentence: Sentence, mention: Mention, start: int, taken: frozenset[int]) -> str | None:
    """What the "qui" before the number stands for: des péages qui valaient 2,6 milliards."""
    opens = start - 1 if sentence.folds[start] == "qui" else start  # les revenus – qui vont jusqu'à 3 euros –
    for at in range(mention.first - 1, max(opens, mention.first - _RELATIVE_REACH), -1):
        if sentence.words[at] in (",", ")") or sentence.values[at] is not None:
            return None
        if sentence.folds[at] != "qui":
            continue
        noun = at - 1 if sentence.is_word(at - 1) else at - 2
        noun = _past_period(sentence, noun, start)
        if _is_closed(sentence, at, mention.outer):
            return None
        if noun in taken or sentence.classes[noun] & TIME > 0:
            return None  # la rupture après un an, qui est de 18 %
        if noun >= 0 and is_noun_like(sentence, noun):
            by = before_phrase(sentence, noun)  # l'aide versée par la région, qui atteint 3 euros
            noun = by - 1 if sentence.folds[by] == "par" and is_noun_like(sentence, by - 1) else noun
            noun = past_where(sentence, 0, noun)  # la part du vent dans la production, qui atteint 3 %
            pointed = sentence.folds[noun - 1]
            if pointed in grammar().demonstratives:  # le prix du pain, celui vendu par Max, qui passe à
                return last_named(sentence, noun - 1, pointed, taken)
            return phrase_until(sentence, _past_size(sentence, noun), start if noun >= start else 0)
    return None


def _past_period(sentence: Sentence, noun: int, start: int) -> int:
    """Les frais mensuels qui passent à 3 euros; un plan 2019-2023, qui a coûté 3 millions."""
    noun -= noun > start and sentence.folds[noun] in _PERIODIC
    while noun > start and (sentence.values[noun] is not None or sentence.words[noun] == "-"):
        noun -= 1
    return noun


def _past_size(sentence: Sentence, noun: int) -> int:
    """Des revenus d'un montant infime, qui …: past how much they are, to what is so much."""
    head = noun if sentence.folds[noun] in grammar().counters else noun - 1
    sized = sentence.folds[head] in grammar().counters and sentence.folds[head - 1] in ("un", "une")
    owned = sized and sentence.keys[head - 2] == "de" and is_noun_like(sentence, head - 3)
    return head - 3 if owned else noun


def _before_object_clause(sentence: Sentence, start: int, end: int, taken: frozenset[int]) -> str | None:
    """La somme que vous citez représente 3 euros: what the second verb says something of stands before "que"."""
    noun = start - 2
    if noun < 0 or sentence.folds[start - 1] not in ("que", "qu'") or noun in taken or not is_noun_like(sentence, noun):
        return None
    if not RELATIVES.isdisjoint(sentence.folds[start:end]) or "," in sentence.words[start:end]:
        return None
    verbs = sum(is_finite(sentence, at) for at in range(start, end))
    return phrase_until(sentence, noun, 0) if verbs > 1 else None


def _is_closed(sentence: Sentence, relative: int, end: int) -> bool:
    """Le maire qui a eu une carrière longue touche 900 euros: a second verb ends the clause of "qui"."""
    verbs = [at for at in range(relative + 1, end) if is_finite(sentence, at)]
    return len(verbs) > 1 and any(is_noun_like(sentence, at) for at in range(verbs[0] + 1, verbs[-1]))


def is_anaphor(sentence: Sentence, at: int) -> bool:
    """Il, celle-ci, ce montant, son coût: the clause speaks of what was said before."""
    if not sentence.classes[at] & ANAPHORIC:
        return False
    word, after = sentence.folds[at], sentence.folds[at + 1]
    if word in ("il", "ils", "elle", "elles") and after not in grammar().impersonal:
        return not (word == "il" and _judges(sentence, at + 1))
    if word in grammar().demonstratives and sentence.folds[at + 2] == "ci":
        return True
    if word == "ce" and after == "qui":
        return True
    if word in POINTERS and after in LAST:  # ces derniers
        return True
    if word == "la" and after == "plupart" and sentence.keys[at + 2] != "de":
        return True
    return is_pointing(sentence, at)


def _judges(sentence: Sentence, verb: int) -> bool:
    """Il est à noter, il serait utile de, il est prévu que: "il" stands for nothing."""
    if sentence.folds[verb] not in _IMPERSONAL_BE:
        return False
    if sentence.folds[verb + 1] == "à":
        return is_infinitive(sentence.words[verb + 2])
    at = next((at for at in range(verb + 2, verb + _JUDGED_REACH) if sentence.keys[at] in ("de", "que")), 0)
    return at > 0 and (sentence.keys[at] == "que" or is_infinitive(sentence.words[at + 1]))


def is_pointing(sentence: Sentence, at: int) -> bool:
    """Ce montant, leur nombre; "leur taux d'occupation" says what it is."""
    classes = sentence.classes
    return classes[at] & POINTING > 0 and classes[at + 1] & POINTED > 0 and not _has_complement(sentence, at + 2)


def _has_complement(sentence: Sentence, at: int) -> bool:
    """Leur taux d'occupation says what it is; ce montant, ce total de 300 euros do not."""
    return sentence.keys[at] == "de" and is_noun_like(sentence, at + 1 + (sentence.keys[at + 1] == "le"))
