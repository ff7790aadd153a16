"""What is told in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from questarium.cli import wording
from questarium.cli.wording import FRENCH, told

MODULES = sorted(Path(wording.__file__).parent.glob("*.py"))


def _told(path: Path) -> Iterator[str]:
    """The texts that a module hands to `told`, where they stand in the call."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == told.__name__:
            text = node.args[1]
            if isinstance(text, ast.Constant):
                yield str(text.value)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_whatever_is_told_has_its_french(path: Path) -> None:
    assert [text for text in _told(path) if text not in FRENCH] == []


def test_the_french_has_the_same_values() -> None:
    values = re.compile(r"\{\w+\}").findall
    assert [text for text, french in FRENCH.items() if sorted(values(text)) != sorted(values(french))] == []
