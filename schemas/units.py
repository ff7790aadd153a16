"""Units: the base unit that each converts to, so that figures in different units compare (`units.yaml`)."""

from functools import cache
from importlib.resources import files

from schemas.yaml_text import load_yaml


def in_base(unit: str | None) -> tuple[str | None, float]:
    """The base unit of a unit, and how many of it make one: km is 1000 m; a unit that converts to none is its own."""
    return (None, 1.0) if unit is None else _bases().get(unit, (unit, 1.0))


@cache
def _bases() -> dict[str, tuple[str, float]]:
    table = load_yaml(files("schemas").joinpath("units.yaml").read_text("utf-8"))
    return {unit: (base, float(factor)) for base, units in table.items() for unit, factor in units.items()}
