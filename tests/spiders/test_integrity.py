"""No half page and no other page is taken for the page that was asked for."""

import gzip
import time
import zlib
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse, Response

from questarium.replica.corpus import Corpus
from questarium.replica.layouts import Layout, question_page
from questarium.replica.pages import notice_page
from schemas.identity import QuestionKey, TermKey
from spiders.integrity import DamagedBodyError, decode, fault_of, is_closed, stranger
from tests.shared_material import shared

MAX = 8 * 2**20
QUESTION = Corpus(60, 1).at(30)
KEY = QUESTION.key
PAGE = question_page(QUESTION)


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


ENCODERS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "gzip": ("gzip", gzip.compress),
    "x-gzip": ("x-gzip", gzip.compress),
    "deflate": ("deflate", zlib.compress),
    "raw deflate": ("deflate", raw_deflate),
    "twice": ("deflate, gzip", lambda data: gzip.compress(zlib.compress(data))),
    "two members": ("gzip", lambda data: gzip.compress(data[:700]) + gzip.compress(data[700:])),
    "identity": ("identity", bytes),
    "none": ("", bytes),
}


def response(body: bytes, status: int = 200, flags: list[str] | None = None) -> Response:
    return HtmlResponse("http://127.0.0.1/", status=status, body=body, flags=flags or [])


@pytest.mark.parametrize("name", ENCODERS)
def test_whole_bodies_are_decoded(name: str) -> None:
    header, encode = ENCODERS[name]
    assert decode(encode(PAGE), header, MAX) == PAGE
    assert fault_of(response(PAGE), KEY) is None


@pytest.mark.parametrize("name", ENCODERS)
def test_no_cut_body_is_taken(name: str) -> None:
    header, encode = ENCODERS[name]
    whole = encode(PAGE)
    cuts = sorted({round(place * (len(whole) - 1) / 200) for place in range(201)})
    assert len(cuts) > 190
    assert all(earlier < later for earlier, later in pairwise(cuts))
    for cut in cuts:
        assert reason_of(whole[:cut], header) == "truncated", cut


def reason_of(body: bytes, header: str) -> str | None:
    """Why a body as sent is not taken for the question's page."""
    try:
        return fault_of(response(decode(body, header, MAX)), KEY)
    except DamagedBodyError as damage:
        return str(damage)


def test_encodings_not_asked_for_are_refused() -> None:
    for header, body in (("br", b"\x0b\x02\x80hello\x03"), ("zstd", b"\x28\xb5\x2f\xfd"), ("gzip, br", b"x")):
        with pytest.raises(DamagedBodyError, match="encoding"):
            decode(body, header, MAX)


@pytest.mark.parametrize("name", ["gzip", "deflate", "raw deflate"])
def test_bombs_are_refused_before_they_open(name: str) -> None:
    header, encode = ENCODERS[name]
    with pytest.raises(DamagedBodyError, match="too_big"):
        decode(encode(bytes(50 * 2**20)), header, MAX)


def test_a_body_of_exactly_the_limit_is_taken() -> None:
    assert len(decode(gzip.compress(bytes(1000)), "gzip", 1000)) == 1000
    with pytest.raises(DamagedBodyError, match="too_big"):
        decode(gzip.compress(bytes(1001)), "gzip", 1000)


@given(st.binary(max_size=300), st.sampled_from(["gzip", "deflate", "", "identity, gzip", "br"]))
def test_any_bytes_are_refused(body: bytes, header: str) -> None:
    assert reason_of(body, header) in {"truncated", "encoding", "no_question"}


@pytest.mark.parametrize("flag", ["partial", "dataloss"])
def test_flags_of_the_downloader_count(flag: str) -> None:
    assert fault_of(response(PAGE, flags=[flag]), KEY) == "truncated"


@pytest.mark.parametrize("tail", ["</html>", "</HTML>\n\n", "</html >", "</html><!-- served by x -->\n"])
def test_ends_of_whole_pages(tail: str) -> None:
    assert is_closed(f"<html>…{tail}".encode())


@pytest.mark.parametrize("tail", ["", "</html", "</body>", "</html>more"])
def test_ends_of_cut_pages(tail: str) -> None:
    assert not is_closed(f"<html>…{tail}".encode())


def html(body: str, title: str = "Assemblée nationale") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>".encode()


