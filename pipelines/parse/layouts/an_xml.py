"""The XML view of the Assemblée nationale (`…/vue/xml`, terms 14 on): one question, French element names in capitals.

Read from a file as served. `CLOTURE` is also the answer's; a withdrawal has only that. The group is the one of the day
on which the file was made, not that of the question.
"""

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
from pipelines.parse.structured.issue import Issue, read_day, read_number
from pipelines.parse.structured.tree import Branch, Node
from pipelines.parse.text import one_spaced
from pipelines.parse.types import question_type
from schemas.figure import Section
from schemas.question import EventKind, PrintedAuthor

ROOT = "QUESTION"


def is_an_xml(root: str, node: Node) -> bool:
    """Whether an XML file is a view of one question: a root in capitals, with a deposit."""
    return root == ROOT and isinstance(node, dict) and "DEPOT" in node


def parse(node: Node) -> list[Draft]:
    """Read the one question of a file."""
    draft, question = Draft(), Branch(node)
    draft.type = question_type(question.text("@TYPE") or "")
    draft.term = read_number(question.text("LEGISLATURE"), "LEGISLATURE", draft)
    _deposits(draft, question.branches("DEPOT"))
    _people(draft, question)
    _subject(draft, question.branch("INDEXATION_AN"))
    _answer(draft, question.branch("REPONSE"))
    _ministries(draft, question)
    _corrections(draft, question)
    _signalled(draft, question.branch("SIGNALEMENT"))
    for entry in _entries(question.branch("RENOUVELLEMENT")):
        day = read_day(entry.text("DATE_RENOUVELLEMENT"), entry.path, draft)
        issue = _issue(entry, draft)
        draft.add(issue.event(EventKind.RENEWED, date=day or issue.date))
    for closing in question.branches("CLOTURE"):
        add_code_closing(draft, _issue(closing, draft), closing.text("ABREGE"), closing.text("LIBELLE"))
    report_unread(draft, question)
    return [draft]


def _issue(branch: Branch, draft: Draft) -> Issue:
    return Issue(
        date=read_day(branch.text("DATE_JO"), branch.path, draft),
        page=read_number(branch.text("PAGE_JO"), branch.path, draft),
        number=read_number(branch.text("NUMERO_JO"), branch.path, draft),
        type=branch.text("TYPE_JO"),
        nor=branch.text("REFERENCE_NOR"),
    )


def _entries(branch: Branch) -> list[Branch]:
    """What is listed as `ORDRE`, or the branch itself where it is not listed."""
    listed = branch.branches("ORDRE")
    for entry in listed:
        entry.ignore("@NUMERO")  # its place in the list
    return listed or ([branch] if branch else [])


def _deposits(draft: Draft, deposits: list[Branch]) -> None:
    """One element tells number and issue, another holds the text; the latter is empty for what was withdrawn early."""
    for deposit in deposits:
        number = read_number(deposit.text("@NUMERO"), deposit.path, draft)
        draft.number = draft.number or number
        issue = _issue(deposit, draft)
        if issue != Issue():
            draft.add(issue.event(EventKind.PUBLISHED))
        read_text(deposit.markup("TEXTE_DEPOT"), Section.QUESTION, draft)
    take_printed_head(draft)


def _people(draft: Draft, question: Branch) -> None:
    author, group, seat = question.branch("AUTEUR"), question.branch("GROUPE"), question.branch("CIRCONSCRIPTION")
    named = [one_spaced(name) for name in (author.text("PRENOM"), author.text("NOM")) if name]
    source_id, mandate_id, group_id = author.text("ID_ACTEUR"), author.text("@ID_MANDAT"), group.text("ID_GROUPE")
    seat.ignore("CODE_DEPARTEMENT", "CODE_REGION", "REGION", "@NUMERO_CIRCONSCRIPTION")  # pages print the département
    found = PrintedAuthor(
        name=" ".join(named) or None,
        civility=author.text("CIVILITE"),
        group=group.text("LIBELLE"),
        group_abbreviation=group.text("@SIGLE"),
        constituency=seat.text("DEPARTEMENT"),
        source_id=f"PA{source_id}" if source_id else None,
        mandate_id=f"PM{mandate_id}" if mandate_id else None,
        group_id=f"PO{group_id}" if group_id else None,
    )
    draft.author = found if found != PrintedAuthor(name=None) else None


def _subject(draft: Draft, index: Branch) -> None:
    draft.rubric = index.text("@RUBRIQUE", "RUBRIQUE")
    draft.heading = heading_of(index.text("TETE_ANALYSE"))
    analysis = index.branch("ANALYSE")
    draft.title = title_of(analysis.texts("ANA") or [text for text in [analysis.own_text()] if text])


def _answer(draft: Draft, answer: Branch) -> None:
    day = read_day(answer.text("DATE_JO_REPONSE"), answer.path, draft)
    page = read_number(answer.text("PAGE_JO_REPONSE"), answer.path, draft)
    if day or page:
        draft.add(Issue(date=day, page=page).event(EventKind.ANSWERED))
    read_text(answer.markup("TEXTE_REPONSE"), Section.ANSWER, draft)


def _ministries(draft: Draft, question: Branch) -> None:
    asked = question.branch("MINI")
    draft.ministry_asked, _ = _ministry(asked, "ID_MINI")
    in_charge: list[InCharge] = []
    for entry in _entries(question.branch("MINA")):
        label, ref = _ministry(entry, "ID_MINA")
        in_charge.append(InCharge(label, ref, _issue(entry, draft)))
    add_in_charge(draft, in_charge)


def _ministry(branch: Branch, id_name: str) -> tuple[str | None, str | None]:
    short, long, source_id = branch.text("ABREGE"), branch.text("DEVELOPPE"), branch.text(id_name)
    label = short or long
    return one_spaced(label) if label else None, f"PO{source_id}" if source_id else None


def _corrections(draft: Draft, question: Branch) -> None:
    for name, corrects in (("ERRATUM_QUESTION", "question"), ("ERRATUM_REPONSE", "answer")):
        for erratum in question.branches(name):
            for entry in _entries(erratum):
                told = entry.text("TEXTE_ERRATUM", f"TEXTE_{name}", "#text")
                reason = one_spaced(told) if told else None
                draft.add(_issue(entry, draft).event(EventKind.CORRECTED, corrects=corrects, reason=reason))


def _signalled(draft: Draft, signal: Branch) -> None:
    for entry in _entries(signal):
        deposited = read_day(entry.text("DATE_DEPOT_SIGNAL"), entry.path, draft)
        draft.add(_issue(entry, draft).event(EventKind.SIGNALLED, deposited=deposited))
