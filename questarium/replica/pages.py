"""Pages of the Assemblée's site around the questions: search results, notices; and where each page is.

*Reconstructed*, as the pages of the questions themselves are (`layouts`).
"""

from collections.abc import Sequence

from questarium.replica.corpus import SyntheticQuestion
from questarium.replica.printing import Printed, french
from questarium.replica.rendering import render
from schemas.question import EventKind

PAGE_SIZE = 20
"""Rows of one page of search results."""


def question_path(question: Printed) -> str:
    """Where the site has that page."""
    key = question.key
    return f"/q{key.term}/{key.term}-{key.number}{key.type}.htm"


def listing_path(term: int, offset: int) -> str:
    """Where the site has the search results from that row on."""
    return f"/recherche/resultats_questions/{term}/(offset)/{offset}"


def listing_page(rows: Sequence[SyntheticQuestion], *, term: int, total: int, offset: int) -> bytes:
    """One page of search results, newest number first, UTF-8."""
    return render(
        "listing.html",
        questions=rows,
        links=[question_path(question) for question in rows],
        dates=[(french(question.published), _answered(question)) for question in rows],
        total=total,
        previous=listing_path(term, max(0, offset - PAGE_SIZE)) if offset else None,
        next=listing_path(term, offset + PAGE_SIZE) if offset + len(rows) < total else None,
    ).encode()


def notice_page(heading: str, sentence: str) -> bytes:
    """A page that says one thing: not found, maintenance, access refused."""
    return render("notice.html", heading=heading, sentence=sentence).encode()


def _answered(question: SyntheticQuestion) -> str:
    return next((french(event.date) for event in question.events if event.kind is EventKind.ANSWERED), "")
