"""Question pages read as a plain script reads them: a stock BeautifulSoup, selectors and regular expressions.

One reader for each HTML layout; all take the same fields and check nothing.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from bs4 import BeautifulSoup, Tag

from questarium.replica.layouts import Layout

Fields = dict[str, object]

_DATED = re.compile(r"(\d{2})/(\d{2})/(\d{4})(?:\s*page\s*:\s*(\d+))?")
_IN_WORDS = re.compile(r"(\d{1,2})(?:er)? (\w+) (\d{4})")
_MONTHS = {
    name: number
    for number, name in enumerate(
        (
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        ),
        start=1,
    )
}


def _sections(soup: BeautifulSoup) -> Fields:
    texts = soup.select("section.question_answer > div")
    return {
        "number": _text(soup.select_one("div.question_big_content")),
        "author": _text(soup.select_one("#question_col80")),
        "columns": [
            _text(each).partition(">")[2].strip() for each in soup.select("div.question_col50, div.question_col33")
        ],
        "dates": _dated(map(_text, soup.select("div.question_publish_date > div"))),
        "question": "\n".join(_text(each) for each in texts[0].select("p")) if texts else None,
        "answer": _text(soup.select_one("div.reponse_contenu")),
    }


def _table(soup: BeautifulSoup) -> Fields:
    head, *rows = [row.find_all("td", recursive=False) for row in soup.select("table[width] > tr")]
    values = {_text(row[0]).rstrip(" :"): row[1] for row in rows}
    dates = values.pop("", None)
    return {
        "number": _text(head[0]),
        "author": _text(head[1]),
        "dates": _dated(_lines(dates)),
        "question": "\n".join(_lines(values.pop("Texte de la QUESTION", None))),
        "answer": "\n".join(_lines(values.pop("Texte de la REPONSE", None))),
        "columns": [_text(each) for each in values.values()],
    }


def _tags(soup: BeautifulSoup) -> Fields:
    published = soup.find("dpq")
    return {
        "number": _text(soup.find("num")),
        "author": _text(soup.find("aut")),
        "columns": [_text(soup.find(name)) for name in ("mini", "mina", "rub", "tana", "ana")],
        "dates": _dated(_lines(published.parent if published else None)),
        "question": "\n".join(_lines(soup.find("quest"))),
        "answer": "\n".join(_lines(soup.find("rep"))),
    }


def _spans(soup: BeautifulSoup) -> Fields:
    number, author, *_ = soup.select("table.entete td")
    texts = ["\n".join(_lines(each)) for each in soup.select("div.contenutexte")]
    return {
        "number": _text(number),
        "author": _text(author),
        "columns": [_text(each) for each in soup.select("span.contenu")],
        "dates": _dated(_lines(soup.select_one("p.dates"))),
        "question": texts[0],
        "answer": texts[1] if len(texts) > 1 else None,
    }


def _dyn(soup: BeautifulSoup) -> Fields:
    columns = soup.select("div._colonne")
    texts = ["\n".join(_text(each) for each in column.select("div._pa-small p")) for column in columns]
    labelled = [_text(each) for each in soup.select("section.details > p")]
    return {
        "number": _text(soup.find("h1")),
        "author": [_text(each) for each in columns[-1].find_all("p", recursive=False)],
        "columns": [line.partition(":")[2].strip() for line in labelled if ":" in line],
        "dates": [
            date(int(year), _MONTHS[month], int(day))
            for line in labelled
            for day, month, year in _IN_WORDS.findall(line)
        ],
        "question": texts[-1],
        "answer": texts[0] if len(texts) > 1 else None,
    }


_READERS: Final[dict[Layout, Callable[[BeautifulSoup], Fields]]] = {
    Layout.TABLE: _table,
    Layout.TAGS: _tags,
    Layout.SPANS: _spans,
    Layout.SECTIONS: _sections,
    Layout.DYN: _dyn,
}


def stock(page: bytes, layout: Layout) -> Fields:
    """The fields of a page of that layout."""
    return _READERS[layout](BeautifulSoup(page, "lxml"))


def _text(element: Tag | None) -> str:
    return " ".join(element.get_text().split()) if element else ""


def _lines(element: Tag | None) -> list[str]:
    """The lines of an element, broken at its `<br>`."""
    if element is None:
        return []
    for each in element.find_all("br"):
        each.replace_with("\n")
    return [line for part in element.get_text().split("\n") if (line := " ".join(part.split()))]


def _dated(lines: Iterable[str]) -> list[tuple[str, list[tuple[date, int | None]]]]:
    return [
        (
            line.partition(":")[0].strip(),
            [
                (date(int(year), int(month), int(day)), int(page) if page else None)
                for day, month, year, page in _DATED.findall(line)
            ],
        )
        for line in lines
    ]
