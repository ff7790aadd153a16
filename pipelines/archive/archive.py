"""The archive as the other stages and the spiders see it: captures in, captures out.

`Archive` reads and needs no lock; `ArchiveWriter` is the one writer. What an `append` has returned is on the disk: the
records are written and synced first, then the ledger commits, then the caller is told. What a killed process left
half-written is cut off when the archive is next opened for writing.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from types import TracebackType

from filelock import FileLock

from pipelines.archive import bulk, files, numbers, takedown, visits
from pipelines.archive.intake import Intake
from pipelines.archive.ledger import Ledger, stamp
from pipelines.archive.lock import lock
from pipelines.archive.reader import ArchiveReader
from pipelines.archive.shown import assign
from pipelines.archive.visits import Visit
from pipelines.archive.warc import RecordWriter
from schemas.capture import BulkFile, CaptureRef, Fetched, NumberRecord
from schemas.errors import ArchiveError, ArchiveFullError
from schemas.identity import QuestionKey


class Archive(ArchiveReader):
    """Reads an archive; a context manager. One that does not exist yet is empty."""

    @classmethod
    def open(cls, root: Path) -> "Archive":
        """Open to read, also while another process writes; raises ArchiveError."""
        return Archive(root, Ledger.open_reading(root))

    @classmethod
    def open_for_writing(cls, root: Path, *, source: str, now: datetime) -> "ArchiveWriter":
        """Open as the one writer, for one run of `source`.

        Raises:
            ArchiveLockedError: another process writes to it.
            ArchiveDamagedError: the files are not what the ledger says; `verify` tells more.
            ArchiveFullError: no room left on the disk.
        """
        files.make_folders(root)
        held = lock(root)
        try:
            return ArchiveWriter(root, Ledger.open_writing(root), held, source=source, now=now)
        except BaseException:
            held.release()
            raise


class ArchiveWriter(Archive):
    """The one writer of an archive; opened by `Archive.open_for_writing`.

    After any error of its disk it takes nothing more: the archive is to be opened again.
    """

    def __init__(self, root: Path, ledger: Ledger, held: FileLock, *, source: str, now: datetime) -> None:
        super().__init__(root, ledger)
        self._lock = held
        self._source = source
        self._now = now
        self._records = RecordWriter()
        self._file: files.AppendedFile | None = None
        self._stopped: str | None = None
        try:
            self._warc_file = self._begin()
        except BaseException:
            ledger.close()
            raise

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None and self._stopped is None:
            self._stopped = repr(error)
        self.close()

    def close(self) -> None:
        """Note the end of the run and let the archive go."""
        try:
            if self._file is not None:
                self._file.close()
            if self._stopped is None:
                with self._ledger.transaction():
                    self._ledger.write("UPDATE runs SET state = 'closed' WHERE warc_file = ?", (self._warc_file,))
        finally:
            try:
                super().close()
            finally:
                self._lock.release()

    def append(self, fetched: Fetched) -> Visit:
        """Save one response; it is on the disk when this returns. Raises ArchiveError."""
        return self.append_many([fetched])[0]

    def append_many(self, batch: Sequence[Fetched]) -> list[Visit]:
        """Save responses together, at the cost of one; all are on the disk when this returns, or none.

        A response of status 200 whose question is known makes its number `archived`. A 304 is a visit of the current
        capture. Raises ArchiveError.
        """
        with self._writing():
            return self._take_all(batch)

    def take_down(
        self, question: QuestionKey, captures: Sequence[CaptureRef], tombstone: Fetched, reason: str
    ) -> Visit:
        """Remove the payload of these captures of the question for good; `tombstone` is saved to stand for them.

        When this returns the bytes are gone from the files. Where it is killed or refused, the captures are taken down
        or not, as the ledger says, and the next opening for writing removes the rest. Raises ArchiveError.
        """
        if any(ref.warc_file == self._warc_file for ref in captures):
            raise ArchiveError(f"{self.root}: {question} was saved by this very run; take it down in another")
        with self._writing():
            (visit,) = self._take_all([tombstone])
            shown = {question, *(key for ref in captures for key in ref.questions)}
            assign(self._ledger, visit.ref, shown)
            takedown.begin(self._ledger, question, captures, visit.ref.capture_id, reason, tombstone.fetched_at)
        with self._refusing():
            takedown.finish(self.root, self._ledger)
        return visit

    def not_modified(self, url: str, fetched_at: datetime) -> Visit:
        """Note that the site answered 304: the address still shows its current capture. Raises ArchiveError."""
        not_modified = HTTPStatus.NOT_MODIFIED.value
        return self.append(
            Fetched(source=self._source, url=url, fetched_at=fetched_at, status=not_modified, media_type="", body=b"")
        )

    def assign(self, capture_id: str, question: QuestionKey) -> None:
        """Note the one question a capture shows, as learnt by parsing it. Raises ArchiveError."""
        self.assign_many([(capture_id, [question])])

    def assign_many(self, assignments: Iterable[tuple[str, Collection[QuestionKey]]]) -> None:
        """Note which questions captures show, all of each, at the cost of one `assign`. Raises ArchiveError."""
        with self._writing():
            for capture_id, questions in assignments:
                ref = visits.find(self._ledger, capture_id)
                if ref is None:
                    named = ", ".join(map(str, questions))
                    raise ArchiveError(f"{self.root}: holds no capture {capture_id} to be given {named}")
                assign(self._ledger, ref, questions)

    def set_numbers(self, records: Iterable[NumberRecord]) -> None:
        """Write the states of numbers; archived ones stay archived. Raises ArchiveError."""
        with self._writing():
            numbers.save_all(self._ledger, records)

    def note_bulk_file(self, file: BulkFile) -> None:
        """Note that a file of many questions was read to its end, or has not changed. Raises ArchiveError."""
        with self._writing():
            bulk.save(self._ledger, file)

    def expect(self, questions: Iterable[QuestionKey]) -> int:
        """Add numbers to be fetched, leaving known ones as they are; returns how many were added."""
        before = self._ledger.changes()
        with self._writing():
            for question in questions:
                numbers.expect(self._ledger, question, self._now)
        return self._ledger.changes() - before

    def _begin(self) -> str:
        """Note the run and the name of its file, then cut off what interrupted runs left.

        The run is committed first: a commit settles which of the interrupted ones' transactions count.
        """
        with self._ledger.transaction():
            sql = "INSERT INTO runs (source, started, state) VALUES (?, ?, 'open')"
            run = self._ledger.write(sql, (self._source, stamp(self._now)))
            name = files.warc_name(self._source, run, self._now)
            self._ledger.write("UPDATE runs SET warc_file = ? WHERE run = ?", (name, run))
        files.sync_folder(self.root)  # the WAL's own entry in the folder
        others = "state = 'open' AND run != ?"
        rows = self._ledger.rows(f"SELECT warc_file FROM runs WHERE {others}", (run,))  # noqa: S608
        interrupted = {row[0] for row in rows}
        files.recover(self.root, dict(self._ledger.rows("SELECT name, size FROM warc_files")), interrupted)
        with self._ledger.transaction():
            self._ledger.write(f"UPDATE runs SET state = 'recovered' WHERE {others}", (run,))  # noqa: S608
        takedown.finish(self.root, self._ledger)
        return name

    def _take_all(self, batch: Sequence[Fetched]) -> list[Visit]:
        """Save responses inside the transaction at hand."""
        intake = Intake(self._ledger, self._records, self._warc_file, self._file.size if self._file else 0)
        taken = [self._take(each, intake) for each in batch]
        if intake.data:
            self._save(bytes(intake.data))
        return taken

    def _take(self, fetched: Fetched, intake: Intake) -> Visit:
        arrival = visits.arrival(self._ledger, fetched)
        if (stands := self._taken_down(arrival)) is not None:
            return Visit(ref=stands, outcome=visits.Outcome.UNCHANGED)
        if (before := visits.entered_before(self._ledger, arrival)) is not None:
            return before
        if self._file is None and not intake.data:
            intake.open_file(source=self._source, now=self._now)
        return intake.take(arrival)

    def _taken_down(self, arrival: visits.Arrival) -> CaptureRef | None:
        """What the archive has instead of a response whose question, or whose very bytes, were taken down."""
        if arrival.known is not None and arrival.known.taken_down:
            return arrival.known
        question = arrival.fetched.question
        ids = takedown.tombstones(self._ledger, question) if question else []
        return visits.find(self._ledger, ids[-1]) if ids else None

    def _save(self, data: bytes) -> None:
        if self._file is None:
            self._file = files.AppendedFile(self.root / files.WARC_FOLDER / self._warc_file)
        self._file.append(data)
        self._ledger.write("UPDATE warc_files SET size = ? WHERE name = ?", (self._file.size, self._warc_file))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction; an error of the disk, or an interruption, is the last thing that this writer does."""
        if self._stopped is not None:
            raise ArchiveError(f"{self.root}: the archive stopped after an error; open it again ({self._stopped})")
        with self._refusing(), self._ledger.transaction():
            yield

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """After an error of the disk, or an interruption, nothing more is taken."""
        try:
            yield
        except ArchiveError as problem:
            if problem.__cause__ is not None:  # the disk's; our own refusals come before anything is written
                self._stop(problem)
            raise
        except BaseException as problem:
            self._stopped = repr(problem)
            raise

    def _stop(self, problem: ArchiveError) -> None:
        """Take nothing more. On a full disk, leave the file as acknowledged, if the ledger can still settle what is."""
        self._stopped = f"{type(problem).__name__}: {problem}"
        if not isinstance(problem, ArchiveFullError):
            return
        try:
            with self._ledger.transaction():
                sql = "UPDATE runs SET failure = ? WHERE warc_file = ?"
                self._ledger.write(sql, (self._stopped, self._warc_file))
            row = self._ledger.row("SELECT size FROM warc_files WHERE name = ?", (self._warc_file,))
            if self._file is not None:
                self._file.cut(row[0] if row else 0)
        except ArchiveError:
            return  # the next opening cuts it
