"""The XML view of a question (`…/vue/xml`), rendered from synthetic questions; after one real file."""

from datetime import date
from html import escape

from questarium.replica.corpus import SyntheticQuestion
from questarium.replica.material import term_facts
from questarium.replica.open_data import CLOSINGS, events, html, tables_of
from questarium.replica.pages import question_path
from questarium.replica.source_ids import organ_id
from schemas.figure import Section
from schemas.question import EventKind, PrintedEvent


def xml_view_path(question: SyntheticQuestion) -> str:
    """Where the site has that view."""
    return f"{question_path(question)}/vue/xml"


def xml_view(question: SyntheticQuestion) -> bytes:
    """The view of one question, UTF-8."""
    key = question.key
    (published,) = events(question, EventKind.PUBLISHED)
    parts = [
        _tag("LEGISLATURE", key.term),
        f'<DEPOT NUMERO="{key.number}">{_issue(published)}</DEPOT>',
        *_people(question),
        _indexing(question),
        f"<MINI>{_ministry(question.ministry_asked, 'ID_MINI')}</MINI>",
        f"<MINA>{''.join(_attributions(question))}</MINA>",
        f"<DEPOT>{_text('TEXTE_DEPOT', question, Section.QUESTION)}</DEPOT>",
        _erratum("ERRATUM_QUESTION", question, "question"),
        _signalled(question),
        _renewals(question),
        _closing(question),
        _answer(question),
        _erratum("ERRATUM_REPONSE", question, "answer"),
    ]
    body = "\n".join(parts)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<QUESTION TYPE="{key.type}">\n{body}\n</QUESTION>\n'.encode()


def _tag(name: str, value: object) -> str:
    return f"<{name}/>" if value is None else f"<{name}>{escape(str(value), quote=False)}</{name}>"


def _day(day: date | None) -> str | None:
    return f"{day:%d/%m/%Y}" if day else None


def _issue(event: PrintedEvent, day_name: str = "DATE_JO", *, paged: bool = True) -> str:
    number = event.date.isocalendar().week if event.date else None
    page = _tag("PAGE_JO", event.page) if paged else ""
    return f"{_tag(day_name, _day(event.date))}{page}<TYPE_JO>JO_QUESTION</TYPE_JO>{_tag('NUMERO_JO', number)}"


def _text(name: str, question: SyntheticQuestion, section: Section) -> str:
    text = question.question if section == Section.QUESTION else question.answer or ""
    return f"<{name}>\n<![CDATA[{html(text, tables_of(question, section))}]]></{name}>"


def _people(question: SyntheticQuestion) -> list[str]:
    author = question.author
    first, _, last = (author.name or "").partition(" ")
    names = f"{_tag('CIVILITE', author.civility)}{_tag('NOM', last)}{_tag('PRENOM', first)}"
    group = f"{_tag('LIBELLE', author.group)}{_tag('ID_GROUPE', (author.group_id or '').removeprefix('PO'))}"
    person, mandate = (author.source_id or "").removeprefix("PA"), (author.mandate_id or "").removeprefix("PM")
    return [
        f'<AUTEUR ID_MANDAT="{mandate}">{_tag("ID_ACTEUR", person)}{names}</AUTEUR>',
        f'<GROUPE SIGLE="{escape(author.group_abbreviation or "")}">{group}</GROUPE>',
        f'<CIRCONSCRIPTION NUMERO_CIRCONSCRIPTION="1">{_tag("DEPARTEMENT", author.constituency)}</CIRCONSCRIPTION>',
    ]


def _indexing(question: SyntheticQuestion) -> str:
    heading = _tag("TETE_ANALYSE", question.heading or "aucune tête d'analyse")
    analysis = f"<ANALYSE>{_tag('ANA', question.title)}</ANALYSE>"
    return f'<INDEXATION_AN RUBRIQUE="{escape(question.rubric)}">{heading}{analysis}</INDEXATION_AN>'


def _ministry(label: str, id_name: str) -> str:
    number = organ_id(label).removeprefix("PO")
    return f"{_tag('ABREGE', label)}{_tag('DEVELOPPE', f'Ministère : {label}')}{_tag(id_name, number)}"


def _attributions(question: SyntheticQuestion) -> list[str]:
    governments = set(term_facts(question.key.term_key).governments)
    lines: list[str] = []
    for place, (day, label) in enumerate(question.attributions, start=1):
        by_decree = place > 1 and day in governments
        edition = f"{_tag('DATE_JO', _day(day))}{_tag('TYPE_JO', 'JO_LOI_DECRET' if by_decree else 'JO_QUESTION')}"
        lines.append(f'<ORDRE NUMERO="{place}">{_ministry(label, "ID_MINA")}{edition}<NUMERO_JO/></ORDRE>')
    return lines


def _erratum(name: str, question: SyntheticQuestion, corrects: str) -> str:
    found = events(question, EventKind.CORRECTED, corrects)
    return f"<{name}>{_issue(found[0])}</{name}>" if found else f"<{name}><DATE_JO/><PAGE_JO/><TYPE_JO/></{name}>"


def _signalled(question: SyntheticQuestion) -> str:
    found = events(question, EventKind.SIGNALLED)
    told = f"{_issue(found[0], paged=False)}<DATE_DEPOT_SIGNAL/>" if found else "<DATE_JO/><DATE_DEPOT_SIGNAL/>"
    return f"<SIGNALEMENT>{told}</SIGNALEMENT>"


def _renewals(question: SyntheticQuestion) -> str:
    lines = [
        f'<ORDRE NUMERO="{place}">{_issue(event, "DATE_RENOUVELLEMENT", paged=False)}</ORDRE>'
        for place, event in enumerate(events(question, EventKind.RENEWED), start=1)
    ]
    return f"<RENOUVELLEMENT>{''.join(lines)}</RENOUVELLEMENT>"


def _closing(question: SyntheticQuestion) -> str:
    closing = next((event for event in question.events if event.kind in CLOSINGS), None)
    if closing is None:
        return "<CLOTURE><DATE_JO/><PAGE_JO/><ABREGE/><LIBELLE/></CLOTURE>"
    code, label = CLOSINGS[closing.kind]
    return f"<CLOTURE>{_issue(closing)}{_tag('ABREGE', code)}{_tag('LIBELLE', label)}</CLOTURE>"


def _answer(question: SyntheticQuestion) -> str:
    found = events(question, EventKind.ANSWERED)
    if not found or question.answer is None:
        return "<REPONSE><TEXTE_REPONSE/><DATE_JO_REPONSE/><PAGE_JO_REPONSE/></REPONSE>"
    (event,) = found
    place = f"{_tag('DATE_JO_REPONSE', _day(event.date))}{_tag('PAGE_JO_REPONSE', event.page)}"
    return f"<REPONSE>{_text('TEXTE_REPONSE', question, Section.ANSWER)}{place}</REPONSE>"
