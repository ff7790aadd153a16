"""What is known: registries, reviewed corrections, and what had been captured by a past day (`--known-at`)."""

import typer

from questarium.cli.options import Json, day, term_key
from questarium.cli.output import print_json, print_table
from questarium.cli.progress import counting
from questarium.queries.corrections import CorrectionState, list_corrections
from questarium.queries.opened import Known, known_at
from questarium.queries.registries import registries as read_registries
from schemas.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(registries)
    app.command()(corrections)


def known_by(text: str | None, term: str | None) -> Known | None:
    """The data of `--known-at`, made ready while a bar moves; None where it is not given.

    Raises UsageError, NoDatasetError.
    """
    at = day(text)
    if at is None:
        return None
    terms = [str(term_key(term))] if term else None
    with counting(f"rebuilding what was known on {at}:") as advance:
        return known_at(Settings(), at, terms, on_progress=advance)


def registries(as_json: Json = False) -> None:
    """Show what the registries hold, and which labels of the collected questions they do not know."""
    report = read_registries(Settings())
    if as_json:
        print_json(report)
    else:
        print_table("Registries", ("registry", "lines"), list(report.held.items()))
        rows = [(each.term, each.kind, each.labels, each.known, f"{each.known_share:.1%}") for each in report.coverage]
        print_table(f"Labels in data version {report.data_version}", ("term", "kind", "labels", "known", "share"), rows)
        unknown = [(each.term, each.kind, one.label, one.questions) for each in report.coverage for one in each.unknown]
        if unknown:
            print_table("Unknown labels, kept as published", ("term", "kind", "label", "questions"), unknown)
    if not report.complete:
        raise typer.Exit(3)


def corrections(as_json: Json = False) -> None:
    """List the reviewed corrections, and what became of each."""
    found = list_corrections(Settings())
    if as_json:
        print_json(found)
    else:
        columns = ("question", "field", "published", "value", "source", "state")
        print_table("Corrections", columns, [tuple(getattr(each, name) for name in columns) for each in found])
    if any(each.state != CorrectionState.APPLIED for each in found):
        raise typer.Exit(3)
