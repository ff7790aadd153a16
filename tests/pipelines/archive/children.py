"""Running the collecting child, and judging the archive that it left."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.archive.archive import Archive
from pipelines.archive.verify import verify
from tests.pipelines.archive.pages import START, TERM, body, page, question

CHECKOUT = Path(__file__).parents[3]


needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")


@dataclass(frozen=True)
class Ended:
    code: int  # negative: the signal
    acknowledged: set[int]
    error: str


def command(root: Path, how_many: int, group: int) -> list[str]:
    arguments = [str(root), str(how_many), str(group)]
    module = "tests.pipelines.archive.collecting_child"
    entry = (
        f"import sys, runpy; sys.path.insert(0, {str(CHECKOUT)!r}); sys.argv[1:] = {arguments!r};"
        f" runpy.run_module({module!r}, run_name='__main__')"
    )
    return [sys.executable, "-B", "-c", entry]


def run(root: Path, how_many: int, group: int = 3, *, under: tuple[str, ...] = ()) -> Ended:
    """Collect to the end or to the fault; `under` is a command that runs the child."""
    process = subprocess.run(
        [*under, *command(root, how_many, group)], capture_output=True, text=True, check=False, timeout=120
    )
    return ended(process.returncode, process.stdout, process.stderr)


def ended(code: int, output: str, error: str) -> Ended:
    # A line that a kill cut short is no acknowledgement.
    whole = output[: output.rfind("\n") + 1]
    return Ended(code, {int(line) for line in whole.split()}, error)


def assert_complete(root: Path, how_many: int) -> None:
    """Every number is archived once, with its own bytes, and every byte of the archive is accounted for."""
    with Archive.open(root) as archive:
        held = {ref.question.number: archive.read(ref).body for ref in archive.captures() if ref.question}
        assert held == {number: body(number) for number in range(1, how_many + 1)}
        assert archive.count_captures() == how_many
        assert archive.counts(TERM).archived == how_many
    report = verify(root)
    assert report.problems == ()
    assert report.records >= how_many


def assert_holds(root: Path, acknowledged: set[int]) -> None:
    """What was acknowledged is there, whatever happened since."""
    with Archive.open(root) as archive:
        for number in acknowledged:
            (ref,) = archive.revisions(question(number))
            assert archive.read(ref).body == body(number)


def collect(root: Path, numbers: range) -> None:
    with Archive.open_for_writing(root, source="assemblee", now=START) as archive:
        archive.append_many([page(number) for number in numbers])


def strace(*faults: str, log: str = "/dev/null") -> tuple[str, ...]:
    return ("strace", "-f", "-qqq", "-o", log, *(part for fault in faults for part in ("-e", fault)))
