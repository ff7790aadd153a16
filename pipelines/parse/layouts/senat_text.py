"""Pages of the Sénat as page text: one line for the asker, the text, `- page N`, the answer the same way, the closing.

Names are printed surname first, the surname in capitals; brackets hold department - group. The ministry asked is not
shown, only the one that answered, was sent the question, or is awaited. Numbers stand in the address, rarely
on the page.
"""

import re
from collections.abc import Sequence

from pipelines.parse.author import read_author
from pipelines.parse.closing import closing_kind
from pipelines.parse.dates import leading_date
from pipelines.parse.draft import Draft
from pipelines.parse.furniture import is_furniture, without_footer
from pipelines.parse.labelled import read_term
from pipelines.parse.text import join_paragraphs, key
from pipelines.parse.types import question_type
from schemas.errors import ParseError
from schemas.question import EventKind, PrintedEvent

_DATE = r"(?:publiée )?(?:dans le JO Sénat )?(?:du|le) (?P<date>[^-–]{6,30}?)(?: ?[-–] ?page (?P<page>\d{1,6}))?"
# Question de M. MASSON Jean Louis (Moselle - NI) publiée le 07/02/2008
_ASKER = re.compile(
    r"(?P<type>Question(?: [^\d(:]{4,60}?)?)(?: n ?[°º] ?(?P<number>\d{1,6})[A-Z]?)? "
    r"(?P<author>de (?:M\.|M|Mme|Mlle) [^(]{2,120}\(.{1,200}\))(?: publiée "
    + _DATE.removeprefix("(?:publiée )?")
    + r")?",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"publiée " + _DATE.removeprefix("(?:publiée )?"), re.IGNORECASE)
# Réponse du Secrétariat d'État aux Relations avec le Parlement publiée le 10/04/2008
_ANSWER = re.compile(
    r"Réponse (?:du |de la |de l['’]|des )?(?:ministère ?: ?)?(?P<ministry>[^\d]{3,250}?) ?(?:publiée "
    + _DATE.removeprefix("(?:publiée )?")
    + r")?",
    re.IGNORECASE,
)
_SPOKEN = re.compile(r"Réponse apportée en séance publique le (?P<date>.{6,30})", re.IGNORECASE)
_AWAITED = re.compile(r"En attente de réponse (?:du |de la |de l['’]|des )?(?P<ministry>.{3,250})", re.IGNORECASE)
_SENT = re.compile(
    r"Transmise (?:au |à la |à l['’]|aux )(?P<ministry>.{3,250}?)(?: (?:le|du) (?P<date>\d.{5,25}))?", re.IGNORECASE
)
_CONVERTED = re.compile(r"Transformée en (?P<other>.{2,150})", re.IGNORECASE)
_RECALLS = re.compile(
    r"Rappelle la question (?:écrite )?(?:n ?[°º] ?)?(?P<other>\d{1,6}[A-Z]?)(?: .{0,100})?", re.IGNORECASE
)
_ERRATUM = re.compile(
    r"Erratum ?:? ?(?:au )?JO du (?P<date>[\d/]{6,12}) ?(?:,? ?(?:p\.|page) ?(?P<page>\d{1,6}))?", re.IGNORECASE
)
_CLOSED = re.compile(r"La question (?:a été |est )(?P<how>.{3,150})", re.IGNORECASE)
_THEME = re.compile(r"Concerne le\(?s?\)? ?thèmes?\(?s?\)? ?: ?(?P<theme>.{2,200})", re.IGNORECASE)
_PAGE = re.compile(r"[-–]? ?page (?P<page>\d{1,6})", re.IGNORECASE)
_NO_TEXT = "le texte de cette {} n'est pas disponible"
_NOT_YET = "le texte de cette question sera publie des sa"
_UPDATED = "page mise a jour le"
_LONGEST_STATUS = 400


def parse(lines: Sequence[str]) -> Draft:
    """Read the visible lines of a page.

    Raises:
        ParseError: `not_published_yet`, when the page says that the text will follow.
    """
    draft = Draft(parliament="fr-senat")
    start = next((index for index, line in enumerate(lines) if _match(_ASKER, line)), None)
    if start is None:
        return draft
    _read_above(lines[:start], draft)
    _read_asker(lines[start], draft)
    _Reader(draft).read(lines[start + 1 :])
    return draft


def _match(pattern: re.Pattern[str], line: str) -> re.Match[str] | None:
    return pattern.fullmatch(line) if len(line) <= _LONGEST_STATUS else None


def _read_above(lines: Sequence[str], draft: Draft) -> None:
    """The législature where it is shown, and the title, which stands right above it."""
    named = [index for index, line in enumerate(lines) if read_term(line) is not None]
    if not named:
        return
    draft.term = read_term(lines[named[-1]])
    above = lines[named[-1] - 1] if named[-1] else ""
    draft.title = above if above and not is_furniture(above) else None


def _read_asker(line: str, draft: Draft) -> None:
    found = _match(_ASKER, line)
    if found is None:
        return
    draft.author = read_author(found["author"], group_first=False, surname_first=True)
    draft.type = question_type(found["type"])
    if found["number"]:
        draft.number = int(found["number"])
    if found["date"]:
        _add(draft, EventKind.PUBLISHED, found)


def _add(draft: Draft, kind: EventKind, found: re.Match[str], **more: str | None) -> None:
    """Add the event that a line prints, with its date and page where the line has them."""
    groups = found.groupdict()
    printed = groups.get("date")
    date = leading_date(printed) if printed else None
    if printed and (date is None or date.day is None):
        draft.report("bad_date", "events", f"'{printed}' is no date")
    page = int(groups["page"]) if groups.get("page") else None
    draft.add(PrintedEvent(kind=kind, date=date.day if date else None, page=page).model_copy(update=more))


