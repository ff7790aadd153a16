"""French lemmas: which words a form belongs to, and which of them a typed form stands for.

A form may belong to several words (*ferme* to ferme and to fermer); typed, it stands for the nearest of them, and
fermer still finds it. The words of a form come from, in this order:
1. simplemma's French dictionary, mended by data/lemmas.yaml, with the regular forms of verbs (verbs.py), the agreement
   of participles (*salarié* and *salariées* are one word), the singular beside the verb (*taxes*), and one spelling of
   each word (œuvre and oeuvre, évènement and événement);
2. the known forms that fold to the same letters: the unaccented *hopital* of old texts joins hôpital, and *eleve* is
   both élève and élevé; forms that merely lack accents go first, wrong accents (*hopîtal*) after them;
3. for what no dictionary knows, the plural, feminine and verb endings taken off (unknown_words.py); such lemmas begin
   with `~`, lest they be taken for words.

Forms are lower-cased tokens (analysis.py); a form has at least one lemma.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, islice

import Stemmer

from pipelines.search.analysis import fold
from pipelines.search.unknown_words import guessed, relatives
from pipelines.search.verbs import Verbs
from pipelines.search.words import DATA, read_data

_RULES = 6  # raise it when a change here gives any form other lemmas
_SHORTEST_PLURAL = 4
_PERSONS = ("trice", "ienne")  # these endings need no list
_FEMININES = (
    *(("trice", "teur"), ("ienne", "ien"), ("euse", "eux"), ("euse", "eur"), ("ière", "ier"), ("ère", "er")),
    *(("elle", "el"), ("ive", "if"), ("onne", "on"), ("ette", "et"), ("ète", "et"), ("ève", "ef"), ("e", "")),
)
_BOOKISH = re.compile(r"(?:[âû]|(?<![ao])î)(?:t|mes|tes)$")  # paraît and croît are no such forms
_PARTICIPLE = re.compile(r"ée?s?$")
_PLURAL = re.compile(r"(?:[^s]s|ux)$")  # pass is not the plural of pas
_NOUN = "·"  # after the lemma of a noun that is also a verb: pouvoir·


def lemmas(form: str) -> tuple[str, ...]:
    """The words a lower-cased form belongs to, at least one."""
    if form.isdecimal():  # no dictionary has numbers
        return guessed(form)
    return _known(form) or _folding_alike(form) or _of_a_relative(form) or guessed(form)


@lru_cache(1 << 12)  # a typed word is compared with each of its forms
def readings(form: str) -> tuple[str, ...]:
    """Those of its words that a typed form stands for: itself where it is a word, else a noun before a verb."""
    words = _known(form)
    if words:
        return _nearest(form, words)
    if found := {word for known in _alike(form) for word in _nearest(known, _known(known))}:
        return tuple(sorted(found))
    for relative in relatives(form):
        if words := _known(relative):
            return _nearest(relative, words)
    return lemmas(form)[:1]


def guessed_verbs(form: str) -> dict[str, str]:
    """The verbs an unknown form may belong to, by the folded letters of their infinitives; none of a known one."""
    if not readings(form)[0].startswith("~"):
        return {}
    return {word[1:]: word for word in lemmas(form) if word.endswith("er")}


def is_known(form: str) -> bool:
    """Whether the dictionary or the rules know this very form."""
    return bool(_known(form))


def other_words(typed: str, words: Collection[str], forms: Mapping[str, tuple[str, ...]]) -> set[str]:
    """The forms (with their words) that, though of a verb among the words meant, are above all others: poste of posté.

    Only the infinitive stands for such forms too: porter finds portes, porté does not. The agreement of a participle
    is no other word (pris and prise).
    """
    verbs, words = _verbs(), frozenset(words)
    infinitives = {fold(word) for word in words if word in verbs}
    if fold(typed) in infinitives or not infinitives:  # preciser, typed without accents, is one
        return set()
    participle = verbs.past_participle(typed)
    apart = {form for form, own in forms.items() if words.isdisjoint(own if len(own) == 1 else readings(form))}
    return {form for form in apart - {typed} if participle is None or verbs.past_participle(form) != participle}


def is_conjugated(part: str) -> bool:
    """Whether it is a form of a verb and nothing else: within a compound such a part never changes (rendez-vous)."""
    is_verb = all(word in _verbs() for word in readings(part))
    return is_verb and _verbs().past_participle(part) is None and not _PARTICIPLE.search(part)


@cache
def version() -> str:
    """What identifies these rules and their data: lemmas of another version are not mixed with those of today."""
    content = b"".join((DATA / name).read_bytes() for name in ("lemmas.yaml", "verbs.yaml"))
    return f"{_RULES}-{hashlib.sha256(content).hexdigest()[:12]}"


def folded_stems(forms: Sequence[str]) -> list[str]:
    """The French stems without accents: what near words have in common (retrait, retraite, retraité)."""
    return list(map(fold, _stemmer().stemWords(forms)))


def _nearest(form: str, words: tuple[str, ...]) -> tuple[str, ...]:
    verbs = tuple(word for word in words if word in _verbs())
    if verbs and form in _data("rather_verbs"):
        return verbs
    if verbs and form not in _data("present_nouns") and _is_present_participle(form):
        return tuple(word for word in words if word in verbs or word == _one_spelling(form))  # exerçant; not habitant
    for own in (form + _NOUN, _one_spelling(form)):
        if own in words and (own.endswith(_NOUN) or own in _known_lemmas() or own in _data("own")):
            return (own,)
    return tuple(word for word in words if word not in verbs) or words


def _is_present_participle(form: str) -> bool:
    return any(_verbs().present_participle(spelling) == spelling for spelling in _ligatures(form))


def _known(form: str) -> tuple[str, ...]:
    found = {_one_spelling(word) for spelling in _ligatures(form) for word in _words_of(spelling)}
    return tuple(sorted(found))


def _words_of(form: str) -> set[str]:
    """The words of a form in the dictionary and by rule, none when neither knows it."""
    verbs = _verbs().infinitives(form)
    participle = _verbs().past_participle(form)
    found = verbs | (_plain_words(form) if participle is None else _participle_nouns(form, participle))
    if form in _data("never_verbs"):
        found = {word for word in found if word not in _verbs()}
    if form in _one_verb():
        found = {word for word in found if word not in _verbs()} | {_one_verb()[form]}
    if form in _data("own") or form in _same():
        found.add(form)
    return found | _nouns().get(form, set()) | (_nouns_without_accent(form) if found <= verbs else set())


def _nouns_without_accent(form: str) -> set[str]:
    """The nouns of the participle that a form of a verb alone is without its accent: nobody writes « tu salaries »."""
    accented = f"{form.removesuffix('es')}és" if form.endswith("es") else form
    participle = _verbs().past_participle(accented)
    return set() if accented == form or participle is None else _participle_nouns(accented, participle)


def _plain_words(form: str) -> set[str]:
    """The word of the dictionary, the form itself where it is that of others, the word of its singular, adjectives."""
    known = _dictionary().get(form)
    found = {form} if form in _known_lemmas() else set()
    if known is not None:
        found.add(known)
    if len(form) >= _SHORTEST_PLURAL and _PLURAL.search(form) and (known != form or form in _data("own")):
        found |= {word} if (word := _dictionary().get(form[:-1])) is not None else set()
    present = _verbs().present_participle(form)
    feminine = form.removesuffix("s")
    return found | ({present} if present else set()) | ({feminine} if feminine in _data("feminines") else set())


def _participle_nouns(form: str, participle: str) -> set[str]:
    """The noun a past participle is, in this form: salarié in salariées, but partie in parties, which is not parti.

    A thing has no feminine: traitées is of traiter alone, not of a traité.
    """
    nouns = (noun for noun in (form, form.removesuffix("s")) if noun in _data("participle_nouns"))
    agreeing = (noun for noun in (participle,) if noun in _data("participle_persons"))
    return set(islice((*nouns, *agreeing), 1))


def _ligatures(form: str) -> tuple[str, ...]:
    """The form with and without its ligature: old texts print oeuvre, coeur, voeux."""
    if "œ" in form:
        return (form, form.replace("œ", "oe"))
    return (form, form.replace("oe", "œ")) if "oe" in form else (form,)


@cache
def _one_spelling(word: str) -> str:
    """One spelling for words with two: œuf and oeuf, évènement (the spelling of 1990) and événement, a feminine."""
    plain = word.replace("œ", "oe")
    acute = plain.replace("è", "é")
    spelt = acute if acute != plain and acute in _known_lemmas() else plain
    return _same().get(spelt) or _masculine(spelt)


def _masculine(word: str) -> str:
    """The masculine of directrice and présidentielle, where the dictionary has both as words."""
    listed, own = word in _data("feminines"), word in _data("own")
    for ending, masculine in _FEMININES:
        spelt = word[: -len(ending)] + masculine
        if word.endswith(ending) and (listed or (ending in _PERSONS and not own)) and spelt in _known_lemmas():
            return spelt
    return word


def _folding_alike(form: str) -> tuple[str, ...]:
    return tuple(sorted({word for known in _alike(form) for word in _known(known)}))


def _alike(form: str) -> tuple[str, ...]:
    """The known forms with the same folded letters: those whose accents this one merely lacks, else all with accents.

    A form with accents is no misspelling of one without: the name Bergé is not berge. A ligature (ﬁ) is no accent.
    """
    folded = fold(form)
    accented = _accented_forms().get(folded, ())
    lacking = tuple(known for known in accented if _lacks_accents_of(form, known))
    if not lacking and folded in _dictionary() and unicodedata.is_normalized("NFD", form):
        return (folded,)
    return lacking or accented


def _lacks_accents_of(form: str, known: str) -> bool:
    """Whether each letter of `form` is that of `known` or that letter without its accent."""
    if len(form) != len(known):
        return form == fold(known)
    return all(mine in (theirs, fold(theirs)) for mine, theirs in zip(form, known, strict=True))


def _of_a_relative(form: str) -> tuple[str, ...]:
    """The words of the singular, masculine or plural of a form that has none (sociétaux, périurbaine)."""
    return next((words for each in relatives(form) if (words := _known(each) or _folding_alike(each))), ())


@cache
def _dictionary() -> dict[str, str]:
    """Lower-case forms of the dictionary with their words, and the words that it lacks (précis, décès).

    Names (Paris) and single letters are left to other steps.
    """
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # it loads the rules of all its languages

    entries = DefaultDictionaryFactory().get_dictionary("fr").items()
    found = {
        form: _mended(word) for form, word in entries if form == form.lower() and word == word.lower() and len(form) > 1
    }
    return {word: word for word in _data("own")} | found | _same()


def _mended(word: str) -> str:
    """The frequent verb in place of a rare one that the dictionary gives some of its forms to (saurait to saurer)."""
    return _instead().get(word, word)


@cache
def _known_lemmas() -> frozenset[str]:
    return frozenset(_dictionary().values())


@cache
def _verbs() -> Verbs:
    return Verbs(_dictionary())


@cache
def _accented_forms() -> dict[str, tuple[str, ...]]:
    """Folded letters → the known forms with accents or ligatures that fold to them.

    Forms of verbs that only grammars have are left out: salariat is not salariât.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for form, word in chain(_dictionary().items(), _verbs().listed()):
        if not form.isascii() and not (_BOOKISH.search(form) and word in _verbs()):
            groups[fold(form)].append(form)
    return {folded: tuple(forms) for folded, forms in groups.items()}


@cache
def _data(entry: str) -> frozenset[str]:
    return frozenset(read_data("lemmas.yaml")[entry].split())


@cache
def _same() -> dict[str, str]:
    found: dict[str, str] = read_data("lemmas.yaml")["same"]
    return found


@cache
def _instead() -> dict[str, str]:
    found: dict[str, str] = read_data("verbs.yaml")["instead"]
    return found


@cache
def _one_verb() -> dict[str, str]:
    """Form → the verb it is in all texts, although a rule gives it to another one too (étaient is no étayer)."""
    verbs: dict[str, str] = read_data("verbs.yaml")["one_verb"]
    return {form: verb for verb, forms in verbs.items() for form in forms.split()}


@cache
def _nouns() -> dict[str, set[str]]:
    """Form → the nouns among the data that it belongs to."""
    nouns: dict[str, list[str]] = read_data("lemmas.yaml")["nouns"]
    return {form: {noun + _NOUN} for noun, forms in nouns.items() for form in forms}


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("french", 0)  # stemming is quicker than its cache
