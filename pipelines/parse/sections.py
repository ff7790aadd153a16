"""Where the parts of a labelled page begin: its head, the text of the question, the text of the answer."""

from collections.abc import Sequence

from pipelines.parse.labelled import begins_head
from pipelines.parse.labels import DATED, Field, read_label

_HEAD_FIELDS = frozenset(
    {Field.NUMBER, Field.MINISTRY_ASKED, Field.MINISTRY_ASSIGNED, Field.RUBRIC, Field.HEADING, Field.TITLE, *DATED}
)


def headings(lines: Sequence[str]) -> dict[Field, int]:
    """The lines that head the texts: the first `Texte de la question`, and the first `Texte de la réponse` after it.

    A page that shows only its answer has only that one.
    """
    found: dict[Field, int] = {}
    for index, line in enumerate(lines):
        known = read_label(line)
        if known is None or known.field not in (Field.QUESTION_TEXT, Field.ANSWER_TEXT):
            continue
        if Field.ANSWER_TEXT not in found:
            found.setdefault(known.field, index)
    return found


def head_start(lines: Sequence[str]) -> int | None:
    """The line where the labelled head begins: the question's number, or the first known label when that is cut off."""
    for index, line in enumerate(lines):
        if begins_head(line):
            return index
    for index, line in enumerate(lines):
        known = read_label(line.strip(" |"))
        if known and known.field in _HEAD_FIELDS:
            return index
    return None
