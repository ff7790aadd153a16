"""A query asked of every hit: what it means, of which data it was asked, and the hits one after the other.

Whatever is made of hits (concordance, trend, export …) starts here and carries the same `Origin`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeVar

from pipelines.dataset.store import Version
from pipelines.search.language.choosing import EVERY_FORM, FormChoice
from pipelines.search.language.understand import Reading, understand
from pipelines.search.suggestions import corrected
from pipelines.search.vocabulary import Vocabulary
from questarium.queries.live_index import LiveIndex
from schemas.search import Origin, Shown, Sort
from schemas.settings import Settings

Progress = Callable[[int, int], None]
"""Told how many hits of how many are read."""
HitT = TypeVar("HitT")

_STEP: Final = 500  # hits between two reports of progress
LICENCE: Final = (
    "Questions and answers: Assemblée nationale, Sénat and Government of France, Licence Ouverte / Open Licence 2.0 "
    "(https://www.etalab.gouv.fr/licence-ouverte-open-licence/)"
)


@dataclass(frozen=True)
class Asked:
    """One query and the index it is asked of; raises NoDatasetError, SearchError when it is made or followed."""

    query: str
    as_of: date
    index: LiveIndex
    version: Version
    vocabulary: Vocabulary
    reading: Reading
    on_progress: Progress | None = None

    @property
    def origin(self) -> Origin:
        """What one must know to quote a result, and to get it again.

        Every hit is read or none is: these results are never partial.
        """
        return Origin(
            query=self.query,
            understood=self.reading.understood,
            did_you_mean=corrected(self.query, self.reading.warnings),
            warnings=self.reading.warnings,
            data_version=self.version.name,
            as_of=self.as_of,
            licence=LICENCE,
        )

    def shown(self, sort: Sort) -> Iterator[Shown]:
        """Every hit with its texts, in a stable order, in constant memory."""
        return self._followed(self.index.backend.scan_shown(self.reading.engine, sort=sort))

    def ids(self, sort: Sort) -> Iterator[str]:
        """The id of every hit, in a stable order."""
        return self._followed(self.index.backend.scan(self.reading.engine, sort=sort))

    def total(self) -> int:
        """How many hits the engine counts."""
        return self.index.backend.search(self.reading.engine, sort=Sort.NUMBER, offset=0, limit=1).total

    def _followed(self, hits: Iterator[HitT]) -> Iterator[HitT]:
        """The same hits, told of as they are read where somebody looks on."""
        if self.on_progress is None:
            yield from hits
            return
        total = self.total()
        for read, hit in enumerate(hits, start=1):
            yield hit
            if read % _STEP == 0 or read == total:
                self.on_progress(read, total)


def ask(
    settings: Settings,
    query: str,
    *,
    today: date,
    forms: FormChoice = EVERY_FORM,
    on_progress: Progress | None = None,
) -> Asked:
    """The query, understood against the live index; days late and relative dates count from `today`."""
    index = LiveIndex(settings)
    now = index.now()
    reading = understand(query, now.vocabulary, today=today, forms=forms)
    return Asked(query, today, index, now.version, now.vocabulary, reading, on_progress)


def texts_of(shown: Shown) -> dict[str, str | None]:
    """The texts that are searched, by section."""
    return {"title": shown.title, "question": shown.question, "answer": shown.answer}
