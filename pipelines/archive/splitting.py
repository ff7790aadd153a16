"""Files of many questions cut into one body a question, and the key that each names; nothing else is read of them.

The open data of the 14th term are one file of all questions, those of later terms one file a question
(https://data.assemblee-nationale.fr). A body cut out of a larger file is as it stands there, with the wrapping that
the files of single questions have.
"""

import codecs
import io
import json
import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, Final

from schemas.errors import ParseError
from schemas.identity import QuestionKey, QuestionType

MAX_QUESTION: Final = 16 << 20
"""Bytes: the longest question with its answer is a hundredth of it."""

_HEAD = 4096
_CHUNK = 1 << 20
# "uid": "QANR5L15QE12526", <uid>QANR5L15QE12526</uid>
_UID = re.compile(rb"""["<]uid(?:"\s*:\s*"|>\s*)QANR\d+L(\d{1,3})(QE|QG|QOSD)(\d{1,7})\b""")
_DECLARATION = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]*\?>")
_XML_START = re.compile(rb"<question(?=[\s>])")
_XML_END = b"</question>"
_BLANKS = " \t\r\n"
_BLANKS_AND_COMMA = _BLANKS + ","
_NUMBER_GOES_ON = frozenset({"", ".", *(exponent + sign for exponent in "eE" for sign in ("", "+", "-"))})
"""What may follow a number when the text read so far ends within it."""
_decode = json.JSONDecoder().raw_decode


def question_key(body: bytes) -> QuestionKey | None:
    """The question that an open-data body is of, by its uid; None when it names none."""
    found = _UID.search(body)
    if found is None:
        return None
    return QuestionKey(
        parliament="fr-an", term=int(found[1]), type=QuestionType(found[2].decode()), number=int(found[3])
    )


def holds_open_data(head: bytes) -> bool:
    """Whether a file that begins with these bytes (some thousands) holds questions of the open data."""
    return _UID.search(head) is not None


def named_questions(content: BinaryIO, size: int, name: str) -> Iterator[tuple[str, bytes]]:
    """The questions in an open-data file, each with its uid, or its place in the file where it has none.

    A small file that cannot be cut up comes as it is.

    Args:
        content: what the file holds.
        size: its bytes.
        name: what the file is called.

    Raises:
        ParseError: as `split_questions` does, for a large file.
    """
    for place, body in enumerate(_questions_in(content, size)):
        key = question_key(body)
        yield f"QANR5L{key.term}{key.type}{key.number}" if key else f"{name}/{place}", body


def _questions_in(content: BinaryIO, size: int) -> Iterable[bytes]:
    if size > MAX_QUESTION:
        return split_questions(content)
    whole = content.read()
    try:
        return list(split_questions(io.BytesIO(whole)))
    except ParseError:
        return [whole]


def split_questions(content: BinaryIO) -> Iterator[bytes]:
    """The questions in an open-data file, JSON or XML, each as a file of its own would be.

    A JSON file of one question comes as it is. Raises ParseError (`damaged`, `unknown_format`, `too_big`, or what
    reading the content raises); what came before has been handed out.
    """
    head = content.read(_HEAD)
    start = head.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if start == b"{":
        yield from _split_json(_Text(head, content))
    elif start == b"<":
        yield from _split_xml(head, content)
    else:
        raise ParseError("unknown_format", "neither JSON nor XML")


class _Text:
    """Text that is read as far as it is needed; `text` from `at` on has not been used up."""

    def __init__(self, head: bytes, content: BinaryIO) -> None:
        self._content = content
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self.at = 0
        self.text = self._decoded(head, final=False)

    def more(self) -> bool:
        """Read on; False at the end."""
        chunk = self._content.read(_CHUNK)
        self.text += self._decoded(chunk, final=not chunk)
        return bool(chunk)

    def skip(self, characters: str) -> str:
        """Pass over these characters; the one that follows, or nothing at the end."""
        while True:
            while self.at < len(self.text) and self.text[self.at] in characters:
                self.at += 1
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                return ""

    def value(self) -> object:
        """The JSON value that begins here, passed over."""
        while True:
            try:
                found, end = _decode(self.text, self.at)
            except json.JSONDecodeError as error:
                if len(self.text) - self.at > MAX_QUESTION or not self.more():
                    raise ParseError("damaged", f"no JSON at this place ({error.msg})") from error
            else:
                if self.text[end : end + 3] not in _NUMBER_GOES_ON or not self.more():
                    self.at = end
                    return found

    def drop_used(self) -> None:
        """Forget what was passed over."""
        self.text, self.at = self.text[self.at :], 0

    def rest(self) -> str:
        """All of the text, to its end."""
        while self.more():
            if len(self.text) > MAX_QUESTION:
                raise ParseError("too_big", f"one question of more than {MAX_QUESTION >> 20} MiB")
        return self.text

    def _decoded(self, data: bytes, *, final: bool) -> str:
        try:
            return self._decoder.decode(data, final)
        except UnicodeDecodeError as error:
            raise ParseError("damaged", f"JSON that is no UTF-8 ({error})") from error


def _split_json(text: _Text) -> Iterator[bytes]:
    if not _enter_list(text):
        text.at = 0
        yield text.rest().encode()
        return
    while (mark := text.skip(_BLANKS_AND_COMMA)) == "{":
        text.drop_used()
        text.value()
        yield b'{"question": ' + text.text[: text.at].encode() + b"}"
    if mark != "]":
        raise ParseError("damaged", "the list of questions does not end")


def _enter_list(text: _Text) -> bool:
    """Go to the first element of the first list of objects; False where the file is one question."""
    while (mark := text.skip(_BLANKS_AND_COMMA + "{}")) == '"':
        if text.value() == "uid":
            return False
        text.skip(_BLANKS)
        text.at += 1  # the colon
        mark = text.skip(_BLANKS)
        if mark == "[":
            place = text.at
            text.at += 1
            if text.skip(_BLANKS) == "{":
                return True
            text.at = place
        if mark != "{":
            text.value()
    if mark:
        raise ParseError("damaged", f"no JSON object at this place ('{mark}')")
    return False


def _split_xml(head: bytes, content: BinaryIO) -> Iterator[bytes]:
    declaration = _DECLARATION.match(head)
    prefix = declaration[0].lstrip() if declaration else b""
    data, found = head, 0
    while True:
        start = _XML_START.search(data)
        end = data.find(_XML_END, start.end()) if start else -1
        if start and end >= 0:
            found += 1
            yield prefix + data[start.start() : end + len(_XML_END)]
            data = data[end + len(_XML_END) :]
            continue
        if len(data) > MAX_QUESTION:
            raise ParseError("too_big", f"one question of more than {MAX_QUESTION >> 20} MiB")
        chunk = content.read(_CHUNK)
        if not chunk:
            break
        data = (data[start.start() :] if start else data[-len(_XML_END) :]) + chunk
    if start:
        raise ParseError("damaged", "the last question does not end")
    if not found:
        raise ParseError("unknown_format", "XML without questions")
