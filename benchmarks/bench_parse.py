"""How fast pages are read: the whole reading, strict audit included, against a stock BeautifulSoup of the same fields.

Run `python -m benchmarks.bench_parse [PAGES]`. The peer (`stock_pages`) makes `BeautifulSoup(page, "lxml")` of the
whole page and takes the same fields; it checks nothing. Both read pages of the replica in each layout, padded with
menus, links and scripts to the size of real ones. Processor time, both in one run: look at the ratios.
"""

import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime

from benchmarks.stock_pages import stock
from pipelines.parse.read import read
from questarium.replica.corpus import synthetic
from questarium.replica.layouts import Layout, media_type, question_page
from schemas.capture import Capture, CaptureRef

LIMITS = {15_000: 2.5, 40_000: 6.0}
"""Size of a page in bytes → how many times as fast as the peer we have to be."""
NAMES = {Layout.TABLE: "A", Layout.TAGS: "A′", Layout.SPANS: "B", Layout.SECTIONS: "C", Layout.DYN: "D"}
ROUNDS = 3
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_MENU = '<li class="entry"><a href="/deputes/fiche/{n}" title="Fiche {n}">Entr&eacute;e num&eacute;ro {n}</a></li>\n'
_SCRIPT = 'window.dataLayer.push({{"event": "view", "page": "question-{n}", "section": "recherche"}});\n'
_BODY = re.compile(rb"<body[^>]*>")


def padded(page: bytes, size: int) -> bytes:
    """The page with a menu, a list of links outside of any menu, and scripts, a third of the missing bytes each.

    Old layouts have no `nav`: their menu is a list of links too.
    """
    third = max(0, size - len(page)) // 3
    links = b"<ul>" + _filled(_MENU, third) + b"</ul>"
    page = page.replace(b"<nav>", b"<nav>" + links, 1) if b"<nav>" in page else _BODY.sub(rb"\g<0>" + links, page, 1)
    page = page.replace(b"<main>", links + b"<main>", 1) if b"<main>" in page else _BODY.sub(rb"\g<0>" + links, page, 1)
    return page.replace(b"</head>", b"<script>" + _filled(_SCRIPT, third) + b"</script></head>", 1)


def _filled(line: str, size: int) -> bytes:
    whole = "".join(line.format(n=n) for n in range(size // len(line) + 1))
    return whole.encode()


def ours(page: bytes, layout: Layout) -> object:
    """The same page as the archive reads it: from bytes to the record, or to quarantine."""
    result = read(_capture(page, media_type(layout)))
    if not result.questions or result.quarantined:
        raise ValueError(f"a page of the replica was not read whole: {result.quarantined}")
    return result


def _capture(page: bytes, declared: str) -> Capture:
    ref = CaptureRef(
        capture_id="c" * 20,
        sequence=1,
        source="bench",
        url="https://localhost/page",
        digest="0" * 64,
        media_type=declared,
        status=200,
        first_seen=NOW,
        last_seen=NOW,
        warc_file="bench.warc.gz",
        offset=0,
        length=1,
    )
    return Capture(ref=ref, body=page)


def seconds(use: Callable[[bytes, Layout], object], pages: list[bytes], layout: Layout) -> float:
    """Processor time to read all the pages, best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for page in pages:
            use(page, layout)
        best = min(best, time.process_time() - start)
    return best


def main(count: int) -> None:
    """Print pages a second of both, and the ratio with its limit, for each layout and size."""
    for layout, name in NAMES.items():
        bare = [question_page(question, layout) for question in synthetic(count, seed=7)]
        for size, limit in LIMITS.items():
            pages = [padded(page, size) for page in bare]
            mean = sum(map(len, pages)) // len(pages)
            peer, mine = seconds(stock, pages, layout), seconds(ours, pages, layout)
            print(
                f"{name:2} {mean / 1000:5.1f} kB  stock {count / peer:6.0f} pages/s"
                f"  questarium {count / mine:6.0f} pages/s  ratio {peer / mine:5.2f} (limit {limit})"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
