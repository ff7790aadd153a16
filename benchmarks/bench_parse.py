"""How fast pages are read: the whole reading, strict audit included, against a stock BeautifulSoup of the same fields.

Run `python -m benchmarks.bench_parse [PAGES]`. The peer makes `BeautifulSoup(page, "lxml")` of the whole page and takes
the same fields by selector and regular expression; it checks nothing. Both read pages of the replica (layout C), whose
menus, links and scripts are padded to the size of real ones. Processor time, both in one run: look at the ratios.
"""

import re
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime

from bs4 import BeautifulSoup, Tag

from pipelines.parse.read import read
from questarium.replica.corpus import synthetic
from questarium.replica.layouts import question_page
from schemas.capture import Capture, CaptureRef

SIZES = (15_000, 40_000)
ROUNDS = 3
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_MENU = '<li class="entry"><a href="/deputes/fiche/{n}" title="Fiche {n}">Entrée du menu numéro {n}</a></li>\n'
_SCRIPT = 'window.dataLayer.push({{"event": "view", "page": "question-{n}", "section": "recherche"}});\n'
_DATED = re.compile(r"(\d{2})/(\d{2})/(\d{4})(?:\s*page\s*:\s*(\d+))?")


def padded(page: bytes, size: int) -> bytes:
    """The page with a menu, a list of links outside of any menu, and scripts, a third of the missing bytes each."""
    third = max(0, size - len(page)) // 3
    menu = _filled(_MENU, third)
    scripts = _filled(_SCRIPT, third)
    page = page.replace(b"<nav><ul>", b"<nav><ul>" + menu, 1)
    page = page.replace(b"<main>", b"<ul>" + menu + b"</ul><main>", 1)
    return page.replace(b"</head>", b"<script>" + scripts + b"</script></head>", 1)


def _filled(line: str, size: int) -> bytes:
    whole = "".join(line.format(n=n) for n in range(size // len(line) + 1))
    return whole.encode()


def stock(page: bytes) -> dict[str, object]:
    """The fields of a page of layout C as a plain script takes them."""
    soup = BeautifulSoup(page, "lxml")
    columns = [_text(each).partition(">")[2].strip() for each in soup.select("div.question_col50, div.question_col33")]
    dates = [
        (label.partition(":")[0].strip(), _dates(label))
        for label in map(_text, soup.select("div.question_publish_date > div"))
    ]
    texts = soup.select("section.question_answer > div")
    return {
        "number": _text(soup.select_one("div.question_big_content")),
        "author": _text(soup.select_one("#question_col80")),
        "columns": columns,
        "dates": dates,
        "question": "\n".join(_text(each) for each in texts[0].select("p")) if texts else None,
        "answer": _text(soup.select_one("div.reponse_contenu")),
    }


def _text(element: Tag | None) -> str:
    return " ".join(element.get_text().split()) if element else ""


def _dates(text: str) -> list[tuple[date, int | None]]:
    return [
        (date(int(year), int(month), int(day)), int(page) if page else None)
        for day, month, year, page in _DATED.findall(text)
    ]


def ours(page: bytes) -> object:
    """The same page as the archive reads it: from bytes to the record, or to quarantine."""
    result = read(_capture(page))
    if not result.questions or result.quarantined:
        raise ValueError(f"a page of the replica was not read whole: {result.quarantined}")
    return result


def _capture(page: bytes) -> Capture:
    ref = CaptureRef(
        capture_id="c" * 20,
        sequence=1,
        source="bench",
        url="https://localhost/page",
        digest="0" * 64,
        media_type="text/html; charset=utf-8",
        status=200,
        first_seen=NOW,
        last_seen=NOW,
        warc_file="bench.warc.gz",
        offset=0,
        length=1,
    )
    return Capture(ref=ref, body=page)


def seconds(use: Callable[[bytes], object], pages: list[bytes]) -> float:
    """Processor time to read all the pages, best of some rounds."""
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        for page in pages:
            use(page)
        best = min(best, time.process_time() - start)
    return best


def main(count: int) -> None:
    """Print pages a second of both, and the ratio, for each size."""
    bare = [question_page(question) for question in synthetic(count, seed=7)]
    for size in SIZES:
        pages = [padded(page, size) for page in bare]
        mean = sum(map(len, pages)) // len(pages)
        peer, mine = seconds(stock, pages), seconds(ours, pages)
        print(
            f"{mean / 1000:5.1f} kB  stock {count / peer:7.0f} pages/s  questarium {count / mine:7.0f} pages/s"
            f"  ratio {peer / mine:5.2f}"
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
