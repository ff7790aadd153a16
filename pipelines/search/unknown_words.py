"""Words that no dictionary has: new verbs, inhabitants, names. What their endings say of them, and nothing more.

A guessed lemma begins with `~`, so that it is never taken for a word. The first one of a form is the noun or adjective
it looks like, without plural and feminine; the others are the verbs it may belong to. Derived words stay apart:
artificialisation is not artificialiser.
"""

import re

from pipelines.search.analysis import fold
from pipelines.search.verbs import infinitives_in_er

_SHORTEST_GUESSED = 5  # below, what is left is no longer a word: ants is not ant
_SURE_VERB = re.compile(r"(?:is|ifi)(?:er|ent|ons|ez|ait|aient|ant|era|eront|erait|eraient)$")
_ORDINAL = re.compile(r"(\d+|[ivx]+)(?:er|re|ère|ere|nde?|i?[eè]me|e)s?$")  # 1er, 2e, 33ème, xixe
_ENDINGS = (
    (re.compile(r"(?:ée|és|ées)$"), "é"),
    (re.compile(r"(?:antes|ante|ants)$"), "ant"),
    (re.compile(r"(?:oises|oise)$"), "ois"),
    (re.compile(r"(?:aises|aise)$"), "ais"),
    (re.compile(r"(?<=\w{4})(?:euses|euse|eurs|eux)$"), "eur"),
    (re.compile(r"(?:trices|trice)$"), "teur"),
    (re.compile(r"(?<=\w{3}i)enn(?:es|e)$"), "en"),
    (re.compile(r"(?<=\w{3}[ts])iv(?:es|e)$"), "if"),
    (re.compile(r"(?<=\w{3}(?:nn|ti|ci|tu))ell(?:es|e)$"), "el"),
    (re.compile(r"(?<=\w{3})(?:ales|ale|aux)$"), "al"),
    (re.compile(r"(?<=[^siuè])s$"), ""),
)
_OF_A_TRADE = re.compile(r"ières?$")  # huissière, vivrière


def guessed(form: str) -> tuple[str, ...]:
    """The lemmas of a form that no dictionary has, the nearest first."""
    if ordinal := _ORDINAL.match(form):
        return (f"~{ordinal[1]}e",)
    if len(form) < _SHORTEST_GUESSED or not form.isalpha():
        return ("~" + _folded(form),)
    verbs = tuple(sorted({"~" + fold(verb) for verb in infinitives_in_er(form)}))
    word = "~" + _folded(_singular_masculine(form))
    found = (*verbs, word) if _SURE_VERB.search(form) else (word, *verbs)
    return tuple(dict.fromkeys(found))


def relatives(form: str) -> tuple[str, ...]:
    """What the dictionary may have in place of a form: its singular, its masculine, the plural of a feminine."""
    if len(form) < _SHORTEST_GUESSED:
        return ()
    singular = (form[:-1],) if form.endswith(("s", "ux")) else ()
    plural = (f"{form}s",) if form.endswith("e") else ()
    return tuple(dict.fromkeys((*singular, _singular_masculine(form), *plural, _OF_A_TRADE.sub("ier", form))))


def _singular_masculine(form: str) -> str:
    for ending, masculine in _ENDINGS:
        if ending.search(form):
            return ending.sub(masculine, form)
    return form


def _folded(form: str) -> str:
    """Folded letters, but for the é of a participle: impacté is not impacte."""
    return fold(form[:-1]) + "é" if form.endswith("é") else fold(form)
