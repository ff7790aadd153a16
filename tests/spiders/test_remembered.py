"""What a site said last: conditional requests for robots.txt, listings and the search, and answers from memory."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse, Response, TextResponse

from questarium.replica.server import serve
from schemas.identity import TermKey
from schemas.settings import Settings
from spiders.discovery import listing_request
from spiders.integrity import FLAG
from spiders.remembered import FOLDER, REMEMBER, RememberingMiddleware
from tests.spiders.crawling import crawl

PAGE = "https://example.org/liste/"
LISTING = "<a href='ANQ20170001.taz'>été</a>".encode("latin-1")


@pytest.fixture
def middleware(tmp_path: Path) -> RememberingMiddleware:
    crawler: Any = SimpleNamespace(spider=SimpleNamespace(archive=SimpleNamespace(root=tmp_path)))
    return RememberingMiddleware(crawler)


def asked(middleware: RememberingMiddleware, request: Request) -> dict[str, str]:
    """The conditions of a request on its way out."""
    middleware.process_request(request)
    names = ("If-None-Match", "If-Modified-Since")
    headers = request.headers.to_unicode_dict()
    return {name: headers[name] for name in names if name in headers}


def said(url: str = PAGE, body: bytes = LISTING, flags: list[str] | None = None, **headers: str) -> Response:
    typed = {"Content-Type": "text/html; charset=ISO-8859-1"} | {k.replace("_", "-"): v for k, v in headers.items()}
    return HtmlResponse(url, status=200, body=body, headers=typed, flags=flags)


def listing(url: str = PAGE) -> Request:
    return Request(url, meta={REMEMBER: True})


def test_what_is_unchanged_is_answered_from_memory(middleware: RememberingMiddleware) -> None:
    assert asked(middleware, listing()) == {}
    first = middleware.process_response(listing(), said(ETag='"1"', Last_Modified="Tue, 03 Nov 2026 08:00:00 GMT"))
    again = listing()
    assert asked(middleware, again) == {"If-None-Match": '"1"', "If-Modified-Since": "Tue, 03 Nov 2026 08:00:00 GMT"}
    answered = middleware.process_response(again, Response(PAGE, status=304))  # says nothing of its type
    assert isinstance(answered, TextResponse)
    assert isinstance(first, TextResponse)
    assert (answered.status, answered.body, answered.text) == (200, LISTING, first.text)


def test_a_search_that_refuses_the_condition_has_not_changed(middleware: RememberingMiddleware) -> None:
    term = TermKey(parliament="fr-an", term=15)
    request = listing_request(PAGE, term)
    middleware.process_response(request, said(ETag='"1"'))
    again = listing_request(PAGE, term)
    assert asked(middleware, again) == {"If-None-Match": '"1"'}
    assert middleware.process_response(again, Response(PAGE, status=412)).body == LISTING
    other = listing_request(PAGE, TermKey(parliament="fr-an", term=16))
    assert asked(middleware, other) == {}  # another form, another answer


def test_what_changed_takes_its_place(middleware: RememberingMiddleware) -> None:
    middleware.process_response(listing(), said(ETag='"1"'))
    assert middleware.process_response(listing(), said(body=b"<p>", ETag='"2"')).body == b"<p>"
    assert asked(middleware, listing()) == {"If-None-Match": '"2"'}
    middleware.process_response(listing(), said())  # without a validator there is nothing to ask by
    assert asked(middleware, listing()) == {}


def test_nothing_else_is_remembered(middleware: RememberingMiddleware, tmp_path: Path) -> None:
    middleware.process_response(Request(PAGE), said(ETag='"1"'))
    middleware.process_response(listing(), said(flags=[f"{FLAG}truncated"], ETag='"1"'))
    middleware.process_response(listing(), Response(PAGE, status=404, headers={"ETag": '"1"'}))
    assert not (tmp_path / FOLDER).exists()
    page = Request(PAGE, headers={"If-None-Match": '"of the page"'})
    assert asked(middleware, page) == {"If-None-Match": '"of the page"'}
    assert middleware.process_response(page, Response(PAGE, status=304)).status == 304


def test_a_304_that_was_not_asked_for_is_none(middleware: RememberingMiddleware) -> None:
    assert middleware.process_response(listing(), Response(PAGE, status=304)).status == 304


def test_conditions_do_not_follow_a_redirect(middleware: RememberingMiddleware) -> None:
    middleware.process_response(listing(), said(ETag='"1"'))
    request = listing()
    asked(middleware, request)
    assert asked(middleware, request.replace(url=f"{PAGE}ailleurs")) == {}


@pytest.mark.parametrize("broken", ["{", "[]", '{"etag": 1}'])
def test_a_broken_memory_is_none(middleware: RememberingMiddleware, tmp_path: Path, broken: str) -> None:
    middleware.process_response(listing(), said(ETag='"1"'))
    (path,) = (tmp_path / FOLDER).iterdir()
    path.write_text(broken)
    assert asked(middleware, listing()) == {}


def test_a_second_run_brings_no_body(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    sources = ("members", "opendata", "oral", "dila", "assemblee")
    with serve(40, bulk=True) as replica:
        first = crawl(replica, settings.archive_dir, spider=sources)
        asked_first = len(replica.log)
        replica.log.clear()
        again = crawl(replica, settings.archive_dir, spider=sources)
        later = [hit.status for hit in replica.log]
        crawl(replica, settings.archive_dir, "--refetch", spider=sources)  # the pages of what only the zip had shown
        replica.log.clear()
        everything = crawl(replica, settings.archive_dir, "--refetch", spider=sources)
        asked_all = [hit.status for hit in replica.log]
    assert (first.code, again.code, everything.code) == (0, 0, 0)
    assert set(later) == set(asked_all) == {304}
    assert len(later) < asked_first / 2
    assert len(asked_all) > 40
