"""Whatever a structured source says is taken, left out on purpose or reported: every value of a full file is changed.

A full file has each key that the sources' files and their published schemas know. Each value is changed, each element
is given twice with other content, and to each object a key is added; what then reads as before, without a report, is
compared with what is left out on purpose.
"""

import copy
from collections.abc import Iterator
from functools import cache
from typing import Any, TypeAlias

import pytest

from tests.pipelines.parse.structured.full_files import FULL

Path: TypeAlias = "tuple[str | int, ...]"
Reading: TypeAlias = "dict[str, Any]"

LEFT_OUT = {
    "open data": {
        "@xmlns, @xsi:type": "names of the schema",
        "identifiant/regime": "all questions are of the Fifth Republic",
        "minInt/organeRef, minInt/developpe": "the ministry asked is known by the label that pages print",
        "minAttribs/minAttrib/0/*": "the first ministry in charge, on the day of publication, is the one asked",
        "minAttribs/minAttrib/1/denomination/developpe": "the short label counts",
        "*/urlLegifrance": "an address made of the reference beside it",
        "cloture/*": "an answer closes the question, and its own day and place count",
    },
    "view": {
        "CIRCONSCRIPTION/@*, CIRCONSCRIPTION/CODE_*, CIRCONSCRIPTION/REGION": "pages print the département",
        "MINI/DEVELOPPE, MINI/ID_MINI": "the ministry asked is known by the label that pages print",
        "MINA/ORDRE/0/*": "the first ministry in charge, on the day of publication, is the one asked",
        "MINA/ORDRE/1/DEVELOPPE": "the short label counts",
        "*/@NUMERO": "a place in a list",
        "CLOTURE/*, CLOTURE": "an answer closes the question, and its own day and place count",
    },
    "weekly": {
        "@DateJO, @NumJO": "each question has its issue",
        "Section/1/*/referencePublication/pageJO, Section/1/*/referencePublication/noPublication": "the answer's own",
    },
}
"""By file: paths that may change without effect (`*` for any part), with the reason."""


def test_a_full_file_is_read_whole(file: str) -> None:
    assert _first(file)["quarantined"] == []


def test_a_changed_value_is_seen(file: str) -> None:
    tree, read = FULL[file]
    silent = [path for path, value in _nodes(tree) if _is_value(value) and _same(file, _put(tree, path, _other(value)))]
    assert _unexpected(file, silent) == []
    assert read(tree)  # the file itself stays as it was


def test_a_second_value_is_seen(file: str) -> None:
    tree, _ = FULL[file]
    silent = []
    for path, value in _nodes(tree):
        is_single = path and isinstance(path[-1], str) and not path[-1].startswith("@") and not isinstance(value, list)
        if is_single and _same(file, _put(tree, path, [value, _all_other(value)])):
            silent.append(path)
    assert _unexpected(file, silent) == []


def test_an_unknown_key_is_reported_wherever_it_stands(file: str) -> None:
    tree, read = FULL[file]
    objects = [path for path, value in _nodes(tree) if isinstance(value, dict)]
    for path in objects:
        reports = read(_put(tree, (*path, "inconnu"), "mot"))["quarantined"]
        assert [each["reason"] for each in reports] == ["unknown_key"], path


@pytest.fixture(params=sorted(FULL))
def file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@cache
def _first(file: str) -> Reading:
    tree, read = FULL[file]
    return read(tree)


def _same(file: str, tree: Any) -> bool:
    return FULL[file][1](tree) == _first(file)


def _unexpected(file: str, silent: list[Path]) -> list[str]:
    told = ["/".join(map(str, path)).removeprefix("question/") for path in silent]
    patterns = [pattern for line in LEFT_OUT[file] for pattern in line.split(", ")]
    return [path for path in told if not any(_matches(path, pattern) for pattern in patterns)]


def _matches(path: str, pattern: str) -> bool:
    before, star, after = pattern.partition("*")
    if not star:
        return path == pattern
    return path.startswith(before) and path.endswith(after)


def _nodes(node: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, node
    inner = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, value in inner:
        yield from _nodes(value, (*path, name))


def _is_value(node: Any) -> bool:
    return node is None or isinstance(node, str)


def _other(value: str | None) -> str:
    """Another value of the same form: the next number, another day, another word."""
    if value is None:
        return "7"
    if value.isdecimal():
        return str(int(value) + 1)
    if value.startswith("QANR"):
        return f"{value[:-1]}{(int(value[-1]) + 1) % 10}"
    if value[:2].isdecimal() and value[2:3] == "/":
        return f"{(int(value[:2]) + 1) % 28 + 1:02}{value[2:]}"
    if value[:4].isdecimal() and value[4:5] == "-":
        return f"{value[:8]}{(int(value[8:]) + 1) % 28 + 1:02}"
    return f"{value}x"


def _all_other(node: Any) -> Any:
    if isinstance(node, dict):
        return {name: _all_other(value) for name, value in node.items()}
    return [_all_other(value) for value in node] if isinstance(node, list) else _other(node)


def _put(tree: Any, path: Path, value: Any) -> Any:
    changed = copy.deepcopy(tree)
    inner = changed
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return changed
