"""Every hit of a query as a file for another program, and beside it a file that says what it is, to get it again.

Without a cap, in a stable order, in constant memory: the same query on the same data version gives the same bytes.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final, TextIO

import orjson

from questarium.exports.columnar import write_json_lines, write_parquet
from questarium.exports.corpora import write_iramuteq, write_txm
from questarium.exports.delimited import write_csv
from questarium.exports.references import write_bibtex, write_ris
from questarium.exports.rows import COLUMNS, TEXTS, Row
from questarium.exports.spreadsheet import write_xlsx
from questarium.exports.tei import write_tei
from questarium.queries.asked import Asked
from questarium.queries.catalogue import Catalogue
from schemas.errors import SearchError, UsageError
from schemas.identity import PERMALINK
from schemas.record import Record
from schemas.search import Origin, Shown, Sort

_PAGE: Final = 2_000
_STORED: Final = {"author": "author_name", "group": "author_group", "constituency": "author_constituency"}


class Format(StrEnum):
    """What is written: a table, a corpus for textometry, TEI, or references."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    XLSX = "xlsx"
    IRAMUTEQ = "iramuteq"
    TXM = "txm"
    TEI = "tei"
    BIBTEX = "bibtex"
    RIS = "ris"

    @classmethod
    def by_ending(cls, target: Path) -> "Format":
        """The format that the name of a file ends with; CSV for any other."""
        return next((each for each in cls if target.suffix.lower() == f".{each.value}"), cls.CSV)


class Exported(Record):
    """What was written where; the same is in the file `about`."""

    path: Path
    about: Path
    format: Format
    sort: Sort
    questions: int
    origin: Origin


def export(asked: Asked, target: Path, *, kind: Format, sort: Sort, texts: tuple[str, ...] = TEXTS) -> Exported:
    """Write every hit to `target`, a folder for TXM, a file otherwise; whole or not at all.

    Corpora hold the chosen `texts` only. Raises UsageError for a place that cannot be written.
    """
    about = target.with_name(target.name + ".about.json")
    try:
        with _replacing(target) as draft:
            written = _write_every(asked, draft, kind, sort, texts)
        exported = Exported(path=target, about=about, format=kind, sort=sort, questions=written, origin=asked.origin)
        about.write_bytes(orjson.dumps(exported.model_dump(mode="json"), option=orjson.OPT_INDENT_2) + b"\n")
    except ValueError as error:
        raise UsageError(f"'{target}' cannot be written: {error}") from error
    except OSError as error:
        raise UsageError(f"'{target}' cannot be written ({error.strerror}): choose another place") from error
    return exported


def export_to(out: BinaryIO, asked: Asked, *, kind: Format, sort: Sort, texts: tuple[str, ...] = TEXTS) -> int:
    """Write every hit to a stream, once all are read, and return their number; raises UsageError for a folder (TXM)."""
    if kind is Format.TXM:
        raise UsageError("a TXM corpus is a folder and cannot go into a stream: name one")
    with TemporaryDirectory() as folder:
        draft = Path(folder, "export")
        try:
            written = _write_every(asked, draft, kind, sort, texts)
        except ValueError as error:
            raise UsageError(f"this cannot be written: {error}") from error
        with draft.open("rb") as file:
            copyfileobj(file, out)
    return written


def _write_every(asked: Asked, draft: Path, kind: Format, sort: Sort, texts: tuple[str, ...]) -> int:
    """Write every hit; raises SearchError if they are not as many as the engine counts."""
    expected = asked.total()
    written = _write(kind, draft, export_rows(asked, sort), texts, asked.origin)
    if written != expected:
        raise SearchError(f"{written} of {expected} hits were read: the index changed meanwhile, export again")
    return written


def export_rows(asked: Asked, sort: Sort) -> Iterator[Row]:
    """Every hit as a row: the metadata of the data version and the texts that the index keeps."""
    wanted = [_STORED.get(name, name) for name in COLUMNS if name not in (*TEXTS, "url")]
    catalogue = Catalogue(asked.version, wanted)
    remaining = asked.shown(sort)
    while page := list(islice(remaining, _PAGE)):
        stored = {row["id"]: row for row in catalogue.rows([each.id for each in page])}
        if len(stored) < len(page):
            raise SearchError("the index changed while it was read, nothing was written: export again")
        yield from (_row(each, stored[each.id]) for each in page)


def _row(shown: Shown, stored: dict[str, Any]) -> Row:
    given = {"url": PERMALINK.format(id=shown.id), "question": shown.question, "answer": shown.answer}
    return {name: given[name] if name in given else stored[_STORED.get(name, name)] for name in COLUMNS}


def _write(kind: Format, draft: Path, rows: Iterator[Row], texts: tuple[str, ...], origin: Origin) -> int:
    match kind:
        case Format.PARQUET:
            return write_parquet(draft, rows, _flat(origin))
        case Format.XLSX:
            return write_xlsx(draft, rows, _flat(origin))
        case Format.JSONL:
            with draft.open("wb") as file:
                return write_json_lines(file, rows)
        case Format.TXM:
            return write_txm(draft, rows, texts)
        case _:
            with draft.open("w", encoding="utf-8", newline="") as file:
                return _write_text(kind, file, rows, texts, origin)


def _write_text(kind: Format, file: TextIO, rows: Iterator[Row], texts: tuple[str, ...], origin: Origin) -> int:
    match kind:
        case Format.IRAMUTEQ:
            return write_iramuteq(file, rows, texts)
        case Format.TEI:
            return write_tei(file, rows, texts, origin.licence)
        case Format.BIBTEX:
            return write_bibtex(file, rows)
        case Format.RIS:
            return write_ris(file, rows)
        case _:
            return write_csv(file, list(COLUMNS), (list(row.values()) for row in rows))


def _flat(origin: Origin) -> dict[str, str]:
    told = {"query": origin.query, "normalised": origin.understood.normalised, "data_version": origin.data_version}
    return {**told, "as_of": origin.as_of.isoformat(), "licence": origin.licence}


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A draft beside the target, that takes its place once it is whole, and goes when anything fails."""
    _check(target)
    draft = target.with_name(f".{target.name}.part")
    _remove(draft)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield draft
        if draft.is_dir():
            _remove(target)
        draft.replace(target)
    finally:
        _remove(draft)


def _check(target: Path) -> None:
    """Raise UsageError for a folder that holds anything but an earlier export."""
    names = {each.name for each in target.iterdir()} if target.is_dir() else set[str]()
    ours = "metadata.csv" in names and all(name.endswith(".txt") for name in names - {"metadata.csv"})
    if names and not ours:
        raise UsageError(f"'{target}' is a folder with other things in it: name a new one")


def _remove(path: Path) -> None:
    """Remove a file, or a folder of files that an export wrote."""
    if path.is_dir() and not path.is_symlink():
        for each in path.iterdir():
            each.unlink()
        path.rmdir()
    else:
        path.unlink(missing_ok=True)
