"""Commands for the index as a whole: reconcile, and index list, rollback, clean, snapshot, restore."""

from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from pipelines.flow import index_life
from pipelines.flow.reconciling import Difference, Reconciled, index_difference
from pipelines.flow.reconciling import reconcile as repair_index
from pipelines.search.life import IndexVersion
from questarium.cli.options import Json
from questarium.cli.output import err, out, print_json, print_table, say
from schemas.settings import Settings

_SHOWN: Final = 20  # ids of one kind of difference
_KINDS: Final = ("missing", "surplus", "different", "doubled", "refused")

index_app = typer.Typer(help="The versions of the search index: list, go back, copy, restore.", no_args_is_help=True)
Place = Annotated[Path, typer.Argument(help="Folder of the copies, as the search engine sees it.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    app.command()(reconcile)
    index_app.command("list")(list_versions)
    index_app.command()(rollback)
    index_app.command()(clean)
    index_app.command()(snapshot)
    index_app.command()(restore)
    app.add_typer(index_app, name="index")


def reconcile(
    check: Annotated[bool, typer.Option("--check", help="Only say what differs; change nothing.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Read every question again instead of the inventory.")] = False,
    as_json: Json = False,
) -> None:
    """Prove that the index holds exactly the questions of the data version, and repair it where it does not."""
    settings = Settings()
    with err.status("comparing index and dataset"):
        if check:
            found = index_difference(settings, full=full)
            done = Reconciled("checked", found, found)
        else:
            done = repair_index(settings, now=datetime.now(UTC), full=full)
    found, left = done.found, done.left
    if as_json:
        print_json(asdict(done))
    else:
        print_table(
            f"Data version {left.data_version}, {left.questions} questions: {done.how}",
            ("difference", "found", "left", "first"),
            [(kind, len(getattr(found, kind)), len(getattr(left, kind)), _first(found, kind)) for kind in _KINDS],
        )
    for each in done.rejected:
        say(f"{each.id}: the engine refuses it: {each.reason}: quarantined")
    if not left.same or left.refused:
        raise typer.Exit(3)


def list_versions(as_json: Json = False) -> None:
    """List the versions of the index, oldest first; one marked incomplete is what a killed rebuild left."""
    versions = index_life.index_versions(Settings())
    if as_json:
        print_json([asdict(each) for each in versions])
        return
    rows = [(each.index, each.data_version, each.documents, _state(each), each.content) for each in versions]
    print_table(f"{len(versions)} versions", ("index", "data version", "documents", "state", "content"), rows)


def rollback(
    index: Annotated[
        str | None, typer.Argument(help="The version; by default the newest besides the live one.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Go back to an earlier version of the index in one step; the next build goes on from there."""
    _tell(index_life.rollback(Settings(), index), "Searches now read", as_json=as_json)


def clean(as_json: Json = False) -> None:
    """Remove what killed rebuilds left behind (each rebuild does so too)."""
    removed = index_life.clean(Settings())
    if as_json:
        print_json(removed)
    else:
        out.print(f"{len(removed)} removed{': ' if removed else ''}{', '.join(removed)}")


def snapshot(place: Place, as_json: Json = False) -> None:
    """Copy the live index to a folder; for Elasticsearch one that its `path.repo` allows."""
    name = index_life.snapshot(Settings(), place.absolute())
    if as_json:
        print_json({"place": str(place), "name": name})
    else:
        out.print(f"{name} is in {place}", soft_wrap=True)


def restore(
    place: Place,
    name: Annotated[str | None, typer.Argument(help="The copy; the newest by default.")] = None,
    as_json: Json = False,
) -> None:
    """Bring a copy back as a new version of the index and switch to it."""
    _tell(index_life.restore(Settings(), place.absolute(), name), "Restored as", as_json=as_json)


def _tell(version: IndexVersion, what: str, *, as_json: bool) -> None:
    if as_json:
        print_json(asdict(version))
    else:
        out.print(f"{what} {version.index}: data version {version.data_version}, {version.documents} questions")


def _state(version: IndexVersion) -> str:
    if version.live:
        return "live"
    return "kept" if version.readable else "incomplete" if version.data_version is None else "of another shape"


def _first(found: Difference, kind: str) -> str:
    ids: tuple[str, ...] = getattr(found, kind)
    return ", ".join(ids[:_SHOWN]) + (" …" if len(ids) > _SHOWN else "")
