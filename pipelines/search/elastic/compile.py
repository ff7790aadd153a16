"""Engine queries as Elasticsearch requests.

Every node has a way to match (in filters) and, for words, a way to score; `matching.py` says which is taken. Places are
compared by spans of single tokens, which are exact for neighbours and for two words within a distance.
"""

from collections.abc import Iterable
from typing import Any

from pipelines.search.documents import BOOSTS
from pipelines.search.elastic.figures import figure_conditions
from pipelines.search.elastic.mapping import text_field
from pipelines.search.engine_query import (
    Accents,
    And,
    AnyForm,
    DateRange,
    EngineQuery,
    Exists,
    FigureIs,
    Ids,
    Keyword,
    MatchAll,
    MatchNone,
    Near,
    Not,
    NumberRange,
    Or,
    Phrase,
)
from pipelines.search.matching import (
    Word,
    bounds,
    check_field,
    date_bounds,
    fields_of,
    scored_words,
    scores,
    tokens_of,
    values_of,
)
from pipelines.search.small_phrases import SMALL_PHRASES, as_small_phrases, small_phrases_needed

Request = dict[str, Any]

_NOTHING: Request = {"match_none": {}}


def scored(query: EngineQuery) -> Request:
    """The query with the scores of its words."""
    if not scores(query):
        return {"bool": {"filter": [matched(query)]}}
    if isinstance(query, And):
        scoring = [scored(part) for part in query.parts if scores(part)]
        return {"bool": {"must": scoring, "filter": [matched(part) for part in query.parts if not scores(part)]}}
    if isinstance(query, Or):
        return {"bool": {"should": [scored(part) for part in query.parts], "minimum_should_match": 1}}
    accents = query.accents if isinstance(query, Phrase) else Accents.PLAIN
    words = [_best_form(word, accents) for word in scored_words(query)]
    return words[0] if isinstance(query, AnyForm) else {"bool": {"must": words, "filter": [matched(query)]}}


def matched(query: EngineQuery) -> Request:
    """The query without scores."""
    match query:
        case And():
            return {"bool": {"filter": [matched(part) for part in query.parts]}} if query.parts else {"match_all": {}}
        case Or():
            return _any(matched(part) for part in query.parts)
        case Not():
            return {"bool": {"must_not": [matched(query.part)]}}
        case _:
            return _leaf(query)


def _leaf(query: EngineQuery) -> Request:  # noqa: C901 (one line for each kind of leaf)
    match query:
        case MatchAll():
            return {"match_all": {}}
        case AnyForm():
            forms = tokens_of(query.forms)
            return _any(_terms(text_field(name, Accents.PLAIN), forms) for name in fields_of(query.texts))
        case Phrase():
            return _phrase(query)
        case Near():
            return _near(query)
        case Keyword():
            return _terms(check_field(query), query.values)
        case NumberRange():
            return _range(check_field(query), bounds(query))
        case DateRange():
            days = date_bounds(query)
            return _range(check_field(query), days and (days[0].isoformat(), days[1].isoformat()))
        case Exists():
            return {"term": {"present": query.field}}
        case Ids():
            return {"ids": {"values": list(query.ids)}}
        case FigureIs():
            return _any(figure_conditions(query))
        case MatchNone() | And() | Or() | Not():
            return _NOTHING


def _best_form(word: Word, accents: Accents) -> Request:
    forms, texts = word
    terms = [
        {"term": {text_field(name, accents): {"value": form, "boost": BOOSTS[name]}}}
        for name in fields_of(texts)
        for form in tokens_of(forms)
    ]
    return {"dis_max": {"queries": terms, "tie_breaker": 0.0}}


def _phrase(query: Phrase) -> Request:
    positions = [tokens_of(forms) for forms in query.positions]
    if not positions or not all(positions):
        return _NOTHING
    if small := as_small_phrases(query):
        return _terms(SMALL_PHRASES, small)
    fields = [text_field(name, query.accents) for name in fields_of(query.texts)]
    if len(positions) == 1:
        return _any(_terms(name, positions[0]) for name in fields)
    if all(len(forms) == 1 for forms in positions):
        words = " ".join(forms[0] for forms in positions)  # tokens are tokenised to themselves
        places = _any({"match_phrase": {name: words}} for name in fields)
    else:
        places = _any(_side_by_side(name, positions) for name in fields)
    return _with_small_phrases(places, positions)


def _near(query: Near) -> Request:
    left, right = ([tokens_of(forms) for forms in side] for side in (query.left, query.right))
    if not (left and right and all((*left, *right))):
        return _NOTHING
    fields = [text_field(name, Accents.PLAIN) for name in fields_of(query.texts)]
    # Spans in no order may overlap, so that one query will do only where no word is both sides.
    apart = len(left) == len(right) == 1 and set(left[0]).isdisjoint(right[0])
    orders = [(left, right)] if query.ordered or apart else [(left, right), (right, left)]
    in_order = query.ordered or not apart
    places = _any(
        _spans([_side_by_side(name, side) for side in order], query.between, in_order=in_order)
        for name in fields
        for order in orders
    )
    return _with_small_phrases(places, left, right)


def _side_by_side(name: str, positions: list[list[str]]) -> Request:
    clauses: list[Request] = [
        {"span_or": {"clauses": [{"span_term": {name: form}} for form in forms]}} for forms in positions
    ]
    return clauses[0] if len(clauses) == 1 else _spans(clauses, 0)


def _spans(clauses: list[Request], between: int, *, in_order: bool = True) -> Request:
    return {"span_near": {"clauses": clauses, "slop": between, "in_order": in_order}}


def _with_small_phrases(places: Request, *sides: list[list[str]]) -> Request:
    """The places, sought in the questions that have the small phrases they need."""
    needed = [_terms(SMALL_PHRASES, each) for side in sides for each in small_phrases_needed(side)]
    return {"bool": {"filter": [*needed, places]}} if needed else places


def _terms(name: str, values: Iterable[str]) -> Request:
    distinct = values_of(values)
    if len(distinct) == 1:
        return {"term": {name: distinct[0]}}
    return {"terms": {name: distinct}} if distinct else _NOTHING


def _range(name: str, limits: tuple[int, int] | tuple[str, str] | None) -> Request:
    return {"range": {name: {"gte": limits[0], "lte": limits[1]}}} if limits else _NOTHING


def _any(queries: Iterable[Request]) -> Request:
    parts = list(queries)
    if len(parts) == 1:
        return parts[0]
    return {"bool": {"should": parts, "minimum_should_match": 1}} if parts else _NOTHING
