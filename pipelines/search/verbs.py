"""French verbs: which infinitives a form may belong to.

The dictionary gives each form one word only, so that *mise* is no form of mettre, nor *ferme* of fermer. Here every
verb gets its regular forms back: verbs in -er all of them, the others their past participles (data/verbs.yaml). Which
words are verbs is told by the dictionary, which is handed in.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from pipelines.search.words import read_data

_ENDINGS = (
    *("e", "es", "ons", "ez", "ent", "ais", "ait", "iez", "aient", "ant", "é", "ée", "és", "ées", "er"),
    *("ai", "as", "a", "âmes", "âtes", "èrent", "erai", "eras", "era", "erons", "erez", "eront"),
    *("erais", "erait", "eriez", "erions", "eraient"),
)  # "ions" is left to the dictionary: actions, portions and relations are nouns
_BY_LAST_LETTER = {
    letter: tuple(sorted((each for each in _ENDINGS if each.endswith(letter)), key=len, reverse=True))
    for letter in {each[-1] for each in _ENDINGS}
}
_AGREEMENTS = ("", "e", "s", "es")
_FEMININES = {"dû": "due", "mû": "mue", "crû": "crue", "absous": "absoute", "dissous": "dissoute"}
_PAST = tuple(f"é{added}" for added in _AGREEMENTS)
_PRESENT = tuple(f"ant{added}" for added in _AGREEMENTS)
_OF_THE_PRESENT = ("ant", "e", "es", "ent")  # rendant, rende, rendes, rendent
_OF_A_LISTED_STEM = (*_OF_THE_PRESENT, "ons", "ez", "ais", "ait", "aient")
_ONLY_VERBS = ("aient", "èrent", "irent", "urent")
_SIGNS = ("é", "ée", "és", "ées", "ait", "ant", "era")
_SHORTEST_STEM = 2
_MUTE = frozenset(ending for ending in _ENDINGS if ending.startswith("e")) - {"er", "ez"}
_WITH_A_GRAVE = re.compile(r"e[bcdfghjklmnpqrstvwz]$")  # before a mute e: grever has grève and no greve
_BEFORE_THEM_SOFT = ("a", "â", "o")  # c and g are written ç and ge
_OTHER_STEMS = frozenset("çelti")  # last letters of a stem that infinitives may spell in another way


class Verbs:
    """The verbs of one dictionary (form → word)."""

    def __init__(self, dictionary: Mapping[str, str]) -> None:
        """Take the dictionary; its verbs are found once."""
        conjugated = {word for form, word in dictionary.items() if form.endswith(_ONLY_VERBS)}
        words = set(dictionary.values())
        self._first_group = frozenset(
            word for word in words if word.endswith("er") and (word in conjugated or _has_verb_forms(word, dictionary))
        ).union(_listed())
        self._others = frozenset(word for word in conjugated if word.endswith(("ir", "re")))
        self._by_form: defaultdict[str, list[str]] = defaultdict(list)
        self._masculines: dict[str, str] = {}
        for verb in self._others:
            for form in (agreeing := participles(verb)):
                self._by_form[form].append(verb)
                self._masculines[form] = agreeing[0]
        for stem, verb, endings in _present_stems(dictionary, self._others):
            for ending in endings:
                self._by_form[stem + ending].append(verb)

    def __contains__(self, word: str) -> bool:
        return word in self._first_group or word in self._others

    def infinitives(self, form: str) -> set[str]:
        """The verbs a form may belong to by rule."""
        found = {verb for verb in infinitives_in_er(form) if verb in self._first_group}
        return found.union(self._by_form.get(form, ()))

    def listed(self) -> Iterator[tuple[str, str]]:
        """The regular forms, with their verb, of the verbs that the dictionary lacks."""
        return ((verb[:-2] + ending, verb) for verb in _listed() for ending in _ENDINGS)

    def past_participle(self, form: str) -> str | None:
        """The masculine singular of a past participle of one of these verbs, None of any other form."""
        if form in self._masculines:
            return self._masculines[form]
        masculine = _masculine(form, _PAST)
        return masculine if masculine is not None and masculine[:-1] + "er" in self._first_group else None

    def present_participle(self, form: str) -> str | None:
        """The masculine singular of a present participle of one of these verbs that agrees like an adjective."""
        masculine = _masculine(form, _PRESENT)
        return masculine if masculine is not None and self.infinitives(masculine) else None


def infinitives_in_er(form: str) -> Iterator[str]:
    """Every spelling in -er whose regular forms include this one, whether there is such a verb or not."""
    for ending in _BY_LAST_LETTER.get(form[-1:], ()):
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST_STEM:
            stem = form[: -len(ending)]
            if not _is_misspelt(stem, ending):
                yield f"{stem}er"
            if stem[-1] in _OTHER_STEMS or "è" in stem[-3:]:
                yield from (f"{spelling}er" for spelling in _other_stems(stem, ending))


def _is_misspelt(stem: str, ending: str) -> bool:
    """Whether accents are missing: before a mute e there is a grave, before a and o there is no hard c (commerçant)."""
    if ending in _MUTE:
        return _WITH_A_GRAVE.search(stem) is not None
    return stem[-1] == "c" and ending.startswith(_BEFORE_THEM_SOFT)


def _masculine(form: str, endings: tuple[str, ...]) -> str | None:
    """The form without its agreement, None where it has none of these endings in any agreement."""
    if not form.endswith(endings):
        return None
    added = next(added for ending, added in zip(endings, _AGREEMENTS, strict=True) if form.endswith(ending))
    return form.removesuffix(added)


def participles(verb: str) -> tuple[str, ...]:
    """The four past participles of a verb that is not in -er; none where the data say so."""
    ending = _longest_ending(verb)
    if ending is None:
        return _agreeing(verb[:-1]) if verb.endswith("ir") else ()
    participle = _participle_endings()[ending]
    return _agreeing(verb[: -len(ending)] + participle) if participle else ()


def _present_stems(dictionary: Mapping[str, str], verbs: frozenset[str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Stems of the present with their verbs and endings: that of the imperfect (rendaient), or as the data say."""
    for form, verb in dictionary.items():
        if form.endswith("aient") and verb in verbs and len(form) > len("aient") + 1:
            stem = form.removesuffix("aient")
            if not _is_of_the_future(stem, verb):
                yield stem, verb, _OF_THE_PRESENT
    presents: dict[str, str] = read_data("verbs.yaml")["presents"]
    for ending, stem in presents.items():
        found = ((verb.removesuffix(ending) + stem, verb) for verb in verbs if verb.endswith(ending))
        yield from ((own, verb, _OF_A_LISTED_STEM) for own, verb in found)


