"""Layout A of the Assemblée nationale as HTML (terms 8 to 13, as served later): one table of labels and values.

*Reconstructed*: every row is a label and a value; texts are headed in capitals (`Texte de la QUESTION`), oral questions
have a `DEBAT` in place of both. Names stand surname first (`M.Abelin Jean-Pierre`); the oldest texts have no accents.
"""

from pipelines.parse.draft import Draft
from pipelines.parse.headed import read_headed
from pipelines.parse.html_page import HtmlPage


def parse(page: HtmlPage) -> Draft:
    """Read a page; raises ParseError `unreadable_markup`."""
    return read_headed(page.visible, surname_first=True) or Draft()
