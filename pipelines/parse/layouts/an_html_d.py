"""Layout D ("dyn") of the Assemblée nationale as HTML: terms 16 and 17, and older addresses redirected to it.

*Reconstructed* from what public parsers select: `p` with a label and a `span`, `p#blocMinistereAttributaire`, the texts
in `p._pa-small`, the answer before the question.
"""

from pipelines.parse.draft import Draft
from pipelines.parse.dyn import read_dyn
from pipelines.parse.html_page import HtmlPage
from pipelines.parse.several import refuse_several


def parse(page: HtmlPage) -> Draft:
    """Read a page; raises ParseError `unreadable_markup` or `several_questions`."""
    refuse_several(page.visible.lines)
    return read_dyn(page.visible, is_whole=True)
