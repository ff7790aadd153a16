"""From a spider into the archive: outcomes are written in groups, and counted only when the archive has them.

Where the visits of a spider of pages are written; spiders of bulk files write theirs themselves (`spiders.bulk`). A
group is a few records or half a second; the archive acknowledges it as a whole (records on the disk, then the ledger),
so a run killed at any moment loses at most the group in hand, which the ledger still has as pending.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from scrapy.crawler import Crawler

from pipelines.archive.archive import Archive, ArchiveWriter
from schemas.capture import NumberRecord, NumberState
from schemas.errors import ArchiveError, ArchiveLockedError
from schemas.identity import QuestionKey
from spiders.outcome import Outcome

_GROUP = 16
_GROUP_S = 0.5
_LOCK_PATIENCE_S = 5.0


class Archiving(Protocol):
    """What the pipeline needs of a spider."""

    archive: ArchiveWriter
    failure: ArchiveError | None


def open_archive(root: Path, source: str) -> ArchiveWriter:
    """Open the archive for writing; waits a little for a run that is just ending.

    Raises:
        ArchiveError: it cannot be opened, or another run holds it.
    """
    give_up = time.monotonic() + _LOCK_PATIENCE_S
    while True:
        try:
            return Archive.open_for_writing(root, source=source, now=datetime.now(UTC))
        except ArchiveLockedError:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.1)


class ArchivingPipeline:
    """Writes outcomes to the spider's archive; the run stops at the first error.

    Attributes:
        results: what each number's last visit came to, of those acknowledged.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._group: list[Outcome] = []
        self._timer: asyncio.TimerHandle | None = None
        self._stopping: asyncio.Task[None] | None = None
        self.results: dict[int, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ArchivingPipeline":
        """Keep the crawler: its spider holds the archive."""
        return cls(crawler)

    def process_item(self, item: Outcome) -> Outcome:
        """Add an outcome to the group, and write the group when it is full."""
        self._group.append(item)
        if len(self._group) >= _GROUP:
            self._flush()
        elif self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(_GROUP_S, self._flush)
        return item

    def close_spider(self) -> None:
        """Write what is left, and let go of the archive."""
        self._flush()
        self._spider.archive.close()

    def counts(self) -> Counter[str]:
        """How many questions came to what: new, changed, unchanged, not_found, failed, pending."""
        return Counter(self.results.values())

    @property
    def _spider(self) -> Archiving:
        spider: Archiving = self._crawler.spider  # type: ignore[assignment]
        return spider

    def _flush(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        group, self._group = self._group, []
        if not group or self._spider.failure:
            return
        try:
            self._write(group)
        except ArchiveError as error:
            self._spider.failure = error
            engine = self._crawler.engine
            if engine is not None:
                self._stopping = asyncio.ensure_future(engine.close_spider_async(reason="archive_error"))

    def _write(self, group: list[Outcome]) -> None:
        """Pages first: a number whose page or evidence is not on the disk stays pending."""
        archive = self._spider.archive
        brought = [(outcome, outcome.fetched) for outcome in group if outcome.fetched]
        visits = archive.append_many([fetched for _, fetched in brought])
        shown = {outcome.key: visit.ref.capture_id for (outcome, _), visit in zip(brought, visits, strict=True)}
        archive.set_numbers([_with_evidence(outcome.record, shown) for outcome in group if outcome.record])
        for outcome in group:
            if outcome.record:
                self.results[outcome.key.number] = _missed(outcome.record.state)
        for (outcome, _), visit in zip(brought, visits, strict=True):
            if outcome.record is None:
                self.results[outcome.key.number] = _brought(str(visit.outcome), known=outcome.known)


def _with_evidence(record: NumberRecord, shown: Mapping[QuestionKey, str]) -> NumberRecord:
    """The record, with the capture of the answer that it rests on."""
    capture = shown.get(record.question)
    return record.model_copy(update={"evidence": (*record.evidence, capture)}) if capture else record


def _missed(state: NumberState) -> str:
    """What a visit without a page came to: an archived page that could not be seen again is to be tried again."""
    return str(NumberState.PENDING if state is NumberState.ARCHIVED else state)


def _brought(visit: str, *, known: bool) -> str:
    """What a page was to the archive."""
    if visit == "unchanged":
        return visit
    return "changed" if known else "new"
