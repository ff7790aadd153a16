"""Page texts of the Sénat: the lines about a question, within its text, below it and without it."""

import pytest

from pipelines.parse.draft import Draft
from pipelines.parse.layouts.senat_text import parse

ASKER = "Question de M. MARTIN Jean Louis (Moselle - NI) publiée le 07/02/2008"
TEXT = "Combien de sources ont tari ?"
ANSWER = "Réponse du Ministère de l'intérieur publiée le 10/04/2008"
END = "Page mise à jour le"


def page(*lines: str, asker: str = ASKER) -> Draft:
    return parse([asker, *lines, END])


def events(draft: Draft) -> list[str]:
    """Each event after the publication: kind, day, page, then what else is said of it."""
    return [
        " ".join(
            str(part) for part in (each.kind, each.date, each.page, each.reason, each.related, each.corrects) if part
        )
        for each in draft.events[1:]
    ]


@pytest.mark.parametrize(
    ("line", "event"),
    [
        ("La question est caduque", "lapsed caduque"),
        ("La question a été retirée", "withdrawn"),
        ("La question a été retirée pour cause de fin de mandat", "lapsed fin de mandat"),
        ("La question a été transformée en question orale", "converted transformée en question orale"),
        ("Transformée en QOSD 0275S", "converted QOSD 0275S"),
        ("Rappelle la question n° 02111", "recalled 02111"),
        ("Transmise au Ministère du lac le 20/02/2008", "reassigned 2008-02-20"),
        ("Erratum : JO du 14/02/2008 p. 300", "corrected 2008-02-14 300 question"),
    ],
)
@pytest.mark.parametrize("below", [(), ("- page 222",)], ids=["within the text", "below it"])
def test_lines_about_a_question_are_no_text(line: str, event: str, below: tuple[str, ...]) -> None:
    draft = page(TEXT, *below, line)
    assert (draft.question, events(draft), draft.problems) == (TEXT, [event], [])
    assert draft.events[0].page == (222 if below else None)


def test_below_a_text_any_motive_is_one() -> None:
    draft = page(TEXT, "- page 222", "La question est close par erreur")
    assert (draft.question, events(draft)) == (TEXT, ["closed_other close par erreur"])


@pytest.mark.parametrize(
    "line",
    [
        "La question est posée depuis trois ans",
        "La question a été retirée.",
        "Réponse du lac",
        "Rappelle la question des sources",
    ],
)
def test_prose_that_begins_like_them_is_text(line: str) -> None:
    draft = page(TEXT, line)
    assert (draft.question, events(draft)) == (f"{TEXT}\n{line}", [])


@pytest.mark.parametrize(
    ("lines", "what"),
    [
        (("Concerne le thème : eau", TEXT), {"rubric": "eau", "question": TEXT}),
        (("Concerne le(s) thème(s) : eau", TEXT), {"rubric": "eau", "question": TEXT}),
        (
            (TEXT, "En attente de réponse du Ministère du lac"),
            {"ministry_assigned": "Ministère du lac", "question": TEXT},
        ),
        ((TEXT, "Transmise à la Régie du lac"), {"ministry_assigned": "Régie du lac", "question": TEXT}),
        ((TEXT, "- page 222", ANSWER, "Douze."), {"ministry_answered": "Ministère de l'intérieur", "answer": "Douze."}),
        ((TEXT, "Réponse apportée en séance publique le 18/12/1987"), {"answer_withheld": True, "answer": None}),
    ],
)
def test_fields(lines: tuple[str, ...], what: dict[str, object]) -> None:
    draft = page(*lines)
    assert {name: getattr(draft, name) for name in what} == what
    assert draft.problems == []


@pytest.mark.parametrize("which", ["question", "réponse"])
def test_below_a_text_that_is_not_there_nothing_is_text(which: str) -> None:
    lines = (TEXT, "- page 222", ANSWER) if which == "réponse" else ()
    draft = page(*lines, f"Le texte de cette {which} n'est pas disponible", "Note du lac")
    part = "answer" if lines else "question"
    assert (draft.question_withheld, draft.answer_withheld) == (part == "question", part == "answer")
    assert getattr(draft, part) is None
    (problem,) = draft.problems
    assert (problem.reason, problem.part) == ("unknown_label", part)
    assert problem.detail == "'Note du lac' after the text is not understood"


@pytest.mark.parametrize(
    ("day", "corrects"), [("14/02/2008", "question"), ("10/04/2008", "answer"), ("17/04/2008", "answer")]
)
def test_an_erratum_below_an_answer_corrects_what_was_printed_by_then(day: str, corrects: str) -> None:
    draft = page(TEXT, "- page 222", ANSWER, "Douze.", "- page 726", f"Erratum : JO du {day} p. 801")
    assert [each.corrects for each in draft.events if each.kind == "corrected"] == [corrects]


def test_a_day_that_is_none_is_told() -> None:
    draft = page(TEXT, asker=ASKER.replace("07/02", "31/02"))
    assert [(each.kind, each.date) for each in draft.events] == [("published", None)]
    assert [(each.reason, each.part, each.detail) for each in draft.problems] == [
        ("bad_date", "events", "'31/02/2008' is no date")
    ]
