"""The head of layout D: number and title, asker and seat, each as pages of some term have had it."""

from datetime import date

import pytest

from pipelines.parse.draft import Draft
from pipelines.parse.dyn_head import below_seat, number_of, place_title, read_asker, read_number, read_title
from schemas.identity import QuestionType

SEAT = "Haute-Savoie (4e circonscription) - Groupe du Lac"
TEXT = "Mme Ada Martin demande à M. le ministre combien de sources ont tari. " * 3


@pytest.mark.parametrize(
    ("line", "type_", "number", "title"),
    [
        ("Question écrite n° 6287 :", QuestionType.QE, 6287, None),
        ("QUESTION ÉCRITE N°6287", QuestionType.QE, 6287, None),
        ("Question écrite n° 6287 : Sources taries", QuestionType.QE, 6287, "Sources taries"),
        ("Question écrite n° 6287 - Sources taries", QuestionType.QE, 6287, "Sources taries"),
        ("Question écrite n° 6287 - 17e législature", QuestionType.QE, 6287, None),
        ("Question orale sans débat n° 44 QOSD :", QuestionType.QOSD, 44, None),
        ("Question orale n° 44", QuestionType.QOSD, 44, None),
        ("Question au Gouvernement no 7 | Le lac", QuestionType.QG, 7, "Le lac"),
    ],
)
def test_number_and_what_stands_beside_it(line: str, type_: QuestionType, number: int, title: str | None) -> None:
    draft = Draft()
    read_number(line, draft)
    assert (draft.type, draft.number, draft.title) == (type_, number, title)
    assert number_of(line) == number


@pytest.mark.parametrize(
    "line",
    ["", "Question écrite", "Question N° 6287", "La question écrite n° 6287", f"Question écrite n° 6287 : {TEXT * 5}"],
)
def test_what_begins_no_page(line: str) -> None:
    draft = Draft()
    read_number(line[:400], draft)
    assert number_of(line) is None


@pytest.mark.parametrize(
    ("lines", "title", "unknown"),
    [
        (["Sources taries", "17e Législature"], "Sources taries", []),
        (["17e Législature", "Sources taries"], "Sources taries", []),
        (["Contact", "Sources taries", "17e Législature"], "Sources taries", []),
        (["Contact", "17e Législature"], "Contact", []),
        (["Sources taries", "17e Législature", "Un lac"], "Sources taries", ["'Un lac' is not understood"]),
        (["Sources taries", "Question signalée le 3 mars 2025", "17e Législature"], "Sources taries", []),
    ],
)
def test_below_the_number_stand_title_term_and_what_was_signalled(
    lines: list[str], title: str, unknown: list[str]
) -> None:
    draft = Draft(number=6287)
    read_title(lines, draft)
    assert (draft.title, draft.term) == (title, 17)
    assert [(each.reason, each.part, each.detail) for each in draft.problems] == [
        ("unknown_label", "head", detail) for detail in unknown
    ]
    assert [each.date for each in draft.events] == [date(2025, 3, 3)] * ("Question signalée" in " ".join(lines))


@pytest.mark.parametrize(
    ("lines", "title"), [(["Sources taries"], "Sources taries"), (["Le lac", "Sources"], None), ([], None)]
)
def test_without_a_number_only_a_line_alone_is_the_title(lines: list[str], title: str | None) -> None:
    draft = Draft()
    read_title(lines, draft)
    assert (draft.title, draft.problems) == (title, [])


@pytest.mark.parametrize(("term", "heading", "title"), [(14, "sources", None), (15, None, "sources")])
def test_up_to_the_fourteenth_term_the_heading_stands_above(term: int, heading: str | None, title: str | None) -> None:
    draft = Draft(title="sources")
    place_title(draft, term)
    assert (draft.heading, draft.title) == (heading, title)
    both = Draft(heading="eau", title="sources")
    place_title(both, term)
    assert both.heading == "eau"


@pytest.mark.parametrize(
    ("lines", "author", "below"),
    [
        (["Mme Ada Martin", SEAT], ("Ada Martin", "Groupe du Lac", "Haute-Savoie (4e circonscription)", False), 2),
        (["", "Mme Ada Martin", SEAT], ("Ada Martin", "Groupe du Lac", "Haute-Savoie (4e circonscription)", False), 3),
        (["M. Abel Jean", "- Union du Lac"], ("Abel Jean", "Union du Lac", None, True), 2),
        (["Mme Ada Martin", "Val-des-Lacs - Union du Lac"], ("Ada Martin", "Union du Lac", "Val-des-Lacs", False), 2),
        (["Mme Ada Martin (Val-des-Lacs - Union du Lac)"], ("Ada Martin", "Union du Lac", "Val-des-Lacs", False), 1),
        (["Mme Ada Martin (Union du Lac)", TEXT], ("Ada Martin", "Union du Lac", None, False), 1),
        (["Mme Ada Martin", TEXT], ("Ada Martin", None, None, False), 1),
        (["Ada Martin"], ("Ada Martin", None, None, False), 1),
    ],
)  # fmt: skip
def test_asker_and_seat(lines: list[str], author: tuple[object, ...], below: int) -> None:
    draft = Draft()
    assert read_asker(lines[0], lines, 1, draft) == below
    assert draft.author is not None
    read = (draft.author.name, draft.author.group, draft.author.constituency, draft.author.surname_first)
    assert (read, draft.problems, draft.events) == (author, [], [])


def test_the_date_of_a_sitting_behind_the_asker() -> None:
    draft = Draft()
    value = "Mme Ada Martin (Val-des-Lacs - Union du Lac), posée en séance, et publiée le 1er novembre 2023"
    assert read_asker(value, [value], 1, draft) == 1
    assert draft.author is not None
    assert draft.author.group == "Union du Lac"
    assert [(each.kind, each.date) for each in draft.events] == [
        ("published", date(2023, 11, 1)),
        ("answered", date(2023, 11, 1)),
    ]


@pytest.mark.parametrize("lines", [[""], ["", SEAT]])
def test_an_asker_without_a_name(lines: list[str]) -> None:
    draft = Draft()
    assert read_asker("", lines, 1, draft) == len(lines)
    assert draft.author is None
    told = [(each.reason, each.part, each.detail) for each in draft.problems]
    assert told == [("missing_field", "author", "the asker's name is not shown")][: len(lines) - 1]


@pytest.mark.parametrize(
    ("lines", "below"), [([SEAT, TEXT], 1), ([SEAT], 0), ([SEAT, "Un lac"], 0), ([TEXT, TEXT], 0), ([], 0)]
)
def test_a_seat_without_its_asker_is_no_text(lines: list[str], below: int) -> None:
    assert below_seat(lines, 0) == below
