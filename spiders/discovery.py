"""The search page of the Assemblée's site: how it is asked, and the newest number that it shows.

Its answer is only a direction: every number up to the newest is then asked for by itself, so that a gap of the search
loses nothing. The form's fields are those that public clients of the site send.
"""

import re

from scrapy import FormRequest
from scrapy.http import Response

from schemas.identity import TermKey
from spiders.integrity import is_cut, reason_flagged
from spiders.remembered import REMEMBER

HIGHEST_POSSIBLE = 250_000
"""No term comes near: the 13th, with the most questions of all, ended at some 132,000."""

_FIELDS = [
    ("limit", "10"),
    ("replies[]", "ar"),
    ("replies[]", "sr"),
    ("removed[]", "0"),
    ("removed[]", "1"),
    ("ssTypeDocument[]", "qe"),
    ("sort_by", "numDocument"),
    ("sort_order", "desc"),
]


def listing_request(url: str, term: TermKey) -> FormRequest:
    """Ask for the written questions of a term, newest number first, answered or not, withdrawn or not."""
    return FormRequest(url, formdata=[("legislature", str(term.term)), *_FIELDS], meta={REMEMBER: True})


def newest_number(response: Response, term: TermKey) -> int | None:
    """The highest number that a page of search results links to; None when it is no such page, is cut, or shows none.

    A number that no term can have is a mistake of the page's: every number below would be asked for.
    """
    if response.status != 200 or reason_flagged(response) or is_cut(response.body):
        return None
    link = re.compile(rf"\b{term.term}-(\d{{1,7}})QE\.html?\b".encode())
    numbers = (int(number) for number in link.findall(response.body))
    return max((number for number in numbers if number <= HIGHEST_POSSIBLE), default=None)
