"""While a term is open, numbers above the newest known are looked for, by their heads alone."""

import asyncio
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from scrapy import Request
from scrapy.exceptions import DownloadTimeoutError
from scrapy.http import Response

from pipelines.archive.archive import Archive
from schemas.identity import TermKey
from spiders.assemblee import AssembleeSpider
from spiders.integrity import FLAG
from spiders.refresh import AHEAD

OPEN, CLOSED = TermKey(parliament="fr-an", term=17), TermKey(parliament="fr-an", term=15)


def found(
    archive: Path, there: set[int], newest: int, term: TermKey = OPEN, flags: list[str] | None = None
) -> tuple[list[int], list[int]]:
    """Numbers that were found above the newest, and those asked for."""
    asked: list[int] = []

    async def download(request: Request) -> Response:
        shown = re.search(r"-(\d+)QE", request.url)
        if shown is None:  # the search
            body = f'<a href="/q{term.term}/{term.term}-{newest}QE.htm">'.encode()
            return Response(request.url, body=body, request=request)
        if request.method == "GET":
            return Response(request.url, flags=flags or [])
        asked.append(int(shown[1]))
        if asked[-1] == newest + 2:
            raise DownloadTimeoutError
        return Response(request.url, status=200 if asked[-1] in there else 404)

    async def nothing_waits(_: object) -> None:
        return None

    spider = AssembleeSpider(term=str(term), archive=str(archive), base_url="http://127.0.0.1:1")
    crawler: Any = SimpleNamespace(
        engine=SimpleNamespace(download_async=download), signals=SimpleNamespace(wait_for=nothing_waits)
    )
    spider.crawler = crawler

    async def run() -> list[int]:
        return [request.cb_kwargs["question"].number async for request in spider.start()]

    try:
        requested = asyncio.run(run())
    finally:
        spider.archive.close()
    return [number for number in requested if number > newest], asked


def test_those_that_are_there_are_fetched_and_the_gap_is_accounted_for(tmp_path: Path) -> None:
    assert found(tmp_path, {11, 15}, newest=10)[0] == [11, 15]
    with Archive.open(tmp_path) as archive:
        assert [each.question.number for each in archive.numbers(OPEN)] == list(range(1, 16))


def test_the_search_ends_some_numbers_beyond_the_last(tmp_path: Path) -> None:
    assert found(tmp_path, {15}, newest=10)[1] == list(range(11, 15 + AHEAD + 1))


def test_a_site_that_says_yes_to_everything_is_not_believed(tmp_path: Path) -> None:
    everything = set(range(1, 1000))
    assert found(tmp_path, everything, newest=10, flags=[f"{FLAG}no_question"]) == ([], [11])


@pytest.mark.parametrize(("term", "newest"), [(CLOSED, 10), (OPEN, 0)])
def test_a_closed_or_unknown_term_has_no_more_numbers(term: TermKey, newest: int, tmp_path: Path) -> None:
    assert found(tmp_path, {11}, newest=newest, term=term) == ([], [])
