"""Golden fixtures, one test each: run by the mutation score in place of one test per field."""

from pathlib import Path

import pytest

from tests.pipelines.parse.captures import bare
from tests.pipelines.parse.test_fixtures import CASES, FIELDS, NAMES, expected, got, set_aside


@pytest.mark.parametrize("case", CASES, ids=NAMES)
def test_case(case: Path) -> None:
    assert set_aside(case) == expected(case)["quarantined"]
    for field in FIELDS:
        read = [bare(question[field]) or None for question in got(case)["questions"]]
        assert read == [bare(question.get(field)) or None for question in expected(case)["questions"]], field
