"""Counting forms and field values while documents pass by on their way into an index.

Done plainly it costs as much as the indexing. So documents wait until there are enough to be counted together: texts of
French letters, one byte a letter, are split and counted by Arrow, the values of a field at once. What is counted is the
same.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.search.analysis import FRENCH, french_words, plain_tokens, together
from pipelines.search.engine_query import KEYWORD_FIELDS
from schemas.search import SearchDocument

_BATCH: Final = 2_048  # documents
_TOGETHER: Final = 64  # texts whose distinct words are sought at once: the table of them stays in the cache
_VALUE_FIELDS: Final = tuple(sorted(KEYWORD_FIELDS - {"id", "source_id", "ever", "portfolios"}))
_values_of: Final = attrgetter(*_VALUE_FIELDS)


class Counts:
    """Forms with their numbers of documents, and field values with theirs."""

    def __init__(self) -> None:
        self.documents = 0
        self._values: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._forms: Counter[str] = Counter()
        self._encoded: Counter[bytes] = Counter()
        self._waiting_words: list[bytes] = []
        self._waiting_values: list[tuple[Any, ...]] = []
        self._waiting_portfolios: list[str] = []

    @property
    def forms(self) -> Counter[str]:
        """The number of documents of each form."""
        self._count_waiting()
        forms = b" ".join(self._encoded).decode(FRENCH).split()
        self._forms.update(dict(zip(forms, self._encoded.values(), strict=True)))
        self._encoded = Counter()
        return self._forms

    @property
    def values(self) -> defaultdict[str, Counter[str]]:
        """The number of documents of each value of a field."""
        self._count_waiting()
        return self._values

    def add(self, document: SearchDocument) -> None:
        """Count one document in."""
        text = _text(document)
        words = french_words(text)
        if words is None:
            self._forms.update(set(plain_tokens(text)))
        else:
            self._waiting_words.append(words)
        self._waiting_values.append(_values_of(document))
        self._waiting_portfolios.extend(document.portfolios)
        self.documents += 1
        if len(self._waiting_values) >= _BATCH:
            self._count_waiting()

    def remove(self, document: SearchDocument) -> None:
        """Count one document out, as it was when it was counted in."""
        self.forms.subtract(set(plain_tokens(_text(document))))
        for field, value in zip(_VALUE_FIELDS, _values_of(document), strict=True):
            if value is not None:
                self.values[field][value] -= 1
        self.values["portfolios"].subtract(document.portfolios)
        self.documents -= 1

    def _count_waiting(self) -> None:
        if not self._waiting_values:
            return
        self._encoded.update(documents_of_words(self._waiting_words))
        for field, column in zip(_VALUE_FIELDS, zip(*self._waiting_values, strict=True), strict=True):
            self._count_values(field, column)
        self._count_values("portfolios", self._waiting_portfolios)
        self._waiting_words, self._waiting_values, self._waiting_portfolios = [], [], []

    def _count_values(self, field: str, column: Iterable[str | None]) -> None:
        counted = {value: count for value, count in Counter(column).items() if value is not None}
        if counted:
            self._values[field].update(counted)


def documents_of_words(texts: list[bytes]) -> dict[bytes, int]:
    """In how many of these texts each word between spaces is.

    Words are numbered, and a word of a text is one number: the word's, and so many times all words as the text is far.
    """
    split = pc.split_pattern(pa.array(texts, pa.binary()), pattern=b" ")
    words = split.flatten().dictionary_encode()
    known = max(1, len(words.dictionary))
    places = pc.add(pc.multiply(pc.list_parent_indices(split), known), words.indices.cast(pa.int64()))
    starts = [*split.offsets[::_TOGETHER].to_pylist(), len(places)]
    distinct = pa.concat_arrays([pc.unique(places[start:end]) for start, end in pairwise(starts)])
    numbers = pc.subtract(distinct, pc.multiply(pc.divide(distinct, known), known)).value_counts()
    found = words.dictionary.take(numbers.field("values")).to_pylist()
    counts = dict(zip(found, numbers.field("counts").to_pylist(), strict=True))
    counts.pop(b"", None)  # between two spaces
    return counts


def _text(document: SearchDocument) -> str:
    return together((document.title, document.heading, document.question, document.answer))
