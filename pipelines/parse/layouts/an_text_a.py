"""Layout A of the Assemblée nationale as page text (terms 8 to 13): a table, its cells closed by `|` lines.

The texts are headed in capitals: `Texte de la QUESTION :`, `|`, the text, `|`. Most texts of such pages show nothing
but these, so that identity comes from the address. A text whose cell is not closed was cut off.
"""

from collections.abc import Sequence

from pipelines.parse.draft import Draft
from pipelines.parse.furniture import without_footer
from pipelines.parse.labelled import nearest_term, read_head
from pipelines.parse.labels import Field, read_label
from pipelines.parse.sections import head_start, headings
from pipelines.parse.text import join_paragraphs

_CELL = "|"


def parse(lines: Sequence[str]) -> Draft:
    """Read the visible lines of a page."""
    draft = Draft()
    found = headings(lines)
    first_heading = min(found.values(), default=len(lines))
    start = head_start(lines[:first_heading])
    if start is not None:
        draft.term = nearest_term(lines[:start])
        head = lines[start:first_heading]
        read_head(head if found else without_footer(head), draft, surname_first=True)
    question_end = found.get(Field.ANSWER_TEXT, len(lines))
    if (at := found.get(Field.QUESTION_TEXT)) is not None:
        draft.question = _cell(draft, lines, at, question_end, "question")
        draft.question_withheld = draft.question is None and not draft.problems
    if (at := found.get(Field.ANSWER_TEXT)) is not None:
        draft.answer = _cell(draft, lines, at, len(lines), "answer")
    return draft


def _cell(draft: Draft, lines: Sequence[str], at: int, end: int, part: str) -> str | None:
    """The text of the cell after the heading at that line."""
    known = read_label(lines[at])
    first = [known.value] if known and known.value else []
    rest = [*first, *lines[at + 1 : end]]
    if not rest or not (rest[0].startswith(_CELL) or lines[at].rstrip().endswith(_CELL)):
        return join_paragraphs(without_footer(rest) if end == len(lines) else rest)
    bars = [index for index, line in enumerate(rest) if line.endswith(_CELL) and (index > 0 or line != _CELL)]
    if bars:
        rest = rest[: bars[-1] + 1]
    elif not lines[at].rstrip().endswith(_CELL):
        draft.report("truncated", part, "the cell of the text is not closed")
    return join_paragraphs(line for cell in rest if (line := cell.strip(" |")))
