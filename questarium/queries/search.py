"""One search: understood, asked of the engine, shown with passages from the texts as the dataset has them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import repeat

from pipelines.search.highlight import highlight
from pipelines.search.language.understand import Reading, understand
from questarium.queries.live_index import LiveIndex
from questarium.queries.show import PERMALINK
from schemas.search import FACETS, Hit, SearchResult, Shown, Sort
from schemas.settings import Settings


def search(
    settings: Settings, query: str, *, sort: Sort, offset: int, limit: int, facets: bool, today: date
) -> SearchResult:
    """One page of hits; raises NoDatasetError, SearchError. No query is wrong: what is odd comes as a warning."""
    wanted = FACETS if facets else ()
    return search_page(LiveIndex(settings), query, sort=sort, offset=offset, limit=limit, facets=wanted, today=today)


def search_all(settings: Settings, query: str, *, sort: Sort, facets: bool, today: date) -> SearchResult:
    """Every hit, without a cap, in a stable order."""
    index = LiveIndex(settings)
    wanted = FACETS if facets else ()
    first = search_page(index, query, sort=sort, offset=0, limit=1, facets=wanted, today=today)
    return first.model_copy(update={"hits": tuple(search_stream(index, query, sort=sort, today=today))})


def search_page(
    index: LiveIndex, query: str, *, sort: Sort, offset: int, limit: int, facets: Sequence[str], today: date
) -> SearchResult:
    """One page from an index that is open already: for whoever searches again and again."""
    now = index.now()
    while True:
        reading = understand(query, now.vocabulary, today=today)
        found = index.backend.search(reading.engine, sort=sort, offset=offset, limit=limit, facets=facets, shown=True)
        asked, now = now, index.now(answered=found.index)
        if now.state.index == asked.state.index:
            break  # else it switched meanwhile: the words have to be those of the new vocabulary
    return SearchResult(
        query=query,
        understood=reading.understood,
        total=found.total,
        hits=tuple(_hits(reading, found.shown, found.scores)),
        facets=found.facets,
        warnings=reading.warnings,
        data_version=now.version.name,
        partial=found.partial,
    )


def search_stream(index: LiveIndex, query: str, *, sort: Sort, today: date) -> Iterator[Hit]:
    """Every hit, one after the other, in constant memory."""
    reading = understand(query, index.now().vocabulary, today=today)
    return _hits(reading, index.backend.scan_shown(reading.engine, sort=sort), repeat(None))


def _hits(reading: Reading, shown: Iterable[Shown], scores: Iterable[float | None]) -> Iterator[Hit]:
    return (_hit(reading, each, score) for each, score in zip(shown, scores, strict=False))


def _hit(reading: Reading, shown: Shown, score: float | None) -> Hit:
    texts = {"title": shown.title, "question": shown.question, "answer": shown.answer}
    return Hit(
        id=shown.id,
        score=score,
        title=shown.title,
        author=shown.author,
        ministry=shown.ministry,
        published_date=shown.published_date,
        answered_date=shown.answered_date,
        status=shown.status,
        url=PERMALINK.format(id=shown.id),
        highlights=highlight(texts, reading.marks),
    )
