"""What a site said last, asked for again only if it changed: robots.txt, listings and the first page of the search.

Every run looks at them, and mostly nothing has happened since. What came with a validator is kept beside the archive;
the next request for it is conditional (RFC 9110 §13), and a 304 brings back what is kept. The search is a POST: a
server that takes conditions seriously answers 412 there, which says the same; most do not, and send the page.

Nothing is lost with this folder, and nothing in it is evidence.
"""

import hashlib
import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.responsetypes import responsetypes

from spiders.conditional import CONDITIONS, conditions
from spiders.integrity import reason_flagged

FOLDER: Final = "remembered"
"""Beside the archive's files."""

REMEMBER: Final = "remember"
"""Request meta: whether the answer is worth remembering."""

_UNCHANGED = frozenset({304, 412})


@dataclass(frozen=True)
class _Said:
    """What was said, and the validators that it came with."""

    etag: str | None
    last_modified: str | None
    media_type: str
    body: str  # as bytes of Latin-1, so that any body is text


class RememberingMiddleware:
    """Makes requests for what is remembered conditional, and answers them from memory when nothing changed."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> "RememberingMiddleware":
        """Keep the crawler: the archive of its spider is beside what is remembered."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add the conditions; what a redirect brought along was of another address."""
        if not _is_worth_it(request):
            return
        said = self._recall(request)
        for name in CONDITIONS:
            request.headers.pop(name, None)
        request.headers.update(conditions(said.etag, said.last_modified) if said else {})

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep a whole answer that has a validator; give back the last one when nothing changed."""
        if not _is_worth_it(request):
            return response
        said = self._recall(request)
        if response.status in _UNCHANGED and said:
            return _as_said(response, said)
        if response.status == 200 and not reason_flagged(response):
            self._keep(request, response)
        return response

    def _keep(self, request: Request, response: Response) -> None:
        headers = response.headers.to_unicode_dict()
        etag, last_modified = headers.get("ETag"), headers.get("Last-Modified")
        said = _Said(etag, last_modified, headers.get("Content-Type") or "", response.body.decode("latin-1"))
        path = self._path(request)
        with suppress(OSError):  # what cannot be kept is asked for again
            if etag or last_modified:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(json.dumps(asdict(said)), "utf-8")
            else:
                path.unlink(missing_ok=True)

    def _recall(self, request: Request) -> _Said | None:
        try:
            return _Said(**json.loads(self._path(request).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _path(self, request: Request) -> Path:
        name = hashlib.sha256(b"\0".join([request.method.encode(), request.url.encode(), request.body])).hexdigest()
        return self._root / FOLDER / f"{name[:20]}.json"

    @property
    def _root(self) -> Path:
        root: Path = self._crawler.spider.archive.root  # type: ignore[union-attr]
        return root


def _as_said(response: Response, said: _Said) -> Response:
    """The answer that is still true; a 304 does not say of what type it is."""
    headers = response.headers.copy()
    headers["Content-Type"] = said.media_type
    body = said.body.encode("latin-1")
    kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
    return response.replace(cls=kind, status=200, body=body, headers=headers)


def _is_worth_it(request: Request) -> bool:
    """Scrapy asks for robots.txt by itself, and marks the request so."""
    return bool(request.meta.get(REMEMBER) or request.meta.get("dont_obey_robotstxt"))
