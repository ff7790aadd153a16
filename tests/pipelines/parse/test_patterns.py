"""Every regular expression of the parsers takes linear time on 100 kB of the worst kind (reliability promise P4).

Lines are matched from their beginning: under 50 ms. A search repeats that from every place; with bounded repetitions it
stays linear, where an unbounded one would take minutes.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable

import pytest

import pipelines.parse

LONGEST_MATCH_S = 0.05
LONGEST_SEARCH_S = 0.3
SIZE = 100_000
SEARCHED = 10_000
STARTS = (
    "", "Question ", "Question n° 1 ", "Question de M. a (", "de M. ", "Réponse du ", "Transmise au ", "<section ",
    "Erratum : JO du ", "publiée le ", "charset=", "La question a été ", "Question écrite n° 1 :", "<?xml ", "Date de ",
)  # fmt: skip
FILLS = (
    " ",
    "a",
    "1",
    "(",
    ")",
    " - ",
    "a ",
    "M. ",
    "Ã",
    "â€",
    ":",
    "|",
    "<",
    "- page ",
    "Question ",
    "Date de ",
    "le 1 ",
)


def patterns() -> list[tuple[str, re.Pattern[str] | re.Pattern[bytes]]]:
    found: list[tuple[str, re.Pattern[str] | re.Pattern[bytes]]] = []
    for module in pkgutil.walk_packages(pipelines.parse.__path__, "pipelines.parse."):
        members = vars(importlib.import_module(module.name))
        found += [(f"{module.name}.{name}", each) for name, each in members.items() if isinstance(each, re.Pattern)]
    return found


@pytest.mark.parametrize("pattern", [each for _, each in patterns()], ids=[name for name, _ in patterns()])
def test_linear(pattern: re.Pattern[str] | re.Pattern[bytes]) -> None:
    for start in STARTS:
        for fill in FILLS:
            text = (start + fill * (SIZE // len(fill)))[:SIZE]
            assert seconds(pattern.fullmatch, text, pattern) < LONGEST_MATCH_S, (start, fill)
            assert seconds(pattern.search, text[:SEARCHED], pattern) < LONGEST_SEARCH_S, (start, fill)


def seconds(use: Callable[..., object], text: str, pattern: re.Pattern[str] | re.Pattern[bytes]) -> float:
    content = text.encode() if isinstance(pattern.pattern, bytes) else text
    before = time.process_time()
    use(content)
    return time.process_time() - before


def test_all_are_looked_at() -> None:
    assert len(patterns()) > 30
