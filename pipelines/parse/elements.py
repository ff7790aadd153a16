"""HTML to a tree of plain elements: what the readers of pages need of a tree, and nothing more.

lxml reads the markup and tells its tags one by one; a page that it refuses is read by Python's own parser. Which lines
of the tree are visible is said by `markup`.
"""

from collections.abc import Collection, Iterator
from typing import cast

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from bs4.exceptions import ParserRejectedMarkup
from lxml import etree

from schemas.errors import ParseError

_NO_WORDS = frozenset({"script", "style", "template", "rt", "rp"})  # rt, rp: how the words beside them are pronounced
_ROOT = "[document]"


class Element:
    """One element: its contents are elements and strings, in document order."""

    __slots__ = ("attributes", "contents", "name", "parent")

    def __init__(
        self, name: str = _ROOT, parent: "Element | None" = None, attributes: dict[str, str] | None = None
    ) -> None:
        self.name = name
        self.parent = parent
        self.attributes = attributes or {}
        self.contents: list[Element | str] = []

    def children(self, names: Collection[str]) -> list["Element"]:
        """The elements of these names that stand right in this one."""
        return [child for child in self.contents if isinstance(child, Element) and child.name in names]

    def descendants(self) -> Iterator["Element | str"]:
        """All elements and strings in this one, in document order."""
        open_: list[Iterator[Element | str]] = [iter(self.contents)]
        while open_:
            child = next(open_[-1], None)
            if child is None:
                open_.pop()
                continue
            yield child
            if isinstance(child, Element):
                open_.append(iter(child.contents))

    def within(self, names: Collection[str]) -> Iterator["Element"]:
        """The elements of these names in this one, at any depth, in document order."""
        return (each for each in self.descendants() if isinstance(each, Element) and each.name in names)

    def strings(self) -> Iterator[str]:
        """The strings in this element, in document order."""
        return (each for each in self.descendants() if isinstance(each, str))

    def text(self) -> str:
        """Its strings without the blanks around each."""
        return "".join(map(str.strip, self.strings()))


def tree_of(html: str) -> Element:
    """The tree of a page or of a piece of one, under a root of its own.

    Raises:
        ParseError: `unreadable_markup`, when neither parser can make a tree of it.
    """
    try:
        return _read_by_lxml(html.removeprefix("\ufeff"))
    except (ValueError, LookupError, etree.ParserError):  # e.g. half of a surrogate pair
        pass
    try:
        return _plain(BeautifulSoup(html, "html.parser"))
    except (ValueError, AssertionError, ParserRejectedMarkup) as error:
        raise ParseError("unreadable_markup", f"no HTML parser can read it: {error}") from None


def _read_by_lxml(html: str) -> Element:
    target = _Builder()
    # the stubs say that tags may be bytes; in HTML they are characters
    parser = etree.HTMLParser(target=cast("etree.ParserTarget", target))
    parser.feed(html)
    parser.close()
    return target.root


class _Builder:
    """What lxml tells a tree to: each tag, and the characters between them."""

    def __init__(self) -> None:
        self.root = Element()
        self._at = self.root
        self._characters: list[str] = []
        self._wordless = 0  # open elements whose strings are no words

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if self._characters:
            self._end_string()
        element = Element(tag, self._at, attributes)
        self._at.contents.append(element)
        self._at = element
        if tag in _NO_WORDS:
            self._wordless += 1

    def end(self, tag: str) -> None:
        if self._characters:
            self._end_string()
        if not self._is_open(tag):
            return
        while self._leave() != tag:  # what a broken page has left open in it ends too
            pass

    def _is_open(self, tag: str) -> bool:
        element: Element | None = self._at
        while element is not None and element.name != tag:
            element = element.parent
        return element is not None

    def _leave(self) -> str:
        left = self._at
        self._wordless -= left.name in _NO_WORDS
        self._at = left.parent or self.root
        return left.name

    def data(self, characters: str) -> None:
        self._characters.append(characters)

    def comment(self, _text: str) -> None:
        self._end_string()

    def pi(self, _target: str, _data: str | None = None) -> None:
        self._end_string()

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        self._end_string()

    def close(self) -> None:
        self._end_string()

    def _end_string(self) -> None:
        if self._characters and not self._wordless:
            self._at.contents.append("".join(self._characters))
        self._characters.clear()


def _plain(soup: Tag) -> Element:
    """The tree of the other parser in the same form."""
    root = Element()
    waiting = [(soup, root)]
    while waiting:
        tag, element = waiting.pop()
        for child in tag.contents:
            if isinstance(child, Tag):
                inner = Element(child.name, element, {name: str(value) for name, value in child.attrs.items()})
                element.contents.append(inner)
                waiting.append((child, inner))
            elif type(child) is NavigableString:  # its subclasses are comments, doctypes, scripts
                element.contents.append(str(child))
    return root
