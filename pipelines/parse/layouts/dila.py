"""The weekly files of the JO's questions edition (DILA, `REDIF_ANQ….xml`): new questions, and answers with theirs.

A section `QE` lists questions, a section `REP` entries of one to many questions and their one answer: the joint answers
of the JO itself. In `REP` the type `REP` is a mark and no procedure, and the place given for a question is that of the
answer, unless it is of an earlier day. Described by public readers of these files; no file was at hand. Corrections are
shaped as in the schemas of the service that prepares these files (github.com/administration-solrep/REPONSES).
"""

from collections.abc import Iterator

from pipelines.parse.author import read_author
from pipelines.parse.draft import Draft
from pipelines.parse.structured.common import read_text, report_unread, take_printed_head
from pipelines.parse.structured.issue import Issue, read_day, read_issue, read_number
from pipelines.parse.structured.tree import Branch, Node
from pipelines.parse.text import one_spaced
from pipelines.parse.types import question_type
from schemas.figure import Section
from schemas.identity import QuestionKey, QuestionType
from schemas.question import Day, EventKind, PrintedAuthor

_PARLIAMENTS = {"AN": "fr-an", "SENAT": "fr-senat", "SÉNAT": "fr-senat"}
_QUESTIONS, _ANSWERS = "QE", "REP"
_DEEPEST = 6


def is_dila(node: Node, depth: int = 0) -> bool:
    """Whether an XML tree holds questions as the weekly files do: with an `idQuestion` each."""
    if isinstance(node, list):
        return any(is_dila(each, depth) for each in node)
    if not isinstance(node, dict) or depth > _DEEPEST:
        return False
    return "idQuestion" in node or any(is_dila(each, depth + 1) for each in node.values())


def parse(node: Node) -> list[Draft]:
    """Read every question of a weekly file."""
    root = Branch(node)
    drafts: list[Draft] = []
    for section in _sections(root):
        part = (section.text("@part") or "").upper()
        entries = list(_entries(section))
        drafts += [draft for entry in entries for draft in _entry(entry, part)]
    root.ignore(*[name for name in root.names() if name.startswith("@")])  # the issue: each question has it too
    if drafts:
        report_unread(drafts[0], root)
    return drafts


def _sections(root: Branch, depth: int = 0) -> list[Branch]:
    """The sections, wherever wrappers put them; a file without any is one section without a name."""
    found = root.branches("Section")
    if found or depth > _DEEPEST:
        return found
    inner = [name for name in root.names() if not name.startswith("@")]
    if root.has("question") or root.has("idQuestion"):
        return [root]
    return [section for name in inner for branch in root.branches(name) for section in _sections(branch, depth + 1)]


def _entries(section: Branch) -> Iterator[Branch]:
    """Questions that stand alone, or whatever element joins questions and their answer."""
    if section.has("idQuestion") or (section.has("question") and section.has("reponse")):
        yield section
        return
    for name in section.names():
        yield from section.branches(name)


def _entry(entry: Branch, part: str) -> list[Draft]:
    questions = [entry] if entry.has("idQuestion") else entry.branches("question")
    answer = entry.branch("reponse")
    drafts = [_question(question, part) for question in questions]
    if part == _ANSWERS or answer:
        _answer(drafts, answer)
    for draft, question in zip(drafts, questions, strict=True):
        report_unread(draft, question)
    if drafts and not entry.has("idQuestion"):
        report_unread(drafts[0], answer)
    return drafts


def _question(question: Branch, part: str) -> Draft:
    draft = Draft()
    identity = question.branch("idQuestion")
    draft.parliament = _parliament(identity.text("source"), draft)
    draft.number = read_number(identity.text("numeroQuestion"), identity.path, draft)
    draft.term = read_number(identity.text("legislature"), identity.path, draft)
    draft.type = _type(identity.text("type"), draft)
    draft.author = _author(question.branches("parlementaire"))
    title, ministry = question.text("Objet"), question.text("ministreJO")
    draft.title = one_spaced(title) if title else None
    issue = _issue(question.branch("referencePublication"), draft)
    label = one_spaced(ministry) if ministry else None
    if question.has("texteErratum") or question.has("referencePublicationErratum"):
        _erratum(question, draft)
    elif part == _ANSWERS:
        draft.ministry_answered = label
        draft.add(issue.event(EventKind.ANSWERED))
    else:
        draft.ministry_asked = label
        draft.add(issue.event(EventKind.PUBLISHED))
        if part != _QUESTIONS:
            draft.report("unknown_section", "Section", f"a section '{part}', read as one of new questions")
    read_text(question.markup("texteQuestion"), Section.QUESTION, draft)
    take_printed_head(draft)
    draft.question_withheld = part == _ANSWERS or draft.shows(EventKind.CORRECTED)  # printed with its own issue
    return draft


