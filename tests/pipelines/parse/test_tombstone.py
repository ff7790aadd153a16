"""What was taken down is read as what its captures showed."""

from datetime import UTC, datetime

import pytest

from pipelines.parse.read import read
from pipelines.parse.tombstone import is_tombstone, readings
from schemas.errors import ParseError
from schemas.identity import QuestionKey
from schemas.tombstone import TOMBSTONE_TYPE, Tombstone
from tests.pipelines.parse.captures import FIXTURES, a_capture, fixture_capture, only, reasons

SHOWN = only(read(fixture_capture(FIXTURES / "an_html_c" / "answered_renewed_reassigned")))
STONE = Tombstone(
    question=QuestionKey.parse("fr-an-15-QE-7"),
    reason="a court's order",
    at=datetime(2026, 11, 2, tzinfo=UTC),
    captures=(),
    readings=(SHOWN,),
)


def test_its_readings_come_back() -> None:
    content = STONE.model_dump_json().encode()
    assert is_tombstone(content)
    assert readings(content) == (SHOWN,)
    assert read(a_capture(content, media_type=TOMBSTONE_TYPE)).questions == (SHOWN,)


def test_other_content_is_none() -> None:
    assert not is_tombstone(b"")
    assert not is_tombstone(b'{"questions": {"tombstone":1}}')


def test_a_damaged_one_is_set_aside_with_its_reason() -> None:
    content = STONE.model_dump_json().encode()[:-9]
    with pytest.raises(ParseError, match="1 errors") as raised:
        readings(content)
    assert raised.value.reason == "bad_tombstone"
    assert reasons(read(a_capture(content, media_type=TOMBSTONE_TYPE))) == ["bad_tombstone"]
