"""Redirects are followed within the sites of a spider; where one leads away or in circles, the answer itself remains.

Scrapy drops such an answer with an exception; here it is flagged and handed on, so that the archive can keep what
shows why there is no page.
"""

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from spiders.integrity import FLAG
from spiders.politeness import SENT_AWAY, site_of

_LOOP, _AWAY = SENT_AWAY
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class RedirectingMiddleware(RedirectMiddleware):
    """Follows redirects to the spider's own sites."""

    def process_response(  # type: ignore[override]  # Scrapy's further argument is deprecated
        self, request: Request, response: Response
    ) -> Request | Response:
        """The next request, or the response; flagged where there is no going on."""
        try:
            following = super().process_response(request, response)
        except IgnoreRequest:  # more hops than are allowed
            return _flagged(response, _LOOP)
        except ValueError:  # no address at all
            return _flagged(response, _AWAY)
        sites: frozenset[str] = getattr(self.crawler.spider, "sites", frozenset[str]())
        if isinstance(following, Request):
            return following if site_of(following.url) in sites else _flagged(response, _AWAY)
        is_unanswered = response.status in _REDIRECTS and "Location" in response.headers  # to what is no page at all
        return _flagged(response, _AWAY) if is_unanswered else following


def target_of(response: Response) -> str:
    """Where a response sends to; its own address where it sends nowhere."""
    location = response.headers.get("Location")
    return location.decode("utf-8", errors="replace") if location else response.url


def _flagged(response: Response, reason: str) -> Response:
    return response.replace(flags=[*response.flags, f"{FLAG}{reason}"])
