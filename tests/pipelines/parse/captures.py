"""Captures for the parser tests: made of bytes, or of a fixture folder (input, meta.json, output.json)."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pipelines.parse.read import ParseResult, read
from schemas.capture import Capture, CaptureRef
from schemas.identity import QuestionKey
from schemas.question import RawQuestion

FIXTURES = Path(__file__).parents[2] / "fixtures"
CAPTURED_AT = datetime(2021, 3, 1, 6, 30, tzinfo=UTC)
OF_THE_CAPTURE = {"capture_id", "captured_at", "url"}  # the same in every fixture, or said in meta.json


def a_capture(
    body: bytes | str,
    url: str = "file:///depot/page.txt",
    media_type: str = "text/plain; charset=utf-8",
    question: str | None = None,
    capture_id: str = "c" * 20,
) -> Capture:
    """A capture of that body, asked for as `question`."""
    return Capture(
        ref=CaptureRef(
            capture_id=capture_id,
            sequence=1,
            source="import",
            url=url,
            digest="0" * 64,
            media_type=media_type,
            status=200,
            first_seen=CAPTURED_AT,
            last_seen=CAPTURED_AT,
            questions=(QuestionKey.parse(question),) if question else (),
            warc_file="import.warc.gz",
            offset=0,
            length=1,
        ),
        body=body.encode() if isinstance(body, str) else body,
    )


def fixture_capture(folder: Path) -> Capture:
    """The capture of one fixture folder."""
    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    (body,) = folder.glob("input.*")
    return a_capture(body.read_bytes(), meta["url"], meta["media_type"], meta["question"])


def outcome(capture: Capture) -> dict[str, Any]:
    """What `output.json` holds: the questions read, and what was set aside."""
    result = read(capture)
    return {
        "questions": [each.model_dump(mode="json", exclude=OF_THE_CAPTURE) for each in result.questions],
        "quarantined": [
            {
                "reason": each.reason,
                "part": each.part,
                "question": str(each.question) if each.question else None,
                "detail": each.detail,
            }
            for each in result.quarantined
        ],
    }


def bare(value: Any) -> Any:
    """The value without what says nothing, so that a field that no fixture uses need not be in any."""
    if isinstance(value, dict):
        return {name: told for name, each in value.items() if (told := bare(each)) not in (None, [], {})}
    return [bare(each) for each in value] if isinstance(value, list) else value


def only(result: ParseResult) -> RawQuestion:
    """The one question of a result."""
    (question,) = result.questions
    return question


def reasons(result: ParseResult) -> list[str]:
    """Why what was set aside was set aside."""
    return [each.reason for each in result.quarantined]
