"""Commands about the sources side by side: where they differ."""

from typing import Annotated

import typer

from questarium.cli.options import Json, Limit, term_key
from questarium.cli.output import out, print_json, print_table
from questarium.queries.disagreements import DisagreementFilter
from questarium.queries.disagreements import disagreements as find_disagreements
from schemas.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(disagreements)


def disagreements(
    term: Annotated[str | None, typer.Argument(metavar="[TERM]", help="Such as fr-an-15; all by default.")] = None,
    field: Annotated[str | None, typer.Option(help="One field: title, answered, ministry_assigned, …")] = None,
    source: Annotated[str | None, typer.Option(help="One source: open_data, page, weekly, …")] = None,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """Show where two sources of one question differ, which reading stands and why, and how often they agree."""
    wanted = DisagreementFilter(term=term_key(term) if term else None, field=field, source=source)
    report = find_disagreements(Settings(), wanted, limit=limit)
    if as_json:
        print_json(report)
        return
    counted = [(each.source, each.other_source, each.field, each.agreed, each.disagreed) for each in report.fields]
    title = f"{report.questions_compared} questions of several sources in data version {report.data_version}"
    print_table(title, ("source", "other source", "field", "agreed", "disagreed"), counted)
    rows = [
        (each.question, one.field, one.source, one.value, one.other_source, one.other_value, one.chosen, one.rule)
        for each in report.disagreements
        for one in [each.disagreement]
    ]
    if rows:
        columns = ("question", "field", "source", "reading", "other source", "other reading", "stands", "rule")
        print_table(f"{len(rows)} of {report.total} disagreements", columns, rows)
    else:
        out.print("No disagreement.")
