"""Mutation score of the parsers and the archive: do the tests notice when one thing in a line is wrong?

Run: `python -P tests/mutation_score.py [--sample N] [--seed S] [MODULE…]`. mutmut makes the mutants. Of every module a
sample is drawn, the same for the same seed, since all mutants together take hours. First the tests of the stage run
once, and it is noted which run which line. Then each mutant meets the tests that run its line, the quickest first, in
a process that has imported nothing of ours before: what a module keeps (its tables, its caches) is the mutant's. A
mutant that no test reaches counts as one that survived. Fails below the target, over all modules together.
"""

import argparse
import json
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from multiprocessing import get_context
from pathlib import Path
from queue import SimpleQueue

import pytest
from coverage import Coverage

PROJECT = Path(__file__).resolve().parents[1]
TESTS = {
    "pipelines/archive": ["tests/pipelines/archive", "tests/pipelines/flow/test_importing_web.py"],
    "pipelines/parse": ["tests/pipelines/parse"],
}
TARGET = 0.85
WORKERS = os.cpu_count() or 1
# In seconds of processor time: a busy machine must change nothing.
LONGEST_S = 15.0  # of tests for one mutant; the slower ones are left out
PATIENCE_S = 10  # beyond twice what the tests took

_COPIED = ("pipelines", "schemas", "spiders", "questarium", "dagster_project", "tests", "pyproject.toml")
_PYTEST = (
    *("-q", "-p", "no:cacheprovider", "-p", "no:unraisableexception", "-m", "not campaign"),
    # one test a fixture in place of one a field
    *("--ignore", "tests/pipelines/parse/test_fixtures.py", "-o", "python_files=test_*.py whole_fixtures.py"),
    # slow, and the fixtures run the same lines; the second tries expressions, no functions
    *("--deselect", "tests/pipelines/parse/test_damage.py::TestNothingRaises::test_on_damaged_pages"),
    *("--ignore", "tests/pipelines/parse/test_patterns.py"),
)
_FOREIGN = ["dagster", "pytest", "hypothesis", "lxml.etree", "bs4"]  # slow to import, and not ours

_processes = get_context("forkserver")


@dataclass(frozen=True)
class Mutant:
    """A module with one thing changed, from this line on."""

    path: str
    code: str
    line: int

    def told(self) -> str:
        """Where and what."""
        return f"{self.path}:{self.line}: {self.code.splitlines()[self.line - 1].strip()}"


@dataclass(frozen=True)
class Reach:
    """Which tests run which line of which module, how long each takes, and which fail as it is and judge nothing."""

    tests: Mapping[str, Mapping[str, Sequence[str]]]
    seconds: Mapping[str, float]
    failing: Sequence[str]

    def of(self, mutant: Mutant) -> list[str]:
        """The tests that run the mutant's line, or the one before it that any runs; the quickest first."""
        lines = self.tests.get(mutant.path, {})
        before = max((int(line) for line in lines if int(line) <= mutant.line), default=0)
        of_the_module = {test for tests in lines.values() for test in tests}
        ordered = sorted(lines.get(str(before)) or of_the_module, key=self.took)  # or: run when it is imported
        spent = accumulate(map(self.took, ordered))
        return [each for each, seconds in zip(ordered, spent, strict=True) if seconds < LONGEST_S]

    def took(self, test: str) -> float:
        """Seconds of processor time."""
        return self.seconds.get(test, 0.0)


def main(modules: Sequence[str], sample: int, seed: int) -> int:
    """Print the score of each module and of all; 0 when the target is met."""
    os.chdir(PROJECT)  # where mutmut looks for its settings
    paths = list(modules) or [path for stage in TESTS for path in all_modules(stage)]
    _processes.set_forkserver_preload(_FOREIGN)
    whole: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(prefix="questarium-mutants-") as folder:
        first = a_copy(Path(folder) / "0")
        reach = reached(first, paths)
        copies = [first, *(Path(shutil.copytree(first, Path(folder) / str(number))) for number in range(1, WORKERS))]
        for path in paths:
            whole += judged(path, list(mutants_of(path, sample, seed)), reach, copies)
    print(f"{score(whole):6.1%}  {dict(whole)}  all (target {TARGET:.0%}, seed {seed})")
    return 0 if score(whole) >= TARGET else 1


def all_modules(stage: str) -> list[str]:
    """The modules of a stage, below the project."""
    found = sorted((PROJECT / stage).rglob("*.py"))
    return [str(path.relative_to(PROJECT)) for path in found if path.stem != "__init__"]


def a_copy(folder: Path) -> Path:
    """A copy of the project, where a module can be changed."""
    folder.mkdir()
    for name in _COPIED:
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(PROJECT / name, folder / name)
    return folder


def mutants_of(path: str, sample: int, seed: int) -> Iterator[Mutant]:
    """A sample of what mutmut makes of the functions of a module, the same for the same seed."""
    import libcst  # not in the processes of the tests
    from mutmut.mutation.file_mutation import create_mutations

    source = (PROJECT / path).read_text("utf-8")
    module, found, _, _ = create_mutations(path, source)
    inside = [each for each in found if isinstance(each.contained_by_top_level_function, libcst.FunctionDef)]
    for each in random.Random(f"{seed} {path}").sample(inside, min(sample, len(inside))):
        changed = module.deep_replace(each.original_node, each.mutated_node)
        assert isinstance(changed, libcst.Module)
        if changed.code != source:
            yield Mutant(path, changed.code, first_difference(source, changed.code))


