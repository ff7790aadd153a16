"""Layout A′ of the Assemblée nationale as HTML (terms 12 and 13 before about 2010): values in private tags.

*Reconstructed* from the tags that a public parser cuts out: `<NUM>12</NUM>`, `<QUEST> <html>…</html> </QUEST>`. The
page around them is layout A, so that its visible labels are read first; the tags say what the labels do not, and mark
out the texts. A tag that is neither one of these nor HTML is reported.
"""

import re

from lxml.html import defs

from pipelines.parse.author import read_author
from pipelines.parse.dated import add_dated
from pipelines.parse.draft import Draft
from pipelines.parse.fragment import read_fragment
from pipelines.parse.headed import read_headed
from pipelines.parse.html_page import HtmlPage
from pipelines.parse.labelled import set_once
from pipelines.parse.labels import Field
from pipelines.parse.types import question_type
from schemas.figure import Section
from schemas.question import EventKind, PrintedAuthor

_PLAIN = {
    "MINI": Field.MINISTRY_ASKED,
    "MINA": Field.MINISTRY_ASSIGNED,
    "RUB": Field.RUBRIC,
    "TANA": Field.HEADING,
    "ANA": Field.TITLE,
}
_TEXTS = {"QUEST": Section.QUESTION, "REP": Section.ANSWER}
_TAGS = frozenset({"LEG", "NUM", "NAT", "DPQ", "AUT", *_PLAIN, *_TEXTS})
_TAG = re.compile(r"<(/?)([A-Za-z]{2,12})(?=[ >])[^<>]{0,500}>")
_CELL = re.compile(r"</?(?:td|tr|table)\b", re.IGNORECASE)
_MARKS = re.compile(r"<(?:QUEST|NUM|MINI|AUT|DPQ)>", re.IGNORECASE)
_FEW = 3
_NUMBER = re.compile(r"\d{1,7}")
_TERM = re.compile(r"(\d{1,2})(?!\d)")


def is_marked(page: HtmlPage) -> bool:
    """Whether the page has tags of this layout."""
    return len({mark.upper() for mark in _MARKS.findall(page.source)}) >= _FEW


def parse(page: HtmlPage) -> Draft:
    """Read a page; raises ParseError `unreadable_markup`."""
    draft = read_headed(page.visible, surname_first=True) or Draft()
    values = _values(page.seen, draft)
    _read_identity(values, draft)
    _read_author(values, draft)
    for tag, field in _PLAIN.items():
        set_once(draft, field, _line(values, tag))
    if not draft.shows(EventKind.PUBLISHED):
        add_dated(draft, Field.PUBLISHED, _line(values, "DPQ").strip("() "))
    for tag, section in _TEXTS.items():
        _read_text(values, tag, section, draft)
    return draft


def _values(source: str, draft: Draft) -> dict[str, str]:
    """The first value of each private tag; one that is not closed ends with its cell."""
    values: dict[str, str] = {}
    name, start = "", 0
    for found in _TAG.finditer(source):
        tag = found[2].upper()
        if tag not in _TAGS:
            if found[2].isupper() and tag.lower() not in defs.tags:
                draft.report("unknown_label", "head", f"the tag <{tag}> is not known")
            continue
        if name:
            value = source[start : found.start()]
            values.setdefault(name, value if tag == name else _CELL.split(value)[0])
        name, start = ("", 0) if found[1] else (tag, found.end())
    return values


def _line(values: dict[str, str], tag: str) -> str:
    """A value as one line."""
    text, _ = read_fragment(values.get(tag, ""), Section.QUESTION)
    return " ".join((text or "").split("\n"))


def _read_identity(values: dict[str, str], draft: Draft) -> None:
    if (number := _NUMBER.search(_line(values, "NUM"))) and draft.number is None:
        draft.number = int(number[0])
    if (term := _TERM.match(_line(values, "LEG"))) and draft.term is None:
        draft.term = int(term[1])
    draft.type = draft.type or question_type(_line(values, "NAT"))


def _read_author(values: dict[str, str], draft: Draft) -> None:
    """The asker, surname first; the tag holds the name alone, the line of the page civilité and group too.

    A name without a civilité may begin with a particle, `de La Roche Charles`, which is no `de` of the page.
    """
    name = _line(values, "AUT")
    if name and draft.author is None:
        shown = f"de {name}" if name.startswith("de ") else name
        draft.author = read_author(shown, surname_first=True) or PrintedAuthor(name=name, surname_first=True)


def _read_text(values: dict[str, str], tag: str, section: Section, draft: Draft) -> None:
    """The text that a tag marks out, in place of what the labels showed."""
    if tag not in values:
        return
    text, tables = read_fragment(values[tag], section)
    setattr(draft, section.value, text)
    draft.tables = [*(table for table in draft.tables if table.section != section), *tables]
    draft.tables.sort(key=lambda table: (table.section == Section.ANSWER, table.start))
    if section == Section.QUESTION:
        draft.question_withheld = True
