"""The open data of the Assemblée nationale, terms 14 to 17, as JSON and as XML: written and oral questions.

One file a question (`question`) or one file of a whole term (a list within one or two wrappers). The person who asks is
an id alone: names are in the files of members. What varies between terms is read in every form: `ANALYSE/ANA` or
`analyses/analyse`, one value or a list; the shapes of renewals and errata are not documented, so that any plausible one
is read.
"""

from collections.abc import Iterator
from dataclasses import replace

from pipelines.parse.address import hint_from
from pipelines.parse.draft import Draft
from pipelines.parse.structured.common import (
    InCharge,
    add_code_closing,
    add_in_charge,
    heading_of,
    read_text,
    report_unread,
    take_printed_head,
    title_of,
)
from pipelines.parse.structured.issue import Issue, read_day, read_info_jo, read_number
from pipelines.parse.structured.tree import Branch, Node, is_null, is_technical
from pipelines.parse.text import one_spaced
from pipelines.parse.types import question_type
from schemas.figure import Section
from schemas.identity import QuestionType
from schemas.question import EventKind, PrintedAuthor

_DEEPEST_WRAPPER = 4
_PLACES = ("@ordre", "@numero", "ordre", "numero")  # of an entry in its list
_ORAL = (QuestionType.QG, QuestionType.QOSD)


def is_open_data(node: Node) -> bool:
    """Whether a tree holds questions of the open data: objects with a `uid`."""
    return next(_questions(node), None) is not None


def parse(node: Node) -> list[Draft]:
    """Read every question of a file; what else stands in its wrappers is reported with the first."""
    drafts = [_question(found) for found in _questions(node)]
    for path in _beside(node) if drafts else ():
        drafts[0].report("unknown_key", path, f"'{path}' stands beside the questions, and what it says is not read")
    return drafts


def _questions(node: Node, depth: int = 0) -> Iterator[dict[str, Node]]:
    """The objects with a `uid`, wherever the wrappers put them."""
    if isinstance(node, dict) and "uid" in node:
        yield node
    elif depth < _DEEPEST_WRAPPER and isinstance(node, dict | list):
        for inner in node if isinstance(node, list) else node.values():
            yield from _questions(inner, depth + 1)


def _beside(node: Node, path: str = "", depth: int = 0) -> Iterator[str]:
    """What says something in the wrappers and holds no question."""
    if isinstance(node, dict) and "uid" in node:
        return
    named = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, inner in named:
        below = f"{path}/{name}".lstrip("/")
        if next(_questions(inner, depth + 1), None) is not None:
            yield from _beside(inner, below, depth + 1)
        elif not is_null(inner) and not is_technical(str(name)):
            yield below


def _question(node: Node) -> Draft:
    draft, question = Draft(), Branch(node)
    _identity(draft, question)
    _people(draft, question.branch("auteur"))
    _subject(draft, question.branch("indexationAN"))
    closings = [(closing, _closing_issue(closing, draft)) for closing in question.branches("cloture")]
    _published(draft, question)
    take_printed_head(draft)
    _answers(draft, question, [issue for _, issue in closings])
    _ministries(draft, question)
    _signalled(draft, question)
    _renewals(draft, question)
    for closing, issue in closings:
        add_code_closing(draft, issue, closing.text("codeCloture"), closing.text("libelleCloture"))
    draft.question_withheld = draft.type in _ORAL
    report_unread(draft, question)
    return draft


def _identity(draft: Draft, question: Branch) -> None:
    """The uid names the question; the rest must not contradict it."""
    identity, uid = question.branch("identifiant"), question.text("uid")
    identity.ignore("regime")
    named = hint_from(uid or "")
    procedure = question.text("type")
    printed = {
        "number": read_number(identity.text("numero"), "identifiant/numero", draft),
        "term": read_number(identity.text("legislature"), "identifiant/legislature", draft),
        "type": question_type(procedure or ""),
    }
    if procedure and named and printed["type"] is None:
        draft.report("unknown_value", "type", f"'{procedure[:40]}' is no known procedure; the uid is {uid}")
    for name, value in printed.items():
        by_uid = getattr(named, name) if named else None
        setattr(draft, name, by_uid or value)
        if by_uid and value and by_uid != value:
            draft.report("identity_mismatch", f"identifiant/{name}", f"the uid is {uid}, {name} says {value}")


def _people(draft: Draft, author: Branch) -> None:
    identity, group = author.branch("identite"), author.branch("groupe")
    label = group.text("developpe")
    abbreviation = group.text("abrege")
    found = PrintedAuthor(
        name=None,
        group=one_spaced(label or abbreviation or "") or None,
        group_abbreviation=abbreviation,
        group_id=group.text("organeRef"),
        source_id=identity.text("acteurRef"),
        mandate_id=identity.text("mandatRef"),
    )
    draft.author = found if found != PrintedAuthor(name=None) else None


