"""How the spiders treat a site that has trouble: wait, wait longer, and stop before being a nuisance.

Scrapy's own retries come at once, ignore Retry-After and lose the page. Here every kind of trouble (a refusal, a
server error, a broken connection, a page that is not what was asked for) counts: one page is tried three times, each
time after a pause, which doubles while the site refuses; many pages lost in a row stop the run, and what was not
fetched stays pending in the ledger. Requests never leave the sites that the spider names.
"""

import asyncio
import random
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from scrapy.robotstxt import RobotParser

from spiders.integrity import reason_flagged

MAX_TRIES = 3
"""Times that one page is asked for in one go."""

MAX_LOST = 25
"""Pages given up in a row after which the run stops; one that the site refused counts for five strange ones."""

SENT_AWAY = ("redirect_loop", "off_site")
"""What is wrong with a redirect: asked again, it would lead to the same."""

_LONGEST_PAUSE_S = 60.0
_LONGEST_WISH_S = 600.0
_SECONDS = re.compile(r"[0-9]{1,9}")
_TROUBLED = frozenset({403, 408, 429, 500, 502, 503, 504})
_FAILURES = {
    DownloadTimeoutError: "timeout",
    ResponseDataLossError: "truncated",
    DownloadConnectionRefusedError: "connection",
    CannotResolveHostError: "connection",
    DownloadFailedError: "connection",
    OSError: "connection",
}

DOWNLOAD_ERRORS: tuple[type[Exception], ...] = (*_FAILURES, DownloadCancelledError, IgnoreRequest)
"""What a request can fail with."""


class RefusedError(IgnoreRequest):
    """A request that is not made, or not again; its text is the reason."""


class Patience:
    """How long to wait after trouble, and when to give up; plain counts, without clock or network.

    Trouble is serious when the site refuses or does not answer, and not when a page is merely not what it should be.

    Args:
        base_s: the first pause, seconds; each further serious trouble in a row doubles it.
        jitter: a number between 0 and 1, each time; pauses are spread over the upper quarter.
    """

    def __init__(self, base_s: float, jitter: Callable[[], float] = random.random) -> None:
        self._base_s = base_s
        self._jitter = jitter
        self._in_a_row = 0
        self._lost = 0

    def went_well(self) -> None:
        """Trouble is over."""
        self._in_a_row = self._lost = 0

    def pause(self, *, serious: bool, wish_s: float = 0.0) -> float:
        """Count one more trouble; the pause before the next request, seconds, never shorter than the site's wish."""
        pause = min(self._base_s * 2**self._in_a_row, _LONGEST_PAUSE_S) if serious else self._base_s
        self._in_a_row += serious
        return max(wish_s, pause * (0.75 + 0.25 * self._jitter()))

    def give_up(self, *, serious: bool) -> bool:
        """Count one page as lost for now; whether that were so many in a row that the run should stop."""
        self._lost += 5 if serious else 1
        return self._lost >= MAX_LOST


def retry_after(value: str | None, now: datetime) -> float:
    """Seconds that a Retry-After header asks for: a number or a date (RFC 9110 §10.2.3); 0 when it says nothing."""
    if not value:
        return 0.0
    if _SECONDS.fullmatch(value.strip()):
        return float(value)
    try:
        return max(0.0, (parsedate_to_datetime(value) - now).total_seconds())
    except (ValueError, TypeError):
        return 0.0


def failure_reason(error: BaseException) -> str:
    """The ledger's word for a download that failed."""
    if isinstance(error, RefusedError):
        return str(error)
    if isinstance(error, IgnoreRequest):
        return "redirect_loop" if "redirection" in str(error) else "robots"
    if isinstance(error, DownloadCancelledError):
        return "too_big"
    if isinstance(error, ValueError) and "scheme in request url" in str(error):
        return "off_site"  # a redirect to what is no address
    return next((reason for kind, reason in _FAILURES.items() if isinstance(error, kind)), "download")


class SameSiteMiddleware:
    """Refuses every request, redirects included, to another site than those in the spider's `sites`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "SameSiteMiddleware":
        """Keep the crawler: its spider is made later."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Raise RefusedError unless scheme, host and port are those of one of the sites."""
        sites: frozenset[str] = getattr(self._crawler.spider, "sites", frozenset[str]())
        if site_of(request.url) not in sites:
            raise RefusedError("off_site")


def site_of(url: str) -> str:
    """Scheme, host and port of an address."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


class PolitenessMiddleware:
    """Retries with growing pauses, honours Retry-After and Crawl-delay, and stops the run in a storm."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._patience = Patience(crawler.settings.getfloat("BACKOFF_S"))
        self._open_at = 0.0  # monotonic seconds before which nothing is asked
        self._stopped: asyncio.Task[None] | None = None
        crawler.signals.connect(self._robots_parsed, signal=signals.robots_parsed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "PolitenessMiddleware":
        """Take the first pause from the settings."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:  # noqa: ARG002  Scrapy passes it
        """Hold the request until the site may be asked again."""
        while (wait := self._open_at - time.monotonic()) > 0 and not self._stopped:
            await asyncio.sleep(min(wait, 1.0))
        if self._stopped:
            raise RefusedError("stopped")

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Ask again after trouble, as long as it makes sense; a good answer ends the trouble."""
        if response.status in _TROUBLED or response.status >= 500:
            header = response.headers.get("Retry-After")
            wish = retry_after(header.decode("latin-1") if header else None, datetime.now(UTC))
            return self._again(request, serious=True, wish_s=wish) or response
        reason = reason_flagged(response)
        if reason and reason not in SENT_AWAY:
            return self._again(request, serious=False) or response
        self._patience.went_well()
        return response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:
        """Ask again after a download that failed, as long as it makes sense."""
        if not isinstance(exception, tuple(_FAILURES)):
            return None
        return self._again(request, serious=not isinstance(exception, ResponseDataLossError))

    def _again(self, request: Request, *, serious: bool, wish_s: float = 0.0) -> Request | None:
        """The next try; None when there is none. Too many pages lost in a row stop the run."""
        self._open_at = max(self._open_at, time.monotonic() + self._patience.pause(serious=serious, wish_s=wish_s))
        tries = request.meta.get("tries", 1)
        if tries < MAX_TRIES and wish_s <= _LONGEST_WISH_S:
            return request.replace(meta={**request.meta, "tries": tries + 1}, priority=request.priority + 1)
        if urlsplit(request.url).path == "/robots.txt":
            self._stop("robots_unreadable")  # RFC 9309 §2.3.1.4: unreachable means disallowed
        elif wish_s > _LONGEST_WISH_S or self._patience.give_up(serious=serious):
            self._stop("storm")
        return None

    def _stop(self, reason: str) -> None:
        engine = self._crawler.engine
        if self._stopped is None and engine is not None:
            self._stopped = asyncio.ensure_future(engine.close_spider_async(reason=reason))

    def _robots_parsed(self, robotparser: RobotParser) -> None:
        """Obey Crawl-delay where it is longer than ours."""
        engine = self._crawler.engine
        asked = robotparser.crawl_delay(self._crawler.settings["USER_AGENT"])
        if asked is None or engine is None:
            return
        for slot in engine.downloader.slots.values():
            slot.delay = max(slot.delay, min(asked, _LONGEST_PAUSE_S))
