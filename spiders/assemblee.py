"""Written questions of the Assemblée nationale, page by page, into the archive.

Source: `https://questions.assemblee-nationale.fr/q15/15-12526QE.htm`, one page a question, numbers from 1 to the
newest of the term; the newest comes from the site's search (`spiders.discovery`). Every number is entered in the
ledger before it is asked for, so that a run that is killed leaves none unaccounted; the ledger decides what the next
run asks for (`spiders.refresh`). Nothing is parsed here.

Quirks: one address has served three layouts over the years; error pages come with status 200; numbers that were
never published answer 404, and so does a site in trouble: a 404 counts when it was seen twice, some time apart, and
when most of the numbers asked for are there.
"""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from schemas.capture import Fetched, NumberRecord, NumberState
from schemas.errors import ArchiveError
from schemas.identity import QuestionKey, QuestionType
from spiders.collecting import CollectingSpider
from spiders.conditional import CONDITIONS, conditions
from spiders.discovery import listing_request, newest_number
from spiders.integrity import reason_flagged
from spiders.outcome import REFUSING, Outcome, is_refusal, missing, setback
from spiders.politeness import DOWNLOAD_ERRORS, MAX_TRIES, SENT_AWAY, failure_reason
from spiders.redirects import target_of
from spiders.refresh import ABSENT, AHEAD, Page, Refetch, spread, to_fetch, to_refetch
from spiders.sites import addresses, is_closed_term

_GONE = frozenset({404, 410})
_MISSING = frozenset(f"http_{status}" for status in _GONE)
_NEVER = datetime.min.replace(tzinfo=UTC)
_FEW = 20  # numbers missing in a row are nothing strange
_FINAL = frozenset({"robots", "too_big", *SENT_AWAY})  # asking again would change nothing
_BATCH = 100  # requests held in memory


