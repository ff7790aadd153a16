"""Whatever a site answers, nothing but the question's whole page is archived as the question's page.

Each test prints what was injected and what came of it; the last one shows that a spider without the checks is fooled.
"""

import gzip
import re
import subprocess
import time
import zlib
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Protocol

import brotli
import pytest
from backports import zstd

from pipelines.archive.archive import Archive
from questarium.replica.corpus import Corpus
from questarium.replica.layouts import question_page
from questarium.replica.pages import notice_page
from schemas.capture import NumberState
from tests.spiders.crawling import Result, changed, command, crawl, states, tell
from tests.spiders.liar import Liar, Lie, http


class Cut(Protocol):
    """From the true page and how much of it is sent to all that is sent."""

    def __call__(self, page: bytes, share: float) -> bytes: ...


def shortened(body: bytes, share: float) -> bytes:
    """At least one byte less than the whole."""
    return body[: min(int(len(body) * share), len(body) - 1)]


def encoded(name: str, encode: Callable[[bytes], bytes]) -> Cut:
    def cut(page: bytes, share: float) -> bytes:
        return http(shortened(encode(page), share), f"Content-Encoding: {name}")

    return cut


def plain(page: bytes, share: float) -> bytes:
    return http(shortened(page, share))


def chunked(page: bytes, share: float) -> bytes:
    size = 1000
    parts = [page[start : start + size] for start in range(0, len(page), size)]
    whole = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    return head + whole[: min(int(len(whole) * share), len(whole) - 8)]


def until_close(page: bytes, share: float) -> bytes:
    return b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + shortened(page, share)


CUTS: Mapping[str, Cut] = {
    "identity": plain,
    "gzip": encoded("gzip", gzip.compress),
    "deflate": encoded("deflate", zlib.compress),
    "br": encoded("br", brotli.compress),
    "zstd": encoded("zstd", zstd.compress),
    "chunked": chunked,
    "HTTP/1.0 close": until_close,
}


def lie_about(count: int, lies: list[Lie]) -> Liar:
    """Every second question is lied about: one true page between two lies keeps the spider from giving up."""
    liar = Liar(max(count, 2 * len(lies) + 2))
    liar.lies = dict(zip(liar.numbers()[1::2], lies, strict=False))
    return liar


def run(liar: Liar, archive: Path, *options: str) -> Result:
    return crawl(liar, archive, "--backoff", "0.001", *options)


def pages_of(archive: Path, numbers: Mapping[int, Lie]) -> list[int]:
    """Those of the numbers that have a page in the archive."""
    found = states(archive)
    with Archive.open(archive) as opened:
        return [
            number for number in numbers if any(ref.status == 200 for ref in opened.revisions(found[number].question))
        ]


def cut_everywhere(archive: Path, points: int) -> None:
    shares = [place / points for place in range(points)]
    lies: list[Lie] = [partial(cut, share=share) for cut in CUTS.values() for share in shares]
    with lie_about(0, lies) as liar:
        result = run(liar, archive)
        taken, found = pages_of(archive, liar.lies), states(archive)
        kinds = {found[number].reason for number in liar.lies}
        liar.lies = {}
        healed = run(liar, archive)
    pending = sum(each.state is NumberState.PENDING for each in found.values())
    tell(len(lies), pending, len(taken))
    assert (len(taken), pending) == (0, len(lies))
    assert kinds <= {"truncated", "encoding"}
    assert result.code == 3
    assert (healed.code, healed.report["ledger_archived"]) == (0, liar.count)


def test_bodies_that_are_cut_are_never_taken(tmp_path: Path) -> None:
    cut_everywhere(tmp_path, points=4)


@pytest.mark.campaign
@pytest.mark.timeout(900)
def test_seven_hundred_bodies_that_are_cut_are_never_taken(tmp_path: Path) -> None:
    cut_everywhere(tmp_path, points=100)


OTHER = question_page(Corpus(400, 2).at(399))


def page_with(body: str, title: str = "Assemblée nationale") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title></head><body>{body}</body></html>".encode()


DISGUISED: Mapping[str, Lie] = {
    "maintenance": lambda _: http(notice_page("Maintenance", "Le site revient dans un instant.")),
    "not found": lambda _: http(page_with("<h1>Page introuvable</h1>")),
    "not found in English": lambda _: http(page_with("The page cannot be found")),
    "unavailable": lambda _: http(page_with("Error 503 Service Unavailable", title="503")),
    "captcha": lambda _: http(page_with("Veuillez prouver que vous n'êtes pas un robot. 02/10/2018")),
    "login": lambda _: http(page_with("<form>Identifiant <input> Mot de passe <input></form>")),
    "firewall": lambda _: http(page_with("Request blocked. Support ID: 8861")),
    "script that loads the page": lambda _: http(
        page_with("<script>location.reload()</script><noscript>JS</noscript>")
    ),
    "no result": lambda _: http(page_with("Aucun résultat ne correspond à votre recherche")),
    "search results": lambda _: http(page_with("15e - QE 32 - publiée le 02/10/2018 - 15e - QE 33")),
    "home page": lambda _: http(page_with("Assemblée nationale : les députés, les questions, l'agenda")),
    "empty template": lambda _: http(page_with("Question N° Ministère interrogé > Question publiée au JO le : page :")),
    "half template": lambda page: http(page[: page.find(b"question_publish_date")] + b"</body></html>"),
    "nothing": lambda _: http(b""),
    "blanks": lambda _: http(b" \n" * 500),
    "another question": lambda _: http(OTHER),
    "another term": lambda page: http(page.replace("15ème".encode(), "14ème".encode())),
    "a longer number": lambda page: http(page.replace("N° ".encode(), "N° 9".encode())),
    "JSON": lambda _: http(b'{"error": "internal", "question": 3}', media_type="application/json"),
    "JSON called HTML": lambda _: http(b'{"error": "internal", "publi\xc3\xa9e": "02/10/2018"}'),
    "PDF called HTML": lambda _: http(b"%PDF-1.4\n" + bytes(range(256)) * 20),
    "gzip that nobody declared": lambda page: http(gzip.compress(page)),
    "the page in UTF-16": lambda page: http(page.decode().encode("utf-16")),
}


