"""What a reader is told of a part that cannot be read: one change to a sound page, and the words for it."""

import json
from collections.abc import Callable

import pytest

from pipelines.parse.read import read
from tests.pipelines.parse.captures import FIXTURES, a_capture, fixture_capture
from tests.pipelines.parse.drifts import Drift
from tests.pipelines.parse.pages import body

DEEP = "{0}, deeper than any file of questions is"
LABEL = "the label of 'question' does not belong here, before 'eau'"
ABSENT = "the page does not show its {0}, as every page of this layout does"
NESTED_JSON = '{"a":' * 41 + '"uid"' + "}" * 41
NESTED_XML = "<question>" + "<lac><eau/>" * 41 + "</lac>" * 41 + "</question>"


def replaced(old: str, new: str) -> Drift:
    return lambda page: page.replace(old, new)


CHANGES: dict[str, tuple[str, Drift, tuple[str, str | None, str]]] = {
    "no name of the asker": (
        "an_text_d/answered",
        replaced("Question de : Mme Ada Martin", "Question de :"),
        ("missing_field", "author", "the asker's name is not shown"),
    ),
    "a heading among the dates": (
        "an_text_d/answered",
        replaced("Dates :", "Texte de la question : eau\nDates :"),
        ("unknown_label", "head", LABEL),
    ),
    "two rubrics": (
        "an_text_d/answered",
        replaced("Dates :", "Rubrique : forêts\nDates :"),
        ("repeated_label", "rubric", "both 'eau' and 'forêts' are printed"),
    ),
    "no type in the tail": (
        "an_text_d/answered",
        lambda page: page.replace("Type de question : Question écrite\n", "").replace(
            "Question écrite n° 6287 :\n", ""
        ),
        ("missing_field", "type", ABSENT.format("type")),
    ),
    "a word after a date": (
        "an_text_c/answered_with_history",
        replaced("02/10/2018 page : 12", "02/10/2018 environ"),
        ("unknown_value", "events", "'environ' after the date of 'published'"),
    ),
    "a heading that is cut": (
        "an_text_c/answered_with_history",
        lambda page: page[: page.index("ponse\n\nLe suivi")],
        ("truncated", "answer", "the page ends within a heading: 'Texte de la ré'"),
    ),
    "no heading": (
        "an_text_c/answered_with_history",
        lambda page: page[: page.index("Texte de la question")],
        ("truncated", "question", "the page ends before the heading of its text"),
    ),
    "a remark below the hidden row": (
        "an_text_a/hidden_row",
        lambda page: f"{page.rstrip()}\nRelu par nos soins",
        ("unknown_label", "foot", "'Relu par nos soins' below the texts is not understood"),
    ),
}
BODIES: dict[str, tuple[Callable[[], str], tuple[str, str]]] = {
    "a layout that is read as text only": (
        lambda: f"<html><body>{body('senat_text/answered').decode().replace(chr(10), '<br>')}</body></html>",
        ("unknown_format", "an HTML page in layout senat_text, which is read as page text only"),
    ),
    "a page that ends before its content": (
        lambda: "<html><body><p>Sources taries</p>",
        ("truncated", "an HTML page that ends before its content"),
    ),
    "nested objects": (lambda: NESTED_JSON, ("bad_json", DEEP.format("objects within objects"))),
    "nested elements": (lambda: NESTED_XML, ("bad_xml", DEEP.format("elements within elements"))),
    "JSON of numbers": (lambda: "[[1]]", ("unknown_format", "JSON without questions; its keys are none")),
    "JSON without keys of ours": (
        lambda: json.dumps({"lac": 1, "a" * 50: 2}),
        ("unknown_format", f"JSON without questions; its keys are 'lac', '{'a' * 40}'"),
    ),
    "a file of the Sénat without questions": (
        lambda: "<?xml version='1.0'?><QuestionsPubliees DateJO='2026-03-10'/>",
        ("unknown_format", "a file in the form senat_xml, and no question where they should be"),
    ),
}


@pytest.mark.parametrize(("fixture", "change", "told"), CHANGES.values(), ids=CHANGES.keys())
def test_of_a_changed_page(fixture: str, change: Drift, told: tuple[str, str | None, str]) -> None:
    sound = fixture_capture(FIXTURES / fixture)
    page = change(sound.body.decode())
    result = read(sound.model_copy(update={"body": page.encode()}))
    assert told in [(each.reason, each.part, each.detail) for each in result.quarantined]


@pytest.mark.parametrize(("content", "told"), BODIES.values(), ids=BODIES.keys())
def test_of_a_body_that_holds_no_question(content: Callable[[], str], told: tuple[str, str]) -> None:
    result = read(a_capture(content(), "https://x.example/q", "text/html"))
    assert result.questions == ()
    assert [(each.reason, each.part, each.detail) for each in result.quarantined] == [(told[0], None, told[1])]
