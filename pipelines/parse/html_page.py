"""An HTML page as the layout readers are given it: its source, its visible lines, and whether it is whole."""

import re
from functools import cached_property

from pipelines.parse.markup import VisiblePage, visible
from pipelines.parse.menus import LEFT_OUT, shortened
from pipelines.parse.prune import prune

_DOCUMENT = re.compile(r"<(?:!doctype|html|body)\b", re.IGNORECASE)
_DOCUMENT_END = re.compile(r"</html\s{0,9}>", re.IGNORECASE)
_BALANCED = ("section", "div", "table")


class HtmlPage:
    """One page; what is made of its source is made when it is first asked for.

    Args:
        source: the HTML.
        short_menus: links of menus may be left out, see `menus`.
    """

    def __init__(self, source: str, *, short_menus: bool = False) -> None:
        self.source = source
        self._short_menus = short_menus

    @cached_property
    def seen(self) -> str:
        """The source without what no reader sees, or does not look at."""
        seen = prune(self.source)
        return shortened(seen) if self._short_menus else seen

    @property
    def is_shortened(self) -> bool:
        """Whether links of its menus are left out."""
        return self._short_menus and LEFT_OUT in self.seen

    @cached_property
    def visible(self) -> VisiblePage:
        """The lines a reader sees; raises ParseError `unreadable_markup`."""
        return visible(self.seen)

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
