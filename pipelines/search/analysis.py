r"""Text analysis: the tokens both engines make of a text, with their places in it.

A text is brought to NFC and split at everything that is neither letter nor number (`[\p{IsAlphabetic}\p{N}]+` in
Elasticsearch, the simple tokenizer in tantivy), and at ʼ, a letter to Unicode and an apostrophe in French texts. Each
token is lower-cased (plain) and stripped of its accents (folded, the table of Lucene's ASCIIFoldingFilter and of
tantivy's). Nothing is dropped and nothing is stemmed: what belongs to French (elisions, forms, stop words) is a matter
of the query, not of the text.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from functools import cache, cached_property, lru_cache
from itertools import islice
from pathlib import Path
from typing import AnyStr, NamedTuple

import orjson

_DATA = Path(__file__).parent / "data"
# Letters that compose with the one before without being combining marks: Hangul vowels and finals, Indic signs.
_JOINING_LETTERS = frozenset(map(chr, range(0x1160, 0x1200))) | frozenset(
    "\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0cc2\u0cd5\u0cd6\u0d3e\u0d57\u0dcf\u0ddf\u0fb5\u0fb7\u102e\u1b35"
    "\U00011127\U0001133e\U00011357\U000114b0\U000114ba\U000114bd\U000115af\U00011930"
)

FRENCH = "cp1252"
"""A charset with every French letter, quotes, dashes and €, all in one piece (NFC)."""

LETTER_APOSTROPHE = "\u02bc"
"""ʼ, a letter to Unicode and to both engines: what is indexed has ’ in its place."""

_JOINTS = ("_", LETTER_APOSTROPHE)
_LATIN = "latin-1"  # the beginning of Unicode: its letters are all in one piece
_NOT_FOLDED = b"?"
_BEGINNING = 3  # letters
_SOUGHT_ONE_BY_ONE = 24  # beginnings of forms; of more, those of the forms that are among the tokens are sought
_WORD = re.compile(r"\w+")
_BEYOND_MARKS = re.compile(r"[^\x00-\u0344\u2000-\u23ff]")  # where there is none of data/alphabetic_marks.txt


class Token(NamedTuple):
    """One token: lower-cased, lower-cased without accents, and its place in the text it was read from."""

    plain: str
    folded: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """All tokens of `text` in order; offsets are code points of the text as given, even when it is not NFC."""
    if unicodedata.is_normalized("NFC", text):
        return _tokens_of_nfc(text)
    return _tokens_of_decomposed(text)


class Words:
    """The tokens of one text by their numbers, each property made when it is first asked for: quick to look through."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def plain(self) -> list[str]:
        """The plain tokens in order."""
        if self._french is not None:
            return self._french.decode(FRENCH).split()
        if self._decomposed is None:
            return _pattern_for(self._text).findall(self._lowered)
        return [token.plain for token in self._decomposed]

    @cached_property
    def folded(self) -> list[str]:
        """The folded tokens in order."""
        return folded_line(self._text).split()

    def span(self, number: int) -> tuple[int, int]:
        """Where a token stands in the text as given."""
        if self._decomposed is None:
            return self._span(number)
        token = self._decomposed[number]
        return token.start, token.end

    def spans_of(self, forms: Collection[str]) -> list[tuple[int, int]]:
        """Where the plain tokens that are one of these forms stand.

        Most forms of a word begin alike: what they have in common is sought, and the text is split only for many words.
        """
        if self._decomposed is not None:
            wanted = frozenset(forms)
            return [self.span(number) for number, word in enumerate(self.plain) if word in wanted]
        beginnings = _beginnings(tuple(forms))
        if len(beginnings) > _SOUGHT_ONE_BY_ONE:
            beginnings = [(form, frozenset((form,))) for form in frozenset(forms).intersection(self.plain)]
        return [span for beginning, wanted in beginnings for span in self._places_of(beginning, wanted)]

    def spans_side_by_side(self, words: tuple[str, ...], *, folded: bool) -> list[tuple[int, int]] | None:
        """Where these words stand side by side; None where the letters of the text do not keep their places."""
        text = self._folded_in_place if folded else self._french
        pattern = _side_by_side(words)
        if text is None or pattern is None:
            return None if text is None else []
        return [*_places_in(text, pattern)]

    def few_within(self, start: int, end: int, most: int) -> bool:
        """Whether at most so many words stand between the end of one word and the start of another."""
        if self._decomposed is not None:
            return sum(start <= token.start < end for token in self._decomposed) <= most
        return len([*islice(_token_pattern().finditer(self._lowered, start, end), most + 1)]) <= most

    @cached_property
    def _french(self) -> bytes | None:
        return french_words(self._text)

    @cached_property
    def _folded_in_place(self) -> bytes | None:
        """The folded tokens where they stand, one byte a letter; None where a letter folds to more or to none."""
        folded = _NOT_FOLDED if self._french is None else _folded_bytes(self._french)
        return None if _NOT_FOLDED in folded or len(folded) > len(self._text) else folded

    @cached_property
    def _decomposed(self) -> list[Token] | None:
        """The tokens of a text whose letters are not in one piece each; None of any other."""
        whole = self._latin is not None or unicodedata.is_normalized("NFC", self._text)
        return None if whole else _tokens_of_decomposed(self._text)

    def _places_of(self, beginning: str, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
        """Where the wanted words stand, which all begin with these letters.

        Few words are looked at: which pattern would be quickest for the text is not worth finding out.
        """
        text, within = self._lowered, _token_pattern().match
        start = text.find(beginning)
        while start >= 0:
            end = start + 1
            if not (start and within(text, start - 1, start)) and (found := within(text, start)):
                end = found.end()
                if found.group() in wanted:
                    yield start, end
            start = text.find(beginning, end)

    def _span(self, number: int) -> tuple[int, int]:
        """Between two tokens there is nothing that could be the second: it is the next place of its letters."""
        spans, text = self._spans, self._lowered
        for token in islice(self.plain, len(spans), number + 1):
            start = text.index(token, spans[-1][1] if spans else 0)
            spans.append((start, start + len(token)))
        return spans[number]

    @cached_property
    def _spans(self) -> list[tuple[int, int]]:
        """Where the first tokens stand, as far as was asked."""
        return []

    @cached_property
    def _lowered(self) -> str:
        """Letter by letter, so that places stay the same."""
        if self._latin is not None:
            return self._latin.translate(_lowering_latin()).decode(_LATIN)
        return lower(_split_joined(self._text))

    @cached_property
    def _latin(self) -> bytes | None:
        """One byte a letter, which is seen at once for most texts; None where a letter needs more."""
        try:
            return self._text.encode(_LATIN)
        except UnicodeEncodeError:
            return None


@lru_cache(64)  # of one query, for each text of a page
def _beginnings(forms: tuple[str, ...]) -> list[tuple[str, frozenset[str]]]:
    """The forms that begin with the same few letters, after all the letters that they begin with."""
    alike: dict[str, list[str]] = {}
    for form in filter(None, forms):
        alike.setdefault(form[:_BEGINNING], []).append(form)
    return [(in_common(min(each), max(each)), frozenset(each)) for each in alike.values()]


@lru_cache(64)
def _side_by_side(words: tuple[str, ...]) -> re.Pattern[bytes] | None:
    """The words with spaces between them, and none of their letters after them; None where no French text has them."""
    try:
        return re.compile(b" +".join(re.escape(word.encode(FRENCH)) for word in words) + b"(?![^ ])")
    except UnicodeEncodeError:
        return None


def _places_in(text: bytes, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, int]]:
    """Where whole words match, even where two places overlap; what begins within a word is none."""
    found = pattern.search(text)
    while found:
        start = found.start()
        if text[start - 1 : start] in (b"", b" "):
            yield start, found.end()
        found = pattern.search(text, start + 1)


