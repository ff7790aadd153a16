"""Layout C of the Assemblée nationale as page text: the visible text of a page of terms 14 and 15 (and 13, layout B).

Number, author, labelled lines, then `Texte de la question` and `Texte de la réponse`. Lines before the head are the
site's menu; the answer ends with the page, or where the site's footer begins.
"""

from collections.abc import Sequence

from pipelines.parse.draft import Draft
from pipelines.parse.furniture import without_footer
from pipelines.parse.labelled import nearest_term, read_head
from pipelines.parse.labels import Field, read_label
from pipelines.parse.sections import head_start, headings
from pipelines.parse.text import join_paragraphs


def parse(lines: Sequence[str]) -> Draft:
    """Read the visible lines of a page."""
    draft = Draft()
    found = headings(lines)
    first_heading = min(found.values(), default=len(lines))
    start = head_start(lines[:first_heading])
    if start is not None:
        draft.term = nearest_term(lines[:start])
        head = lines[start:first_heading]
        read_head(head if found else without_footer(head), draft)
    question_end = found.get(Field.ANSWER_TEXT, len(lines))
    draft.question = _text(lines, found.get(Field.QUESTION_TEXT), question_end)
    draft.answer = _text(lines, found.get(Field.ANSWER_TEXT), len(lines))
    return draft


def _text(lines: Sequence[str], at: int | None, end: int) -> str | None:
    """The text under the heading at that line."""
    if at is None:
        return None
    known = read_label(lines[at])
    text = [known.value] if known and known.value else []
    text += lines[at + 1 : end]
    return join_paragraphs(without_footer(text) if end == len(lines) else text)
