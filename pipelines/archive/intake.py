"""Intake: turns a group of responses into the bytes to append and the rows of the ledger that know them.

It runs inside the ledger's transaction and touches no file: whoever calls it appends `data` and then commits.
"""

import hashlib
from datetime import datetime

from pipelines.archive import visits
from pipelines.archive.ledger import Ledger
from pipelines.archive.visits import Arrival, Visit
from pipelines.archive.warc import Kind, RecordWriter, kind_of, record_id


class Intake:
    """One group of responses, to be appended to `warc_file` at byte `start`."""

    def __init__(self, ledger: Ledger, records: RecordWriter, warc_file: str, start: int) -> None:
        self._ledger = ledger
        self._records = records
        self._warc_file = warc_file
        self._start = start
        self.data = bytearray()

    def open_file(self, *, source: str, now: datetime) -> None:
        """Begin the file with the record that says who made it."""
        self._ledger.write("INSERT INTO warc_files (name, size) VALUES (?, 0)", (self._warc_file,))
        self._place(self._records.info(self._warc_file, source=source, now=now), Kind.INFO)

    def take(self, arrival: Arrival) -> Visit:
        """Add one response."""
        name = record_id(self._warc_file, self._end)
        if arrival.known is None:
            data, kind = self._records.capture(arrival.fetched, arrival.digest, name), kind_of(arrival.fetched.url)
        else:
            original = visits.original(self._ledger, arrival.known)
            data, kind = self._records.revisit(arrival.fetched, arrival.digest, name, original), Kind.REVISIT
        return visits.enter(self._ledger, arrival, self._place(data, kind))

    @property
    def _end(self) -> int:
        return self._start + len(self.data)

    def _place(self, data: bytes, kind: Kind) -> int:
        sql = "INSERT INTO records (warc_file, offset, length, sha256, kind) VALUES (?, ?, ?, ?, ?)"
        place = (self._warc_file, self._end, len(data))
        self.data += data
        return self._ledger.write(sql, (*place, hashlib.sha256(data).hexdigest(), kind.value))
