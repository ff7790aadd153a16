"""When two forms of one value are alike: the rules that `sources.yaml` names, each a form to compare by.

A rule says what is representation and not content; two values that differ by more are a disagreement.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from pipelines.normalise.registry import Registry

_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("’ʼ`", "'") | dict.fromkeys("‐‑–—", "-") | dict.fromkeys("“”", '"') | {"…": "..."}
)
_SEAT = re.compile(r" ?\(\d{1,2}(?:re|er|e|ère|ème) circonscription\)", re.IGNORECASE)


def _blanks(text: str) -> str:
    """Every run of blanks, line breaks and no-break blanks is one blank; none stands before a stop."""
    return re.sub(r" (?=[,.;:!?»%)])|(?<=[«(]) ", "", " ".join(text.split()))


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))


_RULES: Mapping[str, Callable[[str], str]] = {
    "blanks": _blanks,
    "typography": lambda text: text.translate(_TYPOGRAPHY),
    "accents": _without_accents,
    "case": str.casefold,
    "final_stop": lambda text: text.rstrip(". "),
    "word_order": lambda text: " ".join(sorted(re.findall(r"\w+", text))),
    "seat_number": lambda text: _SEAT.sub("", text),
}


def are_alike(one: str, other: str, rules: Sequence[str], ministries: Registry) -> bool:
    """Whether two values say the same by the rules; raises KeyError for a rule that there is not."""
    if one == other:
        return True
    if "ministry" in rules:
        return ministries.same(one, other)
    for rule in rules:
        one, other = _RULES[rule](one), _RULES[rule](other)
    return one == other
