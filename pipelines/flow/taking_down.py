"""Takedown of one question: its texts leave the archive for good, its number and its dates stay.

What the captures showed is read once more, without the texts, and saved as the capture that stands for them; then
their bytes are removed. The next build follows: the question shows as taken down, older data versions lose its texts,
and the index is made anew. What is gone is `title`, `heading`, both texts, their tables and figures.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Final

from pipelines.archive.archive import Archive, ArchiveWriter
from pipelines.parse.read import read
from schemas.capture import CaptureRef, Fetched
from schemas.errors import UnknownQuestionError, UsageError
from schemas.identity import QuestionKey
from schemas.question import RawQuestion
from schemas.settings import Settings
from schemas.tombstone import TOMBSTONE_TYPE, TakenCapture, Tombstone

_KEPT: Final = frozenset(
    {
        "key",
        "capture_id",
        "captured_at",
        "url",
        "format",
        "author",
        "ministry_asked",
        "ministry_assigned",
        "ministry_answered",
        "rubric",
        "events",
        "source_id",
        "term_inferred",
    }
)
"""Fields of a reading that hold none of its texts."""


@dataclass(frozen=True)
class TakedownReport:
    """What a takedown did; `captures` is 0 where there was nothing left to remove."""

    question: QuestionKey
    captures: int
    files: int
    others: tuple[str, ...]  # questions that stood in the same captures, whose readings are kept


def take_down(settings: Settings, question: QuestionKey, reason: str, *, now: datetime) -> TakedownReport:
    """Remove the texts of a question from the archive.

    Raises:
        UsageError: no reason is given.
        UnknownQuestionError: the archive has nothing of that question.
        ArchiveError: it cannot be written; the next run that writes finishes what has begun.
    """
    if not reason.strip():
        raise UsageError("a takedown needs its reason: it is all that will be known of it later")
    with Archive.open_for_writing(settings.archive_dir, source="takedown", now=now) as archive:
        stones = set(archive.tombstones(question))
        held = [ref for ref in archive.revisions(question) if ref.status == HTTPStatus.OK]
        if not held:
            raise UnknownQuestionError(f"the archive holds no capture of {question}: there is nothing to take down")
        captures = [ref for ref in held if not ref.taken_down and ref.capture_id not in stones]
        if captures:
            archive.take_down(question, captures, _fetched(archive, question, captures, reason, now), reason)
    others = {str(key) for ref in captures for key in ref.questions} - {str(question)}
    files = {ref.warc_file for ref in captures}
    return TakedownReport(question, len(captures), len(files), tuple(sorted(others)))


def take_down_again(settings: Settings, shown: Iterable[QuestionKey], *, now: datetime) -> None:
    """Take down what came of these questions after their takedown, in a file of many; raises ArchiveError."""
    with Archive.open(settings.archive_dir) as archive:
        reasons = {each.question: each.reason for each in archive.takedowns()}
    for question in sorted(reasons.keys() & set(shown), key=str):
        take_down(settings, question, reasons[question], now=now)


def without_texts(reading: RawQuestion) -> RawQuestion:
    """What a capture showed, but for anything that it says in words of its own."""
    kept = {name: getattr(reading, name) for name in RawQuestion.model_fields if name in _KEPT}
    return RawQuestion(**kept, taken_down=True)


def _fetched(
    archive: ArchiveWriter, question: QuestionKey, captures: Sequence[CaptureRef], reason: str, now: datetime
) -> Fetched:
    tombstone = Tombstone(
        question=question,
        reason=reason,
        at=now,
        captures=tuple(_taken(archive.as_stored(ref)) for ref in captures),
        readings=tuple(_readings(archive, question, captures)),
    )
    return Fetched(
        source="takedown",
        url=f"takedown:{question}",
        fetched_at=now,
        status=HTTPStatus.OK.value,
        media_type=TOMBSTONE_TYPE,
        body=tombstone.model_dump_json().encode(),
    )


def _taken(ref: CaptureRef) -> TakenCapture:
    return TakenCapture.model_validate({name: getattr(ref, name) for name in TakenCapture.model_fields})


def _readings(archive: ArchiveWriter, question: QuestionKey, captures: Sequence[CaptureRef]) -> Iterator[RawQuestion]:
    """What each capture showed; one that could not be read leaves the bare number."""
    for ref in captures:
        result = read(archive.read(ref))
        yield from (without_texts(each) if each.key == question else each for each in result.questions)
        if question not in {each.key for each in result.questions}:
            yield RawQuestion(
                key=question,
                capture_id=ref.capture_id,
                captured_at=ref.first_seen,
                url=ref.url,
                format="tombstone",
                taken_down=True,
            )
