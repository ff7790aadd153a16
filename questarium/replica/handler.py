"""One connection to the replica: routes, conditional requests, encodings, and the carrying out of faults."""

import gzip
import re
import socket
import threading
from collections.abc import Callable, Sized
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from typing import Any, Protocol
from urllib.parse import unquote

from questarium.replica.faults import Fault, Faults, FileFault
from questarium.replica.pages import notice_page
from questarium.replica.parts import Reply, file_reply
from questarium.replica.site import Answer, Site, missing

_QUESTION = re.compile(r"/q(?P<term>\d+)/(?P=term)-(?P<number>\d{1,7})QE\.html?")
_LISTING = re.compile(r"/recherche/resultats_questions(?:/(?P<term>\d+)/\(offset\)/(?P<offset>\d{1,7}))?(?:/.*)?")
_STATUS = {Fault.FORBIDDEN: 403, Fault.TOO_MANY: 429, Fault.SERVER_ERROR: 500, Fault.UNAVAILABLE: 503}
_VALUES = re.compile(rb'(<span class="question_big_content">)[^<]*|(&gt; </span>)[^<]*|<p>[^<]*</p>')


class Backend(Protocol):
    """What a connection needs of the replica."""

    site: Site
    faults: Faults
    stopping: threading.Event

    @property
    def log(self) -> Sized:
        """The requests so far."""
        ...

    def next_fault(self, number: int) -> Fault | None:
        """The fault of the answer about to be given."""
        ...

    def next_file_fault(self, path: str) -> FileFault | None:
        """The fault of the answer about to be given for a file."""
        ...

    def record(self, method: str, path: str, status: int, user_agent: str, fault: Fault | FileFault | None) -> None:
        """Add a request to the log."""
        ...


