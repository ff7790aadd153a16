"""What a crawl came to, as its process reports it, and the exit code that goes with it."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from schemas.capture import TermCounts

INTERRUPTED: Final = 130
INCOMPLETE: Final = 3
_SUMMED = ("requested", "new", "changed", "unchanged", "not_found", "failed", "pending")


@dataclass(frozen=True)
class Report:
    """What a crawl came to; numbers count questions of the term, or documents of a bulk file.

    `requested` were asked for in this run, and came to one of the six below. `finish` is `finished`, or why the run
    stopped early or is not whole: `undiscovered` (no answer of the search), `mostly_missing` (a 404 for most numbers),
    `storm`, `robots_unreadable`, `shutdown`, `archive_error`, `not_started`, `orphaned`, `crashed`, or why a bulk file
    did not come: `missing`, `empty`, `shrunken`, `damaged_archive`, `http_503` and the like. The `ledger_…` numbers
    are of the whole term, after the run.
    """

    term: str
    finish: str
    requested: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    not_found: int = 0
    failed: int = 0
    pending: int = 0
    ledger_archived: int = 0
    ledger_not_found: int = 0
    ledger_never_published: int = 0
    ledger_taken_down: int = 0
    ledger_failed: int = 0
    ledger_pending: int = 0
    error: str | None = None
    sources: str | None = None  # how each ended, where there are several

    @classmethod
    def joined(cls, reports: Mapping[str, "Report"], *, tolerated: frozenset[str]) -> "Report":
        """The report of several spiders, in their order, as of the last; an end as `tolerated` is no trouble."""
        last = list(reports.values())[-1]
        sums = {name: sum(getattr(each, name) for each in reports.values()) for name in _SUMMED}
        troubles = [each for each in reports.values() if each.finish not in {"finished", *tolerated}]
        worst = troubles[0] if troubles else last
        finish = worst.finish if troubles else "finished"
        told = ", ".join(f"{name} {each.finish}" for name, each in reports.items())
        return replace(last, **sums, finish=finish, error=worst.error, sources=told)

    @classmethod
    def of(cls, term: str, finish: str, came_to: Mapping[str, int], ledger: TermCounts) -> "Report":
        """The report of a run that came to its own end."""
        told: dict[str, Any] = {**came_to, **{f"ledger_{state}": n for state, n in ledger.model_dump().items()}}
        return cls(term, finish, requested=sum(came_to.values()), **told)

    def exit_code(self, *, of_whole_term: bool) -> int:
        """0 when everything came that was asked for, and, `of_whole_term`, nothing of the term is left to fetch."""
        if self.finish == "shutdown":
            return INTERRUPTED
        if self.finish == "start_error":
            return 1
        left = self.failed or self.pending or (of_whole_term and (self.ledger_failed or self.ledger_pending))
        return INCOMPLETE if left or self.finish != "finished" else 0

    def filled(self) -> dict[str, str | int]:
        """The report without what it does not say."""
        return {name: value for name, value in asdict(self).items() if value is not None}
