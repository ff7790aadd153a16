"""What no reader sees of a page, taken out of its source before a tree is made: most of its bytes are menus, scripts.

Only whole elements go, from their opening tag to the next closing one; one that is never closed stays.
"""

import re

_OPENING = re.compile(
    r"<(?:(script|style|noscript|template|nav|footer|select|textarea|iframe|svg)(?=[\s/>])|!--)", re.IGNORECASE
)
_COMMENT_END = re.compile("-->")


def prune(html: str) -> str:
    """The source without scripts, styles, menus, footers, form fields, drawings and comments."""
    pieces: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while opening := _OPENING.search(html, at):
        name = (opening[1] or "").lower()
        closing = None if name in unclosed else _closing(name).search(html, opening.end())
        if closing is None:
            unclosed.add(name)
            pieces.append(html[at : opening.end()])
            at = opening.end()
        else:
            pieces.append(html[at : opening.start()])
            at = closing.end()
    return "".join([*pieces, html[at:]])


def _closing(name: str) -> re.Pattern[str]:
    return re.compile(rf"</{name}\s{{0,9}}>", re.IGNORECASE) if name else _COMMENT_END
