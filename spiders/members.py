"""Members of the Assemblée nationale from its open data (AMO): who sat where, in which group and office, and when.

Source: `https://data.assemblee-nationale.fr`, two zips: all members, mandates and organs since the 11th term (AMO30),
and those in office (AMO10); one document a member or an organ. They say which group and constituency a member had on
the day of a question, and who held which ministry; the registries read them.
"""

from datetime import timedelta
from typing import Any

from spiders.bulk import BulkSpider
from spiders.refresh import Refetch
from spiders.sites import bulk_url, is_closed_term

_KINDS = ("history", "active")
_FRESH = timedelta(days=1)  # the files are made once a night


class MembersSpider(BulkSpider):
    """Fetches the members' files of one term."""

    name = "members"

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self.urls = [bulk_url(self.name, kind, self.term, self.base_url) for kind in _KINDS]
        self.limit_to(*self.urls)

    async def collect(self) -> None:
        """Fetch both; of a closed term the history is enough, since nobody is in office any more."""
        if self.sample:
            await self.look_into(self.urls[0])
            return
        closed = is_closed_term(self.term, self.now().date())
        for url in self.urls[:1] if closed else self.urls:
            known = self.archive.bulk_file(url)
            is_fresh = known is not None and self.now() - known.seen < _FRESH
            if not is_fresh or self.refetch is Refetch.ALL:
                await self.fetch(url, None)
