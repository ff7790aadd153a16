"""The open data of the Assemblée, rendered from synthetic questions: JSON and XML, in the shapes of old and new terms.

*Reconstructed* for written questions: one real object of an oral question was at hand, and the descriptions of several
public readers. Term 14 is one file of all questions, days written year first; later terms have one file a question, in
XML with a namespace and days written day first. A text is HTML; what says nothing is null.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from html import escape
from typing import Any, BinaryIO

import orjson

from questarium.replica.bodies import in_lines
from questarium.replica.corpus import SyntheticQuestion
from questarium.replica.material import term_facts
from questarium.replica.source_ids import organ_id
from schemas.figure import Section
from schemas.question import EventKind, PrintedEvent
from schemas.text_table import TextTable

NAMESPACE = "http://schemas.assemblee-nationale.fr/referentiel"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_OLD_SHAPE = 14  # the last term in one file
CLOSINGS = {
    EventKind.ANSWERED: ("REP_PUB", "Réponse publiée"),
    EventKind.WITHDRAWN: ("RETRAIT", "Retrait"),
    EventKind.LAPSED: ("FIN_MANDAT", "Fin de mandat"),
}
_CHARACTER_REFERENCES = {ord("œ"): "&#339;", ord("\N{NO-BREAK SPACE}"): "&#160;"}
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class Form(StrEnum):
    """How a file is written."""

    JSON = "json"
    XML = "xml"


def open_data_path(term: int, form: Form = Form.JSON) -> str:
    """Where the site has the zip of the written questions of a term."""
    name = f"Questions_ecrites{suffix_of(term)}.{form}.zip"
    return f"/static/openData/repository/{term}/questions/questions_ecrites/{name}"


def suffix_of(term: int) -> str:
    """What the names of a term's zips end in."""
    return {14: "_XIV", 15: "_XV"}.get(term, "")


def record(question: SyntheticQuestion) -> dict[str, Any]:
    """The object of one question, as its term has it."""
    key = question.key
    named: dict[str, Any] = {} if key.term <= _OLD_SHAPE else {"@xmlns": NAMESPACE, "@xmlns:xsi": _INSTANCE}
    return named | {
        "@xsi:type": "QuestionEcrite_Type",
        "uid": f"QANR5L{key.term}{key.type}{key.number}",
        "identifiant": {"numero": str(key.number), "regime": "5eme Republique", "legislature": str(key.term)},
        "type": str(key.type),
        "indexationAN": _indexing(question),
        "auteur": _author(question),
        "minInt": _ministry(question.ministry_asked),
        "minAttribs": {"minAttrib": _one_or_list(_attributions(question))},
        "textesQuestion": {"texteQuestion": _text(question, EventKind.PUBLISHED, question.question, "question")},
        "textesReponse": _answers(question),
        "cloture": _closing(question),
        "signalement": _signalled(question),
        "renouvellements": _renewals(question),
    }


def json_file(question: SyntheticQuestion) -> bytes:
    """The JSON file of one question."""
    return orjson.dumps({"question": record(question)}, option=orjson.OPT_INDENT_2)


def xml_file(question: SyntheticQuestion) -> bytes:
    """The XML file of one question, with the namespace and the days of later terms."""
    plain = {name: value for name, value in record(question).items() if not name.startswith("@xmlns")}
    attributes = f' xmlns="{NAMESPACE}" xmlns:xsi="{_INSTANCE}"'
    text = _element("question", _day_first(plain), attributes)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}'.encode()


def open_data_zip(questions: Iterable[SyntheticQuestion], form: Form, *, made: datetime | None = None) -> bytes:
    """The zip of a term in that form; `made` is when, and changes bytes and checksum alone."""
    out = io.BytesIO()
    write_open_data_zip(out, questions, form, made=made)
    return out.getvalue()


def write_open_data_zip(
    out: BinaryIO, questions: Iterable[SyntheticQuestion], form: Form, *, made: datetime | None = None
) -> None:
    """Write that zip into a file, one question in memory at a time (term 14: the file of a term is one member)."""
    asked = list(questions) if not isinstance(questions, Sequence) else questions
    write_zip(out, _members(asked, form), made)


def write_zip(out: BinaryIO, members: Iterable[tuple[str, bytes]], made: datetime | None = None) -> None:
    """Write members into a zip file as made on that moment."""
    stamp = made or datetime(2026, 8, 19, 1, 11)  # noqa: DTZ001  zip files have no zone
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, body in members:
            entry = zipfile.ZipInfo(name, stamp.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, body)


def _members(questions: Sequence[SyntheticQuestion], form: Form) -> Iterable[tuple[str, bytes]]:
    if questions and questions[0].key.term <= _OLD_SHAPE:
        yield f"Questions_ecrites_XIV.{form}", _whole_term(questions, form)
        return
    write = json_file if form is Form.JSON else xml_file
    for question in questions:
        yield f"{form}/QANR5L{question.key.term}{question.key.type}{question.key.number}.{form}", write(question)


def _whole_term(questions: Sequence[SyntheticQuestion], form: Form) -> bytes:
    if form is Form.JSON:
        return orjson.dumps({"questionsEcrites": {"question": [record(each) for each in questions]}})
    inner = "".join(_element("question", record(each), f' xmlns:xsi="{_INSTANCE}"') for each in questions)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<questionsEcrites>\n{inner}</questionsEcrites>\n'.encode()