def first_difference(before: str, after: str) -> int:
    """The number of the first line that differs."""
    pairs = zip(before.splitlines(), after.splitlines(), strict=False)
    return next((number for number, (one, other) in enumerate(pairs, 1) if one != other), 1)


def reached(copy: Path, paths: Sequence[str]) -> Reach:
    """Run the tests of the stages that these modules are of, and note what each runs."""
    tests = [test for stage, told in TESTS.items() if any(path.startswith(stage) for path in paths) for test in told]
    kept = copy / "reach.json"
    run = _processes.Process(target=note_what_is_reached, args=(copy, tests, kept))
    run.start()
    run.join()
    if run.exitcode:
        sys.exit("The tests cannot be run")
    reach = Reach(**json.loads(kept.read_text("utf-8")))
    print(f"{len(reach.seconds)} tests, {sum(reach.seconds.values()):.0f} s", flush=True)
    for test in reach.failing:
        print(f"        left out, since it fails without a mutant: {test}", flush=True)
    return reach


def judged(path: str, mutants: Sequence[Mutant], reach: Reach, copies: Sequence[Path]) -> Counter[str]:
    """How many of these mutants of a module came to what; what survived is printed."""
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)
    with ThreadPoolExecutor(len(copies)) as threads:
        verdicts = list(threads.map(partial(verdict, reach=reach, free=free), mutants))
    counts = Counter(verdicts)
    if counts:
        print(f"{score(counts):6.1%}  {dict(counts)}  {path}", flush=True)
    for mutant, told in zip(mutants, verdicts, strict=True):
        if told in ("survived", "no test"):
            print(f"        {told}: {mutant.told()}", flush=True)
    return counts


def verdict(mutant: Mutant, reach: Reach, free: SimpleQueue[Path]) -> str:
    """What the tests say to a mutant, in a copy that nobody else is using."""
    tests = reach.of(mutant)
    if not tests:
        return "no test"
    copy = free.get()
    try:
        (copy / mutant.path).write_text(mutant.code, "utf-8")
        return exit_of(copy, tests, PATIENCE_S + 2 * round(sum(map(reach.took, tests))))
    finally:
        shutil.copy2(PROJECT / mutant.path, copy / mutant.path)
        free.put(copy)


def exit_of(copy: Path, tests: Sequence[str], seconds: int) -> str:
    """Run the tests in a process of their own."""
    run = _processes.Process(target=run_tests, args=(copy, tests, seconds))
    run.start()
    run.join(5 * seconds)
    if run.exitcode is None and run.pid:
        os.killpg(run.pid, signal.SIGKILL)
        run.join()
    return {0: "survived", -signal.SIGXCPU: "timed out", -signal.SIGKILL: "timed out"}.get(run.exitcode or 0, "killed")


def score(counts: Counter[str]) -> float:
    """The share of the mutants that the tests noticed; one that never ends is noticed."""
    return (counts["killed"] + counts["timed out"]) / max(counts.total(), 1)


def run_tests(copy: Path, tests: Sequence[str], seconds: int) -> None:
    """In a process of its own: end with the exit code of these tests."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    enter(copy)
    sys.dont_write_bytecode = True  # a mutant may have the size and the second of the one before it
    sys.exit(int(pytest.main(["-x", *_PYTEST, *tests])))


def note_what_is_reached(copy: Path, tests: Sequence[str], kept: Path) -> None:
    """In a process of its own: run these tests and keep, by module and line, which of them run it."""
    enter(copy)
    measured = Coverage(data_file=None, config_file=False, include=[f"{copy}/{stage}/*" for stage in TESTS])
    noting = Noting(measured)
    measured.start()
    pytest.main([*_PYTEST, *tests], plugins=[noting])
    measured.stop()
    data = measured.get_data()
    lines = {
        str(Path(file).relative_to(copy)): {
            line: [each for each in contexts if each in noting.seconds and each not in noting.failing]
            for line, contexts in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    kept.write_text(json.dumps({"tests": lines, "seconds": noting.seconds, "failing": noting.failing}), "utf-8")


def enter(copy: Path) -> None:
    """Make the copy the project of this process and of those it starts, and be quiet."""
    os.chdir(copy)
    os.environ["PYTHONPATH"] = str(copy)
    sys.path.insert(0, str(copy))
    quiet = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(quiet, stream)


class Noting:
    """Plugin of pytest: each test is a context of its own, with empty caches, and is timed."""

    def __init__(self, measured: Coverage) -> None:
        self.measured = measured
        self.seconds: dict[str, float] = {}
        self.failing: list[str] = []

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        for name, module in list(sys.modules.items()):
            if name.startswith(("pipelines.", "schemas.", "tests.")):
                for each in vars(module).values():
                    getattr(each, "cache_clear", int)()
        self.measured.switch_context(nodeid)
        self.seconds[nodeid] = -processor_time()

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.seconds[nodeid] += processor_time()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.failing.append(report.nodeid)


def processor_time() -> float:
    """Of this process and those it has waited for."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("modules", nargs="*", help="such as pipelines/archive/surt.py; all by default")
    options.add_argument("--sample", type=int, default=20, help="mutants of each module")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    sys.exit(main(given.modules, given.sample, given.seed))
