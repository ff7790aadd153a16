"""What people type, made comparable: case, apostrophes, elisions."""

import re
import unicodedata

from pipelines.search.analysis import fold, lower
from pipelines.search.words import elisions

_ELISION = re.compile(r"(\w+)'(?=.*[^\W_])", re.DOTALL)
_LEADING_MARKS = re.compile(r"^(?:[^\w*?]|_)+")
_UNSEEN = "\xad\u200b\u2060\ufeff"  # soft hyphens and what else texts are read without
_AS_READ = str.maketrans("’ʼ`´‘", "'''''", _UNSEEN)


def canonical(text: str) -> str:
    """The text without case and what nobody sees, and with one kind of apostrophe."""
    return unicodedata.normalize("NFC", lower(text).translate(_AS_READ))


def without_elision(text: str) -> str:
    """Take `l'`, `d'`, `jusqu'` off the word, with the marks before it."""
    text = _LEADING_MARKS.sub("", text)
    found = _ELISION.match(text)
    while found is not None and fold(found[1]) in elisions():
        text = _LEADING_MARKS.sub("", text[found.end() :])
        found = _ELISION.match(text)
    return text


def is_elision(text: str) -> bool:
    """Whether it is `l'` or `jusqu'` with nothing behind the apostrophe."""
    typed = canonical(text)
    return typed.endswith("'") and fold(typed[:-1]) in elisions()
