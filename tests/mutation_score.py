"""Mutation score of the parsers and the archive: do the tests notice when one thing in a line is wrong?

Run: `python -P tests/mutation_score.py [--sample N] [--seed S] [MODULE…]`. mutmut makes the mutants in a copy of the
project and runs for each the tests that reach it. Of every module a sample is drawn, the same for the same seed, since
all mutants together take hours. A mutant that no test reaches counts as one that survived. Fails below the target, over
all modules together.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
STAGES = ("pipelines/archive", "pipelines/parse")
TESTS = {"pipelines/archive": "tests/pipelines/archive", "pipelines/parse": "tests/pipelines/parse"}
TARGET = 0.85

_COPIED = ("pipelines", "schemas", "spiders", "questarium", "dagster_project", "tests")
_KILLED = {1: "killed", 3: "killed", 36: "killed", 24: "killed", -24: "killed", 152: "killed", 255: "killed"}
_SURVIVED = {0: "survived", 5: "no test", 33: "no test"}


def main(modules: Sequence[str], tests: Sequence[str], sample: int, seed: int) -> int:
    """Print the score of each module and of all; 0 when the target is met. Without `tests`, those of the stages run."""
    paths = [Path(each) for each in modules] or [path for stage in STAGES for path in all_modules(stage)]
    with tempfile.TemporaryDirectory(prefix="questarium-mutants-") as folder:
        copy = Path(folder)
        prepare(copy, paths, tests or tests_of(paths))
        run(copy, ["no such mutant"])  # makes the mutants and finds out which tests reach them
        chosen = {path: draw(mutants_of(copy, path), sample, seed) for path in paths}
        run(copy, [name for names in chosen.values() for name in names])
        results = {path: outcome(copy, path, names) for path, names in chosen.items()}
    return report(results)


def all_modules(stage: str) -> list[Path]:
    """The modules of a stage, below the project."""
    return [path.relative_to(PROJECT) for path in sorted((PROJECT / stage).rglob("*.py")) if path.stem != "__init__"]


def tests_of(paths: Sequence[Path]) -> list[str]:
    """The tests of the stages that these modules are of."""
    return sorted({test for stage, test in TESTS.items() if any(path.is_relative_to(stage) for path in paths)})


def prepare(copy: Path, paths: Sequence[Path], tests: Sequence[str]) -> None:
    """Copy the project, with mutmut told what to mutate and what to run."""
    for name in _COPIED:
        shutil.copytree(PROJECT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    arguments = ["-p", "no:cacheprovider", "-n", "0", "-m", "not campaign"]
    told = {"source_paths": [str(path) for path in paths], "also_copy": [*_COPIED, "pyproject.toml"]}
    told |= {"pytest_add_cli_args": arguments, "pytest_add_cli_args_test_selection": list(tests)}
    settings = "".join(f"{name} = {json.dumps(value)}\n" for name, value in told.items())
    project = (PROJECT / "pyproject.toml").read_text("utf-8")
    (copy / "pyproject.toml").write_text(f"{project}\n[tool.mutmut]\n{settings}", "utf-8")


def run(copy: Path, names: Sequence[str]) -> None:
    """Let mutmut judge these mutants; it keeps the outcomes in files beside them."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    program = str(Path(sys.executable).with_name("mutmut"))
    with (copy / "mutmut.log").open("ab") as log:
        subprocess.run([program, "run", *names], cwd=copy, env=environment, stdout=log, stderr=log, check=False)


def mutants_of(copy: Path, path: Path) -> dict[str, int | None]:
    """Exit code of the tests for each mutant of a module; None where it was not judged."""
    kept = copy / "mutants" / f"{path}.meta"
    if not kept.exists():
        return {}
    found: dict[str, int | None] = json.loads(kept.read_text("utf-8"))["exit_code_by_key"]
    return found


def draw(mutants: dict[str, int | None], sample: int, seed: int) -> list[str]:
    """The sample, the same for the same seed."""
    names = sorted(mutants)
    return sorted(random.Random(seed).sample(names, min(sample, len(names))))


def outcome(copy: Path, path: Path, names: Sequence[str]) -> Counter[str]:
    """How many of these mutants came to what."""
    codes = mutants_of(copy, path)
    verdicts = _KILLED | _SURVIVED
    for name in names:
        if (code := codes[name]) is not None and code not in _KILLED:
            print(f"    {verdicts.get(code, code)}: {name}")
    return Counter("not judged" if codes[name] is None else verdicts.get(codes[name] or 0, "other") for name in names)


def report(results: dict[Path, Counter[str]]) -> int:
    """Print the table; 0 when the target is met."""
    whole: Counter[str] = Counter()
    for path, counts in results.items():
        whole += counts
        if counts:
            print(f"{score(counts):6.1%}  {dict(counts)}  {path}")
    print(f"{score(whole):6.1%}  {dict(whole)}  all (target {TARGET:.0%})")
    return 0 if score(whole) >= TARGET else 1


def score(counts: Counter[str]) -> float:
    """The share of the judged mutants that the tests noticed."""
    judged = counts.total() - counts["not judged"]
    return counts["killed"] / judged if judged else 0.0


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("modules", nargs="*", help="such as pipelines/archive/surt.py; all by default")
    options.add_argument("--tests", nargs="+", default=[], help="only these; those of the module's stage by default")
    options.add_argument("--sample", type=int, default=20, help="mutants of each module")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    sys.exit(main(given.modules, given.tests, given.sample, given.seed))
