"""French lemmas: which word a form belongs to.

In this order (the first that knows the form decides):
1. simplemma's French dictionary; a plural also takes the lemmas of its singular, since the dictionary now and then
   gives one of the two to the verb only (taxe → taxe but taxes → taxer, salarié → salarier but salariés → salarié),
   and spellings of one word are one (œuvre and oeuvre, évènement and événement);
2. the known forms that fold to the same letters: the unaccented *hopital* of old texts joins hôpital, and *eleve* is
   both élève and élevé; forms that merely lack accents go first, wrong accents (*hopîtal*) after them;
3. PyStemmer's French stem (of the form without a final s), its accents folded so that Mélenchon and MELENCHON meet;
   such lemmas begin with `~`, lest a stem be taken for a word.

Forms are lower-cased tokens (analysis.py); a form may have several lemmas, never none.
"""

from collections import defaultdict
from functools import cache

import Stemmer
from simplemma.strategies.dictionaries import DefaultDictionaryFactory

from pipelines.search.analysis import fold

_SHORTEST_STEMMED = 5  # below, a stem is no longer a word: ants is not ant
_SHORTEST_PLURAL = 4


def lemmas(form: str) -> tuple[str, ...]:
    """The lemmas of a lower-cased form, at least one."""
    return _known(form) or _folding_alike(form) or _known_singular(form) or (_stem(form),)


def is_known(form: str) -> bool:
    """Whether the dictionary has this very form."""
    return form in _dictionary()


def folded_stem(form: str) -> str:
    """The French stem without accents: what near words have in common (retrait, retraite, retraité)."""
    return fold(_stemmer().stemWord(form))


def _known(form: str) -> tuple[str, ...]:
    found = {_spelt_alike(lemma) for spelling in _ligatures(form) for lemma in _known_spelling(spelling)}
    return tuple(sorted(found))


def _known_spelling(form: str) -> tuple[str, ...]:
    lemma = _dictionary().get(form)
    if lemma is None:
        return ()
    if lemma != form and len(form) >= _SHORTEST_PLURAL and form[-1] in "sx":
        singular = _dictionary().get(form[:-1])
        if singular is not None and singular != lemma:
            return (lemma, singular)
    return (lemma,)


def _ligatures(form: str) -> tuple[str, ...]:
    """The form with and without its ligature: old texts print oeuvre, coeur, voeux."""
    if "œ" in form:
        return (form, form.replace("œ", "oe"))
    return (form, form.replace("oe", "œ")) if "oe" in form else (form,)


def _spelt_alike(lemma: str) -> str:
    """One spelling for lemmas with two: œuf and oeuf, and évènement (the spelling of 1990) and événement."""
    plain = lemma.replace("œ", "oe")
    acute = plain.replace("è", "é")
    return acute if acute != plain and acute in _known_lemmas() else plain


def _folding_alike(form: str) -> tuple[str, ...]:
    folded = fold(form)
    alike = _accented_forms().get(folded, ()) + ((folded,) if folded in _dictionary() else ())
    only_lacking = [known for known in alike if _lacks_accents_of(form, known)]
    return tuple(sorted({lemma for known in only_lacking or alike for lemma in _known(known)}))


def _lacks_accents_of(form: str, known: str) -> bool:
    """Whether each letter of `form` is that of `known` or that letter without its accent."""
    if len(form) != len(known):
        return form == fold(known)
    return all(mine in (theirs, fold(theirs)) for mine, theirs in zip(form, known, strict=True))


def _known_singular(form: str) -> tuple[str, ...]:
    if len(form) <= _SHORTEST_PLURAL or form[-1] not in "sx":
        return ()
    return _known(form[:-1]) or _folding_alike(form[:-1])


def _stem(form: str) -> str:
    if len(form) < _SHORTEST_STEMMED or not form.isalpha():
        return "~" + fold(form)
    return "~" + folded_stem(form.removesuffix("s"))


@cache
def _dictionary() -> dict[str, str]:
    """Lower-case forms of the dictionary with their lemmas; names (Paris) are left to the other steps."""
    entries = DefaultDictionaryFactory().get_dictionary("fr").items()
    return {form: lemma for form, lemma in entries if form == form.lower()}


@cache
def _known_lemmas() -> frozenset[str]:
    return frozenset(_dictionary().values())


@cache
def _accented_forms() -> dict[str, tuple[str, ...]]:
    """Folded letters → the known forms with accents or ligatures that fold to them."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for form in _dictionary():
        if not form.isascii():
            groups[fold(form)].append(form)
    return {folded: tuple(forms) for folded, forms in groups.items()}


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french")
