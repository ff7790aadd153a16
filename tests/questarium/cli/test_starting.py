"""What a command loads before it does anything."""

import subprocess
import sys

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
