"""The tree that JSON and XML files are read from, and the branch: one object or element with what is left unread.

The same data come as JSON and as XML, and the JSON is a conversion of the XML: an attribute is `@name`, the text beside
attributes `#text`, an element that occurs twice a list. Nothing is told in several ways (`null`, `""`, an empty
element, `xsi:nil`): to a branch they are all the same. Names are compared without case.
"""

from collections.abc import Iterator
from html import unescape
from typing import TypeAlias

from pipelines.parse.text import clean

Node: TypeAlias = "str | list[Node] | dict[str, Node] | None"
"""A value of a tree; numbers and booleans are kept as they are written."""

TEXT = "#text"
_DEEPEST = 40  # levels; the files known have eight
_TRUE = frozenset({"true", "1"})
_TECHNICAL = ("@xmlns", "@xsi:")  # how a file names its schema; says nothing of a question


def is_deep(node: Node) -> bool:
    """Whether a tree is deeper than any file of questions; looked at level by level, so that depth does no harm."""
    level = [node]
    for _ in range(_DEEPEST):
        nodes = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, dict | list)]
        level = [inner for each in nodes for inner in each]
        if not level:
            return False
    return True


def is_null(node: Node) -> bool:
    """Whether a value says nothing, in any of the ways in which files say nothing."""
    if node is None or isinstance(node, str):
        return not (node or "").strip()
    if isinstance(node, list):
        return all(map(is_null, node))
    if any(_is_nil(name, value) for name, value in node.items()):
        return True
    return all(is_technical(name) or is_null(value) for name, value in node.items())


def is_technical(name: str) -> bool:
    """Whether a key names the schema of a file and says nothing of a question."""
    return name.startswith(_TECHNICAL)


def _is_nil(name: str, value: Node) -> bool:
    return name.startswith("@") and name.endswith("nil") and isinstance(value, str) and value.strip().lower() in _TRUE


class Branch:
    """One object or element; what is taken from it is gone, so that the rest can be told.

    A branch of a key that is not there, or says nothing, is empty, and gives nothing.

    Args:
        node: its content; a plain value is the text of a branch without keys.
        path: where it stands in the file, for reports.
    """

    def __init__(self, node: Node, path: str = "") -> None:
        self.path = path
        self._children: list[Branch] = []
        if isinstance(node, list):  # a list in a list
            node = {f"{TEXT}[{place}]": each for place, each in enumerate(node)} if len(node) > 1 else node[0]
        found = {TEXT: node} if isinstance(node, str) else node if isinstance(node, dict) else {}
        self._left: dict[str, tuple[str, Node]] = {}
        for name, value in found.items():
            if not is_technical(name) and not _is_nil(name, value):
                self._left[name.casefold()] = (name, value)

    def __bool__(self) -> bool:
        return any(not is_null(value) for _, value in self._left.values())

    def has(self, name: str) -> bool:
        """Whether a key says something and has not been taken yet."""
        found = self._left.get(name.casefold())
        return found is not None and not is_null(found[1])

    def names(self) -> list[str]:
        """The keys that have not been taken yet, as written."""
        return [name for name, _ in self._left.values()]

    def text(self, *names: str) -> str | None:
        """The text of the first of these keys that says something; all of them are taken.

        Where a key says several things, the others stay, to be told as unread.
        """
        found = [text for name in names if (text := self._first(name, self.texts(name)))]
        return found[0] if found else None

    def texts(self, name: str) -> list[str]:
        """Every text of a key, which may be one value or a list."""
        return [text for told in self._told(name) if (text := clean(unescape(told)))]

    def _told(self, name: str) -> list[str]:
        """Every text of a key as it is written; most keys have one plain value, which needs no branch."""
        found = self._left.get(name.casefold())
        if found is None or found[1] is None:
            self._left.pop(name.casefold(), None)
            return []
        if isinstance(found[1], str):
            del self._left[name.casefold()]
            return [found[1].strip()] if found[1].strip() else []
        return [told for each in self.branches(name) if (told := each.own_markup())]

    def _first(self, name: str, told: list[str]) -> str | None:
        """The first of the texts of one key; what the others say besides is left unread."""
        for place, other in enumerate(told):
            if other != told[0]:
                self._left[f"{name.casefold()}[{place}]"] = (f"{name}[{place}]", other)
        return told[0] if told else None

    def own_text(self) -> str | None:
        """The text of the branch itself, as one line: a label, a day, a number."""
        told = self.own_markup()
        return clean(unescape(told)) or None if told else None

    def markup(self, *names: str) -> str | None:
        """The first text among these keys as it is written, for what is HTML; all of them are taken, as by `text`."""
        found = [told for name in names if (told := self._first(name, self._told(name)))]
        return found[0] if found else None

    def own_markup(self) -> str | None:
        """The text of the branch itself, as it is written."""
        _, value = self._left.pop(TEXT, ("", None))
        return value.strip() or None if isinstance(value, str) else None

    def branch(self, name: str) -> "Branch":
        """The first branch of a key; the others, if any, will be told as unread."""
        found = self.branches(name)
        return found[0] if found else Branch(None, self._below(name))

    def branches(self, name: str) -> "list[Branch]":
        """The branches of a key that say something."""
        key, value = self._left.pop(name.casefold(), (name, None))
        if value is None:
            return []
        values = value if isinstance(value, list) else [value]
        found = [Branch(each, self._below(key)) for each in values if not is_null(each)]
        self._children += found
        return found

    def ignore(self, *names: str) -> None:
        """Leave keys out on purpose: they say nothing that is kept."""
        for name in names:
            self._left.pop(name.casefold(), None)

    def unread(self) -> Iterator[str]:
        """The paths of what says something and was not taken, here and below; each is told once."""
        left, self._left = self._left, {}
        children, self._children = self._children, []
        for name, value in left.values():
            if not is_null(value):
                yield self._below(name)
        for child in children:
            yield from child.unread()

    def _below(self, name: str) -> str:
        return f"{self.path}/{name}" if self.path else name
