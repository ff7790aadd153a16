"""What every spider of the house has in common: a term, the archive that it holds, and how its run is going."""

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

from scrapy import Spider
from scrapy.exceptions import CloseSpider

from schemas.errors import ArchiveError, UnknownTermError
from schemas.identity import QuestionKey, QuestionType, TermKey
from spiders.archiving import open_archive
from spiders.politeness import site_of
from spiders.refresh import Refetch


class CollectingSpider(Spider):
    """Fetches one term of the Assemblée nationale from one source.

    Args:
        term: such as `fr-an-15`.
        archive: folder of the archive; the spider holds its lock.
        base_url: site to fetch from instead of the source's own: a replica, without final slash.
        refetch: what that is archived to ask for again: `due`, `none`, `open` or `all`.
        avoid: sites that had a storm a moment ago, and are left in peace.
        sample: fetch only so many documents, to see how they look; 0 for all.

    Attributes:
        fills_the_ledger: whether a run is whole only when every number of the term has its final state.
        sites: the only ones that are asked.
        total: how many visits this run will make, for whoever watches.
        incomplete: why the run is not whole, though nothing broke; None when it is.
        failure: for which the run stopped.
        tally: what came of how many questions, beside what single visits came to.

    Raises:
        UnknownTermError: no such term, or none of this parliament.
        ArchiveError: the archive cannot be opened for writing.
    """

    fills_the_ledger: ClassVar[bool] = False

    def __init__(
        self,
        term: str,
        archive: str,
        base_url: str | None = None,
        refetch: str = "due",
        avoid: frozenset[str] = frozenset(),
        sample: int = 0,
        **more: Any,
    ) -> None:
        super().__init__(**more)
        self._avoid = avoid
        self.sample = sample
        self.term = _own_term(term)
        self.base_url = base_url
        self.refetch = Refetch(refetch)
        self.sites: frozenset[str] = frozenset()
        self.total = 0
        self.incomplete: str | None = None
        self.failure: ArchiveError | None = None
        self.tally: Counter[str] = Counter()
        self.archive = open_archive(Path(archive), self.name)

    def stop(self, failure: ArchiveError) -> CloseSpider:
        """Note the archive's error; what is returned, raised, ends the run."""
        self.failure = failure
        return CloseSpider("archive_error")

    def may_begin(self) -> bool:
        """Whether its sites may be asked at all; `incomplete` says why not."""
        if self.sites & self._avoid:
            self.incomplete = "storm"
            return False
        return True

    def limit_to(self, *urls: str) -> None:
        """Name the sites that may be asked, by an address of each."""
        self.sites = frozenset(site_of(url) for url in urls)

    def key(self, number: int) -> QuestionKey:
        """The written question of that number."""
        return QuestionKey(parliament=self.term.parliament, term=self.term.term, type=QuestionType.QE, number=number)

    @staticmethod
    def now() -> datetime:
        """This moment."""
        return datetime.now(UTC)


def _own_term(text: str) -> TermKey:
    term = TermKey.parse(text)
    if term.parliament != "fr-an":
        raise UnknownTermError(f"{term} is not of the Assemblée nationale: this spider collects fr-an-7, fr-an-8, …")
    return term
