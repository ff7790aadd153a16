"""Commands that keep the archive for long: export, takedown."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.archive.export import export_wacz
from pipelines.flow.taking_down import take_down
from questarium.cli.options import Json
from questarium.cli.output import out, print_json
from questarium.cli.progress import measuring
from schemas.identity import QuestionKey
from schemas.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("export-archive")(export_archive)
    app.command()(takedown)


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
