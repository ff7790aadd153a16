"""Verbs and adverbs: which words are no part of a noun phrase, by simplemma's French dictionary."""

from collections.abc import Mapping
from functools import cache, lru_cache

from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from pipelines.figures.tokens import fold

_INFINITIVES = ("er", "ir", "re")
_PARTICIPLES = (
    "é", "és", "ée", "ées", "i", "is", "ie", "ies", "u", "us", "ue", "ues", "ert", "erts", "erte", "ertes",
    "int", "ints", "inte", "intes", "uit", "uite", "crit", "crite", "aint", "aints", "ant", "ants", "ante", "antes",
)  # fmt: skip
PARTICIPLES = ("é", "ée", "és", "ées", "is", "ise", "ises", "us", "ue", "ues", "erts", "ertes")
"""Endings of participles that say what is done with something: versés, investis, perdus."""
PARTICIPLES_IN_E = ("é", "ée", "és", "ées")
"""Endings of participles of the first group, told from nouns by their accent."""
_IRREGULAR = (("aître", "aissait"), ("oître", "oissait"), ("indre", "ignait"), ("ire", "isait"), ("soudre", "solvait"))
_PREFIXES = ("dé", "re", "ré", "sur", "sous")  # of verbs that the dictionary does not have: déplafonner, repeupler
_NOUNS = frozenset(("oeuvre", "œuvre"))  # of which the dictionary knows the verb only
_SHORTEST = 3
_SHORTEST_ADVERB = 7


@lru_cache(maxsize=1 << 16)
def is_finite_verb(word: str) -> bool:
    """Whether a word as written is a conjugated verb: sortent, rembourse, prévoit; not sortie, mise, remboursés.

    The dictionary gives a form that is both noun and verb to one of them only; a form whose plural is a noun's (mises
    is mise) is taken for the noun.
    """
    known, form = _dictionary(), word.lower()
    in_ie = form.endswith("ie") and known.get(form, "").endswith("ier")  # modifie, confie; not finie
    if len(word) < _SHORTEST or form in _NOUNS or (word.endswith(_PARTICIPLES) and not in_ie):
        return False
    lemma = known.get(form)
    if lemma is None or lemma == form or not lemma.endswith(_INFINITIVES) or form == f"{lemma[:-2]}ère":
        return False  # foncière, légère
    return known.get(f"{form}s") != form and not form.endswith(("s", "x"))


@lru_cache(maxsize=1 << 15)
def infinitive_of(word: str) -> str | None:
    """The infinitive of a form that is a verb's: étendrait, descendus; None for a noun or an adjective."""
    lemma = _dictionary().get(word.lower())
    return lemma if lemma is not None and lemma.endswith(_INFINITIVES) and is_infinitive(lemma) else None


@lru_cache(maxsize=1 << 16)
def is_infinitive(word: str) -> bool:
    """Whether a word is an infinitive: débourser, finir; not papier, plaisir."""
    known, form = _dictionary(), word.lower()
    if form not in known and form.startswith(_PREFIXES):
        form = next(form.removeprefix(prefix) for prefix in _PREFIXES if form.startswith(prefix))
    if known.get(form) != form or not form.endswith(_INFINITIVES):
        return False
    regular = (f"{form[:-2]}ait", f"{form[:-1]}ssait", f"{form[:-2]}eait", f"{form[:-3]}ait", f"{form[:-3]}çait")
    return any(known.get(imperfect) == form for imperfect in (*regular, *_irregular(form)))


@lru_cache(maxsize=1 << 16)
def is_present_participle(word: str) -> bool:
    """Whether a word is a present participle: percevant, comptant; not habitant, montant, enseignant."""
    form = word.lower()
    lemma = _dictionary().get(form, form) if form.endswith("ant") else form
    return lemma != form and lemma.endswith(_INFINITIVES)


def _irregular(infinitive: str) -> tuple[str, ...]:
    """Imperfects of the third group: croître, croissait; atteindre, atteignait; réduire, réduisait."""
    for ending, imperfect in _IRREGULAR:
        if infinitive.endswith(ending):
            return (f"{infinitive.removesuffix(ending)}{imperfect}",)
    return ()


@lru_cache(maxsize=1 << 14)
def is_plural_form(word: str) -> bool:
    """Whether a noun stands in the plural by its form: agents; not taux, prix, cas."""
    form = word.lower()
    return form.endswith(("s", "x")) and _dictionary().get(form, "") != form


@lru_cache(maxsize=1 << 16)
def is_adverb(word: str) -> bool:
    """Whether a word is an adverb in -ment: the dictionary has the nouns in -ment, and not the adverbs."""
    if not word.endswith("ment") or len(word) < _SHORTEST_ADVERB or word.lower() in _dictionary():
        return False
    return fold(word) not in _nouns_in_ment()


@cache
def _nouns_in_ment() -> frozenset[str]:
    """Those nouns without accents, as old texts write them: prelevement, reglement."""
    return frozenset(fold(noun) for noun in _dictionary() if noun.endswith("ment"))


@cache
def _dictionary() -> Mapping[str, str]:
    return DefaultDictionaryFactory().get_dictionary("fr")
