"""The Sénat's weekly files before the common form (DILA, `SEQ….xml`): root `QuestionsPubliees`, names in capitals.

A section `QE` lists questions, a section `REP` joins one to many questions with their answer. The day of an answer is
that of the issue, said by the root alone; the term is that of the question's day. Described by a public reader of these
files; no file was at hand.
"""

from datetime import date

from pipelines.parse.draft import Draft
from pipelines.parse.structured.common import read_text, report_unread
from pipelines.parse.structured.issue import Issue, read_day, read_issue, read_number
from pipelines.parse.structured.tree import Branch, Node
from pipelines.parse.terms import term_on
from pipelines.parse.text import one_spaced
from schemas.figure import Section
from schemas.identity import QuestionKey, QuestionType
from schemas.question import EventKind, PrintedAuthor

ROOT = "QuestionsPubliees"
_PARLIAMENT = "fr-senat"


def is_senat_xml(root: str, node: Node) -> bool:
    """Whether an XML file is a weekly file of the Sénat's old form."""
    return root == ROOT and isinstance(node, dict) and "@DateJO" in node


def parse(node: Node) -> list[Draft]:
    """Read every question of a weekly file."""
    root, first = Branch(node), Draft()
    day = read_day(root.text("@DateJO"), "DateJO", first)
    issue = Issue(date=day, number=read_issue(root.text("@NumJO"), "NumJO", first), type="JO_QUESTION")
    drafts: list[Draft] = []
    for section in root.branches("Section") or [root]:
        section.ignore("@part")  # what an element is, its name says
        drafts += [_asked(question, issue) for question in section.branches("Question")]
        for entry in section.branches("Question_Reponse"):
            drafts += _answered(entry, issue)
    if drafts:
        drafts[0].problems += first.problems
        report_unread(drafts[0], root)
    return drafts


def _asked(question: Branch, issue: Issue) -> Draft:
    draft, day, page, ministry = _question(question, issue)
    draft.ministry_asked = ministry
    own = Issue(date=day, page=page, number=issue.number if day == issue.date else None, type=issue.type)
    draft.add(own.event(EventKind.PUBLISHED))
    return draft


def _answered(entry: Branch, issue: Issue) -> list[Draft]:
    listed = entry.branches("Questions")
    questions = [question for each in listed for question in each.branches("Question")] or entry.branches("Question")
    answer = entry.branch("Reponse")
    manage = answer.branch("Gestion")
    printed_page, html = manage.text("PageJO"), answer.markup("Texte_Reponse")
    ministry = manage.branch("MinReponse").text("TitreMinistereJO", "TitreMinistere")
    drafts: list[Draft] = []
    for question in questions:
        draft, day, _, asked = _question(question, issue)
        if day and issue.date and day < issue.date:
            draft.add(Issue(date=day).event(EventKind.PUBLISHED))
        page = read_number(printed_page, "Reponse/Gestion/PageJO", draft)
        draft.add(Issue(issue.date, page, issue.number, issue.type).event(EventKind.ANSWERED))
        draft.ministry_answered = one_spaced(ministry) if ministry else asked
        draft.question_withheld = True  # it was printed with its own issue
        read_text(html, Section.ANSWER, draft)
        drafts.append(draft)
    keys = [_key(draft) for draft in drafts]
    for draft, own in zip(drafts, keys, strict=True):
        draft.answered_with = [key for key in keys if key and key is not own]
    return drafts


def _question(question: Branch, issue: Issue) -> tuple[Draft, date | None, int | None, str | None]:
    """The draft, the day and page that are given for the question, and the ministry it is addressed to."""
    draft = Draft(parliament=_PARLIAMENT, type=QuestionType.QE)
    manage = question.branch("Gestion")
    draft.number = read_number(manage.text("NumQ"), manage.path, draft)
    day = read_day(manage.text("DateQ"), manage.path, draft) or issue.date
    draft.term_day = day
    page = read_number(manage.text("PageJO"), manage.path, draft)
    title, ministry = manage.text("Objet"), manage.branch("Destinataire").text("TitreMinistere", "TitreMinistereJO")
    draft.title = one_spaced(title) if title else None
    draft.author = _author(manage.branch("Auteur"))
    read_text(question.markup("TexteQ"), Section.QUESTION, draft)
    return draft, day, page, one_spaced(ministry) if ministry else None


def _author(author: Branch) -> PrintedAuthor | None:
    civility, first, last = author.text("Civilite"), author.text("Prenom"), author.text("Nom")
    named = " ".join(one_spaced(part) for part in (first, last) if part)
    return PrintedAuthor(name=named, civility=civility) if named else None


def _key(draft: Draft) -> QuestionKey | None:
    term = term_on(_PARLIAMENT, draft.term_day) if draft.term_day else None
    if term is None or draft.number is None or draft.type is None:
        return None
    return QuestionKey(parliament=_PARLIAMENT, term=term, type=draft.type, number=draft.number)
