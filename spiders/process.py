"""The spider's process beside the crawl: progress for whoever watches, and an end when its parent is gone."""

import json
import os
import sys
import time

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

_EVERY_S = 0.2
_ORPHANED = 1


class Progress:
    """Writes how many of the planned questions had an answer, as JSON lines on stderr."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._done = 0
        self._written_at = 0.0
        crawler.signals.connect(self._scraped, signal=signals.item_scraped)
        crawler.signals.connect(self._write, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "Progress":
        """Follow a crawl, unless the setting PROGRESS says that nobody looks."""
        if not crawler.settings.getbool("PROGRESS", default=True):
            raise NotConfigured
        return cls(crawler)

    def _scraped(self) -> None:
        self._done += 1
        if time.monotonic() - self._written_at >= _EVERY_S:
            self._write()

    def _write(self) -> None:
        self._written_at = time.monotonic()
        total = getattr(self._crawler.spider, "total", 0)
        line = {"event": "progress", "done": min(self._done, total), "total": total}
        print(json.dumps(line), file=sys.stderr, flush=True)  # noqa: T201  stderr is the channel


class ParentWatch:
    """Ends the process at once when the one that started it is gone: nobody would hear its report.

    No farewell is needed: what was acknowledged is on the disk, the rest is pending in the ledger, and the lock goes
    with the process.
    """

    def __init__(self, parent: int, crawler: Crawler) -> None:
        self._parent = parent
        self._loop = create_looping_call(self._look)
        crawler.signals.connect(self._begin, signal=signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "ParentWatch":
        """Watch the process of the setting PARENT_PID, if there is one."""
        parent = crawler.settings.getint("PARENT_PID")
        if not parent:
            raise NotConfigured
        return cls(parent, crawler)

    def _begin(self) -> None:
        self._loop.start(_EVERY_S)

    def _look(self) -> None:
        if os.getppid() != self._parent:
            os._exit(_ORPHANED)
