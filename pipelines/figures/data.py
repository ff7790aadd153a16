"""The YAML files of `vocabulary/`, as they are written."""

from importlib.resources import files

from schemas.yaml_text import load_yaml


def read_yaml(name: str) -> object:
    """One file of the vocabulary."""
    return load_yaml(files("pipelines.figures").joinpath(f"vocabulary/{name}.yaml").read_text("utf-8"))
