"""Answers that contradict HTTP, or themselves: each ends as trouble or as a refusal, none as a question's page."""

import gzip
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from schemas.capture import NumberState
from spiders.outcome import is_refusal
from tests.spiders.crawling import crawl, states, tell
from tests.spiders.liar import Liar, Lie, http
from tests.spiders.test_lies import OTHER, lie_about, pages_of, run

NUMBER = re.compile("N° ?\\d+".encode())
TO_COME = "Fri, 01 Jan 2100 00:00:00 GMT"


def bare(*lines: str, body: bytes = b"") -> bytes:
    """A response of just these lines."""
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body


def part(page: bytes, end: int) -> bytes:
    return http(page[:end], f"Content-Range: bytes 0-{end - 1}/{len(page)}", status="206 Partial Content")


TROUBLE: Mapping[str, Lie] = {
    "gzip announced, the page sent": lambda page: http(page, "Content-Encoding: gzip"),
    "br announced, gzip sent": lambda page: http(gzip.compress(page), "Content-Encoding: br"),
    "cut at a tag": lambda page: http(page[: page.rfind(b"</div>")]),
    "length of half the page": lambda page: bare("HTTP/1.1 200 OK", f"Content-Length: {len(page) // 2}", body=page),
    "two lengths": lambda page: http(page, f"Content-Length: {len(page) // 2}"),
    "half the page as a part": lambda page: part(page, len(page) // 2),
    "the whole page as a part": lambda page: part(page, len(page)),
    "304 that nobody asked for": lambda _: bare("HTTP/1.1 304 Not Modified", 'ETag: "a"'),
    "no content": lambda _: bare("HTTP/1.1 204 No Content"),
    "accepted": lambda page: http(page, status="202 Accepted"),
    "network login": lambda page: http(page, status="511 Network Authentication Required"),
    "unknown status": lambda page: http(page, status="999 Request denied"),
    "no head": lambda page: page,
}
REFUSED: Mapping[str, Lie] = {
    "teapot": lambda page: http(page, status="418 I'm a teapot"),
    "redirect to itself with a cookie": lambda _: bare(
        "HTTP/1.1 302 Found", "Location: ?", "Set-Cookie: seen=1", "Content-Length: 0"
    ),
    "refresh in the page": lambda _: http(
        b'<html><meta http-equiv="refresh" content="0; url=/">Question N\xc2\xb0 5</html>'
    ),
    "its number in the title alone": lambda page: http(
        OTHER.replace(b"<title>", b"<title>" + (found[0] if (found := NUMBER.search(page)) else b""))
    ),
    "another procedure": lambda page: http(page.replace("Question écrite".encode(), b"Question au Gouvernement")),
}


def test_answers_against_http_are_trouble_and_refusals_are_kept_as_evidence(tmp_path: Path) -> None:
    lies = {**TROUBLE, **REFUSED}
    with lie_about(0, list(lies.values())) as liar:
        result = run(liar, tmp_path)
        taken, found = pages_of(tmp_path, liar.lies), states(tmp_path)
        ended = {name: found[number] for number, name in zip(liar.lies, lies, strict=True)}
        liar.lies = {}
        healed = run(liar, tmp_path)
    tell(len(lies), len(ended), len(taken), {name: each.reason for name, each in ended.items()})
    assert (result.code, taken) == (3, [])
    for name, each in ended.items():
        refused = each.reason is not None and is_refusal(each.reason)
        assert (each.state, bool(each.evidence)) == (
            (NumberState.FAILED, True) if refused else (NumberState.PENDING, False)
        ), name
    assert {name for name, each in ended.items() if each.state is NumberState.FAILED} == set(REFUSED)
    assert (healed.code, healed.report["ledger_archived"]) == (0, liar.count)


LISTINGS: Mapping[str, Lie] = {
    "empty": lambda _: http(b""),
    "without rows": lambda _: http(b"<html><body>Questions</body></html>"),
    "cut": lambda body: http(body[: body.rfind(b"</tr>")]),
    "gzip announced, the page sent": lambda body: http(body, "Content-Encoding: gzip"),
    "another term's": lambda body: http(body.replace(b"15-", b"14-")),
    "with numbers beyond any": lambda body: http(re.sub(rb"15-\d+QE", b"15-9999999QE", body)),
    "moved in circles": lambda _: bare("HTTP/1.1 302 Found", "Location: ?", "Set-Cookie: n=1", "Content-Length: 0"),
}


@pytest.mark.parametrize("name", LISTINGS)
def test_nothing_is_concluded_from_a_search_that_lies(name: str, tmp_path: Path) -> None:
    with Liar(6, listing=LISTINGS[name]) as liar:
        result = run(liar, tmp_path)
    assert (result.code, result.report["finish"], states(tmp_path)) == (3, "undiscovered", {})


def test_a_search_that_shows_less_than_before_takes_no_number_away(tmp_path: Path) -> None:
    with Liar(6) as liar:
        run(liar, tmp_path)
        before = states(tmp_path)
        liar.listing = lambda _: http(b'<html><a href="/q15/15-2QE.htm"></html>')
        assert run(liar, tmp_path).code == 0
    assert states(tmp_path) == before


@pytest.mark.parametrize("header", [f"Last-Modified: {TO_COME}", 'ETag: "always the same"'])
def test_a_page_that_changes_under_the_same_validator_has_two_revisions(header: str, tmp_path: Path) -> None:
    lie: Lie = lambda page: http(page, header)  # noqa: E731
    with lie_about(2, [lie]) as liar:
        (number,) = liar.lies
        run(liar, tmp_path)
        liar.lies = {number: lambda page: http(page.replace(b"</h3>", b" </h3>"), header)}
        run(liar, tmp_path, "--refetch")
    asked = [each.conditional for each in liar.log if each.path.endswith(f"-{number}QE.htm")]
    assert asked == [False, header.startswith("ETag")]  # a day that is still to come is no condition
    with Archive.open(tmp_path) as archive:
        assert len(archive.revisions(states(tmp_path)[number].question)) == 2


@pytest.mark.parametrize(
    ("wish", "finish"),
    [
        ("Fri, 01 Jan 1999 00:00:00 GMT", "finished"),
        ("-5", "finished"),
        ("soon", "finished"),
        (TO_COME, "storm"),
        ("315360000", "storm"),
    ],
)
def test_a_wish_for_ten_years_ends_the_run_and_one_for_the_past_does_not(
    wish: str, finish: str, tmp_path: Path
) -> None:
    with lie_about(0, [lambda _: http(b"", f"Retry-After: {wish}", status="503 Service Unavailable")]) as liar:
        result = crawl(liar, tmp_path, "--backoff", "0.001")
    assert (result.code, result.report["finish"]) == (3, finish)
    assert result.report["ledger_pending"] >= 1
