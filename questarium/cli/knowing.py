"""Commands about what the house knows besides the questions: registries."""

import typer

from questarium.cli.options import Json
from questarium.cli.output import print_json, print_table
from questarium.queries.registries import registries as read_registries
from schemas.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(registries)


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
