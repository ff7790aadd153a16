"""HTML to visible lines: what a reader sees, one block or `<br>` a line, with the element each line stands in.

Menus, footers, scripts and form fields are left out. The tree is walked with a stack of our own, so that depth is no
limit.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pipelines.parse.elements import Element, tree_of
from pipelines.parse.text import clean


def _names(spaced: str) -> frozenset[str]:
    return frozenset(spaced.split())


_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html li main ol p pre section summary table tbody tfoot thead tr ul"
)
_UNSEEN = _names(
    "head script style noscript template nav footer select option button textarea iframe svg object canvas"
)
_CELLS = ("td", "th")
# lxml refuses, or loses, what XML does not allow: control characters, lone surrogates, non-characters
_NOT_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CLOSED_BREAK = re.compile(r"</br\s{0,9}/?>", re.IGNORECASE)  # browsers break the line there, lxml drops it
_PROLOG = re.compile(r"<\?xml\b[^>]{0,200}>?", re.IGNORECASE)  # also one that a splice has moved into the page


@dataclass
class VisiblePage:
    """The visible lines of a page and its tables; `spans` gives the lines of each element, by its id, end exclusive."""

    lines: list[str] = field(default_factory=list[str])
    elements: list[Element] = field(default_factory=list[Element])
    spans: dict[int, tuple[int, int]] = field(default_factory=dict[int, tuple[int, int]])
    tables: list[Element] = field(default_factory=list[Element])  # in document order, an outer one before those in it
    tree: Element = field(default_factory=Element)

    @cached_property
    def title(self) -> str:
        """What the page calls itself; empty where it does not."""
        title = next(self.tree.within(("title",)), None)
        return clean("".join(title.strings())) if title else ""


def visible(html: str) -> VisiblePage:
    """Read HTML.

    Raises:
        ParseError: `unreadable_markup`, when neither parser can make a tree of it.
    """
    whole = _CLOSED_BREAK.sub("<br>", _NOT_XML.sub("", html))
    return _walked(tree_of(_PROLOG.sub("", whole)))


def words_of(element: Element) -> str:
    """The visible words of one element, in one line."""
    return " ".join(_walked(element).lines)


def _walked(tree: Element) -> VisiblePage:
    page = VisiblePage(tree=tree)
    _Walk(page).walk(tree)
    return page


class _Walk:
    """One walk over the tree, in document order."""

    def __init__(self, page: VisiblePage) -> None:
        self.page = page
        self.words: list[str] = []

    def walk(self, root: Element) -> None:
        open_: list[tuple[Element, Iterator[Element | str], int]] = [(root, iter(root.contents), 0)]
        while open_:
            tag, children, start = open_[-1]
            child = next(children, None)
            if child is None:
                open_.pop()
                self._leave(tag, start, is_last=not open_)
            elif isinstance(child, Element):
                if child.name not in _UNSEEN:
                    self._enter(child, tag)
                    open_.append((child, iter(child.contents), len(self.page.lines)))
            else:
                self.words.append(child)

    def _enter(self, tag: Element, parent: Element) -> None:
        if tag.name == "table":
            self.page.tables.append(tag)
        if tag.name in _BLOCKS or tag.name == "br":
            self._end_line(parent)
        elif tag.name in _CELLS and any(not word.isspace() for word in self.words):
            self.words.append(" | ")

    def _leave(self, tag: Element, start: int, *, is_last: bool) -> None:
        if tag.name in _BLOCKS or is_last:
            self._end_line(tag)
        unfinished = bool(self.words) and not "".join(self.words).isspace()
        self.page.spans[id(tag)] = (start, len(self.page.lines) + unfinished)

    def _end_line(self, element: Element) -> None:
        if not self.words:
            return
        line = clean("".join(self.words))
        self.words.clear()
        if line:
            self.page.lines.append(line)
            self.page.elements.append(element)
