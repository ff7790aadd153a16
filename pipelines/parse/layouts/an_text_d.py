"""Layout D ("dyn") of the Assemblée nationale as page text."""

from collections.abc import Sequence

from pipelines.parse.draft import Draft
from pipelines.parse.dyn import read_dyn
from pipelines.parse.markup import VisiblePage


def parse(lines: Sequence[str]) -> Draft:
    """Read the visible lines of a page."""
    return read_dyn(VisiblePage(lines=list(lines)), is_whole=False)
