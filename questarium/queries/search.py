"""One search: understood, asked of the engine, shown with passages from the dataset."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from pipelines.dataset.read import questions as stored_questions
from pipelines.dataset.store import Version
from pipelines.flow.indexing import indexed_version, vocabulary_of
from pipelines.search.backend import SearchBackend
from pipelines.search.engines import open_backend
from pipelines.search.highlight import highlight
from pipelines.search.language.understand import Reading, understand
from questarium.queries.show import PERMALINK
from schemas.errors import NoDatasetError
from schemas.question import EventKind, Question
from schemas.search import FACETS, Hit, SearchResult, Sort
from schemas.settings import Settings

_PAGE = 500  # hits whose texts are held at a time


@dataclass(frozen=True)
class _Opened:
    """The live index, the data version it was made from, and the query as that index's vocabulary understands it."""

    backend: SearchBackend
    version: Version
    reading: Reading


def search(
    settings: Settings, query: str, *, sort: Sort, offset: int, limit: int, facets: bool, today: date
) -> SearchResult:
    """One page of hits; raises NoDatasetError, SearchError. No query is wrong: what is odd comes as a warning."""
    return _page(_open(settings, query, today), query, sort=sort, offset=offset, limit=limit, facets=facets)


def search_all(settings: Settings, query: str, *, sort: Sort, facets: bool, today: date) -> SearchResult:
    """Every hit, without a cap, in a stable order."""
    opened = _open(settings, query, today)
    first = _page(opened, query, sort=sort, offset=0, limit=1, facets=facets)
    hits = tuple(_hits(opened, ((id_, None) for id_ in opened.backend.scan(opened.reading.engine, sort=sort))))
    return first.model_copy(update={"hits": hits})


def _page(opened: _Opened, query: str, *, sort: Sort, offset: int, limit: int, facets: bool) -> SearchResult:
    wanted = FACETS if facets else ()
    found = opened.backend.search(opened.reading.engine, sort=sort, offset=offset, limit=limit, facets=wanted)
    return SearchResult(
        query=query,
        understood=opened.reading.understood,
        total=found.total,
        hits=tuple(_hits(opened, zip(found.ids, found.scores, strict=True))),
        facets=found.facets,
        warnings=opened.reading.warnings,
        data_version=opened.version.name,
        partial=found.partial,
    )


def _open(settings: Settings, query: str, today: date) -> _Opened:
    backend = open_backend(settings)
    state = backend.state()
    if state is None:
        raise NoDatasetError(f"nothing has been indexed in {settings.home}: run `questarium build`")
    version = indexed_version(settings, state)
    return _Opened(backend, version, understand(query, vocabulary_of(settings, version.name), today=today))


def _hits(opened: _Opened, found: Iterable[tuple[str, float | None]]) -> Iterator[Hit]:
    remaining = iter(found)
    while page := list(islice(remaining, _PAGE)):
        stored = {question.id: question for question in stored_questions(opened.version, [id_ for id_, _ in page])}
        yield from (_hit(opened.reading, stored[id_], score) for id_, score in page if id_ in stored)


def _hit(reading: Reading, question: Question, score: float | None) -> Hit:
    texts = {"title": question.title, "question": question.question, "answer": question.answer}
    return Hit(
        id=question.id,
        score=score,
        title=question.title,
        author=question.author.name if question.author else None,
        ministry=question.ministry_assigned,
        published_date=next(iter(question.dates(EventKind.PUBLISHED)), None),
        answered_date=next(iter(question.dates(EventKind.ANSWERED)), None),
        status=question.status,
        url=PERMALINK.format(id=question.id),
        highlights=highlight(texts, reading.marks),
    )
