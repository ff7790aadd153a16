"""From the characters of a query to its tokens: words, quotes, operators, parentheses, fields with their values.

Every string has tokens: a character that means nothing stands between words. Warnings say what was odd.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from pipelines.search.language import fields
from pipelines.search.language.days import UNIT_OF_TIME
from pipelines.search.language.messages import warning
from pipelines.search.language.ranges import SIGNS
from pipelines.search.language.typed import is_elision
from schemas.search import QueryWarning


class Lexeme(StrEnum):
    """Kinds of tokens."""

    WORD = "word"
    QUOTE = "quote"
    OPEN = "("
    CLOSE = ")"
    AND = "and"
    OR = "or"
    NOT = "not"
    NEAR = "near"
    FIELD = "field"  # a field whose value is words: the next primary
    VALUE = "value"  # a field with its value as typed
    UNKNOWN = "unknown"  # what looks like a field and is none, before its value


@dataclass(frozen=True)
class Token:
    """One token: `text` is the word, the quoted text or the value; the other parts belong to their kinds."""

    kind: Lexeme
    text: str
    start: int
    end: int
    field: fields.Field | None = None  # FIELD, VALUE
    distance: int | None = None  # NEAR, QUOTE followed by ~n
    strict: bool = False  # NEAR in this order, QUOTE with its accents
    forms: str = ""  # WORD followed by {-form,+form}
    name: str = ""  # VALUE: its field as typed


_SKIPPED = re.compile(r"[\s,;]+")
_QUOTE = re.compile(r"(=?)([\"“”„«])")
_CLOSING = {'"': '"“”', "“": '"”', "”": '"”', "„": '"“”', "«": "»"}
_SLOP = re.compile(r"~(\d+)")
_FORMS = re.compile(r"\{([^{}]*)\}")  # right after a word
_ENDING = re.compile(r"\((e|s|x|ne|le|te|se|ve|fe|euse|t?rice|i?ère|aux)\)([sx]?)(?!\w)")  # agent(e)s is agent·e·s
_STRAY_FORMS = re.compile(r"(?<=[^\s{])\{[^{}]*\}|\{\s*[+-][^{}]*\}")  # told and left out; {word} is that word
_BETWEEN = r"\s(){}\"“”„«»|,;"  # white space, quotes, brackets of words, bars
# The longest run without these, but for a comma inside a number.
CHUNK = re.compile(rf"(?:[^{_BETWEEN}]|(?<=\d)[,;](?=\d))+")
# A number in groups of three, 18 000,50: one word, so that what stands before it is about all of it.
END_OF_GROUP = rf"(?:,\d+)?(?![^{_BETWEEN}.!?]|[,.]\d)"
_GROUPED = re.compile(rf"[1-9]\d{{0,2}}(?:\s\d{{3}})++{END_OF_GROUP}")
_ARTICLE = re.compile(rf"[^\W\d_]\.\s+(?!{_GROUPED.pattern})(?=\d){CHUNK.pattern}")  # L. 121-1 is one word, too
_EXCLUDES = re.compile(r"-(?![\s\-,;.:!…»)\]]|$)")  # of what stands right behind it; else a dash is a dash
_FIELD = re.compile(r"([^\W\d][\w°º\-'’]*):")
_SPACED_FIELD = re.compile(r"([^\W\d][\w°º\-'’]*)\s+:(?=\s*[^\s:])")  # titre : santé, as French is written
DURATIONS = ("delay_days", "overdue")  # fields whose value may have a unit of time
_OPERATORS = {
    "ET": Lexeme.AND,
    "AND": Lexeme.AND,
    "&": Lexeme.AND,
    "&&": Lexeme.AND,
    "OU": Lexeme.OR,
    "OR": Lexeme.OR,
    "SAUF": Lexeme.NOT,
    "NON": Lexeme.NOT,
    "NOT": Lexeme.NOT,
}
_NEAR = re.compile(r"(PROCHE|NEAR|AVANT|BEFORE)/(\d+)", re.IGNORECASE)  # with its number it is no word, in any case
_NOT_QUITE_NEAR = re.compile(r"PROCHE|NEAR|(?:PROCHE|NEAR|AVANT|BEFORE)/[^/\w]?\w*")
_WRITTEN_DAY = re.compile(r"(?:\d{1,2}(?:er)?\s+)?[^\W\d_]{3,9}\s+\d{4}(?![\w.])")  # 2 octobre 2018, without quotes
_TWO_WORDS = re.compile(r"([^\W\d_]+)\s+([^\W\d_]+)(?![\w-])")
_NUMBERED = rf"(?:{SIGNS})?\s*[-−]?\d+(?:[.,]\d+)*(?:\s\d{{3}}(?!\d))*(?:[.,]\d+)?"  # >= 1 000,5
_TO = r"\s*(?:\.\.+|…)\s*"
_DURATION = re.compile(rf"(?:{_NUMBERED}(?:\s*{UNIT_OF_TIME})?{_TO})?{_NUMBERED}\s*{UNIT_OF_TIME}", re.IGNORECASE)
_AGO = re.compile(rf"(?:[<>]=?)?\s*[-−]\s*\d{{1,4}}\s+{UNIT_OF_TIME}", re.IGNORECASE)
_AMOUNT = re.compile(rf"{_NUMBERED}(?:[eE]\d+)?(?:{_TO}{_NUMBERED})?")
_PERCENT = re.compile(r"\s*pour\s+cent\b", re.IGNORECASE)
_IN_GROUPS = re.compile(rf"(?:{SIGNS})?\s*{_GROUPED.pattern}")
_OF = re.compile(r"\s*(?:d['’]\s*|de\s+)?")
_WORD_AFTER = re.compile(rf"[^{_BETWEEN}]+")
_VALUE = re.compile(
    rf"""(?: \( (?P<group>[^()]*) (?P<closed>\)?)
          | (?P<brackets> \[ [^\]]* \] )
          | " (?P<quoted>[^"]*) "?
          | (?P<compared> (?:{SIGNS}) \s* [^\s()"]+ )
          | (?P<bare> [^\s()"|]+ ) )""",
    re.VERBOSE,
)


def _multiplies(word: str) -> float | None:
    """What `milliard` and `Md€` multiply by; a lone m is a metre."""
    name = word.removesuffix("€")
    return fields.multiplier(name) if len(name) > 1 or name != word else None


class Lexer:
    """Reads one query once, from left to right."""

    def __init__(self, query: str) -> None:
        self._query = query
        self._at = 0
        self.tokens: list[Token] = []
        self.warnings: list[QueryWarning] = []

    def read(self) -> list[Token]:
        """All tokens of the query."""
        while self._at < len(self._query):
            skipped = _SKIPPED.match(self._query, self._at)
            if skipped is not None:
                self._at = skipped.end()
            elif not (self._read_mark() or self._read_quote() or self._read_chunk()):
                self._at += 1  # a character that begins nothing
        return self.tokens

    def _read_mark(self) -> bool:
        marks = {"(": Lexeme.OPEN, ")": Lexeme.CLOSE, "|": Lexeme.OR}
        character = self._query[self._at]
        if (choice := _STRAY_FORMS.match(self._query, self._at)) is not None:
            self.warnings.append(warning("forms_of_parts", choice.span()))
            self._at = choice.end()
        elif character in marks:
            length = 2 if self._query.startswith("||", self._at) else 1
            self._add(marks[character], character, self._at + length)
        elif _EXCLUDES.match(self._query, self._at):
            self._add(Lexeme.NOT, character, self._at + 1)
        else:
            return False
        return True

    def _read_quote(self) -> bool:
        opening = _QUOTE.match(self._query, self._at)
        if opening is None:
            return False
        closing = re.search(f"[{_CLOSING[opening[2]]}]", self._query[opening.end() :])
        if closing is None:
            self.warnings.append(warning("unclosed_quote", (self._at, len(self._query)), suggestion='"'))
            content, end = self._query[opening.end() :], len(self._query)
        else:
            content = self._query[opening.end() : opening.end() + closing.start()]
            end = opening.end() + closing.end()
        slop = _SLOP.match(self._query, end)
        end = end if slop is None else slop.end()
        distance = None if slop is None else int(slop[1])
        self._add(Lexeme.QUOTE, content, end, distance=distance, strict=bool(opening[1]))
        return True

    def _read_chunk(self) -> bool:
        found = _GROUPED.match(self._query, self._at) or _ARTICLE.match(self._query, self._at)
        if found is not None:
            self._read_word("".join(found[0].split()), found.end())
            return True
        found = CHUNK.match(self._query, self._at)
        if found is None:
            return False
        chunk = found[0]
        if is_elision(chunk) and (self.tokens or self._query[found.end() :].strip()):
            self._at = found.end()  # of l'« État », of a text cut off
            return True
        near = _NEAR.fullmatch(chunk)
        if near is not None:
            strict = near[1].upper() in ("AVANT", "BEFORE")
            self._add(Lexeme.NEAR, chunk, found.end(), distance=int(near[2]), strict=strict)
        elif chunk in _OPERATORS:
            self._add(_OPERATORS[chunk], chunk, found.end())
        elif not (self._read_field(chunk) or self._read_spaced_field()):
            self._read_word(chunk, found.end())
        return True

    def _read_word(self, chunk: str, end: int) -> None:
        if _NOT_QUITE_NEAR.fullmatch(chunk):
            name = chunk.partition("/")[0]
            self.warnings.append(warning("near_alone", (self._at, end), f"{name}/5", operator=chunk, name=name))
        if (ending := _ENDING.match(self._query, end)) is not None and chunk[-1].isalpha():
            chunk, end = "·".join((chunk, *filter(None, ending.groups()))), ending.end()
        changed = _FORMS.match(self._query, end)
        self._add(Lexeme.WORD, chunk, end if changed is None else changed.end(), forms=changed[1] if changed else "")

    def _read_field(self, chunk: str) -> bool:
        named = _FIELD.match(chunk)
        if named is None:
            return False
        field = fields.field_named(named[1])
        after = self._at + named.end()
        if field is None:
            return self._read_unknown_field(named[1], after)
        self._read_known_field(field, named[1], after)
        return True

    def _read_spaced_field(self) -> bool:
        named = _SPACED_FIELD.match(self._query, self._at)
        field = None if named is None else fields.field_named(named[1])
        if named is None or field is None:
            return False
        self._read_known_field(field, named[1], named.end())
        return True

    def _read_known_field(self, field: fields.Field, name: str, after: int) -> None:
        start = len(self._query) - len(self._query[after:].lstrip())
        if start >= len(self._query) or self._query[start] == ")":
            self.warnings.append(warning("no_value", (self._at, after), name=name))
            self._add(Lexeme.WORD, name, after)
        elif field.kind in (fields.Kind.TEXT, fields.Kind.LABEL):
            self._add(Lexeme.FIELD, name, after, field=field)
        else:
            self._read_value(field, name, start)

    def _read_unknown_field(self, name: str, after: int) -> bool:
        """`name:value` becomes words together; what only looks like a field (an address, a lone colon) stays a word."""
        following = self._query[after : after + 1]
        if not following.strip() or following == "/":
            return False
        self.warnings.append(
            warning("unknown_field", (self._at, after), suggestion=fields.nearest_field(name), name=name)
        )
        self._add(Lexeme.UNKNOWN, name, after)
        return True

    def _read_value(self, field: fields.Field, name: str, start: int) -> None:
        end = self._end_of_words(field, start)
        if end is not None:
            self._add(Lexeme.VALUE, self._query[start:end], end, field=field, name=name)
            return
        found = _VALUE.match(self._query, start)
        if found is None:  # a lone parenthesis or quotation mark
            self._add(Lexeme.WORD, name, start)
            return
        if found["group"] is not None and not found["closed"]:
            self.warnings.append(warning("unclosed_parenthesis", (start, found.end()), suggestion=")"))
        parts = (found[part] for part in ("group", "brackets", "quoted", "compared", "bare"))
        self._add(Lexeme.VALUE, next(part for part in parts if part is not None), found.end(), field=field, name=name)

    def _end_of_words(self, field: fields.Field, start: int) -> int | None:
        """Where a value of several words without quotes ends: `2 octobre 2018`, `en cours`, `>1 an`, `50 %`."""
        if field.target == "figure":
            return self._end_of_amount(start)
        if field.kind is fields.Kind.DATE:
            found = _WRITTEN_DAY.match(self._query, start) or _AGO.match(self._query, start)
        elif field.kind is fields.Kind.NUMBER:
            found = _DURATION.match(self._query, start) if field.target in DURATIONS else None
            found = found or _IN_GROUPS.match(self._query, start)
        else:
            found = _TWO_WORDS.match(self._query, start) if field.kind is fields.Kind.CHOICE else None
            if found is None or fields.choice(field.target, f"{found[1]}-{found[2]}") is None:
                return None
        return None if found is None else found.end()

    def _end_of_amount(self, start: int) -> int | None:
        """Where an amount ends: the number, what it is multiplied by, its unit (`>=1,5 milliard d'euros`)."""
        number = _AMOUNT.match(self._query, start)
        if number is None or (number.end() < len(self._query) and self._query[number.end()] in ".…"):
            return None
        end = number.end()
        if (percent := _PERCENT.match(self._query, end)) is not None:
            return percent.end()
        for is_one in (_multiplies, fields.unit):
            link = _OF.match(self._query, end)
            word = None if link is None else _WORD_AFTER.match(self._query, link.end())
            if word is not None and is_one(word[0]) is not None:
                end = word.end()
        return end

    def _add(
        self,
        kind: Lexeme,
        text: str,
        end: int,
        *,
        field: fields.Field | None = None,
        distance: int | None = None,
        strict: bool = False,
        forms: str = "",
        name: str = "",
    ) -> None:
        text = unicodedata.normalize("NFC", text)
        self.tokens.append(Token(kind, text, self._at, end, field, distance, strict, forms, name))
        self._at = end
