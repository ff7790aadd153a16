"""The labelled head of a page: lines of `label : value` between the number and the texts.

Shared by the layouts that have such a head (A, B, C, as HTML or as page text). Reading is strict: every line is a
label of the table, a named part (number, procedure, author), known furniture, or it is reported.
"""

import re
from collections.abc import Sequence

from pipelines.parse.author import read_author
from pipelines.parse.closing import is_motive
from pipelines.parse.dated import add_continuation, add_dated
from pipelines.parse.draft import Draft
from pipelines.parse.furniture import is_furniture
from pipelines.parse.labels import DATED, LONGEST_LABEL_LINE, PLAIN, Field, Labelled, one_label_a_line, read_label
from pipelines.parse.text import one_spaced, unfold
from pipelines.parse.types import question_type

_TERM = re.compile(r"(?:Assemblée nationale )?(\d{1,2}) ?(?:e|è|ème|eme|ième|°) ?l[ée]gislature", re.IGNORECASE)
_NUMBER = re.compile(
    r"Question (?:écrite )?n ?[°ºo?\ufffd]? ?[:>]? ?(\d{1,7})(?: ?(QE|QG|QOSD))?(?:(?: |(?=de ))(.{1,300}))?",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(r"n ?[°º] ?:? ?(\d{1,7})", re.IGNORECASE)  # below a line that says "Question écrite"
_BARE_NUMBER = re.compile(r"(\d{1,7})(?: ?(QE|QG|QOSD))?(?: (.{1,300}))?")
_PROCEDURE = re.compile(
    r"(?:(?<=\)) ?| )(?=(?:QE|QG|QOSD|(?i:Question (?:écrite|orale sans débat|au Gouvernement)))(?= |$))"
)
_NO_HEADING = "aucune tête d'analyse"  # printed in place of an empty one
_LONGEST_AUTHOR = 300
_NEVER_EMPTY = (Field.MINISTRY_ASKED, Field.MINISTRY_ASSIGNED, Field.RUBRIC)


def read_term(line: str) -> int | None:
    """The number of the législature, when the line says that and nothing more: `15ème législature`."""
    found = _TERM.fullmatch(line) if len(line) <= 60 else None
    return int(found[1]) if found else None


def begins_head(line: str) -> bool:
    """Whether a line is the number of a question, such as `Question N° 12526`."""
    return number_shown(line) is not None


def number_shown(line: str) -> int | None:
    """The number of a question, from the line that begins its head."""
    found = _NUMBER.fullmatch(line) if len(line) <= LONGEST_LABEL_LINE else None
    return int(found[1]) if found else None


def number_alone(line: str) -> int | None:
    """The number, when a line is that and nothing more: `N° 12526`."""
    found = _NUMBER_ALONE.fullmatch(line) if len(line) <= 20 else None
    return int(found[1]) if found else None


def nearest_term(lines: Sequence[str]) -> int | None:
    """The législature named last in the lines before the head: those before may be the menu's."""
    return next((term for line in reversed(lines) if (term := read_term(line)) is not None), None)


def read_head(lines: Sequence[str], draft: Draft, *, surname_first: bool = False) -> None:
    """Read the head of a page into the draft; every line that is not understood is reported."""
    _HeadReader(draft, _whole_lines(lines), surname_first=surname_first).read()


def _whole_lines(lines: Sequence[str]) -> list[str]:
    """Table cells taken apart, dated labels one a line."""
    whole: list[str] = []
    for cell in (cell.strip() for line in lines for cell in line.split("|")):
        known = read_label(cell)
        whole += one_label_a_line(cell) if known and (known.field in DATED or known.field == Field.DATES) else [cell]
    return [cell for cell in whole if cell]


class _HeadReader:
    """A cursor over the lines of one head."""

    def __init__(self, draft: Draft, lines: list[str], *, surname_first: bool) -> None:
        self.draft = draft
        self.lines = [one_spaced(line) for line in lines]
        self.surname_first = surname_first
        self.at = 0

    def read(self) -> None:
        while self.at < len(self.lines):
            line = self.lines[self.at]
            self.at += 1
            self._take(line)

    def _take(self, line: str) -> None:
        known = read_label(line)
        if self._number(line) or (known and self._label(known)):
            return
        if (term := read_term(line)) is not None:
            self.draft.term = term
        elif (type_ := question_type(line)) is not None:
            self.draft.type = type_
        elif not (self._author(line) or self._continues(line) or is_furniture(line)):
            self._report_unknown(line)

    def _report_unknown(self, line: str) -> None:
        """A line that is not understood; when it is a label alone, together with its value."""
        whole = f"{line} {self._next_value(Field.AUTHOR)}" if line.endswith((":", ">")) else line
        self.draft.report("unknown_label", "head", f"'{whole[:100].strip()}' is not understood")

    def _number(self, line: str) -> bool:
        if self.draft.number is None and (alone := number_alone(line)) is not None:
            self.draft.number = alone
            return True
        found = _NUMBER.fullmatch(line) if len(line) <= LONGEST_LABEL_LINE else None
        if found is None:
            return False
        self._named(found)
        return True

    def _named(self, found: re.Match[str]) -> None:
        self.draft.number = int(found[1])
        if found[2]:
            self.draft.type = question_type(found[2])
        if found[3]:
            rest = _PROCEDURE.split(found[3].strip(" |"))
            for part in filter(None, map(str.strip, rest)):
                self._take(part)

    def _label(self, known: Labelled) -> bool:
        value = known.value or self._next_value(known.field)
        if known.field in DATED:
            add_dated(self.draft, known.field, value)
        elif known.field == Field.NUMBER:
            return self._labelled_number(value)
        elif known.field == Field.TYPE:
            self.draft.type = question_type(value) or self.draft.type
        elif known.field == Field.AUTHOR:
            return self._author(value)
        elif known.field == Field.DATES:
            self.lines[self.at : self.at] = [value] if value else []
        else:
            set_once(self.draft, known.field, value)
        return True

    def _labelled_number(self, value: str) -> bool:
        found = _BARE_NUMBER.fullmatch(value) if len(value) <= LONGEST_LABEL_LINE else None
        if found:
            self._named(found)
        return found is not None or not value

    def _next_value(self, field: Field) -> str:
        """The next line, when it is the value of a label that stands alone.

        A ministry may be called as a menu entry is (`recherche`), and is never left empty.
        """
        if self.at >= len(self.lines):
            return ""
        line = self.lines[self.at]
        if read_label(line) or begins_head(line) or line.startswith("("):
            return ""
        if is_furniture(line) and field not in _NEVER_EMPTY:
            return ""
        self.at += 1
        return line

    def _author(self, line: str) -> bool:
        """An author line; name and brackets may stand on lines of their own."""
        text = line
        while (text == "de" or self._opens_brackets(text)) and self.at < len(self.lines):
            text = unfold(text, self.lines[self.at])
            self.at += 1
        text, *procedure = _PROCEDURE.split(text) if len(text) <= LONGEST_LABEL_LINE else [text]
        author = read_author(text, surname_first=self.surname_first)
        if author and self.draft.author is None:
            self.draft.author = author
        if author and procedure:
            self.draft.type = question_type(procedure[-1]) or self.draft.type
        return author is not None

    def _opens_brackets(self, text: str) -> bool:
        if len(text) > _LONGEST_AUTHOR or read_author(text.partition("(")[0].strip()) is None:
            return False
        follows = self.lines[self.at] if self.at < len(self.lines) else ""
        return text.count("(") > text.count(")") or ("(" not in text and follows.startswith("("))

    def _continues(self, line: str) -> bool:
        """A page or a motive on the line after its date."""
        is_page = line.lower().startswith(("page", "p.", "- page"))
        if is_page and line.lower().rstrip(" :") == "page" and self.at < len(self.lines):
            line = f"{line} {self.lines[self.at]}"
            self.at += 1
        return (is_page or line.startswith("(") or is_motive(line)) and add_continuation(self.draft, line)


def set_once(draft: Draft, field: Field, value: str) -> None:
    """Set a field of the draft; a second, different value is reported and the first one stands.

    So is a label that has no place here, such as a text's heading among the dates.
    """
    if field not in PLAIN:
        draft.report("unknown_label", "head", f"the label of '{field}' does not belong here, before '{value[:80]}'")
        return
    if not value or value.casefold() == _NO_HEADING:
        return
    value = one_spaced(value)
    before: str | None = getattr(draft, field)
    if before is None:
        setattr(draft, field, value)
    elif before != value:
        draft.report("repeated_label", field, f"both '{before[:80]}' and '{value[:80]}' are printed")
