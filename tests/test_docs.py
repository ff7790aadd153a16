"""The docs tell the truth: every command, exit code, setting and table is in them, and what they show runs."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from pipelines.dataset.dictionary import dictionary
from pipelines.delays.statistics import DEFINITION_ID
from questarium.cli.main import app
from schemas.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
TEXT = "\n".join(page.read_text("utf-8") for page in PAGES)
COMMAND = get_command(app)
assert isinstance(COMMAND, typer.core.TyperGroup)
COMMANDS = COMMAND.commands
NAMES = sorted(COMMANDS)
SHOWN = sorted(
    {
        line.split("  #")[0].strip().removeprefix(".venv/bin/")
        for page in PAGES
        for block in re.findall(r"```sh\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
        for line in block.splitlines()
        if line.removeprefix(".venv/bin/").startswith("questarium ")
    }
)


@pytest.mark.parametrize("name", NAMES)
def test_every_command_is_in_the_docs(name: str) -> None:
    assert f"questarium {name}" in TEXT


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself(name: str) -> None:
    assert COMMANDS[name].help


@pytest.mark.parametrize("line", SHOWN)
def test_what_the_docs_show_is_a_command_with_known_options(line: str) -> None:
    name, *rest = shlex.split(line.split(" < ")[0])[1:]
    known = {option for parameter in COMMANDS[name].params for option in parameter.opts} | {"--help"}
    assert {word.split("=")[0] for word in rest if word.startswith("--")} <= known


@pytest.mark.parametrize("name", [f"QUESTARIUM_{name.upper()}" for name in Settings.model_fields])
def test_every_setting_is_in_the_docs(name: str) -> None:
    assert name in TEXT


def test_the_data_dictionary_is_the_schema() -> None:
    assert (ROOT / "docs" / "data-dictionary.md").read_text("utf-8") == dictionary()


def test_the_delay_definition_is_named() -> None:
    assert DEFINITION_ID in TEXT
