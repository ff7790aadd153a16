"""Layout B of the Assemblée nationale as HTML (term 13, from 2010 to 2012).

*Reconstructed*: `Label >` followed by a `span.contenu`, the number in a `b` beside `Question N° :`, all dates in one
element split by `<br />`, the texts in `div.contenutexte`. Names stand in reading order.
"""

import re

from pipelines.parse.draft import Draft
from pipelines.parse.headed import read_headed
from pipelines.parse.html_page import HtmlPage
from pipelines.parse.labels import LONGEST_LABEL_LINE

_NUMBER = re.compile(r"Question n ?[°ºo]? ?: ?\d{0,7}.{0,300}", re.IGNORECASE)


def is_shown(page: HtmlPage) -> bool:
    """Whether the number is announced with a colon, as this layout does and layout C does not."""
    return any(len(line) <= LONGEST_LABEL_LINE and _NUMBER.fullmatch(line) for line in page.visible.lines)


def parse(page: HtmlPage) -> Draft:
    """Read a page; raises ParseError `unreadable_markup`."""
    return read_headed(page.visible, surname_first=False) or Draft()
