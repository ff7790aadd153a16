"""The head of a page of layout D: number, title, législature, then the asker with constituency - group."""

import re
from collections.abc import Sequence

from pipelines.parse.author import read_author
from pipelines.parse.dated import add_dated
from pipelines.parse.draft import Draft
from pipelines.parse.furniture import is_furniture
from pipelines.parse.labelled import read_term
from pipelines.parse.labels import DATED, LONGEST_LABEL_LINE, Labelled, read_label
from pipelines.parse.types import question_type
from schemas.question import PrintedAuthor

# Question écrite n° 6287 :
_HEAD = re.compile(
    r"(Question (?:écrite|orale(?: sans débat)?|au gouvernement)) n ?[°ºo] ?(\d{1,7})(?: ?(?:QE|QG|QOSD))?"
    r" ?(?:[:|–-] ?(.{0,400}))?",
    re.IGNORECASE,
)
# Vaucluse (4e circonscription) - Rassemblement National
_SEAT = re.compile(r"([^()]{2,80} \([^()]{1,30} circonscription\)) ?[-–] ?(.{2,200})", re.IGNORECASE)
_SHORT_SEAT = re.compile(r"([^().]{2,60}) [-–] ([^.]{2,90})")  # where no circonscription is shown
_GROUP_ALONE = re.compile(r"[-–] ?([^.]{2,90})")  # terms 8 to 10 show no constituency: "- Union du Centre"
# Mme Claire X (Hauts-de-France - Rassemblement National), posée en séance, et publiée le 1er novembre 2023
_RUN_IN_DATE = re.compile(
    r"([^,;]{2,300})[,;] ?(?:question )?((?:posée en séance,? et )?publiée le .{4,60})", re.IGNORECASE
)
_PAGE_TITLE = re.compile(r"\d{1,2}(?:e|è|ème) l[ée]gislature", re.IGNORECASE)  # what the title of the page goes on with
_LONGEST_SEAT = 120
_LAST_WITH_HEADINGS = 14  # from term 15 on a question has a title of its own in place of tête d'analyse and analyse


def begins_dyn(line: str) -> bool:
    """Whether a line is the number of such a page, such as `Question écrite n° 6287 :`."""
    return number_of(line) is not None


def number_of(line: str) -> int | None:
    """The number of a question, from the line that begins its page."""
    found = _HEAD.fullmatch(line) if len(line) <= LONGEST_LABEL_LINE else None
    return int(found[2]) if found else None


def read_number(line: str, draft: Draft) -> None:
    """Read procedure, number and, where it stands beside them, the title."""
    if found := _HEAD.fullmatch(line):
        draft.type, draft.number = question_type(found[1]), int(found[2])
        if found[3] and not _PAGE_TITLE.match(found[3]):
            draft.title = found[3]


def read_title(lines: Sequence[str], draft: Draft) -> None:
    """Read what stands between number and asker: the title, the législature, and events such as a signalling.

    Titles of old terms are words of the index, and some are words of menus too (`questions écrites`): the line at once
    below the number is the title whatever it says. Where the number is not shown, only a line that stands alone is sure
    to be the title; of several, some are menus.
    """
    loose: list[str] = []
    for line in lines:
        known = read_label(line)
        if (term := read_term(line)) is not None:
            draft.term = term
        elif draft.number is not None and known and known.field in DATED:
            add_dated(draft, known.field, known.value)
        else:
            loose.append(line)
    if draft.number is None:
        draft.title = loose[0] if len(loose) == 1 else None
        return
    if draft.title is None and loose:
        draft.title = next((line for line in loose if not is_furniture(line)), loose[0])
    for line in loose:
        if line != draft.title and not is_furniture(line):
            draft.report("unknown_label", "head", f"'{line[:100]}' is not understood")


def place_title(draft: Draft, term: int) -> None:
    """Up to term 14 the heading of the page is the tête d'analyse: pages and open data of one question show it so."""
    if term <= _LAST_WITH_HEADINGS:
        draft.heading, draft.title = draft.heading or draft.title, None


def read_asker(value: str, lines: Sequence[str], at: int, draft: Draft) -> int:
    """Read the asker's name, on the line of its label or the next, then the seat; the line after them.

    Group and region may be in brackets behind the name, and the date of the question behind these.
    """
    if not value and at < len(lines) and _SEAT.fullmatch(lines[at][:LONGEST_LABEL_LINE]):
        draft.report("missing_field", "author", "the asker's name is not shown")
    elif not value and at < len(lines):
        value, at = lines[at], at + 1
    value, dated = split_asker(value)
    if dated:
        add_dated(draft, dated.field, dated.value)
    author = _named(value) if value else None
    is_seated = author is not None and (author.group or author.constituency)
    seat = _seat(lines[at]) if at < len(lines) and not is_seated else None
    if author and seat:
        constituency, group = seat
        # the records that lack the constituency are those of the old index, which has names surname first
        author = author.model_copy(
            update={"constituency": constituency, "group": group, "surname_first": constituency is None}
        )
    draft.author = author
    return at if seat is None else at + 1


def split_asker(value: str) -> tuple[str, Labelled | None]:
    """An asker and the date run in behind them, `…, posée en séance, et publiée le 1er novembre 2023`."""
    found = _RUN_IN_DATE.fullmatch(value)
    dated = read_label(f"Question {found[2]}") if found else None
    return (found[1].strip(), dated) if found and dated else (value, None)


def below_seat(lines: Sequence[str], at: int) -> int:
    """The line below a seat whose asker is not shown: it is no text."""
    is_seat = at + 1 < len(lines) and _seat(lines[at]) is not None and len(lines[at + 1]) > _LONGEST_SEAT
    return at + 1 if is_seat else at


def _named(value: str) -> PrintedAuthor:
    """The asker; brackets hold the group, or, as pages of term 16 have had it, region - group."""
    return read_author(value, group_first=" - " not in value) or PrintedAuthor(name=value)


def _seat(line: str) -> tuple[str | None, str] | None:
    """Constituency and group; without the constituency in the terms that show none."""
    found = _SEAT.fullmatch(line) if len(line) <= LONGEST_LABEL_LINE else None
    if found is None and len(line) <= _LONGEST_SEAT:
        if alone := _GROUP_ALONE.fullmatch(line):
            return None, alone[1].strip()
        found = _SHORT_SEAT.fullmatch(line)
    return (found[1].strip(), found[2].strip()) if found else None
