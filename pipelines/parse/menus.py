"""Menus above a question: of links that follow each other, each in an element of its own, the first alone is kept.

Most bytes of a page are menus, and a tree of them takes most of its time. Nothing else may change by it, so that only
elements go that follow one of their own kind and hold one link, whose words begin as no label, number, name or heading
does; from the first tag on that is not written as it should be, nothing goes any more. Readers begin below what went.
"""

import re
from collections.abc import Iterator
from functools import cache

from pipelines.parse.labels import printed_labels
from pipelines.parse.text import key

LEFT_OUT = "menu > links left out"
"""The comment that stands in their place; with its `>` none of a page is read as it (`prune` takes out all others)."""

_BLANKS = r"[ \t\r\n]*+"
_ATTRIBUTES = (
    rf"(?:[ \t\r\n]++[A-Za-z][A-Za-z0-9:_-]*+(?:=\"[^\"<>]*+\"|='[^'<>]*+'|=[A-Za-z0-9./#?%:;_-]++)?)*+{_BLANKS}"
)
_TAGS = (
    "html|head|meta|link|base|body|center|header|main|section|article|aside|div|p|h[1-6]|ul|ol|li|dl|dt|dd|hr|br|table|thead"
    "|tbody|tfoot|tr|td|th|a|span|b|i|em|strong|u|small|big|sup|sub|font|img|form|label|input"
)
_SOUND = re.compile(
    rf"(?:[^<]++|</?(?i:{_TAGS})(?![A-Za-z0-9:_-]){_ATTRIBUTES}/?>|<(?i:title)>[^<>]*+</(?i:title)>"
    rf"|<!(?i:doctype)[^<>\"']*+(?:\"[^<>\"]*+\"[^<>\"']*+)*+>)*+"
)
_LETTERS = "0-9A-Za-zÀÁÄÆ-Öà-öù-üœŒ ,.;/'’«»\\t\\r\\n\u00a0-"
"""None that is repaired on the way to a line, and no bracket: `Val Ada (Mme)` names an asker."""
_REFERENCE = "&(?:[A-Za-z](?:acute|grave|circ|uml|cedil)|[oO][eE]lig|nbsp|rsquo|laquo|raquo|amp|#39);"
_WORDS = f"(?=[A-Za-z])[{_LETTERS}]*+(?:{_REFERENCE}[{_LETTERS}]*+)*+"
# how lines begin that are no label, but say which question a page shows, or who asks it: `M. X`, `de Mme X`
_BEGINS = ("q", "m", "de ", "dem", "assemblée nationale", "cette", "aucun")
_STEM = 4  # letters


def shortened(html: str) -> str:
    """The source with the first link alone of each menu.

    Args:
        html: the source without comments and scripts (`prune`).
    """
    pieces: list[str] = []
    at = 0
    for menu in _menu().finditer(html):
        if not _SOUND.fullmatch(html, at, menu.start()):
            break
        pieces += [html[at : menu.end("first")], f"<!--{LEFT_OUT}-->"]
        at = menu.end()
    return "".join([*pieces, html[at:]]) if pieces else html


@cache
def _menu() -> re.Pattern[str]:
    """Elements of one kind that follow each other, each with one link that says nothing of a question."""
    link = rf"{_ATTRIBUTES}>{_BLANKS}<[aA]{_ATTRIBUTES}>{_BLANKS}(?!{'|'.join(_stems())}){_WORDS}</[aA]>{_BLANKS}"
    return re.compile(
        rf"(?P<first><(?P<kind>li|p|div|dd|LI|P|DIV|DD){link}</(?P=kind)>{_BLANKS})(?:<(?P=kind){link}</(?P=kind)>{_BLANKS})++"
    )


def _stems() -> Iterator[str]:
    """How the lines begin that mean something, as patterns: with any accents, with letters broken, as references."""
    for beginning in sorted({beginning[:_STEM] for beginning in (*_BEGINS, *(label for label, _ in printed_labels()))}):
        yield f"[{beginning[0]}{beginning[0].upper()}]" + "".join(map(_letter, beginning[1:]))


def _letter(char: str) -> str:
    if not char.isalpha():
        return r"[\s&]"
    if char.isascii():
        return f"(?:[{char}{char.upper()}À-ü]|&\\w{{2,8}};)"
    return f"(?:{key(char)}|{_REFERENCE}|[^<&]{{0,3}})"
