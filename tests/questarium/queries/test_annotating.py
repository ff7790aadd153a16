import json
from pathlib import Path

import pytest

from questarium.queries.annotating import candidates, given_texts, score_files
from schemas.errors import UsageError

TEXT = "Près de 250 agents répondent ; le délai est de 3 jours."


def test_candidates_carry_what_a_person_corrects() -> None:
    (line,) = candidates([("d", TEXT)])
    assert line["doc"] == "d"
    assert [(figure["value"], figure["optional"], figure["rule"]) for figure in line["figures"]] == [
        (250, False, "cardinal"),
        (3, False, "cardinal+duration"),
    ]


def test_a_corrected_line_is_scored(tmp_path: Path) -> None:
    (line,) = candidates([("d", TEXT)])
    line["figures"][1]["value"] = 4
    gold = tmp_path / "gold.jsonl"
    gold.write_text(json.dumps(line) + "\n\n")
    report = score_files(gold, None)
    assert (report.detection.f1, report.exact.f1) == (1, 0.5)
    assert report.mistakes[0].rule == "cardinal+duration"


def test_read_figures_may_be_given(tmp_path: Path) -> None:
    (line,) = candidates([("d", TEXT)])
    for name, figures in (("gold", line["figures"]), ("read", line["figures"][:1])):
        (tmp_path / name).write_text(json.dumps(line | {"figures": figures}))
    assert score_files(tmp_path / "gold", tmp_path / "read").detection.recall == 0.5


def test_texts_are_named_by_their_line_where_they_have_no_name() -> None:
    assert list(given_texts([b'{"text": "a"}', b"\n", b'{"doc": "x", "text": "b"}'])) == [("1", "a"), ("x", "b")]


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"doc": "x"}'])
def test_what_is_no_text_is_refused_with_its_line(line: bytes) -> None:
    with pytest.raises(UsageError, match="line 1"):
        list(given_texts([line]))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"gold\.jsonl"):
        score_files(tmp_path / "gold.jsonl", None)