LABELS = "Ministère interrogé > Ministère attributaire > Question publiée au JO le : page : Texte de la question"
DISGUISED = {
    "maintenance": html("Le site est en maintenance."),
    "not found": html("The page cannot be found"),
    "not found, windows": html("The system cannot find the file specified"),
    "503 in the title": html("", title="503 Service Unavailable"),
    "503 in the text": html("Error 503 Service Unavailable"),
    "no result": html("Aucun résultat ne correspond à votre recherche"),
    "captcha": html("Veuillez prouver que vous n'êtes pas un robot. Incident 8861 du 02/10/2018"),
    "login": html("<form>Identifiant <input></form>"),
    "firewall": html(f"Request blocked. Support ID: {KEY.number}"),
    "number without a question": html(f"<h1>{KEY.number}</h1> publié le 02/10/2018"),
    "template without values": html(f"Question N° {KEY.number} {LABELS}"),
    "template without number": html(f"Question N° {LABELS} publiée au JO le : 02/10/2018"),
    "soon published": html("Le texte de cette question sera publié dès sa parution"),
    "another question": question_page(Corpus(60, 1).at(31)),
    "longer number": PAGE.replace(f"N° {KEY.number}".encode(), f"N° {KEY.number}9".encode()),
    "another term": PAGE.replace("15ème".encode(), "16ème".encode()),
    "number in the head only": html("Page introuvable", title=f"Question N° {KEY.number} publiée 02/10/2018"),
    "json error": b'{"error": "internal", "question": 32}',
    "pdf": b"%PDF-1.4 \x93\x8c\x8b" + bytes(range(256)),
    "site page": notice_page("Page introuvable", "La page demandée n'existe pas."),
    "listing": html("<p>Question écrite</p> 15e - QE 32 publiée 02/10/2018"),
}


@pytest.mark.parametrize("name", DISGUISED)
def test_disguised_pages_are_seen(name: str) -> None:
    reason = fault_of(response(DISGUISED[name]), KEY)
    assert reason in {"no_question", "wrong_number", "wrong_term"}, reason


@pytest.mark.parametrize("layout", list(Layout))
@pytest.mark.parametrize("term", [14, 15])
def test_every_page_of_the_corpus_is_known_for_what_it_is(term: int, layout: Layout) -> None:
    for question in Corpus(60, 9, TermKey(parliament="fr-an", term=term)):
        assert fault_of(response(question_page(question, layout)), question.key) is None


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize(
    ("text", "number", "term"),
    [
        ("<td>Question N° : 48328</td><td>de M. X</td> Question publiée au JO le : 12/10/2004 page : 7851", 48328, 12),
        ("Question écrite n° 6287 : <p>17e Législature</p> Question publiée le 22 avril 2025", 6287, 17),
        ("15ème législature <b>Question N°&nbsp;12526</b> Question publi&eacute;e au JO le : 02/10/2018", 12526, 15),
        ("15<sup>e</sup> législature Question <b>n°</b> <b>77</b> Question retirée le: 21/06/2022", 77, 15),
        ("Question N&#176; 5 publi&#233;e au JO le : <span>02/10/2018</span>", 5, 15),
    ],
)
def test_other_layouts_are_known_too(text: str, number: int, term: int, encoding: str) -> None:
    key = QuestionKey(parliament="fr-an", term=term, type=KEY.type, number=number)
    assert stranger(html(text).decode().encode(encoding), key) is None
    assert (
        stranger(html(text).decode().encode(encoding), key.model_copy(update={"number": number + 1})) == "wrong_number"
    )


def test_real_page_text_is_known() -> None:
    text = shared("data/seed/q15_15-12526QE.txt").read_bytes()
    key = KEY.model_copy(update={"number": 12526})
    assert stranger(text, key) is None
    assert stranger(text, key.model_copy(update={"term": 14})) == "wrong_term"


NASTY = [
    b"<",
    b"<a",
    b"question n",
    b"<script>",
    b"</script>",
    b"publi ",
    b"1 e l ",
    b"<!-- -->",
    b"<!--",
    b"&#",
    b"n : ",
]


@pytest.mark.parametrize("part", NASTY)
def test_looking_is_quick_whatever_comes(part: bytes) -> None:
    body = part * (400_000 // len(part))
    started = time.monotonic()
    stranger(body, KEY)
    is_closed(b"</html>" + body + b"x")
    is_closed(b"</html>" + body[:4000] + b"x")
    assert time.monotonic() - started < 2