def _subject(draft: Draft, index: Branch) -> None:
    rubric = index.text("rubrique")
    draft.rubric = one_spaced(rubric) if rubric else None
    draft.heading = heading_of(index.text("teteAnalyse"))
    parts: list[str] = []
    for holder, item in (("analyses", "analyse"), ("ANALYSE", "ANA")):
        for branch in index.branches(holder):
            own = branch.own_text()
            parts += [*branch.texts(item), *([own] if own else [])]
    draft.title = title_of(parts)


def _published(draft: Draft, question: Branch) -> None:
    """The first text is the publication, a later one a correction of it; without a text, the day it was attributed."""
    for place, (branch, issue) in enumerate(_texts(draft, question, "textesQuestion", "texteQuestion")):
        kind = EventKind.CORRECTED if place else EventKind.PUBLISHED
        draft.add(issue.event(kind, corrects="question" if place else None))
        read_text(branch.markup("texte", "#text"), Section.QUESTION, draft)
        _errata(draft, branch, issue, "question")


def _answers(draft: Draft, question: Branch, closings: list[Issue]) -> None:
    """Every answer; one whose own day is missing has that of the closing."""
    closed = next((issue.date for issue in closings if issue.date), None)
    for branch, issue in _texts(draft, question, "textesReponse", "texteReponse"):
        draft.add(issue.event(EventKind.ANSWERED, date=issue.date or closed))
        read_text(branch.markup("texte", "#text"), Section.ANSWER, draft)
        _errata(draft, branch, issue, "answer")


def _texts(draft: Draft, question: Branch, holder: str, item: str) -> list[tuple[Branch, Issue]]:
    holders = question.branches(holder)
    found = [each for one in holders for each in (one.branches(item) or ([one] if one else []))]
    return [(branch, read_info_jo(branch.branch("infoJO"), draft)) for branch in found]


def _errata(draft: Draft, branch: Branch, issue: Issue, corrects: str) -> None:
    """An erratum is told as a text, as a flag, or as an object with its own issue."""
    for erratum in branch.branches("erratum"):
        own = read_info_jo(erratum.branch("infoJO"), draft)
        day = read_day(erratum.text("dateErratum", "dateJO", "date"), erratum.path, draft)
        told = erratum.text("texte", "#text")
        if told is not None and told.lower() in ("false", "non", "0"):
            continue
        place = own if own != Issue() else Issue(date=day) if day else issue
        is_flag = told is None or told.lower() in ("true", "oui", "1")
        draft.add(
            place.event(EventKind.CORRECTED, corrects=corrects, reason=None if is_flag else one_spaced(told or ""))
        )


def _ministries(draft: Draft, question: Branch) -> None:
    draft.ministry_asked, _ = _denomination(question.branch("minInt"))
    in_charge: list[InCharge] = []
    for holder in question.branches("minAttribs"):
        for entry in holder.branches("minAttrib") or [holder]:
            entry.ignore(*_PLACES)
            issue = read_info_jo(entry.branch("infoJO"), draft)
            label, ref = _denomination(entry.branch("denomination"))
            in_charge.append(InCharge(label, ref, issue))
    first = in_charge[0].issue if in_charge else Issue()
    if not draft.shows(EventKind.PUBLISHED) and first.date:
        draft.events.insert(0, first.event(EventKind.PUBLISHED, page=None))
    add_in_charge(draft, in_charge)


def _denomination(branch: Branch) -> tuple[str | None, str | None]:
    """The label that pages print (the short one) and the source's id."""
    short, long = branch.text("abrege"), branch.text("developpe")
    label = short or long
    return one_spaced(label) if label else None, branch.text("organeRef")


def _signalled(draft: Draft, question: Branch) -> None:
    for holder in [*question.branches("signalement"), *question.branches("signalements")]:
        for entry in holder.branches("signalement") or [holder]:
            entry.ignore(*_PLACES)
            issue = read_info_jo(entry.branch("infoJO"), draft)
            own = read_day(entry.text("dateSignalement", "dateJO", "#text"), entry.path, draft)
            deposited = read_day(entry.text("dateDepotSignal"), entry.path, draft)
            draft.add(issue.event(EventKind.SIGNALLED, date=issue.date or own, deposited=deposited))


def _renewals(draft: Draft, question: Branch) -> None:
    for holder in [*question.branches("renouvellements"), *question.branches("renouvellement")]:
        for entry in holder.branches("renouvellement") or holder.branches("ordre") or [holder]:
            entry.ignore(*_PLACES)
            for day in entry.texts("#text"):
                draft.add(Issue(date=read_day(day, entry.path, draft)).event(EventKind.RENEWED))
            issue = read_info_jo(entry.branch("infoJO"), draft)
            own = read_day(entry.text("dateRenouvellement", "dateJO", "date"), entry.path, draft)
            if own or issue != Issue():
                draft.add(issue.event(EventKind.RENEWED, date=own or issue.date))


def _closing_issue(closing: Branch, draft: Draft) -> Issue:
    """The closing's own day counts."""
    issue = read_info_jo(closing.branch("infoJO"), draft)
    day = read_day(closing.text("dateCloture"), closing.path, draft)
    return replace(issue, date=day or issue.date)
