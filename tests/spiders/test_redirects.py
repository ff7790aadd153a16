"""A site that sends the spider elsewhere: nobody else is asked, and each attempt is noted; certificates count."""

import json
import socket
import socketserver
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from tests.spiders.crawling import changed, command, crawl, states, tell
from tests.spiders.liar import Liar, http

HOSTILE = [
    "file:///etc/hostname",
    "ftp://{canary}/",
    "data:text/html,<h1>Question</h1>",
    "javascript:alert(1)",
    "http://169.254.169.254/latest/meta-data/",
    "http://{canary}/",
    "HTTP://{canary}/",
    "http://[::1]:{port}/",
    "http://2130706434:{port}/",  # 127.0.0.2 as one number
    "http://0177.0.0.2:{port}/",
    "http://localhost:{port}/",
    "http://{own}@{canary}/",
    "//{canary}/",
    "\\\\{canary}\\",
    "https://{own}/",
    "http://127.0.0.1:{port}/q15/15-1QE.htm",
]


class _Canary(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.server.hits.append(self.server.server_address)  # type: ignore[attr-defined]


class _Birdcage(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


class _Birdcage6(_Birdcage):
    address_family = socket.AF_INET6


@contextmanager
def canaries() -> Iterator[tuple[int, list[object]]]:
    """Servers that nobody may ask, on one port of 127.0.0.1, 127.0.0.2 and [::1]; the port and who was asked."""
    hits: list[object] = []
    first = _Birdcage(("127.0.0.2", 0), _Canary)
    port = int(first.server_address[1])
    cages = [first, _Birdcage(("127.0.0.1", port), _Canary), _Birdcage6(("::1", port), _Canary)]
    for cage in cages:
        cage.hits = hits  # type: ignore[attr-defined]
        threading.Thread(target=cage.serve_forever, args=(0.05,), daemon=True).start()
    yield port, hits
    for cage in cages:
        cage.shutdown()
        cage.server_close()


def test_redirects_never_lead_to_another_site(tmp_path: Path) -> None:
    with canaries() as (port, hits), Liar(2 * len(HOSTILE) + 2) as liar:
        own = liar.url.removeprefix("http://")
        targets = [target.format(canary=f"127.0.0.2:{port}", own=own, port=port) for target in HOSTILE]
        numbers = liar.numbers()[1::2][: len(targets)]
        liar.lies = {number: partial(_sent_to, target) for number, target in zip(numbers, targets, strict=True)}
        result = crawl(liar, tmp_path, "--backoff", "0.001")
        found = states(tmp_path)
        with Archive.open(tmp_path) as archive:
            shown = {number: [archive.capture(each) for each in found[number].evidence] for number in numbers}
    noted = {target: found[number].reason for number, target in zip(numbers, targets, strict=True)}
    refused = [target for target, reason in noted.items() if reason in {"off_site", "sent_away"}]
    tell(len(targets), len(refused), len(hits), noted)
    assert (hits, result.code) == ([], 3)
    assert len(refused) == len(targets), noted
    assert {ref.status for refs in shown.values() for ref in refs if ref} == {302, 404}
    assert all(shown.values())  # what the site said is kept


def test_a_page_that_has_moved_is_followed_and_asked_for_conditionally(tmp_path: Path) -> None:
    with Liar(4) as liar:
        number = liar.numbers()[1]
        moved = f"/dyn/15/questions/QANR5L15QE{number}"
        liar.lies = {number: partial(_sent_to, moved)}
        liar.moved = {moved: number}
        assert crawl(liar, tmp_path).report["new"] == 4
        again = crawl(liar, tmp_path, "--refetch", "all")
        assert (again.code, again.report["unchanged"]) == (0, 4)
        assert [asked.conditional for asked in liar.log if asked.path == moved] == [False, True]


def test_the_canaries_sing() -> None:
    """The negative control: whoever asks one is noted."""
    with canaries() as (port, hits):
        for host in ("127.0.0.1", "127.0.0.2", "::1"):
            with socket.create_connection((host, port)) as connection:
                assert connection.recv(1) == b""
        assert len(hits) == 3


@pytest.mark.parametrize("trusting", [False, True])
def test_a_certificate_of_somebody_else_is_refused(trusting: bool, tmp_path: Path) -> None:
    """The negative control does not verify, and is served."""
    key = tmp_path / "key.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=other.example"]
    subprocess.run([*made, "-keyout", key, "-out", tmp_path / "certificate.pem"], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "certificate.pem", key)
    with Liar(5, secure=context) as liar:
        line = command(liar, tmp_path / "archive", "--backoff", "0.001")
        if trusting:
            line = changed(line, "s.DOWNLOAD_VERIFY_CERTIFICATES = False")
        done = subprocess.run(line, capture_output=True, text=True, timeout=60, check=False)
        report = json.loads(done.stdout.splitlines()[-1])
        asked = list(liar.log)
    if trusting:
        assert report["finish"] == "finished"
    else:
        assert (done.returncode, report["finish"], asked) == (3, "robots_unreadable", [])


def _sent_to(target: str, _: bytes) -> bytes:
    return http(b"", f"Location: {target}", status="302 Found")
