"""Layout D ("dyn") of the Assemblée nationale as HTML: terms 16 and 17, and older addresses redirected to it.

*Reconstructed* from what public parsers select: `p` with a label and a `span`, `p#blocMinistereAttributaire`, the texts
in `p._pa-small`, the answer before the question. The lines of the page tell its texts apart; the class is asked only
where they do not.
"""

from pipelines.parse.draft import Draft
from pipelines.parse.dyn import read_dyn
from pipelines.parse.html_page import HtmlPage
from pipelines.parse.markup import VisiblePage
from pipelines.parse.passage import passage
from pipelines.parse.several import refuse_several
from schemas.figure import Section
from schemas.identity import QuestionType
from schemas.question import EventKind

_TEXT = "_pa-small"
_DEBATED = (QuestionType.QG, QuestionType.QOSD)  # one text, in any number of blocks


def parse(page: HtmlPage) -> Draft:
    """Read a page; raises ParseError `unreadable_markup` or `several_questions`."""
    refuse_several(page.visible.lines)
    draft = read_dyn(page.visible, is_whole=True)
    if draft.shows(EventKind.ANSWERED) and not (draft.question and draft.answer) and draft.type not in _DEBATED:
        _take_blocks(page.visible, draft)
    return draft


def _take_blocks(page: VisiblePage, draft: Draft) -> None:
    """Two texts with no line between them: the blocks of the answer and of the question, in that order."""
    blocks = sorted(span for element, span in page.spans.items() if _TEXT in (element.get("class") or "").split())
    whole = draft.question or draft.answer
    if len(blocks) != 2:
        return
    answer, in_answer = passage(page, *blocks[0], Section.ANSWER)
    question, in_question = passage(page, *blocks[1], Section.QUESTION)
    if whole == f"{answer}\n{question}":  # nothing else stood with them
        draft.answer, draft.question, draft.tables = answer, question, [*in_question, *in_answer]
        draft.ministry_answered = draft.ministry_assigned
