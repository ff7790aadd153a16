"""Commands that fill: import, collect, build. Dagster, and what reads a capture, are loaded where they are needed."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import typer

from pipelines.flow.watching import layout_alarms, number_states
from questarium.cli.options import Json, term_key
from questarium.cli.output import out, print_json, print_table, say
from questarium.cli.progress import counting, watching_ledger
from questarium.queries.status import TermStatus, status
from schemas.errors import UnknownTermError, UsageError
from schemas.settings import Settings
from spiders.sites import Source

_STOPS = {
    "undiscovered": "the site's search page did not answer, so nobody knows which questions are new",
    "robots_unreadable": "the site does not answer (its robots.txt cannot be read)",
    "storm": "the site answered with errors only, and was left in peace",
    "mostly_missing": "the site says of most numbers that it does not have them, which cannot be",
    "shutdown": "the spider was told to stop",
    "missing": "the site does not have that file",
    "empty": "the official list holds no question of the term",
    "shrunken": "the official list is much shorter than it was",
    "unstable": "the file changed while it was fetched, again and again",
    "damaged_archive": "a bulk file came damaged",
    "no_issue": "the listing shows no issue of the JO",
}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("import")(import_)
    app.command()(collect)
    app.command()(build)


def import_(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Files, folders, zips, WARC, WACZ and WET files.")
    ],
    as_json: Json = False,
) -> None:
    """Take files into the archive; their format is told by their content. Then run `questarium build`."""
    from pipelines.flow.importing import import_paths

    with counting("importing") as advance:
        report = import_paths(Settings(), paths, now=datetime.now(UTC), on_progress=advance)
    for quarantined in report.quarantined:
        part = f" ({quarantined.part})" if quarantined.part else ""
        say(f"{quarantined.url}{part}: {quarantined.reason}: {quarantined.detail}: quarantined")
    for unreadable in report.unreadable:
        say(f"{unreadable.path}: {unreadable.detail}")
    for skipped in report.skipped:
        told = ", ".join(f"{count} {reason}" for reason, count in skipped.reasons.items())
        say(f"{skipped.path}: records that are no pages: {told}")
    if report.taken_down:
        say(f"{report.taken_down} documents were not taken: they show questions that were taken down")
    summary = {
        "captures": report.captures,
        "new": report.new,
        "unchanged": report.unchanged,
        "taken_down": report.taken_down,
        "questions": sorted(str(key) for key in report.questions),
        "quarantined": report.quarantined,
        "skipped": {str(each.path): each.reasons for each in report.skipped},
        "unreadable": [{"path": str(each.path), "detail": each.detail} for each in report.unreadable],
    }
    if as_json:
        print_json(summary)
    else:
        out.print(
            f"{report.captures} captures ({report.new} new), {len(report.questions)} questions, "
            f"{len(report.quarantined)} set aside, {len(report.unreadable)} unreadable. Next: questarium build"
        )
    if not report.complete:
        raise typer.Exit(3)


def collect(
    term: Annotated[str, typer.Argument(metavar="TERM", help="Such as fr-an-15.")],
    source: Annotated[
        list[Source] | None, typer.Option(help="Only this source; may be given several times. All by default.")
    ] = None,
    base_url: Annotated[str | None, typer.Option(help="Another site that serves the same: a replica.")] = None,
    delay: Annotated[
        float | None, typer.Option(min=0, help="Seconds between two requests; 1 by default, 0 on loopback.")
    ] = None,
    refetch: Annotated[bool, typer.Option("--refetch", help="Ask again for every page, changed or not.")] = False,
    as_json: Json = False,
) -> None:
    """Collect a term from its sources, politely: bulk files first, then the pages; run again after an interruption."""
    from dagster_project.assets import CollectConfig
    from dagster_project.runs import collect as run_collect
    from dagster_project.runs import reported

    key = term_key(term)
    settings = Settings()
    if delay is None and base_url and urlsplit(base_url).hostname in _LOOPBACK:
        delay = 0.0
    sources = [each.value for each in source] if source else None
    config = CollectConfig(sources=sources, base_url=base_url, delay_s=delay, refetch=refetch)
    with watching_ledger(settings.archive_dir, key):
        result = run_collect(settings, str(key), config)
    told = {name: value for name, value in reported(result).items() if not name.startswith(("ledger_", "exit_code"))}
    report = told | number_states(settings, key).model_dump()
    if as_json:
        print_json({"term": str(key), **report})
    else:
        print_table(f"Collected {key}", ("what", "number"), list(report.items()))
    if report["finish"] != "finished":
        say(f"stopped early: {_STOPS.get(report['finish'], report['finish'])}; run the same command again later")
        raise typer.Exit(3)
    if report["pending"] or report["failed"]:
        say("some numbers are still pending or failed: run the same command again later")
        raise typer.Exit(3)


def build(
    terms: Annotated[
        list[str] | None, typer.Argument(metavar="[TERM]…", help="Such as fr-an-15; all by default.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Bring the archive into a data version and the search index; only what changed is read again."""
    from dagster_project.runs import build as run_build
    from pipelines.flow.building import partitions

    settings = Settings()
    held = partitions(settings)
    if not held:
        raise UsageError(
            f"the archive in {settings.home} is empty: run `questarium import` or `questarium collect` first"
        )
    names = [str(term_key(term)) for term in terms] if terms else held
    if strangers := set(names) - set(held):
        raise UnknownTermError(f"the archive has nothing of {', '.join(strangers)}; it has: {', '.join(held)}")
    with counting("building", total=len(names) + 1) as advance:
        run_build(settings, names, on_progress=advance)
    report = status(settings)
    built = [each for each in report.terms if each.term in names]
    if as_json:
        print_json(report.model_copy(update={"terms": tuple(built)}))
    else:
        _print_built(report.data_version, built)
    alarms = [f"{name}: {alarm}" for name in names for alarm in layout_alarms(settings, name)]
    for alarm in alarms:
        say(f"alarm: {alarm}; has the layout changed? questarium probe tells")
    if alarms or any(each.quarantined or each.indexed != each.questions for each in built):
        raise typer.Exit(3)


def _print_built(data_version: str | None, built: list[TermStatus]) -> None:
    columns = ("term", "questions", "quarantined", "indexed", "last issue")
    rows = [(each.term, each.questions, each.quarantined, each.indexed, each.last_issue) for each in built]
    print_table(f"Data version {data_version}", columns, rows)
    if any(each.quarantined for each in built):
        say('something was set aside: questarium sql "SELECT url, part, reason, detail FROM quarantine"')
