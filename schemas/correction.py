"""Reviewed corrections: what is published wrong, what is right, and who says so."""

from datetime import date

from schemas.record import Record


class Correction(Record):
    """One line of the file of corrections.

    Attributes:
        question: id of the question.
        field: the field, such as `title`, `author.group`, `answered.date`.
        value: what is right; None where nothing should be there.
        was: what is published; the line applies only while it is. None where it does not matter.
        source: who says so, and where.
        reviewed: the day it was reviewed.
    """

    question: str
    field: str
    value: str | None
    was: str | None = None
    source: str
    reviewed: date | None = None


class AppliedCorrection(Record):
    """A correction as a question shows it; `published` is what the source shows, and `applied` whether it gave way.

    A correction is not applied where the source shows no longer what it was written against.
    """

    field: str
    published: str | None
    value: str | None
    source: str
    reviewed: date | None
    applied: bool
