"""What a query means: the one door to the query language.

`understand` takes any string and never raises; the worst input becomes plain words, or nothing with a warning.
"""

from dataclasses import dataclass
from datetime import date

from pipelines.search.engine_query import EngineQuery, Mark
from pipelines.search.language.choosing import EVERY_FORM, FormChoice, idle, with_forms
from pipelines.search.language.explain import Explainer
from pipelines.search.language.fitting import fits, with_marks
from pipelines.search.language.messages import warning
from pipelines.search.language.normal import written
from pipelines.search.language.parser import parse
from pipelines.search.language.phrases import Language
from pipelines.search.language.resolve import Resolver
from pipelines.search.vocabulary import Vocabulary
from schemas.search import QueryWarning, Understood


@dataclass(frozen=True)
class Reading:
    """A query, read: what the engine is asked, what was understood, what was odd, what to mark in the texts."""

    engine: EngineQuery
    understood: Understood
    warnings: tuple[QueryWarning, ...]
    marks: tuple[Mark, ...]


def understand(query: str, vocabulary: Vocabulary, *, today: date, forms: FormChoice = EVERY_FORM) -> Reading:
    """Read `query` against the vocabulary of an index; days late and relative dates count from `today`.

    The normalised query holds the reader's choice of forms, and real dates, so that it asks the same later (days late
    apart: they count from today).
    """
    parsed = parse(query, today)
    root = with_forms(parsed.root, vocabulary, forms)
    resolver = Resolver(vocabulary, today)
    engine, marks = resolver.resolve(root), tuple(resolver.marks)
    whole = (0, len(query))
    resolver.warnings += [warning("form_of_no_word", whole, form=form) for form in idle(root, forms)]
    for code, limit, change in fits(engine, vocabulary.count):
        engine, marks = with_marks(engine, change), tuple(map(change, marks))
        resolver.warnings.append(warning(code, whole, limit=limit))
    french, english = (Explainer(language, resolver.words, resolver.also, resolver.found) for language in Language)
    understood = Understood(
        normalised=written(root),
        fr=french.sentence(root),
        en=english.sentence(root),
        words=tuple(resolver.words.values()),
    )
    return Reading(engine, understood, (*parsed.warnings, *resolver.warnings), marks)
