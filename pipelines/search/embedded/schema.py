"""The fields of the embedded index, and a document as tantivy takes it.

Each text is indexed twice with its positions, plain and folded; keywords whole; numbers and days as integers that can
be ranged over; the sort keys as columns. What identifies a hit and what is needed to show it is stored. A facet of
keywords has two columns, of its values and of their codes (facets.py); several values of one document are one there.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Final

import orjson
import tantivy

from pipelines.search.documents import BOOSTS, FACET_FIELDS, KEYWORDS, NUMBERS, SHOWN_TEXTS, Flat
from pipelines.search.engine_query import DATE_FIELDS, Accents
from pipelines.search.small_phrases import SMALL_PHRASES
from pipelines.search.sort_keys import SORT_FIELDS

_PLAIN: Final = "questarium_plain"
_FOLDED: Final = "questarium_folded"
_SPACED: Final = "questarium_spaced"
_COUNTED: Final = tuple(sorted(set(FACET_FIELDS.values()) - set(NUMBERS)))
_SEVERAL: Final = "portfolios"  # the one of them that may have several values
_BETWEEN: Final = "\n"


def text_field(name: str, accents: Accents) -> str:
    """The index field of a text in one of its two forms."""
    return name if accents is Accents.PLAIN else f"{name}_folded"


def counted_field(name: str) -> str:
    """The column in which the values of a facet's field are counted."""
    return f"{name}_together" if name == _SEVERAL else name


def counted_apart(name: str, counts: Mapping[str, int]) -> Mapping[str, int]:
    """What was counted in that column, with the values that stand together there counted apart."""
    if name != _SEVERAL:
        return counts
    apart: Counter[str] = Counter()
    for held, count in counts.items():
        for value in held.split(_BETWEEN):
            apart[value] += count
    return apart


def code_field(name: str) -> str:
    """The column of the codes of what stands there; a number is its own code."""
    return name if name in NUMBERS else f"{name}_code"


@lru_cache(1 << 16)
def code_of(held: str) -> int:
    """A number of 64 bits that stands for a value, or for several together."""
    return int.from_bytes(blake2b(held.encode(), digest_size=8).digest(), signed=True)


def build_schema() -> tantivy.Schema:
    """All fields."""
    builder = tantivy.SchemaBuilder()
    for name in BOOSTS:
        stored = name in SHOWN_TEXTS
        builder.add_text_field(text_field(name, Accents.PLAIN), stored=stored, tokenizer_name=_PLAIN)
        builder.add_text_field(text_field(name, Accents.FOLDED), tokenizer_name=_FOLDED)
    builder.add_text_field(SMALL_PHRASES, tokenizer_name=_SPACED, index_option="basic")
    columns = {counted_field(name) for name in _COUNTED}
    for name in sorted(KEYWORDS | columns):
        builder.add_text_field(
            name, stored=name == "id", fast=name in columns, tokenizer_name="raw", index_option="basic"
        )
    for name in _COUNTED:
        builder.add_integer_field(code_field(name), fast=True)
    for name in (*NUMBERS, *sorted(DATE_FIELDS)):
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in SORT_FIELDS.values():
        builder.add_integer_field(name, fast=True)
    builder.add_text_field("block", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("check", fast=True)
    builder.add_bytes_field("shown", stored=True, indexed=False, fast=False)
    builder.add_integer_field("version", stored=True)
    builder.add_text_field("content_hash", stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


def create_index(folder: Path) -> tantivy.Index:
    """A new, empty index in an existing empty folder."""
    return _with_tokenizers(tantivy.Index(build_schema(), str(folder), reuse=False))


def open_index(folder: Path) -> tantivy.Index:
    """The index in that folder; raises ValueError or OSError when it is damaged or absent."""
    return _with_tokenizers(tantivy.Index.open(str(folder)))


def to_json(flat: Flat) -> str:
    """The document as one JSON text, every value in its field.

    tantivy reads it at once, which takes two thirds of the time of a document that is given value by value.
    """
    folded = {text_field(name, Accents.FOLDED): text for name, text in flat.texts.items()}
    days = {name: [day.toordinal() for day in held] for name, held in flat.dates.items()}
    own = {
        "present": flat.present,
        "block": flat.block,
        "check": flat.check,
        SMALL_PHRASES: flat.small_phrases,
        "shown": b64encode(orjson.dumps(flat.shown)).decode(),
        "version": flat.version,
        "content_hash": flat.content_hash,
    }
    fields = flat.texts | folded | flat.keywords | _columns(flat) | days | flat.numbers | flat.sorts | own
    return orjson.dumps(fields).decode()


def _columns(flat: Flat) -> dict[str, int | str]:
    """What stands in the columns of the facets, and its codes."""
    found: dict[str, int | str] = {}
    for name in _COUNTED:
        if held := _BETWEEN.join(flat.keywords.get(name, ())):
            found[code_field(name)] = code_of(held)
            if name == _SEVERAL:
                found[counted_field(name)] = held
    return found


def _with_tokenizers(index: tantivy.Index) -> tantivy.Index:
    plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    index.register_tokenizer(_PLAIN, plain.build())
    folded = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    index.register_tokenizer(_FOLDED, folded.filter(tantivy.Filter.ascii_fold()).build())
    index.register_tokenizer(_SPACED, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index
