"""Counting forms and field values while documents pass by on their way into an index.

Done plainly it costs as much as the indexing. So texts of French letters wait, one byte a letter, until there are
enough for Arrow to split and count them together. What is counted is the same.
"""

from collections import Counter, defaultdict
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from pipelines.search.analysis import FRENCH, french_words, plain_tokens
from pipelines.search.engine_query import KEYWORD_FIELDS
from schemas.search import SearchDocument

_BATCH: Final = 1_024  # documents
_VALUE_FIELDS: Final = tuple(sorted(KEYWORD_FIELDS - {"id", "source_id", "ever"}))


class Counts:
    """Forms with their numbers of documents, and field values with theirs."""

    def __init__(self) -> None:
        self.documents = 0
        self.values: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._forms: Counter[str] = Counter()
        self._encoded: Counter[bytes] = Counter()
        self._waiting: list[bytes] = []

    @property
    def forms(self) -> Counter[str]:
        """The number of documents of each form."""
        self._count_waiting()
        for form, count in self._encoded.items():
            self._forms[form.decode(FRENCH)] += count
        self._encoded = Counter()
        return self._forms

    def add(self, document: SearchDocument) -> None:
        """Count one document in."""
        text = _text(document)
        words = french_words(text)
        if words is None:
            self._forms.update(set(plain_tokens(text)))
        else:
            self._waiting.append(words)
            if len(self._waiting) >= _BATCH:
                self._count_waiting()
        self._count_values(document, 1)

    def remove(self, document: SearchDocument) -> None:
        """Count one document out, as it was when it was counted in."""
        self.forms.subtract(set(plain_tokens(_text(document))))
        self._count_values(document, -1)

    def _count_waiting(self) -> None:
        self._encoded.update(documents_of_words(self._waiting))
        self._waiting = []

    def _count_values(self, document: SearchDocument, step: int) -> None:
        self.documents += step
        for field in _VALUE_FIELDS:
            value = getattr(document, field)
            for each in value if isinstance(value, tuple) else (value,):
                if each is not None:
                    self.values[field][each] += step


def documents_of_words(texts: list[bytes]) -> dict[bytes, int]:
    """In how many of these texts each word between spaces is.

    Words are numbered, and a word of a text is one number: the word's, and so many times all words as the text is far.
    """
    split = pc.split_pattern(pa.array(texts, pa.binary()), pattern=b" ")
    words = split.flatten().dictionary_encode()
    known = max(1, len(words.dictionary))
    places = pc.multiply(pc.list_parent_indices(split), known)
    distinct = pc.unique(pc.add(places, words.indices.cast(pa.int64())))
    numbers = pc.subtract(distinct, pc.multiply(pc.divide(distinct, known), known)).value_counts()
    found = words.dictionary.take(numbers.field("values")).to_pylist()
    counts = dict(zip(found, numbers.field("counts").to_pylist(), strict=True))
    counts.pop(b"", None)  # between two spaces
    return counts


def _text(document: SearchDocument) -> str:
    texts = (document.title, document.heading, document.question, document.answer)
    return " | ".join(text for text in texts if text)