class Handler(BaseHTTPRequestHandler):
    """Serves one connection."""

    protocol_version = "HTTP/1.1"
    server_version = "replica"
    sys_version = ""
    wbufsize = 65_536
    disable_nagle_algorithm = True
    timeout = 60

    def __init__(self, backend: Backend, request: Any, client_address: Any, server: Any) -> None:
        self._backend = backend
        self._fault: Fault | FileFault | None = None
        super().__init__(request, client_address, server)

    def do_GET(self) -> None:
        """Answer a GET."""
        self._serve()

    def do_HEAD(self) -> None:
        """Answer a HEAD: what a GET would say, without the body."""
        self._serve()

    def do_POST(self) -> None:
        """Answer a POST: the search form, whose fields are those of the only search served."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._serve()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the name in http.server
        """Nothing on stderr: the replica keeps its own log."""

    def _serve(self) -> None:
        self._fault = None
        path = unquote(self.path).partition("?")[0]
        question = _QUESTION.fullmatch(path)
        listing = _LISTING.fullmatch(path)
        if question and int(question["term"]) == self._backend.site.corpus.term.term:
            self._question(int(question["number"]))
        elif listing:
            self._send(self._backend.site.listing(int(listing["offset"] or 0)))
        elif path == "/robots.txt":
            faults = self._backend.faults
            self._send(Answer(faults.robots_status, faults.robots.encode(), "text/plain; charset=utf-8"))
        elif file := self._backend.site.file(path):
            self._fault = fault = self._backend.next_file_fault(path)
            asked = {name.title(): value for name, value in self.headers.items()}
            self._reply(file_reply(file, asked, fault, turn=len(self._backend.log)))
        else:
            self._send(missing())

    def _reply(self, reply: Reply) -> None:
        """Send what was made ready; where less is sent than announced, the connection ends."""
        self._write(reply.status, reply.body, reply.headers)
        self.close_connection = self.close_connection or reply.breaks_off

    def _question(self, number: int) -> None:
        self._fault = fault = self._backend.next_fault(number)
        answer = self._backend.site.page(number)
        if fault is None:
            self._send(answer)
        elif fault in _STATUS:
            self._refuse(_STATUS[fault])
        else:
            self._carry_out(fault, number, answer)

    def _refuse(self, status: int) -> None:
        wait = {"Retry-After": str(self._backend.faults.retry_after_s)} if status in {429, 503} else {}
        self._send(Answer(status, notice_page(f"Error {status}", "Service Unavailable")), wait)

    def _carry_out(self, fault: Fault, number: int, answer: Answer) -> None:
        wrong: dict[Fault, Callable[[], None]] = {
            Fault.NOT_FOUND: lambda: self._send(missing()),
            Fault.CUT: lambda: self._page(answer.body[: len(answer.body) // 2]),
            Fault.CUT_GZIP: lambda: self._half_gzip(answer.body),
            Fault.SHORT: lambda: self._short(answer.body),
            Fault.CLOSED: self._close,
            Fault.HANG: self._hang,
            Fault.TRICKLE: lambda: self._trickle(answer.body),
            Fault.DISGUISED: lambda: self._page(notice_page("Maintenance", "Le site revient dans un instant.")),
            Fault.EMPTY: lambda: self._page(b""),
            Fault.BLANK: lambda: self._page(_VALUES.sub(rb"\1\2", answer.body)),
            Fault.WRONG_NUMBER: lambda: self._send(self._another(number)),
            Fault.WRONG_TERM: lambda: self._page(self._other_term(answer.body)),
            Fault.REDIRECT_AWAY: lambda: self._redirect("http://127.0.0.2:9/"),
            Fault.REDIRECT_LOOP: lambda: self._redirect(self.path),
        }
        wrong[fault]()

    def _another(self, number: int) -> Answer:
        """The page of the nearest question before, or after, that exists."""
        site = self._backend.site
        others = [*range(number - 1, 0, -1), *range(number + 1, number + 50)]
        return next((page for other in others if (page := site.page(other)).status == 200), missing())

    def _other_term(self, body: bytes) -> bytes:
        term = self._backend.site.corpus.term.term
        return body.replace(f"{term}ème".encode(), f"{term - 1}ème".encode())

    def _page(self, body: bytes) -> None:
        self._send(Answer(200, body))

    def _redirect(self, target: str) -> None:
        self._send(Answer(302, b""), {"Location": target})

    def _half_gzip(self, body: bytes) -> None:
        whole = gzip.compress(body, 1)
        self._write(200, whole[: len(whole) // 2], {"Content-Type": "text/html", "Content-Encoding": "gzip"})

    def _short(self, body: bytes) -> None:
        self._write(200, body[: len(body) // 2], {"Content-Type": "text/html", "Content-Length": str(len(body))})
        self.close_connection = True

    def _close(self) -> None:
        self._log(0)
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _hang(self) -> None:
        self._log(0)
        self._backend.stopping.wait(self._backend.faults.hang_s)
        self.close_connection = True

    def _trickle(self, body: bytes) -> None:
        self._log(0)
        self.close_connection = True
        self.wfile.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(body)}\r\n\r\n".encode())
        for place in range(int(self._backend.faults.hang_s / 0.2)):
            self.wfile.write(body[place : place + 1])
            self.wfile.flush()
            if self._backend.stopping.wait(0.2):
                return

    def _send(self, answer: Answer, headers: dict[str, str] | None = None) -> None:
        """Send an answer whole: 304 where the client has it, gzip where it wants it."""
        sent = {"Content-Type": answer.media_type, "ETag": answer.etag, **(headers or {})}
        if answer.last_modified:
            sent["Last-Modified"] = format_datetime(answer.last_modified, usegmt=True)
        known = answer.unchanged_for(self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"))
        if answer.status == 200 and known:
            self._write(304, b"", sent)
        elif answer.body and "gzip" in (self.headers.get("Accept-Encoding") or ""):
            self._write(answer.status, gzip.compress(answer.body, 1), {**sent, "Content-Encoding": "gzip"})
        else:
            self._write(answer.status, answer.body, sent)

    def _write(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self._log(status)
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _log(self, status: int) -> None:
        agent = self.headers.get("User-Agent") or ""
        self._backend.record(self.command, self.path, status, agent, self._fault)
