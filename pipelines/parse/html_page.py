"""An HTML page as the layout readers are given it: its source, its visible lines, and whether it is whole."""

import re
from functools import cached_property

from pipelines.parse.markup import VisiblePage, visible
from pipelines.parse.prune import prune

_DOCUMENT = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_DOCUMENT_END = re.compile(r"</html\s{0,9}>", re.IGNORECASE)
_BALANCED = ("section", "div", "table")


class HtmlPage:
    """One page; the tree is made when its lines are first asked for."""

    def __init__(self, source: str) -> None:
        self.source = source

    @cached_property
    def visible(self) -> VisiblePage:
        """The lines a reader sees; raises ParseError `unreadable_markup`."""
        return visible(prune(self.source))

    @property
    def is_whole(self) -> bool:
        """Whether the page is closed: `</html>`, or, of a fragment, as many blocks closed as opened."""
        if _DOCUMENT.search(self.source):
            return self.ends_after(0)
        lower = self.source.lower()
        return lower.rstrip().endswith(">") and all(
            lower.count(f"<{tag}") == lower.count(f"</{tag}") for tag in _BALANCED
        )

    def ends_after(self, place: int) -> bool:
        """Whether the document is closed somewhere after that place."""
        return _DOCUMENT_END.search(self.source, place) is not None
