"""Which structured format a body is in, by its content, and the drafts of the questions it holds."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from pipelines.parse.draft import Draft, Problem
from pipelines.parse.layouts import an_open_data, an_xml, dila, senat_xml
from pipelines.parse.structured import members
from pipelines.parse.structured.json_tree import is_json, json_tree
from pipelines.parse.structured.tree import Branch, Node, is_null
from pipelines.parse.structured.xml_tree import is_xml, xml_root
from schemas.errors import ParseError
from schemas.people import People

_INDEX_KEYS = ("numeroquestion", "numq", "numero", "num")
_OF_MEMBERS = {"acteur", "organe", "mandat", "deport"}
_LONGEST_INDEX_VALUE = 80  # characters: an index has numbers, pages, days and marks such as QE, and no text
_WORD = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True)
class Document:
    """What a structured body holds; no draft where it is known to hold none: an index, a list of members.

    `people` is what a file of members says, `problems` what could not be read of it.
    """

    format: str
    drafts: list[Draft]
    people: People = field(default_factory=People)
    problems: list[Problem] = field(default_factory=list[Problem])


_XML: tuple[tuple[str, Callable[[str, Node], bool], Callable[[Node], list[Draft]]], ...] = (
    ("an_xml", an_xml.is_an_xml, an_xml.parse),
    ("senat_xml", senat_xml.is_senat_xml, senat_xml.parse),
    ("dila", lambda _, node: dila.is_dila(node), dila.parse),
    ("an_open_data", lambda _, node: an_open_data.is_open_data(node), an_open_data.parse),
)


def read_structured(text: str) -> Document | None:
    """Read a body that is JSON or XML; None when it is neither.

    Raises:
        ParseError: `unknown_format`, or what is wrong with the file.
    """
    if is_json(text):
        node = json_tree(text)
        if members.holds_people(node):
            return _people(node)
        if _is_of_members(node):
            return Document("members", [])
        if not an_open_data.is_open_data(node):
            raise ParseError("unknown_format", f"JSON without questions; its keys are {_told(node)}")
        return Document("an_open_data", an_open_data.parse(node))
    return _read_xml(text) if is_xml(text) else None


def _people(node: Node) -> Document:
    people, problems = members.parse(node)
    return Document("members", [], people, problems)


def _read_xml(text: str) -> Document:
    root, node = xml_root(text)
    if members.holds_people(node):
        return _people(node)
    for format_, recognises, parse in _XML:
        if recognises(root, node):
            if drafts := parse(node):
                return Document(format_, drafts)
            raise ParseError("unknown_format", f"a file in the form {format_}, and no question where they should be")
    if (is_null(node) and root.casefold() != "question") or _is_index(node):
        return Document("index", [])
    raise ParseError("unknown_format", f"XML without questions; its root is '{root}', with {_told(node)}")


def _is_of_members(node: Node) -> bool:
    """Whether a file of the members' folders (AMO) is of what the registries do not read, such as `deport`."""
    if isinstance(node, dict) and list(node) == ["export"]:
        node = node["export"]
    return isinstance(node, dict) and bool(node) and {name.rstrip("s") for name in node} <= _OF_MEMBERS


def _is_index(node: Node) -> bool:
    """Whether an XML file only lists numbers and pages, as `XML1JO_AN….xml` of the weekly archives does."""
    values = list(_leaves("", node))
    return any(name in _INDEX_KEYS for name, _ in values) and all(
        len(text) <= _LONGEST_INDEX_VALUE and len(_WORD.findall(text)) <= 1 for _, text in values
    )


def _leaves(name: str, node: Node) -> "list[tuple[str, str]]":
    if isinstance(node, dict):
        return [leaf for key, value in node.items() for leaf in _leaves(key.lstrip("@").casefold(), value)]
    if isinstance(node, list):
        return [leaf for value in node for leaf in _leaves(name, value)]
    return [(name, node.strip())] if node else []


def _told(node: Node) -> str:
    names = Branch(node).names()[:6] if isinstance(node, dict) else []
    return ", ".join(f"'{name[:40]}'" for name in names) or "none"
