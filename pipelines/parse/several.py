"""A page text that holds several questions, as sites of members and of associations reprint them: one after another.

A page of one question may show further numbers, in its title, its menu or its texts. So a question ends before the
number of another only where it has labels and a text above it, and where the labels of a head follow at once below it.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipelines.parse.dyn_head import begins_dyn, number_of
from pipelines.parse.labelled import begins_head, number_shown, read_term
from pipelines.parse.labels import LONGEST_LABEL_LINE, Field, read_label
from pipelines.parse.text import key
from schemas.errors import ParseError

_BEGINS_TEXT = frozenset({Field.QUESTION_TEXT, Field.AUTHOR})  # a heading in layouts A to C, the asker in layout D
_HEAD_LABELS = frozenset({Field.MINISTRY_ASKED, Field.MINISTRY_ASSIGNED, Field.RUBRIC, Field.PUBLISHED})
_NEXT = 8  # lines below a number in which the first labels stand
_RULE = re.compile(r"[-_=*–—. ]{3,}")
_TITLE = "fiche question"
_ASKER = re.compile(r" de (?:M|Mme|Mlle)\b")


def questions_apart(lines: Sequence[str]) -> list[list[str]]:
    """The lines of each question of a page; of a page of one question, all of them."""
    starts = [0]
    heads = [index for index, line in enumerate(lines) if begins_head(line) or begins_dyn(line)]
    for place, at in enumerate(heads):
        end = heads[place + 1] if place + 1 < len(heads) else len(lines)
        shown = {_number(lines[index]) for index in heads[:place] if index >= starts[-1]}
        if _number(lines[at]) not in shown and _is_question(lines[starts[-1] : at]) and _is_head(lines[at:end]):
            starts.append(_above(lines, at))
    return [list(lines[start:end]) for start, end in pairwise([*starts, len(lines)])]


def refuse_several(lines: Sequence[str]) -> None:
    """Raise ParseError `several_questions` unless these lines of an HTML page are of one question."""
    if (count := len(questions_apart(lines))) > 1:
        raise ParseError("several_questions", f"the page shows {count} questions, where the site shows one")


def _number(line: str) -> int | None:
    shown = number_shown(line)
    return number_of(line) if shown is None else shown


def _is_question(lines: Sequence[str]) -> bool:
    """Whether these lines have the labels of a question and the beginning of its text."""
    fields = _fields(lines)
    return bool(fields & _BEGINS_TEXT) and bool(fields & _HEAD_LABELS)


def _is_head(lines: Sequence[str]) -> bool:
    """Whether labels follow the number that begins these lines, or the number names its asker and ends the page."""
    is_cut = len(lines) == 1 and _ASKER.search(lines[0]) is not None
    return is_cut or bool(_fields(lines[1:_NEXT]) & (_HEAD_LABELS | {Field.AUTHOR}))


def _fields(lines: Sequence[str]) -> set[Field]:
    known = (read_label(line.strip(" |")) for line in lines if len(line) <= LONGEST_LABEL_LINE)
    return {label.field for label in known if label}


def _above(lines: Sequence[str], at: int) -> int:
    """Where the lines above a number begin that belong to it: the title of such pages, the législature."""
    while at > 0 and (_RULE.fullmatch(line := lines[at - 1]) or read_term(line) or key(line[:80]) == _TITLE):
        at -= 1
    return at
