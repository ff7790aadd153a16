"""An HTML body to a draft: the layout is told by the content, then its reader is asked.

One address has served three layouts over time, so that neither the address nor the term says which one a page has.
"""

from collections.abc import Callable

from pipelines.parse import detect
from pipelines.parse.draft import Draft
from pipelines.parse.html_page import HtmlPage
from pipelines.parse.layouts import an_html_a, an_html_b, an_html_c, an_html_d, an_html_tags
from pipelines.parse.refused import refusal
from schemas.errors import ParseError

HTML_LAYOUTS: dict[str, Callable[[HtmlPage], Draft]] = {
    "an_html_a": an_html_a.parse,
    "an_html_tags": an_html_tags.parse,
    "an_html_b": an_html_b.parse,
    "an_html_c": an_html_c.parse,
    "an_html_d": an_html_d.parse,
}

_OTHERS = {detect.AN_TEXT_A: "an_html_a", detect.AN_TEXT_C: "an_html_a", detect.AN_TEXT_D: "an_html_d"}


def read_html(source: str) -> tuple[str, Draft]:
    """The format of a page, and what it shows.

    It is read without most of its menus first; where what was left out may matter, all of it is read.

    Raises:
        ParseError: `truncated`, `error_page`, `unknown_format`, `unreadable_markup`.
    """
    page = HtmlPage(source, short_menus=True)
    try:
        return _read(page)
    except ParseError:
        if not page.is_shortened:
            raise
    return _read(HtmlPage(source))


def _read(page: HtmlPage) -> tuple[str, Draft]:
    format_ = _format(page)
    if format_ is None:
        raise _refused(page)
    if not page.is_whole:
        raise ParseError("truncated", f"the page ends after {len(page.source)} characters without being closed")
    return format_, HTML_LAYOUTS[format_](page)


def _format(page: HtmlPage) -> str | None:
    """The layout: by its private tags or sections where it has them, else by its visible labels."""
    if an_html_tags.is_marked(page):
        return "an_html_tags"
    if an_html_c.is_marked(page):
        return "an_html_c"
    shown = detect.layout_of(page.visible.lines)
    if shown == detect.AN_TEXT_C and not detect.shows_colon_labels(page.visible.lines):
        return "an_html_b" if an_html_b.is_shown(page) else "an_html_c"
    return _OTHERS.get(shown or "")


def _refused(page: HtmlPage) -> ParseError:
    shown = detect.layout_of(page.visible.lines)
    if shown is not None:
        return ParseError("unknown_format", f"an HTML page in layout {shown}, which is read as page text only")
    refused = refusal([line for line in (page.visible.title, *page.visible.lines) if line])
    if refused.reason == "unknown_format" and not page.is_whole:
        return ParseError("truncated", "an HTML page that ends before its content")
    return refused
