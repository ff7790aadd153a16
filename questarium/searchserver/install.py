"""Installs the server: jars from the Java registry, our classes compiled, one trial start."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from questarium.searchserver.home import (
    AOT_CACHE,
    ECJ,
    ELASTICSEARCH,
    LUCENE,
    MODULE,
    SOURCES,
    is_installed,
    mark_installed,
)
from questarium.searchserver.runtime import java
from questarium.searchserver.server import SearchServer
from schemas.errors import SearchServerError

SERVER = (
    f"org.elasticsearch:elasticsearch:{ELASTICSEARCH}",
    f"org.elasticsearch.plugin:transport-netty4:{ELASTICSEARCH}",
    f"org.apache.lucene:lucene-analysis-common:{LUCENE}",
)
COMPILER = (f"org.eclipse.jdt:ecj:{ECJ}",)

LOGGING = """\
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.charset = UTF-8
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%c{1.}] %m%n
rootLogger.level = info
rootLogger.appenderRef.console.ref = console
# Warns, with a stack trace at each start, of a native library that only other index codecs need.
logger.native.name = org.elasticsearch.nativeaccess
logger.native.level = error
"""

PLUGIN = f"""\
name=questarium
description=HTTP and the analysis of the questarium index
version={ELASTICSEARCH}
classname=questarium.ServerPlugin
java.version=21
elasticsearch.version={ELASTICSEARCH}
"""

AOT_SECONDS = 120  # writing the cache takes about ten seconds on two free cores


def install_server(home: Path, on_progress: Callable[[str], None]) -> Path:
    """Installs the server in ``home`` and returns ``home``; at once when it is there already.

    A stamp is written when all is done and a server has started, so an interrupted install is never taken for a good
    one: the next call begins again.

    Raises:
        SearchServerError: A step failed, or ``home`` holds something that is not a server of ours.
    """
    if is_installed(home):
        return home
    home.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(home.with_name(f"{home.name}.lock")):
        if not is_installed(home):  # another process may just have done it
            _clear(home)
            _install(home, on_progress)
    return home


def _clear(home: Path) -> None:
    """Removes an incomplete or older install, and nothing else."""
    if not home.exists():
        return
    if any(home.iterdir()) and not (home / MODULE).is_dir():
        raise SearchServerError(f"{home} holds something else than a search server: choose another folder")
    # Renamed first: what is left of an interrupted removal must not look like something else.
    doomed = home.with_name(f"{home.name}.old")
    shutil.rmtree(doomed, ignore_errors=True)
    home.rename(doomed)
    shutil.rmtree(doomed, ignore_errors=True)


def _install(home: Path, on_progress: Callable[[str], None]) -> None:
    for folder in (MODULE, "lib", "config", "plugins", "downloads"):
        (home / folder).mkdir(parents=True)
    on_progress(f"Downloading Elasticsearch {ELASTICSEARCH} (about 85 MB)")
    compiler = _fetch(COMPILER, home / "downloads")[0]
    for jar in _fetch(SERVER, home / "downloads"):
        jar.rename(home / "lib" / jar.name)
    on_progress("Compiling the plugin")
    _compile(compiler, home)
    (home / "config" / "log4j2.properties").write_text(LOGGING, encoding="utf-8")
    (home / MODULE / "plugin-descriptor.properties").write_text(PLUGIN, encoding="utf-8")
    shutil.rmtree(home / "downloads")
    on_progress("Starting it once, to check it and to make later starts fast")
    _try_out(home)
    mark_installed(home)
    on_progress(f"Installed in {home}")


def _fetch(coordinates: tuple[str, ...], downloads: Path) -> list[Path]:
    """Downloads artifacts with all that they need, and returns the jars.

    jgo writes in place and only warns of a wrong checksum: hence a download folder of this install only.
    """
    options = ["--ignore-config", "--resolver", "python", "--color", "plain", "--wrap", "raw", "--timeout", "60"]
    folders = ["--repo-cache", str(downloads / "repository"), "--cache-dir", str(downloads / "environments")]
    output = _run([sys.executable, "-m", "jgo", *options, *folders, "info", "jars", "+".join(coordinates)])
    jars = [Path(line.strip()) for line in output.splitlines() if line.strip().endswith(".jar")]
    if not jars or "Checksum mismatch" in output:
        raise SearchServerError(f"the download of {', '.join(coordinates)} is damaged:\n{output[-2000:]}")
    return jars


def _compile(compiler: Path, home: Path) -> None:
    """Compiles our sources: the main class joins the server's jars, the rest is a module with its own class loader."""
    classes = home / "downloads" / "classes"
    class_path = os.pathsep.join(str(jar) for jar in (home / "lib").iterdir())
    flags = ["-21", "-proc:none", "-nowarn", "-cp", class_path, "-d", str(classes)]
    _run([str(java()), "-jar", str(compiler), *flags, str(SOURCES)])
    main = {path for path in classes.rglob("*.class") if path.name.split(".")[0].split("$")[0] == "Main"}
    _pack(home / "lib" / "questarium-main.jar", classes, main)
    _pack(home / MODULE / "questarium-plugin.jar", classes, set(classes.rglob("*.class")) - main)


def _pack(jar: Path, root: Path, files: set[Path]) -> None:
    with zipfile.ZipFile(jar, "w") as archive:
        for path in sorted(files):
            archive.write(path, path.relative_to(root).as_posix())


def _try_out(home: Path) -> None:
    """Starts and stops the server; the virtual machine writes its ahead-of-time cache as it ends, if it can."""
    trial = home / "trial"
    cache = trial / AOT_CACHE
    server = SearchServer(home, trial, jvm_options=(f"-XX:AOTCacheOutput={cache}",))
    server.start()
    ended_by_itself = server.stop(grace=AOT_SECONDS)
    if ended_by_itself and cache.is_file():
        cache.rename(home / AOT_CACHE)
    shutil.rmtree(trial, ignore_errors=True)


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False)  # noqa: S603
    output = done.stdout + done.stderr
    if done.returncode:
        raise SearchServerError(f"{' '.join(command[:3])} … failed with code {done.returncode}:\n{output[-2000:]}")
    return output
