"""The labelled tail of layout D: where it ends, and what its lines without a label are."""

import pytest

from pipelines.parse.draft import Draft
from pipelines.parse.dyn_tail import read_tail

SITTING = "La question a été posée au Gouvernement en séance, parue au Journal officiel du 4 juin 2001"


def tail(*lines: str) -> tuple[list[str], list[str]]:
    """The events of a tail, each with its day and motive, and what is said not to be understood."""
    draft = Draft()
    read_tail(["Auteur : Mme Ada Martin", "Rubrique : eau", *lines], draft)
    assert (draft.author is not None, draft.rubric) == (True, "eau")
    events = [" ".join(filter(None, (each.kind, str(each.date), each.reason))) for each in draft.events]
    return events, [f"{problem.reason} {problem.part}: {problem.detail}" for problem in draft.problems]


@pytest.mark.parametrize(
    "lines",
    [
        (SITTING,),
        ("Date :", SITTING),
        (f"Date : {SITTING}",),
        ("Date de la séance :", SITTING),
        ("Date de la séance : 4 juin 2001",),
        ("Date de la séance :", "4 juin 2001"),
    ],
)
def test_a_sitting_dates_question_and_answer(lines: tuple[str, ...]) -> None:
    assert tail(*lines) == (["published 2001-06-04", "answered 2001-06-04"], [])


@pytest.mark.parametrize(
    ("lines", "events"),
    [
        (("Date de cloture : 21 juin 2022", "Fin de mandat"), ["lapsed 2022-06-21 Fin de mandat"]),
        (("Date de cloture :", "21 juin 2022", "Fin de mandat"), ["lapsed 2022-06-21 Fin de mandat"]),
        (("Date de cloture :", "21 juin 2022", "Cause : Fin de mandat"), ["lapsed 2022-06-21 Fin de mandat"]),
        (("Date de cloture : 21 juin 2022", "Doublon"), ["closed_other 2022-06-21 Doublon"]),
        (("Question retirée le 3 mai 2022",), ["withdrawn 2022-05-03"]),
        (("Question retirée le 3 mai 2022", "Cause : Fin de mandat"), ["lapsed 2022-05-03 Fin de mandat"]),
        (("Question publiée le 5 avril 2022 Question retirée le 3 mai 2022",), [
            "published 2022-04-05",
            "withdrawn 2022-05-03",
        ]),
    ],
)  # fmt: skip
def test_a_closing_and_its_motive(lines: tuple[str, ...], events: list[str]) -> None:
    assert tail(*lines) == (events, [])


@pytest.mark.parametrize(
    "footer",
    [
        ("Le site des amis du lac",),
        ("Le site des amis du lac", "12 juin 2024"),
        ("Consultée par 1 204 lecteurs depuis hier",),
        ("Nos auteurs", "Contact"),
        (f"Lire aussi : {'la vallée du Lac, ' * 30}",),
    ],
)
def test_what_follows_the_last_label_is_the_site(footer: tuple[str, ...]) -> None:
    assert tail("Question publiée le 22 février 2022", *footer) == (["published 2022-02-22"], [])


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("Priorité : haute",), "Priorité : haute"),
        (("Relancée une fois le 3 mars 2022",), "Relancée une fois le 3 mars 2022"),
        (("Le lac", "Rubrique : eau"), "Le lac"),
        (("Question retirée le 3 mai 2022", "Le lac", "Rubrique : eau"), "Le lac"),
    ],
)
def test_what_is_made_as_a_label_or_stands_among_them_is_told(lines: tuple[str, ...], told: str) -> None:
    _, problems = tail("Question publiée le 22 février 2022", *lines)
    assert problems == [f"unknown_label tail: '{told}' is not understood"]


def test_a_page_without_a_tail_says_nothing() -> None:
    draft = Draft()
    read_tail([], draft)
    assert draft == Draft()
