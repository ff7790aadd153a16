"""What one visit to a question's address came to: the items that spiders hand to the archive."""

from dataclasses import dataclass
from datetime import datetime

from schemas.capture import Fetched, NumberRecord, NumberState
from schemas.identity import QuestionKey

REFUSING = frozenset(
    {
        "no_question",
        "wrong_number",
        "wrong_term",
        "wrong_procedure",
        "redirect_loop",
        "off_site",
        "sent_away",
        "too_big",
    }
)
"""Reasons that are the site's answer, and not a question's page; every other setback is trouble that may pass."""

_PASSING = frozenset({"http_403", "http_404", "http_410", "http_429"})  # to be asked again before they count


@dataclass(frozen=True)
class Outcome:
    """One visit: a page, a page that has not changed, no such page, or a setback.

    Attributes:
        key: the question asked for.
        known: whether the archive already had a page of it.
        fetched: the answer to keep: the page, a 304, or what shows why there is no page.
        record: what the ledger shall say when no page came.
    """

    key: QuestionKey
    known: bool
    fetched: Fetched | None
    record: NumberRecord | None = None


def is_refusal(reason: str) -> bool:
    """Whether a reason is the site's answer to that question, and not trouble that may pass."""
    return reason in REFUSING or (reason.startswith("http_4") and reason not in _PASSING)


def setback(
    key: QuestionKey,
    reason: str,
    at: datetime,
    *,
    known: bool,
    url: str,
    tries: int,
    evidence: Fetched | None = None,
    once_more: bool = False,
) -> Outcome:
    """No page this time; a page that the archive already has stays archived, with the reason noted.

    What will be asked for `once_more` in this run is pending until then, whatever the answer was.
    """
    state = NumberState.FAILED if is_refusal(reason) and not once_more else NumberState.PENDING
    return Outcome(key, known, evidence, _record(key, state, reason, at, known=known, url=url, tries=tries))


def missing(key: QuestionKey, at: datetime, *, known: bool, evidence: Fetched) -> Outcome:
    """The site says that it has no such question; one that was archived stays so, with this answer beside it."""
    if known:
        return Outcome(key, known, evidence)
    reason = f"http_{evidence.status}"
    return Outcome(
        key, known, evidence, _record(key, NumberState.NOT_FOUND, reason, at, known=False, url=evidence.url, tries=1)
    )


def _record(
    key: QuestionKey, state: NumberState, reason: str, at: datetime, *, known: bool, url: str, tries: int
) -> NumberRecord:
    return NumberRecord(
        question=key,
        state=NumberState.ARCHIVED if known else state,
        reason=reason,
        url=url,
        tries=tries,
        next_try=None if state is NumberState.NOT_FOUND else at,
        updated=at,
    )
