"""Plain text: one byte for each character, in small letters, its digits as 0 and its signs and spaces as spaces.

It is made and looked through far quicker than the text itself, of which most sentences hold no figure.
"""

_SIGNS = "'-,.;:!?()[]«»\"/*"  # what may stand beside a word without a space
_SPACES = "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u00a0"
_DIGITS = "123456789½¼¾"
_TABLE = (
    bytes(range(256))
    .decode("latin-1")
    .lower()
    .translate({ord(char): by for by, chars in ((" ", _SIGNS + _SPACES), ("0", _DIGITS)) for char in chars})
    .encode("latin-1")
)
_OTHER = b"\xff"  # for each character that neither Latin-1 has nor this table
_BEYOND = {
    **dict.fromkeys("’‑–—…“”\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "),
    **dict.fromkeys("⅓⅔⅕⅛", "0"),
    "œ": "\xf8",  # and a letter that French has not
    "Œ": "\xf8",
    "?": " ",  # which then stands for all others
}


def plain(text: str) -> bytes:
    """The plain text of a text; offsets stay."""
    try:
        return text.encode("latin-1").translate(_TABLE)
    except UnicodeEncodeError:
        for char, by in _BEYOND.items():
            text = text.replace(char, by)
        return text.encode("latin-1", "replace").replace(b"?", _OTHER).translate(_TABLE)


def plain_words(words: frozenset[str]) -> frozenset[bytes]:
    """The plain words of a set, those of several words or signs left out."""
    return frozenset(found for found in map(plain, words) if b" " not in found)
