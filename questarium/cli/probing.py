"""The command that looks at a real site: a few documents, fetched politely, compared with what the parsers know."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from questarium.cli.options import Json, term_key
from questarium.cli.output import print_json, print_table, say
from schemas.errors import RefreshError, UsageError
from schemas.identity import TermKey
from schemas.settings import Settings
from spiders.sites import Source

if TYPE_CHECKING:
    from pipelines.flow.probing import Probed

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def add_to(app: typer.Typer) -> None:
    """Register the command of this module."""
    app.command()(probe)


def probe(
    source: Annotated[Source, typer.Argument(metavar="SOURCE", help="pages, opendata, oral, dila or members.")],
    term: Annotated[
        str | None, typer.Option(help="Such as fr-an-17; the first of QUESTARIUM_TERMS by default.")
    ] = None,
    count: Annotated[int, typer.Option(min=1, max=20, help="How many documents to look at.")] = 5,
    save: Annotated[Path | None, typer.Option(metavar="DIR", help="Keep the documents there, as fixtures.")] = None,
    base_url: Annotated[str | None, typer.Option(help="Another site that serves the same: a replica.")] = None,
    as_json: Json = False,
) -> None:
    """Fetch a few documents of a real site, and say what the parsers find, miss and do not know in them."""
    from pipelines.flow.probing import examine  # all parsers

    settings = Settings()
    key = term_key(term or settings.terms[0])
    with tempfile.TemporaryDirectory(prefix="questarium-probe-") as folder:
        archive = Path(folder) / "archive"
        finish = _fetch(settings, source, key, archive, count, base_url)
        documents = examine(archive)
        if save is not None:
            _save(archive, save)
    if as_json:
        print_json({"source": source, "term": str(key), "finish": finish, "documents": documents})
    else:
        _show(source, key, documents)
    if finish != "finished" or not documents:
        say(f"{source} of {key}: {len(documents)} documents came, and the run ended with: {finish}")
    if finish != "finished" or not documents or not all(each.well for each in documents):
        raise typer.Exit(3)


def _fetch(settings: Settings, source: Source, term: TermKey, archive: Path, count: int, base_url: str | None) -> str:
    """Run the source's spider for a sample into an archive of its own; how it ended."""
    local = base_url is not None and urlsplit(base_url).hostname in _LOOPBACK
    delay = 0.0 if local else max(1.0, settings.download_delay_s)
    command = [sys.executable, "-P", "-m", "spiders.run", source.spider, "--term", str(term), "--sample", str(count)]
    command += ["--archive", str(archive), "--delay", str(delay), "--contact", settings.contact, "--quiet"]
    command += ["--parent", str(os.getpid())] + (["--base-url", base_url] if base_url else [])
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own words
    if not done.stdout.strip():
        raise RefreshError(f"the spider of {source} crashed: {done.stderr.strip().splitlines()[-1:]}")
    report = json.loads(done.stdout.splitlines()[-1])
    if report["finish"] in {"not_started", "crashed", "archive_error"}:
        raise RefreshError(f"probing {source} of {term}: {report.get('error', report['finish'])}")
    return str(report["finish"])


def _save(archive: Path, folder: Path) -> None:
    from pipelines.flow.probing import save_fixtures

    try:
        saved = save_fixtures(archive, folder)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written to ({error.strerror}); name another folder") from error
    say(f"{saved} documents saved in {folder}: review each output.json before it becomes a fixture")


def _show(source: Source, term: TermKey, documents: "Sequence[Probed]") -> None:
    rows = [
        (
            _name(each),
            each.format,
            ", ".join(each.found),
            ", ".join(each.missing) or None,
            "\n".join(each.unknown) or None,
        )
        for each in documents
    ]
    print_table(f"{source} of {term}", ("document", "read as", "found", "missing", "unknown"), rows)


def _name(document: "Probed") -> str:
    many = f" and {len(document.questions) - 1} more" if len(document.questions) > 1 else ""
    return f"{document.questions[0]}{many}" if document.questions else document.url.rpartition("/")[2]