class _Reader:
    """What follows the asker: texts, each up to its page number, and lines about the question between and after."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.texts: dict[str, list[str]] = {"question": [], "answer": []}
        self.part = "question"
        self.is_open = True  # a text goes on until its page number, or a line about the question
        self.is_whole = False

    def read(self, lines: Sequence[str]) -> None:
        for line in lines:
            if key(line).startswith(_UPDATED):
                self.is_whole = True
                break
            self._take(line)
        if not self.is_whole:
            self.texts[self.part] = without_footer(self.texts[self.part])
            if self.is_open:
                self.draft.report("truncated", self.part, "neither the page number nor the end of the page is there")
        self.draft.question = join_paragraphs(self.texts["question"])
        self.draft.answer = join_paragraphs(self.texts["answer"])

    def _take(self, line: str) -> None:
        if self._page(line) or self._answer(line) or self._status(line) or self._notice(line):
            return
        if self.is_open:
            self.texts[self.part].append(line)
        elif not is_furniture(line):
            self.draft.report("unknown_label", self.part, f"'{line[:100]}' after the text is not understood")

    def _page(self, line: str) -> bool:
        """`- page 222` ends a text, and is the page of the event that published it."""
        found = _match(_PAGE, line)
        if found is None:
            return False
        kind = EventKind.PUBLISHED if self.part == "question" else EventKind.ANSWERED
        for index, event in enumerate(self.draft.events):
            if event.kind == kind and event.page is None:
                self.draft.events[index] = event.model_copy(update={"page": int(found["page"])})
        self.is_open = False
        return True

    def _answer(self, line: str) -> bool:
        if found := _match(_SPOKEN, line):
            self._spoken(found)
            return True
        found = _match(_ANSWER, line)
        if found is None or (found["date"] is None and self.is_open):
            return False
        self.draft.ministry_answered = found["ministry"].strip(" :")
        _add(self.draft, EventKind.ANSWERED, found)
        self.part, self.is_open = "answer", True
        return True

    def _spoken(self, found: re.Match[str]) -> None:
        """An answer given in the sitting: its own day is kept as the reason of the answer published in the JO."""
        for index, event in enumerate(self.draft.events):
            if event.kind == EventKind.ANSWERED:
                self.draft.events[index] = event.model_copy(update={"reason": found[0].removeprefix("Réponse ")})
                return
        _add(self.draft, EventKind.ANSWERED, found, reason=found[0].removeprefix("Réponse "))
        self.draft.answer_withheld = True

    def _status(self, line: str) -> bool:
        """A line about the question: sent on, converted, recalled, corrected, closed. Prose ends in a dot."""
        draft = self.draft
        if self.is_open and line.endswith("."):
            return False
        if found := _match(_SENT, line):
            draft.ministry_assigned = found["ministry"]
            _add(draft, EventKind.REASSIGNED, found, ministry=found["ministry"])
        elif found := _match(_CONVERTED, line):
            _add(draft, EventKind.CONVERTED, found, related=found["other"])
        elif found := _match(_RECALLS, line):
            _add(draft, EventKind.RECALLED, found, related=found["other"])
        elif found := _match(_ERRATUM, line):
            _add(draft, EventKind.CORRECTED, found, corrects=self._corrected_by(found["date"]))
        elif (found := _match(_CLOSED, line)) and self._closed(found):
            pass
        else:
            return False
        self.is_open = False
        return True

    def _corrected_by(self, day: str) -> str:
        """Which text an erratum of that day corrects: the one above it, unless that one was not published yet."""
        erratum = leading_date(day)
        answered = [event.date for event in self.draft.events if event.kind == EventKind.ANSWERED and event.date]
        is_early = erratum is not None and erratum.day is not None and any(erratum.day < each for each in answered)
        return "question" if is_early else self.part

    def _closed(self, found: re.Match[str]) -> bool:
        """`est caduque`, `a été retirée pour cause de fin de mandat`; False for prose that begins like it."""
        how = found["how"].strip(" .")
        is_word = key(how).startswith(("caduque", "retiree", "transformee"))
        if self.is_open and not is_word:
            return False
        motive = re.sub(r"^retirée ?(?:pour cause (?:de |d['’])?)?", "", how, flags=re.IGNORECASE)
        kind = EventKind.CONVERTED if key(how).startswith("transformee") else closing_kind(motive)
        self.draft.add(PrintedEvent(kind=kind, date=None, reason=motive or None))
        return True

    def _notice(self, line: str) -> bool:
        """What the page says about its own texts, and the awaited ministry."""
        plain = key(line[:_LONGEST_STATUS])
        if plain.startswith(_NOT_YET):
            raise ParseError("not_published_yet", f"the page says: '{line[:120]}'")
        if plain.startswith(_NO_TEXT.format("question")):
            self.draft.question_withheld, self.is_open = True, False
        elif plain.startswith(_NO_TEXT.format("reponse")):
            self.draft.answer_withheld, self.is_open = True, False
        elif found := _match(_AWAITED, line):
            self.draft.ministry_assigned, self.is_open = found["ministry"], False
        elif found := _match(_THEME, line):
            self.draft.rubric = found["theme"]
        elif not self.draft.shows(EventKind.PUBLISHED) and (found := _match(_PUBLISHED, line)):
            _add(self.draft, EventKind.PUBLISHED, found)
        else:
            return False
        return True
