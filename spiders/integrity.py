"""Whether a response is whole, and whether it is the page that was asked for; what it says is for the parsers.

Scrapy hands on half a gzip stream as a page, and any body with status 200. Here a body is decoded to the end of its
stream or refused; an HTML page must close; a question's page must name the number, the term and the procedure asked for
and carry a date beside its publication. The looks are at bytes and labels that every layout of the site has shown.
"""

import html
import re
import zlib
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from schemas.identity import QuestionKey, QuestionType

FLAG: Final = "questarium:"
"""Prefix of the flag that names what is wrong with a response."""

_TAG = re.compile(r"<[^<>]*>")
_HIDING = re.compile(r"<(?P<end>/?)(?P<tag>script|style|head)\b[^<>]*>", re.IGNORECASE)
# "Question N° 12526", "Question écrite n° 6287 :", "Question N° : 48328", with the degree sign whole or broken
_NUMBER = re.compile(r"\bquestions?\b[^\d<>]{0,40}?\bn(?:[^\w\s]{1,3}|o)?\s*:?\s*(\d{1,7})\b", re.IGNORECASE)
# "15ème législature", "17e Législature"; accents may be broken
_TERM = re.compile(r"\b(\d{1,2})\s*(?:e|è|ème|eme|\W{1,3}me)\s*l.{1,3}gislature", re.IGNORECASE)
# "Question publiée au JO le : 02/10/2018", "Question publiée le 6 mai 2025", "Question retirée le: 21/06/2022",
# "Date de la séance : mardi 6 mai 2025"
_DATED = re.compile(r"\b(?:publi|retir|date de la s.{1,2}ance)[^\d]{1,60}\d{1,2}\D{1,12}\d", re.IGNORECASE)
_PROCEDURES: Final = {
    QuestionType.QE: re.compile(r"\bquestions? .{1,2}crites?\b|\bQE\b", re.IGNORECASE),
    QuestionType.QG: re.compile(r"\bquestions? au gouvernement\b|\bQG\b", re.IGNORECASE),
    QuestionType.QOSD: re.compile(r"\bquestions? orales?\b|\bQOSD\b", re.IGNORECASE),
}
_CLOSED = re.compile(rb"</html\s*>\s*(?:<!--(?:(?!-->).)*-->\s*)*\Z", re.IGNORECASE | re.DOTALL)


class DamagedBodyError(ValueError):
    """A body that cannot be taken; its text is the reason: `truncated`, `too_big`, `encoding`."""


class IntegrityMiddleware:
    """Decodes bodies, and flags the responses that must not be archived as what was asked for."""

    def __init__(self, max_size: int) -> None:
        self._max_size = max_size

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "IntegrityMiddleware":
        """Take the size limit from the settings."""
        return cls(crawler.settings.getint("DOWNLOAD_MAXSIZE"))

    def process_response(self, request: Request, response: Response) -> Response:
        """Replace the body by the decoded one; add a flag when something is wrong with it."""
        encodings = response.headers.to_unicode_dict().get("Content-Encoding", "")
        try:
            body = decode(response.body, encodings, self._max_size)
        except DamagedBodyError as damage:
            return response.replace(flags=[*response.flags, f"{FLAG}{damage}"])
        headers = response.headers.copy()
        headers.pop("Content-Encoding", None)
        whole = response.replace(body=body, headers=headers)
        reason = fault_of(whole, request.meta.get("question"))
        return whole.replace(flags=[*whole.flags, f"{FLAG}{reason}"]) if reason else whole


def reason_flagged(response: Response) -> str | None:
    """What the middleware found wrong with a response; None when nothing."""
    return next((flag.removeprefix(FLAG) for flag in response.flags if flag.startswith(FLAG)), None)


def decode(body: bytes, encodings: str, max_size: int) -> bytes:
    """Undo the content encodings, last first, and prove each stream complete.

    Raises:
        DamagedBodyError: the stream is cut or broken, expands beyond `max_size` bytes, or has an encoding we did not
            ask for and cannot check.
    """
    for name in reversed([part.strip().lower() for part in encodings.split(",") if part.strip()]):
        if name in {"gzip", "x-gzip"}:
            body = _inflate(body, zlib.MAX_WBITS | 16, max_size)
        elif name == "deflate":
            # Both forms are in use: with the zlib header, as the standard has it, and without.
            zlib_header = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2]) % 31 == 0
            body = _inflate(body, zlib.MAX_WBITS if zlib_header else -zlib.MAX_WBITS, max_size)
        elif name != "identity":
            raise DamagedBodyError("encoding")
    return body


def fault_of(response: Response, question: QuestionKey | None) -> str | None:
    """What is wrong with a decoded response; None when it may be taken for what was asked."""
    if {"partial", "dataloss"} & set(response.flags):
        return "truncated"
    if response.status != 200 or question is None:
        return None
    if not response.body.strip():
        return "truncated"
    wrong = stranger(response.body, question)
    if wrong and is_cut(response.body):
        return "truncated"
    return wrong or (None if is_closed(response.body) else "truncated")


def is_closed(body: bytes) -> bool:
    """Whether an HTML page ends with its closing tag."""
    return _CLOSED.search(body, max(0, len(body) - 4096)) is not None


def is_cut(body: bytes) -> bool:
    """Whether a body begins as an HTML page does and does not end as one."""
    return re.search(rb"<(?:!doctype|html|head|body)\b", body[:4096], re.IGNORECASE) is not None and not is_closed(body)


def stranger(body: bytes, question: QuestionKey) -> str | None:
    """Why a page is not that question's; None when it is.

    `no_question`, `wrong_number`, `wrong_term`, or `wrong_procedure`: it names one, and not the one asked for.
    """
    text = _visible(body)
    number = _NUMBER.search(text)
    if number is None or _DATED.search(text) is None:
        return "no_question"
    if int(number[1]) != question.number:
        return "wrong_number"
    terms = {int(found) for found in _TERM.findall(text)}
    if terms and question.term not in terms:
        return "wrong_term"
    named = [procedure for procedure, pattern in _PROCEDURES.items() if pattern.search(text)]
    return "wrong_procedure" if named and question.type not in named else None


def _visible(body: bytes) -> str:
    """The text that a reader sees, near enough to look for labels in it."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = body.decode("cp1252", errors="replace")
    return " ".join(html.unescape(_TAG.sub(" ", _shown(text))).split())


def _shown(text: str) -> str:
    """The page without its head, scripts and styles; what is not closed hides the rest, as in a browser."""
    shown: list[str] = []
    start, hidden = 0, ""
    for mark in _HIDING.finditer(text):
        tag = mark["tag"].lower()
        if not hidden and not mark["end"]:
            shown.append(text[start : mark.start()])
            hidden = tag
        elif mark["end"] and tag == hidden:
            start, hidden = mark.end(), ""
    return " ".join(shown if hidden else [*shown, text[start:]])


def _inflate(body: bytes, window: int, max_size: int) -> bytes:
    """Decode one or several streams on end; each must reach its own end."""
    decoded = b""
    while True:
        stream = zlib.decompressobj(window)
        try:
            decoded += stream.decompress(body, max_size - len(decoded) + 1)
        except zlib.error as error:
            raise DamagedBodyError("truncated") from error
        if len(decoded) > max_size:
            raise DamagedBodyError("too_big")
        if not stream.eof:
            raise DamagedBodyError("truncated")
        body = stream.unused_data
        if not body.strip(b"\0"):
            return decoded