class AssembleeSpider(CollectingSpider):
    """Fetches the pages of one term."""

    name = "assemblee"
    fills_the_ledger = True

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.pages = (self.base_url or addresses("pages")).rstrip("/")
        self.search = f"{(self.base_url or addresses('search')).rstrip('/')}/recherche/resultats_questions"
        # The pages have moved to another of the Assemblée's sites, and redirects lead there.
        self.limit_to(self.pages, self.search, *([] if self.base_url else addresses("moved")))
        self._again: dict[QuestionKey, str] = {}  # those with trouble and its reason, for a second round
        self._second_round = False
        self._known: frozenset[int] = frozenset()
        self._absent: frozenset[int] = frozenset()  # known to be missing, or not in an official list
        self._highest = 0  # number that anyone knows of

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Also listen for the moment when everything has been asked once."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.ask_again, signal=signals.spider_idle)
        return spider

    async def start(self) -> AsyncIterator[Request]:
        """Find the newest number, enter all numbers in the ledger, then ask for those that the ledger wants."""
        if not self.may_begin():
            return
        newest = await self._discover()
        if self.sample:
            for number in spread(newest or 0, self.sample):
                yield self._request(self.key(number))
            return
        try:
            numbers = self._plan(newest or 0, self.now())
            self.total = len(numbers)
            for first in range(0, len(numbers), _BATCH):
                for number in numbers[first : first + _BATCH]:
                    yield self._request(self.key(number))
                await self.crawler.signals.wait_for(signals.scheduler_empty)
            async for number in self._ahead():
                self.total += 1
                yield self._request(self.key(number))
        except ArchiveError as error:
            raise self.stop(error) from error

    async def _ahead(self) -> AsyncIterator[int]:
        """Numbers above the newest known that are there after all; only their heads are asked for.

        A site may say of any number that it is there: the first one must have its page, or none is believed.
        """
        if is_closed_term(self.term, self.now().date()) or not self._highest:
            return
        misses, number, first = 0, self._highest, True
        while misses < AHEAD:
            number += 1
            if not await self._is_there(number, method="HEAD"):
                misses += 1
                continue
            if first and not await self._is_there(number, method="GET"):
                return
            misses, first = 0, False
            self.archive.expect(self.key(each) for each in range(self._highest + 1, number + 1))
            self._highest = number
            yield number

    async def _is_there(self, number: int, method: str) -> bool:
        """Whether the site has that number: by what it says (HEAD), or by the page that it shows (GET)."""
        assert self.crawler.engine is not None
        meta: dict[str, Any] = {"tries": MAX_TRIES} | ({"question": self.key(number)} if method == "GET" else {})
        try:
            response = await self.crawler.engine.download_async(
                Request(self._url(self.key(number)), method=method, meta=meta)
            )
        except DOWNLOAD_ERRORS:
            return False
        return response.status == 200 and not reason_flagged(response)

    def ask_again(self) -> None:
        """Ask once more, at the end of the run, for what had trouble: strange pages first, refusals last."""
        engine = self.crawler.engine
        if self._second_round or not self._again or engine is None:
            return
        self._second_round = True
        if self._mostly_missing():
            self.incomplete = "mostly_missing"
            self._again = {key: reason for key, reason in self._again.items() if reason not in _MISSING}
        for key, _ in sorted(self._again.items(), key=lambda entry: entry[1] not in REFUSING):
            engine.crawl(self._request(key, tries=MAX_TRIES + 1))
        raise DontCloseSpider

    def _is_first_news(self, key: QuestionKey) -> bool:
        """Whether this is the first time that the site says that it does not have that number."""
        return not self._second_round and key.number not in self._known | self._absent

    def _mostly_missing(self) -> bool:
        """Whether the site seems to have lost its pages."""
        missing_now = sum(reason in _MISSING for reason in self._again.values())
        return missing_now > max(_FEW, self.total / 2)

    def parse(self, response: Response, question: QuestionKey) -> Iterator[Outcome]:
        """Turn an answer into what the archive shall keep."""
        at, known = self.now(), question.number in self._known
        reason = reason_flagged(response) or _unexpected(response, question)
        if reason:
            is_shown = is_refusal(reason) and reason != "too_big"
            evidence = self._fetched(response, at, None) if is_shown else None
            url = target_of(response) if reason in SENT_AWAY else response.url
            yield self._trouble(question, reason, url, response.meta.get("tries", 1), evidence)
        elif response.status in _GONE and self._is_first_news(question):
            yield self._trouble(question, f"http_{response.status}", response.url, 1, None)
        elif response.status in _GONE:
            yield missing(question, at, known=known, evidence=self._fetched(response, at, question))
        else:
            yield Outcome(question, known, self._fetched(response, at, question if response.status == 200 else None))

    def failed(self, failure: Failure) -> Iterator[Outcome]:
        """Turn a request without an answer into a setback; a request that was not made leaves no trace."""
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        reason = failure_reason(failure.value)
        if reason != "stopped":
            yield self._trouble(request.cb_kwargs["question"], reason, request.url, request.meta.get("tries", 1), None)

    def _trouble(self, key: QuestionKey, reason: str, url: str, tries: int, evidence: Fetched | None) -> Outcome:
        """A setback; in the first round the question will be asked for once more, and has nothing to show yet."""
        once_more = not self._second_round and reason not in _FINAL
        if once_more:
            self._again[key] = reason
            evidence = None
        known = key.number in self._known
        return setback(
            key, reason, self.now(), known=known, url=url, tries=tries, evidence=evidence, once_more=once_more
        )

    async def _discover(self) -> int | None:
        """The newest number of the site's search; None, counted in the statistics, when it cannot be had."""
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(listing_request(self.search, self.term))
        except DOWNLOAD_ERRORS as error:
            self.logger.error("the search page cannot be fetched: %s", failure_reason(error))  # noqa: TRY400
            newest = None
        else:
            newest = newest_number(response, self.term)
            if newest is None:
                self.logger.error("the search page (HTTP %s) shows no question of %s", response.status, self.term)
        self.incomplete = "undiscovered" if newest is None else None
        return newest

    def _plan(self, newest: int, now: datetime) -> list[int]:
        """The numbers to ask for, in order; all up to the newest are in the ledger from here on."""
        records = {record.question.number: record for record in self.archive.numbers(self.term) if _is_written(record)}
        self._highest = highest = max(newest, *records, 0) if records else newest
        self.archive.expect(self.key(number) for number in range(1, highest + 1) if number not in records)
        closed = is_closed_term(self.term, now.date())
        archived = [number for number, record in records.items() if record.state is NumberState.ARCHIVED]
        self._known = frozenset(archived)
        self._absent = frozenset(number for number, record in records.items() if record.state in ABSENT)
        wanted = to_fetch(records, highest, now, closed=closed)
        if self.refetch is Refetch.ALL:
            return wanted + archived
        if self.refetch is Refetch.NONE or (self.refetch is Refetch.DUE and closed):
            return wanted
        return wanted + list(to_refetch(self._archived_pages(archived), self.refetch, now))

    def _archived_pages(self, numbers: list[int]) -> Iterator[Page]:
        """What each archived number shows; a question that the official list has is as fresh as the list."""
        lists = self.archive.bulk_files("opendata", self.term)
        listed = max((file.seen for file in lists), default=None)
        for number in numbers:
            # A weekly file of the JO shows many questions on one day, and is no news of what became of them.
            shown = [ref for ref in self.archive.revisions(self.key(number)) if ref.status == 200]
            refs = [ref for ref in shown if len(ref.questions) == 1 and ref.source != "dila"]
            seen = max((ref.last_seen for ref in refs), default=_NEVER)
            if listed and any(ref.source == "opendata" for ref in refs):
                seen = max(seen, listed)
            yield Page(number, seen, self.archive.read(refs[-1]).body if refs else b"")

    def _url(self, key: QuestionKey) -> str:
        return f"{self.pages}/q{key.term}/{key.term}-{key.number}{key.type}.htm"

    def _last_seen_at(self, key: QuestionKey) -> str:
        """Where the question's page was last found: where the site's redirect led, if there was one."""
        pages = [ref for ref in self.archive.revisions(key) if ref.source == self.name and ref.status == 200]
        return pages[-1].url if pages else self._url(key)

    def _request(self, key: QuestionKey, tries: int = 1) -> Request:
        validators = self.archive.validators(self._last_seen_at(key)) if key.number in self._known else None
        headers = conditions(validators.etag, validators.last_modified) if validators else {}
        return Request(
            self._url(key),
            callback=self.parse,
            errback=self.failed,
            headers=headers,
            meta={"question": key, "tries": tries},
            cb_kwargs={"question": key},
        )

    def _fetched(self, response: Response, at: datetime, question: QuestionKey | None) -> Fetched:
        headers = response.headers.to_unicode_dict()
        return Fetched(
            source=self.name,
            url=response.url,
            fetched_at=at,
            status=response.status,
            media_type=headers.get("Content-Type") or "",
            body=response.body,
            question=question,
            etag=headers.get("ETag"),
            last_modified=headers.get("Last-Modified"),
        )


def _unexpected(response: Response, question: QuestionKey) -> str | None:
    """The reason for a status that brings neither a page nor the news that there is none."""
    asked = response.request.headers if response.request is not None else {}
    conditional = any(name in asked for name in CONDITIONS)
    if response.status in _GONE:  # of that question, and not of wherever the site sent us to
        is_its_own = re.search(rf"(?<!\d){question.number}(?!\d)", urlsplit(response.url).path)
        return None if is_its_own else "sent_away"
    if response.status == 200 or (response.status == 304 and conditional):
        return None
    return f"http_{response.status}"


def _is_written(record: NumberRecord) -> bool:
    return record.question.type is QuestionType.QE
