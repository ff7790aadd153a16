"""Issues of the JO's questions from the DILA's open data: one tar file an issue, with the true joint answers.

Source: `https://echanges.dila.gouv.fr/OPENDATA/Questions-Reponses/AN/`, a folder for the current year and one for each
past year, listed by Apache; `ANQ20260010.taz` is the tenth issue of 2026. Each file in the tar is a capture of its
own; which questions it holds, the parsers say.

An issue that is out is not made again: those that were read stay read, but for the latest, which are looked at again.
"""

import re
from typing import Any
from urllib.parse import urljoin

from scrapy.http import Response

from spiders.bulk import BulkSpider
from spiders.refresh import Refetch
from spiders.sites import addresses, is_closed_term, years_of

_ISSUE = re.compile(
    r"""href\s*=\s*["']?(?:[^"'\s>]*/)?(ANQ(\d{4})\d+\.(?:taz|tar|tar\.gz|tgz))["'\s>]""", re.IGNORECASE
)
_FOLDER = re.compile(r"""href\s*=\s*["']?(?:[^"'\s>]*/)?(\d{4})/["'\s>]""", re.I)
_LATEST = 4  # issues, about a month


class DilaSpider(BulkSpider):
    """Fetches the issues of the years of one term."""

    name = "dila"

    def __init__(self, *arguments: Any, **more: Any) -> None:
        super().__init__(*arguments, **more)
        entry = addresses(self.name)
        self.home = f"{(self.base_url or entry['site']).rstrip('/')}{entry['path']}"
        self.current: str = entry["current"]
        self.limit_to(self.home)

    async def collect(self) -> None:
        """List the folders of the years, then fetch the issues that are new or may have changed."""
        today = self.now().date()
        wanted = years_of(self.term, today)
        issues: list[str] = []
        for folder in await self._folders(wanted):
            issues += await self._issues(folder, wanted)
        if not issues and self.incomplete is None:
            self.incomplete = "no_issue"
        latest = set() if is_closed_term(self.term, today) else set(issues[-_LATEST:])
        due = [url for url in issues if self._is_due(url, url in latest)][-self.sample :]  # all, for a sample of 0
        self.total = len(due)
        for url in due:
            await self.fetch(url, self.term)

    async def _folders(self, years: range) -> list[str]:
        """The folders of those years; the current year's has a name of its own, and the files in it say their year."""
        listing = await self.page(self.home)
        if listing is None:
            self.incomplete = "missing" if self.incomplete in {"http_404", "http_410"} else self.incomplete
            return []
        found = sorted({int(year) for year in _FOLDER.findall(listing.text)} & set(years))
        current = [self.current] if self.current.rstrip("/") in listing.text else []
        return [urljoin(self.home, name) for name in [*(f"{year}/" for year in found), *current]]

    async def _issues(self, folder: str, years: range) -> list[str]:
        listing = await self.page(folder)
        return [urljoin(folder, name) for name in issues_listed(listing, years)] if listing else []

    def _is_due(self, url: str, latest: bool) -> bool:  # noqa: FBT001
        known = self.archive.bulk_file(url)
        if known is None or self.refetch is Refetch.ALL:
            return True
        return latest and self.refetch is not Refetch.NONE


def issues_listed(listing: Response, years: range) -> list[str]:
    """File names of the issues of those years on a page of Apache's, in their order."""
    found = {name: int(year) for name, year in _ISSUE.findall(listing.text)}
    return sorted(name for name, year in found.items() if year in years)
