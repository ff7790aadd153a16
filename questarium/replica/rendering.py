"""The replica's templates."""

from functools import cache

from jinja2 import Environment, PackageLoader


def render(template: str, **values: object) -> str:
    """A template filled in; values are escaped, except where the template says that they are HTML."""
    return _environment().get_template(template).render(**values)


@cache
def _environment() -> Environment:
    loader = PackageLoader("questarium.replica", "templates")
    return Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True)
