"""Spiders of bulk files: each file is fetched, its members are archived one by one, and the file is noted as read.

A member that the archive already shows as it is costs nothing: files are made anew every night, and their bytes and
checksums change without any change of content. The file itself is not kept.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from itertools import islice
from urllib.parse import quote

from scrapy import Request
from scrapy.http import Response

from pipelines.archive.members import Member, first_members, read_members
from pipelines.archive.visits import Outcome
from pipelines.archive.warc import digest_of
from schemas.capture import MEMBER_MARK, BulkFile, Fetched
from schemas.errors import ArchiveError, ParseError
from schemas.identity import QuestionKey, TermKey
from spiders.collecting import CollectingSpider
from spiders.download import Download, Downloaded, DownloadError, Unchanged
from spiders.integrity import reason_flagged
from spiders.politeness import DOWNLOAD_ERRORS, failure_reason
from spiders.remembered import REMEMBER

_GROUP = 256  # members acknowledged together
_LOOK = 1 << 20  # bytes of a large file, to see how it looks
_SHRUNKEN = 0.9  # of what a file had; official lists grow


class BulkSpider(CollectingSpider):
    """Fetches files of many documents; what they hold, and what follows from it, is the subclass's."""

    async def start(self) -> AsyncIterator[Request]:
        """Fetch what is to be fetched; an error of the archive ends the run."""
        requests: tuple[Request, ...] = ()  # each is made where its answer is needed
        try:
            if self.may_begin():
                await self.collect()
        except ArchiveError as error:
            raise self.stop(error) from error
        for request in requests:
            yield request

    async def collect(self) -> None:
        """Fetch the files of this source."""
        raise NotImplementedError

    async def fetch(self, url: str, term: TermKey | None) -> BulkFile | None:
        """Fetch one file into the archive; None where it did not come whole, and `incomplete` says why."""
        known = self.archive.bulk_file(url)
        for last_try in (False, True):
            try:
                brought = await self._download(url, known)
                if brought is Unchanged.UNCHANGED:
                    assert known is not None
                    self.tally["unchanged"] += known.members
                    return self._note(known.model_copy(update={"seen": self.now()}))
                return await self._read(url, term, brought)
            except DownloadError as problem:
                self._lost(url, str(problem))
                break
            except ParseError as problem:
                self.logger.warning("%s: %s", url, problem)
                if last_try:
                    self._lost(url, problem.reason)
        return None

    async def look_into(self, url: str) -> None:
        """Archive the first few documents of a zip file, from its first bytes."""
        start = await self.page(url, **{"Range": f"bytes=0-{_LOOK - 1}", "Accept-Encoding": "identity"})
        if start is None:
            return
        try:
            documents = islice(self.bodies(url, first_members(start.body)), self.sample)
            self._archive([self._document(*each) for each in documents])
        except ParseError as problem:
            self._lost(url, problem.reason)

    async def page(self, url: str, **headers: str) -> Response | None:
        """A small page of this source, such as a listing; None where it did not come, and `incomplete` says why."""
        assert self.crawler.engine is not None
        try:
            response = await self.crawler.engine.download_async(
                Request(url, headers=headers, meta={REMEMBER: "Range" not in headers})
            )
        except DOWNLOAD_ERRORS as error:
            self._lost(url, failure_reason(error))
            return None
        reason = reason_flagged(response) or (None if response.status in {200, 206} else f"http_{response.status}")
        if reason:
            self._lost(url, reason)
        return None if reason else response

    def bodies(self, url: str, members: Iterable[Member]) -> Iterator[tuple[str, bytes]]:
        """The documents in a file, each with an address of its own; the members, unless a subclass cuts them up."""
        for member in members:
            yield f"{url}{MEMBER_MARK}{quote(member.name)}", member.content.read()

    def question_of(self, body: bytes) -> QuestionKey | None:  # noqa: ARG002  a subclass looks at it
        """The question that a document is of, where its source says so; the parsers find out the others."""
        return None

    def holds_something(self, file: BulkFile) -> bool:
        """Whether a file that was read holds any of what is expected of it."""
        return file.members > 0

    def has_read(self, brought: BulkFile, keys: set[QuestionKey]) -> None:
        """A file was read to its end; a subclass draws its conclusions, before the file is noted."""

    async def _download(self, url: str, known: BulkFile | None) -> Downloaded | Unchanged:
        try:
            return await Download(self.crawler, self.archive.root, url).fetch(known)
        except DOWNLOAD_ERRORS as error:
            raise DownloadError(failure_reason(error)) from error

    async def _read(self, url: str, term: TermKey | None, brought: Downloaded) -> BulkFile | None:
        """Archive what a file holds; one that cannot be read to its end is not noted, and not kept."""
        keys: set[QuestionKey] = set()
        members = 0
        documents = (self._document(*each) for each in self.bodies(url, read_members(brought.path)))
        try:
            while group := list(islice(documents, _GROUP)):
                members += len(group)
                keys |= {each.question for each in group if each.question}
                self._archive(group)
                await asyncio.sleep(0)  # whoever watches the run has its turn
        except ParseError:
            brought.discard()
            raise
        now = self.now()
        file = BulkFile(
            url=url,
            source=self.name,
            term=term,
            sha256=brought.sha256,
            size=brought.size,
            members=members,
            highest=max((key.number for key in keys if key.term_key == term), default=0),
            etag=brought.etag,
            last_modified=brought.last_modified,
            read_at=now,
            seen=now,
        )
        return self._conclude(file, keys, brought)

    def _conclude(self, file: BulkFile, keys: set[QuestionKey], brought: Downloaded) -> BulkFile | None:
        """A file that holds nothing, or much less than before, is no list that anything follows from."""
        before = self.archive.bulk_file(file.url)
        brought.discard()
        if not self.holds_something(file) or (before and file.members < _SHRUNKEN * before.members):
            self._lost(file.url, "shrunken" if self.holds_something(file) else "empty")
            return None
        self.has_read(file, keys)
        return self._note(file)

    def _document(self, address: str, body: bytes) -> Fetched:
        return Fetched(
            source=self.name,
            url=address,
            fetched_at=self.now(),
            status=200,
            media_type=_media_type(body),
            body=body,
            question=self.question_of(body),
        )

    def _archive(self, group: list[Fetched]) -> None:
        shown = {each.url: self.archive.digest_at(each.url) for each in group}
        fresh = [each for each in group if shown[each.url] != digest_of(each.body)]
        self.tally["unchanged"] += len(group) - len(fresh)
        for visit, each in zip(self.archive.append_many(fresh), fresh, strict=True):
            is_new = visit.outcome is Outcome.NEW and shown[each.url] is None
            self.tally["new" if is_new else "changed"] += 1

    def _note(self, file: BulkFile) -> BulkFile:
        self.archive.note_bulk_file(file)
        return file

    def _lost(self, url: str, reason: str) -> None:
        """A file that did not come: the run goes on, and is not whole."""
        self.logger.error("%s: %s", url, reason)
        self.incomplete = self.incomplete or reason


def _media_type(body: bytes) -> str:
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return {b"{": "application/json", b"[": "application/json", b"<": "application/xml"}.get(start, "text/plain")
