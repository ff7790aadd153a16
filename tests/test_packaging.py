"""The flat layout has one risk: another distribution that ships a folder of the same plain name."""

import importlib.util
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("questarium", "dagster_project", "spiders", "pipelines", "schemas")


@pytest.mark.parametrize("name", OURS)
def test_our_packages_are_ours(name: str) -> None:
    spec = importlib.util.find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).is_relative_to(ROOT)
    assert set(packages_distributions().get(name, ["questarium"])) == {"questarium"}


def test_typed_and_private() -> None:
    assert all((ROOT / name / "py.typed").exists() for name in OURS)
    assert "Private :: Do Not Upload" in (ROOT / "pyproject.toml").read_text("utf-8")
