"""A first look at a source: what the parsers find in a few of its documents, what they miss, and what they do not know.

The layouts that the parsers read were partly rebuilt from descriptions; the documents of the real site show in a minute
whether they are met. Everything is read here; the spider that fetched it read nothing.
"""

import json
from collections.abc import Iterator
from pathlib import Path

from pipelines.archive.archive import Archive
from pipelines.flow.drift import expected
from pipelines.parse.read import ParseResult, read
from schemas.capture import Capture
from schemas.question import RawQuestion
from schemas.record import Record

_SUFFIXES = {"text/html": "html", "application/json": "json", "application/xml": "xml", "text/xml": "xml"}


class Probed(Record):
    """One document as the parsers read it.

    `found` are the fields and dates it shows, `missing` those that it should show and does not, `unknown` what the
    parsers do not know or cannot read, each with its reason. `format` is None when no parser reads it.
    """

    url: str
    format: str | None
    questions: tuple[str, ...]
    found: tuple[str, ...]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def well(self) -> bool:
        """Whether the parsers read all of it."""
        return not self.missing and not self.unknown


def examine(archive_dir: Path) -> list[Probed]:
    """Read every document of an archive; raises ArchiveError."""
    return [_probed(capture, result) for capture, result in _read(archive_dir)]


def save_fixtures(archive_dir: Path, folder: Path) -> int:
    """Write every document as a fixture, as the tests have them: input, meta and output, to be reviewed.

    Returns how many. Raises OSError when the folder cannot be written to.
    """
    saved = 0
    for saved, (capture, result) in enumerate(_read(archive_dir), start=1):  # noqa: B007  the last one is the count
        name = "-".join(str(question.key) for question in result.questions[:1]) or capture.ref.capture_id
        case = folder / _format(result) / name if _format(result) else folder / "unread" / name
        case.mkdir(parents=True, exist_ok=True)
        essence = capture.ref.media_type.partition(";")[0].strip().lower()
        (case / f"input.{_SUFFIXES.get(essence, 'txt')}").write_bytes(capture.body)
        asked = capture.ref.question
        meta = {
            "about": "",
            "url": capture.ref.url,
            "media_type": capture.ref.media_type,
            "question": str(asked) if asked else None,
        }
        output = {
            "questions": [question.model_dump(mode="json") for question in result.questions],
            "quarantined": [each.model_dump(mode="json") for each in result.quarantined],
        }
        for what, content in (("meta", meta), ("output", output)):
            (case / f"{what}.json").write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return saved


def _read(archive_dir: Path) -> Iterator[tuple[Capture, ParseResult]]:
    with Archive.open(archive_dir) as archive:
        for ref in archive.captures():
            if ref.status == 200:
                capture = archive.read(ref)
                yield capture, read(capture)


def _probed(capture: Capture, result: ParseResult) -> Probed:
    found = sorted({name for question in result.questions for name in _shown(question)})
    due = [expected(question) for question in result.questions]
    missing = sorted({name for fields in due for name, filled in fields.items() if not filled})
    unknown = [f"{each.part or 'document'}: {each.reason}: {each.detail}" for each in result.quarantined]
    return Probed(
        url=capture.ref.url,
        format=_format(result) or None,
        questions=tuple(str(question.key) for question in result.questions),
        found=tuple(found),
        missing=tuple(missing),
        unknown=tuple(unknown),
    )


def _format(result: ParseResult) -> str:
    return result.questions[0].format if result.questions else ""


def _shown(question: RawQuestion) -> list[str]:
    """The fields and the kinds of dates that a reading has."""
    fields = ("author", "ministry_asked", "ministry_assigned", "ministry_answered", "rubric", "heading", "title")
    texts = ("question", "answer", "tables")
    shown = [name for name in (*fields, *texts) if getattr(question, name)]
    return shown + [f"{event.kind} date" for event in question.events if event.date]
