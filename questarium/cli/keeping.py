"""Commands that keep the archive for long: export."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from pipelines.archive.export import export_wacz
from questarium.cli.options import Json
from questarium.cli.output import out, print_json
from questarium.cli.progress import measuring
from schemas.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command("export-archive")(export_archive)


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
