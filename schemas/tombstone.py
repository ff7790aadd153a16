"""Tombstones: what stands in the archive for captures whose payload was taken down."""

from datetime import datetime
from typing import Final

from schemas.identity import QuestionKey
from schemas.question import RawQuestion
from schemas.record import Record

TOMBSTONE_TYPE: Final = "application/vnd.questarium.tombstone+json"
"""Media type of a tombstone."""


class Takedown(Record):
    """One question taken down: the line of the audit."""

    question: QuestionKey
    reason: str
    at: datetime
    captures: int  # whose payload is gone
    finished: bool  # False while the bytes are still in the files: the next run that writes removes them


class TakenCapture(Record):
    """A capture whose payload is gone: what its own record said of it, and where it stood."""

    capture_id: str
    source: str
    url: str
    digest: str
    media_type: str
    status: int
    warc_file: str
    offset: int


class Tombstone(Record):
    """The payload of the capture that takes the place of others.

    `readings` are what those showed, without any text of the question that was taken down; other questions that one
    of them showed as well are kept whole.
    """

    tombstone: int = 1  # version of this format; first, so that the payload can be told by its beginning
    question: QuestionKey
    reason: str
    at: datetime
    captures: tuple[TakenCapture, ...]
    readings: tuple[RawQuestion, ...]
