"""What every page of a layout shows: where it is missing, the layout has changed, or the page was cut."""

from pipelines.parse.draft import Draft
from schemas.identity import QuestionType
from schemas.question import EventKind


def report_absent(draft: Draft) -> None:
    """Report the author, the ministry, the rubric or the day of publication that a head does not show."""
    shown = {
        "author": draft.author,
        "ministry_asked": draft.ministry_asked,
        "rubric": draft.rubric,
        "events": draft.shows(EventKind.PUBLISHED) or _is_dated_once(draft),
    }
    for part, value in shown.items():
        if not value and not draft.is_bare():
            draft.report("missing_field", part, f"the page does not show its {part}, as every page of this layout does")


def _is_dated_once(draft: Draft) -> bool:
    """Whether it is a question to the Government: asked and answered in one sitting, of which pages print one date."""
    return draft.type == QuestionType.QG and draft.shows(EventKind.ANSWERED)