def _is_of_the_future(stem: str, verb: str) -> bool:
    """Whether it is the stem of verraient or vivraient, which verre and vivres are no forms of; couraient has cour-."""
    return stem.endswith("r") and (not verb.startswith(stem) or verb.removesuffix("e") == stem)


def _agreeing(participle: str) -> tuple[str, ...]:
    feminine = _FEMININES.get(participle, participle + "e")
    plural = participle if participle.endswith("s") else {"dû": "dus", "mû": "mus"}.get(participle, participle + "s")
    return tuple(dict.fromkeys((participle, feminine, plural, feminine + "s")))


def _longest_ending(verb: str) -> str | None:
    return max((ending for ending in _participle_endings() if verb.endswith(ending)), key=len, default=None)


@cache
def _listed() -> tuple[str, ...]:
    return tuple(read_data("verbs.yaml")["verbs"].split())


@cache
def _participle_endings() -> dict[str, str]:
    found: dict[str, str] = read_data("verbs.yaml")["participles"]
    return found


def _other_stems(stem: str, ending: str) -> Iterator[str]:
    """Other spellings in infinitives: ç → c, mangea → mang-, appell- → appel-, achèt- → achet-, emploi- → employ-."""
    if stem.endswith("ç"):
        yield stem[:-1] + "c"
    if stem.endswith("ge") and ending.startswith(_BEFORE_THEM_SOFT):  # plongee is plongée
        yield stem[:-1]
    if stem[-3:] in ("ell", "ett"):  # appelle; fille is no form of filer
        yield stem[:-1]
    if stem.endswith("i"):
        yield stem[:-1] + "y"
    if "è" in stem[-3:]:
        head, _, tail = stem.rpartition("è")
        yield f"{head}é{tail}"
        yield f"{head}e{tail}"


def _has_verb_forms(word: str, dictionary: Mapping[str, str]) -> bool:
    """A word in -er with a form that only verbs have: télécharger has téléchargé, berger has none."""
    return any(dictionary.get(word[:-2] + sign) in (word, word[:-2] + "é") for sign in _SIGNS)
