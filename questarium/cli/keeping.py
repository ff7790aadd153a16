"""Commands that keep things for long: copies, exports, takedowns, old data versions."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.archive.export import export_wacz
from pipelines.dataset.store import Dataset
from pipelines.flow.backing_up import BackupReport, back_up
from pipelines.flow.backing_up import restore as restore_backup
from questarium.cli.options import Json
from questarium.cli.output import out, print_json
from questarium.cli.progress import measuring
from schemas.identity import QuestionKey
from schemas.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("export-archive")(export_archive)
    app.command()(takedown)
    app.command()(backup)
    app.command()(restore)
    app.command()(prune)


def export_archive(
    file: Annotated[Path, typer.Argument(metavar="FILE.wacz", help="The file to write; it must not exist.")],
    title: Annotated[str, typer.Option(help="What replay tools show.")] = "Parliamentary questions",
    as_json: Json = False,
) -> None:
    """Write the archive as one WACZ file, which replay tools (pywb, ReplayWeb.page) open as it is."""
    with measuring("exporting") as at:
        report = export_wacz(Settings().archive_dir, file, title=title, now=datetime.now(UTC), on_progress=at)
    if as_json:
        print_json(vars(report) | {"path": str(report.path)})
    else:
        out.print(
            f"{report.records} records of {report.warc_files} WARC files and {report.pages} pages "
            f"in {report.path} ({report.bytes / 1e6:.1f} MB)",
            soft_wrap=True,
        )


def takedown(
    question_id: Annotated[str, typer.Argument(metavar="ID", help="Such as fr-an-15-QE-12526.")],
    reason: Annotated[str, typer.Option(help="Why; it is kept, and shown with the question's number.")],
    as_json: Json = False,
) -> None:
    """Remove the texts of a question for good; its number and dates stay. Then run `questarium build`."""
    from pipelines.flow.taking_down import take_down  # all that reads a capture

    report = take_down(Settings(), QuestionKey.parse(question_id), reason, now=datetime.now(UTC))
    if as_json:
        print_json({**vars(report), "question": str(report.question)})
        return
    if not report.captures:
        out.print(f"{report.question} is taken down already: the archive has no further capture of it")
        return
    out.print(f"{report.captures} captures of {report.question} removed from {report.files} files")
    if report.others:
        out.print(f"readings kept of the questions beside it: {', '.join(report.others)}", soft_wrap=True)
    out.print("Next: questarium build, which takes its texts out of every data version and of the index")


def backup(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="The folder to make; it must not hold a backup.")],
    as_json: Json = False,
) -> None:
    """Copy the archive and the data versions, and verify the copy; collecting and building may go on."""
    with measuring("copying") as at:
        report = back_up(Settings(), folder, on_progress=at)
    _print_copied(report, "copied to", as_json=as_json)


def restore(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder made by `questarium backup`.")],
    as_json: Json = False,
) -> None:
    """Bring a backup back into an empty data folder, and verify it. Then run `questarium build` for the index."""
    with measuring("copying") as at:
        report = restore_backup(Settings(), folder, on_progress=at)
    _print_copied(report, "restored to", as_json=as_json)


def prune(
    keep: Annotated[int, typer.Option(min=1, help="How many of the newest data versions stay.")],
    as_json: Json = False,
) -> None:
    """Remove old data versions; what was known then can no longer be asked of them."""
    dropped = Dataset.open(Settings().dataset_dir).prune(keep)
    if as_json:
        print_json({"dropped": dropped})
    else:
        out.print(f"{len(dropped)} data versions removed" + (f": {dropped[0]} to {dropped[-1]}" if dropped else ""))


def _print_copied(report: BackupReport, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(vars(report) | {"folder": str(report.folder)})
        return
    out.print(
        f"{report.captures} captures in {report.records} records ({report.bytes / 1e6:.1f} MB) and "
        f"{report.data_versions} data versions {what} {report.folder}, verified",
        soft_wrap=True,
    )
