"""Which questions a capture shows: one on a page, hundreds in a weekly file of the JO; learnt by whoever reads it."""

# ruff: noqa: S608  the parts put into statements are our own words; values are always bound

from collections.abc import Collection
from http import HTTPStatus
from typing import Final

from pipelines.archive import numbers
from pipelines.archive.ledger import Ledger, stamp
from schemas.capture import CaptureRef
from schemas.identity import QuestionKey

NEXT_SEQUENCE: Final = "(SELECT coalesce(max(sequence), 0) + 1 FROM captures)"
"""What a capture's sequence becomes when its reading may change."""

SHOWN: Final = """(
    SELECT group_concat(s.parliament || ' ' || s.term || ' ' || s.type || ' ' || s.number, ',')
    FROM shown AS s WHERE s.capture_id = c.capture_id)"""
"""A column with the questions of the capture `c`, as `questions_of` reads it."""


def questions_of(joined: str | None) -> tuple[QuestionKey, ...]:
    """The questions in that column, in the order of their numbers."""
    keys = [numbers.question_of(each.split(" ")) for each in joined.split(",")] if joined else []
    return tuple(sorted(keys, key=lambda key: (key.parliament, key.term, key.type, key.number)))


def insert_shown(ledger: Ledger, capture_id: str, question: QuestionKey) -> None:
    """Note one more question of a capture, inside the caller's transaction."""
    columns = "capture_id, parliament, term, type, number"
    values = (capture_id, *numbers.columns_of(question))
    ledger.write(f"INSERT INTO shown ({columns}) VALUES (?, ?, ?, ?, ?)", values)


def assign(ledger: Ledger, ref: CaptureRef, questions: Collection[QuestionKey]) -> None:
    """Note which questions a capture shows, all of them, inside the caller's transaction."""
    before, now = set(ref.questions), set(questions)
    if before == now:
        return
    ledger.write("DELETE FROM shown WHERE capture_id = ?", (ref.capture_id,))
    for question in now:
        insert_shown(ledger, ref.capture_id, question)
    ledger.write(f"UPDATE captures SET sequence = {NEXT_SEQUENCE} WHERE capture_id = ?", (ref.capture_id,))
    at = stamp(ref.last_seen)
    for lost in before - now:
        numbers.mark_lost(ledger, lost, ref.capture_id, at)
    if ref.status == HTTPStatus.OK:
        for question in now - before:
            numbers.mark_archived(ledger, question, ref.url, at)
