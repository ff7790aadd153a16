"""What a command loads before it does anything."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

# What takes long to load, and only some commands need: engines, crawlers, the dictionary, all that reads a capture.
SELDOM = ("elasticsearch", "simplemma", "dagster", "scrapy", "lxml", "pipelines.parse", "pipelines.figures.extract")


@pytest.mark.parametrize("name", SELDOM)
def test_the_command_line_starts_without_what_few_commands_need(loaded: frozenset[str], name: str) -> None:
    assert "questarium.queries.search" in loaded
    assert name not in loaded


@pytest.fixture(scope="module")
def loaded() -> frozenset[str]:
    code = "import sys, questarium.cli.main; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return frozenset(done.stdout.split())


def test_a_reader_that_leaves_is_no_trouble_to_tell(tmp_path: Path) -> None:
    gone = subprocess.Popen(
        [sys.executable, "-c", "from questarium.cli.main import main; main()", "doctor"],
        env=os.environ | {"QUESTARIUM_HOME": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert gone.stdout is not None
    gone.stdout.close()
    _, told = gone.communicate()
    assert (gone.returncode, told) == (1, b"")
