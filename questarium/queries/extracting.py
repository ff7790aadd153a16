"""Figures of loose texts, in the format of the annotated figures: one JSON object per line."""

from typing import Any

import orjson

from pipelines.figures.extract import extract
from schemas.errors import UsageError

_FIELDS = {
    "start", "end", "text", "kind", "value", "low", "high", "unit", "approx", "direction", "per", "subject",
}  # fmt: skip


def extract_lines(line: bytes) -> dict[str, Any]:
    """The figures of one line `{"doc", "text"}` (or `{"id", "text"}`); raises UsageError when it is none."""
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"no JSON: {error}") from error
    if not isinstance(given, dict) or not isinstance(given.get("text"), str):
        raise UsageError('expected an object with "doc" and "text"')
    name = "doc" if "doc" in given else "id"
    figures = [figure.model_dump(mode="json", include=_FIELDS) for figure in extract(given["text"])]
    return {name: given.get(name), "figures": figures}
