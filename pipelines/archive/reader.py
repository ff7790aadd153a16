"""Reading an archive: captures, what is known of each number, what each address shows; no lock is needed.

How an archive is opened and written is in `archive`.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from pipelines.archive import bulk, files, numbers, takedown, visits
from pipelines.archive.ledger import Ledger
from pipelines.archive.visits import ALL, Term
from pipelines.archive.warc import digest_of, read_record
from schemas.capture import BulkFile, Capture, CaptureRef, NumberRecord, TermCounts, Validators
from schemas.errors import ArchiveDamagedError, ArchiveError
from schemas.identity import QuestionKey, TermKey
from schemas.tombstone import Takedown

_PAGE = 1000  # captures read from the ledger at a time


class ArchiveReader:
    """What can be asked of an archive; a context manager."""

    def __init__(self, root: Path, ledger: Ledger) -> None:
        self.root = root
        self._ledger = ledger

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the ledger."""
        self._ledger.close()

    def captures(self, *, term: Term = ALL, after: int = 0) -> Iterator[CaptureRef]:
        """Captures in the order of their sequence, beginning behind `after`, as of the moment of the call."""
        last = self.last_sequence(term)
        while page := visits.between(self._ledger, term, after, last, _PAGE):
            yield from page
            after = page[-1].sequence

    def revisions(self, question: QuestionKey) -> list[CaptureRef]:
        """Captures of one question, oldest first: in the order in which they became current at their addresses."""
        return visits.of_question(self._ledger, question)

    def capture(self, capture_id: str) -> CaptureRef | None:
        """The capture of that id, or None."""
        return visits.find(self._ledger, capture_id)

    def captured_at(self, url: str, at: datetime) -> CaptureRef | None:
        """The capture that a fetch of that address at that moment met, or None."""
        return visits.fetched_at(self._ledger, url, at)

    def as_stored(self, ref: CaptureRef) -> CaptureRef:
        """The capture with source, status and media type as its record has them; later visits may differ."""
        return visits.as_stored(self._ledger, ref)

    def takedowns(self, term: TermKey | None = None) -> list[Takedown]:
        """What was taken down, of a term or of all, oldest first."""
        return takedown.of_term(self._ledger, term)

    def tombstones(self, question: QuestionKey) -> list[str]:
        """Ids of the captures that stand for those of a question that was taken down."""
        return takedown.tombstones(self._ledger, question)

    def read(self, ref: CaptureRef) -> Capture:
        """The capture with its payload, checked.

        Raises:
            ArchiveError: it was taken down.
            ArchiveDamagedError: its bytes are not those that were written; the message has file and offset.
        """
        if ref.taken_down:
            raise ArchiveError(f"{self.root}: capture {ref.capture_id} of {ref.url} was taken down")
        where = f"{self.root / files.WARC_FOLDER / ref.warc_file} at byte {ref.offset}"
        sql = "SELECT length, sha256 FROM records WHERE warc_file = ? AND offset = ?"
        known = self._ledger.row(sql, (ref.warc_file, ref.offset))
        stored = files.read_at(self.root, ref.warc_file, ref.offset, ref.length)
        if known is None or known != (ref.length, hashlib.sha256(stored).hexdigest()):
            raise ArchiveDamagedError(f"{where}: capture {ref.capture_id} is damaged; restore it from a backup")
        record = read_record(stored, where=where)
        if digest_of(record.body) != ref.digest:
            raise ArchiveDamagedError(f"{where}: holds another payload than capture {ref.capture_id}")
        return Capture(ref=ref, body=record.body)

    def validators(self, url: str) -> Validators | None:
        """What a conditional request for that address sends, or None if nothing usable is known."""
        sql = """
            SELECT a.etag, a.last_modified FROM addresses AS a JOIN captures AS c ON c.capture_id = a.capture_id
            WHERE a.url = ? AND c.status = 200 AND (a.etag IS NOT NULL OR a.last_modified IS NOT NULL)
        """
        row = self._ledger.row(sql, (url,))
        return Validators(etag=row[0], last_modified=row[1]) if row else None

    def digest_at(self, url: str) -> str | None:
        """Digest of the payload that the address shows now, or None if it has no capture."""
        current = visits.current(self._ledger, url)
        return current.digest if current else None

    def number(self, question: QuestionKey) -> NumberRecord | None:
        """What is known of one number."""
        return numbers.one(self._ledger, question)

    def numbers(self, term: TermKey) -> Iterator[NumberRecord]:
        """What is known of each number of a term, in order."""
        return numbers.of_term(self._ledger, term)

    def due(self, term: TermKey, now: datetime) -> Iterator[NumberRecord]:
        """Pending numbers of a term that may be tried now, in order."""
        return numbers.of_term(self._ledger, term, due_by=now)

    def counts(self, term: TermKey) -> TermCounts:
        """How many numbers of written questions of a term are in each state."""
        return numbers.counts(self._ledger, term)

    def bulk_file(self, url: str) -> BulkFile | None:
        """The file of many questions that was last read at that address."""
        return bulk.at(self._ledger, url)

    def bulk_files(self, source: str, term: TermKey | None = None) -> list[BulkFile]:
        """The files of many questions of a source that were read to their end; with `term`, those of that term."""
        return bulk.of_source(self._ledger, source, term)

    def count_captures(self, term: Term = ALL) -> int:
        """How many captures there are."""
        return visits.count(self._ledger, term)

    def terms(self) -> list[TermKey]:
        """Terms with a capture or a number, in order."""
        sql = """
            SELECT parliament, term FROM shown
            UNION SELECT parliament, term FROM numbers ORDER BY parliament, term
        """
        return [TermKey(parliament=parliament, term=term) for parliament, term in self._ledger.rows(sql)]

    def last_sequence(self, term: Term = ALL) -> int:
        """The highest sequence, 0 if there is no capture."""
        return visits.last_sequence(self._ledger, term)
