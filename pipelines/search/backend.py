"""The narrow door to a search engine: what both engines can do, and nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from pipelines.search.engine_query import EngineQuery
from schemas.search import FacetValue, SearchDocument, Sort


@dataclass(frozen=True)
class Matches:
    """One page of matches: the total, the ids in order with their scores (None for field sorts), the facets."""

    total: int
    ids: tuple[str, ...]
    scores: tuple[float | None, ...]
    facets: dict[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    partial: bool = False


@dataclass(frozen=True)
class IndexState:
    """What the live index holds: the data version it was made from, its vocabulary's folder or name, its size."""

    index: str  # name of the versioned index behind the alias
    data_version: str
    documents: int


@dataclass(frozen=True)
class Rejected:
    """A document the engine refused, with its reason."""

    id: str
    reason: str


class SearchBackend(Protocol):
    """An engine; every method raises SearchUnavailableError when it cannot be reached."""

    def state(self) -> IndexState | None:
        """The live index, None before the first build."""
        ...

    def search(self, query: EngineQuery, *, sort: Sort, offset: int, limit: int, facets: Sequence[str] = ()) -> Matches:
        """One page; facet values are ordered by falling count, then by value."""
        ...

    def scan(self, query: EngineQuery, *, sort: Sort) -> Iterator[str]:
        """Every match, in a stable order, without a cap and in constant memory."""
        ...

    def rebuild(self, documents: Iterable[SearchDocument], data_version: str) -> list[Rejected]:
        """Build a new versioned index beside the live one, check its count, then switch to it in one step."""
        ...

    def update(self, changed: Iterable[SearchDocument], removed: Iterable[str], data_version: str) -> list[Rejected]:
        """Bring the live index to `data_version`; a document never replaces one of a higher version."""
        ...

    def hashes(self) -> Iterator[tuple[str, str]]:
        """(id, content_hash) of every document, by which index and dataset are compared."""
        ...
