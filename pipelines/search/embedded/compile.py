"""Engine queries as tantivy queries.

Every node has a way to match (scored 0) and, for words, a way to score; `matching.py` says which is taken. Alternatives
at a place of a phrase are phrases of their own, many of them a regular expression of tokens, which have letters and
digits only.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import compress, groupby, product
from math import prod
from typing import NamedTuple

import tantivy
from tantivy import FieldType, Occur, Query

from pipelines.search.analysis import fold, in_common
from pipelines.search.documents import BOOSTS
from pipelines.search.embedded.schema import text_field
from pipelines.search.engine_query import (
    MAX_FIGURES,
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

FigureResolver = Callable[[Sequence[FigureIs]], Sequence[str]]

_Forms = tuple[str, ...]
_Span = tuple[int, int]
"""Middle and half width of a span of distances: tantivy matches |distance - middle| ≤ half width."""

_FREQUENT = 4  # times as frequent as the rarest word
_RARER = 2  # times as rare as the rarest word
_SINGLE_TERMS = 100  # a set of terms is read through an automaton, which is worth making for hundreds of them only
_COMBINATIONS = 4  # of the alternatives of a phrase: more cost more than a regular expression where they are frequent
_STATES = 900  # of one regular expression: tantivy takes a thousand
_KEPT = 256  # words in their fields; phrases and proximities, whose automata are made by their first use, and are dear


class _Terms(NamedTuple):
    """The forms of a word that a field has: how each is sought there, and how many documents have it."""

    forms: list[str]
    queries: list[Query]
    documents: list[int]


class Compiler:
    """Compiles for one state of one index: its schema, which tokens it has, and where its figures are looked up."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher, questions_with: FigureResolver) -> None:
        self._schema = schema
        self._searcher = searcher
        self._questions_with = questions_with
        self._terms_in = lru_cache(_KEPT)(self._find_terms)
        self._places = lru_cache(_KEPT)(self._compile_places)
        self._figures = lru_cache(MAX_FIGURES)(self._compile_figures)

    def scored(self, query: EngineQuery) -> Query:
        """The query with the scores of its words."""
        if not scores(query):
            return _unscored(self.matched(query))
        if isinstance(query, And):
            return self._conjunction(query.parts, self.scored)
        if isinstance(query, Or):
            scored = [self.scored(part) for part in query.parts if scores(part)]
            others = tuple(part for part in query.parts if not scores(part))
            return _any([*scored, _unscored(self.matched(Or(others)))] if others else scored)
        words = self._best_forms(query)
        return words[0] if isinstance(query, AnyForm) else _all([*words, _unscored(self.matched(query))])

    def matched(self, query: EngineQuery) -> Query:
        """The query without scores."""
        if isinstance(query, And):
            return self._conjunction(query.parts, self.matched)
        if isinstance(query, Or):
            figures = tuple(part for part in query.parts if isinstance(part, FigureIs))
            others = [self.matched(part) for part in query.parts if not isinstance(part, FigureIs)]
            return _any([*others, self._figures(figures)] if figures else others)
        if isinstance(query, Not):
            return self._conjunction((query,), self.matched)
        return self._leaf(query)

    def one(self, question: str) -> Query:
        """The question of that id."""
        return self._term("id", question)

    def in_blocks(self, blocks: Iterable[str]) -> Query:
        """The questions of those blocks."""
        return self._terms("block", blocks)

    def _conjunction(self, parts: tuple[EngineQuery, ...], required: Callable[[EngineQuery], Query]) -> Query:
        clauses: list[tuple[Occur, Query]] = []
        for part in parts:
            if isinstance(part, Not):
                clauses.append((Occur.MustNot, self.matched(part.part)))
            elif isinstance(part, Keyword) and (rest := self._rest(part)) is not None:
                clauses.append((Occur.MustNot, rest))
            else:
                clauses.append((Occur.Must, required(part)))
        anything = [] if any(occur == Occur.Must for occur, _ in clauses) else [(Occur.Must, Query.all_query())]
        return Query.boolean_query([*anything, *clauses])

    def _rest(self, query: Keyword) -> Query | None:
        """The questions with another value, where most have one of these: it is quicker to leave out a few.

        None where they are not few, and for a field of which a question may have no value or several.
        """
        name, documents = check_field(query), self._searcher.doc_freq
        everything, wanted = documents("present", "number"), values_of(query.values)
        if documents("present", name) < everything or 2 * sum(documents(name, each) for each in wanted) < everything:
            return None
        held = dict(self._searcher.terms_with_prefix(name, ""))
        return self._terms(name, sorted(held.keys() - wanted)) if sum(held.values()) == everything else None

    def _leaf(self, query: EngineQuery) -> Query:  # noqa: C901 (one line for each kind of leaf)
        match query:
            case MatchAll():
                return Query.all_query()
            case AnyForm():
                return self._any_form(query)
            case Phrase() | Near():
                return self._places(query)
            case Keyword():
                return self._terms(check_field(query), query.values)
            case NumberRange():
                return self._range(check_field(query), bounds(query))
            case DateRange():
                days = date_bounds(query)
                return self._range(check_field(query), days and (days[0].toordinal(), days[1].toordinal()))
            case Exists():
                return self._terms("present", (query.field,))
            case Ids():
                return self._terms("id", query.ids)
            case FigureIs():
                return self._figures((query,))
            case MatchNone() | And() | Or() | Not():
                return Query.empty_query()

    def _compile_figures(self, conditions: tuple[FigureIs, ...]) -> Query:
        """The questions with a figure that meets one of them, looked up together: what costs is to name them."""
        return Query.term_set_query(self._schema, "id", self._questions_with(conditions))

    def _compile_places(self, query: Phrase | Near) -> Query:
        return self._phrase(query) if isinstance(query, Phrase) else self._near(query)

    def _best_forms(self, query: EngineQuery) -> list[Query]:
        """Each word's best form; a form far more frequent than the rarest word is scored only beside that."""
        accents = query.accents if isinstance(query, Phrase) else Accents.PLAIN
        words = [self._boosted_terms(word, accents) for word in scored_words(query)]
        documents = [sum(sum(terms.documents) for _, terms in fields) for fields in words]
        rarest, frequent = words[documents.index(min(documents))], _FREQUENT * min(documents)
        beside = _unscored(_any(_queries(terms for _, terms in rarest))) if max(documents) > frequent else None
        return [_best_form(fields, beside, frequent) for fields in words]

    def _boosted_terms(self, word: Word, accents: Accents) -> list[tuple[float, _Terms]]:
        """The terms of a word in each field, with what a score there counts."""
        forms = _tokens(word[0])
        return [(BOOSTS[name], self._terms_in(text_field(name, accents), forms)) for name in fields_of(word[1])]

    def _find_terms(self, name: str, forms: _Forms) -> _Terms:
        """The forms that the field has: the others cost time and match nothing."""
        count = self._searcher.doc_freq
        documents = [count(name, form) for form in forms]
        held = [*compress(forms, documents)]
        return _Terms(held, [self._term(name, form) for form in held], [*filter(None, documents)])

    def _any_form(self, query: AnyForm) -> Query:
        fields = fields_of(query.texts)
        if query.beginning is not None and len(query.forms) > _SINGLE_TERMS:
            letters = "".join(sorted(set(fold("".join(query.forms)))))
            expression = f"{query.beginning}[{letters}]*"
            folded = (text_field(name, Accents.FOLDED) for name in fields)
            return _any([Query.regex_query(self._schema, name, expression) for name in folded])
        forms, plain = _tokens(query.forms), [text_field(name, Accents.PLAIN) for name in fields]
        if len(forms) > _SINGLE_TERMS:
            return _any([Query.term_set_query(self._schema, name, forms) for name in plain])
        return _any(_queries(self._terms_in(name, forms) for name in plain))

    def _phrase(self, query: Phrase) -> Query:
        positions = [_tokens(forms) for forms in query.positions]
        if not positions or not all(positions):
            return Query.empty_query()
        if small := as_small_phrases(query):
            return self._terms(SMALL_PHRASES, small)
        fields = [text_field(name, query.accents) for name in fields_of(query.texts)]
        return _any([self._apart(name, list(enumerate(positions))) for name in fields])

    def _near(self, query: Near) -> Query:
        left, right = ([_tokens(forms) for forms in side] for side in (query.left, query.right))
        if not (left and right and all((*left, *right))):
            return Query.empty_query()
        fields = [text_field(name, Accents.PLAIN) for name in fields_of(query.texts)]
        if len(left) == len(right) == 1:
            spans = _spans(query.between, ordered=query.ordered, differ=set(left[0]).isdisjoint(right[0]))
            return _any([self._distant(name, left[0], right[0], span) for name in fields for span in spans])
        orders = [(left, right)] if query.ordered else [(left, right), (right, left)]
        return _any([self._before(name, *order, query.between) for name in fields for order in orders])

    def _distant(self, name: str, left: _Forms, right: _Forms, span: _Span) -> Query:
        middle, slop = span
        return self._apart(name, [(max(0, -middle), left), (max(0, middle), right)], slop)

    def _before(self, name: str, first: list[_Forms], second: list[_Forms], between: int) -> Query:
        """`first` before `second`, at each distance: tantivy's slop of three words and more means something else."""
        before, after = list(enumerate(first)), list(enumerate(second, start=len(first)))
        return _any(
            [
                self._apart(name, before + [(place + words, forms) for place, forms in after])
                for words in range(between + 1)
            ]
        )

    def _apart(self, name: str, wanted: list[tuple[int, _Forms]], slop: int = 0) -> Query:
        """Alternatives at these distances from each other."""
        places = [(place, self._terms_in(name, forms).forms) for place, forms in wanted]
        if not all(forms for _, forms in places):
            return Query.empty_query()
        if len(places) == 1:
            return self._terms(name, places[0][1])
        found = self._at_places(name, places, slop)
        return _all([found, *self._small_phrases(name, places)]) if slop == 0 else found

    def _at_places(self, name: str, places: list[tuple[int, list[str]]], slop: int) -> Query:
        if prod(len(forms) for _, forms in places) > _COMBINATIONS:
            expressions = product(*([(place, each) for each in _expressions(forms)] for place, forms in places))
            return _any([Query.regex_phrase_query(self._schema, name, list(each), slop) for each in expressions])
        each: Iterable[Sequence[str | tuple[int, str]]]
        each = product(*([(place, form) for form in forms] for place, forms in places))
        return _any([Query.phrase_query(self._schema, name, list(words), slop) for words in each])

    def _small_phrases(self, name: str, places: list[tuple[int, list[str]]]) -> list[Query]:
        """The small phrases that the places need, where they are rarer than each of the words."""
        runs = groupby(enumerate(places), key=lambda each: each[1][0] - each[0])
        needed = [each for _, run in runs for each in small_phrases_needed([forms for _, (_, forms) in run])]
        rarest = min(self._documents(name, forms) for _, forms in places) if needed else 0
        rare = (each for each in needed if _RARER * self._documents(SMALL_PHRASES, each) <= rarest)
        return [self._terms(SMALL_PHRASES, each) for each in rare]

    def _documents(self, name: str, values: Iterable[str]) -> int:
        return sum(self._searcher.doc_freq(name, each) for each in values)

    def _terms(self, name: str, values: Iterable[str]) -> Query:
        distinct = values_of(values)
        if len(distinct) > _SINGLE_TERMS:
            return Query.term_set_query(self._schema, name, distinct)
        return _any([self._term(name, value) for value in distinct])

    def _term(self, name: str, value: str) -> Query:
        return Query.term_query(self._schema, name, value)

    def _range(self, name: str, limits: tuple[int, int] | None) -> Query:
        if limits is None:
            return Query.empty_query()
        return Query.range_query(self._schema, name, FieldType.Integer, limits[0], limits[1])


