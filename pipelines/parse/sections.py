"""Where the parts of a labelled page begin: its head, the text of the question, the text of the answer."""

from collections.abc import Sequence

from pipelines.parse.author import read_author
from pipelines.parse.labelled import begins_head, number_alone
from pipelines.parse.labels import DATED, Field, read_label
from pipelines.parse.text import key
from pipelines.parse.types import question_type

_ANSWER_HEADING = "texte de la reponse"
_FEWEST_LETTERS = 5
_HEAD_FIELDS = frozenset(
    {Field.NUMBER, Field.MINISTRY_ASKED, Field.MINISTRY_ASSIGNED, Field.RUBRIC, Field.HEADING, Field.TITLE, *DATED}
)


def headings(lines: Sequence[str]) -> dict[Field, int]:
    """The first line that heads each of the texts: `Texte de la question`, `Texte de la réponse`, in either order."""
    found: dict[Field, int] = {}
    for index, line in enumerate(lines):
        known = read_label(line)
        if known is not None and known.field in (Field.QUESTION_TEXT, Field.ANSWER_TEXT):
            found.setdefault(known.field, index)
    return found


def is_beginning_of_heading(line: str) -> bool:
    """Whether a page ends within the heading of its answer: `Texte de la rép`."""
    plain = key(line) if len(line) <= len(_ANSWER_HEADING) else ""
    return len(plain) >= _FEWEST_LETTERS and plain != _ANSWER_HEADING and _ANSWER_HEADING.startswith(plain)


def head_start(lines: Sequence[str]) -> int | None:
    """The line where the labelled head begins: the question's number, or the first known label when that is cut off.

    The number that stands nearest above the first label counts: the page's title and its menu may show numbers too.
    """
    numbers = [index for index, line in enumerate(lines) if begins_head(line)]
    label = next((index for index, line in enumerate(lines) if _is_head_label(line)), None)
    if label is None:
        return numbers[-1] if numbers else None
    if numbers:
        return max((index for index in numbers if index <= label), default=numbers[0])
    return _above(lines, label)


def _above(lines: Sequence[str], label: int) -> int:
    """The first of the lines above a label that name asker, procedure or number alone: a head of another make."""
    while label > 0 and any(map(_names_question, lines[label - 1].split("|"))):
        label -= 1
    return label


def _names_question(cell: str) -> bool:
    return any(read(cell) is not None for read in (read_author, question_type, number_alone))


def _is_head_label(line: str) -> bool:
    known = read_label(line.strip(" |"))
    return known is not None and known.field in _HEAD_FIELDS and not begins_head(line)