def _indexing(question: SyntheticQuestion) -> dict[str, Any]:
    if question.key.term <= _OLD_SHAPE:
        return {"rubrique": question.rubric, "teteAnalyse": question.heading, "ANALYSE": {"ANA": question.title}}
    return {"rubrique": question.rubric, "teteAnalyse": question.heading, "analyses": {"analyse": question.title}}


def _author(question: SyntheticQuestion) -> dict[str, Any]:
    author = question.author
    group = {"organeRef": author.group_id, "abrege": author.group_abbreviation, "developpe": author.group}
    return {"identite": {"acteurRef": author.source_id, "mandatRef": author.mandate_id}, "groupe": group}


def _ministry(label: str) -> dict[str, Any]:
    return {"organeRef": organ_id(label), "abrege": label, "developpe": f"Ministère : {label}"}


def _attributions(question: SyntheticQuestion) -> list[dict[str, Any]]:
    """Those by decree (a new government, a new name) are of the other edition of the JO."""
    governments = set(term_facts(question.key.term_key).governments)
    return [
        {
            "infoJO": issue(day, kind="JO_LOI_DECRET" if place and day in governments else "JO_QUESTION"),
            "denomination": _ministry(label),
        }
        for place, (day, label) in enumerate(question.attributions)
    ]


def issue(day: date | None, page: int | None = None, kind: str = "JO_QUESTION") -> dict[str, Any]:
    """The `infoJO` of something that was published."""
    return {
        "typeJO": kind,
        "dateJO": day.isoformat() if day else None,
        "pageJO": str(page) if page else None,
        "numJO": str(day.isocalendar().week) if day and kind == "JO_QUESTION" else None,
        "urlLegifrance": None,
        "referenceNOR": None,
    }


def html(text: str, tables: Sequence[TextTable] = ()) -> str:
    """A text as the files have it: paragraphs with breaks between them, tables, some characters as references."""
    return in_lines(text, tables, line_break="<br>").translate(_CHARACTER_REFERENCES)


def tables_of(question: SyntheticQuestion, section: Section) -> list[TextTable]:
    """The tables of one of its texts."""
    return [table for table in question.tables if table.section == section]


def events(question: SyntheticQuestion, kind: EventKind, corrects: str | None = None) -> list[PrintedEvent]:
    """The events of that kind, oldest first as printed."""
    return [event for event in question.events if event.kind is kind and event.corrects == corrects]


def _text(question: SyntheticQuestion, kind: EventKind, text: str, corrects: str) -> dict[str, Any]:
    (event,) = events(question, kind)
    errata = [{"infoJO": issue(each.date, each.page)} for each in events(question, EventKind.CORRECTED, corrects)]
    return {
        "infoJO": issue(event.date, event.page),
        "texte": html(text, tables_of(question, Section(corrects))),
        "erratum": _one_or_list(errata) if errata else None,
    }


def _answers(question: SyntheticQuestion) -> dict[str, Any] | None:
    if question.answer is None:
        return None
    return {"texteReponse": _text(question, EventKind.ANSWERED, question.answer, "answer")}


def _closing(question: SyntheticQuestion) -> dict[str, Any] | None:
    """The page is the first of the issue's answers, not that of this one."""
    closing = next((event for event in question.events if event.kind in CLOSINGS), None)
    if closing is None or closing.date is None:
        return None
    code, label = CLOSINGS[closing.kind]
    first_page = closing.page - closing.page % 100 + 1 if closing.page else None
    return {
        "codeCloture": code,
        "libelleCloture": label,
        "dateCloture": closing.date.isoformat(),
        "infoJO": issue(closing.date, first_page),
    }


def _signalled(question: SyntheticQuestion) -> dict[str, Any] | None:
    found = events(question, EventKind.SIGNALLED)
    return {"dateDepotSignal": None, "infoJO": issue(found[0].date)} if found else None


def _renewals(question: SyntheticQuestion) -> dict[str, Any] | None:
    found = [{"infoJO": issue(event.date)} for event in events(question, EventKind.RENEWED)]
    return {"renouvellement": _one_or_list(found)} if found else None


def _one_or_list(items: list[Any]) -> Any:
    return items[0] if len(items) == 1 else items


def _day_first(node: Any) -> Any:
    if isinstance(node, Mapping):
        return {
            name: _DAY.sub(r"\3/\2/\1", value) if name.startswith("date") and value else _day_first(value)
            for name, value in node.items()
        }
    return [_day_first(each) for each in node] if isinstance(node, list) else node


def _element(name: str, node: Any, attributes: str = "") -> str:
    if isinstance(node, list):
        return "".join(_element(name, each, attributes) for each in node)
    if node is None:
        return f"<{name}{attributes}/>\n"
    if not isinstance(node, Mapping):
        return f"<{name}{attributes}>{escape(node, quote=False)}</{name}>\n"
    more = "".join(f' {key[1:]}="{escape(value)}"' for key, value in node.items() if key.startswith("@"))
    inner = "".join(_element(key, value) for key, value in node.items() if not key.startswith("@"))
    return f"<{name}{attributes}{more}>\n{inner}</{name}>\n"