def _erratum(question: Branch, draft: Draft) -> None:
    """A correction of a text that was printed before: `erratumQuestion` or `erratumReponse`, as the element says."""
    told = question.text("texteErratum")
    place = _issue(question.branch("referencePublicationErratum"), draft)
    corrects = "answer" if "reponse" in question.path.rpartition("/")[2].casefold() else "question"
    draft.add(place.event(EventKind.CORRECTED, corrects=corrects, reason=one_spaced(told) if told else None))


def _parliament(printed: str | None, draft: Draft) -> str:
    """Which house the question was put in; the files of the Assemblée need not say it."""
    found = _PARLIAMENTS.get((printed or "AN").upper())
    if found is None:
        draft.report("unknown_value", "idQuestion/source", f"'{(printed or '')[:40]}' is no known house")
    return found or draft.parliament


def _type(printed: str | None, draft: Draft) -> QuestionType | None:
    """The procedure; the weekly files hold written questions, and `REP` marks an answered one."""
    if printed is None or printed.upper() == _ANSWERS:
        return QuestionType.QE
    found = question_type(printed)
    if found is None:
        draft.report("unknown_value", "idQuestion/type", f"'{printed[:40]}' is no known procedure")
    return found


def _author(branches: list[Branch]) -> PrintedAuthor | None:
    """The name as printed, or in its parts."""
    for branch in branches:
        parts = [part for name in ("civilite", "prenom", "nom") if (part := branch.text(name))]
        printed = branch.own_text() or " ".join(parts)
        if printed:
            return read_author(printed) or PrintedAuthor(name=one_spaced(printed))
    return None


def _issue(branch: Branch, draft: Draft) -> Issue:
    return Issue(
        date=read_day(branch.text("datePublication"), branch.path, draft),
        page=read_number(branch.text("pageJO"), branch.path, draft),
        number=read_issue(branch.text("noPublication"), branch.path, draft),
        type="JO_QUESTION",
    )


def _answer(drafts: list[Draft], answer: Branch) -> None:
    """Give the one answer to each question of the entry, and each question the others."""
    html = answer.markup("texteReponse")
    issue = _issue(answer.branch("referencePublication"), drafts[0]) if drafts else Issue()
    for draft in drafts:
        if issue.date:
            _take_own_place(draft, issue.date)
            draft.add(issue.event(EventKind.ANSWERED))
        read_text(html, Section.ANSWER, draft)
        draft.answered_with = [key for other in drafts if other is not draft and (key := _key(other))]


def _take_own_place(draft: Draft, answered: Day) -> None:
    """Take the place given for an answered question, which is the answer's; one of an earlier day is its own."""
    places = [event for event in draft.events if event.kind == EventKind.ANSWERED]
    draft.events = [event for event in draft.events if event.kind != EventKind.ANSWERED]
    for place in places:
        if place.date is None or place.date == answered:
            continue
        headed = next((event.date for event in draft.events if event.kind == EventKind.PUBLISHED), None)
        if place.date > answered or headed not in (None, place.date):
            head = f", its text is headed {headed}" if headed else ""
            told = f"the question's place is of {place.date}{head}, and its answer is of {answered}"
            draft.report("bad_date", "question/referencePublication", told)
        else:
            draft.events = [event for event in draft.events if event.kind != EventKind.PUBLISHED]
            draft.events.insert(0, place.model_copy(update={"kind": EventKind.PUBLISHED}))


def _key(draft: Draft) -> QuestionKey | None:
    if draft.number is None or draft.term is None or draft.type is None:
        return None
    return QuestionKey(parliament=draft.parliament, term=draft.term, type=draft.type, number=draft.number)
