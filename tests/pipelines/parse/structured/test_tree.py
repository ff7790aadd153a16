"""The tree: nothing in any form is nothing, every key that is not taken is told, JSON and XML give one tree."""

from pathlib import Path

import pytest

from pipelines.parse.structured.json_tree import is_json, json_tree
from pipelines.parse.structured.tree import Branch, Node, is_null
from pipelines.parse.structured.xml_tree import is_xml, xml_root
from schemas.errors import ParseError

DEEP = '{"uid": "QANR5L17QE1", "a": ' + '{"a": ' * 300 + "1" + "}" * 301
NULLS: list[Node] = [
    None,
    "",
    " \n",
    [],
    {},
    {"@xsi:nil": "true"},
    {"@xsi:nil": "1", "rest": "x"},
    {"@nil": "TRUE"},
    {"#text": " "},
    {"a": None, "b": [None, {"c": ""}]},
    {"@xmlns": "http://schemas.example/r"},
]


@pytest.mark.parametrize("node", NULLS)
def test_nothing_in_any_form(node: Node) -> None:
    assert is_null(node)
    branch = Branch({"key": node})
    assert branch.text("key") is None
    assert not branch.branch("key")
    assert list(branch.unread()) == []


@pytest.mark.parametrize("node", ["0", "false", {"@xsi:nil": "false", "#text": "x"}, ["", "x"], {"a": {"b": "x"}}])
def test_something(node: Node) -> None:
    assert not is_null(node)


class TestAudit:
    def test_what_is_not_taken_is_told_with_its_path(self) -> None:
        branch = Branch({"a": {"b": "1", "c": "2"}, "d": "3", "e": ["4", "5"], "f": None})
        assert branch.branch("a").text("b") == "1"
        assert list(branch.unread()) == ["d", "e", "a/c"]

    def test_what_is_ignored_is_not_told(self) -> None:
        branch = Branch({"a": "1", "b": "2"})
        branch.ignore("A", "c")
        assert list(branch.unread()) == ["b"]

    def test_a_second_value_where_one_is_read_is_told(self) -> None:
        branch = Branch({"a": [{"b": "1"}, {"b": "2"}]})
        assert branch.branch("a").text("b") == "1"
        assert list(branch.unread()) == ["a/b"]

    def test_a_second_text_where_one_is_read_is_told(self) -> None:
        branch = Branch({"a": ["1", "2", "1"], "b": ["<p>3</p>", "4"]})
        assert (branch.text("a"), branch.markup("b")) == ("1", "<p>3</p>")
        assert list(branch.unread()) == ["a[1]", "b[1]"]

    def test_what_is_left_is_told_once(self) -> None:
        branch = Branch({"a": {"b": "1"}})
        assert list(branch.branch("a").unread()) == ["a/b"]
        assert list(branch.unread()) == []

    def test_attributes_beside_a_text_are_told(self) -> None:
        branch = Branch({"a": {"#text": "1", "@unit": "km"}})
        assert branch.text("a") == "1"
        assert list(branch.unread()) == ["a/@unit"]

    def test_every_name_given_is_taken_and_the_first_that_says_something_counts(self) -> None:
        branch = Branch({"long": "Ministère", "short": ""})
        assert branch.text("short", "long") == "Ministère"
        assert list(branch.unread()) == []

    def test_a_list_in_a_list_is_told(self) -> None:
        branch = Branch({"a": [["1", "2"]]})
        assert branch.text("a") is None
        assert list(branch.unread()) == ["a/#text[0]", "a/#text[1]"]


def test_json_and_xml_of_the_same_data_give_one_tree() -> None:
    node = json_tree('{"uid": "A", "x": {"@xsi:nil": "true"}, "n": {"@k": "1", "#text": "2"}, "l": [1, true, null]}')
    text = (
        '<?xml version="1.0"?><q xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><uid>A</uid><x xsi:nil="true"/>'
        '<n k="1">2</n><l>1</l><l>true</l><l/></q>'
    )
    _, other = xml_root(text)
    for tree in (node, other):
        branch = Branch(tree)
        assert (branch.text("uid"), branch.text("x")) == ("A", None)
        number = branch.branch("n")
        assert (number.text("@k"), number.own_text(), branch.texts("l")) == ("1", "2", ["1", "true"])
        assert list(branch.unread()) == []


def test_a_key_twice_is_a_list() -> None:
    assert json_tree('{"a": 1, "a": [2], "a": 3}') == {"a": ["1", "2", "3"]}


@pytest.mark.parametrize(
    ("text", "json", "xml"),
    [
        ('{"a": 1}', True, False),
        (' [ {"a": 1}]', True, False),
        ("{text of 12 characters}", False, False),
        ("[…texte…]", False, False),
        ("<?xml version='1.0'?><data/>", False, True),
        ("<question><uid/></question>", False, True),
        ("<n:questions xmlns:n='x'/>", False, True),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC '-//W3C//DTD XHTML'><html/>", False, False),
        ("<?xml version='1.0'?><html xmlns='x'/>", False, False),
        ("<div>question</div>", False, False),
        ("Question N° 12", False, False),
    ],
)
def test_what_a_body_is(text: str, *, json: bool, xml: bool) -> None:
    assert (is_json(text), is_xml(text)) == (json, xml)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "entities_refused"),
        ('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/x">%x;]><a/>', "entities_refused"),
        ("<a><b>", "truncated"),
        ("<a><b></a></b>", "bad_xml"),
        ("<a>" * 100_000, "bad_xml"),
        ("<a x=1/>", "bad_xml"),
        ("<question>" + "<c>" * 200 + "</c>" * 200 + "</question>", "bad_xml"),
    ],
)
def test_xml_that_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ParseError) as refused:
        xml_root(text)
    assert refused.value.reason == reason


def test_an_entity_that_grows_without_a_declaration_is_text() -> None:
    assert xml_root("<a>&lol9;&nbsp;&eacute;&amp;&lt;</a>") == ("a", "&lol9;\xa0é&<")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": "b', "truncated"),
        ('{"a": ', "truncated"),
        ('{"a": b}', "bad_json"),
        ("[" * 100_000, "bad_json"),
        (DEEP, "bad_json"),
    ],
)
def test_json_that_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ParseError) as refused:
        json_tree(text)
    assert refused.value.reason == reason


def test_a_file_that_a_document_points_at_is_never_opened(tmp_path: Path) -> None:
    (tmp_path / "own.dtd").write_text("<!ENTITY secret 'of this machine'><!ATTLIST question rank CDATA 'leaked'>")
    text = f"<?xml version='1.0'?><!DOCTYPE question SYSTEM '{tmp_path / 'own.dtd'}'><question><n>7</n></question>"
    assert xml_root(text) == ("question", {"n": "7"})
    assert xml_root(text.replace("7", "&secret;")) == ("question", {"n": "&secret;"})
