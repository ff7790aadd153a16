"""The floor under the scores on real texts annotated by hand, and on facts of other projects' test corpora."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from questarium.queries.extracting import extract_line
from tests.shared_material import shared


def score(mode: str, given: Path, predicted: Path) -> str:
    command = [sys.executable, str(shared("figures/score.py")), mode, str(given), str(predicted)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def predict(given: Path, to: Path) -> Path:
    """The figures of a file of lines, as the command line writes them."""
    with given.open("rb") as lines, to.open("w", encoding="utf-8") as out:
        out.writelines(json.dumps(extract_line(line)) + "\n" for line in lines if line.strip())
    return to


def test_the_annotated_texts_are_read_as_people_read_them(tmp_path: Path) -> None:
    gold = shared("figures/gold_open.jsonl")
    scores = json.loads(score("gold", gold, predict(gold, tmp_path / "gold.jsonl")))
    assert scores["detection"][2] >= 0.98
    assert scores["exact"][2] >= 0.98
    assert scores["exact_plus_approx_direction_per"][2] >= 0.96
    assert scores["full_record_incl_subject"][2] >= 0.82


@pytest.fixture(scope="module")
def external(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    facts = shared("figures/external_open.jsonl")
    report = score("ext", facts, predict(facts, tmp_path_factory.mktemp("ext") / "ext.jsonl"))
    found = re.findall(r"^(\S+)\s+n=.*value\+unit=([0-9.]+)", report, re.MULTILINE)
    return {name: float(share) for name, share in found}


@pytest.mark.parametrize(
    ("dimension", "floor"),
    [
        ("duckling/distance", 1.0),
        ("duckling/duration", 1.0),
        ("duckling/money", 1.0),
        ("duckling/number", 1.0),
        ("duckling/ordinal", 1.0),
        ("duckling/quantity", 1.0),
        ("duckling/temperature", 1.0),
        ("duckling/volume", 1.0),
        ("recognizers/age", 1.0),
        ("recognizers/dimension", 0.93),
        ("recognizers/duration", 0.69),  # wants a month of 30 days in seconds
        ("recognizers/money", 0.91),
        ("recognizers/number", 0.78),  # translated English: "lakh", a trillion of 10^12, "322 cents" as 32,200
        ("recognizers/number_range", 0.83),
        ("recognizers/ordinal", 0.84),
        ("recognizers/percentage", 0.94),
        ("recognizers/temperature", 0.93),
        ("text2num/alpha2digit", 1.0),
        ("text2num/spelled_number", 1.0),
    ],
)
def test_facts_of_other_corpora(external: dict[str, float], dimension: str, floor: float) -> None:
    assert external[dimension] >= floor
