"""A query asked of every hit: what it means, of which data it was asked, and the hits one after the other.

Whatever is made of hits (concordance, trend, export …) starts here and carries the same `Origin`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from pipelines.dataset.store import Version
from pipelines.search.language.choosing import EVERY_FORM, FormChoice
from pipelines.search.language.understand import Reading, understand
from pipelines.search.suggestions import corrected
from pipelines.search.vocabulary import Vocabulary
from questarium.queries.live_index import LiveIndex
from schemas.search import Origin, Shown, Sort
from schemas.settings import Settings

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
        return self.index.backend.scan_shown(self.reading.engine, sort=sort)

    def ids(self, sort: Sort) -> Iterator[str]:
        """The id of every hit, in a stable order."""
        return self.index.backend.scan(self.reading.engine, sort=sort)


def ask(settings: Settings, query: str, *, today: date, forms: FormChoice = EVERY_FORM) -> Asked:
    """The query, understood against the live index; days late and relative dates count from `today`."""
    index = LiveIndex(settings)
    now = index.now()
    reading = understand(query, now.vocabulary, today=today, forms=forms)
    return Asked(query, today, index, now.version, now.vocabulary, reading)


def texts_of(shown: Shown) -> dict[str, str | None]:
    """The texts that are searched, by section."""
    return {"title": shown.title, "question": shown.question, "answer": shown.answer}
