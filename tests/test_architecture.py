"""The folders are what the architecture says they are."""

import ast
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("questarium", "dagster_project", "spiders", "pipelines", "schemas")
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))


def test_every_stage_is_under_the_independence_contract() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    independent = next(each["modules"] for each in contracts if each["type"] == "independence")
    folders = {f"pipelines.{path.parent.name}" for path in (ROOT / "pipelines").glob("*/__init__.py")}
    assert folders - {"pipelines.flow"} == set(independent)


def test_every_test_folder_is_a_package() -> None:
    folders = {path.parent for path in (ROOT / "tests").rglob("*.py")}
    assert [str(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_its_subject_and_stays_a_room(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "a module docstring, please"
    assert len(text.splitlines()) <= 400


@pytest.mark.parametrize("path", [p for p in MODULES if p.name == "__init__.py"], ids=lambda p: p.parent.name)
def test_packages_do_nothing_when_imported(path: Path) -> None:
    assert len(ast.parse(path.read_text("utf-8")).body) == 1
