"""The replica's HTTP server: pages, search results, bulk files and robots.txt of one term, on the loopback only.

Answers as the site does (validators, conditional requests, gzip, keep-alive), and wrongly where `Faults` says so. It
keeps no page: each is written when it is asked for. Nothing here knows who fetches.
"""

import threading
import time
from collections import Counter, deque
from dataclasses import dataclass
from datetime import date
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from questarium.replica.corpus import FIFTEENTH, Corpus
from questarium.replica.faults import Fault, Faults, FileFault
from questarium.replica.handler import Handler
from questarium.replica.layouts import Layout
from questarium.replica.site import Site
from schemas.identity import TermKey

_LOG_LENGTH = 100_000


@dataclass(frozen=True)
class Hit:
    """One request as the server saw it; `status` is 0 when no answer was sent."""

    at: float  # seconds, monotonic
    method: str
    path: str
    status: int
    user_agent: str
    fault: Fault | FileFault | None


def serve(
    questions: int,
    *,
    seed: int = 1,
    port: int = 0,
    term: TermKey = FIFTEENTH,
    faults: Faults | None = None,
    as_of: date | None = None,
    layout: Layout = Layout.SECTIONS,
    log_file: Path | None = None,
    bulk: bool = False,
) -> "Replica":
    """A replica of `questions` synthetic questions; it serves from `with` on.

    Args:
        questions: how many questions were published.
        seed: of the corpus.
        port: of 127.0.0.1; 0 takes a free one.
        term: that the corpus is set in.
        faults: what goes wrong; nothing by default.
        as_of: show only what the site showed on that day.
        layout: of the question pages.
        log_file: also write each request there, one line each.
        bulk: also serve the open-data zips and the weekly files of the JO.

    Raises:
        UnknownTermError: the corpus cannot be set in that term.
        OSError: the port is taken.
    """
    site = Site(Corpus(questions, seed, term), as_of, layout)
    site.bulk = bulk
    return Replica(port, site, faults or Faults(), log_file)


class Replica:
    """A replica; a context manager that starts and stops it.

    Attributes:
        url: address of the server, without a final slash.
        site: what it serves; change its `as_of` or `corpus` to publish more.
        faults: what it does wrong; may be replaced while it runs.
        log: the last requests, oldest first.
        stopping: set when it stops, so that hanging answers end.
    """

    def __init__(self, port: int, site: Site, faults: Faults, log_file: Path | None) -> None:
        self.site = site
        self.faults = faults
        self.log: deque[Hit] = deque(maxlen=_LOG_LENGTH)
        self.stopping = threading.Event()
        self._log_file = log_file
        self._lock = threading.Lock()
        self._served: Counter[int | str] = Counter()
        self._storm_ends: float | None = None
        self._server = _Server(port, self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="replica", daemon=True)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def wait(self) -> None:
        """Serve until `stop` is called or a signal comes."""
        while not self.stopping.wait(1):
            pass

    def stop(self) -> None:
        """Stop serving; answers that hang are let go."""
        self.stopping.set()
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def next_fault(self, number: int) -> Fault | None:
        """The fault of the answer about to be given; counts it as given."""
        with self._lock:
            before = self._served[number]
            self._served[number] += 1
            stormy = self._in_storm()
        return Fault.UNAVAILABLE if stormy else self.faults.of(number, before)

    def next_file_fault(self, path: str) -> FileFault | None:
        """The fault of the answer about to be given for a file; counts it as given."""
        with self._lock:
            before = self._served[path]
            self._served[path] += 1
        return self.faults.of_file(path, before)

    def record(self, method: str, path: str, status: int, user_agent: str, fault: Fault | FileFault | None) -> None:
        """Add a request to the log."""
        hit = Hit(time.monotonic(), method, path, status, user_agent, fault)
        with self._lock:
            self.log.append(hit)
            if self._log_file:
                with self._log_file.open("a", encoding="utf-8") as out:
                    out.write(f"{hit.at:.3f}\t{method}\t{path}\t{status}\t{fault or '-'}\n")

    def _in_storm(self) -> bool:
        after = self.faults.storm_after
        if after is None or self._served.total() <= after:
            return False
        if self._storm_ends is None:
            self._storm_ends = time.monotonic() + self.faults.storm_s
        return time.monotonic() < self._storm_ends


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, port: int, replica: Replica) -> None:
        super().__init__(("127.0.0.1", port), partial(Handler, replica))

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that is gone (killed, or tired of waiting) is no error of the server's."""
