"""The `questarium` command: its subcommands are in the modules beside this one, by subject.

Exit codes: 0 full success; 1 failure, or the reader of a pipe left; 2 the request cannot be right; 3 done, but
something was set aside or is still missing; 4 archive or dataset; 5 search engine; 130 interrupted. No traceback for
what a user can mend.
"""

import sys
from importlib.metadata import version
from typing import Annotated

import typer

from questarium.cli import (
    alerting,
    collecting,
    comparing,
    delaying,
    figuring,
    fixity,
    indexing,
    keeping,
    knowing,
    operating,
    probing,
    reading,
    researching,
)
from questarium.cli.output import say
from schemas.errors import QuestariumError

app = typer.Typer(
    name="questarium",
    help="Parliamentary questions: collect them, search them, follow how late the answers are.",
    epilog="Exit codes: 0 full success, 1 failure, 2 wrong request, 3 done but incomplete, 4 archive or dataset, "
    "5 search engine, 130 interrupted.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
MODULES = (
    collecting,
    reading,
    figuring,
    researching,
    delaying,
    alerting,
    indexing,
    operating,
    keeping,
    knowing,
    comparing,
    fixity,
    probing,
)
for module in MODULES:
    module.add_to(app)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"questarium {version('questarium')}")
        raise typer.Exit


@app.callback()
def _options(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Parliamentary questions: collect them, search them, follow how late the answers are."""


def main() -> None:
    """Run the command line; every error a user can meet becomes one sentence and its exit code."""
    try:
        app()
    except QuestariumError as error:
        say(f"questarium: {error}")
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        say("questarium: interrupted; run the same command again to go on")
        sys.exit(130)
