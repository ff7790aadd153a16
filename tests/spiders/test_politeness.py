"""How long the spiders wait, when they stop, and whom they never ask."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.utils.test import get_crawler

from spiders.politeness import Patience, RefusedError, SameSiteMiddleware, failure_reason, retry_after, site_of

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def test_pauses_double_up_to_a_minute_and_start_anew() -> None:
    patience = Patience(1.0, jitter=lambda: 1.0)
    assert [patience.pause(serious=True) for _ in range(8)] == [1, 2, 4, 8, 16, 32, 60, 60]
    patience.went_well()
    assert patience.pause(serious=True) == 1


def test_strange_pages_do_not_make_the_pauses_grow() -> None:
    patience = Patience(1.0, jitter=lambda: 1.0)
    assert [patience.pause(serious=False) for _ in range(5)] == [1] * 5


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
def test_pauses_are_spread_and_never_shorter_than_wished(jitter: float) -> None:
    patience = Patience(8.0, jitter=lambda: jitter)
    assert 6 <= patience.pause(serious=True) <= 8
    assert patience.pause(serious=True, wish_s=100) == 100


def test_gives_up_after_five_refused_or_twenty_five_strange_pages() -> None:
    refused, strange = Patience(1.0), Patience(1.0)
    assert [refused.give_up(serious=True) for _ in range(5)] == [False] * 4 + [True]
    assert [strange.give_up(serious=False) for _ in range(25)] == [False] * 24 + [True]
    strange.went_well()
    assert not strange.give_up(serious=False)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, 0),
        ("", 0),
        ("120", 120),
        (" 7 ", 7),
        ("Tue, 24 Nov 2026 12:00:30 GMT", 30),
        ("Tue, 24 Nov 2026 11:00:00 GMT", 0),
        ("Tue, 24 Nov 2026 12:00:30", 0),
        ("soon", 0),
        ("-5", 0),
        ("²", 0),
        ("9" * 400, 0),
    ],
)
def test_retry_after(header: str | None, seconds: float) -> None:
    assert retry_after(header, NOW) == seconds


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (DownloadTimeoutError(), "timeout"),
        (ResponseDataLossError(), "truncated"),
        (CannotResolveHostError(), "connection"),
        (DownloadFailedError("certificate verify failed"), "connection"),
        (DownloadCancelledError(), "too_big"),
        (RefusedError("off_site"), "off_site"),
        (IgnoreRequest("max redirections reached"), "redirect_loop"),
        (IgnoreRequest("Forbidden by robots.txt"), "robots"),
        (ConnectionResetError(), "connection"),
        (ValueError("Missing scheme in request url: javascript:alert(1)"), "off_site"),
        (ValueError("something else"), "download"),
    ],
)
def test_reasons(error: Exception, reason: str) -> None:
    assert failure_reason(error) == reason


HOSTILE = [
    "file:///etc/hostname",
    "ftp://127.0.0.1:8000/",
    "data:text/html,x",
    "http://169.254.169.254/latest/meta-data",
    "http://[::1]:8000/",
    "http://2130706433:8000/",
    "http://127.0.0.2:8000/",
    "http://127.0.0.1:8001/",
    "http://127.0.0.1/",
    "http://127.0.0.1:8000@evil.example/",
    "http://evil.example/127.0.0.1:8000",
    "http://127.0.0.1.evil.example:8000/",
    "https://127.0.0.1:8000/",
    "HTTP://EVIL.example/",
    "http://localhost:8000/",
]


@pytest.mark.parametrize("url", HOSTILE)
def test_other_sites_are_never_asked(url: str) -> None:
    crawler = get_crawler()
    crawler.spider = SimpleNamespace(sites=frozenset({"http://127.0.0.1:8000"}))  # type: ignore[assignment]
    middleware = SameSiteMiddleware.from_crawler(crawler)
    with pytest.raises(RefusedError, match="off_site"):
        middleware.process_request(Request(url))
    middleware.process_request(Request("http://127.0.0.1:8000/q15/15-1QE.htm"))


def test_sites_are_compared_as_browsers_do() -> None:
    assert site_of("HTTP://Example.ORG:80/a?b#c") == "http://example.org:80"