def test_pages_in_disguise_are_known_for_what_they_are(tmp_path: Path) -> None:
    with lie_about(0, list(DISGUISED.values())) as liar:
        result = run(liar, tmp_path)
        taken, found = pages_of(tmp_path, liar.lies), states(tmp_path)
        names = dict(zip(liar.lies, DISGUISED, strict=True))
        reasons = {names[number]: found[number].reason for number in liar.lies}
        refused = sum(found[number].state in {NumberState.FAILED, NumberState.PENDING} for number in liar.lies)
        liar.lies = {}
        healed = run(liar, tmp_path)
    tell(len(DISGUISED), refused, len(taken), reasons)
    assert (refused, len(taken)) == (len(DISGUISED), 0)
    assert set(reasons.values()) <= {"no_question", "wrong_number", "wrong_term", "truncated"}
    assert result.code == 3
    assert (healed.code, healed.report["ledger_archived"]) == (0, liar.count)


def test_a_page_that_lies_about_its_charset_is_kept_byte_by_byte(tmp_path: Path) -> None:
    with lie_about(0, [lambda page: http(page.decode().encode("cp1252", errors="xmlcharrefreplace"))]) as liar:
        assert run(liar, tmp_path).code == 0
        (number,) = liar.lies
        question = liar.corpus.by_number(number)
    assert question is not None
    with Archive.open(tmp_path) as archive:
        (ref,) = archive.revisions(question.key)
        assert archive.read(ref).body == question_page(question).decode().encode("cp1252", errors="xmlcharrefreplace")


def bomb(encode: Callable[[], "zlib._Compress"], size: int) -> bytes:
    packer = encode()
    zeros = bytes(1 << 20)
    return b"".join(packer.compress(zeros) for _ in range(size >> 20)) + packer.flush()


def bombs(size: int) -> dict[str, Lie]:
    packed = {
        "gzip": bomb(lambda: zlib.compressobj(9, wbits=31), size),
        "deflate": bomb(lambda: zlib.compressobj(9), size),
        "br": brotli.compress(bytes(size >> 4)),
        "zstd": zstd.compress(bytes(size >> 4)),
    }
    twice = gzip.compress(packed["gzip"])
    bare = {
        "a text of 50 MB": b"<html><body>" + b"x" * (50 << 20) + b"</body></html>",
        "a hundred thousand tags": b"<html>" + b"<div>" * 100_000 + b"</html>",
    }
    answers = {name: http(body, f"Content-Encoding: {name}") for name, body in packed.items()}
    answers["gzip twice"] = http(twice, "Content-Encoding: gzip, gzip")
    answers |= {name: http(body) for name, body in bare.items()}
    return {name: partial(_whatever, answer) for name, answer in answers.items()}


def _whatever(answer: bytes, _: bytes) -> bytes:
    return answer


def peak_mib(process: "subprocess.Popen[bytes]") -> int:
    """The most memory that a process had, until it ended; its own count, looked at all the time."""
    peak = 0
    while process.poll() is None:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process.pid}/status").read_text("ascii"))
        peak = max(peak, int(found[1]) >> 10 if found else 0)
        time.sleep(0.01)
    return peak


def defused(archive: Path, size: int) -> None:
    lies = bombs(size)
    with lie_about(0, list(lies.values())) as liar:
        line = command(liar, archive, "--backoff", "0.001", "--timeout", "20", "--quiet")
        with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            peak = peak_mib(process)
        taken, found = pages_of(archive, liar.lies), states(archive)
    reasons = dict(zip(lies, (found[number].reason for number in liar.lies), strict=True))
    tell(len(lies), len(reasons), len(taken), f"{peak} MiB at most, {reasons}")
    assert taken == []
    assert set(reasons.values()) <= {"too_big", "encoding", "no_question"}
    assert peak <= 200


def test_bombs_do_not_go_off(tmp_path: Path) -> None:
    defused(tmp_path, 128 << 20)


@pytest.mark.campaign
@pytest.mark.timeout(300)
def test_bombs_of_a_gigabyte_do_not_go_off(tmp_path: Path) -> None:
    defused(tmp_path, 1 << 30)


@pytest.mark.parametrize("name", ["gzip", "half template"])
def test_without_the_checks_the_lies_would_be_believed(name: str, tmp_path: Path) -> None:
    """The negative control: the same crawl with the integrity middleware taken out."""
    cut = CUTS.get(name)
    lie: Lie = (lambda page: cut(page, 0.6)) if cut else DISGUISED[name]
    with lie_about(0, [lie]) as liar:
        line = command(liar, tmp_path, "--backoff", "0.001")
        taken_out = (
            "s.DOWNLOADER_MIDDLEWARES.pop('spiders.integrity.IntegrityMiddleware'); s.COMPRESSION_ENABLED = True"
        )
        subprocess.run(changed(line, taken_out), capture_output=True, check=False, timeout=60)
        assert pages_of(tmp_path, liar.lies) == list(liar.lies)
