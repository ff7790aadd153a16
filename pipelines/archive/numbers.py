"""Numbers of a term: one row per number with its state, its reason, its evidence and when to try again.

A number that is archived stays so: a later failure to fetch it again says nothing about what is in the archive. Two
sources that both lack a number say more than one: the evidence of each is kept.
"""

# ruff: noqa: S608  the parts put into statements are our own words; values are always bound

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from pipelines.archive.ledger import Ledger, SqlValue, moment, stamp
from schemas.capture import BULK_MARK, NumberRecord, NumberState, TermCounts
from schemas.identity import QuestionKey, QuestionType, TermKey

_COLUMNS = "parliament, term, type, number, state, reason, url, tries, next_try, updated, evidence"
_SAVE = f"INSERT OR REPLACE INTO numbers ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_EXPECT = f"""
    INSERT INTO numbers ({_COLUMNS}) VALUES (?, ?, ?, ?, 'pending', NULL, NULL, 0, NULL, ?, '') ON CONFLICT DO NOTHING
"""
_ARCHIVED = f"""
    INSERT INTO numbers ({_COLUMNS}) VALUES (?, ?, ?, ?, 'archived', NULL, ?, 0, NULL, ?, '')
    ON CONFLICT DO UPDATE SET state = 'archived', reason = NULL, url = excluded.url, next_try = NULL,
        updated = excluded.updated, evidence = ''
    WHERE numbers.state NOT IN ('archived', 'taken_down')
"""
_TAKEN_DOWN = f"INSERT OR REPLACE INTO numbers ({_COLUMNS}) VALUES (?, ?, ?, ?, 'taken_down', ?, NULL, 0, NULL, ?, '')"
_SETTLED = (NumberState.ARCHIVED, NumberState.TAKEN_DOWN)
_ABSENT = (NumberState.NOT_FOUND, NumberState.NEVER_PUBLISHED)
_LOST = """
    UPDATE numbers SET state = 'failed', reason = 'other_question', updated = ?, evidence = ?
    WHERE parliament = ? AND term = ? AND type = ? AND number = ? AND state != 'taken_down' AND NOT EXISTS (
        SELECT 1 FROM shown AS s JOIN captures AS c USING (capture_id)
        WHERE c.status = 200 AND (s.parliament, s.term, s.type, s.number)
            = (numbers.parliament, numbers.term, numbers.type, numbers.number))
"""


def columns_of(question: QuestionKey) -> tuple[SqlValue, ...]:
    """A question's four columns."""
    return (question.parliament, question.term, str(question.type), question.number)


def question_of(columns: Sequence[Any]) -> QuestionKey:
    """The question of those four columns."""
    parliament, term, kind, number = columns
    return QuestionKey(parliament=parliament, term=int(term), type=QuestionType(kind), number=int(number))


def save(ledger: Ledger, record: NumberRecord) -> None:
    """Write one number's state; those archived or taken down are left as they are."""
    known = one(ledger, record.question)
    if known is not None and known.state in _SETTLED:
        return
    record = merged(known, record) if known else record
    details = (str(record.state), record.reason, record.url, record.tries)
    next_try = stamp(record.next_try) if record.next_try else None
    evidence = "\n".join(record.evidence)
    ledger.write(_SAVE, (*columns_of(record.question), *details, next_try, stamp(record.updated), evidence))


def merged(known: NumberRecord, new: NumberRecord) -> NumberRecord:
    """What both say: a number that the site and an official list lack was never published, and each is evidence.

    Trouble on the way says nothing of the number, so that what was known stays known; a newer answer of the same
    kind takes the place of the older one.
    """
    if known.state not in _ABSENT:
        return new
    if new.state not in _ABSENT:
        return known if new.state is NumberState.PENDING else new
    if known.reason == new.reason:
        return new
    reasons = {*(known.reason or "").split(", "), *(new.reason or "").split(", ")}
    newer = {BULK_MARK in each for each in new.evidence}
    kept = tuple(each for each in known.evidence if (BULK_MARK in each) not in newer)
    return new.model_copy(
        update={
            "state": NumberState.NEVER_PUBLISHED,
            "reason": ", ".join(sorted(filter(None, reasons))),
            "evidence": kept + new.evidence,
        }
    )


def expect(ledger: Ledger, question: QuestionKey, now: datetime) -> None:
    """Add a number that exists or may exist, to be fetched; a known one is left as it is."""
    ledger.write(_EXPECT, (*columns_of(question), stamp(now)))


def mark_archived(ledger: Ledger, question: QuestionKey, url: str, at: str) -> None:
    """A capture of that number is in the archive; `at` as written by `stamp`."""
    ledger.write(_ARCHIVED, (*columns_of(question), url, at))


def take_down(ledger: Ledger, question: QuestionKey, reason: str, at: str) -> None:
    """The texts of that number are removed for good."""
    ledger.write(_TAKEN_DOWN, (*columns_of(question), reason, at))


def mark_lost(ledger: Ledger, question: QuestionKey, capture_id: str, at: str) -> None:
    """The capture taken for that number shows another question: failed, unless it has another capture."""
    ledger.write(_LOST, (at, capture_id, *columns_of(question)))


def one(ledger: Ledger, question: QuestionKey) -> NumberRecord | None:
    """The state of one number, or None if nothing is known of it."""
    where = "parliament = ? AND term = ? AND type = ? AND number = ?"
    row = ledger.row(f"SELECT {_COLUMNS} FROM numbers WHERE {where}", columns_of(question))
    return _record(row) if row else None


def of_term(ledger: Ledger, term: TermKey, *, due_by: datetime | None = None) -> Iterator[NumberRecord]:
    """Numbers of a term in order; with `due_by`, only the pending ones to be tried by then."""
    where = "parliament = ? AND term = ?"
    values: list[SqlValue] = [term.parliament, term.term]
    if due_by is not None:
        where += " AND state = 'pending' AND (next_try IS NULL OR next_try <= ?)"
        values.append(stamp(due_by))
    sql = f"SELECT {_COLUMNS} FROM numbers WHERE {where} ORDER BY type, number"
    return (_record(row) for row in ledger.rows(sql, values))


def counts(ledger: Ledger, term: TermKey) -> TermCounts:
    """How many numbers of written questions of the term are in each state."""
    sql = "SELECT state, count(*) FROM numbers WHERE parliament = ? AND term = ? AND type = 'QE' GROUP BY state"
    found: Counter[str] = Counter(dict(ledger.rows(sql, (term.parliament, term.term))))
    return TermCounts(**{state: found[state] for state in TermCounts.model_fields})


def save_all(ledger: Ledger, records: Iterable[NumberRecord]) -> None:
    """Write many numbers inside the caller's transaction."""
    for record in records:
        save(ledger, record)


def _record(row: tuple[Any, ...]) -> NumberRecord:
    state, reason, url, tries, next_try, updated, evidence = row[4:]
    return NumberRecord(
        question=question_of(row[:4]),
        state=NumberState(state),
        reason=reason,
        url=url,
        tries=tries,
        next_try=moment(next_try) if next_try else None,
        updated=moment(updated),
        evidence=tuple(evidence.splitlines()),
    )
