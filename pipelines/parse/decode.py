"""Bytes to characters, without a silent replacement character.

Old pages declare ISO-8859-1 and mean Windows-1252; some say UTF-8 and are not. Text encoded twice is repaired later,
line by line (`text`), since it can also come out of HTML entities.
"""

import codecs
import re
from dataclasses import dataclass

from pipelines.parse.draft import Problem
from schemas.errors import ParseError

MAX_BYTES = 8 * 1024 * 1024  # the largest question page known is under 300 kB
MAX_FILE_BYTES = 64 * 1024 * 1024  # a JSON or XML file may hold the questions of a whole issue of the JO

_CHARSET = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_SINGLE_BYTE = {"iso8859-1": "cp1252", "ascii": "cp1252", "cp1252": "cp1252", "iso8859-15": "iso8859-15"}
_STRUCTURED = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,99}(?:[{\[]|<\?xml|<question)", re.IGNORECASE)
_CONTROLS = bytes([*range(0x00, 0x09), *range(0x0E, 0x20)])
_BINARY_SHARE = 0.02
_CUT_CHARACTER = 3  # a character cut at the end leaves at most three bytes of UTF-8


@dataclass(frozen=True)
class Decoded:
    """The characters of a body, and what was damaged."""

    text: str
    problems: tuple[Problem, ...] = ()


def decode(body: bytes, media_type: str) -> Decoded:
    """Decode a body.

    Raises:
        ParseError: `empty`, `too_big` or `undecodable`.
    """
    limit = MAX_FILE_BYTES if _STRUCTURED.match(body) else MAX_BYTES
    if len(body) > limit:
        raise ParseError("too_big", f"{len(body)} bytes; the limit is {limit}")
    if not body.strip(b" \t\r\n\x00"):
        raise ParseError("empty", f"{len(body)} bytes and no text")
    for bom, encoding in _BOMS:
        if body.startswith(bom):
            return _after_bom(body[len(bom) :], encoding)
    _refuse_binary(body)
    try:
        return _checked(body.decode())
    except UnicodeDecodeError as error:
        return _not_utf8(body, media_type, error)


def _after_bom(body: bytes, encoding: str) -> Decoded:
    try:
        return _checked(body.decode(encoding))
    except UnicodeDecodeError as error:
        raise ParseError(
            "undecodable", f"begins as {encoding}, but byte {error.start} is not: {error.reason}"
        ) from None


def _refuse_binary(body: bytes) -> None:
    controls = len(body) - len(body.translate(None, _CONTROLS))
    if controls > len(body) * _BINARY_SHARE:
        raise ParseError("undecodable", f"{controls} control characters in {len(body)} bytes: this is no text")


def _not_utf8(body: bytes, media_type: str, error: UnicodeDecodeError) -> Decoded:
    """Windows-1252 (or what is declared), unless the body is mostly sound UTF-8: then it is damaged UTF-8."""
    if error.start >= len(body) - _CUT_CHARACTER and error.reason == "unexpected end of data":
        cut = Problem("truncated", "text", "the last character is cut in the middle")
        return Decoded(body[: error.start].decode(), (cut,))
    high = b" ".join(body.translate(_BLANKED).split())
    sound = len(_MULTIBYTE.findall(high))
    strange = len(_MULTIBYTE.sub(b"", high).replace(b" ", b""))
    if sound > strange:
        return _damaged_utf8(body, strange)
    encoding = _declared(body, media_type)
    try:
        return _checked(body.decode(encoding))
    except UnicodeDecodeError as failed:
        raise ParseError("undecodable", f"neither UTF-8 nor {encoding}: byte {failed.start} {failed.reason}") from None


# well-formed sequences of two and three bytes (Unicode 15, table 3-7); longer ones do not occur in French
_MULTIBYTE = re.compile(rb"[\xc3-\xdf\xc2][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xe0[\xa0-\xbf][\x80-\xbf]")
_BLANKED = b" " * 0x80 + bytes(range(0x80, 0x100))  # what is no ASCII stays


def _damaged_utf8(body: bytes, strange: int) -> Decoded:
    """Sound UTF-8 with a few stray bytes: those are read as Windows-1252, and reported."""
    pieces: list[str] = []
    rest = body
    while rest:
        try:
            pieces.append(rest.decode())
            break
        except UnicodeDecodeError as error:
            pieces.append(rest[: error.start].decode())
            stray = rest[error.start : error.start + 1]
            try:
                pieces.append(stray.decode("cp1252"))
            except UnicodeDecodeError:
                raise ParseError("undecodable", f"UTF-8 with {strange} stray bytes, {stray!r} among them") from None
            rest = rest[error.start + 1 :]
    damage = Problem("mixed_encoding", "text", f"UTF-8 with {strange} stray bytes, read as Windows-1252")
    return Decoded("".join(pieces), (damage,))


def _declared(body: bytes, media_type: str) -> str:
    """The declared single-byte encoding; Windows-1252 where none, or another, is declared."""
    for declaration in (media_type.encode("ascii", "ignore"), body[:4096]):
        found = _CHARSET.search(declaration)
        if found is None:
            continue
        try:
            name = codecs.lookup(found[1].decode("ascii")).name
        except LookupError:
            continue
        if name in _SINGLE_BYTE:
            return _SINGLE_BYTE[name]
    return "cp1252"


def _checked(text: str) -> Decoded:
    """A replacement character in the source itself is damage done before us: kept, and reported."""
    lost = text.count("\ufffd")
    if not lost:
        return Decoded(text)
    damage = Problem("replacement_character", "text", f"the source itself has {lost} replacement characters (U+FFFD)")
    return Decoded(text, (damage,))
