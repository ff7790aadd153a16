"""What is missing on this machine, in plain words."""

import importlib.util
import shutil
import sys
from pathlib import Path

from elasticsearch import Elasticsearch
from elasticsearch import exceptions as es

from pipelines.search.elastic.backend import addresses, shown_address
from questarium.searchserver.home import missing, server_home
from schemas.record import Record
from schemas.settings import Settings

_OURS = ("questarium", "dagster_project", "spiders", "pipelines", "schemas")
_ROOM = 500 * 2**20  # bytes under which a run is likely to stop for want of room


class Finding(Record):
    """One thing looked at: what, in which state, and what to do where it is not well."""

    what: str
    well: bool
    state: str
    remedy: str = ""


def diagnose(settings: Settings) -> list[Finding]:
    """Look at everything a command may need."""
    return [_python(), _packages(), _home(settings), _room(settings), _server(settings), _local_server(settings)]


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    return Finding(what="Python", well=sys.version_info >= (3, 11), state=found, remedy="3.11 or newer is needed")


def _packages() -> Finding:
    """Our folders have plain names; another distribution may ship one of them and hide ours."""
    root = Path(__file__).parents[2]
    hidden = [name for name in _OURS if not _is_ours(name, root)]
    if not hidden:
        return Finding(what="packages", well=True, state="ours")
    return Finding(
        what="packages",
        well=False,
        state=f"another package hides ours: {', '.join(hidden)}",
        remedy="install Questarium in an environment of its own",
    )


def _is_ours(name: str, root: Path) -> bool:
    spec = importlib.util.find_spec(name)
    return spec is not None and spec.origin is not None and Path(spec.origin).is_relative_to(root)


def _home(settings: Settings) -> Finding:
    home = settings.home.resolve()
    if home.exists() and not home.is_dir():
        return Finding(what="data folder", well=False, state=f"{home} is a file", remedy="set QUESTARIUM_HOME")
    return Finding(what="data folder", well=True, state=f"{home}{'' if home.exists() else ' (not made yet)'}")


def _room(settings: Settings) -> Finding:
    folder = settings.home.resolve()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    return Finding(what="disk", well=free > _ROOM, state=f"{free / 2**30:.1f} GiB free", remedy="make room")


def _server(settings: Settings) -> Finding:
    url = settings.elasticsearch_url
    if url is None:
        return Finding(what="search engine", well=True, state="embedded")
    shown = shown_address(url)
    try:
        with Elasticsearch(addresses(url), request_timeout=5, max_retries=0) as client:
            version = client.info()["version"]["number"]
    except (es.ApiError, es.TransportError, ValueError) as error:
        remedy = "start it, or unset QUESTARIUM_ELASTICSEARCH_URL to use the embedded engine"
        return Finding(what="search engine", well=False, state=f"{shown} does not answer: {error}", remedy=remedy)
    return Finding(what="search engine", well=version.startswith("9."), state=f"Elasticsearch {version} at {shown}")


def _local_server(settings: Settings) -> Finding:
    """Optional, so never an illness."""
    gaps = missing(server_home(settings))
    state = "installed" if not gaps else f"not installed; `questarium elasticsearch install` does it: {'; '.join(gaps)}"
    return Finding(what="local Elasticsearch", well=True, state=state)
