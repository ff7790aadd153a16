"""Spiders of bulk files without a process and a network: an engine that asks the replica's site directly."""

import asyncio
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from scrapy import Request
from scrapy.http import HtmlResponse, Response

from questarium.replica.corpus import Corpus
from questarium.replica.faults import Faults, FileFault
from questarium.replica.parts import file_reply
from questarium.replica.site import Site
from spiders.bulk import BulkSpider
from tests.spiders.crawling import TERM

BASE = "http://127.0.0.1:1"


class Offline:
    """A site with files and faults, and the requests made of it as (path, range, status)."""

    def __init__(self) -> None:
        self.site = Site(Corpus(0, 1))
        self.faults = Faults()
        self.log: list[tuple[str, str | None, int]] = []
        self._served: Counter[str] = Counter()

    async def download_async(self, request: Request) -> Response:
        path = request.url.removeprefix(BASE)
        asked = {str(name): str(value) for name, value in request.headers.to_unicode_dict().items()}
        file = self.site.file(path)
        if file is None:
            status, body, headers = 404, b"", {}
        else:
            fault: FileFault | None = self.faults.of_file(path, self._served[path])
            self._served[path] += 1
            reply = file_reply(file, asked, fault, turn=len(self.log))
            status, body, headers = reply.status, reply.body, reply.headers
        self.log.append((path, asked.get("Range"), status))
        return HtmlResponse(request.url, status=status, body=body, headers=headers, request=request, encoding="utf-8")

    def run(self, kind: type[BulkSpider], archive: Path) -> BulkSpider:
        """One run of a spider; its archive is closed afterwards."""
        spider = kind(term=str(TERM), archive=str(archive), base_url=BASE)
        crawler: Any = SimpleNamespace(engine=self)
        spider.crawler = crawler
        try:
            asyncio.run(spider.collect())
        finally:
            spider.archive.close()
        return spider
