"""The index in Elasticsearch: its settings, its strict mapping, and a document as it takes it.

Each text is indexed twice, plain and folded, as in the embedded engine; the settings keep to what any server honours.
"""

from dataclasses import dataclass
from typing import Any, Final

from pipelines.search.documents import BOOSTS, FACET_FIELDS, KEYWORDS, NUMBERS, Flat
from pipelines.search.elastic.figures import RANGES, figure_ranges
from pipelines.search.engine_query import DATE_FIELDS, Accents
from pipelines.search.small_phrases import SMALL_PHRASES
from pipelines.search.sort_keys import SORT_FIELDS


@dataclass(frozen=True)
class Layout:
    """How an index lies on the nodes: its parts, and how many further copies there are of each.

    Without a number of copies there is none on one node, and one as soon as there are two.
    """

    shards: int = 1
    replicas: int | None = None


_SETTINGS: Final[dict[str, Any]] = {
    "refresh_interval": "-1",  # what is written is seen when it is all there, not second by second
    "analysis": {
        "tokenizer": {"words": {"type": "pattern", "pattern": r"[\p{IsAlphabetic}\p{N}]+", "group": 0}},
        "analyzer": {
            "plain": {"type": "custom", "tokenizer": "words", "filter": ["lowercase"]},
            "folded": {"type": "custom", "tokenizer": "words", "filter": ["lowercase", "asciifolding"]},
        },
    },
}

_KEYWORD: Final = {"type": "keyword", "doc_values": False}  # looked up, never counted or sorted by
_COUNTED: Final = {"type": "keyword"}
_LONG: Final = {"type": "long"}
_DAY: Final = {"type": "date", "format": "strict_date"}
_COLUMN: Final = {"type": "long", "index": False}
# Pairs of words (`index_phrases`) were tried: quotes cost a third less, indexing two thirds more, the disk half more.
_TEXT: Final = {"type": "text", "analyzer": "plain", "fields": {"folded": {"type": "text", "analyzer": "folded"}}}

MAPPING: Final[dict[str, Any]] = {
    "dynamic": "strict",
    "properties": {
        **dict.fromkeys(BOOSTS, _TEXT),
        **{name: _COUNTED if name in FACET_FIELDS.values() else _KEYWORD for name in sorted(KEYWORDS)},
        **dict.fromkeys(NUMBERS, _LONG),
        "year": _COUNTED,  # words are counted in half the time that numbers are
        **dict.fromkeys(sorted(DATE_FIELDS), _DAY),
        **dict.fromkeys(SORT_FIELDS.values(), _LONG),  # sought in, too: what comes after a full page is passed over
        SMALL_PHRASES: {"type": "text", "analyzer": "whitespace", "index_options": "docs", "norms": False},
        "content_hash": {"type": "keyword", "index": False},
        "block": _COUNTED,
        "check": _COLUMN,
        "shown": {"type": "object", "enabled": False},
        "figures": RANGES,
    },
}


def settings_for(layout: Layout) -> dict[str, Any]:
    """The settings of a new index."""
    copies = {"auto_expand_replicas": "0-1"} if layout.replicas is None else {"number_of_replicas": layout.replicas}
    return {"number_of_shards": layout.shards, **copies, **_SETTINGS}


def text_field(name: str, accents: Accents) -> str:
    """The index field of a text in one of its two forms."""
    return name if accents is Accents.PLAIN else f"{name}.folded"


def to_source(flat: Flat) -> dict[str, Any]:
    """The document's body; lists where the field may have several values, and days as the client writes them."""
    return {
        **flat.texts,
        SMALL_PHRASES: flat.small_phrases,
        **flat.keywords,
        **flat.numbers,
        **flat.sorts,
        **flat.dates,
        "present": flat.present,
        "content_hash": flat.content_hash,
        "block": flat.block,
        "check": flat.check,
        "shown": flat.shown,
        "figures": figure_ranges(flat.figures),
    }
