"""What the structured sources of questions share: texts as HTML, ministries in charge, closings, titles."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.parse.closing import closing_kind
from pipelines.parse.dated import add_closing
from pipelines.parse.dates import leading_date
from pipelines.parse.draft import Draft
from pipelines.parse.fragment import read_fragment
from pipelines.parse.structured.issue import Issue
from pipelines.parse.structured.tree import Branch
from pipelines.parse.text import key, one_spaced
from schemas.errors import ParseError
from schemas.figure import Section
from schemas.question import EventKind, PrintedEvent

_NO_HEADING = "aucune tete d'analyse"  # printed in place of an empty one
_BLOCK_TAG = re.compile(r"<(?:br|p|div|table|tr|li|ul|ol|center|h[1-6])\b|</br", re.IGNORECASE)
_DECREES = "JO_LOI_DECRET"  # the edition in which a new government or a new name is published
_DEBATES = "JO_DEBAT"
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
# "13382. — 10 mars 2026. — Mme …": the head of a question as the JO prints it
_HEAD = re.compile(r"(\d{1,7})\. ?[—–-] ?(\d{1,2}(?:er)? [^\W\d_]{3,9} \d{4})\. ?[—–-] ?")


@dataclass(frozen=True)
class InCharge:
    """One ministry in charge, and where that was published."""

    ministry: str | None
    ref: str | None
    issue: Issue


def read_text(html: str | None, section: Section, draft: Draft) -> str | None:
    """A text that is HTML, added to the draft with its tables behind what the draft has of that section.

    A file without any tag for lines separates paragraphs by blank lines.
    """
    if html is None:
        return None
    if not _BLOCK_TAG.search(html):
        html = _BLANK_LINE.sub("<br>", html)
    try:
        text, tables = read_fragment(html, section)
    except ParseError as error:
        draft.report(error.reason, section.value, error.detail)
        return None
    before: str | None = getattr(draft, section.value)
    if text is not None:
        shift = len(before) + 1 if before else 0
        draft.tables += [
            each.model_copy(update={"start": each.start + shift, "end": each.end + shift}) for each in tables
        ]
        setattr(draft, section.value, f"{before}\n{text}" if before else text)
    return text


def take_printed_head(draft: Draft) -> None:
    """Take the number and the day that the JO prints before a question off its text; the day is its publication."""
    found = _HEAD.match(draft.question or "")
    if found is None or draft.question is None or (draft.number and int(found[1]) != draft.number):
        return
    draft.question = draft.question[found.end() :]
    draft.tables = [
        each.model_copy(update={"start": each.start - found.end(), "end": each.end - found.end()})
        if each.section == Section.QUESTION
        else each
        for each in draft.tables
    ]
    day = leading_date(found[2])
    if day and day.day and not any(e.kind == EventKind.PUBLISHED and e.date for e in draft.events):
        draft.events = [event for event in draft.events if event.kind != EventKind.PUBLISHED]
        draft.events.insert(0, PrintedEvent(kind=EventKind.PUBLISHED, date=day.day))


def title_of(parts: Sequence[str]) -> str | None:
    """The title; analyses in several parts are printed one behind the other, each with its full stop."""
    if len(parts) > 1:
        return " ".join(f"{one_spaced(part).rstrip('. ')}." for part in parts)
    return one_spaced(parts[0]) if parts else None


def heading_of(text: str | None) -> str | None:
    """The heading, None where the source says that there is none."""
    return one_spaced(text) if text and key(text) != _NO_HEADING else None


def add_in_charge(draft: Draft, in_charge: Sequence[InCharge]) -> None:
    """Note the ministries in charge by their days: the first, from the publication on, is the ministry asked.

    Files list them so, and one that begins with the latest says the same; where a day is missing, the list's order
    counts.
    """
    if all(each.issue.date for each in in_charge):
        in_charge = sorted(in_charge, key=lambda each: each.issue.date or date.min)
    published = next((event.date for event in draft.events if event.kind == EventKind.PUBLISHED), None)
    for place, each in enumerate(in_charge):
        if place == 0 and each.issue.type != _DECREES and (_is_asked(each, draft) or each.issue.date == published):
            draft.ministry_asked = draft.ministry_asked or each.ministry
            continue
        reassigned = each.issue.event(EventKind.REASSIGNED, ministry=each.ministry, ministry_ref=each.ref)
        draft.add(reassigned)
    if in_charge:
        draft.ministry_assigned = in_charge[-1].ministry


def _is_asked(each: InCharge, draft: Draft) -> bool:
    return draft.ministry_asked is None or each.ministry is None or key(each.ministry) == key(draft.ministry_asked)


def add_code_closing(draft: Draft, issue: Issue, code: str | None, label: str | None) -> None:
    """A closing with its code and its label; the label counts where it is known, else the code.

    Its page is that of a whole section of the questions edition, and no page of the answer or the withdrawal. In the
    edition of debates it is the question's own, and term 16 shows it nowhere else.
    """
    if issue == Issue() and code is None and label is None:
        return
    known = [each for each in (label, code) if each and closing_kind(each) != EventKind.CLOSED_OTHER]
    motive = known[0] if known else label or code
    event = issue.event(EventKind.CLOSED_OTHER, page=issue.page if issue.type == _DEBATES else None)
    if motive and closing_kind(motive) == EventKind.ANSWERED:
        if not draft.shows(EventKind.ANSWERED):
            draft.add(event.model_copy(update={"kind": EventKind.ANSWERED}))
        draft.events = [_with_page(each, event) for each in draft.events]
        return
    add_closing(draft, event, motive)


def _with_page(event: PrintedEvent, closing: PrintedEvent) -> PrintedEvent:
    """An answer of the closing's day with the closing's page, where it has none."""
    is_its = event.kind == EventKind.ANSWERED and event.date == closing.date and event.page is None
    return event.model_copy(update={"page": closing.page}) if is_its else event


def report_unread(draft: Draft, branch: Branch) -> None:
    """Tell every key that says something and that nobody took."""
    for path in branch.unread():
        draft.report("unknown_key", path, f"the key '{path}' is not known, and what it says is not read")
