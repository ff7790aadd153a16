"""Links: what may stand between a noun and its number, as "de", "fixé à", ", âgée de", "(", a time or an aside."""

from pipelines.figures.classes import AUXILIARY, PARTICIPLE, VERB
from pipelines.figures.clauses import closes_formula
from pipelines.figures.governors import is_year
from pipelines.figures.mention import AMOUNTS, Mention, Sentence
from pipelines.figures.phrases import is_noun_like
from pipelines.figures.purposes import is_participle
from pipelines.figures.verbs import is_adverb, is_infinitive
from pipelines.figures.vocabulary import grammar, qualifiers

_BEFORE_TIMES = frozenset(("chaque", "cette", "l'", "par", "en"))
_PLACING = frozenset(("en", "à", "au", "aux", "dans", "chez"))
_BEFORE_YEARS = frozenset(("en", "de", "depuis", "pour", "fin", "debut"))
_INDEFINITE = frozenset(("un", "une"))
_BEFORE_PARTICIPLES = frozenset(("s'", "se", "ne"))
_SIGNS = frozenset(("(", "-", "–", "+"))
_REACHING = frozenset(("atteint",))  # a verb more often than a participle: its subject is that of the clause
_PRESENT = ("se", "te", "me", "ne", "ue", "re", "ve", "he", "ent")  # il verse, il porte; not "versé", "versée"
_BOUNDING = ("superieur", "inferieur")
_DASHES_APART = 36  # tokens


def before_links(sentence: Sentence, mention: Mention, floor: int) -> int | None:
    """The token before "de", "inférieur à", "fixé à", ", âgée de", "(": where an attached noun would end."""
    links, at = qualifiers().distant_links, mention.outer - 1
    while at >= floor:
        word, own = sentence.folds[at], sentence.classes[at]
        linked = own & PARTICIPLE > 0 or word in links
        if own & VERB and sentence.folds[at - 1] in _INDEFINITE:
            return at  # un élève de 18 ans
        skipped = int(word in _BEFORE_PARTICIPLES and is_participle(sentence, at + 1))  # un supplément s'élevant à
        skipped += 2 * (word == "suit" and sentence.folds[at - 1] == "comme")  # les temps comme suit : 30 minutes
        if not skipped and _parts(sentence, at, linked=linked):
            return None
        aside = word == "," and (_opens_aside(sentence, at + 1) or _is_own_amount(sentence, mention, at))
        skipped = skipped or by_the_way(sentence, at, floor)
        if skipped:
            at -= skipped
            continue
        if not (linked or aside or word in _SIGNS or _is_small(word) or is_adverb(sentence.words[at])):
            return at
        at -= 1
    return None


def _parts(sentence: Sentence, at: int, *, linked: bool) -> bool:
    """Whether a verb there, or the "sur" of a formula, parts a noun before it from the number: no participle does."""
    word, own = sentence.folds[at], sentence.classes[at]
    if word == "sur" and closes_formula(sentence, at):
        return True  # M. Roy interroge M. le ministre de la mer sur les 3 millions
    if word.endswith("ant") and sentence.folds[at - 1] == "en" and is_participle(sentence, at):
        return True  # compenser la hausse des prix en accordant 100 euros
    if own & VERB:
        return not linked or own & AUXILIARY > 0 or word in _REACHING or sentence.words[at].endswith(_PRESENT)
    return own & AUXILIARY > 0 or word in _REACHING


def by_the_way(sentence: Sentence, at: int, floor: int) -> int:
    """How many tokens that end there only say when or by the way: en 2015 (…, chaque année, en effet, – a dash –."""
    word, before = sentence.folds[at], sentence.folds[at - 1]
    if sentence.values[at] is not None and is_year(sentence, at) and before in _BEFORE_YEARS:
        return 2  # l'effectif en 2015 (300)
    timed = word in grammar().time_nouns and before in _BEFORE_TIMES  # s'élève chaque année à
    if timed or (word in grammar().set_nouns and before in ("à", "en", "par")):
        return 2
    if before in ("de", "à") and sentence.words[at + 1] == "(" and is_infinitive(sentence.words[at]):
        return 2  # les mousses en âge de naviguer (15-64 ans)
    if before == "comme" and sentence.folds[at - 2] in grammar().judging:
        return 3  # un taux considéré comme normal (12 %)
    if word == "fois" and before in ("un", "une"):
        return 2  # la visite a lieu une fois tous les dix ans
    if sentence.folds[at - 2 : at + 1] == ["peu", "de", "temps"]:
        return 3  # le prix est passé en très peu de temps de 3 à 4 euros
    opening = _dash_before(sentence, at)
    return at - opening + 1 if opening > floor else 0  # le taux – si on les croit – de 80 %


def _dash_before(sentence: Sentence, closing: int) -> int:
    """The dash that opens the aside which ends with the dash there; 0 where there is none."""
    if sentence.words[closing] not in ("-", "–") or sentence.touches(closing) or sentence.touches(closing - 1):
        return 0
    near = range(closing - 2, max(0, closing - _DASHES_APART), -1)
    dashes = (at for at in near if sentence.words[at] == sentence.words[closing])
    return next((at for at in dashes if not sentence.touches(at) and not sentence.touches(at - 1)), 0)


def _opens_aside(sentence: Sentence, at: int) -> bool:
    """Whether "à savoir" or a participle, after an adverb or not, follows: les distances, actuellement fixées à 5 m."""
    if sentence.folds[at] == "à" and sentence.folds[at + 1] == "savoir":
        return True
    if is_participle(sentence, at + (sentence.folds[at] in ("s'", "se"))) or sentence.folds[at].startswith(_BOUNDING):
        return True  # des moyens rares, inférieurs à 3 euros
    return (is_adverb(sentence.words[at]) or _is_small(sentence.folds[at])) and is_participle(sentence, at + 1)


def phrase_opening(sentence: Sentence, last: int) -> int:
    """The preposition before the noun phrase that ends there."""
    at = last
    while at > 0 and (is_noun_like(sentence, at) or sentence.folds[at] in ("de", "d'", "l'", "la")):
        at -= 1
    return at


def _is_own_amount(sentence: Sentence, mention: Mention, comma: int) -> bool:
    """Un coût important, de près de 2 millions d'euros: what follows the comma is how much; not "en Corse, de"."""
    if sentence.words[comma - 1][:1].isupper() and sentence.folds[phrase_opening(sentence, comma - 1)] in _PLACING:
        return False
    near = comma in (mention.outer - 2, mention.outer - 1)  # , de 3 euros; , d'environ 3 euros
    return near and sentence.keys[comma + 1] == "de" and mention.direction not in AMOUNTS


def _is_small(word: str) -> bool:
    words = grammar()
    return word in words.prepositions or word in words.adverbs or word in words.determiners
