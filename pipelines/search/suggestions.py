"""Suggestions while a query is typed: words of the texts, names of fields, values of the field that is being filled.

All from the vocabulary, never from an engine. Spelling is the other half: a whole query put right (`corrected`).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pipelines.search.analysis import fold, folded_tokens, lower
from pipelines.search.language import fields
from pipelines.search.language.messages import MEANT
from pipelines.search.vocabulary import Vocabulary
from pipelines.search.words import stop_words
from schemas.search import QueryWarning

_SHORTEST = 2  # letters, from which words are proposed
_BEING_TYPED = re.compile(r"(?:(?P<field>[^\W\d][\w°º'’\-]*):)?(?P<quote>\"?)(?P<word>[^\s\"()|:'’ʼ\-]*)$")
_OF_FIELDS = ("bad_value", "unknown_field")


@dataclass(frozen=True)
class Suggestion:
    """One way to go on: what is proposed, the whole query with it, in how many questions it is (None for a field)."""

    text: str
    kind: str  # word, field or value
    query: str
    count: int | None


def suggest(query: str, vocabulary: Vocabulary, limit: int) -> list[Suggestion]:
    """What the end of the query may become, most frequent first; nothing for fewer than two letters of a word."""
    typed = _BEING_TYPED.search(query)
    if typed is None:
        return []
    before = query[: typed.start("quote")]
    field = fields.field_named(typed["field"]) if typed["field"] else None
    if field is not None and field.kind is fields.Kind.LABEL:
        found: Iterator[Suggestion] = _labels(before, field, typed["word"], vocabulary)
    elif field is not None and field.kind is fields.Kind.CHOICE:
        found = _choices(before, field, typed["word"])
    else:
        found = _words(before, typed["word"], vocabulary, with_fields=field is None and not typed["quote"])
    return list(islice(found, limit))


def settled(query: str, warnings: Iterable[QueryWarning], completions: list[Suggestion]) -> tuple[QueryWarning, ...]:
    """The warnings without those about the end of a query that can be completed: half a word is no misspelt one."""
    return tuple(each for each in warnings if not completions or each.code not in MEANT or each.end < len(query))


def corrected(query: str, warnings: Iterable[QueryWarning]) -> str | None:
    """The query with every suggested word, field and value in its place; None when nothing was suggested."""
    odd = [each for each in warnings if each.code in MEANT]
    places = {(each.start, each.end) for each in odd if each.code in _OF_FIELDS}
    changes = [
        each
        for each in odd
        if each.suggestion and (each.code in _OF_FIELDS or (each.start, each.end) not in places)  # its words follow it
    ]
    for each in sorted(changes, key=lambda change: -change.start):
        query = query[: each.start] + _in_place(each, query[each.start : each.end]) + query[each.end :]
    return query if changes else None


def _words(before: str, typed: str, vocabulary: Vocabulary, *, with_fields: bool) -> Iterator[Suggestion]:
    prefix = lower(typed)
    if len(prefix) < _SHORTEST:
        return
    forms = [form for form in vocabulary.beginning_with(prefix) if form.form not in stop_words()]
    for form in forms:
        yield Suggestion(form.form, "word", before + form.form, form.count)
    if with_fields:
        simple = fields.simplified(prefix)
        for field in fields.fields().values():
            name = next((name for name in field.names if fields.simplified(name).startswith(simple)), None)
            if name is not None:
                yield Suggestion(f"{name}:", "field", f"{before}{name}:", None)


def _labels(before: str, field: fields.Field, typed: str, vocabulary: Vocabulary) -> Iterator[Suggestion]:
    """Values with words that begin as the typed ones do, in any order."""
    prefixes = folded_tokens(typed)
    counts = vocabulary.labels(field.target)
    fitting = [
        label
        for label, tokens in vocabulary.folded_labels(field.target)
        if all(any(token.startswith(prefix) for token in tokens) for prefix in prefixes)
    ]
    for label in sorted(fitting, key=lambda label: (-counts[label], label)):
        yield Suggestion(label, "value", f'{before}"{label}"', counts[label])


def _choices(before: str, field: fields.Field, typed: str) -> Iterator[Suggestion]:
    for name in fields.choice_names(field.target):
        if fold(lower(name)).startswith(fold(lower(typed))):
            yield Suggestion(name, "value", before + name, None)


def _in_place(change: QueryWarning, typed: str) -> str:
    suggestion = change.suggestion or ""
    if change.code == "unknown_field":
        return f"{suggestion}:"
    if change.code == "bad_value":
        return f"{typed.partition(':')[0]}:{suggestion}"
    return f'"{suggestion}"' if change.code == "unknown_label" and len(folded_tokens(suggestion)) > 1 else suggestion
