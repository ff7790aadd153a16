"""Commands about delays: delays, overdue."""

from typing import Annotated

import typer

from questarium.cli.knowing import known_by
from questarium.cli.options import AsOf, Json, KnownAt, day, today
from questarium.cli.output import print_json, print_table, say
from questarium.queries.delays import DelayTable, Grouping, Since, delay_list, delay_table
from questarium.queries.overdue import overdue_list
from schemas.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(delays)
    app.command()(overdue)


def delays(
    by: Annotated[Grouping, typer.Option(help="What the questions are counted by.")] = Grouping.MINISTRY,
    term: Annotated[str | None, typer.Option(help="Only one term, such as fr-an-15.")] = None,
    since: Annotated[
        Since | None, typer.Option(help="With `--by minister`: only what each received since the appointment.")
    ] = None,
    listed: Annotated[
        str | None, typer.Option("--list", metavar="ROW", help="List the questions of that row instead; '' is no name.")
    ] = None,
    cell: Annotated[str, typer.Option(metavar="COLUMN", help="With `--list`: the column to open.")] = "published",
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """Count answered, waiting and overdue written questions, or list those behind one number."""
    settings, known = Settings(), known_by(known_at, term)
    at = day(as_of) or day(known_at) or today()
    if listed is not None:
        group = listed or None
        found = delay_list(settings, by=by, term=term, day=at, since=since, group=group, cell=cell, known=known)
        if as_json:
            print_json(found)
        else:
            print_table(
                f"{len(found.questions)} questions, {cell} on {at}", ("question",), [(q,) for q in found.questions]
            )
        return
    table = delay_table(settings, by=by, term=term, day=at, since=since, known=known)
    if as_json:
        print_json(table.as_json())
    else:
        _print_delays(table)


def _print_delays(table: DelayTable) -> None:
    names = (
        "published",
        "answered",
        "answered_rate",
        "due",
        "in_time",
        "waiting",
        "overdue",
        "withdrawn",
        "lapsed",
        "other",
    )
    rows = [(row.group, *(getattr(row, name) for name in names)) for row in table.rows]
    columns = (table.by.value, *(name.replace("_rate", " %").replace("_", " ") for name in names))
    since = " since the appointment" if table.since else ""
    print_table(f"Written questions by {table.by.value}{since} on {table.as_of}", columns, rows)
    say(f"{table.definition}: {table.definition_text}")
    for reason, count in table.excluded.items():
        say(f"left out, {reason}: {count}")


def overdue(
    term: Annotated[str | None, typer.Option(help="Only one term, such as fr-an-15.")] = None,
    ministry: Annotated[str | None, typer.Option(help="Words in the name of the ministry in charge.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", "-n", min=1, help="How many lines at most.")] = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    as_json: Json = False,
) -> None:
    """List the written questions past their due date and still waiting, oldest first."""
    known, at = known_by(known_at, term), day(as_of) or day(known_at) or today()
    found = overdue_list(Settings(), term=term, ministry=ministry, day=at, limit=limit, known=known)
    if as_json:
        print_json(found)
        return
    rows = [
        (each.id, each.published_date, each.due_date, each.days_late, each.ministry, each.title)
        for each in found.questions
    ]
    print_table(
        f"{found.total} overdue on {found.as_of}",
        ("question", "published", "due", "days late", "ministry", "title"),
        rows,
    )
