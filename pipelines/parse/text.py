"""Text as the records keep it: repaired, in NFC, white space folded; nothing else is changed.

Typographic apostrophes, quotation marks and no-break spaces stay as published. A run of spaces becomes one plain space;
the line breaks of a page separate paragraphs.
"""

import re
import unicodedata
from collections.abc import Iterable

_SPACES = re.compile(
    "\\s(?:\\s+|(?<![ \u00a0\u202f]))"
)  # a run, or one that is neither a plain space nor a no-break one
_INVISIBLE = dict.fromkeys([*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF])


def _byte_of(char: str) -> int | None:
    """The Windows-1252 byte of a character; a C1 control stands for its own byte."""
    if 0x80 <= ord(char) <= 0x9F:
        return ord(char)
    try:
        return char.encode("cp1252")[0]
    except UnicodeEncodeError:
        return None


_HIGH = {char: byte for char in map(chr, range(0x80, 0x2123)) if (byte := _byte_of(char)) is not None}
_CONTINUATION = "".join(sorted(char for char, byte in _HIGH.items() if byte < 0xC0))
# "Ã©" for é, "Â»" for », "Å“" for œ, "â€™" for ’: UTF-8 read as Windows-1252 and encoded once more
_TWICE_ENCODED = re.compile(f"[ÂÃÅ][{re.escape(_CONTINUATION)}]|â[{re.escape(_CONTINUATION)}]{{2}}")
_LEADS = "ÂÃÅâ"  # what each of them begins with
_LOST_A_GRAVE = re.compile(r"Ã(?= )")  # "Ã" + no-break space, folded on the way
_LOST_NO_BREAK = re.compile(r"Â(?= [\d%€:;?!])")  # "Â" + no-break space, likewise: 9Â 030, 12Â %
_FOLDED_HYPHEN = re.compile(r"[^\W\d_]-$")
_REPLACED = _INVISIBLE | {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
_UNWANTED = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u2060\ufeff]")
_FIRST_COMBINING = "\u0300"
_FRENCH = frozenset([*map(chr, range(0xA0, 0x100)), *map(chr, range(0x2010, 0x2040)), *"ŒœŠšŸŽž€™−≤≥"])


def clean(text: str) -> str:
    """One line as the records keep it: encoding damage repaired, NFC, runs of white space folded.

    A no-break space alone (50 %) is typography and stays as published; in a run it is layout.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _decoded_once(text))
    if _UNWANTED.search(text):
        text = text.translate(_REPLACED)
    if "\u00a0" in text or "\u202f" in text:
        return _SPACES.sub(" ", text).strip()
    return " ".join(text.split())  # the same without a no-break space, and far quicker


def one_spaced(line: str) -> str:
    """A line whose typography does not matter: every space, the no-break ones included, is one plain space."""
    return " ".join(line.split())


def unfold(line: str, following: str) -> str:
    """Two lines that were one before a fold; `Seine-Saint-` goes on with `Denis` at once."""
    return f"{line}{following}" if _FOLDED_HYPHEN.search(line) else f"{line} {following}"


def join_paragraphs(lines: Iterable[str]) -> str | None:
    """The lines as one text, or None when there is none."""
    return "\n".join(lines) or None


def key(text: str) -> str:
    """What a label or a word is compared by: lower case, no accents, plain apostrophes, no closing `:` or `>`."""
    bare = text.lower()
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'").replace("ʼ", "'")
        bare = "".join([char for char in plain if char < _FIRST_COMBINING or not unicodedata.combining(char)])
    return " ".join(bare.split()).rstrip(" :>|.")


def _decoded_once(text: str) -> str:
    """The text without what was encoded to UTF-8 twice, or three times."""
    for _ in range(2):
        if not any(sign in text for sign in _LEADS):
            break
        before = text
        text = _LOST_NO_BREAK.sub("", _LOST_A_GRAVE.sub("à", _TWICE_ENCODED.sub(_repaired, text)))
        if text == before:
            break
    return text


def _repaired(found: re.Match[str]) -> str:
    code = bytes(_HIGH[char] for char in found[0])
    try:
        char = code.decode("utf-8")
    except UnicodeDecodeError:
        return found[0]
    return char if char in _FRENCH else found[0]
