"""Golden fixtures: one page each, one test per field; every layout and every case class has its own."""

import json
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from pipelines.parse import layouts
from schemas.question import RawQuestion
from tests.pipelines.parse.captures import FIXTURES, OF_THE_CAPTURE, bare, fixture_capture, outcome

CASES = sorted(folder for folder in FIXTURES.glob("*/*") if folder.is_dir())
FIELDS = sorted(set(RawQuestion.model_fields) - OF_THE_CAPTURE)
NAMES = [f"{case.parent.name}/{case.name}" for case in CASES]


@cache
def got(case: Path) -> dict[str, Any]:
    return outcome(fixture_capture(case))


@cache
def expected(case: Path) -> dict[str, Any]:
    output: dict[str, Any] = json.loads((case / "output.json").read_text("utf-8"))
    return output


def set_aside(case: Path) -> list[dict[str, str | None]]:
    """What was set aside, as far as the fixture tells it: details in the words of a library are in none."""
    none: dict[str, str | None] = {}
    pairs = zip_longest(got(case)["quarantined"], expected(case)["quarantined"], fillvalue=none)
    return [{name: each.get(name) for name in told or each} for each, told in pairs]


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_field(case: Path, field: str) -> None:
    read = [bare(question[field]) or None for question in got(case)["questions"]]
    assert read == [bare(question.get(field)) or None for question in expected(case)["questions"]]


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_what_is_set_aside(case: Path) -> None:
    assert set_aside(case) == expected(case)["quarantined"]


def test_a_layout_without_fixtures_is_no_layout() -> None:
    modules = {path.stem for path in Path(layouts.__file__).parent.glob("*.py")} - {"__init__"}
    formats = {question["format"] for case in CASES for question in expected(case)["questions"]}
    assert modules == formats


def test_a_fixture_lies_under_the_format_it_is_read_as() -> None:
    for case in CASES:
        for question in expected(case)["questions"]:
            assert question["format"] == case.parent.name
