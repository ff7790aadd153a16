"""Tokens: a text cut into numbers, words and signs, each with its offsets.

Here is how figures in digits are written in French (thousands, decimals) and how words are made comparable (case,
accents, elisions). What the words mean is elsewhere.
"""

import re
import unicodedata
from functools import lru_cache

_LETTERS = r"A-Za-zÀ-ÖØ-öø-ɏͰ-ϿḀ-ỿµ\u0300-\u036f"
_SPACE = "[ \u00a0\u2009\u202f]"
_TOKEN = re.compile(
    rf"""  # words are most of a text: tried first, and nothing of one is given back
    [{_LETTERS}]++ (?: \s++ | ['’](?=[{_LETTERS}«€$£0-9]) (?:(?<=[Aa]ujourd['’])hui)?+ \s*+ | )
  | (?: [0-9]{{1,3}} (?:{_SPACE}[0-9]{{3}})+ (?![0-9]) (?:,[0-9]+)?            # 1 234 567,8
      | [0-9]{{1,3}} (?:\.[0-9]{{3}})+ (?![0-9.]) (?:,[0-9]+)?                 # 1.234.567,8
      | [0-9]{{1,3}} (?:(?:,[0-9]{{3}}){{2,}}(?![0-9]) (?:\.[0-9]+)? | (?:,[0-9]{{3}})+\.[0-9]+)  # 1,234,567.8
      | [0-9]+ (?:[.,][0-9]+)? (?:e[+-]?[0-9]{{1,2}}(?![0-9A-Za-z]))?          # 12,5 and 1.2e+9
      | \S ) \s*+
    """,
    re.VERBOSE,
)
_MOST_DIGITS = 18  # a longer run of digits is an identifier, not a quantity
_GREATEST = 1e18
_FUNCTION_WORDS = {
    "d'": "de", "du": "de", "des": "de", "l'": "le", "la": "le", "les": "le", "aux": "au",
    "à": "a", "qu'": "que", "n'": "ne", "jusqu'": "jusque",
}  # fmt: skip
_TOLD_APART_BY_ACCENT = frozenset(("à", "dès", "dû", "là", "où", "sûr"))  # a, des, du, la, ou, sur are other words


@lru_cache(maxsize=1 << 16)
def fold(word: str) -> str:
    """A word without case, accents, ligatures and typographic apostrophes: « Où » → ou, « L’ » → l'."""
    if word == "A":
        return "à"  # capitals often have no accent
    if (lowered := word.lower()) in _TOLD_APART_BY_ACCENT:
        return lowered
    decomposed = unicodedata.normalize("NFKD", word.replace("œ", "oe").replace("Œ", "oe").replace("’", "'"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).lower()


@lru_cache(maxsize=1 << 16)
def key(word: str) -> str:
    """The folded word, with one form for de, du, des, d'; for le, la, les, l'; for au, aux."""
    folded = fold(word)
    return _FUNCTION_WORDS.get(folded, folded)


def words_of(text: str) -> list[str]:
    """The numbers, words and signs of a text, in order; nothing but white space stands between them."""
    return [word.rstrip() for word in _TOKEN.findall(text)]


def spaced_words(text: str) -> list[str]:
    """The words of a text that starts with one, each with the white space after it."""
    return _TOKEN.findall(text)


def digits_value(digits: str) -> float | None:
    """The number those digits write, None where there are too many digits for a quantity."""
    if len(digits) > 2 * _MOST_DIGITS or sum(char.isdecimal() for char in digits) > _MOST_DIGITS:
        return None
    plain = re.sub(_SPACE, "", digits)
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?", plain) and not plain.startswith("0."):
        plain = plain.replace(".", "")
    elif plain.count(",") > 1 or ("," in plain and "." in plain):
        plain = plain.replace(",", "")
    value = float(plain.replace(",", "."))
    return value if value < _GREATEST else None
