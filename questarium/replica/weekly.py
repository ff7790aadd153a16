"""The weekly archives of the JO's questions (DILA), rendered from synthetic questions: a tar of three XML files.

*Reconstructed* from the descriptions of public readers. New questions stand alone; an answer stands once, with all the
questions that it answers. Questions answered in one issue with one text are answered together.
"""

import io
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from questarium.replica.corpus import SyntheticQuestion
from questarium.replica.open_data import events, html, tables_of
from questarium.replica.printing import in_words
from schemas.figure import Section
from schemas.question import EventKind

_HOME = "/OPENDATA/Questions-Reponses/AN/"


@dataclass
class Issue:
    """What one issue of the JO prints."""

    day: date
    number: int
    asked: list[SyntheticQuestion] = field(default_factory=list[SyntheticQuestion])
    answered: list[SyntheticQuestion] = field(default_factory=list[SyntheticQuestion])

    @property
    def name(self) -> str:
        """The year and the number in it: `20260010`."""
        return f"{self.day.year}{self.number:04d}"


def issues_of(questions: Iterable[SyntheticQuestion]) -> list[Issue]:
    """The issues in which these questions were asked or answered, oldest first."""
    found: dict[date, Issue] = {}
    for question in questions:
        for kind, place in ((EventKind.PUBLISHED, "asked"), (EventKind.ANSWERED, "answered")):
            for event in events(question, kind):
                if event.date is not None:
                    printed = found.setdefault(event.date, Issue(event.date, event.date.isocalendar().week))
                    getattr(printed, place).append(question)
    return [found[day] for day in sorted(found)]


def weekly_path(issue: Issue, *, current_year: int) -> str:
    """Where the archive of an issue lies: the current year's folder has a name of its own."""
    folder = "Annee_en_cours" if issue.day.year == current_year else str(issue.day.year)
    return f"{_HOME}{folder}/ANQ{issue.name}.taz"


def weekly_archive(issue: Issue) -> bytes:
    """The archive of one issue: the texts, the index of numbers and pages, the corrections (none)."""
    short = f"{issue.day.year}{issue.number:02d}"
    files = {
        f"REDIF_ANQ{short}.xml": texts_file(issue),
        f"XML1JO_AN{short}.xml": _index_file(issue),
        f"XML2JO_AN{short}.xml": _document("<Rectificatifs/>"),
    }
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, body in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(body)
            archive.addfile(entry, io.BytesIO(body))
    return out.getvalue()


def texts_file(issue: Issue) -> bytes:
    """The file of texts: new questions, then answers, each with its questions."""
    asked = "\n".join(_question(each, issue, EventKind.PUBLISHED) for each in issue.asked)
    answered = "\n".join(_answer(group, issue) for group in _together(issue.answered))
    sections = f'<Section part="QE">\n{asked}\n</Section>\n<Section part="REP">\n{answered}\n</Section>'
    return _document(f"<QuestionsReponses>\n{sections}\n</QuestionsReponses>")


def _document(content: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{content}\n'.encode()


def _index_file(issue: Issue) -> bytes:
    lines = [
        f"<question><numero>{each.key.number}</numero><pageJO>{_page(each, EventKind.PUBLISHED)}</pageJO></question>"
        for each in issue.asked
    ]
    return _document(f"<index>\n{chr(10).join(lines)}\n</index>")


def _together(questions: Sequence[SyntheticQuestion]) -> Iterator[list[SyntheticQuestion]]:
    groups: dict[str, list[SyntheticQuestion]] = {}
    for question in questions:
        groups.setdefault(question.family or str(question.key), []).append(question)
    yield from groups.values()


def _answer(questions: Sequence[SyntheticQuestion], issue: Issue) -> str:
    asked = "".join(_question(each, issue, EventKind.ANSWERED) for each in questions)
    text = escape(html(questions[0].answer or "", tables_of(questions[0], Section.ANSWER)), quote=False)
    place = _place(issue, _page(questions[0], EventKind.ANSWERED))
    return f"<questionReponse>{asked}<reponse><texteReponse>{text}</texteReponse>{place}</reponse></questionReponse>"


def _question(question: SyntheticQuestion, issue: Issue, kind: EventKind) -> str:
    """A question; among the answers, its place is that of the answer and its ministry the one that answers."""
    key, author = question.key, question.author
    is_answer = kind is EventKind.ANSWERED
    ministry = question.ministry_assigned if is_answer else question.ministry_asked
    fields = {
        "ministreJO": ministry,
        "parlementaire": f"{author.civility} {author.name}",
        "Objet": question.title,
        "texteQuestion": f"{key.number}. — {in_words(question.published)}. — {_asked(question)}",
    }
    named = {
        "numeroQuestion": key.number,
        "type": "REP" if is_answer else "QE",
        "legislature": key.term,
        "source": "AN",
    }
    identity = "".join(f"<{name}>{value}</{name}>" for name, value in named.items())
    told = "".join(f"<{name}>{escape(value, quote=False)}</{name}>" for name, value in fields.items())
    place = _place(issue, _page(question, kind))
    return f"<question><idQuestion>{identity}</idQuestion>{place}{told}</question>"


def _place(issue: Issue, page: int | None) -> str:
    return (
        f"<referencePublication><datePublication>{issue.day}</datePublication><pageJO>{page or ''}</pageJO>"
        f"<noPublication>{issue.name}</noPublication></referencePublication>"
    )


def _page(question: SyntheticQuestion, kind: EventKind) -> int | None:
    return next((event.page for event in events(question, kind)), None)


def _asked(question: SyntheticQuestion) -> str:
    return html(question.question, tables_of(question, Section.QUESTION))
