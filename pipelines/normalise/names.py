"""Names in reading order: `MASSON Jean Louis` → `Jean Louis Masson`, `Le Nay Jacques` → `Jacques Le Nay`."""

import re

_FIRST_NAMES_JOINED = frozenset(  # first halves of two-word first names that are printed without a hyphen
    {"Anne", "Charles", "Claude", "Henri", "Jean", "José", "Louis", "Luc", "Marc", "Marie", "Paul", "Pierre", "Rose"}
)
_LETTERS = re.compile(r"[^\W\d_]+")


def reading_order(name: str, *, surname_first: bool) -> str:
    """The name as it is said. A surname printed in capitals is told by them; any other leaves the last word first."""
    words = name.split()
    if not surname_first or len(words) < 2:
        return name
    capitals = [index for index, word in enumerate(words) if _is_capitals(word)]
    split = capitals[-1] + 1 if capitals else _first_name_at(words)
    if split >= len(words):
        return name
    surname = [_small_letters(word) if _is_capitals(word) else word for word in words[:split]]
    return " ".join([*words[split:], *surname])


def _is_capitals(word: str) -> bool:
    """Whether a word is in capitals, such as LE, d'ABOVILLE, N'GUYEN; an initial (`J.`) is not."""
    parts = [part for part in _LETTERS.findall(word) if len(part) > 1]
    return bool(parts) and any(part.isupper() for part in parts) and not any(part.istitle() for part in parts)


def _first_name_at(words: list[str]) -> int:
    """Where the first name begins in `surname first name`: at the last word, or the one before in `Jean Louis`."""
    last = len(words) - 1
    return last - 1 if last >= 2 and words[last - 1] in _FIRST_NAMES_JOINED else last


def _small_letters(word: str) -> str:
    return _LETTERS.sub(lambda part: part[0].capitalize() if part[0].isupper() else part[0], word)
