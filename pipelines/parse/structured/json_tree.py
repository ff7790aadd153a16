"""JSON text to a tree; a key that an object has twice becomes a list, as an element that occurs twice would."""

import json
import re
from typing import Any

from pipelines.parse.structured.tree import Node, is_deep
from schemas.errors import ParseError

_TOO_DEEP = "objects within objects, deeper than any file of questions is"
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no text can hold


def is_json(text: str) -> bool:
    """Whether a body begins as a JSON object or list does."""
    start = text.lstrip()[:2000]
    return start[:1] in ("{", "[") and start[1:].lstrip()[:1] in ('"', "{", "[", "}", "]")


def json_tree(text: str) -> Node:
    """Read JSON.

    Raises:
        ParseError: `truncated` or `bad_json`.
    """
    try:
        node = _node(_DECODER.decode(text))
    except json.JSONDecodeError as error:
        is_cut = error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string")
        reason = "truncated" if is_cut else "bad_json"
        raise ParseError(reason, f"no JSON: {error.msg} at character {error.pos} of {len(text)}") from None
    except RecursionError:
        raise ParseError("bad_json", _TOO_DEEP) from None
    if is_deep(node):
        raise ParseError("bad_json", _TOO_DEEP)
    return node


def _node(value: Any) -> Node:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return [_node(each) for each in value]
    if isinstance(value, str):
        return _LONE_SURROGATE.sub("\ufffd", value)
    node: Node = value
    return node


def _listed(node: Node) -> list[Node]:
    return node if isinstance(node, list) else [node]


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for name, value in pairs:
        node = _node(value)
        if name not in found:
            found[name] = node
            continue
        before = found[name]
        found[name] = [*_listed(before), *_listed(node)]
    return found


_DECODER = json.JSONDecoder(object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=str, strict=False)
