"""The scores agree with the judge's, on annotated texts and on readings made worse on purpose."""

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipelines.figures.extract import extract, to_gold
from pipelines.figures.scoring import Report, score
from tests.shared_material import shared

Line = dict[str, Any]


def annotation(text: str, **values: Any) -> Line:
    figure = to_gold(extract(text)[0])
    return {"doc": "d", "text": text, "figures": [figure | values]}


def scored(gold: Line, *read: Line) -> Report:
    return score([("d", gold["text"], gold["figures"], read)])


def test_a_figure_is_found_exact_qualified_and_about_the_right_thing() -> None:
    gold = annotation("Près de 250 agents répondent.")
    report = scored(gold, *gold["figures"])
    assert [each.f1 for each in (report.detection, report.exact, report.qualified, report.record)] == [1, 1, 1, 1]
    assert report.mistakes == ()


@pytest.mark.parametrize(
    ("changed", "scores"),
    [
        ({"subject": "postes"}, [1, 1, 1, 0]),
        ({"approx": None}, [1, 1, 0, 0]),
        ({"value": 25.0}, [1, 0, 0, 0]),
        ({"start": 90, "end": 91}, [0, 0, 0, 0]),
    ],
)
def test_each_score_is_stricter_than_the_last(changed: Line, scores: list[int]) -> None:
    gold = annotation("Près de 250 agents répondent.")
    report = scored(gold, gold["figures"][0] | changed)
    assert [each.f1 for each in (report.detection, report.exact, report.qualified, report.record)] == scores


def test_an_optional_figure_counts_neither_way() -> None:
    gold = annotation("Près de 250 agents répondent.", optional=True)
    assert scored(gold).annotated == scored(gold, *gold["figures"]).read == 0


def test_units_of_one_kind_compare() -> None:
    gold = annotation("Il y a 3 km de voie.")
    assert scored(gold, gold["figures"][0] | {"value": 3000.0, "unit": "m"}).exact.f1 == 1


def test_the_confusion_names_what_is_taken_for_what() -> None:
    gold = annotation("Une baisse de 3 % des aides.")
    report = scored(gold, gold["figures"][0] | {"direction": "up"})
    assert report.confusion == {"direction: down read as up": 1}
    assert report.mistakes[0].context.startswith("Une baisse de 3 %")


@pytest.mark.parametrize("seed", range(4))
def test_the_scores_are_the_judges(tmp_path: Path, seed: int) -> None:
    gold = shared("figures/gold_open.jsonl")
    lines: list[Line] = [json.loads(line) for line in gold.read_text("utf-8").splitlines() if line.strip()]
    read = {line["doc"]: worsened([to_gold(figure) for figure in extract(line["text"])], seed) for line in lines}
    written = tmp_path / "read.jsonl"
    written.write_text("".join(json.dumps({"doc": doc, "figures": figures}) + "\n" for doc, figures in read.items()))
    command = [sys.executable, str(shared("figures/score.py")), "gold", str(gold), str(written)]
    judged = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    ours = score((line["doc"], line["text"], line["figures"], read[line["doc"]]) for line in lines)
    names = ("detection", "exact", "exact_plus_approx_direction_per", "full_record_incl_subject")
    for name, mine in zip(names, (ours.detection, ours.exact, ours.qualified, ours.record), strict=True):
        assert judged[name] == pytest.approx([mine.precision, mine.recall, mine.f1], abs=1e-4)
    assert (judged["gold"], judged["pred"]) == (ours.annotated, ours.read)


def worsened(figures: list[Line], seed: int) -> list[Line]:
    """The figures as they are (seed 0), or with some lost, moved, doubled and misread."""
    chance = random.Random(seed)
    changes: list[Line] = [{"value": 1.0}, {"approx": "max"}, {"kind": "count", "unit": None}, {"subject": None},
                           {"per": "a"}, {"direction": "up"}, {"unit": "mo"}, {"kind": "ratio"}]  # fmt: skip
    kept: list[Line] = []
    for figure in figures:
        if not seed or chance.random() < 0.5:
            kept.append(figure)
        elif chance.random() < 0.8:
            kept.append(figure | chance.choice(changes))
        if seed and chance.random() < 0.1:
            kept.append(figure | {"start": figure["start"] + 1, "end": figure["end"] + 9})
    return kept