def in_common(first: AnyStr, last: AnyStr) -> AnyStr:
    """The letters that two words begin with, and all words between them in order."""
    differ = (at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other)
    return first[: next(differ, len(first))]


def together(texts: Iterable[str | None]) -> str:
    """Some texts as one, in which no word runs from one into the other."""
    return " | ".join(filter(None, texts))


def plain_tokens(text: str) -> list[str]:
    """The plain tokens of `text` in order, without offsets (the quick way for vocabularies)."""
    normal = unicodedata.normalize("NFC", text)
    return _pattern_for(normal).findall(lower(_split_joined(normal)))


def folded_tokens(text: str) -> tuple[str, ...]:
    """The folded tokens of `text` in order."""
    return tuple(fold(token) for token in plain_tokens(text))


def folded_line(text: str) -> str:
    """The folded tokens of a text, with spaces between them."""
    words = french_words(text)
    folded = _NOT_FOLDED if words is None else _folded_bytes(words)
    return " ".join(folded_tokens(text)) if _NOT_FOLDED in folded else folded.decode("ascii")


def french_words(text: str) -> bytes | None:
    """The plain tokens of a text between spaces, one byte a letter; None where a letter needs more."""
    try:
        return text.encode(FRENCH).translate(_lowering_bytes())
    except UnicodeEncodeError:
        return None


