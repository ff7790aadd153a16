"""Commands that check and repair what is kept: verify, with the ledger made again where it is lost."""

from typing import Annotated

import typer

from pipelines.archive.rebuild import rebuild_ledger
from pipelines.archive.verify import verify as verify_archive
from pipelines.dataset.store import Dataset
from questarium.cli.options import Json
from questarium.cli.output import out, print_json, say
from questarium.cli.progress import measuring
from schemas.errors import ArchiveError
from schemas.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(verify)


def verify(
    rebuild: Annotated[
        bool, typer.Option("--rebuild-ledger", help="First make a lost ledger again from the WARC files.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Read every byte of the archive and of the data versions, and compare it with ledger and manifests."""
    settings = Settings()
    if rebuild:
        _rebuild(settings)
    with measuring("verifying") as at:
        report = verify_archive(settings.archive_dir, on_progress=at)
    damaged = Dataset.open(settings.dataset_dir).verify()
    if as_json:
        problems = [{**vars(each), "file": str(each.file)} for each in report.problems]
        print_json({**vars(report), "problems": problems, "dataset": damaged})
    else:
        for problem in report.problems:
            say(str(problem))
        for damage in damaged:
            say(f"{settings.dataset_dir}: {damage}; remove the dataset folder and build again from the archive")
        for line in report.takedowns:
            out.print(f"{line.question} was taken down on {line.at:%Y-%m-%d}: {line.reason} ({line.captures} captures)")
        found = len(report.problems) + len(damaged)
        out.print(f"{report.records} records in {report.files} files, {found} problems")
    if report.problems or damaged:
        raise typer.Exit(ArchiveError.exit_code)


def _rebuild(settings: Settings) -> None:
    with measuring("reading the WARC files") as at:
        made = rebuild_ledger(settings.archive_dir, on_progress=at)
    say(f"ledger made again: {made.captures} captures from {made.records} records in {made.files} files")
    for name, size in made.tails.items():
        say(f"{name}: {size} bytes at its end are no whole record; copied to {settings.archive_dir / 'tails'}")
