"""Commands that look after the house: status, doctor, replica, elasticsearch, demo."""

import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from questarium.cli.accounting import held_terms, print_gaps, print_reconciliations
from questarium.cli.options import Backend, Json, term_key
from questarium.cli.output import out, print_json, print_table, say
from questarium.queries.gaps import gaps as read_gaps
from questarium.queries.gaps import reconcile as read_reconciliation
from questarium.queries.status import StatusReport, TermStatus
from questarium.queries.status import status as read_status
from questarium.replica.layouts import Layout
from questarium.searchserver.home import server_home
from questarium.searchserver.install import install_server
from questarium.searchserver.server import run_foreground
from schemas.errors import UsageError
from schemas.settings import Settings

server_app = typer.Typer(help="A local Elasticsearch server, from package registries.", no_args_is_help=True)


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(status)
    app.command()(doctor)
    app.command()(replica)
    app.command()(demo)
    server_app.command()(install)
    server_app.command()(run)
    app.add_typer(server_app, name="elasticsearch")


def status(
    term: Annotated[str | None, typer.Argument(metavar="[TERM]", help="Such as fr-an-15; all by default.")] = None,
    gaps: Annotated[
        bool, typer.Option("--gaps", help="Account for every number: its state, the reason, the evidence.")
    ] = False,
    reconcile: Annotated[
        bool, typer.Option("--reconcile", help="Which numbers one source has and another lacks.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Where every term stands: collected, missing, set aside, built, indexed."""
    settings = Settings()
    if gaps and reconcile:
        raise UsageError("--gaps and --reconcile are two reports: ask for one at a time")
    if gaps:
        print_gaps([read_gaps(settings, each) for each in held_terms(settings, term)], as_json=as_json)
    elif reconcile:
        found = [read_reconciliation(settings, each) for each in held_terms(settings, term)]
        print_reconciliations(found, as_json=as_json)
    else:
        _print_status(read_status(settings, term_key(term) if term else None), as_json=as_json)


def _print_status(report: StatusReport, *, as_json: bool) -> None:
    if as_json:
        print_json(report)
    else:
        columns = tuple(TermStatus.model_fields)
        rows = [tuple(getattr(each, name) for name in columns) for each in report.terms]
        print_table(f"Data version {report.data_version}, index {report.index_version}", columns, rows)
    if not report.complete:
        raise typer.Exit(3)


def doctor(as_json: Json = False) -> None:
    """Say what is missing on this machine, and what to do about it."""
    from questarium.queries.doctor import diagnose  # the client of the server

    findings = diagnose(Settings())
    if as_json:
        print_json(findings)
    else:
        print_table(
            "Questarium",
            ("what", "state", "what to do"),
            [(f.what, f.state, "" if f.well else f.remedy) for f in findings],
        )
    if any(not finding.well for finding in findings):
        raise typer.Exit(3)


def replica(
    port: Annotated[int, typer.Option(help="Port on this machine; 0 takes a free one.")] = 8015,
    questions: Annotated[int, typer.Option(min=1, help="How many questions.")] = 300,
    seed: Annotated[int, typer.Option(help="The same seed makes the same questions.")] = 1,
    layout: Annotated[Layout, typer.Option(help="Layout of the question pages.")] = Layout.SECTIONS,
) -> None:
    """Serve a synthetic term as the Assemblée's site does, on this machine only; ends on Ctrl-C."""
    from questarium.replica.server import serve

    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    with serve(questions, seed=seed, port=port, layout=layout, bulk=True) as served:
        out.print(f"Replica of fr-an-15 with {questions} questions at {served.url}")
        out.print(f"Try: questarium collect fr-an-15 --base-url {served.url}", soft_wrap=True)
        stopped.wait()


def install() -> None:
    """Install the server for this machine's user; quick when it is there."""
    home = install_server(server_home(Settings()), say)
    out.print(f"Elasticsearch is installed in {home}", soft_wrap=True)


def run(
    port: Annotated[int, typer.Option(help="HTTP port on this machine.")] = 9200,
    data: Annotated[Path | None, typer.Option(help="Its data folder; below QUESTARIUM_HOME by default.")] = None,
    heap: Annotated[
        int | None,
        typer.Option(
            min=256, help="Its heap in MB; by default a quarter of the memory, 2048 at most.", show_default=False
        ),
    ] = None,
) -> None:
    """Install if needed, then run the server until Ctrl-C."""
    settings = Settings()
    home = install_server(server_home(settings), say)

    def ready(url: str) -> None:
        out.print(f"Elasticsearch answers at {url}; set QUESTARIUM_ELASTICSEARCH_URL={url}", soft_wrap=True)

    run_foreground(home, data or settings.home / "elasticsearch", port, ready, heap_mb=heap)


def demo(
    backend: Annotated[Backend, typer.Option(help="The search engine of the demo.")] = Backend.EMBEDDED,
    questions: Annotated[int, typer.Option(min=10, help="How many synthetic questions.")] = 300,
    seed: Annotated[int, typer.Option(help="The same seed makes the same questions.")] = 1,
) -> None:
    """Run the whole road on a synthetic term: collect, build, search, delays, overdue. Nothing leaves this machine."""
    from questarium.cli.demo import run_demo  # Dagster takes a second to load

    run_demo(backend, questions, seed)
