"""One Elasticsearch node on loopback: start, wait until it answers, stop."""

import http.client
import subprocess
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from questarium.searchserver.runtime import command
from schemas.errors import SearchServerError

HOST = "127.0.0.1"
HEALTH = "/_cluster/health?wait_for_status=yellow&timeout=5s"
POLL_SECONDS = 0.05
LOG_LINES = 20


class SearchServer:
    """An Elasticsearch node in its own process, which ends with this object or with this program, however it ends.

    Args:
        home: Where `install_server` put the server.
        data: The node's own folder: indices, snapshots, log.
        port: The HTTP port; any free one when it is None.
        heap_mb: Memory of the virtual machine's heap, enough for some ten thousand questions; a quarter of the
            machine's memory, at most 2 GB, when it is None.
        node_settings: Further node settings, such as those of a node among several.
        jvm_options: Further options of the virtual machine.
    """

    def __init__(
        self,
        home: Path,
        data: Path,
        *,
        port: int | None = None,
        heap_mb: int | None = 512,
        node_settings: Mapping[str, str] | None = None,
        jvm_options: Sequence[str] = (),
    ) -> None:
        self.data = data.resolve()
        self.log = self.data / "logs" / "server.log"
        self._ports = self.data / "logs" / "http.ports"
        settings = self._settings(port, node_settings or {})
        self._command = command(home.resolve(), self.data / "tmp", heap_mb, jvm_options, settings)
        self._process: subprocess.Popen[bytes] | None = None
        self._address: str | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The base URL of the running server.

        Raises:
            SearchServerError: It is not running.
        """
        if self._address is None:
            raise SearchServerError("the search server is not running")
        return f"http://{self._address}"

    @property
    def pid(self) -> int | None:
        """The number of the server's process, while there is one."""
        return self._process.pid if self._process else None

    def start(self, timeout: float = 90) -> None:
        """Starts the server and returns when it answers.

        Raises:
            SearchServerError: It ended, or did not answer in time; the message has the end of its log.
        """
        if self._process:
            raise SearchServerError(f"the search server is already running (process {self._process.pid})")
        for folder in ("logs", "tmp", "snapshots"):
            (self.data / folder).mkdir(parents=True, exist_ok=True)
        self._ports.unlink(missing_ok=True)
        with self.log.open("wb") as log:
            # A session of its own: Ctrl-C is for this program to handle. The pipe is its lifeline, see Main.java.
            self._process = subprocess.Popen(  # noqa: S603
                self._command, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
            )
        try:
            self._address = self._wait_until_ready(self._process, time.monotonic() + timeout)
        except BaseException:
            self.stop()
            raise

    def stop(self, grace: float = 20) -> bool:
        """Asks the server to end and waits, then kills it; says whether it ended by itself."""
        process, self._process, self._address = self._process, None, None
        if process is None:
            return True
        if process.stdin:
            process.stdin.close()
        try:
            return process.wait(grace) == 0
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False

    def wait(self) -> None:
        """Blocks as long as the server runs.

        Raises:
            SearchServerError: It ended by itself.
        """
        if self._process:
            code = self._process.wait()
            raise self._failure(f"ended with code {code}")

    def _settings(self, port: int | None, further: Mapping[str, str]) -> dict[str, str]:
        return {
            "cluster.name": "questarium",
            "node.name": "questarium",
            "discovery.type": "single-node",
            # A laptop's disk is often nearly full; the default would then make every index read-only.
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "transport.port": "0",
            # The default takes garbage for memory in use, and nudges only another collector than ours (runtime.py) to
            # look for it: a server of 512 MB then refused every request for a while after much work.
            "indices.breaker.total.use_real_memory": "false",
            **further,
            "path.data": str(self.data / "nodes"),
            "path.logs": str(self.data / "logs"),
            "path.repo": str(self.data / "snapshots"),
            "network.host": HOST,
            "http.port": str(port or 0),
            # The system chooses a free port and the node writes it down: no other program can take it in between.
            "node.portsfile": "true",
        }

    def _wait_until_ready(self, process: subprocess.Popen[bytes], deadline: float) -> str:
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise self._failure(f"ended with code {process.returncode}")
            if self._ports.is_file():
                address = self._ports.read_text(encoding="utf-8").split()[0]
                if _is_healthy(address):
                    return address
            time.sleep(POLL_SECONDS)
        raise self._failure("did not answer in time")

    def _failure(self, what: str) -> SearchServerError:
        with self.log.open(encoding="utf-8", errors="replace") as log:
            end = "".join(deque(log, LOG_LINES))
        return SearchServerError(f"the search server {what}; the end of its log, {self.log}:\n{end}")


def run_foreground(
    home: Path, data: Path, port: int, on_ready: Callable[[str], None], *, heap_mb: int | None = None
) -> None:
    """Runs the server until Ctrl-C; calls ``on_ready`` with its URL when it answers.

    Raises:
        SearchServerError: It could not start, or ended by itself.
    """
    with suppress(KeyboardInterrupt), SearchServer(home, data, port=port, heap_mb=heap_mb) as server:
        on_ready(server.url)
        server.wait()


def _is_healthy(address: str) -> bool:
    # Plain http.client: proxies of the environment are not for loopback.
    connection = http.client.HTTPConnection(address, timeout=10)
    try:
        connection.request("GET", HEALTH)
        return connection.getresponse().status == http.HTTPStatus.OK
    except OSError:
        return False
    finally:
        connection.close()
