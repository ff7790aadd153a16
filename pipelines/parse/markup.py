"""HTML to visible lines: what a reader sees, one block or `<br>` a line, with the element each line stands in.

Menus, footers, scripts and form fields are left out.
"""

import re
from dataclasses import dataclass, field
from functools import cached_property

from lxml import etree

from pipelines.parse.elements import Element, tree_of
from pipelines.parse.menus import LEFT_OUT
from pipelines.parse.text import clean
from schemas.errors import ParseError


def _names(spaced: str) -> frozenset[str]:
    return frozenset(spaced.split())


_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html li main ol p pre section summary table tbody tfoot thead tr ul"
)
_UNSEEN = _names(
    "head script style noscript template nav footer select option button textarea iframe svg object canvas "
    "rt rp"  # how the words beside them are pronounced
)
_CELLS = ("td", "th")
_EVENTS = ("start", "end", "comment", "pi")
# lxml refuses, or loses, what XML does not allow: control characters, lone surrogates, non-characters
_NOT_XML = re.compile("[\x00-\x08\x0b\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CLOSED_BREAK = re.compile(r"</br\s{0,9}/?>", re.IGNORECASE)  # browsers break the line there, lxml drops it
_PROLOG = re.compile(r"<\?xml\b[^>]{0,200}>?", re.IGNORECASE)  # also one that a splice has moved into the page


@dataclass
class VisiblePage:
    """The visible lines of a page and its tables; `spans` gives the lines of each element, end exclusive."""

    lines: list[str] = field(default_factory=list[str])
    elements: list[Element] = field(default_factory=list[Element])
    spans: dict[Element, tuple[int, int]] = field(default_factory=dict[Element, tuple[int, int]])
    tables: list[Element] = field(default_factory=list[Element])  # in document order, an outer one before those in it
    whole_from: int = 0  # the line from which on none was left out (`menus`)
    tree: Element | None = None

    def begin_at(self, line: int) -> None:
        """Say that what is read begins at that line; raises ParseError `lines_left_out` when some are missing below."""
        if line < self.whole_from:
            raise ParseError("lines_left_out", f"what is read begins at line {line}, all lines from {self.whole_from}")

    @cached_property
    def title(self) -> str:
        """What the page calls itself; empty where it does not."""
        title = self.tree.find(".//title") if self.tree is not None else None
        return clean("".join(map(str, title.itertext()))) if title is not None else ""


def visible(html: str) -> VisiblePage:
    """Read HTML.

    Raises:
        ParseError: `unreadable_markup`, when no tree can be made of it.
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
        self.starts: list[int] = []  # the first lines of the elements that are open

    def walk(self, root: Element) -> None:
        events = etree.iterwalk(root, events=_EVENTS)
        for event, element in events:
            unseen = element.tag in _UNSEEN
            if event == "start":
                if unseen:
                    events.skip_subtree()
                else:
                    self._enter(element)
                continue
            if event == "comment" and element.text == LEFT_OUT:
                self.page.whole_from = len(self.page.lines)
            if event == "end" and not unseen:
                self._leave(element, is_last=element is root)
            if element.tail and element is not root:
                self.words.append(element.tail)

    def _enter(self, element: Element) -> None:
        tag = element.tag
        if tag == "table":
            self.page.tables.append(element)
        if self.words:
            if tag in _BLOCKS or tag == "br":
                self._end_line(element.getparent())
            elif tag in _CELLS and not all(map(str.isspace, self.words)):
                self.words.append(" | ")
        self.starts.append(len(self.page.lines))
        if element.text:
            self.words.append(element.text)

    def _leave(self, element: Element, *, is_last: bool) -> None:
        if element.tag in _BLOCKS or is_last:
            self._end_line(element)
        unfinished = bool(self.words) and not "".join(self.words).isspace()
        self.page.spans[element] = (self.starts.pop(), len(self.page.lines) + unfinished)

    def _end_line(self, element: Element | None) -> None:
        if not self.words:
            return
        line = clean("".join(self.words))
        self.words.clear()
        if line and element is not None:
            self.page.lines.append(line)
            self.page.elements.append(element)
