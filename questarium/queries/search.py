"""One search: understood, asked of the engine, shown with passages from the texts as the dataset has them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import repeat

from pipelines.search.highlight import highlight
from pipelines.search.language.choosing import EVERY_FORM, FormChoice
from pipelines.search.language.understand import Reading, understand
from pipelines.search.suggestions import corrected
from questarium.queries.asked import texts_of
from questarium.queries.live_index import LiveIndex
from schemas.errors import SearchError
from schemas.identity import PERMALINK
from schemas.search import FACETS, Hit, SearchResult, Shown, Sort
from schemas.settings import Settings


def search(
    settings: Settings,
    query: str,
    *,
    sort: Sort,
    offset: int,
    limit: int,
    facets: bool,
    today: date,
    forms: FormChoice = EVERY_FORM,
) -> SearchResult:
    """One page of hits; raises NoDatasetError, SearchError. No query is wrong: what is odd comes as a warning."""
    wanted = FACETS if facets else ()
    index = LiveIndex(settings)
    return search_page(index, query, sort=sort, offset=offset, limit=limit, facets=wanted, today=today, forms=forms)


def search_all(
    settings: Settings, query: str, *, sort: Sort, facets: bool, today: date, forms: FormChoice = EVERY_FORM
) -> tuple[SearchResult, Iterator[Hit]]:
    """What is found, and apart from it every hit, without a cap, in a stable order, in constant memory."""
    index = LiveIndex(settings)
    wanted = FACETS if facets else ()
    found = search_page(index, query, sort=sort, offset=0, limit=1, facets=wanted, today=today, forms=forms)
    hits = search_stream(index, query, sort=sort, today=today, forms=forms)
    return found.model_copy(update={"hits": ()}), _whole(hits, found.total)


def search_page(
    index: LiveIndex,
    query: str,
    *,
    sort: Sort,
    offset: int,
    limit: int,
    facets: Sequence[str],
    today: date,
    forms: FormChoice = EVERY_FORM,
) -> SearchResult:
    """One page from an index that is open already: for whoever searches again and again."""
    now = index.now()
    while True:
        reading = understand(query, now.vocabulary, today=today, forms=forms)
        found = index.backend.search(reading.engine, sort=sort, offset=offset, limit=limit, facets=facets, shown=True)
        asked, now = now, index.now(answered=found.index)
        if now.state.index == asked.state.index:
            break  # else it switched meanwhile: the words have to be those of the new vocabulary
    return SearchResult(
        query=query,
        understood=reading.understood,
        did_you_mean=corrected(query, reading.warnings),
        as_of=today,
        total=found.total,
        hits=tuple(_hits(reading, found.shown, found.scores)),
        facets=found.facets,
        warnings=reading.warnings,
        data_version=now.version.name,
        partial=found.partial,
    )


def search_stream(
    index: LiveIndex, query: str, *, sort: Sort, today: date, forms: FormChoice = EVERY_FORM
) -> Iterator[Hit]:
    """Every hit, one after the other, in constant memory."""
    reading = understand(query, index.now().vocabulary, today=today, forms=forms)
    return _hits(reading, index.backend.scan_shown(reading.engine, sort=sort), repeat(None))


def _whole(hits: Iterator[Hit], expected: int) -> Iterator[Hit]:
    """The hits; raises SearchError after the last one if they are not as many as were counted."""
    read = 0
    for read, hit in enumerate(hits, start=1):  # noqa: B007  (told at the end)
        yield hit
    if read != expected:
        raise SearchError(f"{read} of {expected} hits were read: the index changed meanwhile, search again")


def _hits(reading: Reading, shown: Iterable[Shown], scores: Iterable[float | None]) -> Iterator[Hit]:
    return (_hit(reading, each, score) for each, score in zip(shown, scores, strict=False))


def _hit(reading: Reading, shown: Shown, score: float | None) -> Hit:
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
        highlights=highlight(texts_of(shown), reading.marks),
    )
