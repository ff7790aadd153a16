"""Files in a structured form: what they are, or why they hold no question."""

import pytest

from pipelines.parse.structured.documents import Document, read_structured
from schemas.errors import ParseError

XML = "<?xml version='1.0'?>"


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ('{"version": "1", "data": {"a": "b"}}', "JSON without questions; its keys are 'version', 'data'"),
        ('[{"a": "b"}]', "JSON without questions; its keys are none"),
        (f"{XML}<feed><entry>x</entry></feed>", "XML without questions; its root is 'feed', with 'entry'"),
    ],
)
def test_a_file_of_something_else_is_refused_with_what_it_holds(text: str, detail: str) -> None:
    with pytest.raises(ParseError) as caught:
        read_structured(text)
    assert (caught.value.reason, caught.value.detail) == ("unknown_format", detail)


@pytest.mark.parametrize("text", ['{"deport": {"uid": "x"}}', '{"export": {"deport": {"a": "b"}}}'])
def test_what_the_registries_do_not_read_of_the_members_is_no_damage(text: str) -> None:
    assert read_structured(text) == Document("members", [])


@pytest.mark.parametrize("inner", ["<q numero='7' page='12'/>", "<num>7</num><num>8</num>", ""])
def test_a_list_of_numbers_is_an_index(inner: str) -> None:
    assert read_structured(f"{XML}<liste>{inner}</liste>") == Document("index", [])


def test_a_list_with_a_text_in_it_is_none() -> None:
    with pytest.raises(ParseError):
        read_structured(f"{XML}<liste><num>7</num><mot>{'x' * 81}</mot></liste>")


def test_a_weekly_file_whose_day_is_lost_is_no_index_though_its_texts_are_short() -> None:
    question = "<Question><NumQ>7</NumQ><TexteQ>Un mot.</TexteQ></Question>"
    text = f"{XML}<QuestionsPubliees TateJO='2024-03-07'>{question}</QuestionsPubliees>"
    with pytest.raises(ParseError) as caught:
        read_structured(text)
    assert caught.value.reason == "unknown_format"


@pytest.mark.parametrize("told", ["07/03/2024", "7 mars 2024", "QE", "page 12"])
def test_an_index_may_tell_days_and_marks(told: str) -> None:
    assert read_structured(f"{XML}<liste><num>7</num><dit>{told}</dit></liste>") == Document("index", [])


def test_what_is_neither_json_nor_xml() -> None:
    assert read_structured("Question n° 7") is None
