"""How fast the spider crawls a replica, beside a bare Scrapy spider that stores nothing.

Run `python -P -m benchmarks.bench_crawl [QUESTIONS]` from the checkout. Both ask one page at a time, without delay, in
a process of their own; the replica runs in a third. The ratio is what matters: it is the price of decoding with proof,
of looking at each page, and of an archive whose every group of records is on the disk before the next.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

BARE = """
import sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess

class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        for number in range(1, int(sys.argv[2]) + 1):
            yield scrapy.Request(f"{sys.argv[1]}/q15/15-{number}QE.htm")
    def parse(self, response):
        pass

settings = {"CONCURRENT_REQUESTS": 1, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False, "LOG_ENABLED": False, "HTTPERROR_ALLOW_ALL": True}
process = AsyncCrawlerProcess(settings)
process.crawl(Bare)
process.start()
"""
REPLICA = """
import sys
from questarium.replica.server import serve

with serve(int(sys.argv[1])) as replica:
    print(replica.url, replica.site.corpus.highest, flush=True)
    sys.stdin.read()
"""


def main() -> None:
    """Print pages a second of both, and their ratio; the start of the processes is measured and taken off."""
    questions = sys.argv[1] if len(sys.argv) > 1 else "2000"
    serve = [sys.executable, "-P", "-c", REPLICA, questions]
    with subprocess.Popen(serve, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as replica:
        assert replica.stdout is not None
        assert replica.stdin is not None
        url, highest = replica.stdout.readline().split()
        with tempfile.TemporaryDirectory() as folder:
            spider = [sys.executable, "-P", "-m", "spiders.run", "assemblee", "--term", "fr-an-15", "--delay", "0"]
            spider += ["--base-url", url, "--archive", str(Path(folder) / "archive")]
            ours = _seconds(spider)
            idle = _seconds(spider)  # nothing is left to ask for: this is the start alone
        bare = _seconds([sys.executable, "-P", "-c", BARE, url, highest])
        none = _seconds([sys.executable, "-P", "-c", BARE, url, "0"])
        replica.stdin.close()
    ours_rate, bare_rate = int(highest) / (ours - idle), int(highest) / (bare - none)
    print(f"{highest} pages: ours {ours_rate:.0f}/s, bare {bare_rate:.0f}/s, ratio {ours_rate / bare_rate:.2f}")


def _seconds(command: list[str]) -> float:
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    return time.monotonic() - started


if __name__ == "__main__":
    main()