def lower(text: str) -> str:
    """Lower case, letter by letter as the engines do: no final sigma, and İ as I, which they lower-case differently."""
    return text.lower() if text.isascii() else text.replace("Σ", "σ").replace("İ", "I").lower()


def fold(text: str) -> str:
    """`text` without accents and with ligatures undone: é → e, œ → oe, ß → ss."""
    return text if text.isascii() else _fold(text)


@lru_cache(maxsize=1 << 16)
def _fold(text: str) -> str:
    return text.translate(_folding_table())


@cache
def _folding_table() -> dict[int, str]:
    groups: dict[str, str] = orjson.loads((_DATA / "folding.json").read_bytes())
    return {ord(letter): plain for plain, letters in groups.items() for letter in letters}


@cache
def _lowering_bytes() -> bytes:
    """Each byte's lower-case letter or number, or a space for what separates tokens."""
    letters = map(_letter, range(256))
    return b"".join(lower(each).encode(FRENCH) if re.fullmatch(r"[^\W_]", each) else b" " for each in letters)


def _folded_bytes(words: bytes) -> bytes:
    for letter, letters in _ligatures():
        words = words.replace(letter, letters)
    return words.translate(_folding_bytes())


@cache
def _ligatures() -> tuple[tuple[bytes, bytes], ...]:
    """Each byte that folds to several letters, with those."""
    letters = map(_letter, range(256))
    return tuple((each.encode(FRENCH), fold(each).encode()) for each in letters if len(fold(each)) > 1)


@cache
def _lowering_latin() -> bytes:
    """Each byte's lower-case letter, a space for the underscore."""
    return lower(_split_joined(bytes(range(256)).decode(_LATIN))).encode(_LATIN)


@cache
def _folding_bytes() -> bytes:
    """Each byte's folded letter, and a mark for those that do not fold to one ASCII letter."""
    folded = (fold(_letter(byte)) for byte in range(256))
    return b"".join(each.encode() if len(each) == 1 and each.isascii() else _NOT_FOLDED for each in folded)


def _letter(byte: int) -> str:
    """The character of a byte, none where it has no meaning."""
    return bytes([byte]).decode(FRENCH, errors="ignore")


@cache
def _token_pattern() -> re.Pattern[str]:
    lines = (_DATA / "alphabetic_marks.txt").read_text(encoding="utf-8").splitlines()
    spans = [line.split("-") for line in lines if not line.startswith("#")]
    marks = "".join(f"\\U{int(span[0], 16):08x}-\\U{int(span[-1], 16):08x}" for span in spans)
    return re.compile(f"[\\w{marks}]+")


def _pattern_for(text: str) -> re.Pattern[str]:
    """The pattern of a token; for a text that cannot hold a mark a narrow one, which is three times as fast."""
    return _token_pattern() if _BEYOND_MARKS.search(text) else _WORD


def _tokens_of_nfc(text: str) -> list[Token]:
    found: list[Token] = []
    for match in _pattern_for(text).finditer(_split_joined(text)):
        plain = lower(match.group())
        found.append(Token(plain, fold(plain), match.start(), match.end()))
    return found


def _split_joined(text: str) -> str:
    r"""Take out what `\w` has and no word: the underscore, and the apostrophe among the letters."""
    for joint in _JOINTS:
        if joint in text:
            text = text.replace(joint, " ")
    return text


def _tokens_of_decomposed(text: str) -> list[Token]:
    """Tokens of a text that is not NFC: read from its NFC form, placed in the text as given."""
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and _joins(text[end]):
            end += 1
        normal = unicodedata.normalize("NFC", text[start:end])
        parts.append(normal)
        starts.extend([start] * len(normal))
        ends.extend([end] * len(normal))  # of a letter with a mark that it has no sign for, too
        start = end
    return [
        token._replace(start=starts[token.start], end=ends[token.end - 1]) for token in _tokens_of_nfc("".join(parts))
    ]


def _joins(character: str) -> bool:
    """Whether it may compose with the character before it."""
    return unicodedata.combining(character) != 0 or character in _JOINING_LETTERS
