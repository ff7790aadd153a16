"""Figures of loose texts, one JSON object a line.

`{"doc", "text"}` is prose and is read as the questions are. `{"id", "input"}` is a loose phrase: its ordinals are read
too, and `text_out` is the phrase with its spelled numbers in digits.
"""

from typing import Any

import orjson

from pipelines.figures.explain import trace
from pipelines.figures.extract import extract
from pipelines.figures.loose import extract_loose
from pipelines.figures.spelled import write_digits
from schemas.errors import UsageError
from schemas.figure import Figure

_FIELDS = {
    "start", "end", "text", "kind", "value", "low", "high", "unit", "approx", "direction", "per", "subject",
}  # fmt: skip


def extract_line(line: bytes, *, explained: bool = False, everything: bool = False) -> dict[str, Any]:
    """The figures of one line.

    Args:
        line: A JSON object with "text" (prose) or "input" (a loose phrase), and a name, "doc" or "id".
        explained: Whether each figure carries its rule and its sentence, and every number of the text its steps, those
            that are no figure the rule that says so.
        everything: Whether prose is read as a loose phrase is, ordinals included.

    Raises:
        UsageError: The line is no such object.
    """
    given = _object(line)
    name = "doc" if "doc" in given else "id"
    text, loose = (given["text"], everything) if isinstance(given.get("text"), str) else (given["input"], True)
    figures = extract_loose(text) if loose else extract(text)
    found: dict[str, Any] = {
        name: given.get(name),
        "figures": [_written(figure, explained=explained) for figure in figures],
    }
    if "input" in given:
        options = given.get("options") or {}
        found["text_out"] = write_digits(text, smallest_alone=options.get("threshold", 3))
    if explained:
        found["steps"] = [number.model_dump(mode="json") for number in trace(text)]
    return found


def _object(line: bytes) -> dict[str, Any]:
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"no JSON: {error}") from error
    if not isinstance(given, dict) or not any(isinstance(given.get(name), str) for name in ("text", "input")):
        raise UsageError('expected an object with "doc" and "text", or "id" and "input"')
    return given


def _written(figure: Figure, *, explained: bool) -> dict[str, Any]:
    if not explained:
        return figure.model_dump(mode="json", include=_FIELDS)
    return figure.model_dump(mode="json")
