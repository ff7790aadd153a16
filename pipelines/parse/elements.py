"""HTML to lxml's tree, and what the readers of pages ask of its elements; which lines are visible is said by `markup`.

The tree is libxml2's own: elements of Python, one a tag, took four times as long. It goes no deeper than `DEEPEST` and
says nothing when it stops there, so that a page as deep as that is refused.
"""

from collections.abc import Iterator

from lxml import etree

from schemas.errors import ParseError

Element = etree._Element
"""One element; its strings are its own text and the tails of what stands in it."""

DEEPEST = 2000  # levels; libxml2 drops what is below 2,048


def tree_of(html: str) -> Element:
    """The tree of a page or of a piece of one: its `html` element, empty where nothing can be seen.

    Raises:
        ParseError: `unreadable_markup`, when lxml refuses it or it is too deep.
    """
    parser = etree.HTMLParser(huge_tree=True)
    try:
        parser.feed(html.removeprefix("\ufeff"))
        root: Element | None = parser.close()
    except (ValueError, LookupError, etree.LxmlError) as error:  # e.g. half of a surrogate pair
        raise ParseError("unreadable_markup", f"no HTML parser can read it: {error}") from None
    if root is None:
        return etree.Element("html")
    root.extend(list(root.itersiblings()))  # what follows a `</html>` is a page of its own to libxml2
    if html.count("<") >= DEEPEST and _depth(root) >= DEEPEST:
        raise ParseError("unreadable_markup", f"its elements stand in each other, {DEEPEST} levels deep")
    return root


def strings(element: Element) -> Iterator[str]:
    """The strings that stand right in an element, in document order."""
    yield element.text or ""
    for child in element:
        yield child.tail or ""


def text_of(element: Element) -> str:
    """All strings in an element without the blanks around each."""
    return "".join(str(each).strip() for each in element.itertext())


def _depth(root: Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest
