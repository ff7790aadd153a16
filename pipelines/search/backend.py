"""The narrow door to a search engine: what both engines can do, and nothing else."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from pipelines.search.engine_query import EngineQuery
from pipelines.search.life import IndexLife
from schemas.search import FacetValue, SearchDocument, Shown, Sort

NOTHING_INDEXED: Final = "nothing has been indexed yet: run `questarium build`"
NOTHING_TO_UPDATE: Final = "there is no index to bring up to date: build it first"
"""What both engines say where there is no index."""


@dataclass(frozen=True)
class Matches:
    """One page of matches: the total, the ids in order with their scores (None for field sorts), the facets.

    `shown` is what is needed to show the page, in the order of the ids, when it was asked for; `index` is the versioned
    index that answered, where the engine tells.
    """

    total: int
    ids: tuple[str, ...]
    scores: tuple[float | None, ...]
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    shown: tuple[Shown, ...] = ()
    index: str | None = None
    partial: bool = False


@dataclass(frozen=True)
class IndexState:
    """What the live index holds: the data version it was made from, by its name and by its content, and its size."""

    index: str  # name of the versioned index behind the alias
    data_version: str
    documents: int
    content: str = ""  # digest of what the data version holds, since a rebuilt dataset gives the same names again


Digest = tuple[int, int]
"""Of one block of questions: how many there are, and the sum of their checks (`documents.check_of`)."""


@dataclass(frozen=True)
class Rejected:
    """A document the engine refused, with its reason."""

    id: str
    reason: str


class SearchBackend(Protocol):
    """An engine; every method raises SearchUnavailableError when it cannot be reached."""

    @property
    def life(self) -> IndexLife:
        """Its versioned indices as wholes."""
        ...

    def state(self) -> IndexState | None:
        """The live index, None before the first build."""
        ...

    def search(
        self,
        query: EngineQuery,
        *,
        sort: Sort,
        offset: int,
        limit: int,
        facets: Sequence[str] = (),
        shown: bool = False,
    ) -> Matches:
        """One page; facet values are ordered by falling count, then by value."""
        ...

    def scan(self, query: EngineQuery, *, sort: Sort) -> Iterator[str]:
        """Every match, in a stable order, without a cap and in constant memory."""
        ...

    def scan_shown(self, query: EngineQuery, *, sort: Sort) -> Iterator[Shown]:
        """The same, with what is needed to show each match."""
        ...

    def rebuild(self, documents: Iterable[SearchDocument], data_version: str, content: str = "") -> list[Rejected]:
        """Build a new versioned index beside the live one, check its count, then switch to it in one step.

        `documents` is read to its end before the switch, so what is built from them on the way is there in time.
        """
        ...

    def update(
        self, changed: Iterable[SearchDocument], removed: Iterable[str], data_version: str, content: str = ""
    ) -> list[Rejected]:
        """Bring the live index to `data_version`; a document never replaces one of a higher version.

        `changed` is read to its end before the index says that it holds `data_version`.
        """
        ...

    def digests(self) -> dict[str, Digest]:
        """The digest of every block that has documents: equal digests are equal documents, at the price of a count."""
        ...

    def hashes(self, blocks: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
        """(id, content_hash) of every document, or of those of some blocks, ordered by key."""
        ...
