"""The annotation loop: candidate figures of new texts for a person to correct, and scores against what was corrected.

A line is `{"doc", "text", "figures"}`. A person mends the figures of a candidate line, drops the wrong ones, adds the
missing ones (offsets in code points), marks borderline ones `"optional": true`, and the line is gold.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import orjson

from pipelines.dataset.read import iter_questions
from pipelines.figures.extract import extract, to_gold
from pipelines.figures.scoring import Report, score
from questarium.queries.opened import current_version
from schemas.errors import UsageError
from schemas.question import Question
from schemas.settings import Settings

Line = dict[str, Any]


def candidates(texts: Iterable[tuple[str, str]]) -> Iterator[Line]:
    """One line per named text, with the figures read in it and the rule that found each."""
    for doc, text in texts:
        figures = [to_gold(figure) | {"optional": False, "rule": figure.rule} for figure in extract(text)]
        yield {"doc": doc, "text": text, "figures": figures}


def sampled_texts(settings: Settings, size: int) -> Iterator[tuple[str, str]]:
    """Texts of the current data version, drawn by the hash of their ids: the same ones for the same version."""
    questions = sorted(iter_questions(current_version(settings)), key=lambda question: _hash(question.id))
    drawn = [text for question in questions for text in _texts(question)]
    yield from drawn[:size]


def given_texts(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """The named texts of JSON lines `{"doc", "text"}`; raises UsageError with the line's number."""
    for place, line in enumerate(lines, start=1):
        if line.strip():
            given = _parsed(line, f"line {place}")
            if not isinstance(given.get("text"), str):
                raise UsageError(f'line {place}: expected an object with "doc" and "text"')
            yield str(given.get("doc", place)), given["text"]


def score_files(gold: Path, read: Path | None) -> Report:
    """The report of a file of read figures against an annotated one; without it the texts are read now.

    Raises:
        UsageError: A file is missing, or a line is no annotated text.
    """
    annotated = list(_lines(gold))
    found = None if read is None else {line["doc"]: line["figures"] for line in _lines(read)}
    return score(
        (line["doc"], line["text"], line["figures"], _read_now(line) if found is None else found.get(line["doc"], ()))
        for line in annotated
    )


def _read_now(line: Line) -> list[Mapping[str, Any]]:
    return [to_gold(figure) | {"rule": figure.rule} for figure in extract(line["text"])]


def _lines(path: Path) -> Iterator[Line]:
    if not path.is_file():
        raise UsageError(f"there is no file {path}")
    for place, line in enumerate(path.read_bytes().splitlines(), start=1):
        if line.strip():
            given = _parsed(line, f"{path}, line {place}")
            if "doc" not in given or not isinstance(given.get("figures"), list):
                raise UsageError(f'{path}, line {place}: expected an object with "doc" and "figures"')
            yield given


def _parsed(line: bytes, place: str) -> Line:
    try:
        given = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UsageError(f"{place}: no JSON: {error}") from error
    if not isinstance(given, dict):
        raise UsageError(f"{place}: expected an object")
    return given


def _texts(question: Question) -> Iterator[tuple[str, str]]:
    for name, text in (("q", question.question), ("r", question.answer)):
        if text:
            yield f"{question.id}-{name}", text


def _hash(name: str) -> str:
    return sha256(name.encode()).hexdigest()
