"""Layout C of the Assemblée nationale as page text: the visible text of a page of terms 14 and 15 (and 13, layout B).

Number, author, labelled lines, then `Texte de la question` and `Texte de la réponse`. Names stand in reading order.
"""

from collections.abc import Sequence

from pipelines.parse.draft import Draft
from pipelines.parse.headed_text import read_headed_text


def parse(lines: Sequence[str]) -> Draft:
    """Read the visible lines of a page."""
    return read_headed_text(lines, surname_first=False)
