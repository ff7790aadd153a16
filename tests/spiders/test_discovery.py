"""The newest number, as the search page shows it."""

from urllib.parse import parse_qsl

import pytest
from scrapy.http import HtmlResponse

from questarium.replica.corpus import Corpus
from questarium.replica.pages import listing_page
from schemas.identity import TermKey
from spiders.discovery import listing_request, newest_number

TERM = TermKey(parliament="fr-an", term=15)


def response(body: bytes, status: int = 200) -> HtmlResponse:
    return HtmlResponse("http://127.0.0.1/", status=status, body=body)


def test_the_form_asks_for_all_written_questions_newest_first() -> None:
    request = listing_request("http://127.0.0.1/recherche", TERM)
    fields = parse_qsl(request.body.decode())
    assert request.method == "POST"
    assert {("legislature", "15"), ("replies[]", "ar"), ("replies[]", "sr"), ("sort_order", "desc")} <= set(fields)


def test_newest_of_the_replica() -> None:
    corpus = Corpus(100, 1)
    rows = [corpus.at(place) for place in range(99, 79, -1)]
    assert newest_number(response(listing_page(rows, term=15, total=100, offset=0)), TERM) == corpus.highest


@pytest.mark.parametrize(
    ("body", "status", "newest"),
    [
        (b'<a href="http://questions.assemblee-nationale.fr/q15/15-12526QE.htm">', 200, 12526),
        (b'<a href="/q15/15-9QE.html"><a href="/q15/15-10QE.htm">', 200, 10),
        (b'<a href="/q14/14-99QE.htm"><a href="/q15/15-7QE.htm">', 200, 7),
        (b'<a href="/q115/115-99QE.htm">', 200, None),
        (b'<a href="/q15/15-99QOSD.htm">', 200, None),
        (b"Aucun resultat", 200, None),
        (b'<a href="/q15/15-9999999QE.htm"><a href="/q15/15-7QE.htm">', 200, 7),
        (b'<a href="/q15/15-7QE.htm">', 503, None),
        (b'<html><a href="/q15/15-7QE.htm"></html>', 200, 7),
        (b'<html><a href="/q15/15-7QE.htm">', 200, None),
    ],
)
def test_newest_of_other_pages(body: bytes, status: int, newest: int | None) -> None:
    assert newest_number(response(body, status), TERM) == newest
