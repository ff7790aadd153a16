"""TEI P5: a teiCorpus with one TEI text for each question, written one after the other."""

import re
from collections.abc import Iterable, Iterator
from typing import Final, TextIO
from xml.sax.saxutils import escape, quoteattr

from questarium.exports.rows import Row

_TERMS: Final = ("parliament", "term", "type", "group", "ministry_assigned", "rubric", "status")
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2


def write_tei(target: TextIO, rows: Iterable[Row], texts: tuple[str, ...], licence: str) -> int:
    """Write the corpus; returns how many questions there were."""
    target.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    target.write('<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" version="3.3.0">\n')
    target.write(_header("Questions", [f"<p>{_plain(licence)}</p>"], ["<p>Questarium</p>"]))
    written = 0
    for row in rows:
        target.write(f"<TEI xml:id={quoteattr(row['id'])}>\n{_question_header(row)}<text><body>\n")
        for name in texts:
            if row[name]:
                paragraphs = "".join(f"<p>{_plain(line)}</p>\n" for line in row[name].splitlines() if line.strip())
                target.write(f'<div type="{name}"{_who(row, name)}>\n{paragraphs}</div>\n')
        if not any(row[name] for name in texts):
            target.write("<div><p/></div>\n")
        target.write("</body></text>\n</TEI>\n")
        written += 1
    target.write("</teiCorpus>\n")
    return written


def _header(title: str, published: list[str], source: list[str], profile: str = "") -> str:
    return (
        f"<teiHeader><fileDesc><titleStmt><title>{_plain(title)}</title></titleStmt>\n"
        f"<publicationStmt>{''.join(published)}</publicationStmt>\n"
        f"<sourceDesc>{''.join(source)}</sourceDesc></fileDesc>{profile}</teiHeader>\n"
    )


def _question_header(row: Row) -> str:
    source = [f"<bibl><idno>{_plain(row['id'])}</idno>{''.join(_bibliography(row))}</bibl>"]
    terms = "".join(f'<term type="{name}">{_plain(row[name])}</term>' for name in _TERMS if row[name] is not None)
    profile = f"\n<profileDesc><textClass><keywords>{terms}</keywords></textClass></profileDesc>"
    return _header(row["title"] or row["id"], ["<p/>"], source, profile)


def _bibliography(row: Row) -> Iterator[str]:
    if row["author"]:
        yield f"<author>{_plain(row['author'])}</author>"
    for name in ("published_date", "answered_date"):
        if row[name]:
            yield f'<date type="{name.removesuffix("_date")}" when="{row[name]}"/>'
    if row["source_url"]:
        yield f"<ref target={quoteattr(_clean(row['source_url']))}/>"


def _who(row: Row, name: str) -> str:
    speaker = row["author"] if name == "question" else row["ministry_answered"] or row["ministry_assigned"]
    return f" n={quoteattr(_clean(speaker))}" if speaker else ""


def _plain(value: object) -> str:
    return escape(_clean(str(value)))


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NOT_IN_XML.sub("", text)
