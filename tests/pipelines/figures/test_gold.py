"""The floor under the scores on real texts annotated by hand, and on facts of other projects' test corpora."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.figures.extract import extract, to_gold
from tests.shared_material import shared


def score(mode: str, given: Path, predicted: Path) -> str:
    command = [sys.executable, str(shared("figures/score.py")), mode, str(given), str(predicted)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def predict(given: Path, name: str, text: str, to: Path) -> Path:
    with given.open(encoding="utf-8") as lines, to.open("w", encoding="utf-8") as out:
        for line in lines:
            item: dict[str, Any] = json.loads(line)
            figures = [to_gold(figure) for figure in extract(item[text])]
            out.write(json.dumps({name: item[name], "figures": figures}) + "\n")
    return to


def test_the_annotated_texts_are_read_as_people_read_them(tmp_path: Path) -> None:
    gold = shared("figures/gold_open.jsonl")
    scores = json.loads(score("gold", gold, predict(gold, "doc", "text", tmp_path / "gold.jsonl")))
    assert scores["detection"][2] >= 0.98
    assert scores["exact"][2] >= 0.98
    assert scores["exact_plus_approx_direction_per"][2] >= 0.96
    assert scores["full_record_incl_subject"][2] >= 0.80


@pytest.fixture(scope="module")
def external(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    facts = shared("figures/external_open.jsonl")
    report = score("ext", facts, predict(facts, "id", "input", tmp_path_factory.mktemp("ext") / "ext.jsonl"))
    found = re.findall(r"^(\S+)\s+n=.*value\+unit=([0-9.]+)", report, re.MULTILINE)
    return {name: float(share) for name, share in found}


@pytest.mark.parametrize(
    ("dimension", "floor"),
    [
        ("duckling/distance", 1.0),
        ("duckling/duration", 1.0),
        ("duckling/money", 0.94),
        ("duckling/number", 0.96),
        ("duckling/quantity", 1.0),
        ("duckling/temperature", 1.0),
        ("duckling/volume", 1.0),
        ("recognizers/age", 0.88),
        ("recognizers/dimension", 0.82),
        ("recognizers/money", 0.87),
        ("recognizers/number", 0.62),  # translated English, powers, "lakh", a trillion of 10^12
        ("recognizers/number_range", 0.72),
        ("recognizers/percentage", 0.83),
        ("recognizers/temperature", 0.73),
        ("text2num/spelled_number", 1.0),
    ],
)
def test_facts_of_other_corpora(external: dict[str, float], dimension: str, floor: float) -> None:
    assert external[dimension] >= floor
