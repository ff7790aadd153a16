"""What a query that is being typed may become, and what it may have meant."""

from dataclasses import asdict
from datetime import date

from pipelines.search.language.understand import understand
from pipelines.search.suggestions import corrected, settled
from pipelines.search.suggestions import suggest as completions
from questarium.queries.live_index import LiveIndex
from schemas.record import Record
from schemas.search import QueryWarning
from schemas.settings import Settings


class SuggestedQuery(Record):
    """One way to go on; `count` is the number of questions, None for the name of a field."""

    text: str
    kind: str
    query: str
    count: int | None


class Suggestions(Record):
    """Completions of the last word, the query put right where it was misspelt, and what was odd in it.

    A last word that can be completed is neither: it is not written out yet.
    """

    query: str
    suggestions: tuple[SuggestedQuery, ...]
    did_you_mean: str | None
    warnings: tuple[QueryWarning, ...]


def suggestions(settings: Settings, query: str, *, limit: int, today: date) -> Suggestions:
    """What to propose for `query`, from the vocabulary of the live index; raises NoDatasetError."""
    vocabulary = LiveIndex(settings).now().vocabulary
    found = completions(query, vocabulary, limit)
    warnings = settled(query, understand(query, vocabulary, today=today).warnings, found)
    return Suggestions(
        query=query,
        suggestions=tuple(SuggestedQuery(**asdict(each)) for each in found),
        did_you_mean=corrected(query, warnings),
        warnings=warnings,
    )
