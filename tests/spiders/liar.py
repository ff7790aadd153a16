"""A site that lies: the replica's pages over a bare socket, where single numbers answer any bytes at all.

Nothing here keeps to HTTP but the well-behaved pages: what is sent is what the test wrote.
"""

import re
import socketserver
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from questarium.replica.corpus import Corpus
from questarium.replica.layouts import question_page
from questarium.replica.site import Site

Lie = Callable[[bytes], bytes]
"""From the true page to all that is sent, head included."""

_NUMBER = re.compile(rb"/q15/15-(\d+)QE\.htm")


def http(
    body: bytes,
    *headers: str,
    status: str = "200 OK",
    media_type: str = "text/html; charset=utf-8",
    version: str = "1.1",
) -> bytes:
    """A response whose length is that of its body; headers with the same name come in addition."""
    head = [f"HTTP/{version} {status}", f"Content-Type: {media_type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*head, "Connection: close", "", ""]).encode() + body


@dataclass(frozen=True)
class Asked:
    """One request: when, for what, and whether only if it has changed."""

    at: float
    path: str
    conditional: bool


@dataclass
class Liar:
    """Serves `count` questions of the corpus; a context manager.

    `lies` are by number; `robots` is the whole answer; `listing` lies about the search; `secure` makes it speak TLS;
    `moved` are other paths that have the true page of a number.
    """

    count: int
    lies: Mapping[int, Lie] = field(default_factory=dict[int, Lie])
    robots: bytes = http(b"User-agent: *\nDisallow:\n", media_type="text/plain")
    listing: Lie = http
    log: list[Asked] = field(default_factory=list[Asked])
    secure: ssl.SSLContext | None = None
    moved: Mapping[str, int] = field(default_factory=dict[str, int])

    def __post_init__(self) -> None:
        self.corpus = Corpus(self.count, 1)
        self._site = Site(self.corpus)
        self._server = _Server(self)
        scheme = "https" if self.secure else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, request: bytes) -> bytes:
        """All that is sent for one request."""
        path = request.split(b" ", 2)[1] if request.count(b" ") > 1 else b""
        asked_if = re.search(rb"(?i)\nif-(?:none-match|modified-since):", request) is not None
        self.log.append(Asked(time.monotonic(), path.decode("latin-1"), asked_if))
        if path == b"/robots.txt":
            return self.robots
        if path.startswith(b"/recherche"):
            return self.listing(self._site.listing(0).body)
        if (there := self.moved.get(path.decode("latin-1"))) is not None:
            return http(self._site.page(there).body, 'ETag: "a"')
        number = int(found[1]) if (found := _NUMBER.fullmatch(path)) else 0
        question = self.corpus.by_number(number)
        if question is None:
            return http(b"<html>404</html>", status="404 Not Found")
        page = question_page(question)
        return self.lies[number](page) if number in self.lies else http(page)

    def numbers(self) -> list[int]:
        """The numbers of the corpus."""
        return [question.key.number for question in self.corpus]


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 128

    def __init__(self, liar: Liar) -> None:
        self.liar = liar
        super().__init__(("127.0.0.1", 0), _Connection)
        if liar.secure:
            self.socket = liar.secure.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that is gone is no error of the server's."""


class _Connection(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            more = self.request.recv(65_536)
            if not more:
                return
            request += more
        self.request.sendall(self.server.liar.answer(request))  # type: ignore[attr-defined]
