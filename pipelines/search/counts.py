"""Counting forms and field values while documents pass by on their way into an index.

Done plainly it costs as much as the indexing. So a text of French letters is split as single bytes, and counted in
small batches that stay in the processor's cache. What is counted is the same.
"""

import re
from collections import Counter, defaultdict
from functools import cache
from typing import Final

from pipelines.search.analysis import lower, plain_tokens
from pipelines.search.engine_query import KEYWORD_FIELDS
from schemas.search import SearchDocument

_CHARSET: Final = "cp1252"  # every French letter, quotes, dashes, €; all in one piece (NFC)
_BATCH: Final = 1_024  # documents
_VALUE_FIELDS: Final = tuple(sorted(KEYWORD_FIELDS - {"id", "source_id", "ever"}))


class Counts:
    """Forms with their numbers of documents, and field values with theirs."""

    def __init__(self) -> None:
        self.documents = 0
        self.values: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._forms: Counter[str] = Counter()
        self._encoded: Counter[bytes] = Counter()
        self._batch: Counter[bytes] = Counter()
        self._in_batch = 0

    @property
    def forms(self) -> Counter[str]:
        """The number of documents of each form."""
        self._encoded.update(self._batch)
        for form, count in self._encoded.items():
            self._forms[form.decode(_CHARSET)] += count
        self._batch, self._encoded, self._in_batch = Counter(), Counter(), 0
        return self._forms

    def add(self, document: SearchDocument) -> None:
        """Count one document in."""
        text = _text(document)
        quick = french_tokens(text)
        if quick is None:
            self._forms.update(set(plain_tokens(text)))
        else:
            self._add_to_batch(set(quick))
        self._count_values(document, 1)

    def remove(self, document: SearchDocument) -> None:
        """Count one document out, as it was when it was counted in."""
        self.forms.subtract(set(plain_tokens(_text(document))))
        self._count_values(document, -1)

    def _add_to_batch(self, forms: set[bytes]) -> None:
        self._batch.update(forms)
        self._in_batch += 1
        if self._in_batch >= _BATCH:
            self._encoded.update(self._batch)
            self._batch, self._in_batch = Counter(), 0

    def _count_values(self, document: SearchDocument, step: int) -> None:
        self.documents += step
        for field in _VALUE_FIELDS:
            value = getattr(document, field)
            for each in value if isinstance(value, tuple) else (value,):
                if each is not None:
                    self.values[field][each] += step


def french_tokens(text: str) -> list[bytes] | None:
    """The plain tokens of a text in the order they stand, one byte a letter; None where a letter needs more."""
    try:
        encoded = text.encode(_CHARSET)
    except UnicodeEncodeError:
        return None
    return encoded.translate(_table()).split()


@cache
def _table() -> bytes:
    """Each byte's lower-case letter or number, or a space for what separates tokens."""
    return b"".join(_lower_or_space(bytes([byte])) for byte in range(256))


def _lower_or_space(byte: bytes) -> bytes:
    letter = byte.decode(_CHARSET, errors="ignore")
    return lower(letter).encode(_CHARSET) if re.fullmatch(r"[^\W_]", letter) else b" "


def _text(document: SearchDocument) -> str:
    texts = (document.title, document.heading, document.question, document.answer)
    return " | ".join(text for text in texts if text)
