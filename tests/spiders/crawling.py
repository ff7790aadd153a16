"""Crawls as they are run: a process of its own against a replica on the loopback."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pipelines.archive.archive import Archive
from questarium.replica.server import Replica
from schemas.capture import NumberRecord
from schemas.identity import TermKey

TERM = TermKey(parliament="fr-an", term=15)


class Served(Protocol):
    """A site on the loopback."""

    @property
    def url(self) -> str:
        """Its address, without a final slash."""
        ...


@dataclass(frozen=True)
class Result:
    """What a crawl said."""

    code: int
    report: dict[str, Any]
    stderr: list[dict[str, Any]]


def command(replica: Served, archive: Path, *options: str, spider: str | Sequence[str] = "assemblee") -> list[str]:
    """The command line of a quick crawl."""
    spiders = [spider] if isinstance(spider, str) else spider
    base = [sys.executable, "-P", "-m", "spiders.run", *spiders, "--term", str(TERM), "--base-url", replica.url]
    quick = ["--archive", str(archive), "--delay", "0", "--backoff", "0.01", "--timeout", "2"]
    return [*base, *quick, *options]


def changed(line: Sequence[str], settings: str) -> list[str]:
    """The same command line with Scrapy's settings changed by a statement on `s`: for negative controls."""
    start = line.index("-m")
    code = f"import sys, runpy, spiders.settings as s; {settings}; sys.argv = sys.argv[:1] + sys.argv[3:];"
    return [*line[:start], "-c", f"{code} runpy.run_module('spiders.run', run_name='__main__')", *line[start:]]


def crawl(replica: Served, archive: Path, *options: str, spider: str | Sequence[str] = "assemblee") -> Result:
    """Run a crawl to its end."""
    line = command(replica, archive, *options, spider=spider)
    done = subprocess.run(line, capture_output=True, text=True, timeout=1500, check=False)
    lines = done.stdout.splitlines()
    return Result(
        done.returncode,
        json.loads(lines[-1]) if lines else {},
        [json.loads(line) for line in done.stderr.splitlines()],
    )


def states(archive: Path) -> dict[int, NumberRecord]:
    """What the ledger says of each number."""
    with Archive.open(archive) as opened:
        return {record.question.number: record for record in opened.numbers(TERM)}


def manifest(archive: Path) -> set[tuple[str, ...]]:
    """Everything an archive holds, times aside: addresses with digests, and numbers with states; each page is read."""
    with Archive.open(archive) as opened:
        pages = {(ref.url, opened.read(ref).ref.digest, str(ref.question)) for ref in opened.captures()}
        numbers = {(str(record.question), str(record.state)) for record in opened.numbers(TERM)}
    return {*pages, *numbers}


def asked(replica: Replica) -> list[int]:
    """The numbers asked of the replica, in order."""
    paths = [hit.path for hit in replica.log if "/q15/" in hit.path]
    return [int(path.rpartition("-")[2].removesuffix("QE.htm")) for path in paths]


def tell(injected: int, expected: int, silent: int, more: object = "") -> None:
    """The account of a fault test: how much was injected, how much ended as it should, how much passed unnoticed."""
    print(f"{injected} injected / {expected} as expected / {silent} silent {more}")  # noqa: T201  shown by pytest -s
