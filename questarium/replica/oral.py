"""Oral questions beside the written ones of a corpus, as the open data have them: to the Government, without debate.

Now and then a question is put in the chamber too, on the day of its publication, and answered there. A question to the
Government has no text but its debate, one without debate has its text besides. The shape is that of real files of terms
16 and 17: no signalling and no renewal, and the page of the debate stands with the closing.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson

from questarium.replica.corpus import SyntheticQuestion
from questarium.replica.open_data import html, issue, record, suffix_of, write_zip
from schemas.identity import QuestionType
from schemas.question import EventKind

ORAL = (QuestionType.QG, QuestionType.QOSD)
_EVERY = {QuestionType.QG: 20, QuestionType.QOSD: 40}  # written questions
_XSI_TYPES = {QuestionType.QG: "QuestionGouvernement_Type", QuestionType.QOSD: "QuestionOrale_Type"}
_FOLDERS = {QuestionType.QG: "questions_gouvernement", QuestionType.QOSD: "questions_orales_sans_debat"}
_LISTS = {QuestionType.QG: "questionsGvt", QuestionType.QOSD: "questionsOralesSansDebat"}
_OLD_SHAPE = 14  # the last term in one file
_DEBATES = "JO_DEBAT"
_WRITTEN_ONLY = ("signalement", "renouvellements")


def oral_path(term: int, type_: QuestionType) -> str:
    """Where the site has the zip of the oral questions of a term."""
    folder = _FOLDERS[type_]
    name = f"{folder.capitalize()}{suffix_of(term)}.json.zip"
    return f"/static/openData/repository/{term}/questions/{folder}/{name}"


def oral_records(questions: Sequence[SyntheticQuestion], type_: QuestionType) -> list[dict[str, Any]]:
    """The objects of the oral questions of that procedure, numbered from 1."""
    return [_record(question, type_, number) for number, question in enumerate(questions[:: _EVERY[type_]], start=1)]


def oral_zip(questions: Sequence[SyntheticQuestion], type_: QuestionType, *, made: datetime) -> bytes:
    """The zip of those questions."""
    records = oral_records(questions, type_)
    if questions and questions[0].key.term <= _OLD_SHAPE:
        members = [(f"{_LISTS[type_]}_XIV.json", orjson.dumps({_LISTS[type_]: {"question": records}}))]
    else:
        members = [(f"json/{each['uid']}.json", orjson.dumps({"question": each})) for each in records]
    out = io.BytesIO()
    write_zip(out, members, made)
    return out.getvalue()


def _record(question: SyntheticQuestion, type_: QuestionType, number: int) -> dict[str, Any]:
    written = {name: value for name, value in record(question).items() if name not in _WRITTEN_ONLY}
    day = next(event.date for event in question.events if event.kind is EventKind.PUBLISHED)
    place = issue(day, kind=_DEBATES)
    text = html(question.question)
    debate = f"<strong>{question.author.name}. </strong>{text}<br><strong>Le Gouvernement. </strong>Il y sera répondu."
    return written | {
        "@xsi:type": _XSI_TYPES[type_],
        "uid": f"QANR5L{question.key.term}{type_}{number}",
        "identifiant": written["identifiant"] | {"numero": str(number)},
        "type": str(type_),
        "minAttribs": {"minAttrib": {"infoJO": place, "denomination": written["minInt"]}},
        "textesQuestion": {"texteQuestion": {"infoJO": place, "texte": text}} if type_ is QuestionType.QOSD else None,
        "textesReponse": {"texteReponse": {"infoJO": place, "texte": debate}},
        "cloture": {
            "codeCloture": "REP_PUB",
            "libelleCloture": "Réponse publiée",
            "dateCloture": place["dateJO"],
            "infoJO": issue(day, 2000 + number, kind=_DEBATES),
        },
    }
