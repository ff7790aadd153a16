"""Archive: group-commit writing against a bare fastwarc writer, and `verify` against sha256 of the same files.

Run: `python -m benchmarks.bench_archive [PAGES]`. Ratios of the same run, on pages of some 30 kB.
"""

import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

from pipelines.archive.archive import Archive
from pipelines.archive.verify import verify
from schemas.capture import Fetched
from schemas.identity import QuestionKey

GROUP = 64
PAGE_BYTES = 30_000
START = datetime(2026, 11, 23, 10, 15, tzinfo=UTC)


def pages(how_many: int) -> list[Fetched]:
    """Pages of words drawn as in a language: a few frequent, most rare."""
    chance = random.Random(7)
    words = ["".join(chance.choices("aeiourstlnmdpc", k=chance.randint(2, 11))) for _ in range(20_000)]
    weights = [1 / rank for rank in range(1, len(words) + 1)]
    return [
        Fetched(
            source="assemblee",
            url=f"https://questions.example/q15/15-{number}QE.htm",
            fetched_at=START,
            status=200,
            media_type="text/html; charset=UTF-8",
            body=" ".join(chance.choices(words, weights, k=PAGE_BYTES // 6)).encode(),
            question=QuestionKey.parse(f"fr-an-15-QE-{number}"),
        )
        for number in range(1, how_many + 1)
    ]


def write_archive(root: Path, fetched: list[Fetched]) -> None:
    """What we measure."""
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        for start in range(0, len(fetched), GROUP):
            archive.append_many(fetched[start : start + GROUP])


def write_bare(path: Path, fetched: list[Fetched]) -> None:
    """The limit: the same records with the same compression, no digest, no ledger, nothing synced."""
    with path.open("wb") as file:
        writer = GzipWriter(file, compression_level=6)
        for each in fetched:
            record = WarcRecord()
            record.init_headers(WarcRecordType.response)
            record.is_http = True
            record.headers["WARC-Target-URI"] = each.url
            record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + each.body)
            record.write(writer)
            writer.finish()
        writer.close()


def seconds(work: Callable[..., object], *arguments: object) -> float:
    """Time that some work takes."""
    started = time.perf_counter()
    work(*arguments)
    return time.perf_counter() - started


def main(how_many: int) -> None:
    """Print the ratios; of three turns the middle one."""
    fetched = pages(how_many)
    with tempfile.TemporaryDirectory() as folder:
        rounds = []
        for turn in range(3):
            root = Path(folder) / f"archive-{turn}"
            bare = seconds(write_bare, Path(folder) / f"{turn}.warc.gz", fetched)
            ours = seconds(write_archive, root, fetched)
            rounds.append((bare / ours, bare, ours))
        ratio, bare, ours = sorted(rounds)[1]
        data = b"".join(path.read_bytes() for path in (root / "warc").iterdir())
        payload = sum(len(each.body) for each in fetched)
        checked = seconds(verify, root)
        hashed = seconds(lambda: (hashlib.sha256(data), [hashlib.sha256(each.body) for each in fetched]))
    print(f"bare fastwarc writer  {how_many / bare:8.0f} records/s")
    print(f"archive, groups of {GROUP} {how_many / ours:8.0f} records/s = {ratio:.0%} of the bare writer (target 50 %)")
    rate, share = payload / checked / 1e6, hashed / checked
    print(f"verify                {rate:8.0f} MB/s of payload = {share:.0%} of hashing alone")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
