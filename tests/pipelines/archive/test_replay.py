"""Real replay tools over our files: pywb and the WACZ validator, in an environment of their own."""

import hashlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.export import export_wacz
from pipelines.archive.surt import surt
from schemas.capture import MEMBER_MARK, Fetched
from tests.pipelines.archive.pages import body, page, url
from tests.pipelines.archive.test_export import NOW, fill

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(900)]

ADDRESSES = (
    "https://questions.assemblee-nationale.fr/q15/15-12526QE.htm",
    "http://www2.assemblee-nationale.fr/recherche/resultats_questions/15/(offset)/20",
    "https://www.senat.fr/questions/base/2018/qSEQ180906765.html?b=2&a=1&a=0",
    "http://www.example.org:80/A//b/../c/./d/",
    "https://example.org:8443/x?",
    "https://example.org/é à?q=é+b",
    "https://example.org/%7Euser/a%2Fb%25c",
    "https://user:pw@Example.ORG./x#frag",
    "https://example.org/x?y=1&PHPSESSID=0123456789abcdef0123456789abcdef",
    "https://example.org/x?&&a=1",
    "https://bücher.example/x",
    "https://example.org/../../x",
)


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of pywb and of the WACZ validator."""
    folder = tmp_path_factory.mktemp("tools")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    # pywb still asks for pkg_resources, which newer setuptools no longer have.
    wanted = ["pywb>=2.9", "wacz>=0.6", "setuptools<81"]
    done = subprocess.run([str(folder / "bin" / "pip"), "install", "-q", *wanted], capture_output=True, check=False)
    if done.returncode != 0:
        pytest.skip("pywb cannot be installed here")
    return folder / "bin"


def member(number: int) -> Fetched:
    """A question out of a file of many, at the address of its own."""
    return page(number, url=f"https://data.example/questions.zip{MEMBER_MARK}QANR5L15QE{number}")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("replayed") / "archive"
    fill(root)
    with Archive.open_for_writing(root, source="opendata", now=NOW) as writer:
        writer.append_many([member(4), member(5)])
    export_wacz(root, root.parent / "all.wacz", title="Questions", now=NOW)
    return root


@contextmanager
def replayed(tools: Path, folder: Path, *added: str) -> Iterator[str]:
    """A pywb server over what was added to its collection; yields its address."""
    for command in (["init", "questions"], ["add", *added]):
        subprocess.run([str(tools / "wb-manager"), *command], cwd=folder, check=True, capture_output=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(tools / "wayback"), "-p", str(port), "-b", "127.0.0.1"]
    server = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while socket.socket().connect_ex(("127.0.0.1", port)):
            assert time.monotonic() < until, "pywb does not start"
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/questions"
    finally:
        server.terminate()
        server.wait()


def seen(server: str, day: float, number: int, address: str | None = None) -> tuple[int, bytes]:
    """What pywb shows of a page as it was on that day."""
    moment = page(number, day=day).fetched_at.strftime("%Y%m%d%H%M%S")
    try:
        with urllib.request.urlopen(f"{server}/{moment}id_/{address or url(number)}", timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, b""


def assert_replays(server: str) -> None:
    assert seen(server, 0, 1) == (200, body(1))
    assert seen(server, 3, 1) == (200, body(1)), "a visit that brought a 304"
    assert [seen(server, day, 2) for day in (0, 1, 2)] == [(200, body(2)), (200, body(2, 2)), (200, body(2))]
    assert seen(server, 0, 3)[0] == 404
    assert seen(server, 0, 99)[0] == 404
    assert [seen(server, 0, number, member(number).url) for number in (4, 5)] == [(200, body(4)), (200, body(5))]


def test_pywb_replays_the_files_of_the_archive(tools: Path, archive: Path, tmp_path: Path) -> None:
    files = sorted(map(str, (archive / "warc").iterdir()))
    with replayed(tools, tmp_path, "questions", *files) as server:
        assert_replays(server)


def test_pywb_replays_the_exported_file(tools: Path, archive: Path, tmp_path: Path) -> None:
    exported = archive.parent / "all.wacz"
    digest = hashlib.sha256(exported.read_bytes()).hexdigest()
    with replayed(tools, tmp_path, "--unpack-wacz", "questions", str(exported)) as server:
        assert_replays(server)
    assert hashlib.sha256(exported.read_bytes()).hexdigest() == digest


def test_the_validator_accepts_the_exported_file(tools: Path, archive: Path) -> None:
    done = subprocess.run(
        [tools / "wacz", "validate", "-f", str(archive.parent / "all.wacz")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, "Validation succeeded" in done.stdout) == (0, True), done.stdout + done.stderr


def test_sort_keys_are_those_of_the_internet_archive(tools: Path) -> None:
    script = "import sys, surt; print(*map(surt.surt, sys.argv[1:]), sep='\\n')"
    done = subprocess.run(
        [tools / "python", "-c", script, *ADDRESSES], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert [surt(each) for each in ADDRESSES] == done.stdout.splitlines()
