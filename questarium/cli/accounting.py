"""How the accounts of a term are shown: every number's state, and what one source has and another lacks."""

from collections.abc import Sequence

import typer

from pipelines.archive.archive import Archive
from questarium.cli.options import term_key
from questarium.cli.output import out, print_json, print_table, say
from questarium.queries.gaps import Difference, Reconciliation, TermGaps
from schemas.identity import TermKey
from schemas.settings import Settings

_MARKS = {True: "yes", False: "no", None: None}


def held_terms(settings: Settings, term: str | None) -> list[TermKey]:
    """The term that was named, or all that the archive knows of."""
    if term is not None:
        return [term_key(term)]
    with Archive.open(settings.archive_dir) as archive:
        return archive.terms()


def print_gaps(reports: Sequence[TermGaps], *, as_json: bool) -> None:
    """Print the accounts; exit 3 while something is not fetched."""
    if as_json:
        print_json({"terms": reports})
    else:
        for report in reports:
            _print_account(report)
    lacking = {report.term: report.not_fetched for report in reports if report.not_fetched}
    for term, count in lacking.items():
        say(f"{count} numbers are not fetched: questarium collect {term}")
    if lacking:
        raise typer.Exit(3)


def print_reconciliations(reports: Sequence[Reconciliation], *, as_json: bool) -> None:
    """Print what each source has, and the numbers that not all of those collected have."""
    if as_json:
        print_json({"terms": reports})
        return
    for report in reports:
        print_table(f"{report.term}: numbers by source", ("source", "numbers"), list(report.counts.items()))
        sources = tuple(report.counts)
        rows = [(each.number, *_marks(each, sources), each.state) for each in report.differences]
        if rows:
            print_table("Not in every source that was collected", ("number", *sources, "state"), rows)
        out.print(f"{report.in_all} numbers are in every source that was collected, {len(rows)} are not")


def _print_account(report: TermGaps) -> None:
    known = ", ".join(f"{name} {number}" for name, number in report.highest_by.items() if number)
    out.print(f"{report.term}: numbers 1 to {report.highest} (highest known: {known or 'none'})")
    print_table("States", ("state", "numbers"), list(report.states.items()))
    rows = [(gap.number, gap.state, gap.reason, "\n".join(gap.evidence) or None) for gap in report.gaps]
    if rows:
        print_table("Numbers without a published question", ("number", "state", "reason", "evidence"), rows)


def _marks(difference: Difference, sources: tuple[str, ...]) -> tuple[str | None, ...]:
    return tuple(_MARKS[difference.has[source]] for source in sources)
