"""Layout A of the Assemblée nationale as page text (terms 8 to 13): a table, its cells closed by `|` lines.

The texts are headed in capitals: `Texte de la QUESTION :`, `|`, the text, `|`. Most texts of such pages show nothing
but these, so that identity comes from the address. Names stand surname first.
"""

from collections.abc import Sequence

from pipelines.parse.draft import Draft
from pipelines.parse.headed_text import read_headed_text


def parse(lines: Sequence[str]) -> Draft:
    """Read the visible lines of a page."""
    return read_headed_text(lines, surname_first=True)
