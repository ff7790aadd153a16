"""Damaged pages (reliability promise P1): whatever the bytes, a record that is valid or a reason, no exception."""

import random
import time

import pytest
from lxml import etree

from pipelines.parse.read import read
from schemas.question import RawQuestion
from tests.pipelines.parse.captures import a_capture, only, reasons
from tests.pipelines.parse.pages import all_bodies, body, damaged

URL = "https://questions.assemblee-nationale.fr/q15/15-4321QE.htm"
HTML = "text/html; charset=utf-8"
WHOLE = "an_html_c/answered_renewed_reassigned"
PAGES = 100_000
LONGEST_S = 2.0


def says_nothing(content: bytes) -> bool:
    """Whether a body is a sound file without a word in it, such as the rectifications of most issues of the JO."""
    try:
        return not any(str(text).strip() for text in etree.fromstring(content.strip()).itertext())
    except (etree.XMLSyntaxError, ValueError):
        return False


class TestNothingRaises:
    @pytest.mark.parametrize("url", [URL, "", "file:///depot/15-4321QE", "https://x/%ff%fe"])
    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"\x00",
            b"\xff\xfe",
            b"\xef\xbb\xbf",
            b'<meta charset=\x00">',
            b"<meta charset=\x18>",
            b"<p a='&#x0;'>&#x18;&#xD800;</p>",
            b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
            b"%PDF-1.4",
            b"PK\x03\x04",
            b"\x1f\x8b\x08",
            b"{}",
            b"Question N\xb0",
            "Question N° 99999999999999999999999".encode(),
            "Question N° 0\nQuestion écrite\nRubrique > eau".encode(),
            "Question de : M. A\nAuteur : M. A\nQuestion N° : 7\nQuestion N : 8\nTexte de la question : x".encode(),
            "99ème législature\nQuestion N° 1\nQuestion écrite\nRubrique > eau".encode(),
        ],
    )
    def test_on_edge_cases(self, content: bytes, url: str) -> None:
        result = read(a_capture(content, url, HTML))
        assert result.questions or result.quarantined

    @pytest.mark.parametrize("seed", range(10))
    def test_on_damaged_pages(self, seed: int) -> None:
        """5,000 pages in all, of every format and layout."""
        chance = random.Random(seed)
        bodies = all_bodies()
        for _ in range(500):
            content = damaged(chance.choice(bodies), chance.choice(bodies), chance)
            result = read(a_capture(content, URL, HTML))
            assert result.questions or result.quarantined or says_nothing(content), content
            for question in result.questions:
                assert RawQuestion.model_validate_json(question.model_dump_json()) == question

    def test_on_a_deep_page(self) -> None:
        content = b"<html>" + b"<div>" * 50_000 + body(WHOLE) + b"</div>" * 50_000 + b"</html>"
        result = read(a_capture(content, URL, HTML))
        assert result.questions or result.quarantined

    def test_on_a_huge_attribute(self) -> None:
        content = body(WHOLE).replace(b'<div id="page">', b'<div id="' + b"x" * 1_000_000 + b'">')
        assert only(read(a_capture(content, URL, HTML))).title == "Sources taries"

    def test_on_too_many_bytes(self) -> None:
        assert reasons(read(a_capture(b"a" * (8 * 1024 * 1024 + 1)))) == ["too_big"]


@pytest.mark.campaign
@pytest.mark.timeout(3600)
def test_the_long_campaign() -> None:
    chance = random.Random(20_181_002)
    bodies = all_bodies()
    for number in range(PAGES):
        content = damaged(chance.choice(bodies), chance.choice(bodies), chance)
        start = time.process_time()  # a machine that is busy with other things is no fault of ours
        result = read(a_capture(content, "https://x.example/q15/15-4321QE.htm", "text/html"))
        assert time.process_time() - start < LONGEST_S, (number, content)
        assert result.questions or result.quarantined or says_nothing(content), (number, content)
        for question in result.questions:
            assert RawQuestion.model_validate_json(question.model_dump_json()) == question, (number, content)
