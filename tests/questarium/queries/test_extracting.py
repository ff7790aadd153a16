import json

import pytest

from questarium.queries.extracting import extract_line
from schemas.errors import UsageError


def line(**given: object) -> bytes:
    return json.dumps(given).encode()


def test_prose_gives_the_figures_of_a_document() -> None:
    found = extract_line(line(doc="d1", text="Au premier étage, 12 lits."))
    assert found["doc"] == "d1"
    assert [(figure["value"], figure["kind"], figure["subject"]) for figure in found["figures"]] == [
        (12, "count", "lits")
    ]
    assert "text_out" not in found


def test_a_loose_phrase_gives_ordinals_and_its_digits() -> None:
    found = extract_line(line(id="x1", input="la douzième"))
    assert found["id"] == "x1"
    assert [(figure["kind"], figure["value"]) for figure in found["figures"]] == [("ordinal", 12)]
    assert found["text_out"] == "la 12ème"


def test_options_of_a_phrase_are_kept() -> None:
    assert extract_line(line(id="x", input="deux lits", options={"threshold": 0}))["text_out"] == "2 lits"


def test_prose_is_read_like_a_phrase_where_everything_is_asked() -> None:
    assert extract_line(line(doc="d", text="la douzième"), everything=True)["figures"][0]["kind"] == "ordinal"


def test_an_explained_line_has_its_steps() -> None:
    found = extract_line(line(doc="d", text="Soit 12 lits en 2019."), explained=True)
    assert found["figures"][0]["rule"] == "cardinal"
    assert [step["excluded_by"] is None for step in found["steps"]] == [True, False]


@pytest.mark.parametrize("given", [b"{", b"[]", b'{"doc": 1}', b'{"doc": "d", "text": 3}'])
def test_other_lines_are_refused(given: bytes) -> None:
    with pytest.raises(UsageError):
        extract_line(given)