def _tokens(forms: tuple[str, ...]) -> _Forms:
    return tuple(tokens_of(forms))


def _spans(between: int, *, ordered: bool, differ: bool) -> list[_Span]:
    """The distances from the left word to the right one that are near: 1 to `between` + 1, back as well as forth.

    Each span is one search, so it is worth having few. Where the two sides have no form in common nothing stands at
    distance 0, and one span may reach over it.
    """
    farthest = between + 1
    half, odd = divmod(farthest, 2)
    if differ and not ordered:
        return [(0, farthest)]
    if differ and not odd:
        return [(half, half)]
    ahead = [(half + 1, half)] if odd else [(half, half - 1), (farthest, 0)]
    return ahead if ordered else [*ahead, *((-middle, slop) for middle, slop in ahead)]


def _queries(fields: Iterable[_Terms]) -> list[Query]:
    return [query for terms in fields for query in terms.queries]


def _best_form(fields: list[tuple[float, _Terms]], beside: Query | None, frequent: int) -> Query:
    each = [
        (_boosted(boost, query), documents > frequent)
        for boost, terms in fields
        for query, documents in zip(terms.queries, terms.documents, strict=True)
    ]
    return Query.disjunction_max_query([_all([one, beside]) if often and beside else one for one, often in each], 0.0)


def _boosted(boost: float, query: Query) -> Query:
    return query if boost == 1 else Query.boost_query(query, boost)


def _expressions(forms: list[str]) -> list[str]:
    """Regular expressions of all the forms, as few as tantivy takes: it refuses one of more than a thousand states.

    Each beginning that some forms have in common is one state. What is longer than all of them is no word.
    """
    if len("".join(forms).encode()) < _STATES:
        return [_alternatives(forms)]
    found: list[list[str]] = []
    states, before = _STATES, b""
    for form in sorted(forms):
        letters = form.encode()
        if len(letters) > _STATES:
            continue
        new = len(letters) - len(in_common(before, letters))
        if states + new > _STATES:
            found.append([])
            states, new = 0, len(letters)
        found[-1].append(form)
        states, before = states + new, letters
    return [_alternatives(each) for each in found]


def _alternatives(forms: list[str]) -> str:
    """The forms after the letters that all begin with: an automaton of less is made sooner."""
    common = in_common(min(forms), max(forms))
    return f"{common}({'|'.join(form.removeprefix(common) for form in forms)})"


def _unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _any(queries: list[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries]) if queries else Query.empty_query()


def _all(queries: list[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Must, query) for query in queries])
